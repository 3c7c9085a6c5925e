"""Provisions cut into sentences, each with who is bound, how strongly, and what it inherits from above."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deadlines.obligations import Force
from notices.reader.mention import Mention
from notices.reader.reading import Quote
from notices.reader.times import mentions
from notices.reader.tree import Provision
from notices.reader.words import CENTRAL, roles_in

_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')]*[¹²³⁴⁵⁶⁷⁸⁹]*\s+(?=[A-Z“‘\"'])")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|no|para|paras|s|Mr|Mrs|Ms|Dr|St)\.\s*$", re.IGNORECASE)
_CONDITION = re.compile(
    r"^\s*(?:(?:or|and)\s+)?(?:should|if|where|once|in the event)\b[^,]*,\s*", re.IGNORECASE
)
_INVERTED = re.compile(r"^\s*Should\b(?![^,]*,)|^\s*Should\b(?=[^,]*\b(?:may|must|shall)\b)")
_INSERTED = re.compile(r"^\s*$|^\s*(?:\w+ed\s+by|such\s+as|including|working\s+with)\b", re.IGNORECASE)
_TIMED = re.compile(r"^\s*(?:and\s+)?(?:within|after|by|at|in|on)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^\s*(?:this|it|they|these|such)\b", re.IGNORECASE)
_EXPECTS = re.compile(r"(?:(?:we|I)\s+)?(?:also\s+)?expects?\s+(?:that\s+)?(?:both\s+)?", re.IGNORECASE)
_OWNER = re.compile(
    r";\s*(?:(?:action\s+)?owner|lead(?:\s+officer)?|who|responsib\w+(?:\s+\w+)?|by\s+whom|duty[\s-]holder)\s*:\s*"
    r"(?P<who>[^;:.]{3,80})",
    re.IGNORECASE,
)
_THE = 4
_LONGEST = 4_000
_MODALS: tuple[tuple[Force | None, str], ...] = (
    (Force.AIM, r"\b(?:should\s+aim|aims?\s+to|aim\s+for|will\s+aim|is\s+to\s+aim|the\s+aim\s+is)\b"),
    (
        Force.EXPECTED,
        r"\b(?:is|are)\s+expected\b|\b(?:we|I)\s+(?:also\s+)?expect\b|\bexpects?\s+(?:the|that|you)\b",
    ),
    (
        Force.MUST,
        r"\bmust\b|\b(?:is|are)\s+to\s+(?:be\b|(?!aim))|\bshall\b|\b(?:is|are)\s+required\b|\bneeds?\s+to\b|\b(?:has|have)\s+to\b",
    ),
    (Force.SHOULD, r"\bshould\b|\bought\s+to\b"),
    (None, r"\bwill\b"),
    (Force.MAY, r"(?-i:\bmay\b)|\bcan\b|\b(?:is|are)\s+invited\s+to\b"),
)
_AGENT = re.compile(
    r"\b(?:conducted|undertaken|carried out|held|led|made|(?:formally\s+)?reviewed|provided|prepared|"
    r"produced|submitted|convened|chaired)\s+(?:jointly\s+)?by\s+(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a provision: its words and place, who it binds and how, and what it says about when.

    `own` is False where the binding word stands in the provision above (a list under "the Council must:").
    """

    provision: Provision
    text: str
    start: int
    holder: str
    force: Force
    own: bool
    times: tuple[Mention, ...] = ()
    above: tuple[Mention, ...] = ()
    before: "Clause | None" = field(default=None, repr=False)
    lead: "Clause | None" = field(default=None, repr=False)

    @property
    def ref(self) -> str:
        """The provision's reference."""
        return self.provision.requirement.ref

    @property
    def quote(self) -> Quote:
        """The sentence as a quote."""
        return Quote(self.text, self.start, self.start + len(self.text))

    def of_kind(self, *kinds: str) -> list[Mention]:
        """What it says about when, of these kinds."""
        return [mention for mention in self.times if mention.kind in kinds]


def clauses_of(provisions: Sequence[Provision]) -> list[Clause]:
    """The sentences of all provisions in order."""
    return [clause for provision in provisions for clause in _of_one(provision)]


