"""From blocks to the tree of requirements:
numbered, lettered, roman, bulleted, or unnumbered under headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from notices.reader.blocks import Block, Kind, is_annex, reads_as_heading
from notices.reader.reading import Quote, Requirement

OPENING = re.compile(
    r"\b(?:notice|direction)\b[^.;]{0,160}?(?<!\bit )\bis (?:being |hereby )?(?:issued|given|made|served)\b|"
    r"\bminded to (?:issue|give|make|serve)\b|"
    r"\b(?:constitutes|serves as) (?:an?|the) (?:\w+ )?improvement notice\b|\bamended as follows\b|\bissue you with\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\bfollowing (?:measure|action|step|requirement|improvement)\S*\b.*\b(?:need|requir|comply)",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"\b(?:must|shall|should|(?:is|are|will be|would be) required to|is expected to|are invited to|"
    r"I expect|we expect)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"^(?:x{0,3})(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_SHORT_HEADING = 40


@dataclass(frozen=True, slots=True)
class Provision:
    """A requirement with the block it was read from and the provisions that it stands under, outermost
    first.
    """

    requirement: Requirement
    block: Block
    above: tuple["Provision", ...] = ()
    leaf: bool = True


def body_of(blocks: Sequence[Block]) -> tuple[int, int]:
    """Where the provisions begin and end among the blocks (end excluded)."""
    end = next((place for place, block in enumerate(blocks) if block.kind is Kind.SIGNED), len(blocks))
    opening = next((place for place, block in enumerate(blocks[:end]) if OPENING.search(block.text)), -1)
    listed = next((place for place, block in enumerate(blocks[:end]) if _begins_list(block)), end)
    if listed < opening:
        return listed, end
    marked = opening >= 0 and blocks[opening].kind is Kind.MARKED
    after = range(opening + (not marked), end)
    lists = (place for place in after if _begins_list(blocks[place]) or _FOLLOWING.search(blocks[place].text))
    binding = (
        place
        for place in after
        if place > opening and (blocks[place].kind is Kind.HEADING or _BINDING.search(blocks[place].text))
    )
    starts = [next(lists, end)] if opening < 0 else [next(lists, end), next(binding, end)]
    start = min(starts)
    headed = 0 < start < end and start - 1 > max(opening, 0) and blocks[start - 1].kind is Kind.HEADING
    return start - headed, end


def annexed_from(blocks: Sequence[Block], end: int) -> int:
    """Where a schedule or annex begins behind the signature; the number of blocks where there is none."""
    places = (place for place in range(end, len(blocks)) if is_annex(blocks[place].text))
    return next(places, len(blocks))


def _begins_list(block: Block) -> bool:
    return block.kind is Kind.MARKED and block.label in ("1", "1.1", "1.0", "A1")


def provisions_of(blocks: Sequence[Block]) -> list[Provision]:
    """The provisions of the notice in order, each under those it belongs to.
    No word of the body is left out.
    """
    start, end = body_of(blocks)
    body = [*blocks[start:end], *blocks[annexed_from(blocks, end) :]]
    grower = _Grower(numbered=any(_style(block, "") == "number" for block in body))
    for block in body:
        grower.add(block)
    parents = {provision.requirement.parent for provision in grower.found}
    return [
        Provision(one.requirement, one.block, one.above, leaf=one.requirement.ref not in parents)
        for one in grower.found
    ]


@dataclass(slots=True)
class _Level:
    """One level of the list being read: its style, the last label in it, the provision that has it."""

    style: str
    label: str
    provision: Provision


@dataclass(slots=True)
class _Grower:
    """Reads blocks in order and keeps the levels that are open."""

    numbered: bool
    found: list[Provision] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    heading: str = ""
    under_heading: bool = False
    part: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, block: Block) -> None:
        if block.kind in (Kind.FOOTNOTE, Kind.FIELD):
            return
        if is_annex(block.text):
            # a schedule counts its paragraphs anew
            self.part, self.heading, self.levels = re.sub(r"\W+$", "", block.text).title(), "", []
            return
        if block.kind is Kind.HEADING:
            self.heading = block.text.rstrip(":")
            self.under_heading = True
            return
        if block.kind is Kind.PLAIN:
            self._add_paragraph(block)
        else:
            self._add_item(block)
        self.under_heading = False

    def _add_paragraph(self, block: Block) -> None:
        name = self._name()
        self.levels = [_Level("paragraph", "", self._provision(block, self._next(name), None))]

    def _name(self) -> str:
        """What unnumbered paragraphs are called after: their heading, cut at a word, or "Paragraph"."""
        if self.part:
            return self.part
        if not self.heading or _FOLLOWING.search(self.heading):
            return "Paragraph"
        if len(self.heading) <= _SHORT_HEADING:
            return self.heading
        return self.heading[:_SHORT_HEADING].rsplit(" ", 1)[0]

    def _next(self, name: str) -> str:
        self.counts[name] = self.counts.get(name, 0) + 1
        return f"{name} {self.counts[name]}"

    def _add_item(self, block: Block) -> None:
        style = _style(block, self._last_label())
        if style in ("number", "dotted") and reads_as_heading(block.text):
            self.heading = block.text
        depth = self._depth(block, style)
        above = self.levels[:depth]
        parent = above[-1].provision if above else None
        provision = self._provision(block, self._reference(block, style, parent), parent)
        self.levels = [*above, _Level(style, block.label, provision)]

    def _last_label(self) -> str:
        return next(
            (level.label for level in reversed(self.levels) if level.style in ("letter", "roman")), ""
        )

    def _depth(self, block: Block, style: str) -> int:
        """How many open levels stand above the block."""
        if style == "dotted":
            above = block.label.rpartition(".")[0]
            places = (place for place, level in enumerate(self.levels) if level.label == above)
            return next((place + 1 for place in places), 0)
        if style == "number" and self.numbered and not self._lists_numbers(block):
            return 0
        same = next((place for place, level in enumerate(self.levels) if level.style == style), None)
        if same is not None:
            return same
        # bullets straight under a heading belong to the heading, not to the paragraph before it
        alone = self.under_heading and style == "bullet"
        return 0 if alone else len(self.levels)

    def _lists_numbers(self, block: Block) -> bool:
        """Whether numbers here are a list under an unnumbered paragraph."""
        return bool(self.levels) and self.levels[0].style == "paragraph" and not self.under_heading

    def _reference(self, block: Block, style: str, parent: Provision | None) -> str:
        above = parent.requirement.ref if parent else ""
        if style in ("number", "dotted"):
            alone = f"{self.part} {block.label}".strip()
            return self._unused(alone if not above or style == "dotted" else f"{above}({block.label})")
        if style == "bullet":
            name = above or self._name()
            return self._next(name) if not above else self._next_of(above)
        plain = (
            style == "letter"
            and parent is not None
            and parent.block.kind is Kind.MARKED
            and above[-1].isdigit()
        )
        return self._unused(f"{above}{block.label}" if plain else f"{above or self._name()}({block.label})")

    def _next_of(self, above: str) -> str:
        self.counts[above] = self.counts.get(above, 0) + 1
        return f"{above}-{self.counts[above]}"

    def _unused(self, ref: str) -> str:
        used = {provision.requirement.ref for provision in self.found}
        if ref not in used:
            return ref
        named = f"{self._name()} {ref}"
        return named if named not in used else self._next(named)

    def _provision(self, block: Block, ref: str, parent: Provision | None) -> Provision:
        quote = Quote(block.text, block.start, block.end)
        above = (*parent.above, parent) if parent else ()
        requirement = Requirement(
            ref, self.heading, block.text, parent.requirement.ref if parent else None, quote
        )
        provision = Provision(requirement, block, above)
        self.found.append(provision)
        return provision


def _style(block: Block, previous: str) -> str:
    """What kind of label a block has; "i" and "v" are letters only where the letters have come to them."""
    label = block.label
    if block.kind is Kind.BULLET:
        return "bullet"
    if not label:
        return ""
    if any(sign.isdigit() for sign in label):
        return "dotted" if "." in label else "number"
    lower = label.lower()
    follows_letter = len(lower) == 1 and len(previous) == 1 and ord(lower) == ord(previous.lower()) + 1
    if _ROMAN.match(lower) and not (
        follows_letter and previous.lower() != "i" and not _follows_roman(lower, previous)
    ):
        return "roman"
    return "letter"


def _follows_roman(label: str, previous: str) -> bool:
    return bool(_ROMAN.match(previous.lower())) and _roman_value(label) == _roman_value(previous.lower()) + 1


def _roman_value(label: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
