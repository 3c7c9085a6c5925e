"""A duty that was changed is two obligations to the engine: what does the one does not do the other as well."""

from deadlines.events import Event, Happening, Status
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.obligations import occurrences
from deadlines.schedules.family import EveryPeriod, NoLongerThan, OnDate
from tests.deadlines.build import BOARD, NOTICE, day, issued, owed

REPORT = Happening("report_submitted")
MONTHLY = EveryPeriod(Period(months=1), NOTICE)
CHANGED = day("2015-04-10")


def reports(*days):
    return [Event("report_submitted", day(one), key=one) for one in days]


def held(obligations, facts, until="2015-08-01"):
    found = occurrences(obligations, facts, day(until))
    return {
        key: [(one.due.isoformat(), one.held.on.isoformat() if one.held else None) for one in dated]
        for key, dated in found.items()
    }


def test_a_report_after_an_amendment_does_the_new_duty_alone():
    old = owed(MONTHLY, key="old", met_by=REPORT, superseded_on=CHANGED)
    new = owed(MONTHLY, key="new", met_by=REPORT, starts_on=CHANGED, follows="old")
    facts = Facts.of([issued("2015-01-15"), *reports("2015-02-10", "2015-04-12")])
    found = held([old, new], facts, "2015-05-20")
    assert found["old"] == [("2015-02-15", "2015-02-10"), ("2015-03-15", None), ("2015-04-15", None)]
    assert found["new"] == [("2015-04-15", "2015-04-12"), ("2015-05-15", None)]


def test_a_report_before_an_amendment_does_the_old_duty_alone():
    old = owed(OnDate(day("2015-04-20")), key="old", met_by=REPORT, superseded_on=CHANGED)
    new = owed(OnDate(day("2015-06-30")), key="new", met_by=REPORT, starts_on=CHANGED, follows="old")
    facts = Facts.of([issued("2015-01-15"), *reports("2015-04-01")])
    assert held([old, new], facts) == {"old": [("2015-04-20", "2015-04-01")], "new": [("2015-06-30", None)]}


def test_a_board_held_after_an_amendment_does_the_new_frequency_alone():
    old = owed(NoLongerThan(Period.weeks(4), BOARD, NOTICE), key="old", superseded_on=CHANGED)
    new = owed(NoLongerThan(Period.weeks(6), BOARD, NOTICE), key="new", starts_on=CHANGED, follows="old")
    boards = [Event("board_held", day(one), key=one) for one in ("2015-02-10", "2015-03-20", "2015-04-14")]
    found = held([old, new], Facts.of([issued("2015-01-15"), *boards]), "2015-05-30")
    assert found["old"][-1] == ("2015-04-17", None)
    assert found["new"] == [("2015-05-01", "2015-04-14"), ("2015-05-26", None)]


def test_after_a_mere_cut_what_was_overdue_is_done_first():
    old = owed(MONTHLY, key="old", met_by=REPORT, ends_before=CHANGED)
    new = owed(MONTHLY, key="new", met_by=REPORT, starts_on=CHANGED, follows="old")
    facts = Facts.of([issued("2015-01-15"), *reports("2015-02-14", "2015-04-12", "2015-04-14")])
    found = held([old, new], facts, "2015-05-20")
    assert found["old"][:2] == [("2015-02-15", "2015-02-14"), ("2015-03-15", "2015-04-12")]
    assert found["new"] == [("2015-04-15", "2015-04-14"), ("2015-05-15", None)]


def test_one_board_is_not_two_deadlines_of_a_cut_duty():
    old = owed(NoLongerThan(Period.weeks(4), BOARD, NOTICE), key="old", ends_before=CHANGED)
    new = owed(NoLongerThan(Period.weeks(6), BOARD, NOTICE), key="new", starts_on=CHANGED, follows="old")
    boards = [Event("board_held", day(one), key=one) for one in ("2015-02-10", "2015-03-11", "2015-04-14")]
    found = held([old, new], Facts.of([issued("2015-01-15"), *boards]), "2015-06-30")
    assert ("2015-04-08", "2015-04-14") in found["old"]
    assert [due for due, by in found["new"] if by == "2015-04-14"] == []


def test_a_plan_for_a_day_after_the_amendment_does_not_do_the_old_duty():
    old = owed(NoLongerThan(Period.weeks(4), BOARD, NOTICE), key="old", superseded_on=CHANGED)
    facts = Facts.of([issued("2015-03-15"), Event("board_held", day("2015-04-11"), Status.PLANNED, key="p")])
    assert held([old], facts) == {"old": [("2015-04-12", None)]}
