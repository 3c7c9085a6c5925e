"""What is missing in a report before it is signed, and what its author should know. Plain Python but for its rows."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deadlines.sentences import day_in_words
from reporting.models import Judgement, Report, ReportSection
from reporting.reports.facts import Facts
from reporting.reports.kinds import KINDS, Topic, part_of
from reporting.reports.words import cited, unknown


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to see to; `serious` things keep a report from being signed. `code` is the section it is about."""

    text: str
    code: str = ""
    serious: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """How complete a section is, in words, and whether that is enough."""

    words: str
    complete: bool


def check(
    report: Report,
    sections: Iterable[ReportSection],
    judgements: Mapping[str, Judgement],
    facts: Facts,
    *,
    last_board: dt.date | None,
) -> list[Finding]:
    """What is missing (serious), then what the author should know.

    `last_board` is the board held last: figures older than it are told of.
    """
    kind = KINDS[report.kind]
    missing: list[Finding] = []
    warned: list[Finding] = []
    for section in sections:
        part = part_of(kind, section.code)
        if part.required and not section.text.strip():
            missing.append(Finding(f"“{section.heading}” is empty", section.code))
        if part.judges:
            left = not_judged(facts, judgements)
            if left:
                words = ", ".join(left[:8]) + (f" and {len(left) - 8} more" if len(left) > 8 else "")  # noqa: PLR2004
                missing.append(Finding(f"Not judged yet: {words}", section.code))
        warned += [
            Finding(f"[{one.ref}] has not been tested independently", section.code, serious=False)
            for one in cited(section.text, facts)
            if one.tested is False
        ]
        if Topic.TESTING in part.topics and section.prints_facts and facts.unshared:
            words = (
                f"{', '.join(facts.unshared)}: not shared with the council yet, and printed in this report"
            )
            warned.append(Finding(words, section.code, serious=False))
        warned += [
            Finding(f"{mark} points at nothing in the facts", section.code, serious=False)
            for mark in unknown(section.text, facts)
        ]
    if not report.frozen:
        missing.append(Finding("The facts are not frozen: they still change every day"))
    if facts.position_on is None and kind.parts[0].topics:
        warned.append(Finding("There is no position of the plan behind its figures", serious=False))
    elif last_board is not None and facts.position_on is not None and facts.position_on < last_board:
        held, on = day_in_words(last_board), day_in_words(facts.position_on)
        warned.append(Finding(f"Its figures are of {on}, before the last board of {held}", serious=False))
    # what several sections say is told once, at the first of them
    once = {one.text: one for one in reversed(warned)}
    return [*missing, *reversed(once.values())]


def not_judged(facts: Facts, judgements: Mapping[str, Judgement]) -> list[str]:
    """The references of requirements that nobody has judged."""
    return [
        one.ref for one in facts.requirements if one.key not in judgements or not judgements[one.key].verdict
    ]


def completeness(
    report: Report, section: ReportSection, judgements: Mapping[str, Judgement], facts: Facts
) -> Done:
    """How complete one section is."""
    part = part_of(KINDS[report.kind], section.code)
    words = len(section.text.split())
    if part.judges:
        left, total = len(not_judged(facts, judgements)), len(facts.requirements)
        return Done(f"{total - left} of {total} judged", left == 0)
    if words:
        return Done(f"{words} words" if words != 1 else "1 word", complete=True)
    return Done("Empty", complete=False) if part.required else Done("Optional, empty", complete=True)
