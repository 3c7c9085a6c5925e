"""What a pack shows: plain facts, put together by `collect`, printed by `document`. No Django."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from boards.pack_sections import Section
from plans.table import ActionRow, Code, Movement, ObjectiveRow, PlanTable, concern, movement
from reporting.packs.papers import Sheet

USUAL_ORDER: tuple[Section, ...] = tuple(Section)


@dataclass(frozen=True, slots=True)
class PackPaper:
    """A paper of an item, with its pages; `content` is its PDF."""

    key: int
    title: str
    item: str
    sheets: tuple[Sheet, ...]
    content: bytes
    supplement: bool = False


@dataclass(frozen=True, slots=True)
class PackItem:
    """One item of the agenda; `starts` and `minutes` where the times are known."""

    number: str
    title: str
    level: int
    presenter: str = ""
    purpose: str = ""
    starts: dt.time | None = None
    minutes: int | None = None
    section: Section | None = None  # what of this pack it is about
    papers: tuple[PackPaper, ...] = ()
    withheld: bool = False  # restricted, and this copy is for somebody who may not see it


@dataclass(frozen=True, slots=True)
class MinutesPart:
    """A heading of the last meeting's minutes with its words."""

    number: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastMinutes:
    """The minutes of the meeting before: whether approved, who was there, what was said."""

    on: dt.date
    state: str
    present: tuple[str, ...]
    apologies: tuple[str, ...]
    parts: tuple[MinutesPart, ...]
    decisions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PackMatter:
    """Something the board asked somebody to do, open or closed since the last board."""

    number: str
    text: str
    owner: str
    asked_on: dt.date
    due_on: dt.date | None
    state: str
    latest: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class PackDeadline:
    """A deadline of the notice, met since the last board or coming; `because` says why it falls then."""

    due: dt.date
    what: str
    who: str
    paragraph: str
    state: str
    because: str
    met_on: dt.date | None = None
    overdue: bool = False
    departments: bool = False  # the Department owes it: counted apart


@dataclass(frozen=True, slots=True)
class PackTest:
    """One piece of independent testing that may be shown to the board."""

    on: dt.date
    title: str
    tester: str
    findings: tuple[tuple[str, str, str], ...]  # what was tested, result, words


@dataclass(frozen=True, slots=True)
class PackRisk:
    number: str
    kind: str
    text: str
    score: int
    mitigation: str
    owner: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    """How often one organisation was represented at the board's last meetings, latest last."""

    organisation: str
    members: str
    meetings: tuple[bool | None, ...]  # None: was not a member then

    @property
    def attended(self) -> str:
        """Meetings at which it was represented, of those it was asked to ("3 of 4")."""
        asked = [there for there in self.meetings if there is not None]
        return f"{sum(asked)} of {len(asked)}"


@dataclass(frozen=True, slots=True)
class Slip:
    """An action's end that was moved since the last board."""

    action: ActionRow
    old: dt.date | None
    new: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something of an action that does not add up: by which rule, and in words."""

    rule: str
    ref: str
    message: str


@dataclass(frozen=True, slots=True)
class Slow:
    """An objective slow to progress, and why it is thought so."""

    objective: ObjectiveRow
    why: str


@dataclass(frozen=True)
class Figures:
    """The plan at the pack's position, and how it moved since the last board's."""

    table: PlanTable
    before: PlanTable | None
    before_on: dt.date | None
    slips: tuple[Slip, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    evidenced: frozenset[int] = frozenset()  # numbers of actions with evidence

    @property
    def moved(self) -> Movement | None:
        return movement(self.before, self.table) if self.before else None

    @property
    def then(self) -> dict[int, Code | None]:
        """What each action was rated at the last board, by its number; empty without one."""
        return {action.id: action.rating for action in self.before.actions} if self.before else {}

    @property
    def by_rating(self) -> list[tuple[Code | None, int, int | None]]:
        """Each rating of the scale with how many actions carry it now and carried it then; unrated last."""
        codes: list[Code | None] = [*self.table.ratings, None]
        now = [a.rating for a in self.table.actions]
        then = [a.rating for a in self.before.actions] if self.before else None
        names = {code.code if code else None: code for code in codes}
        return [
            (
                code,
                sum(_name(rating) == name for rating in now),
                sum(_name(rating) == name for rating in then) if then is not None else None,
            )
            for name, code in names.items()
        ]

    @property
    def off_track(self) -> list[ActionRow]:
        """Actions whose rating means off track, in the plan's order."""
        return [a for a in self.table.actions if a.rating and a.rating.standing == "off_track"]

    @property
    def completed(self) -> list[ActionRow]:
        """Actions that are complete and were not at the last board."""
        then = {a.id: a for a in self.before.actions} if self.before else {}
        return [
            a
            for a in self.table.actions
            if _finished(a) and self.before is not None and not (a.id in then and _finished(then[a.id]))
        ]

    @property
    def complete_without_evidence(self) -> list[ActionRow]:
        """Complete actions that nothing supports."""
        return [a for a in self.table.actions if _finished(a) and a.id not in self.evidenced]

    @property
    def mismatches_by_rule(self) -> list[tuple[str, list[Mismatch]]]:
        """What does not add up, each rule once with what it found, in the order of the rules."""
        found: dict[str, list[Mismatch]] = {}
        for mismatch in self.mismatches:
            found.setdefault(mismatch.rule, []).append(mismatch)
        return list(found.items())

    @property
    def slow(self) -> list[Slow]:
        """Objectives slow to progress (`slow_objectives`)."""
        return slow_objectives(self.table, self.before)


