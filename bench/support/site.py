"""The product as it runs in the embedded set-up, in this process and in a folder of its own.

Import this before anything that reads the settings: the folder is chosen here, by the environment.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from statistics import median
from time import process_time
from typing import Any

import django

_SET_UP_BY = (
    "DATABASE_URL",
    "REDIS_URL",
    "SITE_URL",
    "S3_BUCKET",
    "OIDC_SERVER_URL",
    "DEBUG",
    "FILE_SCANNER",
)
_FOLDER = tempfile.mkdtemp(prefix="noticeboard-bench-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _name in _SET_UP_BY:
    os.environ.pop(_name, None)
os.environ |= {"DATA_DIR": _FOLDER, "LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "config.settings"}
django.setup()


def serve(*, urls: str | None = None) -> None:
    """Make the database with its reference data, and the static files' manifest; `urls` instead of our own."""
    from django.conf import settings  # noqa: PLC0415 - the settings are read from the folder above
    from django.core.management import call_command  # noqa: PLC0415

    if urls:
        settings.ROOT_URLCONF = urls
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def cpu_seconds(task: Callable[[], Any]) -> float:
    """The processor's time that one run takes, ours and the kernel's for us."""
    begun = process_time()
    task()
    return process_time() - begun


def medians(tasks: Mapping[str, Callable[[], Any]], *, rounds: int) -> dict[str, float]:
    """The median time of each task over rounds in which each runs once, so that a busy spell hits them all."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for (
        task
    ) in tasks.values():  # templates and connections come to be in the first run, which counts for nothing
        task()
    for _ in range(rounds):
        for name, task in tasks.items():
            taken[name].append(cpu_seconds(task))
    return {name: median(seconds) for name, seconds in taken.items()}


class Bounds:
    """What is promised, beside what was measured: a line for each."""

    def __init__(self) -> None:
        self.missed = 0

    def at_most(self, name: str, value: float, bound: float, unit: str) -> None:
        """Print one line; more than the bound is a miss."""
        self._say(f"{name}: {value:.2f} {unit}, at most {bound}", kept=value <= bound)

    def at_least(self, name: str, value: float, bound: float, unit: str) -> None:
        """Print one line; less than the bound is a miss."""
        self._say(f"{name}: {value:.2f} {unit}, at least {bound}", kept=value >= bound)

    def _say(self, line: str, *, kept: bool) -> None:
        print(f"{line}: {'OK' if kept else 'MISSED'}", flush=True)
        self.missed += not kept

    @property
    def code(self) -> int:
        """What `main` of a bench returns."""
        return int(self.missed > 0)
