"""The product as processes of this machine: started, waited for, stopped, with nothing left behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.processes import free_port
from tests import migrated
from tests.journeys.processes import alive, family

ROOT = Path(__file__).resolve().parents[2]
START, STOP = 300.0, 30.0
# what a set-up of one's own would bring; what is started here starts from nothing
INHERITED = (
    "DATABASE_URL",
    "REDIS_URL",
    "SITE_URL",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "DATA_DIR",
    "MAKELEVEL",
)
# all that scripts.run does before it serves
PREPARE = (
    "import django; from scripts import run; run.a_secret_key_of_its_own(); django.setup(); run.prepare()"
)


@dataclass(frozen=True)
class Served:
    """A running product: where it answers, the process that was started, and what it printed."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def own_environment(folder: Path) -> dict[str, str]:
    """Variables for a product of its own: all it keeps lies in that folder, its port is free.

    Its database is a migrated one where an earlier run of tests kept one; else there is none yet.
    """
    (folder / "data").mkdir(exist_ok=True)
    migrated.copy_of_template(folder / "data" / "noticeboard.sqlite3")
    kept = {name: value for name, value in os.environ.items() if name not in INHERITED}
    return kept | {
        "DATA_DIR": str(folder / "data"),
        "PORT": str(free_port()),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def with_demo_data(folder: Path, shared: Path) -> dict[str, str]:
    """The same with the demo data that `make run` brings, which the first who asks makes for all.

    `shared` is a folder that the processes of this run of tests have in common.
    """
    environment = own_environment(folder) | {"DEMO_ACCOUNTS": "true"}
    made = shared / "demo"
    with migrated.alone(shared):
        if not made.exists():
            subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=environment, check=True)
            shutil.copytree(folder / "data", made)
    shutil.copytree(made, folder / "data", dirs_exist_ok=True)
    return environment


@contextmanager
def started(module: str, environment: dict[str, str], folder: Path) -> Iterator[Served]:
    """Start `python -m MODULE` and wait until it answers. At the end whatever still runs is killed, unasked."""
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    served = Served(f"http://localhost:{environment['PORT']}", process, log)
    try:
        _wait_until_well(served)
        yield served
    finally:
        for pid in alive(family(process.pid)):
            os.kill(pid, signal.SIGKILL)
        process.wait()


@contextmanager
def serving(module: str, environment: dict[str, str], folder: Path) -> Iterator[Served]:
    """The same, stopped by asking: that must end with exit code 0 and leave no process behind."""
    with started(module, environment, folder) as served:
        yield served
        everyone = family(served.process.pid)
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(STOP) == 0
        assert alive(everyone) == []


def _wait_until_well(served: Served) -> None:
    """Return once the health page answers; fail with the log where the product ends or takes too long."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and served.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{served.url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the product did not start:\n{served.said()}")
