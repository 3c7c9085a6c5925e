import pytest

from deadlines.months import Period, add_months, month_end
from tests.deadlines.build import day


@pytest.mark.parametrize(
    ("anchor", "months", "due"),
    [
        ("2015-08-31", 6, "2016-02-29"),
        ("2014-08-31", 6, "2015-02-28"),
        ("2014-08-31", 12, "2015-08-31"),
        ("2014-09-03", 18, "2016-03-03"),
        ("2015-03-23", 6, "2015-09-23"),
        ("2015-01-31", 1, "2015-02-28"),
        ("2015-03-31", -1, "2015-02-28"),
        ("2015-12-15", 1, "2016-01-15"),
        ("2015-01-15", -1, "2014-12-15"),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(anchor, months, due):
    assert add_months(day(anchor), months) == day(due)


def test_steps_count_from_the_anchor_never_from_a_shortened_date():
    half_year = Period(months=6)
    found = [half_year.after(day("2013-08-31"), step).isoformat() for step in (1, 2, 3)]
    assert found == ["2014-02-28", "2014-08-31", "2015-02-28"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.weeks(4), "four weeks"),
        (Period.weeks(1), "one week"),
        (Period(months=6), "six months"),
        (Period(months=12), "twelve months"),
        (Period(months=18), "18 months"),
        (Period(months=24), "two years"),
        (Period(days=10), "ten days"),
        (Period(months=1, days=7), "one month and one week"),
        (Period(working_days=20), "20 working days"),
        (Period(), "no time"),
    ],
)
def test_a_period_speaks_plain_english(period, words):
    assert str(period) == words


def test_working_days_of_a_period_skip_weekends_and_bank_holidays():
    # from Thursday before Easter 2015: Friday 3 and Monday 6 April are bank holidays
    assert Period(working_days=2).after(day("2015-04-02")) == day("2015-04-08")
    assert Period(working_days=2).before(day("2015-04-08")) == day("2015-04-02")


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"months": -1}, "cannot be negative"),
        ({"months": 1201}, "longer than a hundred years"),
        ({"working_days": 1, "days": 1}, "working days alone"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(parts, reason):
    with pytest.raises(ValueError, match=reason):
        Period(**parts)


def test_a_month_ends_on_its_last_day_and_a_thirteenth_month_is_refused():
    assert month_end(2016, 2) == day("2016-02-29")
    with pytest.raises(ValueError, match="13 is not a month"):
        month_end(2016, 13)
