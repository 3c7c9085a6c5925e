"""The notice in the API."""
