"""Pages of the plan: who sees which plan, what a form does, what the URL keeps."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.models import Person
from councils.roles import Role
from plans.models import Position, ProgressUpdate
from plans.services import freeze_position
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, TODAY, action, plan_of, read_action

pytestmark = pytest.mark.django_db
SECRET = "typed this morning"


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(council)


@pytest.fixture
def manager(council, client):
    user = member(Role.PROGRAMME_MANAGER, council)
    client.force_login(user)
    return user


def page(council, name="plans:plan", **kwargs):
    return reverse(name, kwargs={"council": council.slug, **kwargs})


def text(response):
    return response.content.decode()


def sent(row, **fields):
    values = {
        "version": row.version,
        "rating": "G",
        "narrative": "All done",
        "reason": "",
        "next_step": "",
        "on": f"{timezone.localdate():%d/%m/%Y}",
    }
    return values | fields


def test_the_plan_page_shows_every_action_and_counts(client, council, plan, manager):
    shown = text(client.get(page(council)))
    for ref in ("P1.1", "P1.2", "P2.1"):
        assert f">{ref}</a>" in shown
    assert "<strong>3</strong> actions" in shown
    assert shown.count("hx-get") >= 3


def test_filters_stand_in_the_url_and_narrow_the_page(client, council, plan, manager):
    shown = text(client.get(page(council), {"rating": "R", "sort": "due"}))
    assert ">P1.2</a>" in shown
    assert ">P1.1</a>" not in shown
    assert "1 action of 3" in shown


@pytest.mark.parametrize(
    "query", [{"theme": "x" * 40}, {"page": "-3"}, {"due": "never"}, {"sort": "no"}, {"theme": "²"}]
)
def test_nonsense_in_the_url_is_left_out(client, council, plan, manager, query):
    response = client.get(page(council), query)
    assert response.status_code == 200


def test_htmx_gets_the_listing_alone_and_a_browser_the_page(client, council, plan, manager):
    part = text(client.get(page(council), headers={"HX-Request": "true", "HX-Target": "listing"}))
    assert "<html" not in part
    assert 'id="listing"' in part


def test_the_page_takes_as_many_queries_for_three_actions_as_for_thirty(
    client, council, manager, django_assert_num_queries
):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            client.get(page(council))
        return len(seen)

    plan_of(council)
    queries()  # what the strip keeps for a while is asked for once
    few = queries()
    plan_of(council, *[read_action(f"P{n}.{n}", leads=(f"Lead {n}", "Pat Reed")) for n in range(30)])
    assert queries() == few


def test_a_rating_is_changed_on_its_page(client, council, plan, manager):
    row = action(plan, "P1.1")
    response = client.post(page(council, "plans:update", pk=row.pk), sent(row), follow=True)
    assert response.redirect_chain == [(page(council, "plans:action", pk=row.pk), 302)]
    assert "P1.1 updated" in text(response)
    assert action(plan, "P1.1").rating.code == "G"


def test_a_rating_is_changed_in_its_row(client, council, plan, manager):
    row = action(plan, "P1.1")
    htmx = {"HX-Request": "true", "HX-Target": f"row-{row.pk}"}
    form = text(client.get(page(council, "plans:update", pk=row.pk), headers=htmx))
    assert form.strip().startswith("<tr")
    assert "Work on P1.1 has begun" in form
    saved = text(client.post(page(council, "plans:update", pk=row.pk), sent(row), headers=htmx))
    assert saved.strip().startswith("<tr")
    assert 'role="status">Saved' in saved


def test_a_refused_update_keeps_what_was_typed_and_names_the_field(client, council, plan, manager):
    row = action(plan, "P1.1")
    response = client.post(
        page(council, "plans:update", pk=row.pk), sent(row, rating="R", narrative="<b>Typed</b>")
    )
    assert response.status_code == 422
    assert "&lt;b&gt;Typed&lt;/b&gt;" in text(response)
    assert 'href="#reason"' in text(response)
    assert ProgressUpdate.objects.filter(action=row).count() == 1


def test_a_stale_form_shows_both_and_keeps_what_was_typed(client, council, plan, manager):
    row = action(plan, "P1.1")
    url = page(council, "plans:update", pk=row.pk)
    client.post(url, sent(row, narrative="Theirs"))
    response = client.post(url, sent(row, narrative="Mine", rating="A"))
    assert response.status_code == 409
    assert "Theirs" in text(response)
    assert "Mine" in text(response)
    again = client.post(url, sent(row, narrative="Mine", rating="A", version=2))
    assert again.status_code == 302
    assert action(plan, "P1.1").progress == "Mine"


def test_a_stale_form_takes_over_the_rating_that_its_sender_had_left_alone(client, council, plan, manager):
    row = action(plan, "P1.1")
    url = page(council, "plans:update", pk=row.pk)
    client.post(url, sent(row, rating="R", narrative="Theirs", reason="Vacancies", next_step="Recruit"))
    response = client.post(url, sent(row, rating="A", narrative="Mine"))
    assert response.status_code == 409
    assert "You had left the rating alone" in text(response)
    assert re.search(r'name="rating"[^>]*value="R"[^>]*\bchecked', text(response))
    assert not re.search(r'name="rating"[^>]*value="A"[^>]*\bchecked', text(response))


@pytest.mark.parametrize("name", ["plans:action", "plans:update", "plans:row"])
def test_an_action_of_another_council_is_not_found_under_this_one(client, council, plan, manager, name):
    elsewhere = plan_of(CouncilFactory())
    row = action(elsewhere, "P1.1")
    assert client.get(page(council, name, pk=row.pk)).status_code == 404
    assert client.post(page(council, "plans:update", pk=row.pk), sent(row)).status_code == 404


def test_a_lead_updates_their_own_actions_and_no_others(client, council, plan):
    lead = member(Role.ACTION_LEAD, council)
    Person.objects.filter(council=council, name="Kim Vale").update(user=lead)
    client.force_login(lead)
    own, other = action(plan, "P1.2"), action(plan, "P1.1")
    shown = text(client.get(page(council)))
    assert f'id="update-{own.pk}"' in shown
    assert f'id="update-{other.pk}"' not in shown
    assert client.post(page(council, "plans:update", pk=own.pk), sent(own)).status_code == 302
    assert client.post(page(council, "plans:update", pk=other.pk), sent(other)).status_code == 403


@pytest.mark.parametrize(
    "role",
    [Role.DFE_OFFICIAL, Role.DFE_ADVISER, Role.BOARD_MEMBER, Role.BOARD_CHAIR, Role.SAFEGUARDING_CHAIR],
)
def test_those_above_the_council_see_the_last_frozen_position_and_nothing_typed_since(
    client, council, plan, role
):
    manager = member(Role.PROGRAMME_MANAGER, council)
    client.force_login(member(role, council))
    assert "no position of it has been frozen" in text(client.get(page(council)))
    freeze_position(plan=plan, on=BEGUN, label="First board", by=manager, now=timezone.now(), today=TODAY)
    row = action(plan, "P1.1")
    client.force_login(manager)
    client.post(page(council, "plans:update", pk=row.pk), sent(row, narrative=SECRET))
    client.force_login(member(role, council))
    for url in (page(council), page(council, "plans:action", pk=row.pk), page(council, "reporting:overview")):
        response = client.get(url)
        assert response.status_code == 200
        assert "First board" in text(response)
        assert SECRET not in text(response)
        assert "/update" not in text(response)


@pytest.mark.parametrize("role", [Role.BOARD_CHAIR, Role.DFE_OFFICIAL])
def test_a_council_may_open_its_live_plan(client, council, plan, role):
    council.shares_live_plan_with_chair = council.opens_live_plan_to_dfe = True
    council.save()
    client.force_login(member(role, council))
    shown = text(client.get(page(council)))
    assert ">P1.1</a>" in shown
    assert "/update" not in shown


def test_judging_an_objective_on_its_page(client, council, plan, manager):
    objective = plan.objectives.get(ref="P1")
    url = page(council, "plans:judge", pk=objective.pk)
    assert client.post(url, {"version": 1, "rating": "R", "reason": ""}).status_code == 422
    response = client.post(url, {"version": 1, "rating": "R", "reason": "Caseloads rose"}, follow=True)
    assert "Caseloads rose" in text(response)


def test_freezing_a_position_on_its_page(client, council, plan, manager):
    url = page(council, "plans:freeze")
    assert client.post(url, {"on": "", "label": ""}).status_code == 422
    assert client.post(url, {"on": "1/1/1999", "label": "Early"}).status_code == 422
    assert client.post(url, {"on": f"{timezone.localdate():%d/%m/%Y}", "label": "Board"}).status_code == 302
    assert Position.objects.get().label == "Board"


def test_a_plan_that_is_not_there_yet_says_what_to_do(client, council, manager):
    assert "Read your plan in" in text(client.get(page(council)))


def test_findings_are_listed_and_settled(client, council, plan, manager):
    finding = plan.findings.create(code="no_lead", message="P1.1 has no lead", ref="P1.1")
    assert "P1.1 has no lead" in text(client.get(page(council, "plans:findings")))
    client.post(page(council, "plans:settle", pk=finding.pk), {"how": "Kim leads it"})
    finding.refresh_from_db()
    assert (finding.settled_how, finding.settled_by) == ("Kim leads it", manager)
    assert "Nothing is open" in text(client.get(page(council, "plans:findings")))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("", b"", "Choose the document"),
        ("empty.xlsx", b"", "The file is empty"),
        ("virus.exe", b"MZ\x90\x00" + b"\x00" * 200, "program"),
    ],
)
def test_a_file_that_is_not_even_kept_is_refused_in_words(client, council, manager, name, data, message):
    from django.core.files.uploadedfile import SimpleUploadedFile

    fields = {"as_at": "24/2/2015"}
    if name:
        fields["document"] = SimpleUploadedFile(name, data)
    response = client.post(page(council, "plans:add"), fields)
    assert response.status_code == 422
    assert message in text(response)


def test_a_document_of_tomorrow_is_refused(client, council, manager):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    response = client.post(page(council, "plans:add"), {"as_at": tomorrow.isoformat()})
    assert "must be today or in the past" in text(response)


@pytest.mark.parametrize("typed", ["99/99/2015", "soon", "1/1/2099"])
def test_what_is_no_day_to_look_back_to_is_said_and_not_passed_over(client, council, plan, manager, typed):
    assert f"“{typed}” is no day up to today" in client.get(page(council), {"as_at": typed}).content.decode()
    assert "is no day" not in client.get(page(council), {"as_at": BEGUN.isoformat()}).content.decode()


def test_a_rating_saved_in_its_row_has_the_counts_asked_for_anew(client, council, plan, manager):
    first = action(plan, "P1.1")
    sent = {"version": first.version, "rating": "G", "narrative": "Done", "on": f"{BEGUN:%d/%m/%Y}"}
    target = {"HX-Request": "true", "HX-Target": f"row-{first.pk}"}
    saved = client.post(page(council, "plans:update", pk=first.pk), sent, headers=target)
    assert saved["HX-Trigger"] == "plan-saved"
    part = {"HX-Request": "true", "HX-Target": "plan-counts"}
    counts = client.get(page(council), headers=part).content.decode()
    assert 'hx-trigger="plan-saved from:body"' in counts
    assert "<html" not in counts
