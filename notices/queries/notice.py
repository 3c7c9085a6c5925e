"""Reads of the notice: its provisions with who owes what, the timeline beside it, the register of agreements."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Prefetch

from councils.models import Council
from deadlines.codec import from_json
from deadlines.months import Period
from files.models import StoredFile
from notices.amending import PlainDuty, differences
from notices.deadlines.lines import Deadlines, Line
from notices.drafting import board_pace
from notices.models import (
    Agreement,
    Inspection,
    Instrument,
    NoticeReading,
    NoticeVersion,
    Obligation,
    Requirement,
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text, with the numbers of what was read from it."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owed:
    """An obligation beside its provision, with its next deadline and what met the last one."""

    obligation: Obligation
    next: Line | None
    last: Line | None
    why_not: str = ""

    @property
    def gap(self) -> bool:
        """Whether nobody can say when it is due."""
        return not self.obligation.agreed or bool(self.why_not and self.next is None and self.last is None)


@dataclass(frozen=True)
class Paragraph:
    """One provision as the page shows it; `heading` only where a new one begins."""

    requirement: Requirement
    heading: str
    depth: int
    pieces: tuple[Piece, ...]
    owed: tuple[Owed, ...]


@dataclass(frozen=True)
class Step:
    """One entry of the timeline."""

    on: dt.date
    title: str
    text: str
    kind: str
    number: int = 0
    of: Any = None
    label: str = ""
    link: str = ""
    file: StoredFile | None = None


def marked(text: str, start: int, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """A text that begins at `start` cut where quotes begin and end; spans are (start, end, mark), end exclusive."""
    inside = [(max(a - start, 0), min(b - start, len(text)), mark) for a, b, mark in spans]
    inside = [(a, b, mark) for a, b, mark in inside if a < b]
    edges = sorted({0, len(text), *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    return tuple(
        Piece(text[a:b], tuple(mark for one, other, mark in inside if one <= a and b <= other))
        for a, b in pairwise(edges)
    )


def instruments_of(council: Council) -> list[Instrument]:
    """The chain, latest first, with versions loaded."""
    versions = NoticeVersion.objects.select_related("file").order_by("number")
    found = Instrument.objects.filter(council=council).select_related("replaces", "file", "end_file")
    loaded = found.prefetch_related(Prefetch("versions", versions), "rests_on")
    return list(loaded.order_by("-on", "-pk"))


def instrument_of(council: Council, number: int) -> Instrument | None:
    """One of the council's own."""
    return Instrument.objects.filter(council=council, pk=number).first()


def inspection_of(council: Council, number: int) -> Inspection | None:
    """One of the council's own, with what it judged and recommended."""
    found = Inspection.objects.filter(council=council, pk=number)
    return found.prefetch_related("judgements", "recommendations").first()


def versions_of(instrument: Instrument) -> list[NoticeVersion]:
    """The versions, the one in force last first."""
    return list(instrument.versions.select_related("file").order_by("-number"))


def paragraphs(version: NoticeVersion, deadlines: Deadlines | None) -> list[Paragraph]:
    """The version provision by provision, each with what is owed under it and when."""
    owed: dict[int, list[Obligation]] = {}
    spans: list[tuple[int, int, str]] = []
    for one in version.obligations.filter(withdrawn=False).order_by("order"):
        owed.setdefault(one.requirement_id, []).append(one)
        spans.append((one.quote_start, one.quote_end, str(one.pk)))
    lines = _lines_by_key(version, deadlines)
    waiting = {
        one.duty.key: one.why
        for one in (deadlines.waiting if deadlines else ())
        if one.duty.instrument == version.instrument_id
    }
    depths: dict[int, int] = {}
    found = []
    heading = ""
    for requirement in version.requirements.order_by("order"):
        depths[requirement.pk] = depths.get(requirement.parent_id or 0, -1) + 1
        new = requirement.heading if requirement.heading != heading else ""
        heading = requirement.heading
        found.append(
            Paragraph(
                requirement,
                new,
                min(depths[requirement.pk], 3),
                marked(requirement.text, requirement.start, spans),
                tuple(_owed(one, lines, waiting) for one in owed.get(requirement.pk, ())),
            )
        )
    return found


def _lines_by_key(version: NoticeVersion, deadlines: Deadlines | None) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in deadlines.lines if deadlines else ():
        if line.duty.instrument == version.instrument_id:
            found.setdefault(line.duty.key, []).append(line)
    return found


def _owed(one: Obligation, lines: dict[str, list[Line]], waiting: dict[str, str]) -> Owed:
    own = lines.get(one.key, [])
    coming = next((line for line in own if line.open), None)
    met = [line for line in own if line.met]
    return Owed(one, coming, met[-1] if met else None, waiting.get(one.key, ""))


def shown(paras: list[Paragraph], which: str) -> list[Paragraph]:
    """The paragraphs that a filter asks for: gaps, due or met; all others as they are."""
    tests: dict[str, Callable[[Owed], bool]] = {
        "gaps": lambda owed: owed.gap,
        "due": lambda owed: (
            owed.next is not None and owed.next.state.value in ("overdue", "due_soon", "target_passed")
        ),
        "met": lambda owed: owed.last is not None,
    }
    test = tests.get(which)
    return [one for one in paras if any(test(owed) for owed in one.owed)] if test else paras


