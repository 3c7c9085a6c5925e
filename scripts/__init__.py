"""What `make` calls. `setup` and `system` run on a bare Python, so they use the standard library alone."""
