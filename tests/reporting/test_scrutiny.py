"""Scrutiny reads what the office published and nothing else; its recommendations become matters of the board."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.urls import reverse
from docx import Document

from boards.models import Matter
from boards.services.recording import add_decision, note_matter
from boards.services.records import Refused
from councils.rights import Thing, Verb, allowed
from councils.roles import Role
from jobs.models import Job
from jobs.services import run_job
from notifications.models import Message
from plans.services import Report, freeze_position, record_update
from reporting.models import Publication
from reporting.scrutiny import publishing, reading
from reporting.scrutiny.document import as_html, ask_for_document
from reporting.scrutiny.word import as_word
from tests.architecture.test_access import OWN, url_of
from tests.boards.build import TODAY, act, at, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, member
from tests.plans.build import plan_of, read_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def position(council):
    plan = plan_of(council, read_action("A1"), read_action("A2", rating="R"))
    on = TODAY - dt.timedelta(days=1)
    return freeze_position(plan=plan, on=on, label="The board’s", by=None, now=at(TODAY), today=TODAY)


@pytest.fixture
def meeting(council):
    board = board_of(council)
    held = meeting_of(board, dt.date(2015, 5, 4))
    hold(held, member_of(board, "Frances Adeyemi", capacity="chair"))
    add_decision(act=act(council), meeting_id=held.pk, text="Audits are monthly.", item_id=None)
    return held


@pytest.fixture
def viewer(council, client):
    client.force_login(member(Role.SCRUTINY_VIEWER, council))
    return client


def page(name, council, **numbers):
    return reverse(f"reporting:{name}", kwargs={"council": council.slug, **numbers})


def published(council, kind, number, **more):
    return publishing.publish(act=act(council, **more), kind=kind, number=number, note="")


def test_a_scrutiny_viewer_may_read_what_is_published_and_nothing_else():
    for verb in Verb:
        reads = {thing for thing in Thing if allowed([Role.SCRUTINY_VIEWER], verb, thing)}
        assert reads == ({Thing.COUNCIL, Thing.SCRUTINY} if verb is Verb.READ else set())


def test_no_other_page_of_the_council_opens_for_a_scrutiny_viewer(council, position, meeting, viewer):
    published(council, "position", position.pk)
    opened = {
        pattern.name
        for route, pattern in OWN
        if "<slug:council>" in route and viewer.get(url_of(route, pattern, council)).status_code == 200
    }
    assert opened == {"scrutiny", "publication"}


def test_somebody_who_only_reads_scrutiny_comes_straight_to_it(council, viewer):
    assert viewer.get("/")["Location"] == page("scrutiny", council)
    assert (
        "Nothing is published to scrutiny at the moment"
        in viewer.get(page("scrutiny", council)).content.decode()
    )


def test_a_position_is_read_as_it_was_frozen_once_it_is_published(council, position, viewer):
    assert str(position.on.year) not in viewer.get(page("scrutiny", council)).content.decode()
    row = published(council, "position", position.pk)
    said = viewer.get(page("publication", council, publication=row.pk)).content.decode()
    assert "Do A2" in said
    assert "2 actions" in said
    with pytest.raises(Refused, match="already"):
        published(council, "position", position.pk)


def test_its_viewers_are_told_once(council, position):
    user = member(Role.SCRUTINY_VIEWER, council)
    published(council, "position", position.pk)
    assert Message.objects.filter(recipient=user).count() == 1
    assert not mail.outbox


def test_a_document_keeps_its_name_whatever_stands_in_the_name_of_the_board(council, meeting, viewer):
    type(meeting.board).objects.update(name="Children’s “Board”")
    row = published(council, "decisions", meeting.pk)
    viewer.get(page("publication_document", council, publication=row.pk, kind="docx"))
    job = Job.objects.get()
    run_job(job.pk, clock=lambda: at(TODAY, 12))
    job.refresh_from_db()
    answer = viewer.get(reverse("files:download", kwargs={"file": job.result_file_id}))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (
        "Audits are monthly."
        in Document(io.BytesIO(b"".join(answer.streaming_content))).tables[0].cell(1, 1).text
    )


def test_restricted_decisions_are_never_shown(council, meeting, viewer):
    secret = add_decision(act=act(council), meeting_id=meeting.pk, text="A settlement.", item_id=None)
    secret.restricted = True
    secret.save()
    row = published(council, "decisions", meeting.pk)
    where = page("publication", council, publication=row.pk)
    said = viewer.get(where).content.decode()
    assert "Audits are monthly." in said
    assert "A settlement." not in said
    later = add_decision(act=act(council), meeting_id=meeting.pk, text="Recorded afterwards.", item_id=None)
    assert later not in reading.shown(row).decisions
    meeting.decisions.update(restricted=True)
    assert "Audits are monthly." not in viewer.get(where).content.decode()


def test_decisions_of_a_meeting_that_are_all_restricted_cannot_be_published(council, meeting):
    meeting.decisions.update(restricted=True)
    with pytest.raises(Refused, match="restricted"):
        published(council, "decisions", meeting.pk)


def test_a_thing_of_another_council_is_not_published(council, position):
    with pytest.raises(Refused):
        published(CouncilFactory(), "position", position.pk)


def test_what_is_taken_back_is_gone_for_scrutiny_with_the_documents_made_of_it(
    council, meeting, viewer, monkeypatch
):
    monkeypatch.setattr("reporting.scrutiny.document.render", lambda html, progress=None: b"%PDF-1.7 printed")
    row = published(council, "decisions", meeting.pk)
    job = ask_for_document(act=act(council), row=row, kind="pdf")
    run_job(job.pk, clock=lambda: at(TODAY, 12))
    job.refresh_from_db()
    file = reverse("files:download", kwargs={"file": job.result_file_id})
    assert viewer.get(file).status_code == 200
    with pytest.raises(Refused, match="why"):
        publishing.take_back(act=act(council), publication_id=row.pk, because=" ")
    publishing.take_back(act=act(council), publication_id=row.pk, because="A name stood in it")
    assert viewer.get(file).status_code == 403
    assert viewer.get(page("publication", council, publication=row.pk)).status_code == 404
    assert published(council, "decisions", meeting.pk).pk != row.pk, "it may be published again"


def test_a_document_asked_for_before_it_was_taken_back_is_not_made(council, meeting):
    row = published(council, "decisions", meeting.pk)
    job = ask_for_document(act=act(council), row=row, kind="pdf")
    publishing.take_back(act=act(council), publication_id=row.pk, because="Too soon")
    run_job(job.pk, clock=lambda: at(TODAY, 12))
    job.refresh_from_db()
    assert (job.state, job.result_file) == ("failed", None)


def test_the_document_says_what_was_published_and_what_was_recommended(council, position, meeting):
    recommended(council, meeting)
    shown = reading.shown(published(council, "position", position.pk))
    html = as_html(shown, council)
    document = Document(io.BytesIO(as_word(shown, council)))
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for said in (html, words):
        assert "Do A1" in said
        assert "Publish waiting times" in said
        assert "No rating was given" not in said, "every action of this plan has a rating"


def test_the_document_counts_actions_without_a_rating(council):
    plan = plan_of(council, read_action("A1", rating=None))
    on = TODAY - dt.timedelta(days=1)
    position = freeze_position(plan=plan, on=on, label="The board’s", by=None, now=at(TODAY), today=TODAY)
    shown = reading.shown(published(council, "position", position.pk))
    document = Document(io.BytesIO(as_word(shown, council)))
    counts = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert counts[-1] == ["Not rated", "No rating was given", "1"]
    assert "No rating was given" in as_html(shown, council)


def test_page_pdf_and_word_mark_what_moved_since_the_position_published_before(council, position, viewer):
    published(council, "position", position.pk)
    action = council.plans.get().actions.first()
    report = Report(on=TODAY, rating="R", narrative="Stuck", reason="Late", next_step="Ask")
    record_update(
        council=council,
        action_id=action.pk,
        report=report,
        version=action.version,
        by=None,
        now=at(TODAY),
        today=TODAY,
    )
    later = freeze_position(
        plan=council.plans.get(), on=TODAY, label="Later", by=None, now=at(TODAY, 11), today=TODAY
    )
    row = published(council, "position", later.pk)
    document = Document(io.BytesIO(as_word(reading.shown(row), council)))
    words = "\n".join(cell.text for table in document.tables for line in table.rows for cell in line.cells)
    for said in (viewer.get(page("publication", council, publication=row.pk)).content.decode(), words):
        assert "worse" in said
    assert "▼ worse" in as_html(reading.shown(row), council)


def recommended(council, meeting, **more):
    values = {
        "text": "Publish waiting times every month.",
        "made_on": TODAY,
        "board_id": meeting.board_id,
        "owner_name": "Director",
        "due_on": dt.date(2015, 7, 1),
        "about": None,
    }
    return publishing.recommend(act=act(council), **values | more)


def test_a_recommendation_becomes_a_matter_of_the_board(council, meeting):
    row = recommended(council, meeting)
    assert (row.matter.source, row.matter.owner_name) == (Matter.Source.SCRUTINY, "Director")
    assert recommended(council, meeting) == row
    assert recommended(council, meeting, text="Publish the audit.").number == 2
    with pytest.raises(Refused, match="not come yet"):
        recommended(council, meeting, made_on=TODAY + dt.timedelta(days=1))


def test_scrutiny_reads_the_boards_answer_and_not_its_notes(council, meeting, viewer):
    row = recommended(council, meeting)
    note_matter(act=act(council), matter_id=row.matter_id, text="Between ourselves", state="done")
    publishing.answer(
        act=act(council),
        recommendation_id=row.pk,
        answer="partly",
        text="Every quarter.",
        on=TODAY,
        made_from=1,
    )
    said = viewer.get(page("scrutiny", council)).content.decode()
    assert "Accepted in part" in said
    assert "Every quarter." in said
    assert "done, 1 June 2015" in said
    assert "Between ourselves" not in said


@pytest.mark.parametrize(
    ("role", "reads", "publishes"),
    [
        (Role.PROGRAMME_MANAGER, 200, 200),
        (Role.COUNCIL_LEADER, 200, 403),
        (Role.BOARD_CHAIR, 200, 403),
        (Role.DFE_OFFICIAL, 200, 403),
        (Role.SCRUTINY_VIEWER, 200, 403),
        (Role.MINISTERS_OFFICE, 403, 403),
    ],
)
def test_only_the_office_publishes(client, council, role, reads, publishes):
    client.force_login(member(role, council))
    assert client.get(page("scrutiny", council)).status_code == reads
    assert client.get(page("publish", council)).status_code == publishes
    assert client.get(page("recommend", council)).status_code in {publishes, 302}


def test_the_office_publishes_records_and_answers_on_its_pages(client, council, position, meeting):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    refused = client.post(page("publish", council), {"what": "", "note": "kept"})
    assert refused.status_code == 422
    assert "kept" in refused.content.decode()
    client.post(page("publish", council), {"what": f"position:{position.pk}", "note": "For 3 June"})
    row = Publication.objects.get(council=council)
    said = client.get(page("scrutiny", council)).content.decode()
    assert str(row) in said
    form = {
        "text": "Look at this.",
        "made_on": "1/6/2015",
        "board": meeting.board_id,
        "owner_name": "Director",
    }
    client.post(page("recommend", council), form | {"about": row.pk})
    one = reading.recommendations_of(council).get()
    assert one.about == row
    where = page("answer_scrutiny", council, recommendation=one.pk)
    told = {"version": 1, "answer": "accepted", "text": "Yes.", "on": "1/6/2015"}
    assert client.post(where, told).status_code == 302
    assert client.post(where, told | {"text": "No."}).status_code == 409, "made from an older version"
