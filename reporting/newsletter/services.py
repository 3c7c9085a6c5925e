"""Drafting and writing a newsletter, and the document it goes out as."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from boards.models import AgendaItem, Meeting
from boards.queries.meetings import forward_of, last_held
from boards.services.records import Act, Refused, add, change
from councils.models import Council
from plans.exporting.letters import Block, Bullets, Heading, Letter, Words
from plans.queries import open_plan
from reporting.models import Newsletter
from reporting.newsletter.drafting import HEADINGS, PARTS, Draft, News, draft, names_in
from reporting.packs.basis import Basis, basis_of
from reporting.packs.collect import figures_of

DUE_SHOWN, PLANNED_SHOWN = 5, 3


def news_of(meeting: Meeting, *, now: dt.datetime, today: dt.date) -> News:
    """The facts for a meeting's newsletter: nothing restricted, nobody's name."""
    board, council = meeting.board, meeting.board.council
    withheld = AgendaItem.objects.filter(meeting=meeting, restricted=True).values("pk")
    decisions = meeting.decisions.filter(withdrawn_at__isnull=True, restricted=False)
    decisions = decisions.exclude(item__in=withheld)
    later = list(
        board.meetings.filter(state=Meeting.State.PLANNED, on__gt=meeting.on)
        .order_by("on")
        .values_list("on", flat=True)[:2]
    )
    completed: list[str] = []
    ends: list[tuple[str, dt.date]] = []
    plan = open_plan(council)
    basis, _ = basis_of(meeting, today=today, now=now)
    before = last_held(board, before=meeting.on)
    if plan is not None and plan.begun_on <= basis.on:
        figures = figures_of(plan, before, Basis(basis.on, basis.recorded_until))
        completed = [row.activity for row in figures.completed]
        until = later[0] if later else meeting.on + dt.timedelta(days=28)
        ends = [
            (row.activity, row.ends_on)
            for row in figures.table.sorted_actions("due")
            if row.ends_on and not row.finished and meeting.on < row.ends_on <= until
        ][:DUE_SHOWN]
    planned = [row for row in forward_of(board) if row.item is None or row.item.meeting.on > meeting.on]
    return News(
        council=council.name,
        board=board.name,
        on=meeting.on,
        decisions=tuple(decisions.order_by("number").values_list("text", flat=True)),
        completed=tuple(completed),
        next_boards=tuple(later),
        planned=tuple((row.title, row.planned_for) for row in planned[:PLANNED_SHOWN]),
        next_ends=tuple(ends),
        names=people_named(council),
        first=before is None,
    )


def people_named(council: Council) -> tuple[str, ...]:
    """The names of the people a council knows, whom a newsletter must not name."""
    return tuple(council.people.exclude(name="").values_list("name", flat=True))


@transaction.atomic
def draft_newsletter(*, act: Act, meeting: Meeting) -> tuple[Newsletter, Draft]:
    """Draft a newsletter, or draft again the parts nobody has written in. Raises Refused before the meeting is held."""
    if not meeting.held:
        raise Refused({"state": "Record the meeting as held first"})
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    made = draft(news_of(meeting, now=act.now, today=act.today))
    letter = Newsletter.objects.select_for_update().filter(meeting=meeting).first()
    if letter is None:
        letter = Newsletter(
            meeting=meeting,
            title=f"News from the {meeting.board.name}, {meeting.on.day} {meeting.on:%B %Y}"[:200],
            drafted=dict(made.parts),
            drafted_at=act.now,
            made_by=act.by,
            **made.parts,
        )
        return add(letter, act=act), made
    untouched = {name for name in PARTS if getattr(letter, name) == letter.drafted.get(name)}
    values = {name: made.parts[name] for name in PARTS if name in untouched}
    change(letter, {**values, "state": Newsletter.State.DRAFT.value}, act=act)
    letter.drafted, letter.drafted_at = {**letter.drafted, **values}, act.now
    letter.save(update_fields=["drafted", "drafted_at"])
    return letter, made


@transaction.atomic
def write_newsletter(
    *, act: Act, meeting: Meeting, values: Mapping[str, str], ready: bool, made_from: int
) -> Newsletter:
    """Write a newsletter; `ready`: it may go out. Raises Refused without a title or, when ready, for a name."""
    letter = Newsletter.objects.select_for_update(of=("self",)).get(meeting=meeting)
    errors = {}
    if not values["title"].strip():
        errors["title"] = "Give it a title"
    if ready:
        names = people_named(act.council)
        for name in ("title", *PARTS):
            if found := names_in(values[name], names):
                errors[name] = f"Nobody is named in a newsletter: take out {', '.join(found)}"
    if errors:
        raise Refused(errors)
    said = {name: values[name].replace("\r\n", "\n").strip() for name in ("title", *PARTS)}
    state = Newsletter.State.READY if ready else Newsletter.State.DRAFT
    return change(
        letter, {**said, "title": said["title"][:200], "state": state.value}, act=act, made_from=made_from
    )


def newsletter_of(meeting: Meeting) -> Newsletter | None:
    """The newsletter after a meeting, or None."""
    return Newsletter.objects.filter(meeting=meeting).first()


def parts_of(letter: Newsletter) -> list[tuple[str, list[str]]]:
    """The newsletter as headings ("" for none) with their lines."""
    found = []
    for name in PARTS:
        lines = [line.strip() for line in getattr(letter, name).splitlines() if line.strip()]
        if lines:
            found.append((HEADINGS.get(name, ""), lines))
    return found


def newsletter_letter(letter: Newsletter, *, council: Council, now: dt.datetime) -> Letter:
    """The newsletter as a document."""
    blocks: list[Block] = []
    for heading, lines in parts_of(letter):
        if heading:
            blocks += [Heading(heading), Bullets(tuple(("", line) for line in lines))]
        else:
            blocks += [Words(line) for line in lines]
    return Letter(
        over=council.name,
        title=letter.title,
        blocks=tuple(blocks),
        made_at=now,
        mark="" if letter.ready else "Draft: not to go out yet",
    )
