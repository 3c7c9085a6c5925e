"""Reports through the API: the same rights and rules as on the pages."""

import io

import pikepdf
import pytest
import time_machine

from councils.roles import Role
from history.models import Access
from reporting.models import Report
from reporting.reports.drafting import begin
from reporting.reports.kinds import KINDS
from reporting.reports.submitting import sign
from reporting.reports.writing import write_section
from tests.api.conftest import calls
from tests.boards.build import act, at
from tests.factories import CouncilFactory, member
from tests.reporting.reports.build import TODAY, complete, council_with_notice, draft_of, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(TODAY, 11), tick=False) as traveller:
        yield traveller


@pytest.fixture
def council():
    return council_with_notice()


@pytest.fixture
def here(council):
    return f"/api/v1/councils/{council.slug}/reports"


@pytest.fixture
def draft(council, here):
    return draft_of(council)


def test_the_chair_writes_judges_freezes_and_checks_and_signs_on_the_page(council, here, draft):
    chair = member(Role.BOARD_CHAIR, council)
    caller = calls(chair)
    one = f"{here}/{draft.pk}"
    shown = caller.get(one).json()
    assert (shown["state"], shown["due"], shown["sections"][0]["text"]) == ("draft", "2015-06-10", "")
    assert ("off track", "1") in {(one["key"], one["value"]) for one in shown["figures"]}
    refused = caller.write("post", f"{one}/check", {})
    assert refused.status_code == 400
    assert "“Summary” is empty" in {error["detail"] for error in refused.json()["errors"]}
    for section in shown["sections"]:
        url = f"{one}/sections/{section['code']}"
        sent = {"text": "{off track} is red [A1]."}
        assert caller.write("patch", url, sent, etag=caller.get(url)["ETag"]).status_code == 200
    written = caller.get(f"{one}/sections/summary").json()
    assert written["passages"] == [{"shape": "p", "lines": ["1 is red (A1)."]}]
    for row in caller.get(f"{one}/judgements").json()["results"]:
        url = f"{one}/judgements/{row['requirement']}"
        judged = caller.write("patch", url, {"verdict": "partly"}, etag=caller.get(url)["ETag"])
        assert (judged.json()["verdict"], judged.json()["version"]) == ("partly", 1)
    assert caller.write("post", f"{one}/freeze", {}).json()["as_at"] == "2015-06-01"
    assert caller.write("post", f"{one}/check", {}).json()["state"] == "validated"
    for step in ("sign", "submit"):
        assert caller.write("post", f"{one}/{step}", {}).status_code == 404, "a token is no signature"
    assert sign(act=act(council, TODAY, by=chair), report_id=draft.pk).state == "signed"


def test_a_section_is_written_from_the_version_that_was_read(council, here, draft):
    caller = calls(member(Role.BOARD_CHAIR, council))
    url = f"{here}/{draft.pk}/sections/summary"
    read = caller.get(url)["ETag"]
    assert caller.write("patch", url, {"text": "Mine"}).status_code == 428
    write_section(act=act(council), report_id=draft.pk, code="summary", text="Theirs", made_from=1)
    late = caller.write("patch", url, {"text": "Mine"}, etag=read)
    assert (late.status_code, late.json()["conflicts"]) == (
        412,
        [{"field": "text", "yours": "Mine", "theirs": "Theirs"}],
    )
    assert caller.write("patch", url, {"prints_facts": False}, etag=read).json()["prints_facts"] is False
    versions = caller.get(f"{url}/versions").json()["results"]
    assert [(row["number"], row["text"]) for row in versions] == [(2, "Theirs"), (1, "")]


def test_a_requirement_is_judged_from_the_version_that_was_read(council, here, draft):
    caller = calls(member(Role.BOARD_CHAIR, council))
    key = caller.get(f"{here}/{draft.pk}/judgements").json()["results"][0]["requirement"]
    url = f"{here}/{draft.pk}/judgements/{key}"
    read = caller.get(url)["ETag"]
    assert caller.write("patch", url, {"verdict": "met"}, etag=read).status_code == 200
    assert caller.write("patch", url, {"verdict": "not_met"}, etag=read).status_code == 412
    assert caller.write("patch", url, {"verdict": "fine"}, etag=caller.get(url)["ETag"]).status_code == 400
    nothing = f"{here}/{draft.pk}/judgements/no-such"
    assert caller.write("patch", nothing, {"verdict": "met"}, etag=read).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT}))
