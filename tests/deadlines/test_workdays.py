import pytest

from deadlines.workdays import (
    add_working_days,
    advice,
    bank_holiday,
    is_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
)
from tests.deadlines.build import day


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2015-04-03", "Good Friday"),
        ("2015-08-31", "Late Summer Bank Holiday"),
        ("2015-08-03", None),  # the August holiday of Scotland is none in England
        ("2015-09-08", None),
    ],
)
def test_bank_holidays_are_those_of_england(on, name):
    assert bank_holiday(day(on)) == name


def test_a_sunday_deadline_is_advised_on_and_stands():
    assert advice(day("2015-05-31")) == (
        "31 May 2015 is a Sunday. The deadline stands; the last working day before it is Friday 29 May 2015."
    )


def test_a_bank_holiday_is_named():
    assert advice(day("2015-04-06")) == (
        "6 April 2015 is Monday, Easter Monday. The deadline stands; "
        "the last working day before it is Thursday 2 April 2015."
    )


def test_a_working_day_needs_no_advice():
    assert advice(day("2015-09-08")) is None
    assert is_working_day(day("2015-09-08"))


def test_the_nearest_working_days_around_easter():
    assert working_day_on_or_before(day("2015-04-06")) == day("2015-04-02")
    assert working_day_on_or_after(day("2015-04-03")) == day("2015-04-07")


def test_twenty_working_days_over_may_leave_out_both_bank_holidays():
    assert add_working_days(day("2015-05-01"), 20) == day("2015-06-02")
    assert add_working_days(day("2015-06-02"), -20) == day("2015-05-01")
