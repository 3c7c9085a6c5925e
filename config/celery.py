"""The Celery app and everything that runs by the clock.

Beat only starts work that derives what is due from the database, so a missed or doubled run does no harm.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("noticeboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
EVERY_MINUTE = {"schedule": 60.0, "options": {"expires": 55}}
app.conf.beat_schedule = {
    "sweep unfinished jobs": {"task": "jobs.sweep", **EVERY_MINUTE},
    "send what waits in the outbox": {"task": "notifications.drain", **EVERY_MINUTE},
    # from six in London; whom a run that was missed or killed left out the next one takes
    "sweep deadlines": {
        "task": "notices.sweep",
        "schedule": crontab(hour="6-21", minute="*/10"),
        "options": {"expires": 9 * 60},
    },
    # before the day's digests, whose notes these are; each is written once however often this runs
    "chase matters arising": {
        "task": "boards.chase_matters",
        "schedule": crontab(hour="6-20", minute=5),
        "options": {"expires": 50 * 60},
    },
    "begin the reports that are due": {
        "task": "reporting.begin_reports",
        "schedule": crontab(hour="6-21", minute="20"),
        "options": {"expires": 50 * 60},
    },
    # every ten minutes of the day and not once: who has had a digest today gets no second one, and a run that was
    # missed or killed is made good by the next
    "write the day's digests": {
        "task": "notifications.digests",
        "schedule": crontab(hour="7-20", minute="*/10"),
        "options": {"expires": 9 * 60},
    },
}
