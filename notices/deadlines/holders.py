"""Whose duty a duty is: the duty-holders that notices name, and the roles that answer for them. Plain Python."""

import re

from councils.roles import Role

_DEPARTMENT = re.compile(
    r"\b(department|dfe|minister|ministers|ministerial|secretary of state|government)\b", re.IGNORECASE
)
# the first that fits the words; whoever nobody fits is the council's own to chase
_ROLES: tuple[tuple[re.Pattern[str], frozenset[Role]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), frozenset(roles))
    for pattern, roles in (
        (r"\b(lscb|safeguarding)\b", {Role.SAFEGUARDING_CHAIR}),
        (r"\bdirector\b", {Role.DIRECTOR, Role.PROGRAMME_MANAGER}),
        (r"\bchief executive\b", {Role.CHIEF_EXECUTIVE, Role.PROGRAMME_MANAGER}),
        (r"\blead(ing)? member\b", {Role.LEAD_MEMBER, Role.PROGRAMME_MANAGER}),
        (r"\bleader\b", {Role.COUNCIL_LEADER, Role.PROGRAMME_MANAGER}),
        (r"\bcommissioner\b", {Role.COMMISSIONER}),
        (r"\badviser\b", {Role.DFE_ADVISER}),
        (r"\bchair\b", {Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT}),
        (r"\bboard\b", {Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT, Role.PROGRAMME_MANAGER}),
    )
)
_COUNCIL = frozenset({Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE, Role.DIRECTOR})


def is_departments(holder: str) -> bool:
    """Whether the duty is the Department's (or Ministers') own: those are counted apart from the council's."""
    return bool(_DEPARTMENT.search(holder))


def answers_for(holder: str) -> frozenset[Role]:
    """The roles that are told of a duty-holder's deadlines; none for the Department's own duties."""
    if is_departments(holder):
        return frozenset()
    return next((roles for pattern, roles in _ROLES if pattern.search(holder)), _COUNCIL)
