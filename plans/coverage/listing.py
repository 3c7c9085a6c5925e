"""Which lines of coverage an address asks for, and in which order. Plain Python, no Django."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from plans.coverage.standing import Gap, Line
from plans.table import PlanTable

_GAP_ORDER = list(Gap)

SHOWS = {
    "gaps": "Gaps",
    "proposed": "Proposed",
    "changed": "Words changed since",
    "answered": "Answered",
    "none": "Needs no action",
}
SORTS = {"gaps": "Gaps first", "notice": "In the order of the document", "evidence": "Least evidence first"}


@dataclass(frozen=True)
class Wanted:
    """What an address asks for; an empty field asks for everything. `show` is one of SHOWS or a gap."""

    show: str = ""
    theme: int | None = None
    heading: str = ""
    words: str = ""
    sort: str = "gaps"

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order is asked for."""
        return self != Wanted(sort=self.sort)


def shown(lines: Iterable[Line], wanted: Wanted, table: PlanTable, proposed: Iterable[str]) -> list[Line]:
    """The lines asked for, in the order asked for; `proposed` are the keys of those with open proposals."""
    open_keys, words = set(proposed), wanted.words.casefold().split()
    themes = {objective.id: objective.theme_id for objective in table.objectives}

    def fits(line: Line) -> bool:
        said = f"{line.provision.ref} {line.provision.heading} {line.provision.words}".casefold()
        return (
            is_shown(line, wanted.show, open_keys)
            and wanted.heading in ("", line.provision.heading)
            and all(word in said for word in words)
            and (wanted.theme is None or wanted.theme in _themes(line, themes))
        )

    found = [line for line in lines if fits(line)]
    if wanted.sort == "gaps":
        found.sort(key=concern)
    elif wanted.sort == "evidence":
        found.sort(key=lambda line: (line.none is not None or line.introduces, line.evidence))
    return found


def is_shown(line: Line, show: str, open_keys: Container[str]) -> bool:
    """Whether a line is one of those that a filter asks for."""
    tests = {
        "": True,
        "gaps": line.gap is not None,
        "proposed": line.provision.key in open_keys,
        "changed": line.changed,
        "answered": line.answered,
        "none": line.none is not None,
    }
    return tests.get(show, line.gap == show)


def concern(line: Line) -> int:
    """How much a line worries, 0 most: gaps by their kind, then words that changed, then what is answered."""
    if line.gap is not None:
        return _GAP_ORDER.index(line.gap)
    if line.changed:
        return len(_GAP_ORDER)
    return len(_GAP_ORDER) + (1 if line.answered else 2 if line.introduces else 3)


def _themes(line: Line, themes: Mapping[int, int]) -> set[int | None]:
    linked = {link.objective.id for link in line.links if link.objective}
    return {themes.get(number) for number in linked | {action.objective_id for action in line.actions}}
