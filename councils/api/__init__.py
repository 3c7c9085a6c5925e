"""The API of councils, and what the endpoints of every room are built on (`base`)."""
