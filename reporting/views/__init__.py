"""Views of the rooms together."""
