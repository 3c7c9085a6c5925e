"""What a form shows of a schedule and gives back: all of it, or it stays as it stands."""

import pytest

from deadlines.events import Happening
from deadlines.months import Period
from deadlines.schedules.base import Anchor
from deadlines.schedules.calendar import QUARTERS
from deadlines.schedules.family import (
    ByCalendar,
    EveryPeriod,
    NoLongerThan,
    OnlyOnce,
    OnWorkingDay,
    Standing,
    Together,
    UpTo,
    Within,
)
from notices.schedule_fields import FieldsRefused, fields_of, schedule_of

NOTICE = Anchor("notice_issued")
BOARD, LIFTED = Happening("board_held"), Happening("notice_lifted")
MONTH, QUARTER = Period(months=1), Period(months=3)
LATER = Anchor("notice_issued", after=QUARTER)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"month_9": "yes"}, "in each September from the notice"),
        (
            {"month_3": "yes", "month_9": "yes", "day": "1", "until": "yes"},
            "on the 1st of each March and September from the notice until the lifting of the notice",
        ),
        ({"day": "31", "by": "yes"}, "by the end of each month from the notice"),
        ({"day": "1", "weekday": "0"}, "on the first Monday of each month from the notice"),
        (
            {
                **{f"month_{month}": "yes" for month in (3, 6, 9, 12)},
                "after": "10",
                "after_unit": "working_days",
            },
            "within ten working days of the end of each quarter (March, June, September and December) from the notice",
        ),
    ],
)
def test_the_same_months_each_year_are_ticked_and_come_back(sent, sentence):
    fields = {"1-kind": "by_calendar", "1-anchor": "notice_issued"} | {
        f"1-{name}": value for name, value in sent.items()
    }
    schedule = schedule_of(fields, named={})
    assert schedule.sentence() == sentence
    assert schedule_of(fields_of(schedule), named={}) == schedule


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"day": "32"}, "1-day"),
        ({"day": "6", "weekday": "0"}, "1-day"),
        ({"weekday": "0"}, "1-day"),
        ({"day": "x"}, "1-day"),
    ],
)
def test_a_day_that_no_month_has_is_refused_at_its_field(sent, field):
    fields = {"1-kind": "by_calendar", "1-anchor": "notice_issued"} | {
        f"1-{name}": value for name, value in sent.items()
    }
    with pytest.raises(FieldsRefused) as refused:
        schedule_of(fields, named={})
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize(
    "schedule",
    [
        ByCalendar(NOTICE, (9,), until=LIFTED),
        OnWorkingDay(ByCalendar(NOTICE, QUARTERS, 31, by=True, until=LIFTED)),
        Together((EveryPeriod(MONTH, NOTICE, 3), EveryPeriod(QUARTER, LATER, None, LIFTED))),
        Together((UpTo(NoLongerThan(MONTH, BOARD, NOTICE), LATER), NoLongerThan(QUARTER, BOARD, LATER))),
        OnlyOnce(Happening("adviser_placed"), Together((Within(MONTH, NOTICE), Standing()))),
    ],
)
def test_a_form_sent_unchanged_leaves_the_schedule_as_it_was(schedule):
    assert schedule_of(fields_of(schedule), named={}, before=schedule) == schedule


def test_a_part_kept_as_it_stands_does_not_keep_the_others():
    schedule = Together((Within(MONTH, NOTICE), ByCalendar(NOTICE, (9,))))
    sent = fields_of(schedule) | {"1-length": "2"}
    assert schedule_of(sent, named={}, before=schedule) == Together(
        (Within(Period(months=2), NOTICE), ByCalendar(NOTICE, (9,)))
    )


def test_nothing_can_be_kept_where_nothing_stood():
    with pytest.raises(FieldsRefused):
        schedule_of({"1-kind": "kept"}, named={})