def timeline(council: Council) -> list[Step]:
    """Inspections, instruments, amendments and ends, latest first; each step with the thing that it is `of`."""
    inspections = Inspection.objects.filter(council=council).select_related("file")
    steps = [
        step
        for one in inspections.prefetch_related("judgements", "recommendations")
        for step in _of_inspection(one)
    ]
    for instrument in instruments_of(council):
        steps += _of_instrument(instrument)
    return sorted(steps, key=lambda step: (step.on, step.kind != "inspection"), reverse=True)


def _of_inspection(one: Inspection) -> list[Step]:
    day = one.published_on or one.reported_on or one.fieldwork_to
    if day is None:
        return []
    judged = "; ".join(map(str, one.judgements.all())) or (f"Overall: {one.overall}" if one.overall else "")
    return [Step(day, str(one), judged, "inspection", one.pk, one, one.label, one.link, one.file)]


def _of_instrument(one: Instrument) -> list[Step]:
    """Its beginning, its amendments and its end."""
    name = one.get_kind_display()
    first = one.versions.all()[0] if one.versions.all() else None
    held = one if one.file or one.link or first is None else first
    steps = [Step(one.on, name, one.decided_by, "instrument", one.pk, one, held.label, held.link, held.file)]
    for version in one.versions.all():
        if version.number > 1:
            title = f"{name} amended: version {version.number}"
            document = (version.label, version.link, version.file)
            day, by = version.in_force_from, version.decided_by
            steps.append(Step(day, title, by, "version", one.pk, version, *document))
    if one.ended_on:
        title = f"{name} {one.end_words or one.get_end_display()}"
        label = one.end_file.name if one.end_file else ""
        document = (label, one.end_link, one.end_file)
        steps.append(Step(one.ended_on, title, one.ended_by, "end", one.pk, one, *document))
    return steps


def agreement_of(council: Council, number: int) -> Agreement | None:
    """One that stands: neither replaced nor taken back."""
    standing = Agreement.objects.filter(council=council, replaced_by__isnull=True, withdrawn=False)
    return standing.filter(pk=number).first()


def notice_reading_of(council: Council, number: int) -> NoticeReading | None:
    """A notice on its way in."""
    found = NoticeReading.objects.filter(council=council, pk=number)
    return found.select_related("file", "job", "instrument", "council").first()


def notice_readings(council: Council) -> list[NoticeReading]:
    """Notices that were sent in, latest first."""
    found = NoticeReading.objects.filter(council=council).select_related("file", "begun_by")
    return list(found.order_by("-begun_at")[:100])


@dataclass(frozen=True)
class Comparison:
    """What changed between two versions: provisions and duties added, removed, changed (fields named)."""

    added: tuple[Requirement, ...]
    removed: tuple[Requirement, ...]
    changed: tuple[tuple[Requirement, Requirement], ...]
    duties_added: tuple[Obligation, ...]
    duties_removed: tuple[Obligation, ...]
    duties_changed: tuple[tuple[Obligation, Obligation, tuple[str, ...]], ...]

    @property
    def nothing(self) -> bool:
        """Whether the two say the same."""
        return not (
            self.added
            or self.removed
            or self.changed
            or self.duties_added
            or self.duties_removed
            or self.duties_changed
        )


def comparison(old: NoticeVersion, new: NoticeVersion) -> Comparison:
    """Two versions of one instrument side by side, provisions and duties matched by their keys."""
    was = {one.key: one for one in old.requirements.order_by("order")}
    is_now = {one.key: one for one in new.requirements.order_by("order")}
    owed = {one.key: one for one in duties_of(old)}
    owes = {one.key: one for one in duties_of(new)}
    both = [(owed[key], one) for key, one in owes.items() if key in owed]
    found = [(before, after, differences(_plain(before), _plain(after))) for before, after in both]
    return Comparison(
        added=tuple(one for key, one in is_now.items() if key not in was),
        removed=tuple(one for key, one in was.items() if key not in is_now),
        changed=tuple(
            (was[key], one)
            for key, one in is_now.items()
            if key in was and " ".join(was[key].text.split()) != " ".join(one.text.split())
        ),
        duties_added=tuple(one for key, one in owes.items() if key not in owed),
        duties_removed=tuple(one for key, one in owed.items() if key not in owes),
        duties_changed=tuple(one for one in found if one[2]),
    )


def _plain(one: Obligation) -> PlainDuty:
    return PlainDuty(one.key, "", one.duty_holder, one.recipient, one.deliverable, one.force, one.schedule)


def duties_of(version: NoticeVersion) -> list[Obligation]:
    """The obligations of a version in the order of the notice."""
    return list(version.obligations.filter(withdrawn=False).select_related("requirement").order_by("order"))


def pace_of(version: NoticeVersion) -> Period | None:
    """How often the board meets, as far as the notice says, for forecasts."""
    return board_pace(from_json(one.schedule) for one in duties_of(version))
