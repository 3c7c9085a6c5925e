"""Whom the daily sweep tells what: once, whatever was missed, doubled, killed or broken."""

import datetime as dt

import pytest
from celery import current_app

from councils.roles import Role
from deadlines.events import Happening
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import NoLongerThan, OnDate
from notices.deadlines import sweep as sweeping
from notices.deadlines.sweep import sweep
from notices.models import ReminderSetting, SweptCouncil
from notifications.models import Note
from tests.factories import CouncilFactory, member
from tests.notices.deadlines.build import day, happened, instrument, mark, moment, owe, version

pytestmark = pytest.mark.django_db
DUE = OnDate(day("2015-06-30"), by=True)


@pytest.fixture
def council():
    return CouncilFactory(short_name="Northbrook")


@pytest.fixture
def first(council):
    return version(instrument(council, "2015-01-15"))


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


def run(on, **more):
    return sweep(today=day(on), clock=lambda: moment(on), **more)


def told(kind=None):
    notes = Note.objects.order_by("pk")
    return [(note.recipient, note.kind) for note in notes if kind in (None, note.kind)]


def test_a_reminder_comes_so_many_days_before_and_once(first, manager):
    owe(first, "14", DUE, deliverable="Written report")
    run("2015-06-01")
    assert told() == []
    for _ in range(3):
        run("2015-06-02")
    run("2015-06-10")
    (note,) = Note.objects.all()
    assert (note.recipient, note.kind, note.until) == (manager, "reminder", day("2015-06-30"))
    assert note.text == (
        "Written report (Council) is due by 30 June 2015, in 28 days."
        " The words give it: by 30 June 2015. Notice: 14."
    )
    assert note.path.endswith("/2015-06-30/")


def test_each_lead_time_brings_one_and_missed_nights_only_the_nearest(first, manager):
    owe(first, "14", DUE)
    run("2015-06-25")  # 28 and 7 days before have both begun
    assert len(told()) == 1
    assert ":reminder 7:" in Note.objects.get().key


def test_what_is_met_or_waived_is_not_reminded_of(first, manager):
    one = owe(first, "14", DUE)
    mark(one, "2015-06-30", "met", "2015-06-01")
    run("2015-06-25")
    assert told() == []


def test_a_breach_that_was_met_and_opened_again_is_told_of_anew_and_once(first, manager):
    one = owe(first, "14", DUE)
    run("2015-07-02")
    mark(one, "2015-06-30", "met", "2015-07-03")
    run("2015-07-04")
    assert told("breach") == [(manager, "breach")]
    mark(one, "2015-06-30", "reopened", "2015-07-05", reason="It was another report")
    for on in ("2015-07-05", "2015-07-05", "2015-07-06"):
        run(on)
    assert told("breach") == [(manager, "breach")] * 2


def test_a_breach_whose_board_turns_out_not_to_have_been_held_is_told_of_anew_and_once(
    council, first, manager
):
    owe(first, "3a", NoLongerThan(Period.weeks(4), Happening("board_held"), Anchor("notice_issued")))
    run("2015-02-13")
    board = happened(council, "board_held", "2015-02-20", recorded="2015-02-21")
    run("2015-02-21")
    assert told("breach") == [(manager, "breach")]
    happened(council, "board_held", "2015-02-20", "2015-02-25", "cancelled", replaces=board)
    for on in ("2015-02-25", "2015-02-25", "2015-02-26"):
        run(on)
    assert told("breach") == [(manager, "breach")] * 2
    assert "was due on 12 February 2015, 13 days ago and is open again." in Note.objects.latest("pk").text


def test_cancelling_what_had_met_nothing_tells_nobody_again(council, first, manager):
    owe(first, "3a", NoLongerThan(Period.weeks(4), Happening("board_held"), Anchor("notice_issued")))
    review = happened(council, "review_held", "2015-02-20", recorded="2015-02-21")
    plan = happened(council, "board_held", "2015-02-20", "2015-02-01", "planned")
    run("2015-02-21")
    happened(council, "review_held", "2015-02-20", "2015-02-22", "cancelled", replaces=review)
    happened(council, "board_held", "2015-02-20", "2015-02-22", "cancelled", replaces=plan)
    run("2015-02-22")
    assert told("breach") == [(manager, "breach")]


def test_a_missed_must_is_told_of_once_to_who_is_set_to_hear(council, first, manager):
    chair, chief = member(Role.BOARD_CHAIR, council), member(Role.CHIEF_EXECUTIVE, council)
    owe(first, "14", DUE)
    run("2015-07-01")
    assert told("breach") == [(manager, "breach")]
    run("2015-07-07")
    assert {user for user, _ in told("breach")} == {manager, chair}
    run("2015-08-30")  # many nights were missed
    assert sorted(user.pk for user, _ in told("breach")) == sorted([manager.pk, chair.pk, chief.pk])


@pytest.mark.parametrize("force", [Force.AIM, Force.SHOULD, Force.EXPECTED, Force.MAY])
def test_nothing_but_a_missed_must_escalates(first, manager, force):
    owe(first, "13", DUE, force)
    run("2015-09-30")
    assert told("breach") == []


def test_a_forecast_never_escalates(council, first, manager):
    owe(first, "3a", NoLongerThan(Period.weeks(4), Happening("board_held"), Anchor("adviser_placed")))
    run("2015-09-30")
    assert told("breach") == []


