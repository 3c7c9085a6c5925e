"""A real worker process, on the broker of the embedded set-up: a job sent by one process is done by another."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).parents[2]
PATIENCE = 40  # seconds; it takes about five on an idle machine

ASK = """
import django; django.setup()
from django.utils import timezone
from councils.models import Council
from councils.rights import Thing
from jobs.services import queue_job
council = Council.objects.order_by("pk").first()
queue_job(kind="tests.count", council=council, thing=Thing.PLAN_SOURCE, title="Counting", back_url="/",
                arguments={"council": council.pk}, by=None, now=timezone.now())
"""
# what a room's work.py does, in a module that the worker is told to load as well
WORK = """
from django.db import transaction
from councils.models import Council
from jobs.registry import job

@job("tests.count")
def count(run):
    with transaction.atomic():
        run.progress(0, 1, "Counting")
        run.complete({"councils": Council.objects.filter(pk=run.arguments["council"]).count()})
"""


@pytest.fixture
def machine(tmp_path):
    """An embedded set-up of its own: a database, a broker's folders, and a room with one kind of job."""
    room = tmp_path / "rooms" / "counting"
    room.mkdir(parents=True)
    (room / "__init__.py").write_text("")
    (room / "work.py").write_text(WORK)
    (tmp_path / "rooms" / "counting_settings.py").write_text(
        "from config.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'counting']\n"
    )
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {
        **keep,
        "DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": f"{ROOT}:{tmp_path / 'rooms'}",
        "DJANGO_SETTINGS_MODULE": "counting_settings",
        "C_FORCE_ROOT": "1",
    }

    def run(*command):
        subprocess.run([sys.executable, *command], env=environment, cwd=ROOT, check=True)

    run.environment = environment
    (tmp_path / "data").mkdir()
    if not migrated.copy_of_template(tmp_path / "data" / "noticeboard.sqlite3"):
        run("manage.py", "migrate", "--verbosity", "0")
    return run


@pytest.fixture
def worker(machine, tmp_path):
    with (tmp_path / "worker.log").open("w") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "celery",
                "-A",
                "config",
                "worker",
                "--pool",
                "solo",
                "--loglevel",
                "INFO",
            ],
            env=machine.environment,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        yield process
        process.kill()  # it has no children, and nothing more to do
        process.wait()


def test_a_job_asked_for_by_one_process_is_done_by_another(machine, worker, tmp_path):
    machine("-c", ASK)
    until = time.monotonic() + PATIENCE
    told = ("", 0, None)
    while told[0] not in {"done", "failed"} and time.monotonic() < until:
        time.sleep(0.2)
        with closing(sqlite3.connect(tmp_path / "data" / "noticeboard.sqlite3")) as database:
            (told,) = database.execute("SELECT state, attempts, result FROM jobs_job").fetchall()
    assert told == ("done", 1, '{"councils": 1}'), (tmp_path / "worker.log").read_text()
