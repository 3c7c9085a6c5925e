"""Pages of notices, one file a matter."""
