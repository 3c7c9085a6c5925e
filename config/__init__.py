"""Wiring, no rules: settings, URLs, Celery, the API's base."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
