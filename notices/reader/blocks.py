"""Lines put together into blocks: headings, numbered or bulleted provisions, paragraphs, footnotes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from notices.reader.source import Line
from notices.reader.words import MONTH, NUMBERS

_BULLET = re.compile(r"^\s*[-–—•·●▪◦*o\uf0b7]\s+(?=\S)")
_LABEL = re.compile(
    r"^\s*[“\"‘']?(?:\((?P<round>[0-9]{1,3}|[a-z]{1,5}|[A-Z])\)|(?P<dotted>\d{1,3}(?:\.\d{1,3})+)[.)]?|"
    r"(?P<part>[A-Z]\d{1,2}(?:\.\d{1,2})*)[.):]|(?P<point>\d{1,3}[A-Z]?|[a-zA-Z]|[ivxl]{2,6})[.)])\s+(?=\S)"
)
# a number without a full stop is a label where it goes on with the numbers before it
_BARE_NUMBER = re.compile(rf"^\s*(?P<number>\d{{1,2}})\s+(?=[A-Z“‘\"'])(?!{MONTH})")
_ANNEX = re.compile(
    r"^\W*(?:schedule|annex|appendix)\b(?:\s+(?:\w{1,3}|one|two|three))?\b\W*$", re.IGNORECASE
)
_PARAGRAPH_WORD = re.compile(r"^\s*paragraph\s+(?P<number>\d{1,3})\s*[.:)]\s+", re.IGNORECASE)
_FOOTNOTE = re.compile(r"^\s*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*(?=\S)|(?:\[\d+\]|\d{1,2})\s*(?=https?://|<https?://|www\.))")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_ENDED = re.compile(r"[.;:!?][”’\"')\]]*\s*[¹²³⁴⁵⁶⁷⁸⁹]*$|[,;]?\s(?:and|or)$")
_DUTY = re.compile(r"\b(?:must|shall|should|will|may|is|are|was|has|have|can)\b", re.IGNORECASE)
_SIGNED = re.compile(r"^\s*(?:signed|signature|yours (?:sincerely|faithfully))\b", re.IGNORECASE)
_FIELD = re.compile(
    r"^\s*(?:\w+\s*/\s*)?(?:to|address|from|date|dated|ref|reference|cc)\s*:|^\s*address\s+\S", re.IGNORECASE
)
_LEADS_ON = re.compile(
    r"\b(?:by|ensuring|includ\w+|that|to|following|(?:must|shall|should|will)(?: ensure)?):$|"
    r"\b(?:must|shall|should|substitute|insert|omit|add)\b"
)
_LEADS_TO = re.compile(r"\b(?:lead|leads|led) to:$|as follows:$|\bcomply\b.*:$")
_DIVIDED = re.compile(r"(?P<part>[A-Za-z]+)(?P<hyphen>[-\u2010\u00ad])$")
# first parts of words that are written with a hyphen anyway
_COMPOUNDS = frozenset(
    {
        *NUMBERS,
        "multi",
        "inter",
        "non",
        "self",
        "co",
        "re",
        "pre",
        "post",
        "well",
        "long",
        "short",
        "full",
        "part",
        "in",
        "up",
        "step",
        "cross",
        "sub",
        "high",
        "low",
        "year",
        "half",
        "follow",
        "peer",
        "whole",
        "joint",
        "decision",
        "bi",
    }
)
_LONGEST_HEADING = 110
_TAIL = 40
# lines of these lengths were wrapped by whoever laid the page out; longer ones are whole paragraphs
_WRAPPED = (50, 130)


class Kind(StrEnum):
    """What a block is by its looks."""

    HEADING = "heading"
    MARKED = "marked"
    BULLET = "bullet"
    PLAIN = "plain"
    FIELD = "field"
    SIGNED = "signed"
    FOOTNOTE = "footnote"


@dataclass(slots=True)
class Block:
    """A block: its kind, the label before it ("3", "a", "iv") as written, its words, its place in the
    text.
    """

    kind: Kind
    text: str
    label: str = ""
    written: str = ""
    start: int = 0
    lines: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def end(self) -> int:
        """Where its words end in the text (excluded)."""
        return self.start + len(self.text)


def blocks_of(lines: Iterable[Line]) -> list[Block]:
    """The blocks in order, footnotes where they stood; a paragraph cut by a page end is one again."""
    blocks: list[Block] = []
    last: Block | None = None
    signed, number = False, 0
    for line in lines:
        text = _EMPHASIS.sub("", line.text).strip()
        if not text:
            continue
        signed = signed and not is_annex(text)
        fresh = _begin(text, signed=signed, number=number)
        signed = signed or fresh.kind is Kind.SIGNED
        number = int(fresh.label) if fresh.label.isdigit() else number
        if last is not None and not signed and _continues(last, fresh, line):
            last.lines.append(text)
            last.size += len(text) + 1
            continue
        blocks.append(fresh)
        if fresh.kind is not Kind.FOOTNOTE:
            last = fresh
    for block in blocks:
        block.text = _joined(block.lines)
        if block.kind is Kind.PLAIN and reads_as_heading(block.text):
            block.kind = Kind.HEADING
    return blocks


def _joined(lines: list[str]) -> str:
    """The lines as one text; a word that a line's end divided is whole again, a compound keeps its hyphen."""
    text = lines[0]
    for line in lines[1:]:
        divided = _DIVIDED.search(text)
        if not divided or not line[0].islower():
            text += f" {line}"
        elif divided["hyphen"] == "-" and divided["part"].lower() in _COMPOUNDS:
            text += line
        else:
            text = text[: divided.start("hyphen")] + line
    return text


