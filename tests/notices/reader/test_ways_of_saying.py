"""One way of saying who, how strongly and when at a time."""

import json

import pytest

from deadlines.codec import from_json
from notices.reader import left_open
from notices.reader.clauses import sentences
from tests.notices.reader.reads import made_up, only, questions, read

UNTIL_LIFTED = "until the lifting of the notice"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("quarterly", f"every three months from the notice {UNTIL_LIFTED}"),
        ("every two months", f"every two months from the notice {UNTIL_LIFTED}"),
        ("on a monthly basis", f"every month from the notice {UNTIL_LIFTED}"),
        ("twice a year", f"every six months from the notice {UNTIL_LIFTED}"),
        ("at each meeting", "with each board"),
        ("at every third board meeting", "with every third board"),
        ("within 28 days of the date of this Notice", "within four weeks of the notice"),
        (
            "three months after the publication of the inspection report",
            "within three months of the inspection report's publication",
        ),
        ("no later than 31 March 2016", "by 31 March 2016"),
        ("before 1 April 2016", "by 31 March 2016"),
        ("in June 2016", "in June 2016"),
        ("by the end of June 2016", "by the end of June 2016"),
        ("regularly", "when is not yet agreed (the notice says “regularly”)"),
        ("as soon as it can", "when is not yet agreed"),
    ],
)
def test_when_a_report_on_finance_is_due(words, sentence):
    assert only(f"1. The Council must submit a report on finance to the board {words}.")[3] == sentence


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "The Council must send a report to the Minister by 30 September 2016 and every three months thereafter.",
            (
                "Council",
                "Minister",
                "must",
                f"by 30 September 2016 and every three months from 30 September 2016 {UNTIL_LIFTED}",
            ),
        ),
        (
            "The independent chair shall send the Minister monthly reports for the first three months.",
            ("Board chair", "Minister", "must", "every month from the notice, three times"),
        ),
        (
            "Progress will be formally reviewed by Ministers after 6 and 12 months.",
            (
                "Minister",
                None,
                "expected",
                "after six months from the notice and after twelve months from the notice",
            ),
        ),
        (
            "The Board is expected to meet at least every 6-8 weeks.",
            ("Improvement board", None, "expected", "at least one board every eight weeks, from the notice"),
        ),
        (
            "Within 6 months of the date of this Notice the Board must have agreed its priorities.",
            ("Improvement board", None, "must", "within six months of the notice"),
        ),
        (
            "The share of assessments completed within 10 days must rise to 80% by 31 March 2017.",
            ("Council", None, "must", "by 31 March 2017"),
        ),
    ],
)
def test_a_clause_whole(clause, expected):
    assert only(f"1. {clause}") == expected


def test_a_lead_time_before_a_board_that_nothing_schedules_is_asked_about():
    reading = read("1. The Council shall send a report to the members one week before each board meeting.")
    (one,) = reading.obligations
    assert (
        one.schedule.kind,
        [question.code for question in reading.questions if question.obligation == one.key],
    ) == (
        "not_yet_agreed",
        ["no_date"],
    )


@pytest.mark.parametrize(
    ("words", "force"),
    [
        ("must", "must"),
        ("shall", "must"),
        ("is required to", "must"),
        ("will", "must"),
        ("should", "should"),
        ("is expected to", "expected"),
        ("should aim to", "aim"),
    ],
)
def test_how_strongly_the_words_bind_the_council(words, force):
    assert only(f"1. The Council {words} publish its plan by 31 March 2016.")[2] == force


@pytest.mark.parametrize(
    ("subject", "holder"),
    [
        ("The Council", "Council"),
        ("The local authority", "Council"),
        ("The Director of Children's Services", "Director of Children's Services"),
        ("The Leader of the Council", "Leader of the Council"),
        ("The chair of the LSCB", "Safeguarding board chair"),
        ("The chair of the Anytown Safeguarding Children Partnership", "Safeguarding board chair"),
        ("The independent chair", "Board chair"),
        ("The chair of the Improvement Board", "Board chair"),
        ("The Improvement Board", "Improvement board"),
        ("With its partners, the Council", "Council"),
    ],
)
def test_who_is_bound(subject, holder):
    assert only(f"1. {subject} must publish a summary by 31 March 2016.")[0] == holder


def test_the_agent_of_a_passive_is_bound():
    assert only(
        "1. Reviews will be conducted by officials of the Department for Education every six months."
    )[0] == ("Department for Education")


def test_a_month_named_may_is_no_permission():
    assert only("1. The Council must publish its plan by 1 May 2016.")[2:] == ("must", "by 1 May 2016")


@pytest.mark.parametrize("said", ["Should a commissioner be appointed", "Once a commissioner is in post"])
def test_what_holds_once_a_commissioner_is_there_waits_for_that(said):
    assert only(f"1. {said}, the Council must publish its plan by 31 March 2016.")[3] == (
        "only after the appointment of a commissioner: by 31 March 2016"
    )


