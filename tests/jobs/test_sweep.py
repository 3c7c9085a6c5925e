"""What was lost is found again: a message that never came, a worker that died, a night that was missed."""

import datetime as dt

import pytest
from celery import current_app
from django.core.cache import cache

from jobs.models import Job
from jobs.run import note_key
from jobs.services import (
    GIVE_UP_WAITING_AFTER,
    LOST_AFTER,
    MAX_ATTEMPTS,
    NEVER_STARTED,
    OUR_FAULT,
    run_job,
    sweep,
)
from tests.jobs.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + LOST_AFTER


@pytest.fixture(autouse=True)
def _handler(kinds):
    kinds("test")(lambda run: {"done": True})


@pytest.fixture
def sent(monkeypatch):
    numbers = []
    monkeypatch.setattr(
        current_app.tasks["jobs.run"], "apply_async", lambda kwargs: numbers.append(kwargs["job_id"])
    )
    return numbers


@pytest.fixture
def stuck(queue):
    """A job that a worker took up and died of."""

    def stuck(attempts=1, **more):
        job = queue(**more)
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=attempts)
        return job

    return stuck


def state(job):
    return Job.objects.get(pk=job.pk).state


def test_a_job_whose_message_was_lost_is_sent_again_after_a_while(queue, sent):
    job = queue()
    sweep(now=LATER - dt.timedelta(seconds=1))
    assert sent == []
    sweep(now=LATER)
    assert sent == [str(job.pk)]


def test_sweeping_twice_sends_once(queue, sent):
    queue()
    sweep(now=LATER)
    sweep(now=LATER)
    assert len(sent) == 1


def test_a_job_that_a_dead_worker_held_is_done_by_another(stuck, sent, clock):
    job = stuck()
    run_job(job.pk, clock=clock)
    assert state(job) == "running"  # nobody else may touch it yet
    sweep(now=LATER)
    assert (state(job), sent) == ("queued", [str(job.pk)])
    run_job(job.pk, clock=clock)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempts, done.result) == ("done", 2, {"done": True})


def test_a_job_that_gets_on_is_left_alone(stuck, sent):
    job = stuck()
    Job.objects.filter(pk=job.pk).update(heartbeat_at=LATER - dt.timedelta(seconds=5))
    sweep(now=LATER)
    assert (state(job), sent) == ("running", [])


def test_a_sign_of_life_from_inside_a_transaction_counts(stuck, sent):
    job = stuck()
    note = {"done": 1, "total": 2, "step": "", "heartbeat_at": LATER - dt.timedelta(seconds=5)}
    cache.set(note_key(job, 1), note)
    sweep(now=LATER)
    assert (state(job), sent) == ("running", [])
    sweep(now=LATER + LOST_AFTER)
    assert (state(job), sent) == ("queued", [str(job.pk)])


def test_a_note_of_an_earlier_attempt_does_not_count(stuck, sent):
    job = stuck(attempts=2)
    note = {"done": 1, "total": 2, "step": "", "heartbeat_at": LATER}
    cache.set(note_key(job, 1), note)
    sweep(now=LATER)
    assert state(job) == "queued"


def test_a_job_that_workers_die_of_is_given_up_and_says_so(stuck, sent):
    job = stuck(attempts=MAX_ATTEMPTS)
    sweep(now=LATER)
    failed = Job.objects.get(pk=job.pk)
    assert (failed.state, failed.problem, failed.finished_at, sent) == ("failed", OUR_FAULT, LATER, [])


def test_after_missed_days_everything_is_picked_up(queue, stuck, sent):
    waiting, running = queue(), stuck()
    sweep(now=NOON + dt.timedelta(days=3))
    assert sorted(sent) == sorted([str(waiting.pk), str(running.pk)])
    assert [state(waiting), state(running)] == ["queued", "queued"]


def test_a_job_that_nothing_took_up_for_a_week_says_so(queue, sent):
    job = queue()
    sweep(now=NOON + GIVE_UP_WAITING_AFTER)
    failed = Job.objects.get(pk=job.pk)
    assert (failed.state, failed.problem, sent) == ("failed", NEVER_STARTED, [])


def test_finished_jobs_are_never_swept(queue, sent, clock):
    job = queue()
    run_job(job.pk, clock=clock)
    sweep(now=NOON + dt.timedelta(days=30))
    assert (state(job), sent) == ("done", [])


def test_one_job_that_cannot_be_sent_does_not_hold_up_the_rest(queue, monkeypatch, caplog):
    poisoned, sound = queue(), queue()
    sent = []

    def send(kwargs):
        if kwargs["job_id"] == str(poisoned.pk):
            raise ConnectionRefusedError
        sent.append(kwargs["job_id"])

    monkeypatch.setattr(current_app.tasks["jobs.run"], "apply_async", send)
    sweep(now=LATER)
    assert sent == [str(sound.pk)]
    assert f"Job {poisoned.pk} could not be swept" in caplog.text
    sweep(now=LATER + LOST_AFTER)  # and is tried again
    assert state(poisoned) == "queued"


def test_a_job_that_changed_while_it_was_swept_is_left_to_whoever_changed_it(queue, sent, monkeypatch, clock):
    """A worker takes the job up between the sweeper's reading and its writing."""
    job = queue()

    def taken_up(found):
        run_job(found.pk, clock=lambda: LATER)
        return found.heartbeat_at

    monkeypatch.setattr("jobs.services.last_sign_of_life", taken_up)
    sweep(now=LATER)
    assert (state(job), sent) == ("done", [])


def test_the_task_that_beat_starts_is_there():
    from config.celery import app

    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named - app.tasks.keys() == set()
    assert {"jobs.sweep", "notifications.drain"} <= named


def test_the_task_sweeps(queue, sent):
    """NOON is long ago by the real clock, too long to wait any more."""
    job = queue()
    current_app.tasks["jobs.sweep"].run(from_a_newer_version=1)
    assert state(job) == "failed"


def test_everything_that_runs_by_the_clock_can_be_sent():
    soft, hard = current_app.conf.task_soft_time_limit, current_app.conf.task_time_limit
    for entry in current_app.conf.beat_schedule.values():
        task = current_app.tasks[entry["task"]]
        # Celery refuses to send a task whose soft limit is past its hard one
        assert (task.soft_time_limit or soft) <= (task.time_limit or hard), entry["task"]
