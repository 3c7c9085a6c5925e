"""The worked example of issue 5 through the commands, as somebody at a terminal would do it."""

import json

import pytest
from django.core.management import CommandError, call_command

from deadlines.schedules.family import OnDate
from notices.models import DeadlineMark, Event
from tests.factories import CouncilFactory
from tests.notices.deadlines.build import REAL, day, instrument, owe, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory(short_name="Exampleshire")


@pytest.fixture
def told(capsys):
    """What a command prints."""

    def told(*words):
        capsys.readouterr()
        call_command(*words)
        return capsys.readouterr().out

    return told


def test_the_worked_example(council, told):
    notice = REAL / "notice-manchester-2015.txt"
    if not notice.exists():
        pytest.skip(f"{notice} is not here")
    told("read_notice", str(notice), "--council", "Exampleshire", "--issued", "2015-03-23", "--confirm")
    told("record_event", "Exampleshire", "inspection_published", "2014-09-03")
    for board in (
        "2015-02-24",
        "2015-03-24",
        "2015-04-21",
        "2015-05-19",
        "2015-06-16",
        "2015-07-14",
        "2015-08-11",
        "2015-09-08",
    ):
        told("record_event", "Exampleshire", "board_held", board)
    told("record_event", "Exampleshire", "report_submitted", "2015-05-22")
    told("record_event", "Exampleshire", "review_held", "2015-09-15")
    asked = ("deadlines", "Exampleshire", "--as-at", "2015-09-20", "--until", "2016-04-01", "--json")
    rows = json.loads(told(*asked))

    def of(reference, holder):
        return [
            (row["due"], row["state"], row["firm"], row["met_on"])
            for row in rows
            if reference in (row["requirement"], *row["also"]) and row["duty_holder"] == holder
        ]

    assert of("14", "Board chair")[:3] == [
        ("2015-05-31", "met", True, "2015-05-22"),
        ("2015-08-11", "overdue", True, None),
        ("2015-11-03", "not_yet_due", False, None),
    ]
    first = next(row for row in rows if row["requirement"] == "14")
    assert first["window_from"] == "2015-05-01"
    assert ("2015-10-06", "due_soon", True, None) in of("3a", "Improvement board")
    reviews = of("17", "Department for Education")
    assert ("2015-09-23", "met", True, "2015-09-15") in reviews
    assert ("2016-03-15", "not_yet_due", True, None) in reviews
    assert of("17", "Council") == [
        ("2015-09-08", "overdue", True, None),
        ("2016-03-08", "not_yet_due", False, None),
    ]
    assert of("10", "Council")[0] == ("2015-09-14", "overdue", True, None)
    assert of("11", "Director of Children's Services")[0][:2] == ("2015-09-14", "overdue")
    assert of("13", "Council") == [("2016-03-03", "not_yet_due", True, None)]
    told("meet_deadline", "Exampleshire", "17", "2015-09-08", "2015-09-07")
    rows = json.loads(told(*asked))
    assert of("17", "Council")[0] == ("2015-09-08", "met", True, "2015-09-07")
    assert json.loads(told(*asked)) == rows  # the same facts give the same deadlines


@pytest.fixture
def duty(council):
    return owe(
        version(instrument(council, "2015-01-15")), "17 #2", OnDate(day("2015-03-01"), by=True), ref="17"
    )


def test_an_event_in_the_future_is_refused_and_can_be_planned(council, told):
    with pytest.raises(CommandError, match="use --planned"):
        told("record_event", "Exampleshire", "board_held", "2099-01-01")
    told(
        "record_event",
        "Exampleshire",
        "board_held",
        "2099-01-01",
        "--planned",
        "--board",
        "Improvement board",
    )
    event = Event.objects.get()
    assert (event.state, event.board) == ("planned", "Improvement board")


def test_an_event_before_the_notice_is_kept_and_said_not_to_count(council, duty, told):
    said = told("record_event", "Exampleshire", "board_held", "2015-01-10")
    assert "counts only where a clause says so" in said
    assert Event.objects.count() == 1


def test_a_report_says_which_one_it_is(council, duty, told):
    told("record_event", "Exampleshire", "report_submitted", "2015-02-20", "--report", "17")
    (row,) = json.loads(told("deadlines", "Exampleshire", "--as-at", "2015-03-10", "--json"))
    assert (row["state"], row["met_on"]) == ("met", "2015-02-20")
    with pytest.raises(CommandError, match="No obligation here is called '99'"):
        told("record_event", "Exampleshire", "report_submitted", "2015-02-21", "--obligation", "99")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("99", "2015-03-01", "2015-02-01"), "No obligation here is called '99'"),
        (("17", "2015-03-02", "2015-02-01"), "it has 2015-03-01"),
        (("17", "2015-03-01", "2999-01-01"), "has not come yet"),
        (("17", "March", "2015-03-01"), "is not a day written"),
    ],
)
def test_what_cannot_be_met_is_refused_with_the_reason(council, duty, told, words, why):
    with pytest.raises(CommandError, match=why):
        told("meet_deadline", "Exampleshire", *words)
    assert DeadlineMark.objects.count() == 0


def test_meeting_it_twice_records_it_once_and_another_day_is_refused(council, duty, told):
    for _ in range(2):
        assert "9 days late" in told("meet_deadline", "Exampleshire", "17", "2015-03-01", "2015-03-10")
    assert DeadlineMark.objects.count() == 1
    with pytest.raises(CommandError, match="met already"):
        told("meet_deadline", "Exampleshire", "17", "2015-03-01", "2015-03-11")


def test_words_say_what_is_due_and_why(council, duty, told):
    said = told("deadlines", "Exampleshire", "--as-at", "2015-03-10")
    assert "2015-03-01  Overdue: Council, What 17 #2 asks for (17, must)" in said
    assert "The words give it: by 1 March 2015." in said


def test_an_unknown_council_and_a_future_sweep_are_refused(told):
    with pytest.raises(CommandError):
        told("deadlines", "Nowhere at all")
    with pytest.raises(CommandError, match="lies in the future"):
        told("sweep", "--as-at", "2999-01-01")
