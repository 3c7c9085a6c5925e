"""A report put together: what page, PDF and Word show alike, and the plain values that submitting keeps.

`body_of` writes everything a report says as JSON values; `compose` reads it back into passages, tables and notes. A
draft goes the same way, so that what is submitted is what was previewed. Plain Python but for the rows it reads.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from deadlines.sentences import day_in_words
from reporting.models import Judgement, Report, ReportSection
from reporting.reports.facts import Block, Cell, Facts, Reference, Row, as_json, from_json
from reporting.reports.from_notice import paragraph
from reporting.reports.kinds import KINDS, Kind, Part, part_of
from reporting.reports.words import Passage, cited, read

NOT_JUDGED_YET = "Not judged yet"


@dataclass(frozen=True)
class Section:
    """One section: the author's words, and the facts that are printed under them."""

    code: str
    heading: str
    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Note:
    """What a claim points at, with the number that stands behind the claim."""

    number: int
    reference: Reference


@dataclass(frozen=True)
class Composed:
    """A whole report. `edition` says what copy this is ("" for the one that was submitted)."""

    title: str
    council: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    author: str
    dated: str
    edition: str
    period: str
    position: str
    corrects: str
    signature: tuple[str, ...]
    invented: bool
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]

    def number_of(self, reference: Reference) -> int:
        """The number of a note."""
        return next(note.number for note in self.notes if note.reference.ref == reference.ref)


def body_of(report: Report, facts: Facts) -> dict[str, Any]:
    """Everything that a report says, as JSON values."""
    return body_from(report, facts, report.sections.order_by("order", "pk"), report.judgements.all())


def body_from(
    report: Report, facts: Facts, sections: Iterable[ReportSection], judgements: Iterable[Judgement] = ()
) -> dict[str, Any]:
    """The same from rows that need not be stored."""
    return {
        "kind": report.kind,
        "council": report.council.name,
        "board": report.board.name if report.board else "",
        "invented": report.council.invented,
        "addressee": report.addressee,
        "signature": report.signature,
        "corrects": report.corrects,
        "facts": as_json(facts),
        "sections": [
            {
                "code": section.code,
                "heading": section.heading,
                "area": section.area,
                "text": section.text,
                "prints_facts": section.prints_facts,
            }
            for section in sections
        ],
        "judgements": {
            row.requirement_key: {"verdict": row.verdict, "words": row.words} for row in judgements
        },
    }


def hash_of(body: Mapping[str, Any]) -> str:
    """The SHA-256 of a body as canonical JSON."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def compose(body: Mapping[str, Any], *, edition: str, dated: dt.date) -> Composed:
    """The report that a body says, dated a day. Raises KeyError for a body that `body_of` did not write."""
    kind, facts = KINDS[body["kind"]], from_json(body["facts"])
    texts = [section["text"] for section in body["sections"]]
    pointed = dict.fromkeys(one.ref for text in texts for one in cited(text, facts))
    return Composed(
        title=kind.title,
        council=body["council"],
        sender=kind.sender(body["council"], body["board"]),
        addressee=tuple(line.strip() for line in body["addressee"].splitlines() if line.strip())
        or (kind.to,),
        author=kind.signs_as,
        dated=day_in_words(dated),
        edition=edition,
        period=period_in_words(facts),
        position=_position(facts),
        corrects=body["corrects"],
        signature=tuple(line for line in body["signature"].splitlines() if line.strip()),
        invented=body["invented"],
        sections=_each_table_once(
            _section(kind, section, facts, body["judgements"])
            for section in body["sections"]
            if section["text"].strip() or _says_something(part_of(kind, section["code"]), section, facts)
        ),
        notes=tuple(
            Note(number, facts.by_ref[ref.casefold()]) for number, ref in enumerate(pointed, start=1)
        ),
    )


def period_in_words(facts: Facts) -> str:
    """The days that a report speaks of."""
    if facts.since is None:
        return f"up to {day_in_words(facts.as_at)}"
    return f"{day_in_words(facts.since)} to {day_in_words(facts.as_at)}"


def _position(facts: Facts) -> str:
    if facts.position_on is None:
        return ""
    words = f"as at {day_in_words(facts.position_on)}"
    return f"{words}, compared with {day_in_words(facts.before_on)}" if facts.before_on else words


def _section(kind: Kind, section: Mapping[str, Any], facts: Facts, judgements: Mapping[str, Any]) -> Section:
    part = part_of(kind, section["code"])
    blocks: list[Block] = []
    if section["prints_facts"]:
        blocks += facts_of_part(part, section["area"], facts)
    if part.judges:
        blocks.append(verdicts(facts, judgements))
    return Section(section["code"], section["heading"], read(section["text"], facts), tuple(blocks))


def _each_table_once(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections, each without the tables that stand in an earlier one."""
    printed: set[Block] = set()
    found = []
    for section in sections:
        found.append(
            replace(section, blocks=tuple(block for block in section.blocks if block not in printed))
        )
        printed.update(section.blocks)
    return tuple(found)


def _says_something(part: Part, section: Mapping[str, Any], facts: Facts) -> bool:
    """Whether a section without words is printed: for its facts, or because it must not stay empty."""
    shown = section["prints_facts"] and facts_of_part(part, section["area"], facts)
    return bool(shown) or part.judges or part.required


def facts_of_part(part: Part, area: str, facts: Facts) -> list[Block]:
    """The facts that a section shows."""
    return facts.blocks(tuple(str(topic) for topic in part.topics), area)


def verdicts(facts: Facts, judgements: Mapping[str, Any]) -> Block:
    """Each requirement with the author's judgement, and what that rests on."""
    labels = dict(Judgement.Verdict.choices)
    rows = []
    for one in facts.requirements:
        said = judgements.get(one.key) or {"verdict": "", "words": ""}
        rests = filter(None, (said["words"].strip(), " ".join(one.lines)))
        rows.append(
            Row(
                (
                    Cell(one.ref),
                    Cell(" ".join(one.text.split())),
                    Cell(labels.get(said["verdict"], NOT_JUDGED_YET)),
                    Cell("\n".join(rests) or "–"),
                ),
                paragraph(one.ref),
            )
        )
    columns = ("Notice", "Requirement", "Judgement", "What it rests on")
    words = "" if rows else "No notice has been read in, so there are no requirements to judge."
    return Block("Requirements of the notice", words, columns if rows else (), (10, 38, 15, 37), tuple(rows))
