"""Boards in the API."""
