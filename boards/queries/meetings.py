"""Reading meetings: the next one with its checklist, agendas and papers, decisions and matters, minutes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from boards.models import (
    AgendaItem,
    Attendance,
    Board,
    Decision,
    ForwardItem,
    Matter,
    Meeting,
    Minutes,
    Paper,
    Risk,
)
from boards.queries.rounds import address_of, counts_of, round_of
from boards.rules.numbering import numbered
from boards.seen import Sight
from councils.models import Council, User
from plans.queries import people_of


def meeting_of(council: Council, pk: int) -> Meeting | None:
    """One meeting of a council, or None."""
    rows = Meeting.objects.filter(board__council=council, pk=pk)
    return rows.select_related("board__council", "reconvenes", "held_recorded_by").first()


def next_meeting(board: Board, *, today: dt.date) -> Meeting | None:
    """The next planned meeting (today inclusive), else the last planned one whose day has passed unrecorded."""
    planned = board.meetings.filter(state=Meeting.State.PLANNED)
    return planned.filter(on__gte=today).order_by("on").first() or planned.order_by("-on").first()


def meetings_to_come(board: Board, *, today: dt.date) -> QuerySet[Meeting]:
    """Planned meetings from today on, in order."""
    return board.meetings.filter(state=Meeting.State.PLANNED, on__gte=today).order_by("on")


def past_meetings(board: Board, *, today: dt.date) -> QuerySet[Meeting]:
    """Meetings held or cancelled, or planned for a day that has passed, latest first."""
    past = board.meetings.filter(~Q(state=Meeting.State.PLANNED) | Q(on__lt=today))
    return past.select_related("minutes").prefetch_related("attendances").order_by("-on", "-number")


def last_held(board: Board, *, before: dt.date) -> Meeting | None:
    """The last meeting held before a day (exclusive)."""
    return board.meetings.filter(state=Meeting.State.HELD, on__lt=before).order_by("-on").first()


@dataclass(frozen=True)
class Line:
    """An item of the agenda as one reader sees it: a restricted one has its title withheld from some."""

    item: AgendaItem
    number: str
    part: bool
    first: bool
    last: bool
    starts: dt.time | None
    papers: tuple[Paper, ...]
    hidden: bool

    @property
    def title(self) -> str:
        return "Restricted item" if self.hidden else self.item.title


def agenda_of(meeting: Meeting, sight: Sight) -> list[Line]:
    """The agenda as somebody may see it: nothing of a draft for those who only read, restricted items withheld."""
    if meeting.circulated_at is None and not sight.drafts:
        return []
    papers = Paper.objects.filter(withdrawn_at__isnull=True).select_related("pdf", "original", "job")
    items = meeting.items.filter(withdrawn_at__isnull=True).prefetch_related(
        Prefetch("papers", queryset=papers.order_by("order", "id"), to_attr="live_papers")
    )
    lines = []
    clock = _Clock(meeting)
    for row in numbered(items):
        item = row.item
        hidden = item.restricted and not sight.restricted
        shown = () if hidden else tuple(_papers_seen(item.live_papers, sight))
        starts = clock.at(item)
        lines.append(Line(item, row.number, row.part, row.first, row.last, starts, shown, hidden))
    return lines


def _papers_seen(papers: Iterable[Paper], sight: Sight) -> list[Paper]:
    return [
        paper
        for paper in papers
        if (sight.restricted or not paper.restricted) and (sight.drafts or paper.state == Paper.State.READY)
    ]


class _Clock:
    """When each item begins: the meeting's time, and the minutes of the items before it."""

    def __init__(self, meeting: Meeting) -> None:
        self.now = dt.datetime.combine(meeting.on, meeting.starts_at) if meeting.starts_at else None

    def at(self, item: AgendaItem) -> dt.time | None:
        starts = self.now
        if self.now is not None:
            self.now += dt.timedelta(minutes=item.minutes or 0)
        return starts.time() if starts and item.minutes else None


