"""What stands before and after the provisions: to whom, when, signed by whom, on what evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from notices.reader.blocks import Block, Kind
from notices.reader.dates import DATE, MONTH_YEAR, NUMERIC, date_of, date_words, whole_date
from notices.reader.reading import Evidence, Quote
from notices.reader.tree import annexed_from

# a bilingual notice gives its fields twice: "Dyddiad / Date:"
_TO = re.compile(r"^\s*(?:\w+\s*/\s*)?to\s*:\s*(?:name\b\s*:?\s*)?", re.IGNORECASE)
_DEAR = re.compile(r"^\s*dear\s+(?P<name>.{2,80})$", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*\baddress\b\s*:?\s*", re.IGNORECASE)
_DEFINED = re.compile(r"\s*[(\[][^()\[\]]*[“\"'‘][^()\[\]]*[)\]]")
_COUNCIL_NAME = (
    r"(?:(?:Royal Borough|London Borough|City|County|Borough) of )?[A-Z][\w'’.-]*(?: (?:and|of|upon|"
    r"with|on|the|&|[A-Z][\w'’.-]*))*? "
    r"(?:(?:Metropolitan |London |City |County |Borough |District |Unitary )*(?:Council|Authority))"
)
_COUNCIL = re.compile(rf"\b{_COUNCIL_NAME}\b")
_ISSUED_TO = re.compile(
    r"\b(?:issued|given|made) to (?:the )?(?P<name>[A-Z][^,.;:()“”]*?)(?= on \d| following| under| "
    r"because| due|[,.;:()“]|$)"
)
_ISSUED_ON = re.compile(
    r"\b(?:issued|given|made)\b(?:(?!\b(?:issued|given|made|publish\w*|inspect\w*|dated)\b)[^.;]){0,120}?"
    r"\bon (?:the )?(?=\d)",
    re.IGNORECASE,
)
_DATED = re.compile(r"\bdated?\s*:?\s*(?:this\s+)?(?=\d)", re.IGNORECASE)
# the day of another notice: the one that this one replaces or amends
_EARLIER = re.compile(
    r"\b(?:replac|supersed|revok|var(?:y|ies)|amend|withdraw|original|previous|earlier|first)\w*\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"^[^.;]{0,80}\bis\s+(?:hereby\s+)?(?:amended|replaced|superseded|revoked|withdrawn)\b", re.IGNORECASE
)
_IN_FORCE = re.compile(r"\bwith\s+effect\s+from\s+(?=\d)", re.IGNORECASE)
_INSPECTION = re.compile(
    r"\b(?:inspect\w+|Ofsted|Care Quality Commission|joint area review)\b", re.IGNORECASE
)
_JUDGEMENT = re.compile(
    r"[‘“'\"](?P<word>inadequate|requires improvement(?: to be good)?|good|outstanding|unsatisfactory|"
    r"poor)[’”'\"]|"
    r"\bjudged\b[^.;]{0,160}?\b(?P<plain>inadequate|requires improvement)\b|\bfindings of "
    r"(?P<found>inadequate)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\bpublish\w*\b(?:\s+by\s+\w+)?(?:\s+on)?\s*(?:the\s+)?[*]*(?=\d|[A-Z])", re.IGNORECASE
)
_OF_DATE = re.compile(
    r"\b(?:dated|inspection reports? of|carried out (?:on|in|between))\s*[*]*(?=\d|[A-Z])", re.IGNORECASE
)
_POSITION = re.compile(r"\b(?:minister|secretary of state|director|commissioner|department)\b", re.IGNORECASE)
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Opening:
    """The notice's addressee and council, the issue dates its words give (they should be one), and who
    signed.
    """

    council: str | None
    addressee: str | None
    dates: tuple[tuple[date, Quote], ...]
    signatory: str | None


def opening_of(blocks: Sequence[Block], body: tuple[int, int]) -> Opening:
    """Read the blocks before and after the provisions."""
    before, after = [*blocks[: body[0]]], [*blocks[body[1] : annexed_from(blocks, body[1])]]
    # a date of its own may also stand above the signature
    dated = [block for block in blocks[body[0] : body[1]] if block.kind is Kind.FIELD]
    addressee = _addressee(before)
    return Opening(
        _council(addressee, before), addressee, _issue_dates(before, [*dated, *after]), _signatory(after)
    )


def _addressee(before: Sequence[Block]) -> str | None:
    for place, block in enumerate(before):
        if _TO.match(block.text):
            parts = [_TO.sub("", block.text)]
            following = before[place + 1 : place + 2]
            parts += [one.text for one in following if one.kind is Kind.FIELD and _ADDRESS.match(one.text)]
            return ", ".join(
                filter(None, (_ADDRESS.sub(", ", _DEFINED.sub("", part)).strip(" ,") for part in parts))
            )
    greeted = (_DEAR.match(block.text) for block in before)
    return next((match["name"].strip(" ,") for match in greeted if match), None)


def _council(addressee: str | None, before: Sequence[Block]) -> str | None:
    """The council's name: of the addressee, else of whom the notice says that it is issued to."""
    if addressee and (_COUNCIL.search(_calm(addressee)) or any(_TO.match(block.text) for block in before)):
        named = _COUNCIL.search(_calm(addressee))
        return named[0] if named else _calm(addressee).split(",")[0].strip()
    text = "\n".join(block.text for block in before if not _DEAR.match(block.text))
    issued = _ISSUED_TO.search(text)
    named = _COUNCIL.search(_calm(issued["name"])) if issued else _COUNCIL.search(text)
    return named[0] if named else (issued["name"].strip() if issued else None)


