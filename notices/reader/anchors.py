"""What a period counts from: the notice, the inspection, a review, a request, something else."""

import re

from deadlines.schedules.base import Anchor
from notices.reader.mention import period_of

THE_NOTICE = r"(?:this|the)\s+(?:improvement\s+|statutory\s+)?(?:notice|intervention|direction|letter)"
_NOTICE_WORDS = (
    r"(?:the\s+|its\s+)?(?:(?:date|start|commencement|issue|issuing|publication|receipt|beginning|coming\s+into\s+force)\s+"
    rf"(?:on\s+which|of(?:\s+issue\s+of)?)\s+)?{THE_NOTICE}(?:\s+(?:being|is|was|comes?|coming|having)\s+(?:been\s+)?(?:issued|given|made|into\s+force))?|"
    r"(?:the\s+)?(?:date\s+of\s+issue|commencement\s+date)\b|(?:its|the)\s+(?:issue|commencement)\b(?!\s+of)|today\b|the\s+date\s+hereof"
)
ANCHOR = (
    rf"(?P<anchor>(?P<notice>{_NOTICE_WORDS})|(?P<review>(?:the\s+|each\s+)?(?:last|previous|most recent)\s+"
    r"(?:progress\s+)?review)|(?P<adviser>(?:the\s+)?(?:appointment|placing|arrival)\s+of\s+(?:an?|the)\s+advis[eo]r)|"
    r"(?P<inspection>(?:the\s+)?(?:(?:publication|receipt)\s+of\s+)?(?:the\s+|its\s+)?(?:most "
    r"recent\s+)?(?:ofsted['’]?s?\s+)?"
    r"(?:(?:re-?)?inspection(?:\s+report)?|(?<=ofsted )report|(?<=ofsted['’]s )report)"
    r"(?:['’]s\s+publication|\s+being\s+published)?)|"
    r"(?P<report>(?:the\s+)?publication\s+of\s+(?:the|that|this|its)\s+report|its\s+publication)|"
    r"(?P<request>(?:the\s+|each\s+|every\s+|any\s+|a\s+|such\s+)?(?:(?:date|receipt)\s+of\s+)?(?:the\s+|each\s+|any\s+|a\s+|such\s+)?(?:\w+\s+){0,2}requests?\b|"
    r"being\s+(?:asked|requested))|"
    r"(?P<other>(?!that\b|which\b)[\w’'(][^,.;:]{0,60}))"
)
# a time that runs in each child's case is a standard of practice and no deadline of the council's
_PER_CASE = re.compile(
    r"\b(?:referrals?|contacts?|allocations?|strategy|section\s+47|cases?|child(?!ren['’]s\s+serv)|children(?!['’]s\s+serv)|"
    r"looked\s+after|assessments?|placements?)\b",
    re.IGNORECASE,
)


def anchor_of(match: re.Match[str]) -> Anchor | None:
    """What a period counts from; nothing said is the notice, something the lists do not know is None."""
    found = match.groupdict()
    if not found.get("anchor") or found.get("notice"):
        return Anchor("notice_issued")
    if found.get("review"):
        return Anchor("review_held", last=True)
    if found.get("adviser"):
        return Anchor("adviser_placed")
    return Anchor("inspection_published") if found.get("inspection") or found.get("report") else None


def counted(match: re.Match[str]) -> dict[str, object]:
    """A period and what it counts from; `unit` tells a report, a request and a child's case apart."""
    found = match.groupdict()
    target = found.get("anchor") or ""
    case = bool(found.get("other") and _PER_CASE.search(target))
    unit = next((name for name in ("report", "request") if found.get(name)), "case" if case else "")
    return {
        "period": period_of(match["count"], match["unit"]),
        "anchor": anchor_of(match),
        "target": target,
        "unit": unit,
    }