@pytest.mark.parametrize("holder", ["Department for Education", "Minister"])
def test_the_departments_own_duties_are_nobodys_mail(first, manager, holder):
    owe(first, "7", DUE, holder=holder)
    for on in ("2015-06-25", "2015-09-30"):
        run(on)
    assert told() == []


def test_other_organisations_and_the_department_are_told_only_where_switched_on(council, first):
    outside = [
        member(role, council)
        for role in (Role.SAFEGUARDING_CHAIR, Role.DFE_ADVISER, Role.DFE_OFFICIAL, Role.MINISTERS_OFFICE)
    ]
    owe(first, "15", DUE, holder="Safeguarding board chair")
    for on in ("2015-06-25", "2015-09-30"):
        run(on)
    assert told() == []
    ReminderSetting.objects.create(
        council=council, role=Role.SAFEGUARDING_CHAIR, days_before=[14], escalate_after=3
    )
    run("2015-06-25")
    assert told() == [(outside[0], "reminder")]


def test_a_council_sets_when_each_role_is_told(council, first, manager):
    ReminderSetting.objects.create(council=council, role=Role.PROGRAMME_MANAGER, days_before=[2])
    owe(first, "14", DUE)
    run("2015-06-27")
    assert told() == []
    run("2015-06-28")
    run("2015-08-01")
    assert told() == [(manager, "reminder")]


def test_who_holds_two_roles_is_told_once(council, first, manager):
    member(Role.DIRECTOR, council, user=manager)
    owe(first, "14", DUE)
    run("2015-07-03")
    assert told() == [(manager, "breach")]


def test_a_council_without_a_notice_in_force_is_left_alone(council, first, manager):
    first.instrument.ended_on, first.instrument.end = day("2015-06-01"), "lifted"
    first.instrument.save()
    owe(first, "14", DUE)
    assert run("2015-06-25").notes == {}


@pytest.fixture
def three():
    """Three councils with a deadline and a manager each."""
    found = []
    for name in ("Abbey", "Bridge", "Castle"):
        council = CouncilFactory(short_name=name)
        owe(version(instrument(council, "2015-01-15")), "14", DUE)
        found.append((council, member(Role.PROGRAMME_MANAGER, council)))
    return found


def test_a_poisoned_council_holds_up_no_other_and_is_tried_again(three, monkeypatch, caplog):
    real = sweeping.deadlines_of

    def poisoned(council, **more):
        if council.short_name == "Bridge":
            raise ZeroDivisionError("no such row")
        return real(council, **more)

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "deadlines_of", poisoned)
        done = run("2015-06-25", only_missing=True)
    assert done.problems == {"Bridge": "ZeroDivisionError: no such row"}
    assert [user for user, _ in told()] == [three[0][1], three[2][1]]
    assert "The deadlines of Bridge" in caplog.text
    assert list(run("2015-06-25", only_missing=True).notes) == ["Bridge"]
    assert {user for user, _ in told()} == {user for _, user in three}


def test_a_worker_killed_in_the_middle_leaves_whole_councils_and_the_next_run_goes_on(three, monkeypatch):
    class Killed(BaseException):
        pass

    real = sweeping.queue_notes

    def killed(notes, *, council, now):
        new = real(notes, council=council, now=now)
        if council.short_name == "Bridge":
            raise Killed
        return new

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "queue_notes", killed)
        with pytest.raises(Killed):
            run("2015-06-25", only_missing=True)
    assert [user for user, _ in told()] == [three[0][1]]
    assert list(run("2015-06-25", only_missing=True).notes) == ["Bridge", "Castle"]
    assert [user for user, _ in told()] == [user for _, user in three]
    assert run("2015-06-25", only_missing=True).notes == {}


def test_a_council_that_always_fails_is_not_tried_for_ever_on_one_day(three, monkeypatch):
    monkeypatch.setattr(sweeping, "deadlines_of", lambda council, **more: 1 / 0)
    for _ in range(sweeping.MOST_ATTEMPTS):
        assert len(run("2015-06-25", only_missing=True).problems) == 3
    assert run("2015-06-25", only_missing=True).problems == {}
    assert len(run("2015-06-26", only_missing=True).problems) == 3
    assert SweptCouncil.objects.filter(swept_at__isnull=False).count() == 0


def test_queries_a_council_do_not_grow_with_what_it_owes(
    council, first, manager, django_assert_max_num_queries
):
    for number in range(10):
        owe(first, str(number), DUE)
        member(Role.BOARD_CHAIR, council)
    with django_assert_max_num_queries(21):
        run("2015-06-25")


def test_the_task_that_beat_starts_is_there_and_sweeps(first, manager):
    from config.celery import app

    assert "notices.sweep" in {entry["task"] for entry in app.conf.beat_schedule.values()}
    current_app.tasks["notices.sweep"].run(from_a_newer_version=1)
    assert SweptCouncil.objects.count() == 1


def test_london_decides_which_day_it_is(first, manager):
    """At half past eleven at night, UTC, it is the next day in London's summer."""
    from django.utils import timezone

    assert timezone.localdate(dt.datetime(2015, 6, 15, 23, 30, tzinfo=dt.UTC)) == day("2015-06-16")
