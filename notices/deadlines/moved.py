"""What a correction does to deadlines: which appear, move, vanish or stand otherwise. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from notices.deadlines.lines import Deadlines, Line


@dataclass(frozen=True, slots=True)
class Moved:
    """One deadline before and after; None where there is none. Of what stays on its day only the state differs."""

    was: Line | None
    now: Line | None

    @property
    def line(self) -> Line:
        """The deadline as it will be, or was."""
        found = self.now or self.was
        assert found is not None  # noqa: S101 - one of the two is always there
        return found

    @property
    def what(self) -> str:
        """What becomes of it: appears, vanishes, moves, or changes."""
        if self.was is None:
            return "appears"
        if self.now is None:
            return "vanishes"
        return "moves" if self.was.due != self.now.due else "changes"


def moved(before: Deadlines, after: Deadlines) -> list[Moved]:
    """The deadlines that differ between two workings-out of one council, by their day."""
    was, now = _by_duty(before.lines), _by_duty(after.lines)
    found = [
        one for key in sorted({*was, *now}, key=str) for one in _of_duty(was.get(key, []), now.get(key, []))
    ]
    return sorted(found, key=lambda one: (one.line.due, one.line.duty.key))


def _by_duty(lines: Iterable[Line]) -> dict[tuple[int, str], list[Line]]:
    found: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.duty.instrument, line.duty.key), []).append(line)
    return found


def _of_duty(was: list[Line], now: list[Line]) -> Iterable[Moved]:
    """What stays on its day is the same deadline; of what is left the first moved to the first, and so on.

    Where the number changes by more than one at the edge of what is seen, nothing moved: another pace holds.
    """
    stayed = {line.due for line in was} & {line.due for line in now}
    for day in stayed:
        old, new = _on(was, day), _on(now, day)
        if (old.state, old.duty.duty_holder, old.duty.force) != (
            new.state,
            new.duty.duty_holder,
            new.duty.force,
        ):
            yield Moved(old, new)
    gone = [line for line in was if line.due not in stayed]
    come = [line for line in now if line.due not in stayed]
    if abs(len(gone) - len(come)) <= 1:
        yield from (Moved(one, other) for one, other in zip_longest(gone, come))
    else:
        yield from (Moved(one, None) for one in gone)
        yield from (Moved(None, one) for one in come)


def _on(lines: list[Line], day: object) -> Line:
    return next(line for line in lines if line.due == day)
