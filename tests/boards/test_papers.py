"""Papers: what is taken, what is refused and why, who may open which file when."""

import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.utils import timezone
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from boards import pdfs
from boards.models import AgendaItem, Meeting, Minutes, Paper
from boards.pdfs import PdfRefused, check_pdf
from boards.queries.meetings import agenda_of, decisions_of, matters_of
from boards.seen import Sight
from boards.services import papers
from boards.services.agenda import add_item, change_item, circulate, move_item, put_back_item, withdraw_item
from boards.services.minutes import body_seen, circulate_minutes, draft_minutes
from boards.services.minutes_files import has_restricted
from boards.services.papers import CONVERT, add_paper, withdraw_paper
from boards.services.recording import add_decision, add_matter
from boards.services.records import Conflict, Refused
from councils.roles import Role
from files.models import StoredFile
from jobs.models import Job
from jobs.services import run_job
from notifications.models import Message
from tests.boards.build import TODAY, act, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, member


def pdf(pages=2, **change):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    for name, what in change.items():
        getattr(writer, name)(*what)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def scripted():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    action = DictionaryObject()
    action[NameObject("/S")] = NameObject("/JavaScript")
    action[NameObject("/JS")] = TextStringObject("app.alert('hello')")
    writer._root_object[NameObject("/OpenAction")] = action
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def clickable(kind="/Launch", where="/A"):
    """A page on which a click starts something, or that does so itself when it is opened."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("x")})
    if where == "/AA":
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    else:
        note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject(where): action})
        page[NameObject("/Annots")] = ArrayObject([note])
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def word():
    content = io.BytesIO()
    document = Document()
    document.add_paragraph("A report")
    document.save(content)
    return content.getvalue()


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def item(council):
    meeting = meeting_of(board_of(council))
    return add_item(act=act(council), meeting_id=meeting.pk, values={"title": "Progress"})


def send(item, content, name="report.pdf", **more):
    values = {"item_id": item.pk, "title": "", "document": SimpleUploadedFile(name, content)}
    return add_paper(act=act(item.meeting.board.council), **(values | more))


def test_a_pdf_is_a_paper_at_once_with_its_pages(item):
    paper = send(item, pdf(3), "Progress report.pdf")
    assert (paper.state, paper.pages, paper.title) == ("ready", 3, "Progress report")
    assert paper.pdf == paper.original


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\nnothing of the kind", "broken"),
        (pdf()[:400], "broken"),
        (pdf(encrypt=("secret",)), "password"),
        (pdf(pages=0), "no pages"),
        (scripted(), "scripts"),
        (pdf(add_attachment=("tool.txt", b"x")), "attached files"),
        (clickable(), "programs"),
        (clickable("/JavaScript"), "scripts"),
        (clickable(where="/AA"), "scripts"),
    ],
    ids=["broken", "cut off", "encrypted", "empty", "script", "attachment", "launch", "click", "page"],
)
def test_a_pdf_that_cannot_be_a_paper_is_refused_in_words_and_nothing_is_kept(item, content, words):
    with pytest.raises(Refused, match=words):
        send(item, content)
    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_pdf_of_too_many_pages_is_refused_with_their_number(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_PAGES", 3)
    with pytest.raises(PdfRefused, match="4 pages"):
        check_pdf(io.BytesIO(pdf(4)))


def test_turned_and_large_pages_are_taken_and_said():
    writer = PdfWriter()
    writer.add_blank_page(842, 1191)
    page = writer.add_blank_page(595, 842)
    page.rotate(90)
    content = io.BytesIO()
    writer.write(content)
    notes = check_pdf(content).notes
    assert notes == (
        "1 page is larger than A4: shown smaller in the pack",
        "1 page is turned: kept as turned",
    )


def test_a_page_tree_that_bites_its_own_tail_is_refused():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    tree = writer._root_object["/Pages"].get_object()
    tree["/Kids"].append(writer._root_object["/Pages"].indirect_reference)
    content = io.BytesIO()
    writer.write(content)
    with pytest.raises(PdfRefused):
        check_pdf(content)


def test_an_office_file_is_asked_for_as_pdf_where_nothing_can_turn_it(item, monkeypatch):
    monkeypatch.setattr(papers, "converter", lambda: None)
    with pytest.raises(Refused, match="Save it as PDF"):
        send(item, word(), "report.docx")


def test_an_office_file_is_turned_into_pdf_by_a_job(item, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(papers, "converter", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(papers, "to_pdf", lambda content, suffix: pdf(2))
    paper = send(item, word(), "report.docx")
    assert paper.state == "converting"
    job = Job.objects.get(kind=CONVERT)
    run_job(job.pk, clock=timezone.now)
    run_job(job.pk, clock=timezone.now)
    paper.refresh_from_db()
    assert (paper.state, paper.pages, paper.pdf.name) == ("ready", 2, "report.pdf")
    assert StoredFile.objects.count() == 2


def test_an_office_file_that_cannot_be_turned_says_so_on_the_agenda(item, monkeypatch):
    def fails(content, suffix):
        raise PdfRefused("This file could not be turned into PDF. Send it as PDF.")

    monkeypatch.setattr(papers, "converter", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(papers, "to_pdf", fails)
    paper = send(item, word(), "report.docx")
    run_job(Job.objects.get(kind=CONVERT).pk, clock=timezone.now)
    paper.refresh_from_db()
    assert (paper.state, paper.problem) == (
        "refused",
        "This file could not be turned into PDF. Send it as PDF.",
    )


def test_papers_open_to_members_when_they_are_circulated_and_restricted_ones_do_not(council, item, client):
    paper, secret = send(item, pdf()), send(item, pdf(1), restricted=True)
    partner = member(Role.BOARD_MEMBER, council)
    client.force_login(partner)

    def answers():
        return [client.get(f"/files/{row.pdf_id}/").status_code for row in (paper, secret)]

    assert answers() == [403, 403]
    circulate(act=act(council), meeting_id=item.meeting_id)
    assert answers() == [200, 403]
    client.force_login(member(Role.SAFEGUARDING_CHAIR, council))
    assert answers() == [200, 200]


def test_an_item_that_becomes_restricted_takes_its_papers_with_it(council, item, client):
    paper = send(item, pdf())
    circulate(act=act(council), meeting_id=item.meeting_id)
    change_item(act=act(council), item_id=item.pk, values={"restricted": True}, made_from=1)
    client.force_login(member(Role.BOARD_MEMBER, council))
    assert client.get(f"/files/{paper.pdf_id}/").status_code == 403


def test_a_paper_restricted_by_itself_stays_so_when_its_item_is_opened_again(council, item):
    papers = [send(item, pdf()), send(item, pdf(1), restricted=True)]
    change_item(act=act(council), item_id=item.pk, values={"restricted": True}, made_from=1)
    papers.append(send(item, pdf(3)))
    circulate(act=act(council), meeting_id=item.meeting_id)
    item.refresh_from_db()
    change_item(act=act(council), item_id=item.pk, values={"restricted": False}, made_from=item.version)
    for paper in papers:
        paper.refresh_from_db()
    assert [paper.restricted for paper in papers] == [False, True, False]
    assert [paper.pdf.thing for paper in papers] == ["meeting_papers", "restricted_papers", "meeting_papers"]


def test_a_paper_taken_off_while_it_was_being_turned_into_pdf_holds_up_nothing(council, item, monkeypatch):
    monkeypatch.setattr(papers, "converter", lambda: "/usr/bin/soffice")
    paper = send(item, word(), "report.docx")
    with pytest.raises(Refused, match="“Progress” is still being turned"):
        circulate(act=act(council), meeting_id=item.meeting_id)
    withdraw_paper(act=act(council), paper_id=paper.pk)
    assert circulate(act=act(council), meeting_id=item.meeting_id).circulated_at is not None


def test_a_part_of_a_restricted_item_is_restricted(council, item):
    part = add_item(act=act(council), meeting_id=item.meeting_id, values={"title": "Case", "under": item})
    paper = send(part, pdf())
    change_item(act=act(council), item_id=item.pk, values={"restricted": True}, made_from=1)
    more = add_item(act=act(council), meeting_id=item.meeting_id, values={"title": "More", "under": item})
    change_item(act=act(council), item_id=more.pk, values={"restricted": False}, made_from=1)
    circulate(act=act(council), meeting_id=item.meeting_id)
    reader = Sight(*[False] * 8)
    lines = agenda_of(Meeting.objects.get(), reader)
    assert [(line.title, line.papers) for line in lines] == [("Restricted item", ())] * 3
    assert StoredFile.objects.get(pk=paper.pdf_id).thing == "restricted_papers"


def test_what_was_said_under_an_item_is_restricted_with_it_also_in_minutes_that_members_have(council, item):
    meeting, ada = item.meeting, member_of(item.meeting.board)
    add_decision(act=act(council), meeting_id=meeting.pk, text="Secret", item_id=item.pk)
    matter = {"text": "Secret too", "owner_name": "Police", "item": item}
    add_matter(act=act(council), board_id=meeting.board_id, values=matter, meeting_id=meeting.pk)
    hold(meeting, ada)
    draft_minutes(act=act(council, hour=18), meeting_id=meeting.pk)
    circulate_minutes(act=act(council, hour=19), meeting_id=meeting.pk)
    change_item(act=act(council, hour=20), item_id=item.pk, values={"restricted": True}, made_from=1)
    reader = Sight(*[False] * 8)
    body = body_seen(Minutes.objects.get(), reader)
    assert "Secret" not in str(body)
    assert has_restricted(body)
    assert [*decisions_of(meeting.board, reader), *matters_of(meeting.board, reader)] == []


def test_a_paper_after_circulation_is_a_supplement_and_replaces_without_altering(council, item):
    first = send(item, pdf())
    circulate(act=act(council), meeting_id=item.meeting_id)
    second = send(item, pdf(5), replaces_id=first.pk)
    first.refresh_from_db()
    assert (first.supplement, second.supplement) == (False, True)
    assert first.withdrawn_at is not None
    assert first.pages == 2


def test_circulating_tells_each_member_once(council, item):
    member_of(item.meeting.board)
    circulate(act=act(council), meeting_id=item.meeting_id)
    circulate(act=act(council, hour=11), meeting_id=item.meeting_id)
    assert Message.objects.count() == 1


def test_an_empty_agenda_is_not_circulated(council):
    meeting = meeting_of(board_of(council))
    with pytest.raises(Refused, match="agenda is empty"):
        circulate(act=act(council), meeting_id=meeting.pk)


def test_items_change_places_and_stop_at_the_edge(council, item):
    other = add_item(act=act(council), meeting_id=item.meeting_id, values={"title": "Audit"})
    for _ in range(2):
        move_item(act=act(council), item_id=other.pk, up=True)
    titles = AgendaItem.objects.filter(meeting=item.meeting).order_by("order").values_list("title", flat=True)
    assert list(titles) == ["Audit", "Progress"]


def test_two_people_editing_one_item_lose_nothing(council, item):
    change_item(act=act(council), item_id=item.pk, values={"title": "Progress of the plan"}, made_from=1)
    change_item(act=act(council), item_id=item.pk, values={"presenter": "Director"}, made_from=1)
    with pytest.raises(Conflict):
        change_item(act=act(council), item_id=item.pk, values={"title": "Plan"}, made_from=1)
    item.refresh_from_db()
    assert (item.title, item.presenter) == ("Progress of the plan", "Director")


def test_an_item_taken_off_comes_back_with_its_parts(council, item):
    part = add_item(act=act(council), meeting_id=item.meeting_id, values={"title": "Red", "under": item})
    withdraw_item(act=act(council), item_id=item.pk)
    part.refresh_from_db()
    assert part.withdrawn_at is not None
    put_back_item(act=act(council), item_id=item.pk)
    part.refresh_from_db()
    assert part.withdrawn_at is None


def test_an_item_with_a_decision_stays_on_the_agenda(council, item):
    add_decision(act=act(council, TODAY), meeting_id=item.meeting_id, text="Agreed", item_id=item.pk)
    with pytest.raises(Refused, match="decided"):
        withdraw_item(act=act(council), item_id=item.pk)


@pytest.mark.django_db(transaction=True)
def test_an_item_restricted_while_members_are_given_the_papers_keeps_them_closed():
    council = CouncilFactory()
    meeting = meeting_of(board_of(council))
    item = add_item(act=act(council), meeting_id=meeting.pk, values={"title": "Progress"})
    paper = send(item, pdf())

    def give():
        try:
            circulate(act=act(council, hour=11), meeting_id=meeting.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change_item(act=act(council), item_id=item.pk, values={"restricted": True}, made_from=1)
            given = pool.submit(give)
            time.sleep(0.5)  # long enough for it to have read what it is about to open
        given.result()
    assert StoredFile.objects.get(pk=paper.pdf_id).thing == "restricted_papers"
