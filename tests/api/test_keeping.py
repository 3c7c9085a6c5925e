"""Files, milestones, undoing, rules, versions and positions through the API."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from councils.roles import Role
from history.models import Access
from plans.models import RuleSwitch
from tests.api.conftest import calls, ok
from tests.factories import CouncilFactory, member
from tests.plans.build import action as action_of

pytestmark = pytest.mark.django_db


def test_a_file_of_evidence_is_fetched_with_a_token_until_it_is_withdrawn(council, here, office, action):
    audit = SimpleUploadedFile("audit.txt", b"Twelve files read", "text/plain")
    made = ok(office.post(f"{action}/evidence", {"file": audit, "on": "2015-07-20"}), 201)
    at = f"{here}/evidence/{made['id']}"
    got = office.get(f"{at}/file", headers={"accept": "application/json"})
    assert (got.status_code, b"".join(got)) == (200, b"Twelve files read")
    assert got["Content-Disposition"].startswith("attachment")
    assert Access.objects.filter(label="audit.txt").count() == 1
    # who may not see evidence, or sees an earlier position, does not get it; nor does another council
    assert calls(member(Role.MINISTERS_OFFICE)).get(f"{at}/file").status_code == 403
    assert calls(member(Role.BOARD_CHAIR, council)).get(f"{at}/file").status_code == 404
    other = CouncilFactory()
    stranger = calls(member(Role.PROGRAMME_OFFICE, other))
    assert stranger.get(f"{at}/file").status_code == 404
    assert stranger.get(f"{at.replace(council.slug, other.slug)}/file").status_code == 404
    office.write("post", f"{at}/withdraw", {"reason": "It was the wrong audit"})
    assert office.get(f"{at}/file").status_code == 404


def test_a_link_has_no_file(here, office, action):
    sent = {"address": "https://a.example/", "title": "Audit", "on": "2015-07-20"}
    made = ok(office.write("post", f"{action}/evidence", sent), 201)
    assert office.get(f"{here}/evidence/{made['id']}/file").status_code == 404


def test_a_milestone_is_moved_reached_and_dropped_by_its_lead_and_no_other(here, plan, office, lead):
    action = f"{here}/actions/{action_of(plan, '2.1').pk}"  # which Ada does not lead
    made = ok(
        office.write("post", f"{action}/milestones", {"text": "Advertise", "due_on": "2015-08-01"}), 201
    )
    at = f"{here}/milestones/{made['id']}"

    def change(caller, sent, status=200):
        return ok(caller.write("patch", at, sent, etag=office.get(at)["ETag"]), status)

    change(lead, {"reached_on": "2015-07-20"}, 403)
    change(office, {"due_on": "2015-09-01"}, 400)  # owes a reason
    change(office, {"due_on": "2015-09-01", "reached_on": "2015-07-01", "reason": "Both"}, 400)
    change(office, {"reached_on": "2015-07-21"}, 400)  # tomorrow
    assert change(office, {"due_on": "2015-09-01", "reason": "Few applied"})["due_on"] == "2015-09-01"
    assert change(office, {"reached_on": "2015-07-20"})["reached_on"] == "2015-07-20"
    change(office, {"dropped": True, "reason": "Not needed"})
    assert ok(office.get(f"{action}/milestones"))["count"] == 0


def test_many_rated_at_once_are_put_back(here, plan, office, lead):
    rows = [action_of(plan, ref) for ref in ("1.1", "1.2")]
    sent = {
        "actions": [{"action": r.pk, "version": r.version} for r in rows],
        "rating": "B",
        "on": "2015-07-20",
    }
    before = [row.rating for row in rows]
    batch = ok(office.write("post", f"{here}/actions/rating", sent))["batch"]
    at = f"{here}/actions/undo/{batch}"
    assert lead.write("post", at, {}).status_code == 403
    assert len(ok(office.write("post", at, {}))["done"]) == 2
    assert [action_of(plan, row.ref).rating for row in rows] == before
    told = ok(office.get(f"{here}/actions/{rows[0].pk}/updates"))["results"]
    assert told[0]["undoes"] == told[1]["id"]
    unknown = at.replace(batch, "00000000-0000-4000-8000-000000000000")
    assert office.write("post", unknown, {}).status_code == 404


def test_rules_are_listed_and_switched_by_the_office(here, plan, office, lead):
    assert lead.get(f"{here}/plan/rules").status_code == 403
    first = ok(office.get(f"{here}/plan/rules"))["results"][0]
    at = f"{here}/plan/rules/{first['rule']}"
    off = ok(office.write("put", at, {"from_on": None, "version": first["version"]}))
    assert (off["holds"], off["from_on"]) == (False, None)
    on = ok(office.write("put", at, {"from_on": "2015-07-01", "version": off["version"]}))
    assert on["holds"]
    assert office.write("put", at, {"from_on": None, "version": off["version"]}).status_code == 412
    assert RuleSwitch.objects.get(rule=first["rule"]).from_on.isoformat() == "2015-07-01"
    assert office.write("put", f"{here}/plan/rules/none", {"from_on": None, "version": 0}).status_code == 404


def test_a_version_is_kept_and_endorsed_and_a_position_frozen(council, here, plan, office, lead):
    assert lead.write("post", f"{here}/plan-versions", {"note": "Mine"}).status_code == 403
    kept = ok(office.write("post", f"{here}/plan-versions", {"note": "After the review"}), 201)
    at = f"{here}/plan-versions/{kept['id']}/endorse"
    assert office.write("post", at, {"endorsed_on": "2015-07-21", "endorsed_by": "Board"}).status_code == 400
    sent = {"endorsed_on": "2015-07-20", "endorsed_by": "The board, decision 4"}
    assert ok(office.write("post", at, sent))["state"] == "endorsed"
    frozen = {"on": "2015-07-20", "label": "July board"}
    assert lead.write("post", f"{here}/positions", frozen).status_code == 403
    assert office.write("post", f"{here}/positions", frozen | {"on": "2015-07-21"}).status_code == 400
    ok(office.write("post", f"{here}/positions", frozen), 201)
    chair = calls(member(Role.BOARD_CHAIR, council))
    assert ok(chair.get(f"{here}/plan"))["position"]["label"] == "July board"


def test_the_plan_goes_out_as_a_file_narrowed_by_the_filters_of_the_list(council, here, plan, office):
    got = office.get(f"{here}/plan/file?form=csv&q=posts")
    assert got["Content-Disposition"].endswith('.csv"')
    refs = {action["ref"] for action in ok(office.get(f"{here}/actions?q=posts"))["results"]}
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert {cell for row in rows for cell in row} >= refs
    assert len(rows) == 1 + len(refs)
    assert office.get(f"{here}/plan/file?form=xlsx").content.startswith(b"PK")
    assert office.get(f"{here}/plan/file?form=odt").status_code == 400
    assert office.get(f"{here}/plan/file?form=csv&q=nowhere+to+be+found").status_code == 404
    assert calls(member(Role.BOARD_CHAIR, council)).get(f"{here}/plan/file?form=csv").status_code == 404
