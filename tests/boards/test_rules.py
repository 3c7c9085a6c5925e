"""Pure rules: series of meetings, numbers of items, samples for testing."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.rules.cadence import series
from boards.rules.numbering import numbered, roman
from boards.rules.sampling import Candidate, sample
from deadlines.months import Period
from deadlines.workdays import is_working_day

FOUR_WEEKS = Period.weeks(4)


def test_a_series_keeps_the_weekday():
    days = [row.on for row in series(last=dt.date(2015, 6, 16), every=FOUR_WEEKS, count=3)]
    assert days == [dt.date(2015, 7, 14), dt.date(2015, 8, 11), dt.date(2015, 9, 8)]


def test_a_bank_holiday_is_avoided_by_an_earlier_day_and_the_next_is_not_too_late_for_it():
    first, second = series(last=dt.date(2015, 3, 9), every=FOUR_WEEKS, count=2)
    assert (first.on, first.limit) == (dt.date(2015, 4, 2), dt.date(2015, 4, 6))
    assert first.because == "6 April is Easter Monday; moved earlier"
    assert second.on == dt.date(2015, 4, 27)  # a Monday again, within four weeks of 2 April
    assert second.on <= second.limit == dt.date(2015, 4, 30)


def test_monthly_meetings_keep_the_weekday_and_stay_within_a_month():
    for row in series(last=dt.date(2015, 1, 28), every=Period(months=1), count=12):
        assert row.on.weekday() == 2
        assert row.on <= row.limit


@given(
    last=st.dates(dt.date(2010, 1, 1), dt.date(2035, 12, 31)),
    weeks=st.integers(1, 12),
    count=st.integers(1, 15),
)
def test_no_meeting_of_a_series_passes_the_limit_or_falls_on_a_free_day(last, weeks, count):
    before = last
    for row in series(last=last, every=Period.weeks(weeks), count=count):
        assert before < row.on <= row.limit == before + dt.timedelta(weeks=weeks)
        assert is_working_day(row.on) or weeks == 1
        before = row.on


def test_a_series_of_nothing_is_refused():
    with pytest.raises(ValueError, match="a period and a count"):
        series(last=dt.date(2015, 1, 1), every=Period(), count=1)


@dataclass(frozen=True)
class Item:
    pk: int
    order: int
    under_id: int | None = None


def test_parts_of_an_item_are_numbered_in_roman():
    items = [Item(1, 1), Item(2, 2), Item(3, 1, under_id=2), Item(4, 2, under_id=2), Item(5, 3)]
    assert [row.number for row in numbered(items)] == ["1", "2", "2 (i)", "2 (ii)", "3"]


def test_a_part_whose_item_is_gone_stands_by_itself():
    assert [row.number for row in numbered([Item(1, 1), Item(3, 2, under_id=99)])] == ["1", "2"]


def test_the_first_and_last_beside_each_other_are_known():
    rows = numbered([Item(1, 1), Item(2, 2), Item(3, 1, under_id=1)])
    assert [(row.first, row.last) for row in rows] == [(True, False), (True, True), (False, True)]


@pytest.mark.parametrize(("number", "numeral"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (49, "xlix")])
def test_roman_numerals(number, numeral):
    assert roman(number) == numeral


def candidate(number, **facts):
    usual = {
        "ref": f"A{number}",
        "objective": 1,
        "complete": True,
        "overdue": False,
        "of_notice": False,
        "evidence": True,
        "tested_on": None,
        "reported_on": dt.date(2015, 5, 1),
    }
    return Candidate(number, **(usual | facts))


def test_only_what_is_claimed_complete_is_tested():
    assert [row.candidate.number for row in sample([candidate(1), candidate(2, complete=False)], size=5)] == [
        1
    ]


def test_what_was_tested_is_tested_again_only_once_reported_on_since():
    tested = dt.date(2015, 5, 10)
    rows = [
        candidate(1, tested_on=tested),
        candidate(2, tested_on=tested, reported_on=dt.date(2015, 6, 1)),
    ]
    assert [row.candidate.number for row in sample(rows, size=5)] == [2]


def test_what_the_notice_asks_for_and_lacks_evidence_comes_first_and_says_why():
    rows = [candidate(1), candidate(2, of_notice=True, evidence=False)]
    first = sample(rows, size=1)[0]
    assert first.candidate.number == 2
    assert first.because == "claimed complete, never tested, asked for by the notice, no evidence with it"


def test_one_objective_does_not_fill_the_sample():
    rows = [candidate(number, of_notice=True) for number in (1, 2, 3)] + [candidate(9, objective=2)]
    assert {row.candidate.number for row in sample(rows, size=2)} == {1, 9}


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.booleans()), max_size=20), st.integers(1, 10))
def test_a_sample_is_as_large_as_it_can_be_and_the_same_each_time(facts, size):
    rows = [
        candidate(number, objective=objective, complete=complete, evidence=evidence)
        for number, (objective, complete, evidence) in enumerate(facts)
    ]
    chosen = sample(rows, size=size)
    assert len(chosen) == min(size, sum(complete for _, complete, _ in facts))
    assert len({row.candidate.number for row in chosen}) == len(chosen)
    assert chosen == sample(list(reversed(rows)), size=size)
