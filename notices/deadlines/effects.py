"""Whom a sweep tells what on a day. Plain Python: it derives from deadlines and settings, and counts nothing.

Reminders go to who answers for a duty, some days before; a missed "must" is told of again, some days after, to who is
set to hear of it. Nothing else escalates: no aim, no forecast, none of the Department's own duties.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from councils.roles import Role
from deadlines.obligations import Force
from deadlines.sentences import day_in_words, opened
from notices.deadlines.holders import answers_for
from notices.deadlines.lines import Line

LONGEST_LEAD = 180


@dataclass(frozen=True, slots=True)
class Rule:
    """How one role is told: so many days before (none: never), and so many days after a breach (None: never)."""

    days_before: tuple[int, ...] = ()
    escalate_after: int | None = None

    def __bool__(self) -> bool:
        return bool(self.days_before) or self.escalate_after is not None


# What holds until a council sets something else. Ministers' offices, the Department and other organisations' people
# are told nothing unless the council switches it on (issue 5, item 5).
DEFAULTS: Mapping[Role, Rule] = {
    Role.PROGRAMME_MANAGER: Rule((28, 7), 1),
    Role.PROGRAMME_OFFICE: Rule((28, 7)),
    Role.DIRECTOR: Rule((7,), 1),
    Role.CHIEF_EXECUTIVE: Rule((7,), 14),
    Role.COUNCIL_LEADER: Rule((14,)),
    Role.LEAD_MEMBER: Rule((14,)),
    Role.BOARD_CHAIR: Rule((14, 3), 7),
    Role.CHAIRS_SUPPORT: Rule((14, 3)),
    Role.SAFEGUARDING_CHAIR: Rule(),
    Role.BOARD_MEMBER: Rule(),
    Role.INDEPENDENT_VALIDATOR: Rule(),
    Role.DFE_ADVISER: Rule(),
    Role.COMMISSIONER: Rule(),
    Role.DFE_OFFICIAL: Rule(),
}
OUTSIDE = frozenset(role for role, rule in DEFAULTS.items() if not rule)


@dataclass(frozen=True, slots=True)
class Effect:
    """One person (by number) is told of one deadline. `days` is the lead time that has begun; 0 for a breach."""

    kind: str
    user: int
    line: Line
    days: int = 0

    @property
    def key(self) -> str:
        """What it is, so that it is told once however often it is derived.

        A deadline that was met or waived and then opened again, by a person or because the fact that had met it was put
        right, is owed anew: what is told of it then is another thing.
        """
        duty, reopened = self.line.duty, self.line.reopened
        what = f"reminder {self.days}" if self.kind == "reminder" else self.kind
        what = f"{what} again {reopened}" if reopened else what
        return f"deadline:{duty.instrument}:{duty.key}:{self.line.due.isoformat()}:{what}:{self.user}"

    @property
    def until(self) -> date | None:
        """The last day on which it is worth telling (inclusive): a reminder's own deadline."""
        return self.line.due if self.kind == "reminder" else None

    def text(self, today: date) -> str:
        """What it says."""
        line, duty = self.line, self.line.duty
        left = (line.due - today).days
        if self.kind == "breach":
            days = f"{-left} days ago" if left < -1 else "yesterday"
            again = " and is open again" if line.reopened else ""
            when = f"was due on {day_in_words(line.due)}, {days}{again}"
        else:
            days = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
            when = f"is due by {day_in_words(line.due)}, {days}" + ("" if line.firm else " (a forecast)")
        whose = f"{opened(duty.deliverable)} ({duty.duty_holder}) {when}."
        return f"{whose} {line.one.because} {duty.notice or 'Notice'}: {duty.requirement}."


def effects(
    lines: Iterable[Line], people: Mapping[int, frozenset[Role]], rules: Mapping[Role, Rule], today: date
) -> list[Effect]:
    """What everybody is to be told on a day: `people` by number with the roles they hold. In the deadlines' order.

    Whoever holds several roles is told once. Only the shortest lead time that has begun counts, so that nights that
    were missed bring one reminder and not several.
    """
    found = []
    for line in lines:
        for user, roles in sorted(people.items()):
            effect = _breach(line, user, roles, rules, today) or _reminder(line, user, roles, rules, today)
            if effect is not None:
                found.append(effect)
    return found


def _breach(
    line: Line, user: int, roles: frozenset[Role], rules: Mapping[Role, Rule], today: date
) -> Effect | None:
    if not line.breach:
        return None
    waits = [rules[role].escalate_after for role in roles if role in rules]
    after = min((wait for wait in waits if wait is not None), default=None)
    told = after is not None and line.due + timedelta(days=after) <= today
    return Effect("breach", user, line) if told else None


def _reminder(
    line: Line, user: int, roles: frozenset[Role], rules: Mapping[Role, Rule], today: date
) -> Effect | None:
    if not line.open or line.due < today or line.duty.force is Force.MAY or line.one.open_ended:
        return None
    # the programme manager keeps an eye on everything that is not the Department's own
    owed_by = answers_for(line.duty.duty_holder)
    told = roles & (owed_by | {Role.PROGRAMME_MANAGER}) if owed_by else frozenset()
    leads = [days for role in told if role in rules for days in rules[role].days_before]
    begun = [days for days in leads if line.due - timedelta(days=days) <= today]
    return Effect("reminder", user, line, min(begun)) if begun else None
