"""Who sees and does what with reports, and what the pages say."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from councils.roles import Role
from plans.models import Action
from reporting.models import Report
from reporting.reports.drafting import begin
from reporting.reports.kinds import KINDS
from reporting.reports.templates import chosen_parts
from tests.boards.build import act
from tests.factories import PASSWORD, member
from tests.reporting.reports.build import TODAY, complete, council_with_notice, draft_of, submitted

pytestmark = pytest.mark.django_db
WRITES = {Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT}
READS = WRITES | {
    Role.PROGRAMME_MANAGER,
    Role.PROGRAMME_OFFICE,
    Role.DIRECTOR,
    Role.COUNCIL_LEADER,
    Role.LEAD_MEMBER,
    Role.CHIEF_EXECUTIVE,
    Role.DFE_OFFICIAL,
    Role.DFE_ADVISER,
    Role.COMMISSIONER,
    Role.MINISTERS_OFFICE,
}


@pytest.fixture
def council():
    return council_with_notice()


@pytest.fixture
def chair(council):
    return member(Role.BOARD_CHAIR, council)


def page(report, name="report", **more):
    return reverse(f"reporting:{name}", kwargs={"council": report.council.slug, "report": report.pk, **more})


def opens(client, user, url):
    client.force_login(user)
    return client.get(url).status_code == 200


def test_a_chairs_draft_is_the_chairs_and_a_submitted_report_its_readers(client, council, chair):
    draft = draft_of(council)
    people = {role: member(role, council) for role in Role}
    assert {role for role, user in people.items() if opens(client, user, page(draft))} == WRITES
    report = submitted(complete(draft, chair), chair)
    assert {role for role, user in people.items() if opens(client, user, page(report))} == READS
    pdf = reverse("files:download", kwargs={"file": report.submitted.pdf_id})
    assert {role for role, user in people.items() if opens(client, user, pdf)} == READS


def test_only_the_chair_signs_and_says_first_who_that_is(client, council, chair):
    draft = complete(draft_of(council), chair)
    client.force_login(member(Role.CHAIRS_SUPPORT, council))
    assert client.get(page(draft, "report_sign")).status_code == 404
    client.force_login(chair)
    asked = client.get(page(draft, "report_sign"))
    assert asked["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert "When you submit" in client.get(page(draft, "report_sign")).content.decode()
    client.post(page(draft, "report_sign"))
    draft.refresh_from_db()
    assert (draft.state, draft.signed_by) == (Report.State.SIGNED, chair)


def test_opening_the_reports_shows_what_is_due_and_why_with_its_draft(client, council, chair):
    client.force_login(chair)
    said = client.get(reverse("reporting:reports", kwargs={"council": council.slug})).content.decode()
    assert "Written progress report" in said
    assert "Open the draft" in said
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    said = client.get(reverse("reporting:reports", kwargs={"council": council.slug})).content.decode()
    assert "With the board’s chair" in said
    assert "Open the draft" not in said


def test_a_save_that_clashes_shows_both_and_keeps_what_was_typed(client, council, chair):
    draft = draft_of(council)
    client.force_login(chair)
    save = page(draft, "report_section", section="summary")
    assert client.post(save, {"text": "Theirs", "version": "1"}).status_code == 302
    answer = client.post(save, {"text": "Mine", "version": "1"})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in said
    assert "Mine</textarea>" in said
    assert client.post(save, {"text": "Mine", "version": "2", "insert": "[A1]"}).status_code == 302
    assert draft.sections.get(code="summary").text == "Mine [A1]", "a fact goes in without scripts too"


def test_claims_that_were_not_tested_are_marked_for_the_author(client, council, chair):
    draft = draft_of(council)
    client.force_login(chair)
    client.post(page(draft, "report_section", section="summary"), {"text": "See [A1].", "version": "1"})
    said = client.get(page(draft) + "?section=summary").content.decode()
    assert "untested" in said
    assert "[A1] has not been tested independently" in said


def test_a_ministers_office_reads_submitted_reports_of_all_councils(client, council, chair):
    office = member(Role.MINISTERS_OFFICE)
    draft = draft_of(council)
    client.force_login(office)
    everywhere = reverse("reporting:reports_everywhere")
    assert council.short_name not in client.get(everywhere).content.decode()
    submitted(complete(draft, chair), chair)
    assert council.short_name in client.get(everywhere).content.decode()
    claim = reverse("plans:action", kwargs={"council": council.slug, "pk": Action.objects.get(ref="A1").pk})
    said = client.get(page(draft)).content.decode()
    assert 'href="#note-A1"' in said
    assert claim not in said, "the plan is not theirs to open"
    client.force_login(chair)
    assert f'href="{claim}"' in client.get(page(draft)).content.decode()


def test_an_official_sees_in_the_list_of_councils_their_boards_and_last_reports(client, council, chair):
    client.force_login(member(Role.DFE_OFFICIAL))
    councils = reverse("reporting:home")
    said = client.get(councils).content.decode()
    assert "Last 4 May 2015" in said
    assert "None submitted" in said
    submitted(complete(draft_of(council), chair), chair)
    assert "Chair’s report to the Minister</a>, 1 June 2015" in client.get(councils).content.decode()


def test_a_council_chooses_the_sections_of_its_reports(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    where = reverse("reporting:report_template", kwargs={"council": council.slug, "kind": "board"})
    assert client.post(where, {"place-summary": "first"}).status_code == 422
    client.post(
        where,
        {"place-slow": "1", "heading-slow": "What is slow", "place-summary": "2", "heading-summary": ""},
    )
    client.post(reverse("reporting:begin_report", kwargs={"council": council.slug}), {"kind": "board"})
    report = Report.objects.get(kind="board")
    assert [one.heading for one in report.sections.order_by("order")] == ["What is slow", "Summary"]
    chairs = reverse("reporting:report_template", kwargs={"council": council.slug, "kind": "chair"})
    assert client.get(chairs).status_code == 404, "the chair's sections are the chair's to choose"


def test_a_notice_may_have_sections_of_its_own_until_the_usual_ones_are_used_again(client, council, chair):
    client.force_login(chair)
    notice = council.instruments.get()
    where = reverse("reporting:report_template", kwargs={"council": council.slug, "kind": "chair"})
    client.post(where, {"place-summary": "1", "heading-summary": "In short"})
    own = {
        "place-conclusion": "1",
        "heading-conclusion": "What I ask",
        "place-summary": "2",
        "heading-summary": "",
    }
    client.post(f"{where}?for={notice.pk}", own)
    assert "sections of their own" in client.get(f"{where}?for={notice.pk}").content.decode()
    headings = [one.heading for one in draft_of(council).sections.order_by("order")]
    assert headings == ["What I ask", "Summary"]
    by_hand = begin(act=act(council), kind=KINDS["chair"])
    assert [one.heading for one in by_hand.sections.all()] == ["In short"], "which no notice asks for"
    for _twice in range(2):
        client.post(f"{where}?for={notice.pk}", {"usual": "yes"})
    assert [heading for _, heading in chosen_parts(council, KINDS["chair"], notice.pk)] == ["In short"]
    assert client.get(f"{where}?for={notice.pk + 1}").status_code == 404


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_command_writes_a_draft_from_facts_in_the_format_that_the_file_is_named_for(
    council, tmp_path, kind, begins
):
    target = tmp_path / f"report.{kind}"
    call_command(
        "chair_report",
        council.name,
        as_at=TODAY.isoformat(),
        output=target,
        stdout=io.StringIO(),
    )
    assert target.read_bytes().startswith(begins)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("as_at", "why"),
    [
        ("2014-01-01", "first notice is of 2015-01-02"),
        ("2999-01-01", "has not come yet"),
        ("May", "is not a day"),
    ],
)
def test_the_command_says_why_there_is_no_draft(council, tmp_path, as_at, why):
    with pytest.raises(CommandError, match=why):
        call_command("chair_report", council.name, as_at=as_at, output=tmp_path / "report.pdf")


def test_the_command_says_that_a_file_cannot_be_written_before_it_draws(council, tmp_path):
    with pytest.raises(CommandError, match="is a folder"):
        call_command("chair_report", council.name, as_at=TODAY.isoformat(), output=tmp_path)
