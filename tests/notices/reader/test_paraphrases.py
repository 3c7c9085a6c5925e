"""The same clause as other councils' notices would put it: each row is one way of saying it, and what it means."""

import pytest

from tests.notices.reader.reads import only, questions, read

L = "until the lifting of the notice"
FROM = f"from the notice {L}"
NOT = "when is not yet agreed (the notice says “{}”)"
REVIEWS = "\n\n2. The Department will review progress every six months.\n\n3. The Improvement Board must meet every six weeks."

BOARD_MEETS = {
    "The Board will convene no less than monthly.": "at least one board in each calendar month, from the notice",
    "The Board shall meet at intervals of no more than six weeks.": "at least one board every six weeks, from the notice",
    "The Improvement Board shall meet not less than once every six weeks.": "at least one board every six weeks, from the notice",
    "The Improvement Board should meet on a six-weekly cycle.": "at least one board every six weeks, from the notice",
    "Meetings of the Improvement Board will take place every four weeks.": "at least one board every four weeks, from the notice",
    "There will be monthly meetings of the Improvement Board, with an independent chair.": (
        "at least one board in each calendar month, from the notice"
    ),
    "The Council must ensure the Improvement Board meets at least once every calendar month.": (
        "at least one board in each calendar month, from the notice"
    ),
    "The Improvement Board will meet on the first Monday of each month.": f"on the first Monday of each month {FROM}",
    "The Board must meet every other month.": "at least one board every two months, from the notice",
    "The board must meet fortnightly until 30 June 2016 and monthly thereafter.": (
        "at least one board every two weeks, from the notice, up to 30 June 2016 "
        "and at least one board in each calendar month, from 30 June 2016"
    ),
    "The Board will hold its first meeting within six weeks of this Notice and will meet every two months thereafter.": (
        "within six weeks of the notice and at least one board every two months, from six weeks after the notice"
    ),
    "The Board should meet initially every two weeks and then monthly.": NOT.format("every two weeks … and then … monthly"),
    "The Board will meet no fewer than ten times a year.": NOT.format("ten times a year"),
}  # fmt: skip

CHAIR_REPORTS = {
    "The chair must report to the Minister quarterly.": f"every three months {FROM}",
    "The chair of the board must report to the Secretary of State at three-monthly intervals.": f"every three months {FROM}",
    "The chair will write to the Minister every three months.": f"every three months {FROM}",
    "Reports will be made by the chair to the Minister every six months.": f"every six months {FROM}",
    "The chair of the Improvement Board must provide a written report to the Minister every other meeting.": (
        "with every second board"
    ),
    "The chair will submit a report to the Parliamentary Under Secretary of State after every third Board.": (
        "with every third board"
    ),
    "The independent chair must provide the Minister with a written update within ten working days of each board meeting.": (
        "ten working days after each board"
    ),
    "The Independent Chair must submit an initial report to the Minister by 30 June 2016 and quarterly reports thereafter.": (
        f"by 30 June 2016 and every three months from 30 June 2016 {L}"
    ),
    "The Chair must report to the Minister three months after the date of this notice and then every six months.": (
        f"within three months of the notice and every six months from three months after the notice {L}"
    ),
    "The chair must report in writing to the Minister at six and twelve months.": (
        "after six months from the notice and after twelve months from the notice"
    ),
    "The chair should provide written reports to the Minister in June and December 2016 and in March 2017.": (
        "in June 2016, in December 2016 and in March 2017"
    ),
}  # fmt: skip

DEPARTMENT_REVIEWS = {
    "The Department will review progress at six monthly intervals.": "at least one review every six months, from the notice",
    "DfE will conduct six monthly reviews of progress.": "at least one review every six months, from the notice",
    "Formal reviews will be undertaken by DfE officials every six months, or more frequently if required.": (
        "at least one review every six months, from the notice"
    ),
    "Progress against this notice will be reviewed by the Department in October 2016 and April 2017.": (
        "in October 2016 and in April 2017"
    ),
    "The first review by the Department will be in September 2016 and reviews will take place every six months thereafter.": (
        "in September 2016 and at least one review every six months, from 30 September 2016"
    ),
    "A formal review of progress will be undertaken by the Department at the six-month and twelve-month points.": (
        "after six months from the notice and after twelve months from the notice"
    ),
    "The Department will carry out a review no later than six months after this notice and at six-monthly intervals thereafter.": (
        "within six months of the notice and at least one review every six months, from six months after the notice"
    ),
}  # fmt: skip

