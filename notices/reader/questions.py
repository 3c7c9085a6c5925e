"""Questions about the notice as a whole: its date, its signature, its inspection, what nobody can do."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from deadlines.checks import impossible
from deadlines.events import Event
from deadlines.facts import Facts
from deadlines.obligations import Force, Obligation
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import Together, Within
from deadlines.sentences import day_in_words, listed
from notices.reader.opening import Opening
from notices.reader.reading import Evidence, Option, Proposal, Question

_AMENDED = re.compile(r"\b(?:notice|direction)\b[^.;]{0,160}\bamended\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:for|after|before|in|replace|omit|delete|remove)\s+paragraph\s+(?P<para>\d{1,3}[A-Z]?(?:\([a-z]+\)|[a-z])?)|"
    r"\bparagraph\s+(?P<omitted>\d{1,3}[A-Z]?)\s+is\s+(?:omitted|deleted|removed|replaced|amended)",
    re.IGNORECASE,
)
_INSPECTION_DATES = {
    "inspection_published": "The day its report was published",
    "inspection_reported": "The date on its report",
    "inspection_ended": "The day its fieldwork ended",
}
_PUBLICATION = re.compile(r"\bpublication\s+of\b", re.IGNORECASE)


def about_the_notice(opening: Opening, evidence: Sequence[Evidence]) -> Iterator[Question]:
    """What the copy leaves out or says twice: the issue date, the council, who signed."""
    days = sorted({day for day, _ in opening.dates})
    if len(days) > 1:
        given = listed([day_in_words(day) for day in days])
        yield Question(
            "issue_date", f"The notice gives {given}. On which day was it issued?", day_in_words(days[-1])
        )
    elif not days:
        words = dict.fromkeys(word for one in evidence for word in one.date_words)
        proposal = (
            f"A day after the inspection it rests on was known ({listed(list(words))})" if words else ""
        )
        yield Question(
            "issue_date",
            "This copy is not dated. On which day was the notice issued?",
            proposal or "See the covering letter",
        )
    if opening.council is None:
        yield Question("council", "To which council is this notice addressed?", "Choose the council")
    if opening.signatory is None:
        yield Question("signatory", "This copy does not say who signed it. Who did?", "See the signed copy")


_MINDED = re.compile(r"\bminded\s+to\s+(?:issue|give|make|serve)\b", re.IGNORECASE)


def about_a_table(found: str) -> Iterator[Question]:
    """A table is read row by row; one whose columns no ruled line parts has its cells torn into each other."""
    if found == "read":
        yield Question(
            "table",
            "This document holds a table. Each row was read as an item, each cell after its column's head.",
            "Compare the items with the table",
        )
    elif found == "torn":
        yield Question(
            "table",
            "This document holds a table whose columns nothing parts, so that words of one cell may stand among those "
            "of another. Is there a Word file?",
            "Upload the Word file, or compare every item with the table and correct it",
        )


def about_an_amendment(text: str) -> Iterator[Question]:
    """A document that changes single paragraphs does not set out the rest, which confirming it would drop."""
    changed = list(dict.fromkeys(match["para"] or match["omitted"] for match in _CHANGED.finditer(text)))
    if changed and _AMENDED.search(text):
        told = f"paragraph {changed[0]}" if len(changed) == 1 else f"paragraphs {listed(changed)}"
        yield Question(
            "amendment",
            f"This document changes {told} of an earlier notice and does not set out the rest. "
            "Is there a copy of the notice as amended, whole?",
            "Upload the whole notice as amended: confirmed alone, this one would leave out what it does not change",
        )


def about_a_threat(text: str, proposals: Sequence[Proposal]) -> Iterator[Question]:
    """A "minded to" letter binds nobody: what it says the notice would ask for is open until one is issued."""
    minded = _MINDED.search(text)
    if not minded:
        return
    yield Question(
        "minded_to",
        "This letter says that a notice may be issued: what the notice would ask for binds nobody until it is.",
        "Record it as a “minded to” letter, and read the notice in once it is issued",
    )
    for one in proposals:
        if one.force is not Force.MAY and one.quote.start > minded.start():
            yield Question(
                "minded_to",
                "This binds only once a notice is issued. Has one been?",
                "No: it is open until then",
                obligation=one.key,
                requirement=one.requirement,
                quote=one.quote,
                blocks=True,
                words="once a notice is issued",
            )


def about_the_inspection(evidence: Sequence[Evidence], proposals: Sequence[Proposal]) -> Iterator[Question]:
    """Which of the inspection's dates an anchor means, where there is more than one or none that is whole."""
    resting = [
        one
        for one in proposals
        if _anchored(one.schedule, "inspection_published") and not _PUBLICATION.search(one.quote.text)
    ]
    several = [one for one in evidence if one.dated and (one.published_on or len(one.date_words) > 1)]
    for one in several:
        said = listed(list(one.date_words))
        text = f"The inspection has more than one date ({said}). Which one counts?"
        yield from _asked("inspection_date", text, one, resting, blocks=True)
    known = [one for one in evidence if one.published_on]
    if not known and not several:
        for one in evidence:
            said = listed(list(one.date_words))
            text = f"The notice dates the inspection only “{said}”. On which day was it published?"
            yield from _asked("inspection_date", text, one, resting, blocks=True)


def _asked(
    code: str, text: str, evidence: Evidence, resting: Sequence[Proposal], *, blocks: bool
) -> Iterator[Question]:
    proposal = "The day its report was published"
    yield Question(code, text, proposal, quote=evidence.quote)
    for one in resting:
        yield Question(
            code, text, proposal, _dates_of_it(one.schedule), one.key, one.requirement, one.quote, blocks
        )


def _dates_of_it(schedule: Schedule) -> tuple[Option, ...]:
    """The schedule counted from each date that an inspection has."""
    return tuple(
        Option(label, _counted_from(schedule, Anchor(kind))) for kind, label in _INSPECTION_DATES.items()
    )


def _counted_from(schedule: Schedule, anchor: Anchor) -> Schedule:
    if isinstance(schedule, Together):
        return Together(tuple(_counted_from(part, anchor) for part in schedule.parts))
    counted = isinstance(schedule, Within) and schedule.anchor == Anchor("inspection_published")
    return Within(schedule.period, anchor) if counted and isinstance(schedule, Within) else schedule


def _anchored(schedule: Schedule, kind: str) -> bool:
    parts = schedule.parts if isinstance(schedule, Together) else (schedule,)
    return any(isinstance(part, Within) and part.anchor == Anchor(kind) for part in parts)


def about_the_impossible(proposals: Sequence[Proposal], issued_on: date | None) -> Iterator[Question]:
    """Dates that had passed when the notice was issued: nobody can keep them, so the right ones are asked."""
    if issued_on is None:
        return
    facts = Facts.of([Event("notice_issued", issued_on)])
    owed = {one.key: one for one in proposals}
    reasons = impossible([Obligation(one.key, one.schedule) for one in proposals], facts, issued_on)
    for key, reason in reasons.items():
        one = owed[key]
        text = f"{reason} Which date is meant?"
        yield Question(
            "impossible_date", text, "Ask the Department", (), key, one.requirement, one.quote, blocks=True
        )
