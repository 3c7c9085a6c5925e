"""Reading through the API: lists and single things, filters, pages, ETags, and how many queries it takes."""

import datetime as dt

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.roles import Role
from notices.models import Event
from notices.services import record_event
from plans.services import freeze_position
from plans.table import DUES, SORTS
from tests.api.conftest import NOW, TODAY, calls, made_plan
from tests.api.test_schema import COMMITTED
from tests.factories import CouncilFactory, member
from tests.plans.build import action as action_of
from tests.plans.build import objective as objective_of
from tests.plans.build import read_action


@pytest.fixture
def reader(council):
    return calls(member(Role.COUNCIL_VIEWER, council), read_only=True)


def refs(answer) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [row["ref"] for row in answer.json()["results"]]


def test_a_council_is_shown_with_its_codes_and_region(council, reader):
    assert reader.get(f"/api/v1/councils/{council.slug}").json() == {
        "slug": council.slug,
        "code": council.code,
        "la_number": council.la_number,
        "name": council.name,
        "short_name": council.short_name,
        "region": "north_west",
        "invented": True,
    }


def test_the_plan_is_its_scale_with_standings_its_themes_and_its_counts(council, here, plan, reader):
    seen = reader.get(f"{here}/plan").json()
    assert {code["code"]: code["standing"] for code in seen["scale"]} == {
        "R": "off_track",
        "A": "at_risk",
        "G": "on_track",
        "B": "complete",
    }
    assert [theme["title"] for theme in seen["themes"]] == ["Front door", "Workforce"]
    assert seen["counts"] == {
        "total": 3,
        "ratings": [
            {"code": "R", "standing": "off_track", "count": 1},
            {"code": "G", "standing": "on_track", "count": 1},
        ],
        "unrated": 1,
        "overdue": 1,
        "not_updated": None,
        "contradictions": 2,
    }
    assert (seen["title"], seen["kind"], seen["begun_on"]) == (
        "Improvement plan",
        "improvement",
        "2015-06-16",
    )


def test_an_action_is_shown_whole(here, plan, reader):
    action, objective = action_of(plan, "1.1"), objective_of(plan, "1")
    assert reader.get(f"{here}/actions/{action.pk}").json() == {
        "id": action.pk,
        "ref": "1.1",
        "theme": {"id": objective.theme_id, "title": "Front door"},
        "objective": {"id": objective.pk, "ref": "1", "title": "Objective 1"},
        "activity": "Do 1.1",
        "outcome": "1.1 is done",
        "timeline": "2015-09-30",
        "starts_on": "2015-05-01",
        "ends_on": "2015-09-30",
        "recurs": None,
        "leads": ["Ada Brightwell"],
        "rating": "G",
        "standing": "on_track",
        "marks": [],
        "progress": "Posts advertised",
        "reported_on": "2015-06-16",
        "overdue": False,
        "not_updated": None,
        "impact": None,
        "expected": {"rating": "G", "standing": "on_track", "why": "Within its dates: due 30 September 2015"},
        "assured": None,
        "assured_on": None,
        "contradictions": [],
        "evidence": 0,
        "version": 1,
    }


@pytest.mark.parametrize("role", [Role.COUNCIL_VIEWER, Role.BOARD_MEMBER])
@pytest.mark.parametrize("what", ["actions", "objectives"])
def test_a_list_shows_each_thing_as_it_is_shown_alone(role, what, council, here, plan):
    freeze_position(
        plan=plan, on=TODAY, label="July board", by=None, now=NOW + dt.timedelta(days=1), today=TODAY
    )
    caller = calls(member(role, council))
    listed = caller.get(f"{here}/{what}").json()["results"]
    assert listed == [caller.get(f"{here}/{what}/{row['id']}").json() for row in listed]
    assert len(listed) == {"actions": 3, "objectives": 2}[what]


def test_the_list_of_councils_shows_each_as_it_is_shown_alone(council, reader):
    [listed] = reader.get("/api/v1/councils").json()["results"]
    assert listed == reader.get(f"/api/v1/councils/{council.slug}").json()