def is_annex(text: str) -> bool:
    """Whether words head a schedule or an annex."""
    return bool(_ANNEX.match(text))


def _begin(text: str, *, signed: bool, number: int) -> Block:
    """A block that begins with this line, `number` being the last one that labelled a block."""
    kind, label, written = Kind.PLAIN, "", ""
    label_match = _LABEL.match(text) or _PARAGRAPH_WORD.match(_BULLET.sub("", text))
    bare = _BARE_NUMBER.match(text)
    if label_match is None and bare and int(bare["number"]) == number + 1:
        label_match = bare
    bulleted = _BULLET.match(text)
    if _FOOTNOTE.match(text):
        kind = Kind.FOOTNOTE
    elif _SIGNED.match(text):
        kind = Kind.SIGNED
    elif _FIELD.match(text):
        kind = Kind.FIELD
    elif not signed and (label_match or bulleted):
        inner = text[bulleted.end() :] if bulleted and not label_match else text
        label_match = label_match or _LABEL.match(inner)
        if label_match:
            label = next(filter(None, label_match.groups()))
            written, text, kind = label_match[0], inner[label_match.end() :], Kind.MARKED
        else:
            written, text, kind = bulleted[0] if bulleted else "", inner, Kind.BULLET
    return Block(kind, text, label, written.strip(), lines=[text], size=len(text))


def _continues(last: Block, fresh: Block, line: Line) -> bool:
    """Whether a line goes on with the last block: a wrapped line, or one where a page end cut a sentence."""
    if fresh.kind is not Kind.PLAIN or last.kind is Kind.SIGNED:
        return False
    if last.kind is Kind.FIELD:
        return not line.gap and len(fresh.text) < _WRAPPED[0]
    if not line.gap and _WRAPPED[0] < len(last.lines[-1]) <= _WRAPPED[1]:
        return True
    tail = last.lines[-1][-_TAIL:]
    ended = bool(_ENDED.search(tail))
    if fresh.text[0].islower():
        return not (line.gap and tail.endswith("."))
    prose = last.kind is not Kind.PLAIN or last.size > _LONGEST_HEADING
    return prose and not ended and not reads_as_heading(fresh.text)


def reads_as_heading(text: str) -> bool:
    """Whether words are a heading:
    short, no sentence, binding nobody, or leading on to what is assessed or follows.
    """
    if len(text) > _LONGEST_HEADING or not text[0].isupper():
        return False
    if text.endswith(":"):
        return bool(_LEADS_TO.search(text)) or not _LEADS_ON.search(text)
    return not re.search(r"[.;,]$", text) and not _DUTY.search(text)


def laid_out(blocks: list[Block]) -> str:
    """The whole text, one block a paragraph with its label before it; sets where each block's words start."""
    text = ""
    for block in blocks:
        text += "\n\n" if text else ""
        text += f"{block.written} " if block.written else ""
        block.start = len(text)
        text += block.text
    return text
