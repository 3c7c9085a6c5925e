"""Short names for what is owed and to whom, out of the clause's own words."""

import re

from notices.reader.words import roles_in

_TO = re.compile(
    r"(?<!prior )(?<!addition )(?<!according )\b(?:to|with|available to|(?:received|considered|seen)\s+by)\s+"
    r"(?:both\s+)?(?:(?:each|every|all|the|any)\s+(?:next\s+)?(?:\w+\s+)?meetings?\s+of\s+)?(?:(?:each|every|all)\s+(?:\w+\s+)?)?"
    r"(?:the\s+(?:next\s+)?|an?\s+|its\s+)?(?:members of the\s+)?$|"
    r"\bensure that (?:the )?$|\b(?:provide|send|give|supply)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NOT_WITH = re.compile(
    r"\bwith\s+an?\s+$|\b(?:consult\w*|conjunction|partnership|agreement|agreed|together|work\w*|co-?operat\w*|line|accordance|"
    r"engag\w*)\s+(?:closely\s+)?with\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
_AND = re.compile(r"^\s*(?:,|and)\s+(?:to\s+)?(?:the\s+)?$", re.IGNORECASE)
_AT_BOARD = re.compile(
    r"\b(?:for\s+(?:the\s+)?|at\s+(?:each|every|all)\s+(?:\w+\s+)?(?:meetings?\s+of\s+the\s+)?)$",
    re.IGNORECASE,
)
_RECEIVES = re.compile(
    r"^\s*(?:members\s+)?(?:receives?|is given|are given|is provided|is sent)\b", re.IGNORECASE
)
_NOT_GIVEN_BY = re.compile(
    r"\b(?:agreed|conducted|undertaken|led|commissioned|supplemented|overseen|endorsed)\s+by\s+(?:the\s+|an?\s+)?$"
)
_NOISE = re.compile(
    r"^(?:(?:the|a|an|any|its|their|own|such|that|this|these|of|to|and|must|should|shall|will|be|also|provide|submit|"
    r"produce|prepare|send|give|make|publish|ensure|for|by|on|in|as|with|well|accompanied|include|including|supplemented)\s+)+",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"^.*?\b(?:must|shall|should|will|(?:is|are)\s+(?:required|expected)\s+to|expects?\s+[^,.;]{0,60}?\bto|(?-i:may)|needs?\s+to|has\s+to)\s+(?:also\s+)?(?:be\s+)?",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"^(?P<subject>[^.;:]{3,160}?)\s+(?:must|shall|should|will|(?:is|are)\s+(?:required|expected)\s+to)\s+(?:also\s+|first\s+)?be\s(?!able\b)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^\s*(?:should|if|where|in the event)\b[^,;]*,\s*", re.IGNORECASE)
_PRONOUN = re.compile(r"^\s*(?:this|it|they|these|such)\b", re.IGNORECASE)
_VERB_BEFORE = re.compile(r"\b(?:must|shall|should|will|to|also|and)\s+(?:also\s+)?$", re.IGNORECASE)
_LAST_WORDS = re.compile(
    r"\b(?:must|shall|should|will|provide|submit|send|supply|publish|produce|present|make|give|"
    r"and|or|an?|the|its|their|that|of|to|with|receives?|also)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:to the|to its|in order|submitted|and can|must|should|which|that|is shared|by|within|before|"
    r"at each|at every|each|every|following|alongside|no later|on the first|on the last|in advance|"
    r"\w+\s+(?:working\s+)?(?:days?|weeks?|months?)\s+(?:before|prior))\b",
    re.IGNORECASE,
)
_LONGEST = 110


def recipient_of(text: str, holder: str) -> str | None:
    """To whom something is given: who follows "to" or "with", or who receives; several joined by "and"."""
    found: list[str] = []
    last_end = None
    for start, end, role in roles_in(text):
        before = text[:start]
        joined = found and last_end is not None and _AND.match(text[last_end:start])
        told = _TO.search(before) and not (_NOT_GIVEN_BY.search(before) or _NOT_WITH.search(before))
        told = told or ("board" in role.lower() and "chair" not in role and bool(_AT_BOARD.search(before)))
        receives = _RECEIVES.match(text[end:])
        if role != holder and role not in found and (joined or ((told or receives) and not found)):
            found.append(role)
            last_end = end
    return " and ".join(found) or None


def deliverable_of(text: str, noun: re.Match[str]) -> str:
    """The thing to be given, as the clause calls it:
    up to three words before the noun, and what it is about.
    """
    word = noun[0].lower()
    if word in ("reported", "write", "writes"):
        return whole_item(text)
    if word == "reporting" or (word.startswith("report") and _is_verb(text, noun)):
        return _told(text[noun.end() :])
    before = re.search(r"(?:[\w’'/-]+\s+){0,3}$", text[: noun.start()])
    head = _NOISE.sub("", _LAST_WORDS.split(before[0] if before else "")[-1])
    about = re.match(
        r"\s+(?:of|on|against)\s+[^,.;:()]{3,200}(?:, and the (?!council|board|chair)[^,.;:()]{3,120})?",
        text[noun.end() :],
        re.IGNORECASE,
    )
    return shortened(f"{head}{noun[0]}{_cut(about[0]) if about else ''}")


def _is_verb(text: str, noun: re.Match[str]) -> bool:
    """Whether "report" is what somebody does: "must report", or "the chair reports"."""
    does = any(end + 1 == noun.start() for _, end, _ in roles_in(text)) and noun[0] == "reports"
    named = re.match(r"\s+(?:will|must|shall|should|are|is)\b", text[noun.end() :])
    return does or (noun.start() == 0 and not named) or bool(_VERB_BEFORE.search(text[: noun.start()]))


def _told(after: str) -> str:
    """What a verb "report" tells: "report the impact of ...
    to the board", "report to the board on progress".
    """
    plain = re.match(
        r"\s+(?!to\b|on\b|in\b|will\b|must\b|shall\b|should\b|are\b|also\b|progress\b|\w+ly\b)(?:the\s+)?([^,.;:()]{3,120}?)\s+to\s+the\b",
        after,
    )
    about = re.search(r"\bon\s+(?!an?\b|the basis\b)([^,.;:()]{3,120})", after)
    if plain:
        return shortened(f"Report of {plain[1]}")
    return shortened(f"Report on {_cut(about[1])}") if about else "Report"


def _cut(text: str) -> str:
    """Without what no longer says what the thing is about."""
    return _TAIL.split(text)[0]


def whole_item(text: str) -> str:
    """What a clause asks for, without who is asked and how strongly; of a passive, what it is about."""
    text = _CONDITION.sub("", text)
    passive = _PASSIVE.match(text)
    if passive and not _PRONOUN.match(passive["subject"]) and not _BINDING.match(passive["subject"] + " "):
        return shortened(re.sub(r"^(?:the|an?|any)\s+", "", passive["subject"], flags=re.IGNORECASE))
    return shortened(_BINDING.sub("", text, count=1))


def shortened(text: str) -> str:
    """The text to its first pause, at most 110 characters, cut between words; its first letter a capital."""
    text = re.sub(r"\s+(?:to|by|at|in|on|for|of|from|and|with)\s*[.;]?\s*$", "", text)
    text = re.sub(r"^\s*to\s+(?=[a-z])", "", text, flags=re.IGNORECASE)
    text = re.sub(r"[\s,]+(?:by|to|that|includ\w+|(?:by )?ensuring(?: that)?)\s*:$", "", text)
    text = re.split(r"(?<=\w)[;:](?:\s|$)", text.strip())[0].rstrip(" .,;:")
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return text[:1].upper() + text[1:]