def test_every_list_comes_in_pages(here, office):
    paths = yaml.safe_load(COMMITTED.read_text())["paths"]
    refused = {}
    for path, methods in paths.items():
        takes = {p["name"]: p for p in methods.get("get", {}).get("parameters", ())}
        if "page" in takes and path.count("{") == 1:
            days = {
                name: "2015-06-16" for name, p in takes.items() if p["in"] == "query" and p.get("required")
            }
            answer = office.get(f"{here}{path.partition('{council}')[2]}", {"page_size": 1, **days})
            refused |= {path: answer.content} if answer.status_code == 400 else {}
    assert refused == {}


def test_an_objective_tells_what_its_actions_add_up_to_beside_the_judgement(here, plan, reader):
    first, second = reader.get(f"{here}/objectives").json()["results"]
    assert (first["rating"], first["suggested"]) == (None, "R")
    assert first["why_suggested"] == "1 of 2 actions is R Red: 1.2"
    assert (second["suggested"], second["why_suggested"]) == (None, "")


def test_objectives_name_their_actions_and_can_be_narrowed_to_a_theme(here, plan, reader):
    theme = objective_of(plan, "2").theme_id
    listed = reader.get(f"{here}/objectives").json()["results"]
    assert [(row["ref"], row["actions"]) for row in listed] == [
        ("1", [action_of(plan, "1.1").pk, action_of(plan, "1.2").pk]),
        ("2", [action_of(plan, "2.1").pk]),
    ]
    assert refs(reader.get(f"{here}/objectives", {"theme": theme})) == ["2"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["1.1", "1.2", "2.1"]),
        ({"lead": "Ada Brightwell"}, ["1.1", "1.2"]),
        ({"rating": "R"}, ["1.2"]),
        ({"rating": "unrated"}, ["2.1"]),
        ({"standing": "on_track"}, ["1.1"]),
        ({"due": "overdue"}, ["1.2"]),
        ({"due": "none"}, ["2.1"]),
        ({"q": "POSTS advert"}, ["1.1"]),
        ({"q": "workforce"}, ["2.1"]),
        ({"lead": "Ada Brightwell", "rating": "R", "q": "", "theme": ""}, ["1.2"]),
        ({"sort": "rating"}, ["1.2", "2.1", "1.1"]),
        ({"sort": "due"}, ["1.2", "1.1", "2.1"]),
        ({"mine": "1"}, []),
    ],
)
def test_actions_are_narrowed_and_sorted_by_the_names_in_the_page_address(here, reader, query, found):
    assert refs(reader.get(f"{here}/actions", query)) == found


def test_actions_are_narrowed_to_a_theme_and_to_an_objective(here, plan, reader):
    objective = objective_of(plan, "2")
    assert refs(reader.get(f"{here}/actions", {"theme": objective.theme_id})) == ["2.1"]
    assert refs(reader.get(f"{here}/actions", {"objective": objective.pk})) == ["2.1"]
    assert refs(reader.get(f"{here}/actions", {"objective": 10**30})) == []


def test_not_updated_is_told_since_the_last_board(council, here, reader):
    held = dt.date(2015, 7, 1)
    record_event(
        council=council, kind=Event.Kind.BOARD_HELD, on=held, state="happened", by=None, now=NOW, today=TODAY
    )
    assert reader.get(f"{here}/plan").json()["counts"]["not_updated"] == 3
    assert refs(reader.get(f"{here}/actions", {"updated": "no"})) == ["1.1", "1.2", "2.1"]


@pytest.mark.parametrize(
    "query", [{f"{name}": "nonsense"} for name in ("theme", "standing", "due", "sort", "updated")]
)
def test_a_filter_that_is_not_understood_is_refused_and_not_left_out(here, reader, query):
    answer = reader.get(f"{here}/actions", query)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == list(query)


def test_a_filter_that_does_not_exist_is_refused(here, reader):
    answer = reader.get(f"{here}/actions", {"ratings": "R"})
    assert answer.json()["errors"] == [{"field": "ratings", "detail": "This is not known here."}]


