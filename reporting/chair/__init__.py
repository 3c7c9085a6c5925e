"""The chair's private page: what to challenge at a meeting."""
