"""Timelines as people write them: the words of each case, and what they say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reader.timelines import Timeline, read_timeline


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("27/03/15", None, "2015-03-27"),
        ("6/2/15", None, "2015-02-06"),
        ("31.03.2015", None, "2015-03-31"),
        ("2015-03-31", None, "2015-03-31"),
        ("31st March 2015", None, "2015-03-31"),
        ("31 March 2015 (complete)", None, "2015-03-31"),
        ("Sent 29-01-15", None, "2015-01-29"),
        ("start 31/01/15/ end 10/04/15", "2015-01-31", "2015-04-10"),
        ("29/01/15-09/04/15", "2015-01-29", "2015-04-09"),
        ("from 1st April 2015 to 31st March 2016", "2015-04-01", "2016-03-31"),
        ("1-15 March 2015", "2015-03-01", "2015-03-15"),
        ("Jan – Mar 2015", "2015-01-01", "2015-03-31"),
        ("Nov - Feb 2016", "2015-11-01", "2016-02-29"),
        ("September 2023 – March 2024", "2023-09-01", "2024-03-31"),
        ("March 2015", None, "2015-03-31"),
        ("Apr-22", None, "2022-04-30"),
        ("Apr '22", None, "2022-04-30"),
        ("End of Sept 2023", None, "2023-09-30"),
        ("By end of March 2024", None, "2024-03-31"),
        ("mid-April 2015", None, "2015-04-15"),
        ("Q3 2023/24", None, "2023-12-31"),
        ("Quarter 4 (2023-24)", None, "2024-03-31"),
        ("2023/24", None, "2024-03-31"),
        ("w/c 26/01/15", "2015-01-26", "2015-02-01"),
        ("From April 2015", "2015-04-01", None),
        ("01/04/2015 - ongoing", "2015-04-01", None),
        ("Weekly until 31/03/15", None, "2015-03-31"),
        ("Ongoing", None, None),
        ("TBC", None, None),
        ("Immediate", None, None),
        ("", None, None),
    ],
)
def test_words_are_read_as_start_and_end(words, start, end):
    read = read_timeline(words, date(2015, 2, 24))
    assert (read.start, read.end, read.troubles) == (day(start), day(end), ())


@pytest.mark.parametrize(
    ("words", "end", "earlier"),
    [
        ("Revised to 30/06/22 (was 31/03/22)", "2022-06-30", ["2022-03-31"]),
        ("31/03/22 revised to 30/06/22", "2022-06-30", ["2022-03-31"]),
        ("Extended from 31/03/22 to 30/06/22", "2022-06-30", ["2022-03-31"]),
        (
            "Original: 31/03/22\nRevised: 30/06/22\nRevised: 30/09/22",
            "2022-09-30",
            ["2022-03-31", "2022-06-30"],
        ),
    ],
)
def test_a_moved_deadline_keeps_what_it_was(words, end, earlier):
    read = read_timeline(words)
    assert (read.end, list(read.earlier_ends), read.troubles) == (day(end), list(map(day, earlier)), ())


@pytest.mark.parametrize(
    "words",
    ["Monthly", "Monthly - After each board", "Every 6 weeks", "Termly", "Quarterly", "After every meeting"],
)
def test_a_recurring_timeline_is_a_schedule(words):
    assert read_timeline(words) == Timeline(schedule=words)


def test_monthly_from_a_month_is_a_schedule_with_a_start():
    read = read_timeline("Monthly from April 2015")
    assert (read.start, read.end, read.schedule) == (date(2015, 4, 1), None, "Monthly from April 2015")


@pytest.mark.parametrize(
    ("words", "why", "guesses"),
    [
        ("31/11/14", "November has no day 31", ["2014-11-30", "2014-12-01"]),
        ("29 Feb 2023", "February has no day 29", ["2023-02-28", "2023-03-01"]),
        ("31 June 2023", "June has no day 31", ["2023-06-30", "2023-07-01"]),
        ("31/1/0/15", "it has a stroke too many", ["2015-10-31", "2015-01-31"]),
        ("03/25/2015", "there is no month 25", ["2015-03-25"]),
        ("12/12/1215", "the year 1215 is unlikely", []),
    ],
)
def test_a_date_that_cannot_be_is_never_read(words, why, guesses):
    read = read_timeline(words)
    (trouble,) = read.troubles
    assert (read.end, trouble.impossible, trouble.why, list(trouble.guesses)) == (
        None,
        True,
        why,
        list(map(day, guesses)),
    )


@pytest.mark.parametrize(
    ("words", "guesses"),
    [
        ("by 31 March", ["2015-03-31", "2014-03-31", "2016-03-31"]),
        ("end Feb", ["2015-02-28", "2014-02-28", "2016-02-29"]),
        ("Q1 2015", ["2015-06-30", "2015-03-31"]),
        ("Summer 2023", ["2023-08-31"]),
        ("Draft 01/02/15; final 01/04/15", ["2015-04-01", "2015-02-01"]),
        ("bi-monthly", []),
        ("After half term", []),
    ],
)
def test_a_date_that_could_be_several_is_asked(words, guesses):
    read = read_timeline(words, date(2015, 2, 24))
    (trouble,) = read.troubles
    assert (read.end, trouble.impossible, list(trouble.guesses)) == (None, False, list(map(day, guesses)))


@given(
    st.dates(date(1990, 1, 1), date(2079, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%d %b %y"]),
)
def test_every_day_is_read_in_every_usual_form(when, form):
    assert read_timeline(f"{when:{form}}").end == when


@given(st.text(max_size=60))
def test_any_words_are_read_or_left(words):
    read = read_timeline(words, date(2015, 2, 24))
    assert read.end is None or 1990 <= read.end.year <= 2100


def test_a_month_in_a_column_of_starts_is_its_first_day():
    assert read_timeline("Apr-23", begins=True).start == date(2023, 4, 1)