def test_a_condition_binds_nobody_by_its_should():
    assert only("1. Should an adviser be appointed, the Council must publish its plan by 31 March 2016.") == (
        "Council",
        None,
        "must",
        "only after the placing of an adviser: by 31 March 2016",
    )


@pytest.mark.parametrize("rest", ["", ",", " to comply with this notice"])
def test_who_may_act_should_the_council_fail_is_told_with_or_without_a_comma(rest):
    (power,) = read(f"1. Should the Council fail{rest} the Minister may use powers of direction.").obligations
    assert (power.duty_holder, power.force.value, power.deliverable) == (
        "Minister",
        "may",
        "Statutory direction",
    )


def test_the_date_of_a_document_is_no_deadline():
    assert read("1. The Council must act on the report published on 3 May 2016.").obligations == ()


def test_a_list_under_a_dated_lead_takes_its_date_and_binding_word():
    reading = read("1. By 31 March 2016 the Council must:\n\n(a) appoint a director;\n\n(b) adopt a plan.")
    assert [(one.requirement, one.force.value, one.schedule.sentence()) for one in reading.obligations] == [
        ("1a", "must", "by 31 March 2016"),
        ("1b", "must", "by 31 March 2016"),
    ]


def test_clauses_that_contradict_each_other_are_asked_about():
    reading = read(
        "1. The Improvement Board must meet every four weeks.\n\n2. The Improvement Board should meet every six weeks."
    )
    (asked,) = questions(reading, "contradiction")
    assert asked.blocks
    assert asked.text == (
        "1 says at least one board every four weeks, from the notice; "
        "2 says at least one board every six weeks, from the notice. Which one holds?"
    )


def test_duties_that_wait_for_each_other_are_asked_about():
    reading = read(
        "1. The Board chair must submit a report to the Minister alongside the Council's assessment.\n\n"
        "2. The Council must submit an assessment to the Department alongside the chair's report."
    )
    (asked,) = questions(reading, "circle")
    by_key = {one.key: one for one in reading.obligations}
    assert by_key[asked.obligation].schedule.kind == "not_yet_agreed"


def test_a_date_that_had_passed_when_the_notice_was_issued_is_asked_about():
    text = "Improvement Notice\n\nTo: Anytown Council\n\nThis Notice is issued to Anytown Council on 1 June 2016.\n\n"
    text += "1. The Council must publish its plan by 31 March 2016.\n"
    from notices.reader import read_notice

    (asked,) = questions(read_notice(text.encode(), "notice.txt"), "impossible_date")
    assert asked.text == (
        "It falls due on 31 March 2016, before the notice was issued on 1 June 2016. "
        "The words give it: by 31 March 2016. Which date is meant?"
    )


def test_two_issue_dates_are_asked_about_and_none_is_taken():
    text = "Improvement Notice\n\nTo: Anytown Council\n\nThis Notice is issued to Anytown Council on 1 June 2016.\n\n"
    text += "1. The Council must publish its plan.\n\nSigned: A Person\n\nDate: 3 June 2016\n"
    from notices.reader import read_notice

    reading = read_notice(text.encode(), "notice.txt")
    (asked,) = questions(reading, "issue_date")
    assert (reading.issued_on, asked.text) == (
        None,
        "The notice gives 1 June 2016 and 3 June 2016. On which day was it issued?",
    )


def test_a_fortnightly_sense_of_bi_weekly_is_asked():
    (asked,) = questions(
        read("1. The Council must send a report on staffing to the Minister bi-weekly."), "bi_monthly"
    )
    assert [option.label for option in asked.options] == ["Every two weeks", "Twice a week"]


def test_an_answer_left_open_makes_the_obligation_not_yet_agreed():
    reading = read("1. The Council must publish its plan by March 2016.")
    (one,) = reading.obligations
    assert one.schedule.sentence() == "by the end of March 2016"
    assert left_open(one, reading.questions).sentence() == (
        "when is not yet agreed (the notice says “by March 2016”)"
    )


def test_the_reading_is_json_and_its_schedules_are_read_back():
    reading = made_up("norchester.txt")
    data = json.loads(json.dumps(reading.as_json()))
    assert [from_json(one["schedule"]) for one in data["obligations"]] == [
        one.schedule for one in reading.obligations
    ]
    assert sorted(data) == [
        *(
            "addressee",
            "council",
            "evidence",
            "issued_on",
            "obligations",
            "questions",
            "requirements",
            "signatory",
        ),
    ]
    assert {key for one in data["obligations"] for key in one} >= {
        *("requirement", "duty_holder", "recipient", "deliverable", "force", "schedule", "sentence", "quote"),
    }


def test_an_abbreviation_ends_no_sentence():
    text = "Reports, e.g. Audits, are read. They end here."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Reports, e.g. Audits, are read.",
        "They end here.",
    ]