def _name(rating: Code | None) -> str | None:
    return rating.code if rating else None


def _finished(action: ActionRow) -> bool:
    return bool(action.rating and action.rating.standing and action.rating.standing.finished)


def slow_objectives(table: PlanTable, before: PlanTable | None) -> list[Slow]:
    """Objectives whose progress the board should look into, in the plan's order, each with the reason in words.

    An objective with open actions is slow where half or more of its actions are past their end and not complete, or
    where since the last board (`before`) none of its actions moved up and at least one moved down.
    """
    then = {action.id: action.rating for action in before.actions} if before else {}
    found = []
    for objective in table.objectives:
        actions = objective.actions
        late = [action for action in actions if action.overdue]
        if late and len(late) * 2 >= len(actions):
            found.append(Slow(objective, f"{len(late)} of {len(actions)} actions are past their end"))
            continue
        known = [action for action in actions if action.id in then]
        better = [a for a in known if concern(a.rating) > concern(then[a.id])]
        worse = [a for a in known if concern(a.rating) < concern(then[a.id])]
        if worse and not better:
            refs = ", ".join(action.ref for action in worse)
            found.append(Slow(objective, f"no action moved up since the last board, {refs} moved down"))
    return found


@dataclass(frozen=True)
class PackFacts:
    """Everything one copy of a pack shows."""

    council: str
    board: str
    meeting_on: dt.date
    starts: dt.time | None
    place: str
    chair: str
    edition: str  # "Draft", "Published 3 June 2015", "Supplement 1"
    made_on: dt.date
    position_on: dt.date | None
    sections: tuple[Section, ...]
    items: tuple[PackItem, ...] = ()
    minutes: LastMinutes | None = None
    matters: tuple[PackMatter, ...] = ()
    deadlines: tuple[PackDeadline, ...] = ()
    figures: Figures | None = None
    tests: tuple[PackTest, ...] = ()
    risks: tuple[PackRisk, ...] = ()
    meetings: tuple[dt.date, ...] = ()
    attendance: tuple[SeatLine, ...] = ()
    withheld: int = 0
    supplements_only: bool = False
    invented: bool = False
    scale: tuple[Code, ...] = field(default=())

    @property
    def overdue(self) -> list[PackDeadline]:
        return [one for one in self._late if not one.departments]

    @property
    def departments_overdue(self) -> list[PackDeadline]:
        """What the Department itself owes and has not done."""
        return [one for one in self._late if one.departments]

    @property
    def _late(self) -> list[PackDeadline]:
        return [one for one in self.deadlines if one.overdue and one.met_on is None]

    @property
    def met(self) -> list[PackDeadline]:
        return [one for one in self.deadlines if one.met_on is not None]

    @property
    def due(self) -> list[PackDeadline]:
        return [one for one in self.deadlines if one.met_on is None and not one.overdue]

    @property
    def papers(self) -> list[PackPaper]:
        """The papers of all items that this copy shows, in the agenda's order."""
        return [paper for item in self.items if not item.withheld for paper in item.papers]


def chosen_sections(
    codes: Sequence[str] | None, *, known: Collection[Section] = USUAL_ORDER
) -> tuple[Section, ...]:
    """The sections of a council's template in its order, unknown codes left out; the usual ones without a template."""
    if codes is None:
        return USUAL_ORDER
    names = {section.value: section for section in known}
    return tuple(dict.fromkeys(names[code] for code in codes if code in names))
