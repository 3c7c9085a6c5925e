"""An obligation that was confirmed wrongly is put right with a reason: no amendment, and nothing is lost."""

import pytest

from councils.roles import Role
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import Before, EveryPeriod, OnDate
from history.models import Change
from notices.deadlines.queries import deadlines_of
from notices.models import Correction
from notices.queries.corrections import what_would_change
from notices.services import Refused
from notices.services.carrying import values_of
from notices.services.correcting import (
    CorrectedMeanwhile,
    Reading,
    add_missed,
    correct_obligation,
    undo_correction,
    withdraw_obligation,
)
from tests.factories import CouncilFactory, member
from tests.notices.deadlines.build import day, instrument, mark, moment, owe, version

pytestmark = pytest.mark.django_db
MONTHLY = EveryPeriod(Period(months=1), Anchor("notice_issued"))
QUARTERLY = EveryPeriod(Period(months=3), Anchor("notice_issued"))
TODAY = "2015-05-20"


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def notice(council):
    return instrument(council, "2015-01-15")


@pytest.fixture
def first(notice):
    return version(notice)


@pytest.fixture
def owed(first):
    return owe(first, "1", MONTHLY, holder="Council", deliverable="Report")


def act(council, on=TODAY, by=None):
    return {"council": council, "by": by, "now": moment(on), "today": day(on)}


def reading(row, **changed):
    values = values_of(row) | {"schedule": MONTHLY} | changed
    return Reading(**values)


def correct(row, *, reason="Misread", made_from=None, on=TODAY, by=None, **changed):
    row.refresh_from_db()
    return correct_obligation(
        number=row.pk,
        reading=reading(row, **changed),
        reason=reason,
        version=row.version if made_from is None else made_from,
        **act(row.notice_version.instrument.council, on, by),
    )


def rows(council, on=TODAY, until="2015-08-01", **more):
    found = deadlines_of(council, today=day(on), until=day(until), **more)
    return [(line.due.isoformat(), line.state.value) for line in found.lines]


def test_deadlines_are_worked_out_as_if_it_had_always_been_read_so_and_what_was_met_stays(council, owed):
    mark(owed, "2015-04-15", "met", "2015-04-10")
    correct(owed, schedule=QUARTERLY)
    assert rows(council) == [("2015-04-15", "met"), ("2015-07-15", "not_yet_due")]
    assert rows(council, "2015-03-01")[0] == ("2015-04-15", "not_yet_due")


def test_as_it_was_known_before_the_correction_it_reads_as_before(council, owed):
    correct(owed, schedule=QUARTERLY, duty_holder="Board chair")
    then = rows(council, "2015-03-01", "2015-03-20", recorded_until=moment("2015-05-01"))
    assert then == [("2015-02-15", "overdue"), ("2015-03-15", "due_soon")]


def test_the_history_keeps_both_with_the_reason_and_words_for_the_schedule(council, owed):
    correct(owed, schedule=QUARTERLY, force=Force.AIM.value, reason="“should aim” is an aim")
    change = Change.objects.get(subject="notices.obligation", field="schedule")
    assert (change.old, change.reason) == (MONTHLY.sentence(), "“should aim” is an aim")
    assert Correction.objects.get().before["force"] == "must"


def test_the_same_duty_in_earlier_versions_reads_the_same_from_then_on(council, notice, owed):
    later = owe(version(notice, 2, "2015-04-01"), "1", MONTHLY, continues=owed, holder="Council")
    correct(later, duty_holder="Board chair")
    owed.refresh_from_db()
    assert owed.duty_holder == "Board chair"
    with pytest.raises(Refused, match="later version"):
        correct(owed, duty_holder="Leader")


def test_two_who_correct_different_fields_both_stand_and_the_same_field_is_a_conflict(council, owed):
    jo = member(Role.PROGRAMME_MANAGER, council)
    correct(owed, duty_holder="Board chair", by=jo)
    correct_obligation(
        number=owed.pk,
        reading=reading(owed, duty_holder="Council", recipient="Minister"),
        reason="It goes to the Minister",
        version=1,
        **act(council),
    )
    owed.refresh_from_db()
    assert (owed.duty_holder, owed.recipient) == ("Board chair", "Minister")
    with pytest.raises(CorrectedMeanwhile) as conflict:
        correct(owed, duty_holder="Leader", made_from=1)
    assert conflict.value.theirs == {"duty_holder": "Board chair"}
    assert conflict.value.by_name == jo.get_full_name()


def test_what_reads_so_already_is_no_correction(council, owed):
    assert correct(owed) is None
    assert not Correction.objects.exists()


def test_an_obligation_that_was_missed_is_owed_since_the_notice_and_can_be_put_back(council, first):
    place = owe(first, "1", MONTHLY).requirement
    said = Reading(
        requirement=place.key,
        duty_holder="Council",
        recipient="",
        deliverable="Survey",
        force="must",
        schedule=OnDate(day("2015-03-02")),
    )
    made = add_missed(version=first, reading=said, reason="The second half of 1", **act(council))
    assert made.obligation.key == "1 #2"
    assert ("2015-03-02", "overdue") in rows(council)
    undo_correction(correction=made, reason="It is the same", **act(council))
    assert ("2015-03-02", "overdue") not in rows(council)


def test_one_that_is_none_goes_and_comes_back_with_what_was_recorded_of_it(council, owed):
    mark(owed, "2015-02-15", "met", "2015-02-10")
    made = withdraw_obligation(number=owed.pk, reason="A heading", **act(council))
    assert rows(council) == []
    undo_correction(correction=made, reason="It does ask", **act(council))
    assert rows(council)[0] == ("2015-02-15", "met")
    with pytest.raises(Refused, match="put back already"):
        undo_correction(correction=made, reason="Again", **act(council))


def test_one_that_others_count_from_cannot_be_withdrawn(council, first, owed):
    owe(first, "2", Before("1", "the report", Period.weeks(1)))
    with pytest.raises(Refused, match="2 counts from 1"):
        withdraw_obligation(number=owed.pk, reason="A heading", **act(council))
    owed.refresh_from_db()
    assert not owed.withdrawn


def test_what_was_corrected_again_since_is_not_put_back_over_it(council, owed):
    made = correct(owed, duty_holder="Board chair")
    correct(owed, duty_holder="Leader")
    with pytest.raises(Refused, match="corrected again since"):
        undo_correction(correction=made, reason="No", **act(council))


def test_an_ended_notice_is_read_only(council, notice, owed):
    notice.ended_on, notice.end = day("2015-05-01"), "lifted"
    notice.save()
    with pytest.raises(Refused, match="has ended"):
        correct(owed, duty_holder="Leader")


def test_what_would_change_is_shown_and_nothing_is_changed(council, owed):
    changes, problems = what_would_change(
        lambda: correct(owed, schedule=OnDate(day("2014-12-01"))), council=council, today=day(TODAY)
    )
    assert ("appears", "2014-12-01") in [(one.what, one.line.due.isoformat()) for one in changes]
    assert "vanishes" in {one.what for one in changes}
    assert "before the notice was issued" in problems[0]
    owed.refresh_from_db()
    assert (owed.version, Correction.objects.count()) == (1, 0)
