"""What each column of the plan is: its heading's words first, then what stands in it, then where it
stands.
"""

import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from datetime import date

from plans.reader.dates import dates_in
from plans.reader.grids import Grid
from plans.reader.headings import roles_of, words_of
from plans.reader.reading import ColumnRole as Role
from plans.reader.references import is_reference, leading, tidied
from plans.reader.tables import Segment

_SAMPLED = 400
_HALF, _MOST, _NEARLY_ALL = 0.5, 0.7, 0.8
_CODE_LENGTH = 25
_TIMELINE_LENGTH = 40
_NONE: list[int] = []
_PRIORITIES = {"high", "medium", "low", "h", "m", "l", "urgent", "very high", "critical"}
_DATED = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b|\b[A-Z][a-z]{2,8}[ -]\d\d\b")
_AFTERWARDS = re.compile(
    r"\bclosed\b|\bactual\b|\bcompleted\b|\bsigned\b|\bupdated?\b|\breview(?:ed)?\b|\blast\b"
)
"""Words of dates on which something happened, not by which it should."""
_ACTIONS = re.compile(r"\b(?:action|activity|task|delivery)\b")
_SEVERAL = {
    Role.PROGRESS,
    Role.OUTCOME,
    Role.LEAD,
    Role.EVIDENCE,
    Role.MILESTONES,
    Role.MARK,
    Role.OTHER,
    Role.PREVIOUS_RATING,
}
"""Roles that more than one column may have; their texts are joined."""


