"""All processes of the product live and end together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journeys.processes import alive, command, family
from tests.journeys.serving import ROOT, START, STOP, own_environment, started


@pytest.fixture(autouse=True)
def _nothing_goes_wrong_in_the_browser() -> None:
    """There is no browser here."""


def test_a_killed_worker_takes_all_with_it_and_leaves_no_orphan(tmp_path: Path):
    environment = own_environment(tmp_path) | {"SECRET_KEY": "only-for-this-journey-" + "k" * 50}
    if not (tmp_path / "data" / "noticeboard.sqlite3").exists():
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    with started("scripts.supervise", environment, tmp_path) as served:
        everyone = _with_worker_children(served.process.pid)
        worker = next(each for each in everyone if _is_worker(each) and len(family(each)) == 3)
        os.kill(worker, signal.SIGKILL)
        assert served.process.wait(STOP) != 0
        assert alive(everyone) == []


def _is_worker(process: int) -> bool:
    return "celery -A config worker" in command(process) and not command(process).startswith("/bin/sh")


def _with_worker_children(root: int) -> list[int]:
    """The product's processes once the worker has started its two children."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        everyone = family(root)
        if sum(_is_worker(each) for each in everyone) == 3:
            return everyone
        time.sleep(0.2)
    pytest.fail("the worker did not start its children")
