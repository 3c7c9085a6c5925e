"""Writing to the log, and the one exception to append-only."""

import datetime as dt

import pytest
from django.db import transaction

from history.models import Change
from history.services import ChangeLog, redact
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2015, 6, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def ada():
    return UserFactory(name="Ada")


def log(by=None, **more):
    return ChangeLog(council_id=1, by=by, on=NOON.date(), now=NOON, **more)


def test_a_field_that_did_not_change_is_not_written(ada):
    changes = log(ada)
    changes.changed("plans.action", 1, "title", "Visit", "Visit", version=2)
    changes.changed("plans.action", 1, "rating", "A", "R", version=2)
    changes.write()
    assert [(row.field, row.old, row.new, row.by_name) for row in Change.objects.all()] == [
        ("rating", "A", "R", "Ada")
    ]


def test_what_the_product_does_by_itself_has_its_name():
    changes = log()
    changes.made("plans.action", 1, {"title": "Visit"})
    changes.write()
    row = Change.objects.get()
    assert (row.field, row.new, row.by_id, row.by_name) == ("", {"title": "Visit"}, None, "Noticeboard")


def test_writing_twice_writes_once(ada):
    changes = log(ada)
    changes.made("plans.action", 1, {})
    changes.write()
    changes.write()
    assert Change.objects.count() == 1


def test_the_log_is_undone_with_the_act_it_tells_of(ada):
    @transaction.atomic
    def act():
        changes = log(ada)
        changes.made("plans.action", 1, {})
        changes.write()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert Change.objects.count() == 0


# --- redaction -----------------------------------------------------------------------------------------------------


@pytest.fixture
def told(ada):
    """A name that should never have been there, in three places of two changes."""
    changes = log(ada, reason="asked for by sam example's aunt")
    changes.made("plans.action", 1, {"title": "Visit Sam Example", "leads": [{"name": "Jo"}], "order": 3})
    changes.write()
    changes = log(ada)
    changes.changed("plans.action", 1, "title", "Visit Sam Example", "Visit the Samples", version=2)
    changes.write()
    return Change.objects.filter(subject="plans.action")


def test_a_redaction_blacks_the_phrase_out_everywhere_and_nothing_else(told, ada):
    assert redact(told, phrase="Sam Example", because="a child's name", by=ada, now=NOON) == 2
    made, changed = told.order_by("pk")
    assert made.new == {"title": "Visit [redacted]", "leads": [{"name": "Jo"}], "order": 3}
    assert made.reason == "asked for by [redacted]'s aunt"
    assert (changed.old, changed.new) == ("Visit [redacted]", "Visit the Samples")


def test_who_redacted_when_and_why_stays(told, ada):
    grace = UserFactory(name="Grace")
    redact(told, phrase="Sam Example", because="a child's name", by=grace, now=NOON)
    made = told.earliest("pk")
    assert (made.redacted_at, made.redacted_by, made.redacted_because) == (NOON, "Grace", "a child's name")
    redact(told, phrase="aunt", because="a relative", by=ada, now=NOON + dt.timedelta(days=1))
    trace = Change.objects.filter(subject="history.change", subject_id=made.pk).order_by("pk")
    assert [(row.by_name, row.reason, row.new) for row in trace] == [
        ("Grace", "a child's name", ["new", "reason"]),
        ("Ada", "a relative", ["reason"]),
    ]


def test_redacting_again_finds_nothing(told, ada):
    redact(told, phrase="Sam Example", because="a child's name", by=ada, now=NOON)
    assert redact(told, phrase="Sam Example", because="a child's name", by=ada, now=NOON) == 0


def test_only_whole_words_are_redacted(told, ada):
    assert redact(told, phrase="Sam", because="a child's name", by=ada, now=NOON) == 2
    assert told.latest("pk").new == "Visit the Samples"


@pytest.mark.parametrize(
    ("phrase", "because"),
    [("", "a name"), ("  ", "a name"), ("Sam", ""), ("Sam", " "), ("Sam", "this is sam's name")],
)
def test_a_redaction_needs_a_phrase_and_a_reason_that_does_not_repeat_it(told, ada, phrase, because):
    with pytest.raises(ValueError, match=r"redact"):
        redact(told, phrase=phrase, because=because, by=ada, now=NOON)
    assert told.filter(redacted_at__isnull=False).count() == 0


class Leaving:
    """Somebody who is gone after giving their name once."""

    pk = 1
    names = ["Ada"]

    def get_full_name(self):
        return self.names.pop()


def test_a_redaction_without_its_trace_is_no_redaction(told):
    with pytest.raises(IndexError):
        redact(told, phrase="Sam Example", because="a child's name", by=Leaving(), now=NOON)
    assert told.filter(redacted_at__isnull=False).count() == 0
