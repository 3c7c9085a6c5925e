"""Papers: taken in, checked, turned into PDF by a job, replaced and withdrawn; never altered."""

from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from boards.models import AgendaItem, Meeting, Paper
from boards.office import converter, is_office, to_pdf
from boards.pdfs import Checked, PdfRefused, check_pdf
from boards.services.meetings import locked_item
from boards.services.records import Act, Refused, add, change
from councils.rights import Thing
from files.kinds import suffix
from files.models import StoredFile
from files.services import FileRefused, store_file
from jobs.run import JobRun
from jobs.services import queue_job

if TYPE_CHECKING:
    from django.core.files.base import File

    from councils.models import Council

CONVERT = "boards.convert_paper"
PDF = "application/pdf"
ASK_FOR_PDF = "This kind of file cannot be a paper here. Save it as PDF, and send that."


@transaction.atomic
def add_paper(
    *,
    act: Act,
    item_id: int,
    title: str,
    document: "File[Any]",
    restricted: bool = False,
    replaces_id: int | None = None,
) -> Paper:
    """Take a paper in for an item. A PDF is looked over at once; an Office file is turned into PDF by a job.

    It is restricted as long as its item is; `restricted`: by itself too. After the papers were circulated it is a
    supplement. Raises Refused with what is wrong with the file.
    """
    item = locked_item(act, item_id)
    if item.meeting.cancelled or item.withdrawn_at is not None:
        raise Refused({"document": "This item is off the agenda, or its meeting is cancelled"})
    replaces = item.papers.get(pk=replaces_id) if replaces_id is not None else None
    if replaces is not None and Paper.objects.filter(replaces=replaces).exists():
        raise Refused({"document": "That paper was replaced already"})
    closed = restricted or item.restricted
    stored = _stored(document, _thing(item, restricted=closed), act)
    paper = Paper(
        item=item,
        order=(item.papers.aggregate(last=Max("order"))["last"] or 0) + 1,
        title=title.strip() or stored.name.rpartition(".")[0] or stored.name,
        original=stored,
        restricted=closed,
        restricted_itself=restricted,
        supplement=item.meeting.circulated_at is not None,
        replaces=replaces,
        added_at=act.now,
        added_by=act.by,
    )
    if stored.content_type == PDF:
        checked = _checked(stored)
        paper.state, paper.pdf, paper.pages = Paper.State.READY, stored, checked.pages
        paper.notes = list(checked.notes)
    elif is_office(stored.content_type) and converter() is not None:
        paper.state = Paper.State.CONVERTING
    else:
        raise Refused({"document": ASK_FOR_PDF})
    add(paper, act=act)
    if paper.state == Paper.State.CONVERTING:
        _queue(paper, act)
    if replaces is not None:
        change(replaces, {"withdrawn_at": act.now}, act=act, reason="replaced")
    return paper


def _thing(item: AgendaItem, *, restricted: bool) -> Thing:
    """What somebody must be allowed to read to get the file of a paper."""
    if item.meeting.circulated_at is None:
        return Thing.MEETING_DRAFTS
    return Thing.RESTRICTED_PAPERS if restricted else Thing.MEETING_PAPERS


def _stored(document: "File[Any]", thing: Thing, act: Act) -> StoredFile:
    try:
        return store_file(
            council=act.council,
            thing=thing,
            name=str(document.name),
            content=document,
            by=act.by,
            now=act.now,
        )
    except FileRefused as refused:
        raise Refused({"document": str(refused)}) from None


def _checked(stored: StoredFile) -> Checked:
    try:
        return _looked_over(stored)
    except PdfRefused as refused:
        raise Refused({"document": str(refused)}) from None


def _looked_over(stored: StoredFile) -> Checked:
    with stored.content.open("rb") as content:
        return check_pdf(cast("BinaryIO", content))


def _queue(paper: Paper, act: Act) -> None:
    meeting = paper.item.meeting
    back = reverse("boards:agenda", kwargs={"council": act.council.slug, "meeting": meeting.pk})
    job = queue_job(
        kind=CONVERT,
        council=act.council,
        thing=Thing.MEETING_DRAFTS,
        title=f"Turning “{paper.title}” into PDF",
        back_url=back,
        arguments={"paper": paper.pk},
        by=act.by,
        now=act.now,
    )
    Paper.objects.filter(pk=paper.pk).update(job=job)
    paper.job = job


def convert_paper(run: JobRun) -> None:
    """Turn a paper into PDF. Can run again without harm: a paper that is not waiting any more is left as it is."""
    number = run.arguments["paper"]
    paper = Paper.objects.select_related("original", "item__meeting__board__council").get(pk=number)
    if paper.state != Paper.State.CONVERTING:
        return
    run.progress(0, 1, "LibreOffice")
    try:
        with paper.original.content.open("rb") as content:
            made = to_pdf(content.read(), suffix(paper.original.name))
        _made(run, paper, made)
    except (PdfRefused, FileRefused) as refused:
        Paper.objects.filter(pk=number, state=Paper.State.CONVERTING).update(
            state=Paper.State.REFUSED, problem=str(refused)
        )


@transaction.atomic
def _made(run: JobRun, paper: Paper, made: bytes) -> None:
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.state != Paper.State.CONVERTING:
        return
    council: Council = paper.item.meeting.board.council
    act = Act(council, paper.added_by, run.clock())
    name = f"{paper.original.name.rpartition('.')[0] or paper.original.name}.pdf"
    stored = store_file(
        council=council,
        thing=_thing(paper.item, restricted=paper.restricted),
        name=name,
        content=made,
        by=paper.added_by,
        now=act.now,
    )
    checked = _looked_over(stored)
    values = {
        "state": Paper.State.READY.value,
        "pdf": stored,
        "pages": checked.pages,
        "notes": list(checked.notes),
    }
    change(paper, values, act=act)


@transaction.atomic
def withdraw_paper(*, act: Act, paper_id: int) -> Paper:
    """Take a paper off its item; the file stays for those who may see it. Raises Paper.DoesNotExist."""
    papers = Paper.objects.select_for_update(of=("self",)).select_related("item__meeting__board")
    paper = papers.get(pk=paper_id, item__meeting__board__council=act.council)
    return change(paper, {"withdrawn_at": act.now}, act=act)


def restrict_papers(item: AgendaItem, act: Act) -> None:
    """Papers of an item follow it when it becomes restricted, or open again; one restricted by itself stays so."""
    for paper in item.papers.all():
        change(paper, {"restricted": item.restricted or paper.restricted_itself}, act=act)
        _open_to(paper, _thing(item, restricted=paper.restricted))


def publish_papers(meeting: Meeting, act: Act) -> None:
    """The papers of a meeting that is being circulated open to those who may read them."""
    for paper in Paper.objects.filter(item__meeting=meeting).select_related("item__meeting"):
        paper.item.meeting = meeting
        _open_to(paper, _thing(paper.item, restricted=paper.restricted))


def _open_to(paper: Paper, thing: Thing) -> None:
    numbers = [number for number in (paper.original_id, paper.pdf_id) if number is not None]
    StoredFile.objects.filter(pk__in=numbers).update(thing=thing.value)
