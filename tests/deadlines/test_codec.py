"""What is no schedule is refused, with the place and the reason."""

import pytest

from deadlines.codec import ScheduleJsonError, from_json, to_json
from deadlines.months import Period
from deadlines.schedules.family import FAMILY, EveryNth, InMonth, Within
from tests.deadlines.build import BOARD, FOUR_WEEKS, NOTICE

CHAIRS_REPORT = {
    "version": 1,
    "kind": "every_nth",
    "n": 3,
    "of": {"kind": "board_held"},
    "first": {"kind": "in_month", "year": 2015, "month": 5},
    "cadence": {"days": 28},
}


def test_a_schedule_is_written_with_version_kind_and_what_differs_from_the_default():
    assert to_json(EveryNth(3, BOARD, InMonth(2015, 5), FOUR_WEEKS)) == CHAIRS_REPORT
    assert to_json(Within(Period(months=2), NOTICE)) == {
        "version": 1,
        "kind": "within",
        "period": {"months": 2},
        "anchor": {"kind": "notice_issued"},
    }


def test_what_was_written_is_read():
    assert from_json(CHAIRS_REPORT) == EveryNth(3, BOARD, InMonth(2015, 5), FOUR_WEEKS)


def test_the_family_is_closed_and_each_member_has_its_kind():
    assert sorted(FAMILY) == [
        "amount_in_each_month",
        "at_last_before",
        "at_least_in_each_month",
        "before",
        "between",
        "by_calendar",
        "by_end_of_month",
        "every_nth",
        "every_period",
        "in_month",
        "no_longer_than",
        "not_yet_agreed",
        "on_date",
        "on_or_after",
        "on_request",
        "on_working_day",
        "only_once",
        "standing",
        "together",
        "up_to",
        "with_each",
        "within",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "a schedule is a JSON object"),
        ({"kind": "standing"}, "version None; this service reads version 1"),
        ({"version": 2, "kind": "standing"}, "version 2; this service reads version 1"),
        ({"version": True, "kind": "standing"}, "version True"),
        (
            {"version": 1, "kind": "fortnightly"},
            "“fortnightly” is no kind of schedule; known are amount_in_each_month",
        ),
        ({"version": 1, "kind": ["standing"]}, "is no kind of schedule"),
        ({"version": 1, "kind": "in_month", "year": 2015}, "schedule: “month” is missing"),
        ({"version": 1, "kind": "in_month", "year": 2015, "month": 13}, "schedule: 13 is not a month"),
        (
            {"version": 1, "kind": "in_month", "year": "2015", "month": 5},
            r"schedule.year: '2015' is not of the kind",
        ),
        ({"version": 1, "kind": "standing", "extra": 1}, "schedule: “extra” is not known here"),
        ({"version": 1, "kind": "on_date", "on": "31/05/2015"}, r"schedule.on: '31/05/2015' is no date like"),
        ({"version": 1, "kind": "on_date", "on": None}, r"schedule.on: None is no date"),
        (
            {**CHAIRS_REPORT, "first": {"kind": "with_each", "of": {"kind": "board_held"}}},
            "schedule: what comes first must come once",
        ),
        ({"version": 1, "kind": "together", "parts": {}}, r"schedule.parts: a JSON list is needed"),
        (
            {"version": 1, "kind": "together", "parts": [{"kind": "no"}]},
            r"schedule.parts\[0\]: “no” is no kind",
        ),
        ({"version": 1, "kind": "together", "parts": []}, "at least one"),
        (
            {"version": 1, "kind": "on_working_day", "schedule": {"kind": "standing"}, "roll": "up"},
            r"schedule.roll: 'up' is none of earlier, later",
        ),
        (
            {"version": 1, "kind": "within", "period": {"months": -1}, "anchor": {"kind": "notice_issued"}},
            r"schedule.period: a period cannot be negative",
        ),
        (
            {"version": 1, "kind": "within", "period": 2, "anchor": {}},
            r"schedule.period: a JSON object is needed",
        ),
        (
            {"version": 1, "kind": "by_calendar", "anchor": {"kind": "notice_issued"}, "months": [3, 2]},
            "schedule: the months of a year are 1 to 12, each once and in their order",
        ),
        (
            {
                "version": 1,
                "kind": "by_calendar",
                "anchor": {"kind": "notice_issued"},
                "day": 6,
                "weekday": 0,
            },
            "schedule: a month has no such day",
        ),
        (
            {"version": 1, "kind": "only_once", "event": {"kind": "x"}, "then": 1},
            "schedule.then: a schedule is",
        ),
    ],
)
def test_what_is_no_schedule_is_refused_with_place_and_reason(data, reason):
    with pytest.raises(ScheduleJsonError, match=reason):
        from_json(data)