def withdrawn_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Items that were taken off the agenda, latest first."""
    return meeting.items.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at")


def item_of(council: Council, pk: int) -> AgendaItem | None:
    """One agenda item of the council, or None."""
    return (
        AgendaItem.objects.filter(meeting__board__council=council, pk=pk)
        .select_related("meeting__board")
        .first()
    )


def paper_of(council: Council, pk: int) -> Paper | None:
    """One paper of the council, or None."""
    papers = Paper.objects.filter(item__meeting__board__council=council, pk=pk)
    return papers.select_related("item__meeting__board").first()


@dataclass(frozen=True)
class Check:
    """One line of what a meeting still needs: in words, whether it is done, and which page does it."""

    words: str
    done: bool
    page: str  # the name of a URL, "" where there is none


def checklist(meeting: Meeting, sight: Sight, *, today: dt.date) -> list[Check]:
    """What is ready for a meeting and what is not, in the order in which it is done."""
    checks = []
    if sight.drafts:
        checks.append(_round_check(meeting, sight))
        checks.append(_agenda_check(meeting))
    sent = meeting.circulated_at is not None
    words = "agenda and papers are with members" if sent else "agenda and papers are not with members yet"
    checks.append(Check(words, sent, "boards:agenda" if sight.drafts else ""))
    minutes = _minutes_check(meeting)
    if minutes is not None:
        checks.append(minutes)
    if sight.writes and meeting.planned and meeting.on <= today:
        checks.append(Check("to be recorded as held", False, "boards:record"))
    return checks


def _round_check(meeting: Meeting, sight: Sight) -> Check:
    opened = round_of(meeting)
    page = "boards:round" if sight.rounds else ""
    if opened is None:
        return Check("update round not opened", False, page)
    counts = counts_of(opened)
    state = "closed, position frozen" if opened.state == "closed" else "open"
    return Check(
        f"update round {state}: {counts.answered} of {counts.asked} answered",
        opened.state == "closed",
        page,
    )


def _agenda_check(meeting: Meeting) -> Check:
    items = [row.item for row in numbered(meeting.items.filter(withdrawn_at__isnull=True))]
    live = Paper.objects.filter(item__meeting=meeting, withdrawn_at__isnull=True)
    with_paper = set(live.values_list("item_id", flat=True))
    groups = {item.under_id for item in items}
    without = [
        item
        for item in items
        if item.purpose != "note" and item.pk not in with_paper and item.pk not in groups
    ]
    words = f"agenda has {len(items)} item{'' if len(items) == 1 else 's'}"
    if items and without:
        words += f", {len(without)} to discuss or decide without a paper"
    return Check(words, bool(items) and not without, "boards:agenda")


def _minutes_check(meeting: Meeting) -> Check | None:
    before = last_held(meeting.board, before=meeting.on)
    if before is None:
        return None
    minutes = getattr(before, "minutes", None)
    day = f"{before.on.day} {before.on:%B}"
    if minutes is None:
        return Check(f"minutes of {day} not drafted", False, "")
    return Check(f"minutes of {day} {minutes.get_state_display()}", minutes.state != "draft", "")


def decisions_of(board: Board, sight: Sight) -> QuerySet[Decision]:
    """What the board's meetings resolved, latest first, as far as somebody may see it."""
    rows = Decision.objects.filter(meeting__board=board, withdrawn_at__isnull=True)
    if not sight.restricted:
        rows = rows.filter(restricted=False)
    return rows.select_related("meeting", "item").order_by("-meeting__on", "-number")


def decision_of(council: Council, pk: int) -> Decision | None:
    """One decision of the council's boards, or None."""
    return (
        Decision.objects.filter(meeting__board__council=council, pk=pk)
        .select_related("meeting__board")
        .first()
    )