COUNCIL_OWES = {
    "The Council must publish an annual statement of progress each September.": f"in each September {FROM}",
    "The Council must submit an annual self-assessment to Ofsted by 30 September.": f"by 30 September each year {FROM}",
    "The Council must submit an updated plan annually in April.": f"in each April {FROM}",
    "The Council must submit an updated plan by the end of each financial year.": f"by the end of each March {FROM}",
    "The Council must send a report to the Department monthly for three months and quarterly thereafter.": (
        f"every month from the notice, three times and every three months from three months after the notice {L}"
    ),
    "The Council must send a report to the Department every month for the first six months and every three months after that.": (
        f"every month from the notice, six times and every three months from six months after the notice {L}"
    ),
    "The Council must send a report to the Department fortnightly until 30 June 2016, then monthly.": (
        f"every two weeks from the notice, up to 30 June 2016 and every month from 30 June 2016 {L}"
    ),
    "The Council will submit to the DfE a weekly position statement for the first eight weeks of this Notice.": (
        "every week from the notice, eight times"
    ),
    "The Council must send a data return to the Department no later than the 10th of each month.": (
        f"by the 10th of each month {FROM}"
    ),
    "The Council must provide data to the Department by the fifth working day of the following month.": (
        f"within five working days of the end of each month {FROM}"
    ),
    "The Council must send its data to the Department on the last working day of every month.": (
        f"on the last day of each month {FROM}, or the working day before it"
    ),
    "The Council must report to the Department within 10 working days of the end of each quarter.": (
        f"within ten working days of the end of each quarter (March, June, September and December) {FROM}"
    ),
    "The Council must report to the Department half-yearly.": f"every six months {FROM}",
    "The Council must report to the Department twice a year.": f"every six months {FROM}",
    "The Council must publish its self-assessment by 31 March 2016 and annually thereafter.": (
        f"by 31 March 2016 and every twelve months from 31 March 2016 {L}"
    ),
    "The Council must provide the chair with two days a month for independent testing.": (
        "at least two days in each calendar month, from the notice"
    ),
    "The Council must keep the plan up to date.": "at all times",
    "The plan must be kept under review.": "at all times",
    "The Council must appoint a Director within 28 days of this notice.": "within four weeks of the notice",
    "The Council must, within 4 weeks of the date of this Notice, appoint a chair.": "within four weeks of the notice",
    "The Authority is required to submit, by no later than 5pm on 29 April 2016, an action plan.": "by 29 April 2016",
    "The Council must meet its targets by the end of 2016/17.": "by the end of March 2017",
    "The Council must provide data to the Department as and when requested.": "on request",
    "The Council must respond to any request from the Department within 5 working days.": "on request, within five working days",
    "If requested by the Department, the Council must provide further information within ten working days.": (
        "on request, within ten working days"
    ),
    "Initial conferences must be held within 15 working days of the strategy discussion.": "at all times",
    "The Council must update the plan following each Ofsted monitoring visit.": "with each monitoring visit",
    "The Council must report to the scrutiny committee termly.": NOT.format("termly"),
    "The Council must submit returns to the Department quarterly in arrears.": NOT.format("quarterly in arrears"),
    "The Council must have a Director in post by Easter 2017.": NOT.format("by Easter 2017"),
    "The Council must have a Director in post by 30 September.": NOT.format("by 30 September"),
    "The Council must submit a revised plan to the next board meeting.": NOT.format("the next board meeting"),
    "Should a child known to the service die, the Council must notify the Department within two working days.": (
        NOT.format("Should a child known to the service die … within two working days")
    ),
    "In the event of a serious incident the Council must inform the Department immediately.": (
        NOT.format("In the event of a serious incident")
    ),
    "The Commissioner must report to the Secretary of State within three months of appointment.": (
        NOT.format("within three months of appointment")
    ),
}  # fmt: skip
BEFORE = {
    "The Council must circulate papers to members five working days before each board.": "five working days before each board",
    "The Council must send papers to members at least five clear working days in advance of each meeting.": (
        "five working days before each board"
    ),
    "The Council must send the Department a self-evaluation no later than ten working days before each review.": (
        "ten working days before each review"
    ),
    "The Council must report to the Department before each review, at least a week in advance.": "one week before each review",
    "The Council must submit the minutes of each board to the Department within ten working days of the meeting.": (
        "ten working days after each board"
    ),
    "The Director of Children's Services will present a highlight report at every Board meeting.": "with each board",
}  # fmt: skip


