"""Dated facts: recorded once, never altered, planned ones replaced by what happened."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from councils.roles import Role
from history.models import Change
from notices.models import Event
from notices.queries import board_days, standing_events
from notices.services import About, EventRefused, record_event
from tests.factories import CouncilFactory, member
from tests.notices.deadlines.build import instrument, version

pytestmark = pytest.mark.django_db
TODAY = dt.date(2015, 3, 20)
NOW = dt.datetime(2015, 3, 20, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def council():
    return CouncilFactory()


def record(council, on, state="happened", **fields):
    values = {"kind": "board_held", "by": None, "now": NOW, "today": TODAY}
    return record_event(council=council, on=on, state=state, **(values | fields))


def test_the_last_board_is_the_latest_held_and_the_next_the_soonest_planned(council):
    for day in (dt.date(2015, 1, 27), dt.date(2015, 2, 24)):
        record(council, day)
    for day in (dt.date(2015, 5, 1), dt.date(2015, 4, 21)):
        record(council, day, "planned")
    assert board_days(council, today=TODAY) == (dt.date(2015, 2, 24), dt.date(2015, 4, 21))
    assert board_days(council, today=dt.date(2015, 2, 1)) == (dt.date(2015, 1, 27), dt.date(2015, 4, 21))


def test_a_cancelled_board_is_no_board(council):
    day = dt.date(2015, 4, 21)
    planned = record(council, day, "planned")
    cancelled = record(council, day, "cancelled", note="No quorum")
    assert cancelled.replaces == planned
    assert list(standing_events(council)) == [cancelled]
    assert board_days(council, today=TODAY) == (None, None)


def test_a_board_recorded_as_held_by_mistake_is_taken_back(council):
    record(council, dt.date(2015, 1, 27))
    record(council, TODAY)
    record(council, TODAY, "cancelled")
    assert board_days(council, today=TODAY) == (dt.date(2015, 1, 27), None)


def test_as_known_at_a_moment_later_records_are_not_there_yet(council):
    later = NOW + dt.timedelta(days=1)
    record(council, dt.date(2015, 1, 27))
    record(council, TODAY)
    record(council, TODAY, "cancelled", now=later)
    record(council, dt.date(2015, 3, 1), now=later)
    assert board_days(council, today=TODAY, recorded_until=NOW) == (TODAY, None)
    assert board_days(council, today=TODAY) == (dt.date(2015, 3, 1), None)


def test_saying_it_twice_records_it_once(council):
    assert record(council, TODAY) == record(council, TODAY)
    assert Change.objects.filter(subject="notices.event").count() == 1


@pytest.mark.parametrize(
    ("days", "state"), [(1, "happened"), (-1, "planned"), (2_000_000, "planned"), (-700_000, "happened")]
)
def test_what_cannot_be_is_refused(council, days, state):
    with pytest.raises(EventRefused):
        record(council, TODAY + dt.timedelta(days=days), state)
    assert not Event.objects.exists()


@pytest.mark.parametrize("act", [lambda rows: rows.update(note="x"), lambda rows: rows.delete()])
def test_the_database_refuses_to_alter_a_fact(council, act):
    record(council, TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        act(Event.objects.all())


def test_a_date_is_recorded_on_its_page(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    url = reverse("notices:record", kwargs={"council": council.slug})
    assert client.post(url, {"kind": "board_held", "state": "happened", "on": "31/2/2015"}).status_code == 422
    assert client.post(url, {"kind": "board_held", "state": "planned", "on": "1/2/2015"}).status_code == 422
    sent = client.post(url, {"kind": "board_held", "state": "happened", "on": "24/2/2015"}, follow=True)
    assert "24 February 2015" in sent.content.decode()


def test_a_board_member_reads_dates_and_records_none(client, council):
    client.force_login(member(Role.BOARD_MEMBER, council))
    kwargs = {"council": council.slug}
    page = client.get(reverse("notices:key_dates", kwargs=kwargs)).content.decode()
    assert "Nothing is recorded yet" in page
    assert "Record a date" not in page
    assert client.post(reverse("notices:record", kwargs=kwargs)).status_code == 403


def page(council, name, **more):
    return reverse(f"notices:{name}", kwargs={"council": council.slug, **more})


@pytest.fixture
def office(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    return client


def test_a_key_date_is_put_right_once_what_changes_was_shown(office, council):
    event = record(council, dt.date(2015, 1, 27))
    address = page(council, "correct_date", event=event.pk)
    sent = {"state": "happened", "on": "28/1/2015", "reason": "The minutes say so"}
    shown = office.post(address, sent).content.decode()
    assert "No deadline appears, moves or vanishes" in shown
    assert standing_events(council).get() == event
    assert office.post(address, sent | {"confirm": "yes"}).status_code == 302
    held = standing_events(council).get()
    assert (held.on, held.note, held.replaces) == (dt.date(2015, 1, 28), "The minutes say so", event)
    assert office.get(address).status_code == 404


def test_a_key_date_is_not_put_right_without_a_reason_or_into_the_future(office, council):
    event = record(council, dt.date(2015, 1, 27))
    address = page(council, "correct_date", event=event.pk)
    sent = {"state": "happened", "on": "1/1/2099", "reason": "", "confirm": "yes"}
    assert "Say why it is corrected" in office.post(address, sent).content.decode()
    refused = office.post(address, sent | {"reason": "Typed wrongly"})
    assert refused.status_code == 422
    assert "record it as planned" in refused.content.decode()


def test_what_another_page_keeps_is_changed_there(office, council):
    event = record(council, dt.date(2015, 1, 27), "happened", about=About(label="Meeting 3"))
    assert office.get(page(council, "correct_date", event=event.pk)).status_code == 404
    assert "Changed with the board" in office.get(page(council, "key_dates")).content.decode()


def test_a_fact_before_the_notice_is_kept_and_said_not_to_count(office, council):
    version(instrument(council, "2015-03-10"))
    sent = {"kind": "review_held", "state": "happened", "on": "1/3/2015"}
    shown = office.post(page(council, "record"), sent, follow=True).content.decode()
    assert shown.count("Before the notice: it is kept, and counts only where a clause says so") == 2