def test_every_filter_of_the_page_is_one_of_the_schema(here, reader):
    names = {
        "theme",
        "objective",
        "lead",
        "rating",
        "standing",
        "due",
        "updated",
        "adds_up",
        "mine",
        "q",
        "sort",
    }
    schema = reader.get("/api/v1/schema", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    listed = schema["paths"]["/api/v1/councils/{council}/actions"]["get"]["parameters"]
    told = {parameter["name"]: parameter for parameter in listed}
    assert set(told) == names | {"as_at", "page", "page_size", "council"}
    assert told["sort"]["schema"]["enum"] == list(SORTS)
    assert told["due"]["schema"]["enum"] == list(DUES)


def test_lists_come_in_pages(here, reader):
    first = reader.get(f"{here}/actions", {"page_size": 2}).json()
    assert (first["count"], [row["ref"] for row in first["results"]]) == (3, ["1.1", "1.2"])
    assert refs(reader.get(first["next"])) == ["2.1"]
    assert reader.get(f"{here}/actions", {"page": 9}).status_code == 404


def test_positions_are_listed_latest_first(council, here, plan):
    for month, label in ((6, "June"), (7, "July")):
        day = dt.date(2015, month, 17)
        freeze_position(plan=plan, on=day, label=label, by=None, now=NOW + dt.timedelta(days=32), today=TODAY)
    listed = calls(member(Role.DFE_OFFICIAL)).get(f"{here}/positions").json()["results"]
    assert [(row["label"], row["on"], row["frozen_by"]) for row in listed] == [
        ("July", "2015-07-17", None),
        ("June", "2015-06-17", None),
    ]


def test_a_council_without_a_plan_says_so(reader, council):
    answer = reader.get(f"/api/v1/councils/{council.slug}/plan")
    assert (answer.status_code, answer.json()["detail"]) == (404, "This council has no plan here yet.")


def test_what_has_not_changed_is_not_sent_again(here, plan, reader):
    for url in (f"{here}/plan", f"{here}/actions/{action_of(plan, '1.1').pk}", here):
        etag = reader.get(url)["ETag"]
        for known in (etag, f"W/{etag}", f'"other", {etag}'):
            again = reader.get(url, headers={"if-none-match": known})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert reader.get(url, headers={"if-none-match": '"1.0000"'}).status_code == 200


def test_an_etag_is_another_once_an_action_falls_due(here, plan, reader, clock):
    url = f"{here}/actions/{action_of(plan, '1.1').pk}"
    etag = reader.get(url)["ETag"]
    clock.move_to(dt.datetime(2015, 10, 1, 11, 0, tzinfo=dt.UTC))
    reader = calls(member(Role.COUNCIL_VIEWER, plan.council))
    again = reader.get(url, headers={"if-none-match": etag})
    assert (again.status_code, again.json()["overdue"]) == (200, True)


def test_answers_are_for_whoever_asked_alone(here, reader):
    answer = reader.get(f"{here}/plan")
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.DFE_OFFICIAL])
@pytest.mark.parametrize(
    "path", ["plan", "objectives", "actions", "actions/{action}", "actions/{action}/updates"]
)
def test_as_many_queries_for_three_actions_as_for_one(role, path, db):
    counts = []
    for size in (1, 3):
        council = CouncilFactory()
        plan = made_plan(
            council, *(read_action(f"1.{n}", leads=(f"Lead {n}", f"Second {n}")) for n in range(size))
        )
        freeze_position(
            plan=plan, on=TODAY, label="July", by=None, now=NOW + dt.timedelta(days=1), today=TODAY
        )
        caller = calls(member(role, council))
        url = f"/api/v1/councils/{council.slug}/" + path.format(action=action_of(plan, "1.0").pk)
        caller.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert caller.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_as_many_queries_for_three_updates_and_positions_as_for_one(council, here, plan):
    office = calls(member(Role.PROGRAMME_MANAGER, council))
    action = f"{here}/actions/{action_of(plan, '1.1').pk}"
    counts = {"updates": [], "positions": []}
    for size in (1, 3):
        while office.get(f"{here}/positions").json()["count"] < size:
            freeze_position(
                plan=plan, on=TODAY, label="July", by=member(Role.DIRECTOR, council), now=NOW, today=TODAY
            )
        while office.get(f"{action}/updates").json()["count"] < size:
            count = office.get(f"{action}/updates").json()["count"]
            sent = {"on": "2015-07-20", "narrative": f"Report {count}"}
            office.write("post", f"{action}/updates", sent, etag=office.get(action)["ETag"])
        for name, url in (("updates", f"{action}/updates"), ("positions", f"{here}/positions")):
            with CaptureQueriesContext(connection) as queries:
                assert office.get(url).json()["count"] == size
            counts[name].append(len(queries))
    assert {name: found[0] - found[1] for name, found in counts.items()} == {"updates": 0, "positions": 0}
