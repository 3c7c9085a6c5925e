"""An author's words: paragraphs, lists, bold, and marks that point at facts. Plain Python.

A blank line parts paragraphs; lines that begin with "- " or "1. " make a list; "## " makes a heading of its own;
**two stars** make bold. [A1.2] points at something in the facts, {actions} is a figure of theirs. What stands in
brackets or braces and is not known to the facts stays as it was typed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reporting.reports.facts import Facts, Figure, Reference

_MARK = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<ref>[^\[\]\n]{1,60})\]|\{(?P<figure>[^{}\n]{1,60})\}")
_BULLET = re.compile(r"^\s*[-*•]\s+(.*)$")
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+(.*)$")
_HEADING = re.compile(r"^#{1,4}\s+(.*)$")


class Shape(StrEnum):
    PARAGRAPH = "p"
    BULLETS = "ul"
    NUMBERS = "ol"
    HEADING = "h"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `reference` where it points at something, `figure` where it is a number of the facts."""

    text: str
    bold: bool = False
    reference: Reference | None = None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading or a list; a list has a line for each item, the others one."""

    shape: Shape
    lines: tuple[tuple[Run, ...], ...]


def read(text: str, facts: Facts) -> tuple[Passage, ...]:
    """The passages of a text, its marks resolved against the facts."""
    return tuple(
        Passage(shape, tuple(tuple(_runs(line, facts)) for line in lines)) for shape, lines in _parts(text)
    )


def cited(text: str, facts: Facts) -> list[Reference]:
    """What a text points at, once each, in the order of mention."""
    found = dict.fromkeys(
        run.reference.ref
        for passage in read(text, facts)
        for line in passage.lines
        for run in line
        if run.reference is not None
    )
    return [facts.by_ref[ref.casefold()] for ref in found]


def unknown(text: str, facts: Facts) -> list[str]:
    """Marks that point at nothing, as they were typed."""
    found = []
    for mark in _MARK.finditer(text):
        ref, figure = mark["ref"], mark["figure"]
        if (ref and ref.strip().casefold() not in facts.by_ref and re.search(r"\d", ref)) or (
            figure and figure.strip().casefold() not in facts.by_key
        ):
            found.append(mark[0])
    return list(dict.fromkeys(found))


def _parts(text: str) -> Iterator[tuple[Shape, list[str]]]:
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        yield from _shaped(part.split("\n"))


def _shaped(lines: Iterable[str]) -> Iterator[tuple[Shape, list[str]]]:
    """A list may follow its sentence without a blank line, as people type."""
    shape, gathered = Shape.PARAGRAPH, list[str]()
    for line in lines:
        kind, words = _kind(line)
        if not words:
            continue
        going_on = kind is Shape.PARAGRAPH and shape in {Shape.BULLETS, Shape.NUMBERS} and line[:1].isspace()
        if going_on and gathered:
            gathered[-1] += f" {words}"
            continue
        if (kind is not shape or kind is Shape.HEADING) and gathered:
            yield shape, _joined(shape, gathered)
            gathered = []
        shape = kind
        gathered.append(words)
    if gathered:
        yield shape, _joined(shape, gathered)


def _joined(shape: Shape, lines: list[str]) -> list[str]:
    return [" ".join(lines)] if shape is Shape.PARAGRAPH else lines


def _kind(line: str) -> tuple[Shape, str]:
    for shape, pattern in (
        (Shape.BULLETS, _BULLET),
        (Shape.NUMBERS, _NUMBER),
        (Shape.HEADING, _HEADING),
    ):
        if found := pattern.match(line):
            return shape, found[1].strip()
    return Shape.PARAGRAPH, line.strip()


def _runs(line: str, facts: Facts, *, bold: bool = False) -> Iterator[Run]:
    place = 0
    for mark in _MARK.finditer(line):
        run = _marked(mark, facts, bold=bold)
        if run is None:
            continue
        if mark.start() > place:
            yield Run(line[place : mark.start()], bold)
        yield from _runs(mark["bold"], facts, bold=True) if mark["bold"] else [run]
        place = mark.end()
    if place < len(line):
        yield Run(line[place:], bold)


def _marked(mark: re.Match[str], facts: Facts, *, bold: bool) -> Run | None:
    """What a mark stands for; None for one that the facts do not know."""
    if mark["bold"]:
        return Run(mark["bold"], bold=True)
    if mark["ref"]:
        reference = facts.by_ref.get(mark["ref"].strip().casefold())
        return Run(reference.ref, bold, reference=reference) if reference else None
    figure = facts.by_key.get(mark["figure"].strip().casefold())
    return Run(figure.value, bold, figure=figure) if figure else None
