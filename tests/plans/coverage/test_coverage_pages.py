"""The coverage pages: counts that open their lists, ticked proposals, one provision, exports; who sees what."""

import io

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from councils.roles import Role
from plans.coverage.standing import Verdict
from plans.models import CoverageDecision
from plans.services import freeze_position
from tests.factories import CouncilFactory, member
from tests.plans.build import NOW, TODAY, read_action
from tests.plans.coverage.build import AMENDED, NOTICE, act, issue, obj, of, planned, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return planned(council)


@pytest.fixture
def notice(council):
    return issue(council)


@pytest.fixture
def office(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    with time_machine.travel(NOW, tick=False):
        yield client


def page(council, name="coverage"):
    return reverse(f"plans:{name}", kwargs={"council": council.slug})


def text(client, council, query="", name="coverage"):
    answer = client.get(page(council, name) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def one(council, notice, key, name="coverage_one", more=""):
    return f"{page(council, name)}?of={of(notice)}&key={key}{more}"


def kinds():
    return set(CoverageDecision.objects.values_list("key", "kind"))


def test_a_council_without_a_notice_or_a_plan_is_told_so(office, council):
    assert "No notice and no inspection" in text(office, council)
    issue(council)
    assert "There is no plan here yet" in text(office, council)
    assert "nothing to set against each other yet" in text(office, council, name="answering_nothing")


def test_the_answer_comes_first_and_every_count_opens_its_list(office, council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    shown = text(office, council)
    assert "4 of 6 provisions have a gap" in shown
    for query, ref, other in (("show=nothing", "1b", "1a"), ("show=answered", "1a", "1b")):
        assert f"of={of(notice)}&amp;{query}" in shown
        listed = text(office, council, f"?of={of(notice)}&{query}")
        assert f'aria-label="{ref}"' in listed
        assert f'aria-label="{other}"' not in listed


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("?q=foster", ["1b"]),
        ("?heading=Reviews", ["2", "3"]),
        ("?sort=notice", ["1", "1a", "1b", "1c", "2", "3"]),
        ("?show=gaps", ["1c", "2", "3", "1b"]),
        ("?show=unrated", ["1b"]),
        ("?show=nonsense&sort=nonsense&theme=x", ["1c", "2", "3", "1b", "1a", "1"]),
    ],
)
def test_lists_are_narrowed_and_ordered_by_the_address(office, council, plan, notice, query, refs):
    said(council, notice, "1a", act(plan, "P1.1"))
    said(council, notice, "1b", act(plan, "P2.1"))
    shown = text(office, council, query)
    found = [ref for ref in shown.split('aria-label="') if ref[:2].strip('"')[:1].isdigit()]
    assert [ref.partition('"')[0] for ref in found] == refs


def test_the_theme_of_what_answers_narrows_too(office, council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    theme = plan.themes.get().pk
    assert 'aria-label="1a"' in text(office, council, f"?theme={theme}")
    assert "Nothing fits that" in text(office, council, f"?theme={theme + 1}")


def test_ticked_proposals_are_confirmed_together(office, council, plan, notice):
    ticked = {"proposal": [f"{act(plan, 'P2.1')} 1b", "none 2"], "do": "confirm", "seen": "0"}
    answer = office.post(f"{page(council, 'coverage_decide')}?of={of(notice)}&show=gaps", ticked)
    assert answer["Location"].endswith(f"?of={of(notice)}&show=gaps")
    assert kinds() == {("1b", "linked"), ("2", "not_needed")}


def test_ticked_proposals_are_refused_and_gone(office, council, plan, notice):
    shown = text(office, council)
    value = f"{act(plan, 'P2.1')} 1b"
    assert f'value="{value}"' in shown
    office.post(f"{page(council, 'coverage_decide')}?of={of(notice)}", {"proposal": [value], "do": "refuse"})
    assert kinds() == {("1b", "refused")}
    assert f'value="{value}"' not in text(office, council)


@pytest.mark.parametrize("sent", [{}, {"proposal": ["nonsense", "action-x 1b"]}])
def test_ticking_nothing_is_told_and_changes_nothing(office, council, plan, notice, sent):
    answer = office.post(page(council, "coverage_decide"), sent)
    assert (answer.status_code, kinds()) == (422, set())
    assert b"Tick at least one proposal" in answer.content


def test_a_provision_shows_its_words_what_it_asks_and_what_was_decided(office, council, plan, notice):
    said(council, notice, "3", act(plan, "P1.1"))
    shown = office.get(one(council, notice, "3")).content.decode()
    assert "The Council must submit a report on progress" in shown
    assert "<strong>Council</strong> must:" in shown
    assert "linked by Noticeboard" in shown
    assert "What was decided" in shown


def test_something_found_in_the_plan_is_linked_from_the_provisions_page(office, council, plan, notice):
    shown = office.get(one(council, notice, "1c", more="&find=train+managers")).content.decode()
    assert f'value="{act(plan, "P1.2")}"' in shown
    assert f'value="{act(plan, "P1.1")}"' not in shown
    office.post(
        one(council, notice, "1c", "coverage_link"), {"target": [str(act(plan, "P1.2"))], "do": "link"}
    )
    assert kinds() == {("1c", "linked")}


def test_taking_a_link_away_asks_why(office, council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    url = one(council, notice, "1a", "coverage_unlink", f"&target={act(plan, 'P1.1')}")
    assert office.post(url, {"seen": "999999", "reason": ""}).status_code == 422
    assert office.post(url, {"seen": "999999", "reason": "It is about training"}).status_code == 302
    assert ("1a", "unlinked") in kinds()
    assert office.get(url).status_code == 404


def test_needs_no_action_takes_the_ticked_parts_along_and_is_taken_back(office, council, plan, notice):
    url = one(council, notice, "1", "coverage_not_needed")
    assert "Foster carers recruited" in office.get(url).content.decode()
    office.post(url, {"seen": "0", "reason": "Asked for in paragraph 3", "parts": ["1a", "1c"]})
    assert kinds() == {("1", "not_needed"), ("1a", "not_needed"), ("1c", "not_needed")}
    back = one(council, notice, "1a", "coverage_needed")
    assert office.post(back, {"seen": "999999", "reason": "It is ours"}).status_code == 302
    assert ("1a", "needed") in kinds()


def test_changed_words_are_shown_beside_the_old_ones_and_kept_with_one_press(office, council, plan, notice):
    said(council, notice, "1b", act(plan, "P2.1"))
    issue(council, AMENDED, instrument=notice)
    assert "with proposals" in text(office, council)
    shown = office.get(one(council, notice, "1b")).content.decode()
    assert "siblings stay together" in shown
    assert "brothers and sisters stay together" in shown
    office.post(one(council, notice, "1b", "coverage_keep"), {"seen": "999999"})
    assert "Words changed since" not in office.get(one(council, notice, "1b")).content.decode()


@pytest.mark.parametrize("query", ["?of=notice-999999", "?of=nonsense", "?as_at=1/1/2014&of=notice-1"])
def test_a_source_that_is_not_there_is_not_found(office, council, plan, notice, query):
    assert office.get(page(council) + query).status_code == 404


@pytest.mark.parametrize(
    "name", ["coverage_one", "coverage_not_needed", "coverage_needed", "coverage_unlink"]
)
def test_a_provision_that_is_not_there_is_not_found(office, council, plan, notice, name):
    assert office.get(f"{page(council, name)}?of={of(notice)}&key=99").status_code == 404


def test_inspections_recommendations_are_set_against_the_plan_too(office, council, plan, notice):
    url = reverse("notices:add_inspection", kwargs={"council": council.slug})
    sent = {
        "body": "Ofsted",
        "kind": "inspection",
        "published_on": "14/1/2015",
        "recommendations": "1. Make caseloads of social workers manageable\n2. See children alone",
    }
    assert office.post(url, sent).status_code == 302
    shown = text(office, council)
    number = shown.partition("of=inspection-")[2].partition('"')[0]
    listed = text(office, council, f"?of=inspection-{number}")
    assert "2 of 2 provisions have a gap" in listed
    value = f"{act(plan, 'P1.1')} 1"
    assert f'value="{value}"' in listed
    decide = f"{page(council, 'coverage_decide')}?of=inspection-{number}"
    office.post(decide, {"proposal": [value], "do": "confirm"})
    assert "1 of 2 provisions has a gap" in text(office, council, f"?of=inspection-{number}")
    elsewhere = text(office, council, f"?of={of(notice)}", "answering_nothing")
    assert "3 actions of 3 answer nothing in it" in elsewhere
    assert "Recommendations of the Ofsted inspection" in elsewhere


def test_the_list_is_exported_as_it_is_narrowed(office, council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    csv = office.get(page(council, "coverage_csv") + "?show=answered").content.decode()
    assert csv.startswith("\ufeffProvision,")
    assert [line.partition(",")[0] for line in csv.splitlines()[1:]] == ["1a"]
    book = load_workbook(io.BytesIO(office.get(page(council, "coverage_xlsx")).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Provision", "1b", "1c", "2", "3", "1a", "1"]
    assert rows[5][5] == "P1.1: Bring caseloads of social workers down to eighteen"


def test_no_cell_of_an_export_is_a_formula(office, council, notice):
    plan = planned(council, read_action("P1.1", activity="=1+1"))
    said(council, notice, "1a", obj(plan, "P1"))
    said(council, notice, "1b", act(plan, "P1.1"), verdict=Verdict.REFUSED)
    said(council, notice, "2", verdict=Verdict.NOT_NEEDED, reason="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in office.get(page(council, "coverage_csv")).content.decode()
    book = load_workbook(io.BytesIO(office.get(page(council, "coverage_xlsx")).content))
    assert "f" not in {cell.data_type for row in book.active.iter_rows() for cell in row}


def test_who_only_reads_sees_no_form_and_those_above_the_council_no_proposals(client, council, plan, notice):
    freeze_position(plan=plan, on=TODAY, label="March board", by=None, now=NOW, today=TODAY)
    said(council, notice, "1a", act(plan, "P1.1"))
    with time_machine.travel(NOW, tick=False):
        client.force_login(member(Role.ACTION_LEAD, council))
        lead = text(client, council)
        client.force_login(member(Role.BOARD_CHAIR, council))
        chair = text(client, council)
    assert "for the programme office to decide" in lead
    assert "Confirm the ticked" not in lead + chair
    assert "roposed" not in chair
    assert "proposals" not in chair
    assert "frozen as “March board”" in chair


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_many_queries_however_long_notice_and_plan_are(
    office, council, django_assert_num_queries, many
):
    actions = [read_action(f"P1.{n}", activity=f"Bring caseloads down, step {n}") for n in range(many)]
    plan = planned(council, *actions)
    more = "".join(f"\n {letter}. Something else about {letter * 3}." for letter in "defghi"[: 2 * many])
    notice = issue(council, NOTICE.replace("within a day.", f"within a day.{more}"))
    for n in range(many):
        said(council, notice, "1a", act(plan, f"P1.{n}"))
    url = page(council)
    office.get(url)
    with django_assert_num_queries(15):
        office.get(url)


def test_an_action_and_its_objective_say_what_they_answer(office, council, plan, notice):
    said(council, notice, "1a", obj(plan, "P1"))
    for name, target in (("action", act(plan, "P1.1")), ("objective", obj(plan, "P1"))):
        url = reverse(f"plans:{name}", kwargs={"council": council.slug, "pk": target.number})
        shown = office.get(url).content.decode()
        assert "Caseloads of social workers that managers can oversee" in shown
        assert f"of={of(notice)}&amp;key=1a" in shown
        assert ("through its objective" in shown) == (name == "action")


def test_the_notice_shows_beside_each_paragraph_what_answers_it(client, council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    url = reverse("notices:notice", kwargs={"council": council.slug})
    with time_machine.travel(NOW, tick=False):
        client.force_login(member(Role.PROGRAMME_MANAGER, council))
        shown = client.get(url).content.decode()
        client.force_login(member(Role.BOARD_CHAIR, council))
        without = client.get(url).content.decode()
    assert shown.count("Answered by") == 1
    assert shown.count("No action answers it") == 4
    assert "Answered by" not in without
    assert "No action answers it" not in without
