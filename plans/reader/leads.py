"""Who leads an action: one cell's words split into people, roles and organisations.

A cell is cut where each piece stands on its own; where a cut is doubtful ("AD Safeguarding & Legal") the
words stay together, and where they could be one person or two ("Jane Doe, Head of Service") it is asked.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from plans.reader.reading import Lead, LeadKind

_ROLE = re.compile(
    r"\b(?:head|heads|director|directors|manager|managers|officer|officers|lead|leads|chair"
    r"|chairs|chief|executive|deputy"
    r"|assistant|principal|coordinator|co-ordinator|commissioner|consultant|worker|workers"
    r"|practitioner|practitioners"
    r"|supervisor|supervisors|administrator|analyst|adviser|advisor|advisors|advisers"
    r"|teacher|teachers|headteacher|headteachers"
    r"|nurse|superintendent|inspector|dcs|adcs|asd|ad|hos|sm|tm|iro|iros|lado|psw|cex|ceo"
    r"|dci|cllr|councillor|member|members"
    r"|leader|leaders|owner|owners|representative|representatives|rep|reps|staff|team|teams"
    r"|service managers|business partner|psychologist|guardian|solicitor"
    r"|programme office|pmo|slt|smt|dmt|senior leadership|management team)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    (
        r"\b(?:police|constabulary|council|trust|board|partnership|school|schools|academy|nhs"
        r"|ccg|ccgs|icb|health|hospital|probation"
        r"|cafcass|camhs|lscb|lscp|safeguarding (?:board|partnership)|mash|service|services"
        r"|committee|group|panel|forum|charity"
        r"|college|university|hub|agency|agencies|partners|department|directorate|ltd|limited"
        r"|foundation|society|association)\b"
    ),
    re.IGNORECASE,
)
_ROLE_LED = re.compile(r"(?:all|each|every|the)\b", re.IGNORECASE)
_UPPER, _LOWER = "A-ZÀ-ÞĀ-Ž", "a-zß-ÿĀ-ž"
"""Letters of names with accents too; the Latin letters from Ā on stand by turns, capital and small."""
_NAME_WORD = (
    rf"(?:[{_UPPER}][{_LOWER}'’]+(?:-?[{_UPPER}][{_LOWER}'’]+)*|[{_UPPER}]['’][{_UPPER}][{_LOWER}]+"
    rf"|(?:Mc|Mac|De|Di|Le|La|O['’])[{_UPPER}][{_LOWER}]+|[{_UPPER}]\.?)"
)
_TITLE = r"(?:(?:Cllr|Councillor|Dr|Mr|Mrs|Ms|Miss|Prof|Rev|Sir|Dame|Supt|DCI|DI|Ch Supt)\.?\s+)?"
_PERSON = re.compile(
    rf"{_TITLE}{_NAME_WORD}(?:\s+(?:(?:de|van|von|der|la|le|al|el|bin)\s+)*{_NAME_WORD}){{1,3}}"
)
_TITLED = re.compile(r"(?:Cllr|Councillor|Dr|Mr|Mrs|Ms|Miss|Prof|Rev|Sir|Dame)\.?\s+[A-Z]")
_INITIALS = re.compile(r"[A-Z]{2,3}")
_STRONG = re.compile(r"\s*(?:[;\n\r|•·]|\s+/\s+|\s+\+\s+)\s*")
_SLASH = re.compile(r"\s*/\s*")
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?")
_AND = re.compile(r"(\s+(?:and|&|with|plus)\s+|\s*&\s*)", re.IGNORECASE)
_POST_OF = re.compile(
    r"\b(?:head|director|manager|lead|officer|coordinator|commissioner)s? (?:of|for)\b(?! service$)",
    re.IGNORECASE,
)
_BARE_POST = re.compile(
    r"(?:(?:senior|deputy|assistant|interim) )?(?:(?:service|team|group|unit|area|operations) )?"
    r"(?:manager|director|head|lead)s?(?: of service)?",
    re.IGNORECASE,
)
"""A post that does not say of what."""
_TEAMS = re.compile(r"\bteams?\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?:assurance|safeguarding|help|care|work|famil(?:y|ies)|children|young people|adults|education|inclusion"
    r"|learning|skills|standards|development|improvement|practice|performance|intelligence|data|quality|governance"
    r"|commissioning|procurement|finance|resources|workforce|transformation|partnerships|communications|engagement"
    r"|participation|permanence|placements|fostering|adoption|parenting|leavers|justice|offending|prevention"
    r"|protection|support|planning|reviewing|assessment|health|services?|teams?|directorate)$",
    re.IGNORECASE,
)
"""Last words of what a post is for, which are nobody's name."""
_TRIM = " \t\r\n.,;:/&-–—•*"
_NOBODY = re.compile(
    r"(?:n/?a|tb[acd]|none|-+|–|—|\?+|vacant|to be (?:confirmed|agreed|appointed)|not yet (?:agreed|known))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Leads:
    """The leads of a cell; `tidied` where stray punctuation went; `readings` other ways to read it, each
    with words.
    """

    leads: tuple[Lead, ...] = ()
    tidied: bool = False
    readings: tuple[tuple[str, tuple[Lead, ...]], ...] = ()
    why: str = ""


@lru_cache(maxsize=16384)
def read_leads(words: str) -> Leads:
    """Return who leads, of one cell's words. No lead is ever left out: every piece of the words is in one."""
    text = words.strip()
    if not text or _NOBODY.fullmatch(text.strip(_TRIM) or "-"):
        return Leads()
    pieces: list[str] = []
    doubts: list[str] = []
    for part in _STRONG.split(text):
        for piece in _slashed(part, doubts):
            pieces += _listed(piece, doubts)
    leads = tuple(Lead(name, kind_of(name)) for piece in pieces if (name := _trimmed(piece)))
    leads = tuple(dict.fromkeys(leads))
    stray = _squeezed(text.replace("\n", " ")) != _squeezed(text.replace("\n", " ")).strip(_TRIM) or any(
        _trimmed(piece) != piece.strip() for piece in pieces
    )
    if doubts and len(leads) > 1:
        together = (Lead(_squeezed(text).strip(_TRIM), kind_of(_squeezed(text).strip(_TRIM))),)
        readings = ((_said(leads), leads), (_said(together), together))
        return Leads(leads, stray, readings, doubts[0])
    return Leads(leads, stray)


@lru_cache(maxsize=16384)
def kind_of(name: str) -> LeadKind:
    """Return what a name is taken for. Words of a role win: `Police Superintendent` is a role, `Police`
    none.
    """
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", name)
    if _TITLED.match(name) or (bare != name and _PERSON.fullmatch(bare) and not _ROLE.search(bare)):
        return LeadKind.PERSON
    if _ROLE.search(name) or _ROLE_LED.match(name):
        return LeadKind.ROLE
    if _ORGANISATION.search(name) or re.fullmatch(r"[A-Z]{3,6}s?|[A-Z][a-z]+['’]s", name):
        return LeadKind.ORGANISATION
    if _PERSON.fullmatch(name) or re.fullmatch(r"[A-Z]{2}", name) or _NAME_ONLY.fullmatch(name):
        return LeadKind.PERSON
    return LeadKind.UNKNOWN


_NAME_ONLY = re.compile(r"[A-Z][a-z'’]+")


def _slashed(text: str, doubts: list[str]) -> list[str]:
    """Cut at strokes, unless a piece would be no lead: `QA/IRO Manager` stays and is asked."""
    pieces = _SLASH.split(text)
    if len(pieces) < 2:  # noqa: PLR2004
        return [text]
    short = [piece for piece in pieces if _INITIALS.fullmatch(_trimmed(piece))]
    led = kind_of(_trimmed(pieces[-1])) is LeadKind.ROLE
    if all(_stands(piece) for piece in pieces) and not (led and short):
        return pieces
    if led and short:
        doubts.append("the stroke may part two leads or belong to one")
        return pieces
    doubts.append("the stroke may part two leads or belong to one")
    return pieces


def _listed(text: str, doubts: list[str]) -> list[str]:
    """Cut at commas and at `and` where every piece stands on its own."""
    found: list[str] = []
    pieces = [piece for piece in _COMMA.split(text) if piece.strip(_TRIM)]
    if len(pieces) > 1 and not all(_stands(part) for piece in pieces for part in _anded(piece)):
        return [text]
    if len(pieces) == 2 and _person_with_role(pieces):  # noqa: PLR2004
        doubts.append("it may be one lead, a person with their role or a role with its service, or two")
    for piece in pieces or [text]:
        found += _anded(piece)
    return found


def _anded(piece: str) -> list[str]:
    said = _AND.split(piece)  # pieces, and what joins them, by turns
    parts = said[:1]
    for joiner, part in zip(said[1::2], said[2::2], strict=True):
        if _one_post(parts[-1], part):
            parts[-1] += joiner + part
        else:
            parts.append(part)
    return parts if all(_stands(part) for part in parts) else [piece]


def _one_post(before: str, after: str) -> bool:
    """Whether `and` joins two subjects of one post: `Head of Safeguarding and Quality Assurance`."""
    post, subject = _trimmed(before), _trimmed(after)
    other = _ROLE.search(_TEAMS.sub("", subject))
    return bool(_POST_OF.search(post) and _SUBJECT.search(subject) and not other)


def _person_with_role(pieces: list[str]) -> bool:
    kinds = [kind_of(_trimmed(piece)) for piece in pieces]
    of_a_service = kinds == [LeadKind.ROLE, LeadKind.ORGANISATION] and _BARE_POST.fullmatch(
        _trimmed(pieces[0])
    )
    return set(kinds) == {LeadKind.PERSON, LeadKind.ROLE} or bool(of_a_service)


def _stands(piece: str) -> bool:
    """Whether words are a lead on their own: a full name, a role with its noun, a known sort of
    organisation.
    """
    name = _trimmed(piece)
    kind = kind_of(name)
    name = re.sub(r"\s*\([^()]*\)$", "", name)
    if kind is LeadKind.PERSON:
        return bool(_PERSON.fullmatch(name)) or bool(re.fullmatch(r"[A-Z]{2}", name))
    if kind is LeadKind.ROLE:
        return bool(re.search(r"[A-Za-z]{2}", name)) and not re.fullmatch(
            r"(?:head|director|deputy|assistant|chief|lead)(?: of)?", name, re.IGNORECASE
        )
    return kind is LeadKind.ORGANISATION and not re.fullmatch(
        r"(?:health|services?|group|hub|safeguarding|department)", name, re.IGNORECASE
    )


def _trimmed(piece: str) -> str:
    return _squeezed(piece).strip(_TRIM)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _said(leads: tuple[Lead, ...]) -> str:
    return "; ".join(lead.name for lead in leads)
