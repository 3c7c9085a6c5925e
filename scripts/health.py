"""Is this process well? `python -m scripts.health web` (or worker, beat) exits with 0 or 1."""

import os
import socket
import sys
import time
import urllib.request
from pathlib import Path

import django
from django.conf import settings

from config.celery import app

# beat writes its schedule down every three minutes
BEAT_SILENCE = 600


def web() -> bool:
    """The health page answers, asked the way the proxy in front asks."""
    url = f"http://127.0.0.1:{settings.PORT}/healthz"
    headers = {"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
        return bool(answer.status == 200)  # noqa: PLR2004


def worker() -> bool:
    """The worker of this host answers a ping over the queue."""
    return bool(app.control.ping(destination=[f"celery@{socket.gethostname()}"], timeout=5))


def beat() -> bool:
    """Beat has written its schedule down of late."""
    written = [path.stat().st_mtime for path in Path(settings.DATA_DIR).glob("celerybeat-schedule*")]
    return bool(written) and time.time() - max(written) < BEAT_SILENCE


CHECKS = {"web": web, "worker": worker, "beat": beat}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(0 if CHECKS[sys.argv[1]]() else 1)
