"""A job is asked for, taken up once, and brought to an end of which its row tells."""

import datetime as dt

import pytest
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.core.cache import cache
from django.db import OperationalError, transaction

from councils.models import Council
from jobs.models import Job
from jobs.queries import last_sign_of_life, progress_of
from jobs.run import JobLost, JobRefused
from jobs.services import MAX_ATTEMPTS, OUR_FAULT, TOOK_TOO_LONG, run_job
from tests.factories import CouncilFactory
from tests.jobs.conftest import NOON

pytestmark = pytest.mark.django_db


def row(asked):
    return Job.objects.get(pk=asked.pk)


def test_a_job_is_done_once_and_its_row_says_what_came_of_it(kinds, queue, clock):
    runs = []

    @kinds("test")
    def handler(run):
        runs.append((run.job.title, run.arguments, run.attempt))
        clock.pass_(seconds=30)
        return {"actions": 106}

    asked = queue()
    run_job(str(asked.pk), clock=clock)
    run_job(str(asked.pk), clock=clock)
    done = row(asked)
    assert runs == [("Reading the plan", {"file": 7}, 1)]
    assert (done.state, done.result, done.attempts, done.problem) == ("done", {"actions": 106}, 1, "")
    assert done.finished_at == NOON + dt.timedelta(seconds=30)


def test_a_number_that_no_job_has_is_passed_over(db, clock):
    run_job("6f0f1f3e-8b0c-4f0e-9b53-0c3c2e4a1d55", clock=clock)


def test_a_kind_that_nothing_does_is_refused_when_asked_for(kinds, queue):
    with pytest.raises(ValueError, match="nothing does jobs of the kind 'test'"):
        queue()
    assert Job.objects.count() == 0


def test_a_kind_that_nothing_does_any_more_fails(kinds, queue, clock, monkeypatch, caplog):
    kinds("test")(lambda run: None)
    asked = queue()
    monkeypatch.setattr("jobs.registry._handlers", {})
    run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).problem) == ("failed", OUR_FAULT)
    assert "Nothing does jobs of the kind 'test'" in caplog.text


def test_a_kind_has_one_handler(kinds):
    kinds("test")(lambda run: None)
    with pytest.raises(ValueError, match="two handlers"):
        kinds("test")(lambda run: None)


def test_a_file_that_a_job_made_belongs_to_it(kinds, queue, clock, settings, tmp_path):
    from councils.rights import Thing
    from files.services import store_file

    settings.MEDIA_ROOT = str(tmp_path)
    council = CouncilFactory()
    stored = store_file(
        council=council, thing=Thing.PLAN_SOURCE, name="pack.txt", content=b"pack", by=None, now=NOON
    )

    @kinds("test")
    def handler(run):
        run.result_file = stored

    asked = queue()
    run_job(asked.pk, clock=clock)
    assert (row(asked).result_file, row(asked).result) == (stored, None)


# --- how it can fail -----------------------------------------------------------------------------------------------


def fail_with(kinds, *problems):
    """A handler that fails with each of these in turn, and then succeeds."""
    left = list(problems)

    @kinds("test")
    def handler(run):
        if left:
            raise left.pop(0)


def test_a_refusal_is_told_in_its_own_words(kinds, queue, clock):
    fail_with(kinds, JobRefused("There is no table of actions in this document."))
    asked = queue()
    run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).problem) == (
        "failed",
        "There is no table of actions in this document.",
    )
    assert row(asked).finished_at == NOON


def test_a_fault_of_ours_is_told_without_its_innards_and_seen_by_celery(kinds, queue, clock):
    fail_with(kinds, KeyError("secret column"))
    asked = queue()
    with pytest.raises(KeyError):
        run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).problem) == ("failed", OUR_FAULT)


def test_a_job_that_takes_too_long_says_so(kinds, queue, clock):
    fail_with(kinds, SoftTimeLimitExceeded())
    asked = queue()
    with pytest.raises(SoftTimeLimitExceeded):
        run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).problem) == ("failed", TOOK_TOO_LONG)


@pytest.mark.parametrize("problem", [OperationalError, ConnectionResetError, TimeoutError])
def test_what_may_pass_by_itself_is_tried_again(kinds, queue, clock, problem):
    fail_with(kinds, problem("away"))
    asked = queue()
    run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).attempts) == ("queued", 1)
    run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).attempts) == ("done", 2)


def test_what_does_not_pass_is_not_tried_for_ever(kinds, queue, clock):
    fail_with(kinds, *[OperationalError("away")] * MAX_ATTEMPTS)
    asked = queue()
    for _ in range(MAX_ATTEMPTS - 1):
        run_job(asked.pk, clock=clock)
    with pytest.raises(OperationalError):
        run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).attempts, row(asked).problem) == ("failed", MAX_ATTEMPTS, OUR_FAULT)


# --- taken over ----------------------------------------------------------------------------------------------------


def test_a_worker_that_was_given_up_cannot_finish_what_another_took_over(kinds, queue, clock, caplog):
    results = iter([{"by": "the slow one"}, {"by": "the other"}])

    @kinds("test")
    def handler(run):
        result = next(results)
        if run.attempt == 1:  # it stalls, the sweeper gives it up, another worker does the job
            Job.objects.filter(pk=run.job.pk).update(state=Job.State.QUEUED)
            run_job(run.job.pk, clock=clock)
        return result

    asked = queue()
    run_job(asked.pk, clock=clock)
    assert (row(asked).state, row(asked).attempts, row(asked).result) == ("done", 2, {"by": "the other"})
    assert "was taken over while attempt 1 worked on it" in caplog.text