@dataclass(slots=True)
class Profile:
    """What stands in a column: of the sampled rows of a table."""

    index: int
    heading: str
    texts: list[str] = field(default_factory=list)
    rows: int = 0
    merged: int = 0
    coloured: int = 0

    @property
    def filled(self) -> float:
        """The share of rows that hold text here."""
        return len(self.texts) / self.rows if self.rows else 0.0

    @property
    def length(self) -> float:
        """The average length of a text."""
        return sum(map(len, self.texts)) / len(self.texts) if self.texts else 0.0

    @property
    def references(self) -> float:
        """The share of texts that are references."""
        return self._share(lambda text: is_reference(tidied(text)) or is_reference("".join(text.split())))

    @property
    def dates(self) -> float:
        """The share of texts that hold a date."""
        return self._share(lambda text: bool(_DATED.search(text)))

    @property
    def distinct(self) -> int:
        """How many different texts stand here."""
        return len({text.casefold() for text in self.texts})

    @property
    def codes(self) -> bool:
        """Whether the texts are a few short codes, or the cells say it by colour alone."""
        if not self.texts:
            return self.coloured > 0
        short = self._share(lambda text: len(text) <= _CODE_LENGTH and not _DATED.search(text))
        return short >= _NEARLY_ALL and self.distinct <= max(4, min(12, len(self.texts) // 2 + 2))

    @property
    def sparse(self) -> bool:
        """Whether a text here stands for several rows: merged down, or blank below."""
        return self.merged > 0 or self.filled < 0.75  # noqa: PLR2004

    def _share(self, test: object) -> float:
        assert callable(test)  # noqa: S101
        return sum(1 for text in self.texts if test(text)) / len(self.texts) if self.texts else 0.0


@dataclass(slots=True)
class Layout:
    """The columns of a table: their profiles, roles by index and what else each could be."""

    profiles: list[Profile]
    roles: dict[int, Role]
    others: dict[int, tuple[Role, ...]]
    _settled: dict[Role, list[int]] | None = None

    def settle(self) -> None:
        """Note each role's columns once they are final: rows ask for them again and again."""
        found: dict[Role, list[int]] = {}
        for index, role in sorted(self.roles.items()):
            found.setdefault(role, []).append(index)
        self._settled = found

    def of(self, role: Role) -> list[int]:
        """Return the columns of a role, left to right."""
        if self._settled is not None:
            return self._settled.get(role, _NONE)
        return [index for index, found in sorted(self.roles.items()) if found is role]

    def first(self, role: Role) -> int | None:
        """Return the leftmost column of a role, or None."""
        return next(iter(self.of(role)), None)


def profile(grid: Grid, segment: Segment, headings: list[str]) -> list[Profile]:
    """Return what stands in each column of a table, sampled evenly over its body."""
    body = [index for index in segment.body if index not in segment.repeated]
    step = max(1, len(body) // _SAMPLED)
    rows = [row for row in (grid.rows[index] for index in body[::step]) if len(row.filled) > 1]
    width = max([len(headings), *(len(row.texts) for row in rows)])
    profiles = [Profile(index, headings[index] if index < len(headings) else "") for index in range(width)]
    for row in rows:
        for found in profiles:
            text = row.text(found.index)
            found.rows += 1
            if text:
                found.texts.append(text)
            elif found.index in row.covered and row.covered[found.index][1] == found.index:
                found.merged += 1
            if row.fills.get(found.index, "FFFFFF") != "FFFFFF":
                found.coloured += 1
    return profiles


def lay_out(profiles: list[Profile], corrected: AbstractMapping[str, Role]) -> Layout:
    """Return each column's role. `corrected` gives what a person said, by the heading's words."""
    said = {words_of(heading): role for heading, role in corrected.items()}
    layout = Layout(profiles, {}, {})
    for found in profiles:
        candidates = roles_of(found.heading)
        fixed = said.get(words_of(found.heading)) if found.heading else None
        roles = (fixed,) if fixed else _by_content(found, candidates)
        layout.roles[found.index] = roles[0] if roles else Role.OTHER
        layout.others[found.index] = tuple(
            dict.fromkeys(role for role in (*roles[1:], *candidates) if role not in roles[:1])
        )
    fixed_columns = {found.index for found in profiles if words_of(found.heading) in said and found.heading}
    settle = _Settling(layout, fixed_columns)
    settle.references()
    settle.activity()
    settle.ratings()
    settle.groups()
    settle.rest()
    layout.settle()
    return layout


def _by_content(found: Profile, candidates: tuple[Role, ...]) -> tuple[Role, ...]:
    """Put a column's candidates in order by what stands in it."""
    first = candidates[0] if candidates else None
    lower = {text.casefold() for text in found.texts}
    if first in {Role.OBJECTIVE, Role.THEME} and lower and lower <= _PRIORITIES:
        return (Role.OTHER,)
    if first is Role.RATING and found.texts and not found.codes and found.length > 40:  # noqa: PLR2004
        return (Role.PROGRESS, Role.RATING)
    if first is Role.REFERENCE and found.texts and found.references < 0.3 and found.length > _CODE_LENGTH:  # noqa: PLR2004
        return (Role.ACTIVITY, Role.OBJECTIVE)
    if first is Role.OUTCOME and found.codes and found.texts and found.length <= 3:  # noqa: PLR2004
        return (Role.IMPACT_RATING, Role.OUTCOME)
    return candidates or _unnamed(found)


def _unnamed(found: Profile) -> tuple[Role, ...]:
    """What a column whose heading says nothing is by its texts: dates, or references that are all
    different.
    """
    if found.dates > _HALF and found.length < _TIMELINE_LENGTH:
        return (Role.TIMELINE,)
    alone = found.distinct == len(found.texts)
    if found.texts and found.references > _MOST and (alone or not found.heading):
        return (Role.REFERENCE,)
    return ()


class _Settling:
    """Makes one sense of all columns together."""

    def __init__(self, layout: Layout, fixed: set[int]) -> None:
        self.layout = layout
        self.profiles = {found.index: found for found in layout.profiles}
        self.fixed = fixed

    def _free(self, role: Role) -> list[int]:
        return [index for index in self.layout.of(role) if index not in self.fixed]

    def _set(self, index: int, role: Role) -> None:
        was = self.layout.roles[index]
        self.layout.roles[index] = role
        others = dict.fromkeys([*self.layout.others.get(index, ()), was])
        others.pop(role, None)
        others.pop(Role.OTHER, None)
        self.layout.others[index] = tuple(others)

    def references(self) -> None:
        """Of several columns of references the fullest with most different ones is the action's."""
        columns = self.layout.of(Role.REFERENCE)
        if len(columns) > 1:
            best = max(
                columns, key=lambda at: (self.profiles[at].references > _HALF, self.profiles[at].distinct, at)
            )
            for index in columns:
                if index != best and index not in self.fixed:
                    self._set(index, Role.OBJECTIVE_REFERENCE)
        if not columns:
            own = [
                index
                for index in self._free(Role.OBJECTIVE_REFERENCE)
                if self.profiles[index].references > _MOST
                and not self.profiles[index].sparse
                and self.profiles[index].distinct == len(self.profiles[index].texts)
            ]
            for index in own[:1]:
                self._set(index, Role.REFERENCE)

    def activity(self) -> None:
        """There is one column of actions: the one with most to say; without any, what comes nearest is it."""
        columns = self.layout.of(Role.ACTIVITY)
        if not columns:
            for role in (Role.MILESTONES, Role.OBJECTIVE, Role.OUTCOME):
                if free := self._free(role):
                    self._set(
                        max(free, key=lambda at: (self.profiles[at].filled, self.profiles[at].length)),
                        Role.ACTIVITY,
                    )
                    return
            return
        best = max(
            columns, key=lambda at: (at in self.fixed, self.profiles[at].filled * self.profiles[at].length)
        )
        for index in columns:
            if index == best or index in self.fixed:
                continue
            left = index < best and (self.profiles[index].sparse or not self.layout.of(Role.OBJECTIVE))
            self._set(index, Role.OBJECTIVE if left else Role.MILESTONES)

    def ratings(self) -> None:
        """Of two columns of ratings the one that speaks for several rows is the objective's; an earlier one
        is history.
        """
        columns = self._free(Role.RATING)
        if not self.layout.of(Role.RATING):
            return
        coded = [index for index in columns if self.profiles[index].codes]
        for index in [index for index in columns if coded and index not in coded]:
            self._set(index, Role.PROGRESS if self.profiles[index].length > _CODE_LENGTH else Role.OTHER)
        columns = [index for index in columns if index in coded] if coded else columns
        if len(columns) < 2:  # noqa: PLR2004
            return
        dated = [
            index
            for index in columns
            if _DATED.search(self.profiles[index].heading) or _month(self.profiles[index])
        ]
        theirs = [] if len(dated) > 1 else self._for_several_rows(columns)
        if theirs and not self.layout.of(Role.OBJECTIVE_RATING):
            self._set(theirs[-1], Role.OBJECTIVE_RATING)
            columns.remove(theirs[-1])
        self._keep_last(columns)

    def _for_several_rows(self, columns: list[int]) -> list[int]:
        """The columns of ratings that stand for several rows: sparse beside a fuller one, or beside the
        action's own.
        """
        fullest = max(self.profiles[index].filled for index in columns)
        own = [index for index in columns if _ACTIONS.search(words_of(self.profiles[index].heading))]
        return [
            index
            for index in columns
            if self.profiles[index].sparse
            and (self.profiles[index].filled <= _MOST * fullest or (len(own) == 1 and index not in own))
        ]

    def _keep_last(self, columns: list[int]) -> None:
        named = [index for index in columns if re.search(r"\bb?rag", words_of(self.profiles[index].heading))]
        if named and len(named) < len(columns):
            for index in columns:
                if index not in named:
                    self._set(index, Role.OTHER)
            columns = named
        used = [index for index in columns if self.profiles[index].texts or self.profiles[index].coloured]
        days = {index: _day_of(self.profiles[index]) for index in used}
        dated = [(day, index) for index, day in days.items() if day]
        current = max(dated)[1] if len(dated) == len(used) and used else (used or columns)[-1]
        for index in columns:
            if index != current:
                self._set(index, Role.PREVIOUS_RATING)

    def groups(self) -> None:
        """Columns left of the action whose texts stand for several rows are its objective's and theme's."""
        activity = self.layout.first(Role.ACTIVITY)
        if activity is None:
            return
        for index, role in list(self.layout.roles.items()):
            found = self.profiles[index]
            unclear = role is Role.OTHER and index not in self.fixed
            if unclear and index < activity and found.texts and found.sparse and not found.codes:
                self._set(index, Role.OBJECTIVE)
        objectives = self._free(Role.OBJECTIVE)
        if len(objectives) > 1:
            self._split_objectives(objectives)
        if not self.layout.of(Role.OBJECTIVE) and (titles := self._free(Role.OBJECTIVE_REFERENCE)):
            longest = max(titles, key=lambda at: self.profiles[at].length)
            if self.profiles[longest].references < 0.5:  # noqa: PLR2004
                self._set(longest, Role.OBJECTIVE)

    def _split_objectives(self, columns: list[int]) -> None:
        """Of several the longest is the objective's text; left of it stands its reference, or the theme."""
        longest = max(columns, key=lambda at: (self.profiles[at].length, at))
        for index in columns:
            if index == longest:
                continue
            numbered = [text for text in self.profiles[index].texts if leading(text)]
            is_title = len(numbered) * 2 > len(self.profiles[index].texts)
            if not is_title and index < longest and not self.layout.of(Role.THEME):
                self._set(index, Role.THEME)
            elif not self.layout.of(Role.OBJECTIVE_REFERENCE):
                self._set(index, Role.OBJECTIVE_REFERENCE)
            else:
                self._set(index, Role.OTHER)

    def rest(self) -> None:
        """A role that only one column can have goes to the first; the others are kept and not used."""
        if self.layout.of(Role.END) or len(self.layout.of(Role.TIMELINE)) > 1:
            for index in self._free(Role.TIMELINE):
                if _AFTERWARDS.search(words_of(self.profiles[index].heading)):
                    self._set(index, Role.OTHER)
        for role in set(self.layout.roles.values()) - _SEVERAL:
            columns = self.layout.of(role)
            if role in {Role.TIMELINE, Role.END}:
                columns = sorted(
                    columns,
                    key=lambda at: bool(re.search(r"\bactual|complet", words_of(self.profiles[at].heading))),
                )
            for index in columns[1:]:
                if index not in self.fixed:
                    self._set(index, Role.OTHER)


def _day_of(found: Profile) -> date | None:
    """The date that a heading names ("BRAG March 2025"), or None."""
    return next((named.last for named in dates_in(found.heading) if named.last), None)


def _month(found: Profile) -> bool:
    return bool(
        re.search(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4])", words_of(found.heading))
    )
