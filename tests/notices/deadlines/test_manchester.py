"""The worked example of issue 5, out of the database: notice of 23 March 2015, seen on 20 September."""

import pytest

from notices.deadlines.queries import deadlines_of
from tests.factories import CouncilFactory
from tests.notices.deadlines.build import day, happened, real_notice

pytestmark = pytest.mark.django_db
BOARDS = (
    "2015-02-24",
    "2015-03-24",
    "2015-04-21",
    "2015-05-19",
    "2015-06-16",
    "2015-07-14",
    "2015-08-11",
    "2015-09-08",
)


@pytest.fixture
def council():
    council = CouncilFactory()
    real_notice(council, "notice-manchester-2015.txt", "2015-03-23")
    happened(council, "inspection_published", "2014-09-03")
    for board in BOARDS:
        happened(council, "board_held", board)
    happened(council, "report_submitted", "2015-05-22")
    happened(council, "review_held", "2015-09-15")
    return council


@pytest.fixture
def rows(council):
    found = deadlines_of(council, today=day("2015-09-20"), until=day("2016-04-30"))

    def rows(reference, holder=None):
        return [
            (line.due.isoformat(), line.state.value, line.firm)
            for line in found.lines
            if line.duty.asked_by(reference) and holder in (None, line.duty.duty_holder)
        ]

    rows.found = found
    return rows


def test_paragraph_14_the_chairs_report(rows):
    assert rows("14") == [
        ("2015-05-31", "met", True),
        ("2015-08-11", "overdue", True),
        ("2015-11-03", "not_yet_due", False),
        ("2016-01-26", "not_yet_due", False),
        ("2016-04-19", "not_yet_due", False),
    ]
    first = next(line for line in rows.found.lines if line.duty.asked_by("14"))
    assert (first.one.window_from, first.deadline.met_on) == (day("2015-05-01"), day("2015-05-22"))


def test_paragraph_3a_the_next_board_is_due_by_6_october(rows):
    assert next(row for row in rows("3a") if row[1] != "met") == ("2015-10-06", "due_soon", True)


@pytest.mark.parametrize("reference", ["7", "17"])
def test_paragraphs_7_and_17_reviews(rows, reference):
    amending = ("2015-09-15", "not_yet_due", True)  # 17's permission, from the review on
    assert [row for row in rows(reference, "Department for Education") if row != amending][:2] == [
        ("2015-09-23", "met", True),
        ("2016-03-15", "not_yet_due", True),
    ]


def test_paragraph_17_the_councils_report_a_week_before_a_review(rows):
    assert rows("17", "Council")[:2] == [
        ("2015-09-08", "overdue", True),
        ("2016-03-08", "not_yet_due", False),
    ]


@pytest.mark.parametrize("reference", ["10", "11"])
def test_paragraphs_10_and_11_assessments_before_the_review(rows, reference):
    assert rows(reference)[0] == ("2015-09-14", "overdue", True)


def test_paragraph_13_the_plans_actions_are_an_aim(rows):
    assert rows("13") == [("2016-03-03", "not_yet_due", True)]


def test_what_is_owed_next_and_what_is_overdue_are_told_apart_from_the_departments(rows):
    found = rows.found
    assert found.of_department_overdue == []
    assert {line.duty.requirement for line in found.overdue} >= {"14", "17", "10", "11"}
    coming = [(line.due.isoformat(), line.duty.requirement) for line in found.coming(3)]
    assert coming[0] == ("2015-09-30", "3d")
    assert {due for due, _ in coming[1:]} == {"2015-10-06"}
    assert [
        line.duty.requirement for line in found.lines if line.breach and line.duty.requirement == "14"
    ] == ["14"]


def test_duties_without_dates_say_what_they_wait_for(rows):
    waiting = {one.duty.key: one for one in rows.found.waiting}
    assert waiting["18"].why == "It holds only after a failure to comply."
    assert (waiting["16"].to_agree, waiting["18"].to_agree) == (True, False)
    assert rows.found.problems == ()
