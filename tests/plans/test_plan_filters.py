"""The plan page narrows to what its address asks for, and every count on it opens its list."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.models import Person
from councils.roles import Role
from notices.models import Event
from notices.services import record_event
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, action, plan_of, read_action

pytestmark = pytest.mark.django_db
TODAY = dt.date(2015, 4, 10)
EVERY = {"P1.1", "P1.2", "P2.1", "P2.2"}


def moment(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@pytest.fixture
def council(time_machine):
    time_machine.move_to(moment(TODAY))
    council = CouncilFactory()
    plan_of(
        council,
        read_action("P1.1", rating="A"),
        read_action("P1.2", rating="R", end=dt.date(2015, 5, 1), leads=("Kim Vale",)),
        read_action("P2.1", rating="G", objective="o2", theme="t2"),
        read_action("P2.2", rating=None, end=None, objective="o2", theme="t2", leads=(), progress=""),
        themes=("Workforce", "Practice"),
        objectives=None,
    )
    held = BEGUN + dt.timedelta(days=14)
    record_event(
        council=council,
        kind=Event.Kind.BOARD_HELD,
        on=held,
        state=Event.State.HAPPENED,
        by=None,
        now=moment(held),
        today=held,
    )
    return council


@pytest.fixture
def shown(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    at = reverse("plans:plan", args=[council.slug])

    def ask(query):
        page = client.get(
            at + query if isinstance(query, str) else at, query if isinstance(query, dict) else None
        )
        text = page.content.decode()
        return set(re.findall(r'actions/\d+/">(P\d\.\d)</a>', text)), text

    return ask


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ({}, EVERY),
        ({"lead": "Kim Vale"}, {"P1.2"}),
        ({"rating": "A"}, {"P1.1"}),
        ({"rating": "unrated"}, {"P2.2"}),
        ({"standing": "off_track"}, {"P1.2"}),
        ({"standing": "complete"}, {"P2.1"}),
        ({"due": "overdue"}, {"P1.1"}),
        ({"due": "soon"}, {"P1.2"}),
        ({"due": "none"}, {"P2.2"}),
        ({"updated": "no"}, EVERY),
        ({"adds_up": "no"}, {"P1.1", "P2.2"}),
        ({"adds_up": "on_track_past_end"}, {"P1.1"}),
        ({"q": "P2.1 has begun"}, {"P2.1"}),
        ({"lead": "Pat Reed", "due": "overdue"}, {"P1.1"}),
    ],
    ids=lambda value: str(sorted(value)),
)
def test_each_filter_of_the_address_narrows_the_list(shown, query, refs):
    found, page = shown(query)
    assert found == refs
    for name, value in query.items():
        if name == "q":
            assert f'name="q" type="search" value="{value}"' in page
        else:
            chosen = page.partition(f'name="{name}"')[2].partition("</select>")[0]
            assert "selected" in chosen, "the form shows what is asked for"


def test_theme_and_objective_narrow_by_their_numbers(shown, council):
    row = action(council.plans.get(), "P2.1")
    for query in ({"objective": row.objective_id}, {"theme": row.objective.theme_id}):
        assert {"P2.1", "P2.2"} <= shown(query)[0]
    assert shown({"objective": row.objective_id})[0] == {"P2.1", "P2.2"}


def test_mine_are_those_that_i_lead(client, council, shown):
    user = member(Role.ACTION_LEAD, council)
    Person.objects.filter(council=council, name="Kim Vale").update(user=user)
    client.force_login(user)
    assert shown({"mine": "1"})[0] == {"P1.2"}


def test_every_count_opens_a_list_of_so_many(client, shown, council):
    _, page = shown({})
    counts = re.findall(r'<a class="nb-count[^"]*" href="([^"]+)"[^>]*><strong>(\d+)</strong> ([^<]*)', page)
    assert len(counts) >= 7
    for found, number, words in counts:
        href = html.unescape(found)
        if "adding-up" in href:
            bodies = re.findall(r"<tbody.*?</tbody>", client.get(href).content.decode(), re.DOTALL)
            assert sum(body.count("<tr") for body in bodies) == int(number), words
        else:
            refs, _ = shown(href if href.startswith("?") else {})
            assert len(refs) == int(number), words
