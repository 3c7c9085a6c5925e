"""The facts that deadlines are worked out from, put in order once and asked many times."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Self

from deadlines.events import Event, Happening, Status, Variation
from deadlines.kinds import ENDS, NOTICE_ISSUED
from deadlines.occurrence import Occurrence

_NEVER = datetime.min.replace(tzinfo=UTC)
_NOTHING: Mapping[str, tuple[Occurrence, ...]] = MappingProxyType({})


def _moment(recorded_at: datetime | None) -> datetime:
    if recorded_at is None:
        return _NEVER
    return recorded_at if recorded_at.tzinfo else recorded_at.replace(tzinfo=UTC)


def _event_order(event: Event) -> tuple[object, ...]:
    wanted = event.wanted_by or date.min
    flags = (event.counts, event.on_request, event.resets, event.amount)
    return (
        event.on,
        event.kind,
        event.which,
        event.status,
        event.key,
        wanted,
        flags,
        _moment(event.recorded_at),
    )


def _latest_of_each(events: Iterable[Event]) -> list[Event]:
    """Events without a key as they are; of those that share one, the one recorded last."""
    latest: dict[str, Event] = {}
    single = set()
    for event in events:
        kept = latest.get(event.key)
        if not event.key:
            single.add(event)
        elif kept is None or _history_order(kept) < _history_order(event):
            latest[event.key] = event
    return [*single, *latest.values()]


def _history_order(event: Event) -> tuple[object, ...]:
    return (_moment(event.recorded_at), *_event_order(event))


def _variation_order(variation: Variation) -> tuple[object, ...]:
    gap = (variation.gap_from or date.min, variation.gap_to or date.min)
    return (
        variation.counts_from,
        variation.agreed_on,
        variation.target,
        str(variation.period),
        gap,
        variation.letter,
    )


@dataclass(frozen=True)
class Facts:
    """Events and agreed variations of one notice, in an order of their own: the order given never matters.

    `deadlines` holds the occurrences of other obligations that a schedule may ask for, `obligation` the key
    of the one being worked out (variations may name it).
    """

    events: tuple[Event, ...] = ()
    variations: tuple[Variation, ...] = ()
    deadlines: Mapping[str, tuple[Occurrence, ...]] = field(default_factory=lambda: _NOTHING)
    obligation: str = ""

    @classmethod
    def of(cls, events: Iterable[Event] = (), variations: Iterable[Variation] = ()) -> Self:
        """Facts from events and variations in any order; the same one given twice is one."""
        return cls(
            events=tuple(sorted(_latest_of_each(events), key=_event_order)),
            variations=tuple(sorted(set(variations), key=_variation_order)),
        )

    def linked_to(self, deadlines: Mapping[str, tuple[Occurrence, ...]], obligation: str = "") -> Self:
        """The same facts beside the deadlines already worked out, for the obligation with that key."""
        linked = copy.copy(self)
        object.__setattr__(linked, "deadlines", deadlines)
        object.__setattr__(linked, "obligation", obligation)
        return linked

    def as_at(self, day: date, *, known_by: datetime | None = None) -> Self:
        """The facts as they stood at the end of `day`: what happened and was agreed up to it (included).

        Plans for later days stay. With `known_by`, only what was recorded by that moment (included); a fact
        without a moment was always known.
        """
        limit = _moment(known_by) if known_by else None
        events = [
            event
            for event in self.events
            if (event.on <= day or event.status is Status.PLANNED)
            and (limit is None or _moment(event.recorded_at) <= limit)
        ]
        agreed = [
            variation
            for variation in self.variations
            if variation.agreed_on <= day and (limit is None or _moment(variation.recorded_at) <= limit)
        ]
        return type(self).of(events, agreed)

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Event, ...]]:
        kinds: dict[str, list[Event]] = {}
        for event in self.events:
            if event.counts and event.status is not Status.CANCELLED:
                kinds.setdefault(event.kind, []).append(event)
        return {kind: tuple(found) for kind, found in kinds.items()}

    @cached_property
    def _memory(self) -> dict[Happening, tuple[tuple[Event, ...], tuple[Event, ...]]]:
        return {}

    @cached_property
    def issued(self) -> Event | None:
        """The issuing of the notice, or None while its date is not known."""
        issued = self._by_kind.get(NOTICE_ISSUED, ())
        return next((event for event in issued if event.status is Status.HAPPENED), None)

    @property
    def starts_on(self) -> date | None:
        """The day the notice was issued, from which events count (included)."""
        return self.issued.on if self.issued else None

    @cached_property
    def ended(self) -> Event | None:
        """The event that ended the notice (lifted, cancelled, rescinded, replaced), or None."""
        ends = [event for event in self.events if event.kind in ENDS and event.status is Status.HAPPENED]
        return min(ends, key=lambda event: event.on, default=None)

    def _seen(self, of: Happening) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
        found = self._memory.get(of)
        if found is None:
            start = None if of.before_notice else self.starts_on
            events = [
                event
                for event in self._by_kind.get(of.kind, ())
                if of.which in ("", event.which) and (start is None or event.on >= start)
            ]
            held = tuple(event for event in events if event.status is Status.HAPPENED)
            last = held[-1].on if held else date.min
            planned = tuple(event for event in events if event.status is Status.PLANNED and event.on > last)
            found = self._memory[of] = (held, planned)
        return found

    def held(self, of: Happening) -> tuple[Event, ...]:
        """Events that happened and count, earliest first;
        none before the notice unless the clause says so.
        """
        return self._seen(of)[0]

    def planned(self, of: Happening) -> tuple[Event, ...]:
        """Events planned for after the last one held:
        a plan that was overtaken by a later event is no forecast.
        """
        return self._seen(of)[1]

    def agreed(self, of: Happening | None = None) -> tuple[Variation, ...]:
        """What was agreed about these events, or about the obligation being worked out; earliest first."""
        if not self.variations:
            return ()
        targets = of.targets() if of else frozenset()
        return tuple(
            v for v in self.variations if v.target in targets or (v.target and v.target == self.obligation)
        )
