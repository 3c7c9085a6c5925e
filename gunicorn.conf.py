"""How gunicorn serves the pages. It reads this file by its name; docs/settings.md lists the variables."""

import os

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
# browsers open connections ahead of need; a worker without threads would wait on an idle one
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 (heartbeats off the disk)
