"""An amendment that names only what it changes, put into the words of the notice that it amends. Plain Python.

"For paragraph 14 substitute ...", "after paragraph 6 insert ...", "paragraph 9 is omitted", "in paragraph 7, for “six
months” substitute “four months”": legal drafting says the same few things. The notice as amended is then read as a
whole, so that what was not changed is found again where it stood. A document with one instruction that cannot be
followed is not put in at all: half an amendment would be a notice that nobody issued.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_REF = r"(?P<ref>\d{1,3}[A-Z]?(?:\.\d{1,3})*\s*(?:\(?[a-z]{1,4}\)?)?)"
_PARA = rf"(?:paragraph|para\.?|section|clause)\s+{_REF}(?:\s+(?:of|in)\s+the\s+(?:improvement\s+)?notice)?"
_OPEN, _CLOSE = "[“\"‘']", "[”\"’']"
_QUOTED = rf"{_OPEN}(?P<new>.+?){_CLOSE}(?=\s*(?:[.;,]?\s*(?:\n|$)|[.;]\s))"
_BY = r"(?:by|with|as\s+follows|to\s+read|the\s+following(?:\s+paragraph)?)"
_PUT = rf"(?:is|are)\s+(?:hereby\s+)?(?:replaced|substituted|amended)(?:\s+{_BY})*"
_FLAGS = re.IGNORECASE | re.DOTALL
_WAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "words",
        re.compile(
            rf"\bin\s+{_PARA},?\s+(?:for\s+)?(?:the\s+words?\s+)?{_OPEN}(?P<old>[^”\"’]+){_CLOSE},?\s+"
            rf"(?:substitute|{_PUT})(?:\s+the\s+words?)?:?\s*{_OPEN}(?P<new>[^”\"’]+){_CLOSE}",
            _FLAGS,
        ),
    ),
    ("whole", re.compile(rf"\b(?:for|in\s+place\s+of)\s+{_PARA},?\s+substitute:?\s*{_QUOTED}", _FLAGS)),
    (
        "whole",
        re.compile(rf"\b{_PARA}\s+(?:{_PUT}|(?:shall|will|should)\s+(?:now\s+)?read):?\s*{_QUOTED}", _FLAGS),
    ),
    ("after", re.compile(rf"\bafter\s+{_PARA},?\s+(?:insert|add):?\s*{_QUOTED}", _FLAGS)),
    (
        "out",
        re.compile(
            rf"\b(?:{_PARA}\s+(?:is|are)\s+(?:hereby\s+)?(?:omitted|deleted|revoked|removed)|"
            rf"(?:omit|delete|revoke)\s+{_PARA.replace('?P<ref>', '?P<gone>')})",
            _FLAGS,
        ),
    ),
)
# what says that something is changed, followed or not
_SPOKEN = re.compile(
    r"\b(?:substitut(?:e|ed)|insert(?:ed)?|omit(?:ted)?|delet(?:e|ed)|revok(?:e|ed)|replaced)\b|\bshall\s+(?:now\s+)?read\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*(?:\d{1,3}[A-Z]?(?:\.\d{1,3})*[.)]?|\(?[a-z]{1,4}[.)])\s+")
_OMITTED = "[Omitted]"


@dataclass(frozen=True, slots=True)
class Held:
    """A provision and its place in the words of its notice; `parent` is the reference of the one it stands under."""

    ref: str
    start: int
    end: int
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One instruction: what is done ("whole", "words", "after", "out") to the provision `ref`."""

    way: str
    ref: str
    new: str = ""
    old: str = ""

    @property
    def told(self) -> str:
        """It in words, as a page lists it."""
        says = {
            "whole": "is worded anew",
            "words": f"says “{self.new}” instead of “{self.old}”",
            "after": "is followed by a new one",
            "out": "is left out",
        }
        return f"Paragraph {self.ref} {says[self.way]}"


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The notice as amended: its words and what was changed. Without words (`text` is empty) `problem` says why."""

    text: str
    changes: tuple[Change, ...] = ()
    problem: str = ""


def instructions(amendment: str) -> tuple[list[Change], int]:
    """What an amendment says is to be changed, in its order; and how much of that could not be followed."""
    found: list[tuple[int, int, Change]] = []
    for way, pattern in _WAYS:
        for match in pattern.finditer(amendment):
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            said = match.groupdict()
            ref = said.get("ref") or said.get("gone") or ""
            change = Change(
                way, _plain(ref), (said.get("new") or "").strip(), (said.get("old") or "").strip()
            )
            found.append((match.start(), match.end(), change))
    found.sort(key=lambda one: one[0])
    rest = amendment
    for start, end, _ in reversed(found):
        rest = rest[:start] + rest[end:]
    return [change for _, _, change in found], len(_SPOKEN.findall(rest))


def consolidated(amendment: str, notice: str, provisions: Sequence[Held]) -> Consolidated | None:
    """The notice with an amendment put in; None where the amendment gives no instructions: it is then a whole notice.

    `provisions` are those of `notice`, in its order, with their places in it.
    """
    changes, unread = instructions(amendment)
    if not changes:
        return None
    if unread:
        return Consolidated("", tuple(changes), "Not every change that it asks for could be read.")
    return _put_in(changes, notice, provisions)


def named_alone(
    amendment: str, provisions: Sequence[Held], notice: str, before: Sequence[Held]
) -> Consolidated | None:
    """The notice with the paragraphs that a document sets out in the place of its own; None where it sets out most.

    A document that sets out under half of the notice's paragraphs, all of them ones that the notice has, may be a
    shorter notice or the changed paragraphs alone: whoever reads it in has to say.
    """
    held = {_plain(one.ref) for one in before if one.parent is None}
    named = [one for one in provisions if one.parent is None]
    if not named or 2 * len(named) >= len(held) or any(_plain(one.ref) not in held for one in named):
        return None
    changes = [
        Change("whole", _plain(one.ref), amendment[one.start : _end(one, provisions)]) for one in named
    ]
    return _put_in(changes, notice, before)


def _put_in(changes: Sequence[Change], notice: str, provisions: Sequence[Held]) -> Consolidated:
    places = {_plain(one.ref): one for one in provisions}
    edits: list[tuple[int, int, str]] = []
    for change in changes:
        held = places.get(change.ref)
        if held is None:
            return Consolidated("", tuple(changes), f"The notice has no paragraph {change.ref}.")
        found = list(_edits(change, notice, held, _end(held, provisions)))
        if not found:
            return Consolidated("", tuple(changes), f"Paragraph {change.ref} does not say “{change.old}”.")
        edits += found
    edits.sort(key=lambda edit: edit[:2])
    if any(after[0] < before[1] for before, after in pairwise(edits)):
        return Consolidated("", tuple(changes), "It changes the same words twice.")
    text = notice
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return Consolidated(text, tuple(changes))


def _edits(change: Change, notice: str, held: Held, end: int) -> Iterator[tuple[int, int, str]]:
    """Which words of the notice make way for which."""
    if change.way == "after":
        yield end, end, f"\n\n{change.new}"
    elif change.way == "words":
        for match in re.finditer(re.escape(change.old), notice[held.start : end]):
            yield held.start + match.start(), held.start + match.end(), change.new
    else:
        yield held.start, end, _OMITTED if change.way == "out" else _LABEL.sub("", change.new, count=1)


def _end(held: Held, provisions: Sequence[Held]) -> int:
    """Where a provision ends, with what stands under it."""
    refs, end = {held.ref}, held.end
    for one in provisions:
        if one.parent in refs:
            refs.add(one.ref)
            end = max(end, one.end)
    return end


def _plain(ref: str) -> str:
    """A reference as provisions have it: "3(a)" and "3 a" are 3a."""
    return re.sub(r"[()\s]", "", ref)
