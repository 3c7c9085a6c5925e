"""A plan whose documents rate nothing gets the usual scale, or else nobody could say how its actions stand."""

import pytest

from councils.roles import Role
from plans import reader
from plans.importing import documents
from plans.importing.usual import USUAL, with_a_scale
from plans.models import Finding, ScaleCode
from tests.factories import CouncilFactory, member
from tests.plans.build import SCALE, action, plan_of, read_action, read_plan
from tests.plans.test_plan_import import NOW, begin, write

BARE = {"scale": ()}
ROWS = "\n".join(
    "\t".join(row)
    for row in (
        ("No", "Action", "Lead", "By when", "Progress update"),
        (
            "1.1",
            "Appoint a Director of Children's Services",
            "Chief Executive",
            "Completed July 2026",
            "In post.",
        ),
        ("1.2", "Commission a peer review", "Kim Vale", "January 2027", "Scope agreed."),
        ("1.3", "Clear the backlog of assessments", "Pat Reed", "31/12/2026", "17 are left."),
    )
).encode()


def codes(plan):
    found = ScaleCode.objects.filter(plan=plan, is_mark=False).order_by("order")
    return list(found.values_list("code", "standing"))


def test_what_rates_by_itself_keeps_its_scale():
    found = read_plan(read_action("P1.1"))
    assert with_a_scale(found, frozenset()) == found
    bare = read_plan(read_action("P1.1", rating=None), **BARE)
    assert with_a_scale(bare, frozenset("RAG")) == bare
    marks = read_plan(read_action("P1.1", rating=None), scale=SCALE[-1:])
    assert [entry.code for entry in with_a_scale(marks, frozenset()).scale] == ["N", "R", "A", "G", "B"]


@pytest.mark.django_db
def test_a_plan_without_ratings_can_be_rated_and_a_document_without_them_leaves_those_of_the_plan():
    council = CouncilFactory()
    plan = plan_of(council, read_action("P1.1", rating=None), **BARE)
    assert codes(plan) == [(entry.code, entry.standing) for entry in USUAL]
    assert action(plan, "P1.1").rating is None
    rating = plan_of(CouncilFactory(), read_action("P1.1"))
    before = codes(rating)
    write(rating.council, read_action("P1.1", rating=None), **BARE)
    assert codes(rating) == before


@pytest.mark.django_db
def test_what_a_date_says_is_done_is_asked_about_and_rated_so_where_that_is_the_answer():
    reading, manager = begin(CouncilFactory(), ROWS, "plan.tsv")
    (asked,) = [
        one for one in documents.as_chosen(reading).findings if one.code == reader.FindingCode.SAID_DONE
    ]
    assert asked.ref == "1.1"
    assert "Completed July 2026" in asked.message
    documents.choose(reading, findings={asked.id: "B"}, standings={})
    plan, _ = documents.confirm(reading, by=manager, now=NOW)
    assert [action(plan, ref).rating and action(plan, ref).rating.code for ref in ("1.1", "1.2")] == [
        "B",
        None,
    ]


@pytest.mark.django_db
def test_an_answer_about_the_usual_scale_is_harmless_once_the_plan_has_one_of_its_own():
    council = CouncilFactory()
    reading, manager = begin(council, ROWS, "plan.tsv")
    (asked,) = [
        one for one in documents.as_chosen(reading).findings if one.code == reader.FindingCode.SAID_DONE
    ]
    documents.choose(reading, findings={asked.id: "B"}, standings={})
    plan = plan_of(council, read_action("9.9"))
    documents.confirm(reading, by=manager, now=NOW)
    assert {code for code, _ in codes(plan)} == {"R", "A", "G"}
    assert action(plan, "1.1").rating is None


@pytest.mark.django_db
def test_the_page_shows_the_scale_and_each_column_once(client):
    council = CouncilFactory()
    reading, _ = begin(council, ROWS, "plan.tsv")
    client.force_login(member(Role.PROGRAMME_OFFICE, council))
    page = client.get(f"/councils/{council.slug}/plan/documents/{reading.pk}/").content.decode()
    assert "The document has no ratings." in page
    assert all(f'name="standing-{entry.code}"' in page for entry in USUAL)
    assert not Finding.objects.exists()
