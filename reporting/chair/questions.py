"""What a chair may want to challenge at a meeting: facts turned into questions worth asking. Plain Python.

Each question says what is the case, what to ask about it, and where the case can be looked at. Its key names the case,
so that what the chair noted or ticked stays with it however often the questions are worked out again.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from boards.rules.partners import seldom_there
from boards.rules.sampling import Candidate, sample
from plans.adding_up import Contradiction
from plans.rag import Standing
from plans.rows import ActionRow, Code, concern
from plans.table import PlanTable
from reporting.packs.facts import Slip

To = Callable[..., str]
MOST = 6  # of one topic: a page of everything is no help in a meeting


class Topic(StrEnum):
    """What a question is about, in the order in which a chair would go through them."""

    OVERDUE = "overdue"
    OFF_TRACK = "off_track"
    WORSE = "worse"
    SLIPPED = "slipped"
    PROMISES = "promises"
    ADDS_UP = "adds_up"
    UNTESTED = "untested"
    PARTNERS = "partners"

    @property
    def heading(self) -> str:
        return _HEADINGS[self]


_HEADINGS = {
    Topic.OVERDUE: "Overdue to the notice and to the board",
    Topic.OFF_TRACK: "Off track",
    Topic.WORSE: "Worse since the last board",
    Topic.SLIPPED: "Ends that were moved",
    Topic.PROMISES: "Promised before",
    Topic.ADDS_UP: "Does not add up",
    Topic.UNTESTED: "Claimed complete, not tested",
    Topic.PARTNERS: "Partners",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to challenge: what is the case, what to ask, and the page that shows it."""

    key: str
    topic: Topic
    about: str
    case: str
    ask: str
    link: str


@dataclass(frozen=True, slots=True)
class LateDuty:
    """A deadline of the notice that is overdue."""

    what: str
    who: str
    due: dt.date
    obligation: int
    of_department: bool = False


@dataclass(frozen=True, slots=True)
class LateMatter:
    """A matter arising past its day; `said` is how often somebody said how it stands and left it open."""

    pk: int
    number: int
    text: str
    owner: str
    asked_on: dt.date
    due_on: dt.date
    said: int


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """How often an organisation was there, and which of its actions were not reported since the last board."""

    number: int
    name: str
    there: int
    asked: int
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """The same next step, said of an action again and again: how often, and since when."""

    text: str
    times: int
    since: dt.date


@dataclass(frozen=True)
class ChairFacts:
    """What the questions are made of, as far as the chair may see it."""

    on: dt.date
    table: PlanTable | None = None
    before: PlanTable | None = None
    before_on: dt.date | None = None
    slips: tuple[Slip, ...] = ()
    moves: Mapping[int, int] = field(default_factory=dict)  # how often each action's end was moved, ever
    promises: Mapping[int, Promise] = field(default_factory=dict)
    duties: tuple[LateDuty, ...] = ()
    matters: tuple[LateMatter, ...] = ()
    partners: tuple[PartnerFacts, ...] = ()
    tested: Mapping[int, dt.date] = field(default_factory=dict)
    board: int = 0


def questions(facts: ChairFacts, to: To) -> dict[Topic, list[Question]]:
    """What to challenge, by topic, the most pressing first within each; topics without a question are left out."""
    found = {topic: _PROVIDERS[topic](facts, to) for topic in Topic}
    return {topic: asked for topic, asked in found.items() if asked}


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


def _called(code: Code | None) -> str:
    return code.label if code else "not rated"


def _short(words: str, most: int = 140) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _listed(refs: Iterable[str], most: int = 6) -> str:
    shown = list(refs)
    more = len(shown) - most
    return ", ".join(shown[:most]) + (f" and {more} more" if more > 0 else "")


def _overdue(facts: ChairFacts, to: To) -> list[Question]:
    duties = [
        Question(
            f"duty:{late.obligation}:{late.due.isoformat()}",
            Topic.OVERDUE,
            late.what,
            f"{late.who} owed it by {_day(late.due)}, {(facts.on - late.due).days} days ago",
            "When will it come, and what does the plan lose by waiting for it?"
            if late.of_department
            else "When will it come, and what has the Department been told?",
            to("notices:deadline", obligation=late.obligation, due=late.due.isoformat()),
        )
        for late in sorted(facts.duties, key=lambda late: late.due)
    ]
    matters = [
        Question(
            f"matter:{late.pk}",
            Topic.OVERDUE,
            f"Matter {late.number}",
            f"{_short(late.text)} Asked of {late.owner} on {_day(late.asked_on)}, due {_day(late.due_on)}"
            + (f"; said to be in hand {late.said} times" if late.said > 1 else ""),
            "What has been done, and by what day will it be finished?"
            if late.said <= 1
            else "This was said to be in hand before. What stands in the way?",
            to("boards:matter", matter=late.pk),
        )
        for late in sorted(facts.matters, key=lambda late: (late.due_on, late.number))
    ]
    return duties + matters


