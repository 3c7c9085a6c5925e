"""The scale of a plan whose documents rate nothing. Plain Python.

Without one nobody could say how an action stands. The page shows it before anything is written, and what its codes mean
can be changed there.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from plans import reader
from plans.rag import Palette, Standing

USUAL = tuple(
    reader.ScaleEntry(colour.label[0], colour.label, meaning, None, colour, standing, is_mark=False, used=0)
    for colour, meaning, standing in (
        (Palette.RED, "Off track", Standing.OFF_TRACK),
        (Palette.AMBER, "At risk", Standing.AT_RISK),
        (Palette.GREEN, "On track", Standing.ON_TRACK),
        (Palette.BLUE, "Complete", Standing.COMPLETE),
    )
)
"""Red, amber, green and blue for what is done: what most councils rate by."""


def rates_nothing(reading: reader.Reading) -> bool:
    """Whether a document has no ratings, neither in a legend nor in its cells."""
    return all(entry.is_mark for entry in reading.scale)


def with_a_scale(reading: reader.Reading, ratings: Collection[str]) -> reader.Reading:
    """The reading with the usual scale, where neither it nor the plan (`ratings`: its codes) has any."""
    if ratings or not rates_nothing(reading):
        return reading
    taken = {entry.code for entry in reading.scale}
    scale = (*reading.scale, *(entry for entry in USUAL if entry.code not in taken))
    return replace(reading, scale=scale, findings=(*reading.findings, *_said_done(reading)))


def still_asked(reading: reader.Reading, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers without those to questions that came with the usual scale, where it is not needed any more."""
    asked = {finding.id for finding in reading.findings}
    return {number: key for number, key in answers.items() if number in asked or not number.startswith(_DONE)}


_DONE, _COMPLETE = "done-", USUAL[-1]
_DONE_WORDS = re.compile(r"\s*(?:completed?|done|delivered|achieved|closed|implemented)\b", re.IGNORECASE)


def _said_done(reading: reader.Reading) -> Iterator[reader.Finding]:
    """A question for each action that is not rated and whose date begins with the word that it is done."""
    label = f"Rate it {_COMPLETE.code} {_COMPLETE.name}: {_COMPLETE.meaning.lower()}"
    for action in reading.actions:
        if action.rating is not None or not _DONE_WORDS.match(action.timeline):
            continue
        rated = reader.Change("action", action.key, "rating", _COMPLETE.code)
        yield reader.Finding(
            id=f"{_DONE}{action.key}",
            code=reader.FindingCode.SAID_DONE,
            severity=reader.Severity.QUESTION,
            message=f"It is due “{action.timeline}”, and nothing rates it. It is unrated until you choose.",
            ref=action.ref,
            table=action.table,
            row=action.row,
            place=f"{reading.tables[action.table].label}, row {action.row}" if reading.tables else "",
            suggestion=_COMPLETE.code,
            choices=(
                reader.Choice(_COMPLETE.code, label, (rated,)),
                reader.Choice("none", "Leave it unrated"),
            ),
        )