def _calm(text: str) -> str:
    """A name in capitals as a name: "SALFORD CITY COUNCIL" is written so on forms."""

    def small(match: re.Match[str]) -> str:
        word = match[0]
        return word.lower() if word in ("OF", "AND", "UPON", "ON", "THE", "WITH") else word.capitalize()

    return re.sub(r"\b[A-Z]{2,}\b", small, text) if re.search(r"\b[A-Z]{4,}\b", text) else text


def _issue_dates(before: Sequence[Block], after: Sequence[Block]) -> tuple[tuple[date, Quote], ...]:
    found = []
    for block in (*before, *after):
        told = block in before and block.kind is not Kind.FIELD
        given = [_date_at(block, end) for end in (_said_of_this(block.text) if told else _dated(block))]
        if not any(given) and (block in after or _is_date(block.text)):
            given = [_date_at(block, 0)]
        found += [one for one in given if one]
    return tuple(found)


def _said_of_this(text: str) -> list[int]:
    """Where the day of issue begins in a sentence, the days of notices that this one follows left out."""
    places = [*_ISSUED_ON.finditer(text), *_IN_FORCE.finditer(text)]
    return [
        place.end()
        for place in places
        if place.re is _IN_FORCE
        or not (_EARLIER.search(text[: place.start()]) or _LATER.search(text[place.end() :]))
    ]


def _dated(block: Block) -> list[int]:
    place = _DATED.search(block.text)
    return [place.end()] if place else []


def _is_date(text: str) -> bool:
    return bool(DATE.fullmatch(text.strip(" .")))


def _date_at(block: Block, start: int) -> tuple[date, Quote] | None:
    """The whole date that begins at a place of the block."""
    match = DATE.match(block.text, start) or NUMERIC.match(block.text, start)
    day = date_of(match["day"], match["month"], match["year"]) if match and match["year"] else None
    return (
        (day, Quote(match[0], block.start + match.start(), block.start + match.end()))
        if day and match
        else None
    )


def _signatory(after: Sequence[Block]) -> str | None:
    """The name and position under the signature; None where the copy leaves them out."""
    lines = []
    for block in after:
        for line in block.lines:
            words = re.sub(
                r"^\s*(?:signed|signature|yours \w+)\b[\s:,.]*(?:by\b|(?:for|on behalf of)\b.*)?",
                "",
                line,
                flags=re.IGNORECASE,
            )
            words = re.sub(r"\bdated?\b\s*(?::|this\b|\d).*$", "", words, flags=re.IGNORECASE)
            words = DATE.sub("", words).strip(" .:,_-–")
            if words and block.kind is not Kind.FOOTNOTE:
                lines.append(words)
    if not lines:
        return None
    position = next((number for number, line in enumerate(lines) if _POSITION.search(line)), None)
    return ", ".join(lines[: 2 if position is None else position + 1])


def evidence_of(blocks: Sequence[Block], end: int) -> tuple[Evidence, ...]:
    """The inspections that the notice names with a date, each once, with all that its words tell of it."""
    found: dict[tuple[date | None, date | None], Evidence] = {}
    for block in blocks[:end]:
        text = block.text
        if not _INSPECTION.search(text) or not date_words(text):
            continue
        published, dated = _after(_PUBLISHED, text), _after(_OF_DATE, text)
        if not (published[1] or dated[1]):
            continue
        words = tuple(dict.fromkeys(word for _, word in (dated, published) if word))
        judged = _JUDGEMENT.search(text)
        judgement = next(filter(None, judged.groups()), None) if judged else None
        key = (published[0], dated[0])
        if key not in found:
            quote = Quote(text, block.start, block.end)
            found[key] = Evidence(_what(text), published[0], dated[0], words, judgement, quote)
    return _whole_ones(list(found.values()))


def _after(pattern: re.Pattern[str], text: str) -> tuple[date | None, str]:
    """The date after the first such words, whole where it is, and as written."""
    for place in pattern.finditer(text):
        rest = text[place.end() : place.end() + _NEAR]
        match = DATE.match(rest) or NUMERIC.match(rest) or MONTH_YEAR.match(rest)
        if match:
            return whole_date(match[0]), match[0]
    return None, ""


def _what(text: str) -> str:
    bodies = dict.fromkeys(re.findall(r"\bOfsted\b|\bCQC\b|\bHMICFRS\b|\bHMIC\b", text))
    return f"{' and '.join(bodies)} inspection" if bodies else "Inspection"


def _whole_ones(found: list[Evidence]) -> tuple[Evidence, ...]:
    """Without those whose dates another one tells as well or better; the judgement they told is kept."""
    kept: list[Evidence] = []
    for one in found:
        fuller = next((other for other in found if other is not one and _tells_more(other, one)), None)
        if fuller is None:
            kept.append(one)
    judging = next((one for one in found if one.judgement), None)
    if judging is None or len(kept) != 1 or kept[0].judgement:
        return tuple(kept)
    return (replace(kept[0], judgement=judging.judgement, judged_in=judging.quote.text),)


def _tells_more(other: Evidence, one: Evidence) -> bool:
    """Whether the other names the same inspection with more:
    each date of the one is the beginning of one of its.
    """
    told = all(any(more.startswith(word) for more in other.date_words) for word in one.date_words)
    return told and one.published_on in (None, other.published_on) and one.date_words != other.date_words
