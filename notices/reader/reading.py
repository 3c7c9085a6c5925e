"""What the reader found, as plain values: nothing here takes effect before a person confirms it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deadlines.codec import to_json
from deadlines.events import Happening
from deadlines.obligations import Force
from deadlines.schedules.base import Schedule


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the notice and where they stand: `reading.text[start:end] == text`."""

    text: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """The words and where they stand (end excluded), to be put into what is quoted from."""
        return {"quote": self.text, "span": [self.start, self.end]}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One provision: the notice's own reference (made from heading and place where it has none), and its
    words.
    """

    ref: str
    heading: str
    text: str
    parent: str | None
    quote: Quote

    def as_json(self) -> dict[str, Any]:
        """The requirement as JSON values."""
        return {
            "ref": self.ref,
            "heading": self.heading,
            "text": self.text,
            "parent": self.parent,
            "span": [self.quote.start, self.quote.end],
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """One obligation as proposed: `also` names the other provisions that ask for the same.

    `met_by` says which recorded events do it. `key` is what schedules of other proposals count from.
    """

    key: str
    requirement: str
    duty_holder: str
    recipient: str | None
    deliverable: str
    force: Force
    schedule: Schedule
    quote: Quote
    also: tuple[str, ...] = ()
    met_by: Happening | None = None

    def as_json(self) -> dict[str, Any]:
        """The proposal as JSON values, the schedule in its versioned form with its sentence beside it."""
        met_by = {"kind": self.met_by.kind, "which": self.met_by.which} if self.met_by else None
        return {
            "key": self.key,
            "requirement": self.requirement,
            "also": list(self.also),
            "duty_holder": self.duty_holder,
            "recipient": self.recipient,
            "deliverable": self.deliverable,
            "force": self.force.value,
            "schedule": to_json(self.schedule),
            "sentence": self.schedule.sentence(),
            "met_by": met_by,
            **self.quote.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: its words, and the schedule it would give where it gives one."""

    label: str
    schedule: Schedule | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON values."""
        return {"label": self.label, "schedule": to_json(self.schedule) if self.schedule else None}


@dataclass(frozen=True, slots=True)
class Question:
    """What the words leave open, with a proposal.

    `blocks` when the proposed schedule rests on the answer: left open, the obligation is "not yet agreed".
    `words` are those that leave it open.
    """

    code: str
    text: str
    proposal: str
    options: tuple[Option, ...] = ()
    obligation: str | None = None
    requirement: str | None = None
    quote: Quote | None = None
    blocks: bool = False
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        """The question as JSON values."""
        return {
            "code": self.code,
            "text": self.text,
            "proposal": self.proposal,
            "options": [option.as_json() for option in self.options],
            "obligation": self.obligation,
            "requirement": self.requirement,
            "blocks": self.blocks,
            "words": self.words,
            **(self.quote.as_json() if self.quote else {"quote": None, "span": None}),
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """An inspection that the notice rests on, as far as its words tell: dates whole or as words.

    `judged_in` are the words that tell its judgement, where those are others than the quote, which dates it.
    """

    what: str
    published_on: date | None
    dated: date | None
    date_words: tuple[str, ...]
    judgement: str | None
    quote: Quote
    judged_in: str = ""

    def as_json(self) -> dict[str, Any]:
        """The evidence as JSON values."""
        return {
            "what": self.what,
            "published_on": self.published_on.isoformat() if self.published_on else None,
            "dated": self.dated.isoformat() if self.dated else None,
            "date_words": list(self.date_words),
            "judgement": self.judgement,
            "judged_in": self.judged_in,
            **self.quote.as_json(),
        }


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """A notice as read. `text` is what quotes point into:
    every word of the file, lines put together again.
    """

    text: str
    council: str | None
    addressee: str | None
    issued_on: date | None
    signatory: str | None
    evidence: tuple[Evidence, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    obligations: tuple[Proposal, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The reading as JSON values, as `read_notice --json` prints it."""
        return {
            "council": self.council,
            "addressee": self.addressee,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "signatory": self.signatory,
            "evidence": [evidence.as_json() for evidence in self.evidence],
            "requirements": [requirement.as_json() for requirement in self.requirements],
            "obligations": [obligation.as_json() for obligation in self.obligations],
            "questions": [question.as_json() for question in self.questions],
        }
