"""Coverage: every provision of the notice against the objectives and actions of the plan that answer it."""
