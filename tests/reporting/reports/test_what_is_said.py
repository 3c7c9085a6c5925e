"""What a report says from its facts: who sends it, what is left out, labels of one, objectives that were tested."""

import datetime as dt
from decimal import Decimal

import pytest

from boards.seen import Sight
from boards.services.testing import change_test, plan_test, record_finding, share_test
from deadlines.codec import to_json
from deadlines.months import Period
from deadlines.schedules.base import Anchor
from deadlines.schedules.periods import EveryPeriod
from notices.models import Obligation
from plans.models import Action
from plans.services import add_evidence, freeze_position
from reporting.reports import from_boards, from_plan
from reporting.reports.composing import body_of, compose, verdicts
from reporting.reports.describe import figure
from reporting.reports.drafting import begin
from reporting.reports.gather import facts_of
from reporting.reports.kinds import KINDS
from reporting.reports.printing import as_html
from reporting.reports.writing import write_section
from tests.boards.build import act, at
from tests.notices.deadlines.build import mark
from tests.reporting.reports.build import TODAY, council_with_notice, draft_of


@pytest.mark.parametrize(
    ("kind", "lines", "post"),
    [
        ("chair", ("The board", "The council", "Independent chair"), "Independent chair, The board"),
        ("department", ("The council",), "For the council"),
        ("leader", ("The council", "Leader of the council"), "Leader of the council"),
        (
            "partnership",
            ("Chair of the safeguarding partnership", "The council"),
            "Chair of the safeguarding partnership",
        ),
    ],
)
def test_a_report_stands_under_the_name_of_who_sends_it(kind, lines, post):
    assert KINDS[kind].sender("The council", "The board") == lines
    assert KINDS[kind].post("The board") == post


def test_a_number_of_one_is_said_of_one():
    said = {
        count: figure("late", count, "deadline overdue now", "deadlines overdue now") for count in (0, 1, 2)
    }
    assert [(one.value, one.label) for one in said.values()] == [
        ("0", "deadlines overdue now"),
        ("1", "deadline overdue now"),
        ("2", "deadlines overdue now"),
    ]


def headings(draft):
    body = body_of(draft, facts_of(draft, today=TODAY, now=at(TODAY)))
    return [section.heading for section in compose(body, edition="Draft", dated=TODAY).sections]


@pytest.mark.django_db
def test_measures_are_left_out_until_their_author_writes_of_them():
    draft = draft_of(council_with_notice())
    assert "Measures" not in headings(draft)
    assert "Conclusion and next steps" in headings(draft), "what must not stay empty is shown as missing"
    write_section(
        act=act(draft.council), report_id=draft.pk, code="measures", text="Visits in time: 92%.", made_from=1
    )
    assert "Measures" in headings(draft)


@pytest.mark.django_db
def test_what_testing_found_of_an_objective_stands_in_the_report_and_can_be_pointed_at():
    council = council_with_notice()
    board, plan = council.boards.get(), council.plans.get()
    objective = plan.objectives.get(ref="P1")
    on = dt.date(2015, 5, 20)
    values = {"title": "Caseloads", "tester": "Frances Adeyemi", "on": on}
    test = plan_test(
        act=act(council), board_id=board.pk, values=values, sample=[], objectives=[(objective.pk, "")]
    )
    record_finding(
        act=act(council),
        finding_id=test.findings.get().pk,
        result="not_confirmed",
        text="Four of ten are too high",
        assured="R",
        made_from=1,
    )
    change_test(act=act(council), test_id=test.pk, values={"state": "done", "days": Decimal(1)}, made_from=1)
    share_test(act=act(council), test_id=test.pk)
    facts = facts_of(draft_of(council), today=TODAY, now=at(TODAY))
    reference = facts.by_ref["p1"]
    assert reference.tested is True
    found = "Test 1 (Frances Adeyemi, 20 May 2015): not confirmed. Four of ten are too high. Rating accepted after testing: R."
    assert found in reference.lines
    [row] = [row for row in facts.topics["objectives"][0].rows if row.ref == "P1"]
    assert "Test 1: not confirmed" in row.cells[-1].text


@pytest.mark.django_db
def test_what_was_tested_is_gathered_in_as_many_queries_however_much_that_was(django_assert_num_queries):
    council = council_with_notice()
    board, plan = council.boards.get(), council.plans.get()
    span = from_boards.Span(None, TODAY)
    for number in range(3):
        values = {"title": f"Visits {number}", "tester": "Frances Adeyemi", "on": TODAY, "state": "done"}
        sample = [(pk, "") for pk in plan.actions.values_list("pk", flat=True)]
        plan_test(act=act(council), board_id=board.pk, values=values, sample=sample)
        with django_assert_num_queries(5):
            tests = from_plan.tests_of([board], Sight(*[True] * 8), until=TODAY)
            from_boards.testing(board, tests, span, council.slug)