def _action(row: ActionRow, to: To) -> str:
    return to("plans:action", pk=row.id)


def _then(facts: ChairFacts) -> dict[int, ActionRow]:
    return {row.id: row for row in facts.before.actions} if facts.before else {}


def _off_track(facts: ChairFacts, to: To) -> list[Question]:
    then = _then(facts)
    found = []
    rows = [row for row in facts.table.actions if _is(row, Standing.OFF_TRACK)] if facts.table else []
    for row in sorted(rows, key=lambda row: (row.ends_on or dt.date.max, row.order)):
        again = row.id in then and _is(then[row.id], Standing.OFF_TRACK)
        end = f", due {_day(row.ends_on)}" if row.ends_on else ""
        lead = row.lead_names or "nobody"
        ask = (
            "It was off track at the last board too. What has been done differently since?"
            if again
            else "What would bring it back, who decides that, and by when will the board see it?"
        )
        case = f"{_short(row.activity)} {_called(row.rating)}{end}, led by {lead}"
        found.append(Question(f"off:{row.id}", Topic.OFF_TRACK, row.ref, case, ask, _action(row, to)))
    return found


def _is(row: ActionRow, standing: Standing) -> bool:
    return row.rating is not None and row.rating.standing is standing


def _worse(facts: ChairFacts, to: To) -> list[Question]:
    then = _then(facts)
    found = []
    for row in facts.table.actions if facts.table else ():
        old = then.get(row.id)
        if old is None or concern(row.rating) >= concern(old.rating) or _is(row, Standing.OFF_TRACK):
            continue
        case = f"{_short(row.activity)} From {_called(old.rating)} to {_called(row.rating)}"
        ask = "What changed since the last board, and could it have been seen coming?"
        found.append(
            (
                concern(row.rating),
                Question(f"worse:{row.id}", Topic.WORSE, row.ref, case, ask, _action(row, to)),
            )
        )
    return [question for _, question in sorted(found, key=lambda pair: pair[0])]


def _slipped(facts: ChairFacts, to: To) -> list[Question]:
    found = []
    last = {
        slip.action.id: slip for slip in facts.slips if slip.old and (not slip.new or slip.new > slip.old)
    }
    for slip in sorted(last.values(), key=lambda slip: -facts.moves.get(slip.action.id, 1)):
        row, times = slip.action, facts.moves.get(slip.action.id, 1)
        to_day = _day(slip.new) if slip.new else "no day at all"
        case = f"{_short(row.activity)} Its end went from {_day(slip.old)} to {to_day}" if slip.old else ""
        case += f": {_short(slip.reason)}" if slip.reason else ", without a reason"
        ask = (
            f"It has moved {times} times. Why will the new day hold where the others did not?"
            if times > 1
            else "What depends on it, and what is done meanwhile for the children concerned?"
        )
        found.append(Question(f"slip:{row.id}:{times}", Topic.SLIPPED, row.ref, case, ask, _action(row, to)))
    return found


def _promises(facts: ChairFacts, to: To) -> list[Question]:
    rows = {row.id: row for row in facts.table.actions} if facts.table else {}
    known = [(number, promise) for number, promise in facts.promises.items() if number in rows]
    return [
        Question(
            f"promise:{number}",
            Topic.PROMISES,
            rows[number].ref,
            f"“{_short(promise.text)}” was the next step in the last {promise.times} reports, first for"
            f" {_day(promise.since)}",
            "Why was it not done when it was first promised, and what makes this time different?",
            _action(rows[number], to),
        )
        for number, promise in sorted(known, key=lambda pair: (-pair[1].times, rows[pair[0]].order))
        if not rows[number].finished
    ]


