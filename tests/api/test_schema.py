"""The committed schema is the one that the code makes."""

import io

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from councils.roles import Role
from tests.api.conftest import calls
from tests.factories import UserFactory, member

COMMITTED = settings.BASE_DIR / "docs" / "api" / "schema.yml"


def test_the_committed_schema_is_fresh(tmp_path):
    fresh = tmp_path / "schema.yml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(fresh), stderr=io.StringIO())
    assert fresh.read_text() == COMMITTED.read_text(), "run: manage.py spectacular --file docs/api/schema.yml"


# what nobody else can have changed, because it was not there: a row of its own, or one more entry of an append-only list
MAKES_SOMETHING_NEW = {
    "add_action",
    "add_evidence",
    "add_matter",
    "add_milestone",
    "ask",
    "assure",
    "begin_report",
    "bring_back",
    "decide_coverage",
    "endorse_version",
    "freeze_position",
    "keep_version",
    "make_link",
    "meet_deadline",
    "note_matter",
    "plan_meeting",
    "record_agreement",
    "record_event",
    "reopen_deadline",
    "remind_leads",
    "revoke_link",
    "send_document",
    "settle_finding",
    "undo_many",
    "waive_deadline",
    "withdraw_evidence",
}
# a step of a whole report or document: taken twice it is taken once, and it says itself why not
STEPS = {"check_report", "freeze_report", "unfreeze_report", "confirm_document", "put_document_aside"}
# answers are added to those that there are, each by itself
STEPS |= {"answer_findings", "correct_document"}
# a list that one keeps: nobody else can change it
ONES_OWN = {"change_list", "remove_list", "save_list"}


def test_every_endpoint_is_in_the_schema():
    api = next(entry for entry in get_resolver().url_patterns if str(entry.pattern) == "api/v1/")
    shown = {pattern.name for pattern in api.url_patterns} - {"api-schema", "api-nothing"}
    paths = yaml.safe_load(COMMITTED.read_text())["paths"]
    assert len(paths) == len(shown)


def test_every_operation_says_how_one_signs_in_and_how_it_fails():
    operations = [
        operation
        for methods in yaml.safe_load(COMMITTED.read_text())["paths"].values()
        for operation in methods.values()
    ]
    assert {str(operation["security"]) for operation in operations} == {str([{"token": []}, {"session": []}])}
    answers = [operation["responses"]["default"]["content"] for operation in operations]
    assert {tuple(answer) for answer in answers} == {("application/problem+json",)}


def test_every_write_asks_for_the_version_it_was_made_from():
    unasked = {
        operation["operationId"]
        for methods in yaml.safe_load(COMMITTED.read_text())["paths"].values()
        for method, operation in methods.items()
        if method != "get"
        and not any(p["name"] == "If-Match" and p["required"] for p in operation["parameters"])
    }
    # which take the version of each row in the body, or in the sheet
    unasked -= {"rate_many", "lead_many", "move_many", "switch_rule", "send_my_sheet", "send_lead_sheet"}
    assert unasked <= MAKES_SOMETHING_NEW | STEPS | ONES_OWN


@pytest.mark.django_db
def test_the_schema_is_served_to_the_signed_in(council):
    served = calls(member(Role.COUNCIL_VIEWER, council)).get("/api/v1/schema")
    assert yaml.safe_load(served.content) == yaml.safe_load(COMMITTED.read_text())
    browser = Client()
    browser.force_login(UserFactory())
    assert browser.get("/api/v1/schema").status_code == 200
