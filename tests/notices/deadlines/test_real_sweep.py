"""A real worker and a real beat, killed in the middle of a sweep and started again: every mail goes out once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from email import message_from_bytes
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 150  # seconds; about twenty on an idle machine
COUNCILS = 12

# beat's schedule every second, the same tasks; a sweep that takes its time, so that it can be killed in the middle
APP = """
import time
from config.celery import app
from django.apps import apps
for entry in app.conf.beat_schedule.values():
    entry["schedule"] = 1.0
    entry.pop("options", None)
app.conf.beat_max_loop_interval = 0.5

@app.on_after_finalize.connect
def slow(**kwargs):
    from notices.deadlines import sweep
    real = sweep.sweep_council
    def sweep_council(council, **more):
        time.sleep(0.4)
        return real(council, **more)
    sweep.sweep_council = sweep_council
"""
BEGIN = """
import django; django.setup()
import datetime as dt
from django.utils import timezone
from deadlines.schedules.family import OnDate
from councils.models import User, RoleHolding
from notifications.models import MailChoices
from tests.factories import CouncilFactory
from tests.notices.deadlines.build import instrument, owe, version
today = timezone.localdate()
started = today - dt.timedelta(days=60)
for number in range({councils}):
    council = CouncilFactory(short_name=f"Sweepshire {{number}}")
    first = version(instrument(council, started.isoformat()))
    owe(first, "1", OnDate(today + dt.timedelta(days=5), by=True))
    owe(first, "2", OnDate(today - dt.timedelta(days=5), by=True))
    user = User.objects.create_user(f"pm{{number}}@council.example", "x", name=f"Manager {{number}}")
    RoleHolding.objects.create(user=user, role="programme_manager", council=council, starts_on=started)
    MailChoices.objects.create(user=user, when="daily")
"""


@pytest.fixture
def machine(tmp_path):
    """An embedded set-up of its own, with councils that have something to be told; mail goes into files."""
    (tmp_path / "sweeping_app.py").write_text(APP)
    (tmp_path / "sweeping_settings.py").write_text(
        "from config.settings import *\n"
        "EMAIL_BACKEND = 'django.core.mail.backends.filebased.EmailBackend'\n"
        f"EMAIL_FILE_PATH = {str(tmp_path / 'mail')!r}\n"
    )
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {
        **keep,
        "DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": f"{ROOT}:{tmp_path}",
        "DJANGO_SETTINGS_MODULE": "sweeping_settings",
        "C_FORCE_ROOT": "1",
    }

    def run(*command):
        subprocess.run([sys.executable, *command], env=environment, cwd=ROOT, check=True)

    (tmp_path / "data").mkdir()
    if not migrated.copy_of_template(tmp_path / "data" / "noticeboard.sqlite3"):
        run("manage.py", "migrate", "--verbosity", "0")
    run("-c", BEGIN.format(councils=COUNCILS))
    started = []

    def start(*command):
        log = (tmp_path / f"{command[0]}.log").open("a")
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "sweeping_app", *command],
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def rows(tmp_path, query):
    with closing(sqlite3.connect(tmp_path / "data" / "noticeboard.sqlite3", timeout=20)) as database:
        return database.execute(query).fetchall()


def wait(until, what, tmp_path):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if until():
            return
        time.sleep(0.1)
    pytest.fail(f"{what}\n{(tmp_path / 'worker.log').read_text()[-3000:]}")


def letters(tmp_path):
    """Who was written to, how often."""
    found = [
        part
        for path in sorted((tmp_path / "mail").glob("*.log"))
        for part in path.read_bytes().split(b"-" * 79)
        if part.strip()
    ]
    return Counter(message_from_bytes(part.strip())["To"] for part in found)


def test_killed_in_the_middle_of_a_sweep_every_mail_goes_out_once(machine, tmp_path):
    def swept():
        return len(rows(tmp_path, "SELECT 1 FROM notices_sweptcouncil WHERE swept_at IS NOT NULL"))

    worker, beat = (
        machine("worker", "--pool", "solo", "--loglevel", "INFO"),
        machine("beat", "--pidfile=", "--loglevel", "INFO"),
    )
    wait(lambda: 3 <= swept() < COUNCILS, "no sweep began", tmp_path)
    for process in (worker, beat):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert swept() < COUNCILS, "it was not killed in the middle"

    machine("worker", "--pool", "solo", "--loglevel", "INFO")
    machine("beat", "--pidfile=", "--loglevel", "INFO")
    wait(lambda: swept() == COUNCILS, "the sweep was not finished", tmp_path)
    notes = "SELECT COUNT(*), COUNT(digest_id) FROM notifications_note"
    unsent = "SELECT COUNT(*) FROM notifications_message WHERE sent_at IS NULL"
    wait(
        lambda: (
            rows(tmp_path, notes)[0] == (2 * COUNCILS, 2 * COUNCILS) and rows(tmp_path, unsent)[0] == (0,)
        ),
        "not everything was told",
        tmp_path,
    )
    time.sleep(3)  # more runs of everything
    assert rows(tmp_path, notes)[0] == (2 * COUNCILS, 2 * COUNCILS)
    assert set(letters(tmp_path).values()) == {1}, letters(tmp_path)
    assert len(letters(tmp_path)) == COUNCILS