def matters_of(board: Board, sight: Sight) -> QuerySet[Matter]:
    """What the board asked for, oldest due first, as far as somebody may see it."""
    rows = board.matters.select_related("meeting", "owner", "organisation")
    if not sight.restricted:
        rows = rows.filter(restricted=False)
    return rows.order_by("state", "due_on", "number")


def open_matters(board: Board, sight: Sight) -> list[Matter]:
    """The matters that are still owed: those with the earliest day first, without a day last."""
    rows = matters_of(board, sight).filter(state=Matter.State.OPEN)
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or dt.date.max, row.number))


def matter_of(council: Council, pk: int, sight: Sight) -> Matter | None:
    """One matter of the council's boards, as far as somebody may see it, or None."""
    rows = Matter.objects.filter(board__council=council, pk=pk).select_related("board", "meeting", "owner")
    if not sight.restricted:
        rows = rows.filter(restricted=False)
    return rows.first()


def owes_matter(user: User, matter: Matter) -> bool:
    """Whether somebody with an account owes it."""
    return matter.owner_id in people_of(user, matter.board.council)


def unreached(matter: Matter) -> str:
    """Why nobody can be reminded of an open matter that has a day; "" where somebody is, or nothing is due."""
    if matter.state != Matter.State.OPEN or matter.due_on is None:
        return ""
    if matter.owner is None:
        return "it is owed by a name alone"
    return "" if address_of(matter.owner) else f"the council has no e-mail address of {matter.owner}"


def people_owing(council: Council) -> list[tuple[int, str]]:
    """People of a council by number and words, for a list to choose an owner from."""
    rows = council.people.select_related("organisation").order_by("name", "post")
    return [(row.pk, f"{row.name}, {row.post}" if row.name and row.post else str(row)) for row in rows]


def attendance_rows(meeting: Meeting) -> dict[int | None, Attendance]:
    """What was recorded of each member at a meeting, by the membership's number."""
    return {row.membership_id: row for row in meeting.attendances.filter(membership__isnull=False)}


def guests_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Who was there without belonging to the board."""
    return meeting.attendances.filter(membership__isnull=True).select_related("organisation").order_by("name")


def forward_of(board: Board) -> QuerySet[ForwardItem]:
    """The forward plan: what is to come first, then what came onto an agenda."""
    rows = board.forward_items.filter(dropped_at__isnull=True)
    return rows.select_related("objective", "organisation", "item__meeting").order_by("planned_for", "id")


def forward_item_of(council: Council, pk: int) -> ForwardItem | None:
    """One line of a forward plan in the council, or None."""
    return ForwardItem.objects.filter(board__council=council, pk=pk).select_related("board").first()


def risks_of(board: Board, *, closed: bool = False) -> list[Risk]:
    """The log: what weighs most first; `closed`: what is over."""
    rows = board.risks.filter(closed_on__isnull=not closed).select_related("objective")
    return sorted(rows, key=lambda row: (-row.score, row.number))


def risk_of(council: Council, pk: int) -> Risk | None:
    """One risk or issue of the council's boards, or None."""
    return Risk.objects.filter(board__council=council, pk=pk).select_related("board").first()


def attendance_shown(meeting: Meeting) -> list[Attendance]:
    """Who was at a meeting or was not, chair first, then by name."""
    order = {"chair": 0, "member": 1, "observer": 2, "support": 3, "guest": 4}
    rows = meeting.attendances.select_related("organisation", "membership")
    return sorted(rows, key=lambda row: (order.get(row.capacity, 9), row.name))


def minutes_seen(meeting: Meeting, sight: Sight) -> Minutes | None:
    """The minutes of a meeting, if whoever asks may read them: a draft is for those who write it."""
    minutes = Minutes.objects.filter(meeting=meeting).select_related("meeting__board").first()
    if minutes is None or (minutes.state == Minutes.State.DRAFT and not sight.drafts):
        return None
    return minutes
