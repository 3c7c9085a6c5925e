"""The outbox: said once, sent once, whatever was missed, doubled or broken in between."""

import datetime as dt
import smtplib

import pytest
from celery import current_app
from django.core import mail
from django.core.mail.backends import locmem
from django.db import transaction

from notifications.models import CLAIM_LASTS, MAX_ATTEMPTS, WAITS, Message
from notifications.services import BATCH, drain, queue_message
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2015, 6, 16, 12, tzinfo=dt.UTC)


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def pass_(self, **time):
        self.now += dt.timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


class Postman(locmem.EmailBackend):
    """A mail server that refuses some addresses, and tells what else to do before each message."""

    refused = ()
    before = None

    def send_messages(self, messages):
        for message in messages:
            if Postman.before:
                Postman.before(message)
            if message.to[0] in Postman.refused:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such box")})
        return super().send_messages(messages)


@pytest.fixture
def postman(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Postman"
    monkeypatch.setattr(Postman, "refused", ())
    monkeypatch.setattr(Postman, "before", None)
    return Postman


def say(key="invitation 1", address="jo@council.example", **more):
    return queue_message(
        **{
            "key": key,
            "address": address,
            "subject": "You are invited",
            "body": "Follow this link.",
            "now": NOON,
            **more,
        }
    )


def sent():
    return [message.to[0] for message in mail.outbox]


def row(message):
    return Message.objects.get(pk=message.pk)


# --- saying --------------------------------------------------------------------------------------------------------


def test_a_message_is_kept_until_it_is_sent_and_then_says_when(clock):
    message = say()
    assert sent() == []
    clock.pass_(seconds=40)
    assert drain(clock=clock) == 1
    (letter,) = mail.outbox
    assert (letter.subject, letter.body, letter.to) == (
        "You are invited",
        "Follow this link.",
        ["jo@council.example"],
    )
    assert (row(message).sent_at, row(message).attempts, row(message).problem) == (clock.now, 1, "")


def test_saying_it_twice_says_it_once():
    first = say(recipient=UserFactory())
    assert say(body="Other words", address="other@council.example") == first
    assert (Message.objects.count(), row(first).body) == (1, "Follow this link.")


def test_a_message_is_undone_with_the_act_it_tells_of(clock):
    @transaction.atomic
    def act():
        say()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert (drain(clock=clock), Message.objects.count()) == (0, 0)


def test_a_subject_cannot_smuggle_in_a_header(clock):
    say(subject="Invited\r\nBcc: everybody@council.example")
    drain(clock=clock)
    assert mail.outbox[0].subject == "Invited Bcc: everybody@council.example"


def test_a_long_subject_is_cut_to_what_is_stored(clock):
    assert len(say(subject="x" * 300).subject) == 200


# --- sending -------------------------------------------------------------------------------------------------------


def test_sending_twice_sends_once(clock):
    say()
    assert [drain(clock=clock), drain(clock=clock)] == [1, 0]
    assert sent() == ["jo@council.example"]


def test_what_was_sent_is_not_kept_since_it_may_let_somebody_in(clock):
    message = say(body="https://noticeboard.example/invitations/secret/")
    drain(clock=clock)
    assert row(message).body == ""


def test_a_message_waits_for_its_time(clock):
    say(send_after=NOON + dt.timedelta(hours=1))
    clock.pass_(minutes=59)
    assert drain(clock=clock) == 0
    clock.pass_(minutes=1)
    assert drain(clock=clock) == 1


def test_what_missed_nights_left_behind_is_sent_once_oldest_first(clock):
    for day in (3, 1, 2):
        say(f"digest {day}", f"day{day}@council.example", send_after=NOON + dt.timedelta(days=day))
    clock.pass_(days=5)
    assert [drain(clock=clock), drain(clock=clock)] == [3, 0]
    assert sent() == ["day1@council.example", "day2@council.example", "day3@council.example"]


def test_a_heap_of_messages_is_sent_in_several_runs(clock, monkeypatch):
    monkeypatch.setattr("notifications.services.BATCH", 2)
    for number in range(5):
        say(f"digest {number}")
    assert [drain(clock=clock) for _ in range(4)] == [2, 2, 1, 0]
    assert BATCH == 200


def test_a_repeated_message_carries_the_same_mark_and_another_a_different_one(clock, settings):
    settings.DEFAULT_FROM_EMAIL = "Noticeboard <noreply@council.example>"
    first, _second = say("invitation 1"), say("invitation 2")
    drain(clock=clock)
    Message.objects.filter(pk=first.pk).update(sent_at=None, claimed_at=None)
    drain(clock=clock)
    marks = [letter.message()["Message-ID"] for letter in mail.outbox]
    assert marks[0] == marks[2] != marks[1]
    assert marks[0].endswith("@council.example>")
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"


# --- what goes wrong -----------------------------------------------------------------------------------------------


def test_one_message_that_cannot_be_sent_does_not_hold_up_the_rest(clock, postman, caplog):
    postman.refused = ("gone@council.example",)
    poisoned = say("1", "gone@council.example")
    say("2", "jo@council.example")
    assert drain(clock=clock) == 1
    assert sent() == ["jo@council.example"]
    assert (row(poisoned).sent_at, row(poisoned).claimed_at) == (None, None)
    assert row(poisoned).problem == "SMTPRecipientsRefused: {'gone@council.example': (550, b'no such box')}"
    assert f"Message {poisoned.pk} could not be sent" in caplog.text


def test_a_message_that_cannot_even_be_written_is_put_off_like_any_other(clock, caplog):
    poisoned = say()
    Message.objects.filter(pk=poisoned.pk).update(subject="two\nlines")
    say("2", "jo@council.example")
    assert drain(clock=clock) == 1
    assert row(poisoned).problem.startswith("BadHeaderError")


def test_a_failed_message_is_tried_again_ever_more_seldom_and_then_given_up(clock, postman, caplog):
    postman.refused = ("gone@council.example",)
    message = say(address="gone@council.example")
    for number, wait in enumerate(WAITS, start=1):
        assert drain(clock=clock) == 0
        assert (row(message).attempts, row(message).send_after) == (number, clock.now + wait)
        clock.now += wait - dt.timedelta(seconds=1)
        drain(clock=clock)
        assert row(message).attempts == number  # not yet
        clock.pass_(seconds=1)
    drain(clock=clock)
    assert row(message).attempts == MAX_ATTEMPTS
    clock.pass_(days=365)
    drain(clock=clock)
    assert row(message).attempts == MAX_ATTEMPTS
    assert f"Message {message.pk} to gone@council.example is given up" in caplog.text


def test_a_message_that_goes_at_last_forgets_its_problem(clock, postman):
    postman.refused = ("jo@council.example",)
    message = say()
    drain(clock=clock)
    postman.refused = ()
    clock.now += WAITS[0]
    assert drain(clock=clock) == 1
    assert (row(message).problem, row(message).attempts) == ("", 2)


class Killed(BaseException):
    """The worker is gone."""


def kill(message):
    raise Killed


def test_a_worker_killed_before_sending_loses_nothing(clock, postman):
    postman.before = kill
    say()
    with pytest.raises(Killed):
        drain(clock=clock)
    postman.before = None
    assert drain(clock=clock) == 0  # the dead worker's claim still stands
    clock.now += CLAIM_LASTS
    assert drain(clock=clock) == 1
    assert sent() == ["jo@council.example"]


def test_a_message_that_kills_its_worker_is_given_up_in_the_end(clock, postman):
    postman.before = kill
    message = say()
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(Killed):
            drain(clock=clock)
        clock.now += CLAIM_LASTS
    assert drain(clock=clock) == 0
    assert row(message).attempts == MAX_ATTEMPTS


def test_two_workers_at_once_send_each_message_once(clock, postman):
    """While the first sends its first message, a second comes and finds the others."""

    def second_worker(message):
        postman.before = None
        drain(clock=clock)

    postman.before = second_worker
    for number in range(3):
        say(f"digest {number}", f"jo{number}@council.example")
    drain(clock=clock)
    assert sorted(sent()) == ["jo0@council.example", "jo1@council.example", "jo2@council.example"]


def test_the_task_sends_and_ignores_what_a_newer_version_sends_along():
    say()
    current_app.tasks["notifications.drain"].run(from_a_newer_version=1)
    assert sent() == ["jo@council.example"]
