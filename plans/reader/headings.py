"""What a column's heading says the column is: the words councils use, most telling first."""

import re
from functools import lru_cache

from plans.reader.grids import Row
from plans.reader.reading import ColumnRole

_R = r"(?:b?rag\w*|ragb|rating|status|colour)"
_PATTERNS: tuple[tuple[ColumnRole, str], ...] = (
    (ColumnRole.PREVIOUS_RATING, rf"\b(?:previous|last|prior|earlier)\b.*\b{_R}\b"),
    (ColumnRole.IMPACT_RATING, r"\bimpact\b.*\b(?:b?rag\w*|rating|status|score)\b|\b(?:b?rag)\b.*\bimpact\b"),
    (
        ColumnRole.OBJECTIVE_RATING,
        (
            rf"\b(?:objective|recommendation|priority|overall|theme|goal)\b.*\b{_R}\b|\boverall "
            r"(?:position|assessment)\b"
        ),
    ),
    (ColumnRole.RATING, r"\bb?rag\w*\b|\bragb\b|\brating\b|\bscore\b|\br a g\b|\bstatus\b|\bharvey\b"),
    (
        ColumnRole.REVISED_END,
        r"\b(?:revised|new|extended|amended|updated)\b.*\b(?:date|deadline|timescale|completion|end)\b",
    ),
    (
        ColumnRole.START,
        (
            r"^(?:planned |actual |proposed )?(?:start|begin|commence)\w*(?: date)?$|^date "
            r"(?:started|start)$|^from$"
        ),
    ),
    (
        ColumnRole.END,
        (
            r"^(?:planned |target |actual |original )?(?:end|finish|completion|complete|completed"
            r"|due|deadline|delivery)"
            r"(?: (?:date|by))?$|^(?:to be )?complete[d]? by(?: date)?$|^due date$|^(?:target|end) "
            r"date.*|^until$|^to$|^date due$"
        ),
    ),
    (ColumnRole.MILESTONES, r"\bmilestones?\b|\bkey steps\b|\bsub ?tasks?\b"),
    (ColumnRole.EVIDENCE, r"\bevidence\b|\bassurance\b|\bverification\b|\bdocumentation\b"),
    (
        ColumnRole.PROGRESS,
        (
            r"\bprogress\b|\bupdates?\b|\bcomment(?:s|ary)?\b|\bnarrative\b|\b(?:current|latest) position\b"
            r"|\bnotes?\b(?! action)"
            r"|\bwhat (?:have we|has been) done\b|\bposition statement\b|\bcommentary\b"
            r"|\bachieve(?:d|ments) to date\b"
        ),
    ),
    (
        ColumnRole.OBJECTIVE_REFERENCE,
        (
            r"\b(?:objective|recommendation|rec|priority|finding|theme)\b.*\b(?:ref|reference|no"
            r"|nos|number|id)\b|^(?:rec|obj)$"
            r"|^identified by$|^source$|^origin$"
        ),
    ),
    (
        ColumnRole.REFERENCE,
        (
            r"^(?:ref|reference|refs|no|nos|num|number|id|item|s no|sr no|line|code|unique id|row"
            r"|serial)(?: (?:no|number|ref|id))?$"
            r"|\b(?:action|activity|task|step|plan|item)\b.*\b(?:ref|reference|no|nos|number|id)\b"
        ),
    ),
    (
        ColumnRole.LEAD,
        r"\bleads?\b|\bsro\b|\bowners?\b|\bresponsib\w+\b|\baccountab\w+\b|\bwho\b|\bwhom\b|\bsponsor\b|\bassigned\b",
    ),
    (
        ColumnRole.TIMELINE,
        (
            r"\btime ?lines?\b|\btime ?scales?\b|\btime ?frames?\b|\bwhen\b|\bdeadlines?\b"
            r"|\bdates?\b|\bdue\b|\btiming\b|\btarget completion\b"
        ),
    ),
    (
        ColumnRole.OUTCOME,
        (
            r"\boutcomes?\b|\bsuccess\b|\bimpact\b|\bmeasures?\b|\bkpis?\b"
            r"|\bhow (?:(?:will|do|shall|would) we|we (?:will|shall|would)|you will) (?:know|measure|tell)\b"
            r"|\bdifference\b|\bbenefits?\b"
            r"|\bresults?\b|\bgood (?:will )?looks? like\b|\bwhat (?:will|does) good look\b|\bmade a difference\b"
        ),
    ),
    (
        ColumnRole.ACTIVITY,
        (
            r"\bactions?\b|\bactivit(?:y|ies)\b|\btasks?\b|\bwhat (?:we )?(?:will|are|shall"
            r"|do)\b.*\b(?:do|doing)\b|\bhow\b|\bsteps?\b"
            r"|\bdeliverables?\b|\bwhat needs to (?:be done|happen)\b|^what$|\bintervention\b"
        ),
    ),
    (
        ColumnRole.THEME,
        (
            r"\bthemes?\b|\bwork ?streams?\b|\bstrands?\b|\bpillars?\b|\bdomain\b|\bsection\b"
            r"|\bkey area\b|\bfocus area\b"
        ),
    ),
    (
        ColumnRole.OBJECTIVE,
        (
            r"\bobjectives?\b|\brecommendations?\b|\bpriorit(?:y|ies)\b|\bareas? (?:for|of)\b"
            r"|\bfindings?\b|\bgoals?\b|\baims?\b"
            r"|\bissues?\b|\bwhat needs to (?:improve|change)\b|\brequirements?\b|\bconcerns?\b"
        ),
    ),
    (ColumnRole.MARK, r"\bnotice\b|\bflag\b|\bmark\b"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)

_OTHER_TABLES = re.compile(
    r"\brisks?\b|\blikelihood\b|\bprobability\b|\bmitigat\w+\b|\bseverity\b|\binherent\b"
    r"|\bresidual\b|\bcontrols?\b"
    r"|\bbaseline\b|\bindicators?\b|\bactual\b|\battendance\b|\bpresent\b|\bapologies\b"
    r"|\bversion\b|\bauthor\b"
    r"|\bbudget\b|\bcosts?\b|\bjob title\b|\bdefinition\b|\bdescription\b|\bscore\b"
    r"|\bmeanings?\b|\bname\b|\borganisation\b|\btarget\b"
)
_RISK = re.compile(
    r"\brisks?\b|\blikelihood\b|\bprobability\b|\bmitigat\w+\b|\bseverity\b|\binherent\b|\bresidual\b"
)
_MEASURE = re.compile(
    r"\bbaseline\b|\bindicators?\b|\bactual\b|\btarget\b|\bkpis?\b|\bstatistical neighbours?\b|\bengland\b"
)
_OVER = re.compile(r"^(?:time ?scales?|time ?lines?|time ?frames?|dates?|period) (?=\w)")
"""A heading merged over several others ("Timescale" above "Start" and "End") says less than the one below
it.
"""
_VALUE = re.compile(r"[A-Za-z]{0,4}[\d./ -]*\d[\d./ -]*[a-z]?|[RAGB]")
_HEADING_LENGTH = 90

BODY = {
    ColumnRole.OUTCOME,
    ColumnRole.TIMELINE,
    ColumnRole.START,
    ColumnRole.END,
    ColumnRole.LEAD,
    ColumnRole.RATING,
    ColumnRole.PROGRESS,
}
"""Columns one of which stands beside the activity in any plan."""


@lru_cache(maxsize=4096)
def words_of(text: str) -> str:
    """Return a heading's words, lower case, without punctuation: what headings are compared by."""
    return " ".join(re.findall(r"[a-z0-9#]+", text.casefold().replace("'", "").replace("’", "")))


@lru_cache(maxsize=4096)
def roles_of(heading: str) -> tuple[ColumnRole, ...]:
    """Return what a heading's words can mean, most telling first; empty where they say nothing."""
    words = words_of(heading)
    if words == "#":
        return (ColumnRole.REFERENCE,)
    if not words or len(heading) > _HEADING_LENGTH:
        return ()
    under = _OVER.sub("", words)
    found = [role for role, pattern in _COMPILED if under != words and pattern.search(under)]
    return tuple(dict.fromkeys([*found, *(role for role, pattern in _COMPILED if pattern.search(words))]))


def heading_score(texts: list[str]) -> int:
    """Return how many cells of a row read as headings of a plan; 0 where the row is none.

    A heading row's cells are short, most of them say what their column is, and they say at least two things.
    """
    filled = [text for text in texts if text.strip()]
    if len(filled) < 2 or any(len(text) > _HEADING_LENGTH or _is_value(text) for text in filled):  # noqa: PLR2004
        return 0
    matched = [roles_of(text) for text in filled]
    hits = sum(1 for roles in matched if roles)
    kinds = {roles[0] for roles in matched if roles}
    return hits if hits >= 2 and hits * 2 >= len(filled) and len(kinds) >= 2 else 0  # noqa: PLR2004


def _is_value(text: str) -> bool:
    """A date, a bare number or a reference stands in rows of data, not among headings."""
    return _VALUE.fullmatch(text.strip()) is not None


def other_table(texts: list[str]) -> str | None:
    """Return what table a heading row opens that is no plan ("risks", "measures", "something else"), or
    None.
    """
    filled = [words_of(text) for text in texts if text.strip()]
    if len(filled) < 2 or any(len(text) > _HEADING_LENGTH for text in filled):  # noqa: PLR2004
        return None
    if sum(1 for words in filled if _RISK.search(words)) >= 2:  # noqa: PLR2004
        return "risks"
    if sum(1 for words in filled if _MEASURE.search(words)) >= 2:  # noqa: PLR2004
        return "measures"
    hits = sum(1 for words in filled if _OTHER_TABLES.search(words))
    return "something else" if hits >= 2 and hits * 2 >= len(filled) else None  # noqa: PLR2004


def heading_texts(row: Row, below: Row | None = None) -> list[str]:
    """Return a heading row's words by column, with those of a second heading row under it.

    A heading merged over several columns ("Timescale" above "Start" and "End") belongs to each of them.
    """
    width = max(len(row.texts), len(below.texts) if below else 0, max(row.covered, default=-1) + 1)
    found = []
    for column in range(width):
        upper = row.text(column)
        origin = row.covered.get(column)
        if not upper and origin is not None and below is not None:
            upper = row.text(origin[1]) if below.text(column) else ""
        lower = below.text(column) if below else ""
        found.append(" ".join(part for part in (upper, lower) if part))
    return found
