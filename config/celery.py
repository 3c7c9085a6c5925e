"""The Celery app and everything that runs by the clock.

Beat only starts work that derives what is due from the database, so a missed or doubled run does no harm.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("noticeboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
EVERY_MINUTE = {"schedule": 60.0, "options": {"expires": 55}}
app.conf.beat_schedule = {
    "sweep unfinished jobs": {"task": "jobs.sweep", **EVERY_MINUTE},
    "send what waits in the outbox": {"task": "notifications.drain", **EVERY_MINUTE},
}
