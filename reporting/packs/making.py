"""Asking for a pack, making it in a worker, publishing it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from boards.models import Meeting, Paper
from boards.pack_sections import Section
from boards.services.records import Act, Refused
from councils.models import Council
from councils.rights import Thing
from files.models import StoredFile
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_job
from plans.exporting.press import PrintingFailed, Progress
from plans.exporting.printing import render
from plans.models import Position
from plans.queries import open_plan
from reporting.models import Pack, PackTemplate
from reporting.packs.basis import Basis, basis_of
from reporting.packs.collect import collect
from reporting.packs.document import as_html
from reporting.packs.drafts import printed_draft
from reporting.packs.facts import PackFacts, chosen_sections
from reporting.packs.papers import PaperRefused, count_pages, with_papers

MAKE = "reporting.make_pack"


def sections_of(council: Council) -> tuple[Section, ...]:
    """The sections of a council's packs, in its order."""
    template = PackTemplate.objects.filter(council=council).first()
    return chosen_sections(template.sections if template else None)


@transaction.atomic
def choose_sections(*, act: Act, codes: list[str]) -> None:
    """Set the sections of the council's packs from now on, in this order. Raises Refused for none at all."""
    chosen = chosen_sections(codes)
    if not chosen:
        raise Refused({"sections": "Choose at least one section"})
    template, made = PackTemplate.objects.select_for_update().get_or_create(
        council=act.council, defaults={"sections": [section.value for section in chosen]}
    )
    old = [] if made else template.sections
    template.sections = [section.value for section in chosen]
    template.version += not made
    template.save()
    log = act.log()
    log.changed(
        "reporting.packtemplate", template.pk, "sections", old, template.sections, version=template.version
    )
    log.write()


@transaction.atomic
def ask_for_pack(*, act: Act, meeting_id: int, edition: str) -> Pack:
    """Ask for a draft, for the published pack or for a supplement; a worker makes it. Returns at once.

    A published pack is made from the basis of the last draft, so that it shows the figures that were looked at; it
    freezes that position if no round did. Raises Refused where something has to be done before.
    """
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("board__council")
        .get(pk=meeting_id, board__council=act.council)
    )
    # a making that was given up does not stand in the way of the next
    given_up = Pack.objects.filter(meeting=meeting, state=Pack.State.MAKING, job__state=Job.State.FAILED)
    given_up.update(state=Pack.State.REFUSED, problem="It could not be made. Try again.")
    basis, position = _allowed(meeting, edition, act)
    pack = Pack(
        meeting=meeting,
        edition=edition,
        sections=[section.value for section in sections_of(act.council)],
        position_on=basis.on,
        recorded_until=basis.recorded_until,
        position=position,
        made_at=act.now,
        made_by=act.by,
    )
    try:
        with transaction.atomic():
            pack.save()
    except IntegrityError as twice:
        raise Refused({"edition": "Somebody else is publishing this pack at this moment"}) from twice
    log = act.log()
    log.made("reporting.pack", pack.pk, {"meeting": meeting.pk, "edition": edition, "position_on": basis.on})
    log.write()
    pack.job = queue_job(
        kind=MAKE,
        council=act.council,
        thing=Thing.MEETING_DRAFTS,
        title=f"Making the pack for {meeting.on.day} {meeting.on:%B %Y}",
        back_url=reverse("reporting:pack", kwargs={"council": act.council.slug, "meeting": meeting.pk}),
        arguments={"pack": pack.pk},
        by=act.by,
        now=act.now,
    )
    pack.save(update_fields=["job"])
    return pack


def _allowed(meeting: Meeting, edition: str, act: Act) -> tuple[Basis, Position | None]:
    """What this edition rests on, if it may be made now. Raises Refused."""
    packs = Pack.objects.filter(meeting=meeting)
    published = packs.filter(edition=Pack.Edition.PUBLISHED).exclude(state=Pack.State.REFUSED).exists()
    problem = "This meeting is cancelled" if meeting.cancelled else ""
    if edition == Pack.Edition.SUPPLEMENT:
        if not published:
            problem = "There is no published pack to add to"
        elif not late_papers(meeting):
            problem = "No paper came after the papers were circulated"
        elif not late_papers(meeting, unsent=True):
            problem = "The last supplement has every late paper"
    elif published:
        problem = "The pack is published and stays as it is: late papers go into a supplement"
    if problem:
        raise Refused({"edition": problem})
    if edition == Pack.Edition.PUBLISHED:
        return _published_basis(meeting, act)
    return basis_of(meeting, today=act.today, now=act.now)


def late_papers(meeting: Meeting, *, unsent: bool = False) -> list[Paper]:
    """The papers that came after the others were circulated; `unsent`: those that no supplement has yet."""
    late = list(
        Paper.objects.filter(
            item__meeting=meeting,
            item__withdrawn_at__isnull=True,
            supplement=True,
            withdrawn_at__isnull=True,
            state=Paper.State.READY,
        ).select_related("pdf")
    )
    supplements = Pack.objects.filter(meeting=meeting, edition=Pack.Edition.SUPPLEMENT)
    last = supplements.exclude(state=Pack.State.REFUSED).order_by("-id").first()
    if not unsent or last is None:
        return late
    # a Word file may have been turned into PDF only after the supplement was made
    return [paper for paper in late if paper.pdf is None or paper.pdf.added_at > last.made_at]


