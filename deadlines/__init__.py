"""The schedule engine: what is due, when, and why then. Plain Python; `today` is always an argument."""
