"""What an amendment changes: provisions and duties of two versions matched by place, people and words. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Protocol

ALIKE = 0.6  # of 1: from here on two texts are the same provision, worded anew
_ELSEWHERE = 0.8  # what moved to another place has to be more alike than that


class Provision(Protocol):
    """A requirement of either version."""

    @property
    def ref(self) -> str: ...
    @property
    def text(self) -> str: ...


class Duty(Protocol):
    """An obligation of either version; `place` is the reference of its requirement."""

    @property
    def key(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def duty_holder(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    @property
    def deliverable(self) -> str: ...
    @property
    def force(self) -> str: ...
    @property
    def schedule(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class PlainDuty:
    """A duty as plain values."""

    key: str
    place: str
    duty_holder: str
    recipient: str
    deliverable: str
    force: str
    schedule: Mapping[str, Any]


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1, without regard to case and spacing."""
    first, second = " ".join(one.lower().split()), " ".join(other.lower().split())
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return float(matcher.ratio())


def matched_provisions(old: Sequence[Provision], new: Sequence[Provision]) -> dict[str, str]:
    """The reference of the old provision by that of the new one: same words first, then same place, then alike."""
    found: dict[str, str] = {}
    left = {one.ref: one for one in old}
    by_words: dict[str, str] = {}
    for one in old:
        by_words.setdefault(" ".join(one.text.lower().split()), one.ref)
    for one in new:
        same = by_words.get(" ".join(one.text.lower().split()))
        if same in left:
            found[one.ref] = same
            del left[same]
    for one in new:
        at_place = left.get(one.ref)
        if one.ref not in found and at_place and likeness(at_place.text, one.text) >= ALIKE:
            found[one.ref] = at_place.ref
            del left[at_place.ref]
    for one in new:
        if one.ref in found:
            continue
        scored = [(likeness(other.text, one.text), other.ref) for other in left.values()]
        best, ref = max(scored, default=(0.0, ""))
        if best >= _ELSEWHERE:
            found[one.ref] = ref
            del left[ref]
    return found


def matched_duties(old: Sequence[Duty], new: Sequence[Duty], places: Mapping[str, str]) -> dict[str, str]:
    """The key of the old duty by that of the new one: of the same people, in the same place, or in the same words.

    A met deadline of the old one stays met under the same key. `places` is what `matched_provisions` gave.
    """
    scored = sorted(
        (
            (_score(one, other, places), number, place, one.key, other.key)
            for number, one in enumerate(new)
            for place, other in enumerate(old)
        ),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    matched: dict[str, str] = {}
    for score, _, _, new_key, old_key in scored:
        if score >= 1 and new_key not in matched and old_key not in matched.values():
            matched[new_key] = old_key
    return matched


def _score(one: Duty, other: Duty, places: Mapping[str, str]) -> float:
    """Below 1 two duties are not the same; the more alike the higher."""
    if one.duty_holder != other.duty_holder:
        return 0
    here = places.get(one.place) == other.place
    alike = likeness(one.deliverable, other.deliverable)
    timed = bool(asked(one.schedule) == asked(other.schedule))
    if alike < (ALIKE if here else _ELSEWHERE) and not (here and timed):
        return 0
    return 1 + alike + here + timed


def with_keys(schedule: Any, keys: Mapping[str, str]) -> Any:
    """A schedule's JSON with the obligations it counts from under other keys."""
    if isinstance(schedule, dict):
        return {
            name: keys.get(value, value)
            if name == "obligation" and isinstance(value, str)
            else with_keys(value, keys)
            for name, value in schedule.items()
        }
    if isinstance(schedule, list):
        return [with_keys(part, keys) for part in schedule]
    return schedule


def differences(old: Duty, new: Duty) -> tuple[str, ...]:
    """The fields in which a duty differs from what it was, in the order of the form.

    The pace that a schedule only forecasts by is no part of the duty.
    """
    names = ("duty_holder", "recipient", "deliverable", "force")
    found = [name for name in names if getattr(old, name) != getattr(new, name)]
    return (*found, "schedule") if asked(old.schedule) != asked(new.schedule) else tuple(found)


def asked(schedule: Any) -> Any:
    """What a schedule's JSON asks for: all of it but the pace of its forecasts."""
    if isinstance(schedule, Mapping):
        return {name: asked(value) for name, value in schedule.items() if name != "cadence"}
    return [asked(part) for part in schedule] if isinstance(schedule, list) else schedule


def free_key(wanted: str, taken: Iterable[str]) -> str:
    """The key itself, or with a number that no duty of any version has."""
    used = set(taken)
    numbered = (f"{wanted} #{number}" for number in range(2, len(used) + 3))
    return next(key for key in (wanted, *numbered) if key not in used)