_ASKS = {
    "on_track_past_end": "How can it be on track when its end has passed?",
    "reported_better_than_assured": "Why is it reported better than testing found it?",
    "objective_complete_with_open_actions": "What is the judgement based on while actions are open?",
    "complete_without_evidence": "What can you show us today that proves it is done?",
    "complete_before_start": "When was it really done, and who checked?",
    "started_not_begun": "Why has it not begun, and does its end still hold?",
    "end_before_start": "Which of the two dates is right?",
    "not_updated_since_board": "Why does the board have no report, and how does it stand today?",
    "lead_with_too_much_due": "Which of these will be done on time, and who can help with the rest?",
    "duplicate_actions": "Are these one action or two?",
    "no_readable_date": "By what day will it be done?",
}
_ELSEWHERE = frozenset({"not_updated_since_board"})  # asked of partners together, and seen in the round


def _adds_up(facts: ChairFacts, to: To) -> list[Question]:
    found = facts.table.contradictions if facts.table else ()
    return [
        Question(
            f"rule:{one.rule.code}:{one.action or one.objective or one.ref}",
            Topic.ADDS_UP,
            one.ref,
            f"{one.message}",
            _ASKS.get(one.rule.code, "What would settle it?"),
            _where(one, to),
        )
        for one in found
        if one.rule.code not in _ELSEWHERE
    ]


def _where(one: Contradiction, to: To) -> str:
    if one.action is not None:
        return to("plans:action", pk=one.action)
    if one.objective is not None:
        return to("plans:objective", pk=one.objective)
    return to("plans:adding_up")


def _untested(facts: ChairFacts, to: To) -> list[Question]:
    if facts.table is None:
        return []
    rows = {row.id: row for row in facts.table.actions}
    candidates = [
        Candidate(
            row.id,
            row.ref,
            row.objective_id,
            complete=row.finished,
            overdue=bool(row.ends_on and row.reported_on and row.reported_on > row.ends_on),
            of_notice=bool(row.marks),
            evidence=row.evidence > 0,
            tested_on=facts.tested.get(row.id, row.assured_on),
            reported_on=row.reported_on,
        )
        for row in rows.values()
    ]
    return [
        Question(
            f"claim:{one.candidate.number}",
            Topic.UNTESTED,
            one.candidate.ref,
            f"{_short(rows[one.candidate.number].activity)} {one.because.capitalize()}",
            "What have you seen yourself that shows it is done, and what is different for children?",
            _action(rows[one.candidate.number], to),
        )
        for one in sample(candidates, size=len(candidates), board=facts.before_on)
    ]


def _partners(facts: ChairFacts, to: To) -> list[Question]:
    found = []
    for partner in facts.partners:
        seldom = seldom_there(partner.there, partner.asked)
        if not (seldom or partner.late):
            continue
        said = [f"at {partner.there} of the last {partner.asked} boards"] if seldom else []
        if partner.late:
            said.append(f"no report since the last board on {_listed(partner.late)}")
        ask = (
            "Who will come with the standing to commit the organisation, and what would help them to be here?"
            if seldom
            else "How do these stand, and what keeps the reports from coming in time?"
        )
        link = to("boards:partner", board=facts.board, organisation=partner.number)
        weight = (partner.there / partner.asked if partner.asked else 1, -len(partner.late))
        case = "; ".join(said)
        case = case[0].upper() + case[1:]
        found.append(
            (weight, Question(f"partner:{partner.number}", Topic.PARTNERS, partner.name, case, ask, link))
        )
    return [question for _, question in sorted(found, key=lambda pair: (pair[0], pair[1].about))]


_PROVIDERS: Mapping[Topic, Callable[[ChairFacts, To], list[Question]]] = {
    Topic.OVERDUE: _overdue,
    Topic.OFF_TRACK: _off_track,
    Topic.WORSE: _worse,
    Topic.SLIPPED: _slipped,
    Topic.PROMISES: _promises,
    Topic.ADDS_UP: _adds_up,
    Topic.UNTESTED: _untested,
    Topic.PARTNERS: _partners,
}


def promises_of(reports: Iterable[tuple[int, dt.date, str]]) -> dict[int, Promise]:
    """Next steps said in two reports or more up to the last one, by the action's number.

    `reports` are (action, day, next step), oldest first; the words are compared without case and punctuation at their
    ends. An action whose last report names no next step, or a new one, has none.
    """
    runs: dict[int, list[tuple[dt.date, str]]] = {}
    for number, on, words in reports:
        said = runs.setdefault(number, [])
        if said and _same(said[-1][1], words):
            said.append((on, words))
        else:
            runs[number] = [(on, words)]
    return {
        number: Promise(said[-1][1].strip().rstrip("."), len(said), said[0][0])
        for number, said in runs.items()
        if len(said) > 1 and said[-1][1].strip()
    }


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().strip(" .").split()) == " ".join(other.casefold().strip(" .").split())