def test_nobody_elses_token_sees_the_chairs_draft(role, council, here, draft):
    caller = calls(member(role, council))
    listed = caller.get(here)
    assert listed.status_code == 403 or listed.json()["results"] == []
    one = f"{here}/{draft.pk}"
    refused = {403, 404}
    for url in (one, f"{one}/sections/summary", f"{one}/sections/summary/versions", f"{one}/judgements"):
        assert caller.get(url).status_code in refused
    assert (
        caller.write("patch", f"{one}/sections/summary", {"text": "x"}, etag='"1.ab"').status_code in refused
    )
    for step in ("freeze", "check"):
        assert caller.write("post", f"{one}/{step}", {}).status_code in refused
    assert draft.sections.get(code="summary").text == ""


def test_a_submitted_report_is_read_with_its_files_by_those_it_is_for(council, here, draft):
    chair = member(Role.BOARD_CHAIR, council)
    report = submitted(complete(draft, chair), chair)
    minister = member(Role.MINISTERS_OFFICE)
    caller = calls(minister)
    [listed] = caller.get(here, {"state": "submitted"}).json()["results"]
    assert (listed["sha256"], listed["submitted_on"]) == (report.submitted.sha256, "2015-06-01")
    shown = caller.get(f"{here}/{report.pk}").json()
    assert shown["sections"][0]["passages"][0]["lines"] == ["Better than before (A1)."]
    assert [one["ref"] for one in shown["references"]] == ["A1"]
    assert (shown["figures"], shown["findings"]) == ([], [])
    pdf = caller.get(f"{here}/{report.pk}/files/pdf", headers={"accept": "application/pdf"})
    with pikepdf.open(io.BytesIO(b"".join(pdf.streaming_content))) as document:
        assert len(document.pages) == shown["pages"]
    assert Access.objects.filter(by_id=minister.pk, subject="files.storedfile").count() == 1, (
        "who took it is noted"
    )
    assert caller.get(f"{here}/{report.pk}/files/odt").status_code == 404
    assert caller.get(f"{here}/{report.pk}/sections/summary/versions").status_code == 403
    member_of_board = calls(member(Role.BOARD_MEMBER, council))
    assert member_of_board.get(f"{here}/{report.pk}").status_code == 404, "it is not for the board"
    url = f"{here}/{report.pk}/sections/summary"
    author = calls(chair)
    late = author.write("patch", url, {"text": "Later"}, etag=author.get(url)["ETag"])
    assert late.status_code == 400
    assert "only read" in late.json()["errors"][0]["detail"]


def test_what_a_submitted_report_did_not_print_is_not_told(council, here, draft):
    chair = member(Role.BOARD_CHAIR, council)
    write_section(
        act=act(council, TODAY), report_id=draft.pk, code="testing", text="", made_from=1, prints_facts=False
    )
    report = submitted(complete(draft, chair), chair)
    sections = {
        one["code"]: one
        for one in calls(member(Role.DFE_OFFICIAL)).get(f"{here}/{report.pk}").json()["sections"]
    }
    assert (sections["testing"]["facts"], sections["progress"]["facts"] != []) == ([], True)


def test_a_report_is_begun_once_by_those_who_write_its_kind(council, here):
    office = calls(member(Role.PROGRAMME_OFFICE, council))
    assert office.write("post", here, {"kind": "board"}).status_code == 201
    again = office.write("post", here, {"kind": "board"})
    assert (again.status_code, "begun already" in again.json()["errors"][0]["detail"]) == (400, True)
    assert office.write("post", here, {"kind": "chair"}).status_code == 403
    assert office.write("post", here, {"kind": "novel"}).status_code == 400
    assert Report.objects.count() == 1


def test_a_token_that_only_reads_writes_nothing(council, here, draft):
    caller = calls(member(Role.BOARD_CHAIR, council), read_only=True)
    url = f"{here}/{draft.pk}/sections/summary"
    assert caller.write("patch", url, {"text": "x"}, etag=caller.get(url)["ETag"]).status_code == 403
    assert caller.write("post", f"{here}/{draft.pk}/freeze", {}).status_code == 403


def test_another_councils_report_is_not_there(council, here):
    elsewhere = CouncilFactory()
    report = begin(act=act(elsewhere), kind=KINDS["board"])
    caller = calls(member(Role.PROGRAMME_MANAGER, council))
    assert caller.get(f"{here}/{report.pk}").status_code == 404
    assert caller.get(f"/api/v1/councils/{elsewhere.slug}/reports/{report.pk}").status_code == 404