def test_a_worker_that_was_given_up_leaves_no_effect_if_completing_ends_its_transaction(kinds, queue, clock):
    @kinds("test")
    def handler(run):
        with transaction.atomic():
            CouncilFactory(short_name="Madeshire")
            if run.attempt == 1:
                Job.objects.filter(pk=run.job.pk).update(attempts=2)
            run.complete({"made": 1})

    asked = queue()
    run_job(asked.pk, clock=clock)
    assert not Council.objects.filter(short_name="Madeshire").exists()
    assert row(asked).state == "running"


def test_a_worker_killed_between_its_effect_and_the_end_does_not_do_it_twice(kinds, queue, clock):
    """Completed inside its transaction, the job is done even though the worker never came back."""

    @kinds("test")
    def handler(run):
        with transaction.atomic():
            CouncilFactory(short_name="Madeshire")
            run.complete({"made": 1})
        raise KeyboardInterrupt

    asked = queue()
    with pytest.raises(KeyboardInterrupt):
        run_job(asked.pk, clock=clock)
    assert Council.objects.filter(short_name="Madeshire").count() == 1
    assert (row(asked).state, row(asked).result) == ("done", {"made": 1})
    run_job(asked.pk, clock=clock)
    assert row(asked).attempts == 1


# --- progress ------------------------------------------------------------------------------------------------------


def test_progress_inside_a_transaction_is_seen_outside_it(kinds, queue, clock):
    """In these tests everything is inside a transaction, as in a handler that writes in one go."""
    seen = []

    @kinds("test")
    def handler(run):
        run.progress(0, 200, "Reading the document")
        clock.pass_(seconds=5)
        run.progress(80, 200, "Writing the plan")
        report = progress_of(row(run.job))
        seen.append((report.step, report.percent, last_sign_of_life(row(run.job))))

    asked = queue()
    run_job(asked.pk, clock=clock)
    assert seen == [("Writing the plan", 40, NOON + dt.timedelta(seconds=5))]


@pytest.mark.django_db(transaction=True)
def test_progress_outside_a_transaction_is_written_to_the_row(kinds, queue, clock):
    rows = []

    @kinds("test")
    def handler(run):
        clock.pass_(seconds=5)
        run.progress(80, 200, "Reading")
        rows.append(row(run.job))

    run_job(queue().pk, clock=clock)
    assert [(job.done, job.total, job.step, job.heartbeat_at) for job in rows] == [
        (80, 200, "Reading", NOON + dt.timedelta(seconds=5))
    ]


@pytest.mark.django_db(transaction=True)
def test_progress_tells_a_worker_that_was_given_up(kinds, queue, clock):
    told = []

    @kinds("test")
    def handler(run):
        Job.objects.filter(pk=run.job.pk).update(attempts=2)
        with pytest.raises(JobLost):
            run.progress(1, 2)
        told.append(True)
        raise JobLost

    run_job(queue().pk, clock=clock)
    assert told == [True]


def test_progress_may_be_reported_for_every_row(kinds, queue, clock, django_assert_num_queries):
    written = []

    @kinds("test")
    def handler(run):
        for number in range(1000):
            clock.pass_(milliseconds=1)
            run.progress(number, 1000)
            written.append(cache.get(f"job-{run.job.pk}-1")["done"])

    run_job(queue().pk, clock=clock)
    assert sorted(set(written)) == [0, 500]


def test_how_far_it_is_is_not_known_without_a_total(kinds, queue):
    kinds("test")(lambda run: None)
    assert progress_of(queue()).percent is None


# --- the queue -----------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(monkeypatch):
    """The numbers that were put on the queue; the queue itself is Celery's."""
    numbers = []
    monkeypatch.setattr(
        current_app.tasks["jobs.run"], "apply_async", lambda kwargs: numbers.append(kwargs["job_id"])
    )
    return numbers


def test_the_worker_is_told_once_the_asking_is_committed(
    kinds, queue, sent, django_capture_on_commit_callbacks
):
    kinds("test")(lambda run: None)
    with django_capture_on_commit_callbacks(execute=True):
        asked = queue()
        assert sent == []
    assert sent == [str(asked.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_asking_is_undone_is_never_sent(kinds, queue, sent):
    kinds("test")(lambda run: None)

    def ask_and_fail():
        with transaction.atomic():
            queue()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fail()
    assert (sent, Job.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_away_does_not_undo_the_asking(kinds, queue, monkeypatch, caplog):
    def refuse(kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(current_app.tasks["jobs.run"], "apply_async", refuse)
    kinds("test")(lambda run: None)
    assert row(queue()).state == "queued"
    assert "ConnectionRefusedError" in caplog.text


def test_the_task_does_the_job_and_ignores_what_a_newer_version_sends_along(kinds, queue):
    kinds("test")(lambda run: {"ok": True})
    asked = queue()
    current_app.tasks["jobs.run"].run(job_id=str(asked.pk), priority="high")
    assert row(asked).result == {"ok": True}