@pytest.mark.parametrize(("clause", "sentence"), BOARD_MEETS.items())
def test_how_often_the_board_meets(clause, sentence):
    holder, _, _, when = only(f"1. {clause}")
    assert (holder, when) == ("Improvement board", sentence)


@pytest.mark.parametrize(("clause", "sentence"), CHAIR_REPORTS.items())
def test_when_the_chair_reports_to_the_minister(clause, sentence):
    (report,) = read(f"1. {clause}").obligations
    assert (report.duty_holder, report.recipient, report.schedule.sentence()) == (
        "Board chair",
        "Minister",
        sentence,
    )
    assert report.met_by is not None


@pytest.mark.parametrize(("clause", "sentence"), DEPARTMENT_REVIEWS.items())
def test_when_the_department_reviews(clause, sentence):
    holder, _, force, when = only(f"1. {clause}")
    assert (holder, force, when) == ("Department for Education", "expected", sentence)


@pytest.mark.parametrize(("clause", "sentence"), COUNCIL_OWES.items())
def test_when_something_is_owed(clause, sentence):
    assert only(f"1. {clause}")[3] == sentence


@pytest.mark.parametrize(("clause", "sentence"), BEFORE.items())
def test_what_goes_by_boards_and_reviews_that_the_notice_schedules(clause, sentence):
    reading = read(f"1. {clause}{REVIEWS}")
    assert [one.schedule.sentence() for one in reading.obligations if one.requirement == "1"] == [sentence]


def test_each_recipient_has_an_interval_of_its_own():
    reading = read("1. The Council must report monthly to the Board and quarterly to the Minister.")
    assert [(one.recipient, one.schedule.sentence()) for one in reading.obligations] == [
        ("Improvement board", f"every month {FROM}"),
        ("Minister", f"every three months {FROM}"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "options"),
    [
        (
            "quarterly",
            "quarter",
            [
                "Every three months, as counted here",
                "By the end of each quarter of the year: March, June, September and December",
            ],
        ),
        ("bi-monthly", "bi_monthly", ["Every two months", "Twice a month"]),
        ("bi-annually", "bi_monthly", ["Every two years", "Twice a year"]),
        ("twice a year", "times_a_year", ["Every six months"]),
        ("termly", "term", ["By the end of each April, July and December"]),
        (
            "monthly in arrears",
            "arrears",
            ["Within ten working days of the end of each month", "Within one month of the end of each month"],
        ),
        ("by March 2016", "by_month", ["by the end of March 2016", "by 29 February 2016"]),
        (
            "at the start of January 2016",
            "start_of_month",
            ["between 1 January 2016 and 7 January 2016", "between 1 January 2016 and 14 January 2016", "in January 2016"],
        ),
    ],
)  # fmt: skip
def test_what_can_be_read_in_more_than_one_way_is_asked_with_choices(words, code, options):
    (asked,) = questions(
        read(f"1. The Council must submit a report on finance to the Department {words}."), code
    )
    assert [option.label for option in asked.options] == options
    assert asked.proposal in options


def test_an_answer_keeps_what_the_clause_says_besides():
    reading = read(
        "1. The chair must report to the Minister monthly for three months and quarterly thereafter."
    )
    (asked,) = questions(reading, "quarter")
    as_counted, by_the_year = (option.schedule for option in asked.options)
    assert as_counted == reading.obligations[0].schedule
    assert by_the_year.sentence() == (
        "every month from the notice, three times and by the end of each quarter (March, June, September and December) "
        f"from three months after the notice {L}"
    )


def test_an_answer_holds_only_after_what_the_clause_waits_for():
    reading = read("1. Should an adviser be placed, the Council must send regular reports to the Department.")
    (asked,) = questions(reading, "no_interval")
    assert {option.schedule.kind for option in asked.options} == {"only_once"}


@pytest.mark.parametrize(
    "clause",
    [
        "The Council must act on the report published on 3 May 2016.",
        "The Council should consider whether to commission a peer challenge.",
        "The Council must ensure that children receive support at the earliest opportunity.",
        "The Council must take action when required to challenge poor practice.",
        "Partners and the Council must be open, and each may attend the Board's development days.",
        "The Council must have regard to its annual budget.",
        "The Council must keep a record of decisions.",
    ],
)
def test_nothing_is_invented(clause):
    assert read(f"1. {clause}").obligations == ()