def _of_one(provision: Provision) -> Iterator[Clause]:
    lead = _lead(provision)
    before: Clause | None = None
    for start, end in sentences(provision.block.text):
        if end - start > _LONGEST:
            continue  # no duty is put in so long a sentence; its words stay in the requirement
        text = provision.block.text[start:end]
        modal = modal_of(text)
        holder = (
            _owner_in(text)
            or holder_of(text, modal[1] if modal else None)
            or _inherited(text, modal is not None, before, lead)
        )
        force = _force(modal[0], holder) if modal else lead.force if lead else Force.MUST
        above = lead.times if lead else ()
        place = provision.block.start + start
        own = modal is not None
        before = Clause(
            provision, text, place, holder, force, own, tuple(mentions(text)), above, before, lead
        )
        yield before


def _owner_in(text: str) -> str | None:
    """Who a row of a table names in the column of owners: a role that is known, else as it is written."""
    owner = _OWNER.search(text)
    if not owner:
        return None
    named = roles_in(owner["who"])
    return named[0][2] if named else owner["who"].strip()


def _inherited(text: str, own: bool, before: Clause | None, lead: Clause | None) -> str:  # noqa: FBT001
    """Who is bound where the clause names nobody:
    whom "this" goes back to, whom the list is for, else the council.
    """
    if before is not None and _PRONOUN.match(text):
        return before.holder
    return lead.holder if lead is not None and not own else "Council"


def _lead(provision: Provision) -> Clause | None:
    """The last sentence of the provision above, which a list goes on with;
    a heading that binds counts too.
    """
    if provision.above:
        told = [*_of_one(provision.above[-1])]
        return told[-1] if told else None
    heading = provision.requirement.heading
    modal = modal_of(heading) if heading and not modal_of(provision.block.text) else None
    if modal is None or modal[0] is not Force.MAY:
        return None
    return Clause(provision, heading, 0, "Council", Force.MAY, own=False, times=tuple(mentions(heading)))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end; an abbreviation ends none."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[: match.start()]):
            yield start, len(text[: match.end()].rstrip())
            start = match.end()
    if text[start:].strip():
        yield start, len(text)


def modal_of(text: str) -> tuple[Force | None, int] | None:
    """The first binding word of the main clause: its force (None: "will") and place; None without one."""
    start = _after_conditions(text)
    found = []
    for rank, (force, pattern) in enumerate(_MODALS):
        match = re.search(pattern, text[start:], re.IGNORECASE)
        if match:
            found.append((start + match.start(), rank, force))
    if not found:
        return None
    place, _, force = min(found, key=lambda one: (one[0], one[1]))
    return force, place


def _after_conditions(text: str) -> int:
    """Where the main clause begins: "Should an adviser be placed, ..." binds nobody yet.

    Nor does "Should the Council fail ..." that the main clause follows without a comma.
    """
    start = 0
    while condition := _INVERTED.match(text[start:]) or _CONDITION.match(text[start:]):
        start += condition.end()
    return start


def _force(force: Force | None, holder: str) -> Force:
    """The word "will" binds the council and its boards as "must" does;
    of the Department it says what to expect.
    """
    if force is not None:
        return force
    return Force.EXPECTED if holder in CENTRAL else Force.MUST


def holder_of(text: str, modal: int | None) -> str | None:
    """Who is bound: the agent of a passive, else the subject before the binding word;
    None where nobody is named.
    """
    if modal is None:
        return next((role for start, _, role in roles_in(text) if start <= _THE), None)
    expected = _EXPECTS.match(text, modal)
    if expected:
        return next((role for start, _, role in roles_in(text) if 0 <= start - expected.end() <= _THE), None)
    agent = _AGENT.search(text, modal)
    if agent:
        roles = [role for start, _, role in roles_in(text) if agent.end() <= start <= agent.end() + _THE]
        if roles:
            return roles[0]
    for part in reversed(text[_after_conditions(text) : modal].split(",")):
        named = roles_in(part)
        if _TIMED.match(part):
            # "Within six months the board must": the subject is the last that the words come to
            named = tuple(one for one in named if one[1] >= len(part.rstrip()))
        if named and not _INSERTED.match(part):
            return named[-1][2]
    return None