def rows_of(facts, topic):
    return [" ".join(cell.text for cell in row.cells) for block in facts.topics[topic] for row in block.rows]


@pytest.mark.django_db
def test_a_report_does_not_call_itself_due_and_does_not_count_itself_as_missed():
    council = council_with_notice()
    chairs = draft_of(council)
    councils = begin(act=act(council), kind=KINDS["department"])
    for day in (TODAY, chairs.due):
        own, other = (facts_of(one, today=day, now=at(day)) for one in (chairs, councils))
        assert not any("Written progress report" in row for row in rows_of(own, "deadlines"))
        assert any("Written progress report" in row for row in rows_of(other, "deadlines"))
        assert (
            "Board chair: Written progress report. Nothing has fallen due yet." in own.requirements[0].lines
        )


@pytest.mark.django_db
def test_the_first_report_of_a_kind_begins_where_its_duty_was_met_without_one():
    council = council_with_notice()
    every_ten_weeks = EveryPeriod(Period.weeks(10), Anchor("notice_issued"))  # by 13 March, by 22 May
    Obligation.objects.update(schedule=to_json(every_ten_weeks))
    draft = draft_of(council)
    assert facts_of(draft, today=TODAY, now=at(TODAY)).since == dt.date(2015, 1, 2), "the notice's day"
    mark(Obligation.objects.get(), "2015-03-13", "met", "2015-05-05")
    facts = facts_of(draft, today=TODAY, now=at(TODAY))
    assert (draft.due, facts.since) == (dt.date(2015, 3, 13), dt.date(2015, 1, 2)), (
        "this deadline itself is no start"
    )
    draft.due = dt.date(2015, 5, 22)
    on = dt.date(2015, 5, 28)
    freeze_position(plan=council.plans.get(), on=on, label="May", by=None, now=at(on), today=on)
    facts = facts_of(draft, today=TODAY, now=at(TODAY))
    assert (facts.since, facts.before_on) == (dt.date(2015, 5, 5), dt.date(2015, 5, 4)), (
        "as the board of 4 May saw it"
    )


@pytest.mark.django_db
def test_a_table_that_stands_in_an_earlier_section_is_not_printed_again():
    draft = begin(act=act(council_with_notice()), kind=KINDS["department"])
    body = body_of(draft, facts_of(draft, today=TODAY, now=at(TODAY)))
    sections = compose(body, edition="Draft", dated=TODAY).sections
    standing = {
        section.heading: [block.heading for block in section.blocks if block.heading == "Off track now"]
        for section in sections
    }
    assert standing["Progress against the plan"] == ["Off track now"]
    assert standing["Objectives slow to progress"] == []


@pytest.mark.django_db
def test_the_authors_judgement_stands_on_a_line_over_the_facts_it_rests_on():
    draft = draft_of(council_with_notice())
    facts = facts_of(draft, today=TODAY, now=at(TODAY))
    body = body_of(draft, facts)
    body["judgements"] = {facts.requirements[0].key: {"verdict": "met", "words": "In time, twice."}}
    [row, *_] = verdicts(facts, body["judgements"]).rows
    assert row.cells[-1].text.splitlines()[0] == "In time, twice."
    assert row.cells[-1].text.splitlines()[1].startswith("Board chair: Written progress report.")


@pytest.mark.django_db
def test_a_draft_says_its_date_once_at_the_foot_of_its_pages():
    draft = draft_of(council_with_notice())
    body = body_of(draft, facts_of(draft, today=TODAY, now=at(TODAY)))
    page = as_html(compose(body, edition="Draft of 1 June 2015", dated=TODAY))
    foot = page.rpartition("@bottom-left")[2].partition("}")[0]
    assert foot.count("1 June 2015") == 1
    assert "Draft of 1 June 2015" in foot


DAY = dt.date(2015, 5, 20)


@pytest.mark.django_db
def test_a_report_says_how_much_evidence_is_kept_and_not_what_it_is_called():
    council = council_with_notice()
    row = Action.objects.get(plan__council=council, ref="A1")
    add_evidence(
        council=council,
        action_id=row.pk,
        title="Audit of the Ashdown case",
        address="https://a.example/",
        on=DAY,
        by=None,
        now=at(DAY),
        today=DAY,
    )
    freeze_position(plan=row.plan, on=DAY, label="May", by=None, now=at(DAY, 18), today=DAY)
    told = facts_of(draft_of(council), today=TODAY, now=at(TODAY)).references
    lines = {one.ref: one.lines for one in told}
    assert "Evidence kept by the council: 1 link." in lines["A1"]
    assert "No evidence is kept." in lines["A2"]
    assert "Ashdown" not in str(lines)
