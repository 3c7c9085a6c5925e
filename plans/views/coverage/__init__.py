"""Coverage pages: the list with its gaps, one provision, what of the plan answers nothing."""
