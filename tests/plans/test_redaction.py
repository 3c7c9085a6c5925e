"""Words that should never have been written are blacked out everywhere; who, when and why stays."""

import pytest
from django.urls import reverse

from boards.models import Risk
from councils.roles import Role
from history.models import Access, Change
from plans.models import Action, ProgressUpdate
from plans.queries import table_at
from plans.rebuilding import rebuild
from plans.services import Refused, Report, add_milestone, move_end, record_update
from plans.services.redacting import redact_plans
from tests.boards.build import board_of
from tests.factories import CouncilFactory, UserFactory, member
from tests.plans.build import NOW, TODAY, action, plan_of

pytestmark = pytest.mark.django_db
NAME = "Amber Sandgate"


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    """A plan in which a child is named in an update, a reason, a milestone and an action's own words."""
    plan = plan_of(council)
    row = action(plan, "P1.1")
    given = {"council": council, "by": None, "now": NOW, "today": TODAY}
    report = Report(
        TODAY, "R", f"Visited {NAME} and her brother", reason="Late", next_step=f"See {NAME.upper()}"
    )
    record_update(action_id=row.pk, report=report, version=1, **given)
    move_end(action_id=row.pk, end=None, reason=f"{NAME} has moved", approved_by="Board", version=2, **given)
    add_milestone(action_id=row.pk, text=f"Home for {NAME}", due_on=None, **given)
    return plan


def black_out(council, **fields):
    values = {"phrase": NAME, "because": "A child is named", "now": NOW, "today": TODAY}
    return redact_plans(council=council, **{"by": UserFactory(name="Ada Admin"), **values, **fields})


def everything_said(plan):
    rows = [
        *Change.objects.filter(council_id=plan.council_id),
        *ProgressUpdate.objects.filter(action__plan=plan),
    ]
    rows += Action.objects.filter(plan=plan)
    rows += [
        step for row in Action.objects.filter(plan=plan) for step in (*row.steps.all(), *row.moved_ends.all())
    ]
    return str([{**vars(row), "_state": None} for row in rows]).casefold()


def test_the_words_are_gone_from_what_stands_and_from_all_history(council, plan):
    assert NAME.casefold() in everything_said(plan)
    found = black_out(council)
    assert NAME.casefold() not in everything_said(plan)
    assert {"progress updates": 1, "actions": 1, "milestones": 1, "moved ends": 1}.items() <= found.items()
    update = ProgressUpdate.objects.filter(action__plan=plan).latest("pk")
    assert (update.narrative, update.next_step) == ("Visited [redacted] and her brother", "See [redacted]")
    assert (update.redacted_by, update.redacted_because) == ("Ada Admin", "A child is named")


def test_what_is_rebuilt_from_the_history_equals_what_stands(council, plan):
    black_out(council)
    before = list(Action.objects.filter(plan=plan).order_by("pk").values())
    rebuild(plan)
    assert list(Action.objects.filter(plan=plan).order_by("pk").values()) == before
    then = {row.id: row.progress for row in table_at(plan, on=TODAY).actions}
    assert then == {row["id"]: row["progress"] for row in before}


def test_looking_changes_nothing(council, plan):
    before = everything_said(plan)
    assert black_out(council, only_look=True)["progress updates"] == 1
    assert everything_said(plan) == before


def test_other_councils_and_other_words_stay(council, plan):
    other = plan_of(CouncilFactory())
    said = everything_said(other)
    black_out(council, phrase="Amber Sand")
    assert NAME.casefold() in everything_said(plan)
    black_out(council, phrase="Work")
    assert everything_said(other) == said


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"phrase": "Al"}, "phrase"),
        ({"phrase": "2015"}, "phrase"),
        ({"because": " "}, "because"),
        ({"because": f"{NAME} is a child"}, "because"),
    ],
)
def test_what_would_betray_or_break_something_is_refused(council, plan, fields, field):
    with pytest.raises(Refused) as refused:
        black_out(council, **fields)
    assert field in refused.value.errors
    assert NAME.casefold() in everything_said(plan)


def test_a_word_that_is_also_a_rating_is_refused(council, plan):
    plan.scale.filter(code="A").update(code="Amber")
    with pytest.raises(Refused):
        black_out(council, phrase="amber")


def test_an_administrator_blacks_out_without_reading_the_plan(client, council, plan):
    client.force_login(member(Role.ADMINISTRATOR))
    at = reverse("plans:redaction", args=[council.slug])
    assert client.get(reverse("plans:plan", args=[council.slug])).status_code == 403
    sent = {"phrase": NAME, "because": "A child is named"}
    looked = client.post(at, {**sent, "step": "look"}).content.decode()
    assert "1 in progress updates" in looked
    for words in ("Visited", "P1.1", "Caseloads"):
        assert words not in looked
    assert Access.objects.filter(subject="plans.redaction", council_id=council.pk).count() == 1
    done = client.post(at, {**sent, "step": "write"}, follow=True).content.decode()
    assert "Blacked out in" in done
    assert "A child is named" in done
    assert NAME not in done


def test_the_office_finds_the_way_from_an_actions_history_and_sees_who_did_it(client, council, plan):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    page = client.get(reverse("plans:action", args=[council.slug, action(plan, "P1.1").pk])).content.decode()
    at = reverse("plans:redaction", args=[council.slug])
    assert f'href="{at}"' in page
    assert "An administrator does this" in client.get(at).content.decode()
    sent = {"phrase": NAME, "because": "A child is named", "step": "write"}
    assert client.post(at, sent).status_code == 403
    black_out(council)
    page = client.get(reverse("plans:action", args=[council.slug, action(plan, "P1.1").pk])).content.decode()
    assert "Redacted by Ada Admin: A child is named" in page
    assert NAME not in page


def test_leads_and_readers_are_not_led_there(client, council, plan):
    client.force_login(member(Role.ACTION_LEAD, council))
    assert client.get(reverse("plans:redaction", args=[council.slug])).status_code == 403


def test_where_the_words_stand_that_are_not_blacked_out_is_said_with_what_to_do(client, council, plan):
    days = {"raised_on": TODAY, "reviewed_on": TODAY}
    text = f"{NAME} may be moved again"
    Risk.objects.create(board=board_of(council), number=1, text=text, impact=3, owner_name="Pat Reed", **days)
    client.force_login(member(Role.ADMINISTRATOR))
    here = reverse("plans:redaction", kwargs={"council": council.slug})
    looked = client.post(
        here, {"phrase": NAME, "because": "A child is named", "step": "look"}
    ).content.decode()
    assert "1 in risks: reword them on the board’s pages" in looked
    assert "Files are not searched" in looked
    other = client.post(here, {"phrase": "Nobody Here", "because": "A child is named", "step": "look"})
    assert "They stand in no text of the board or of a report" in other.content.decode()
