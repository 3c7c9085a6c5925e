"""Signed links, leads' sheets and saved lists through the API."""

import io
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from councils.models import Person
from councils.roles import Role
from plans.answering.sheets import ANSWERS, HEAD_ROW
from plans.models import AnswerLink, ProgressUpdate, SavedFilter
from tests.api.conftest import Caller, calls, key_of, made_plan, ok
from tests.factories import CouncilFactory, member
from tests.plans.build import action as action_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(council, plan):
    """Leads 1.1 and 1.2, with an account."""
    user = member(Role.ACTION_LEAD, council)
    Person.objects.filter(council=council, name="Ada Brightwell").update(user=user)
    return user


def key_of_lead(office, here, name):
    return next(lead["key"] for lead in ok(office.get(f"{here}/leads"))["results"] if lead["name"] == name)


def filled(data, **cells):
    """The sheet with cells of the row of an action changed: {"1.2": {heading: value}}."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[ANSWERS]
    columns = {cell.value: cell.column for cell in page[HEAD_ROW]}
    rows = {page.cell(n, columns["Ref"]).value: n for n in range(HEAD_ROW + 1, page.max_row + 1)}
    for ref, values in cells["rows"].items():
        for heading, value in values.items():
            page.cell(rows[ref], columns[heading]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(caller, at, data, **more):
    return caller.post(at, {"file": SimpleUploadedFile("sheet.xlsx", data), **more})


def test_the_address_of_a_link_is_told_once_and_opens_until_it_is_revoked(here, office):
    key = key_of_lead(office, here, "Ben Castle")
    sent = {"lead": key, "expires_on": "2015-07-31"}
    response = office.write("post", f"{here}/links", sent)
    made = ok(response, 201)
    assert "no-store" in response["Cache-Control"]
    assert (made["link"]["state"], made["sent"]) == ("open", False)
    path = urlsplit(made["address"]).path
    assert Client().get(path).status_code == 200
    token = path.rstrip("/").rsplit("/", 1)[-1]
    listed = office.get(f"{here}/links")
    assert ok(listed)["results"][0]["lead"] == "Ben Castle"
    assert token not in listed.content.decode()
    assert AnswerLink.objects.get().token_hash not in listed.content.decode()
    at = f"{here}/links/{made['link']['id']}/revoke"
    assert ok(office.write("post", at, {}))["state"] == "revoked"
    assert Client().get(path).status_code == 410


def test_a_new_link_ends_the_one_before_and_goes_to_the_address_given(here, office):
    key = key_of_lead(office, here, "Ben Castle")
    first = ok(office.write("post", f"{here}/links", {"lead": key}), 201)["link"]["id"]
    second = ok(office.write("post", f"{here}/links", {"lead": key, "email": "ben@a.example"}), 201)
    assert second["sent"]
    states = {row["id"]: row["state"] for row in ok(office.get(f"{here}/links"))["results"]}
    assert states == {first: "revoked", second["link"]["id"]: "open"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lead": "p999999"}, "lead"),
        ({"email": "nobody"}, "email"),
        ({"expires_on": "2015-07-19"}, "expires_on"),
        ({"expires_on": "2016-07-19"}, "expires_on"),
        ({"token": "mine"}, "token"),
    ],
)
def test_a_link_that_cannot_be_made_says_why(here, office, wrong, field):
    sent = {"lead": key_of_lead(office, here, "Ben Castle")} | wrong
    told = ok(office.write("post", f"{here}/links", sent), 400)
    assert [error["field"] for error in told["errors"]] == [field]
    assert not AnswerLink.objects.exists()


def test_leads_with_an_account_are_reminded_once_a_day(here, office, ada):
    key = key_of_lead(office, here, "Ada Brightwell")
    assert ok(office.write("post", f"{here}/leads/remind", {})) == {"reminded": [key], "today_already": []}
    again = office.write("post", f"{here}/leads/remind", {"lead": key})
    assert ok(again) == {"reminded": [], "today_already": [key]}
    nobody = office.write("post", f"{here}/leads/remind", {"lead": "nobody"})
    assert ok(nobody, 400)["errors"][0]["field"] == "lead"
    assert Caller(key_of(ada)).write("post", f"{here}/leads/remind", {}).status_code == 403


def test_links_are_the_programme_offices(council, here, office, ada):
    key = key_of_lead(office, here, "Ben Castle")
    made = ok(office.write("post", f"{here}/links", {"lead": key}), 201)["link"]["id"]
    reading = calls(member(Role.PROGRAMME_OFFICE, council), read_only=True)
    other = CouncilFactory()
    stranger = calls(member(Role.PROGRAMME_OFFICE, other))
    elsewhere = here.replace(council.slug, other.slug)
    for caller, root, sees, does in (
        (calls(ada), here, 403, 403),
        (calls(member(Role.BOARD_CHAIR, council)), here, 403, 403),
        (reading, here, 200, 403),
        (stranger, here, 404, 404),
        (stranger, elsewhere, 200, 404),
    ):
        assert caller.get(f"{root}/links").status_code == sees
        assert caller.write("post", f"{root}/links", {"lead": key}).status_code == does
        assert caller.write("post", f"{root}/links/{made}/revoke", {}).status_code == does
    assert AnswerLink.objects.get().revoked_at is None


def test_a_sheet_sent_back_writes_only_what_is_confirmed_and_says_what_it_refuses(here, plan, ada):
    lead, at = calls(ada), f"{here}/my-actions/sheet"
    got = lead.get(at, headers={"accept": "application/json"})
    assert got["Content-Disposition"].endswith('.xlsx"')
    told = {
        "1.1": {"What has been done": "Three posts filled"},
        "1.2": {"Rating": "Purple"},
    }
    sheet = filled(got.content, rows=told)
    before = ProgressUpdate.objects.count()
    looked = ok(send(lead, at, sheet))
    assert looked["written"] is False
    assert [row["ref"] for row in looked["taken"]] == ["1.1"]
    assert looked["taken"][0]["edited"] == [
        {"field": "narrative", "old": "Posts advertised", "new": "Three posts filled"}
    ]
    assert [(row["ref"], "Purple" in row["message"]) for row in looked["refused"]] == [("1.2", True)]
    assert ProgressUpdate.objects.count() == before
    done = ok(send(lead, at, sheet, confirm="true"))
    assert done == looked | {"written": True}
    update = ProgressUpdate.objects.latest("id")
    assert (update.action.ref, update.narrative, update.by, update.source, update.said_by) == (
        "1.1",
        "Three posts filled",
        ada,
        "sheet",
        "",
    )


def test_a_row_that_somebody_changed_since_is_refused_with_what_stands(here, plan, office, ada):
    lead, at = calls(ada), f"{here}/my-actions/sheet"
    sheet = filled(lead.get(at).content, rows={"1.1": {"What has been done": "Three posts filled"}})
    action = f"{here}/actions/{action_of(plan, '1.1').pk}"
    told = {"on": "2015-07-20", "narrative": "None filled"}
    etag = office.get(action)["ETag"]
    assert office.write("post", f"{action}/updates", told, etag=etag).status_code == 201
    refused = ok(send(lead, at, sheet, confirm="true"))
    assert refused["taken"] == []
    assert "None filled" in refused["refused"][0]["message"]
    assert ProgressUpdate.objects.latest("id").narrative == "None filled"


def test_the_office_sends_a_leads_sheet_back_for_them_and_no_other_leads_rows(here, plan, office):
    ada, ben = (key_of_lead(office, here, name) for name in ("Ada Brightwell", "Ben Castle"))
    at = f"{here}/leads/sheet"
    got = office.get(at, {"lead": ada}).content
    sheet = filled(got, rows={"1.1": {"What has been done": "Three posts filled"}})
    others = ok(send(office, f"{at}?lead={ben}", sheet, confirm="true"))
    assert others["taken"] == []
    assert "of this lead" in others["refused"][0]["message"]
    assert [row["ref"] for row in ok(send(office, f"{at}?lead={ada}", sheet, confirm="true"))["taken"]] == [
        "1.1"
    ]
    update = ProgressUpdate.objects.latest("id")
    told = ok(office.get(f"{here}/actions/{update.action_id}/updates"))["results"][0]
    assert (told["id"], told["said_by"]) == (update.pk, "Ada Brightwell")
    assert office.get(at).status_code == 400
    assert office.get(at, {"lead": "p999999"}).status_code == 404


def test_what_is_no_sheet_of_this_plan_is_refused(council, here, ada):
    lead, at = calls(ada), f"{here}/my-actions/sheet"
    assert ok(send(lead, at, b"no workbook"), 400)["errors"][0]["field"] == "file"
    other = CouncilFactory()
    made_plan(other)
    stranger = calls(member(Role.PROGRAMME_OFFICE, other))
    sheet = stranger.get(at.replace(council.slug, other.slug)).content
    assert "another plan" in ok(send(lead, at, sheet, confirm="true"), 400)["errors"][0]["detail"]
    assert lead.write("post", at, {"confirm": True}).status_code == 415


def test_sheets_are_for_those_who_answer(council, here, office, ada):
    lead = calls(ada)
    sheet = lead.get(f"{here}/my-actions/sheet").content
    behalf = f"{here}/leads/sheet?lead={key_of_lead(office, here, 'Ada Brightwell')}"
    mine = f"{here}/my-actions/sheet"
    stranger = calls(member(Role.PROGRAMME_OFFICE, CouncilFactory()))
    for caller, at, status in (
        (lead, behalf, 403),
        (Caller(key_of(ada, read_only=True, name="reads")), mine, 403),
        (calls(member(Role.BOARD_CHAIR, council)), mine, 403),
        (calls(member(Role.PROGRAMME_OFFICE, council), read_only=True), behalf, 403),
        (stranger, mine, 404),
        (stranger, behalf, 404),
    ):
        assert caller.get(at).status_code == status
        assert send(caller, at, sheet, confirm="true").status_code == status


def test_a_list_is_kept_shared_renamed_and_removed_by_its_owner_alone(here, office, ada):
    lead, at = calls(ada), f"{here}/lists"
    made = ok(lead.write("post", at, {"name": "Late", "query": "?due=overdue&page=3"}), 201)
    assert (made["query"], made["shared"], made["own"]) == ("due=overdue", False, True)
    one = f"{at}/{made['id']}"
    assert ok(office.get(at))["count"] == 0
    assert ok(lead.write("patch", one, {"shared": True}))["name"] == "Late"
    seen = ok(office.get(at))["results"][0]
    assert (seen["name"], seen["own"]) == ("Late", False)
    assert office.write("patch", one, {"name": "Mine"}).status_code == 404
    assert office.delete(one).status_code == 404
    assert ok(lead.write("patch", one, {"name": "Overdue"}))["shared"] is True
    assert ok(lead.write("patch", one, {"shared": False}))["name"] == "Overdue"
    assert ok(office.get(at))["count"] == 0
    assert ok(lead.get(f"{here}/actions?{made['query']}"))["count"] == 1
    assert lead.delete(one).status_code == 204
    assert not SavedFilter.objects.exists()


def test_a_list_needs_a_name_and_a_filter(here, ada):
    lead, at = calls(ada), f"{here}/lists"
    assert (
        ok(lead.write("post", at, {"name": " ", "query": "due=overdue"}), 400)["errors"][0]["field"] == "name"
    )
    assert (
        ok(lead.write("post", at, {"name": "All", "query": "page=2"}), 400)["errors"][0]["field"] == "query"
    )
    for name in ("Late", "Red"):
        ok(lead.write("post", at, {"name": name, "query": "due=overdue"}), 201)
    late = SavedFilter.objects.get(name="Late")
    assert lead.write("patch", f"{at}/{late.pk}", {"name": "Red"}).status_code == 400


def test_lists_are_shared_by_those_who_see_the_live_plan(council, here, office, ada):
    at = f"{here}/lists"
    shared = {"name": "Late", "query": "due=overdue", "shared": True}
    made = ok(office.write("post", at, shared), 201)["id"]
    chair = calls(member(Role.BOARD_CHAIR, council))
    assert ok(chair.get(at))["count"] == 0
    assert chair.write("post", at, shared).status_code == 400
    own = ok(chair.write("post", at, shared | {"shared": False}), 201)["id"]
    assert chair.write("patch", f"{at}/{own}", {"shared": True}).status_code == 400
    reading, stranger = calls(ada, read_only=True), calls(member(Role.PROGRAMME_OFFICE, CouncilFactory()))
    assert ok(reading.get(at))["count"] == 1
    for caller, status in ((reading, 403), (stranger, 404), (calls(member(Role.MINISTERS_OFFICE)), 403)):
        assert caller.write("post", at, shared).status_code == status
        assert caller.write("patch", f"{at}/{made}", {"shared": False}).status_code == status
        assert caller.delete(f"{at}/{made}").status_code == status
    assert SavedFilter.objects.filter(shared=True).count() == 1