def _published_basis(meeting: Meeting, act: Act) -> tuple[Basis, Position | None]:
    drafts = Pack.objects.filter(meeting=meeting, edition=Pack.Edition.DRAFT, state=Pack.State.READY)
    draft = drafts.order_by("-id").first()
    if draft is None:
        raise Refused({"edition": "Make a draft and look at it before you publish"})
    if meeting.circulated_at is None:
        raise Refused(
            {
                "edition": (
                    "Give members agenda and papers first, on the page Agenda and papers: they must be able to open "
                    "what the pack shows"
                )
            }
        )
    basis = Basis(draft.position_on, draft.recorded_until)
    return basis, draft.position or _frozen(meeting, basis, act)


def _frozen(meeting: Meeting, basis: Basis, act: Act) -> Position | None:
    """Freeze the position that the pack shows: its day, and what was known when its draft was made."""
    plan = open_plan(act.council)
    if plan is None or plan.begun_on > basis.on:
        return None
    label = f"Pack for the board of {meeting.on.day} {meeting.on:%B %Y}"
    position = Position.objects.create(
        plan=plan, on=basis.on, recorded_until=basis.recorded_until, label=label, frozen_by=act.by
    )
    log = act.log()
    log.made("plans.position", position.pk, {"plan": plan.pk, "on": basis.on, "label": label})
    log.write()
    return position


def make_pack(run: JobRun) -> None:
    """The job: make both copies of a pack and keep them. Done again after a crash, it makes them once."""
    pack = (
        Pack.objects.select_related("meeting__board__council", "made_by", "job")
        .filter(pk=run.job.arguments["pack"])
        .first()
    )
    if pack is None or not pack.being_made:
        return
    try:
        run.progress(0, 4, "Putting the facts together")
        whole, open_facts = facts_of(pack, restricted=True), facts_of(pack, restricted=False)
        run.progress(1, 4, "Printing")
        draw = printed_draft if pack.edition == Pack.Edition.DRAFT else printed
        content = draw(whole, lambda step: run.progress(1, 4, step))
        same = not open_facts.withheld and len(open_facts.papers) == len(whole.papers) and open_facts == whole
        run.progress(2, 4, "Printing the copy without restricted items")
        open_content = content if same else draw(open_facts, lambda step: run.progress(2, 4, step))
    except (PaperRefused, PrintingFailed) as problem:
        said = str(problem) if isinstance(problem, PaperRefused) else "The pack could not be printed."
        Pack.objects.filter(pk=pack.pk).update(state=Pack.State.REFUSED, problem=said)
        raise JobRefused(said) from problem
    run.progress(3, 4, "Keeping it")
    with transaction.atomic():
        locked = Pack.objects.select_for_update().get(pk=pack.pk)
        if not locked.being_made:
            return
        locked.whole = _kept(locked, content, restricted=not same, run=run)
        locked.open_copy = locked.whole if same else _kept(locked, open_content, restricted=False, run=run)
        locked.pages = count_pages(content)
        locked.state = Pack.State.READY
        locked.save()


def facts_of(pack: Pack, *, restricted: bool) -> PackFacts:
    """What one copy of a pack shows. Raises PaperRefused."""
    on = timezone.localdate(pack.made_at)
    day = f"{on.day} {on:%B %Y}"
    return collect(
        pack.meeting,
        Basis(pack.position_on, pack.recorded_until),
        sections=chosen_sections(pack.sections),
        restricted=restricted,
        edition=f"{pack.get_edition_display()}, {day}",
        made_on=on,
        supplements_only=pack.edition == Pack.Edition.SUPPLEMENT,
    )


def printed(facts: PackFacts, progress: Progress | None = None) -> bytes:
    """One copy of a pack as PDF; `progress` is told how far it is. Raises PaperRefused, PrintingFailed."""
    return with_papers(render(as_html(facts), progress), facts.papers)


def _kept(pack: Pack, content: bytes, *, restricted: bool, run: JobRun) -> StoredFile:
    meeting = pack.meeting
    if pack.edition == Pack.Edition.DRAFT:
        thing = Thing.MEETING_DRAFTS
    else:
        thing = Thing.RESTRICTED_PAPERS if restricted else Thing.MEETING_PAPERS
    words = {"draft": "draft pack", "published": "pack", "supplement": "supplement"}[pack.edition]
    suffix = " with restricted items" if restricted else ""
    return store_file(
        council=meeting.board.council,
        thing=thing,
        name=f"{meeting.board.name} {meeting.on.isoformat()} {words}{suffix}.pdf",
        content=content,
        by=pack.made_by,
        now=run.clock(),
    )


def packs_of(meeting: Meeting) -> Any:
    """Every making of a meeting's pack, the latest first."""
    return (
        Pack.objects.filter(meeting=meeting)
        .select_related("whole", "open_copy", "job", "made_by")
        .order_by("-id")
    )
