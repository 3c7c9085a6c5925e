"""From what a browser sent to a schedule."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from deadlines.events import Happening
from deadlines.kinds import KINDS
from deadlines.months import NO_TIME, Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import (
    AmountInEachMonth,
    AtLastBefore,
    AtLeastInEachMonth,
    Before,
    Between,
    ByCalendar,
    ByEndOfMonth,
    EveryNth,
    EveryPeriod,
    InMonth,
    NoLongerThan,
    NotYetAgreed,
    OnDate,
    OnlyOnce,
    OnOrAfter,
    OnRequest,
    OnWorkingDay,
    Standing,
    Together,
    WithEach,
    Within,
)
from notices.schedule_fields.shapes import KEPT, MOST_PARTS, UNITS
from notices.schedule_fields.shown import parts_of

DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%d-%m-%Y")
_BOARD = "board_held"
_LIFTED = Happening("notice_lifted")


class FieldsRefused(ValueError):  # noqa: N818
    """Fields that make no schedule; `errors` says why, by the name of the field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


@dataclass
class _Sent:
    """The fields of one part, and what was wrong with them."""

    data: Mapping[str, str]
    prefix: str
    errors: dict[str, str]
    named: Mapping[str, str]
    pace: Period | None

    def text(self, name: str) -> str:
        return self.data.get(self.prefix + name, "").strip()

    def wrong(self, name: str, message: str) -> None:
        self.errors.setdefault(self.prefix + name, message)

    def day(self, name: str) -> dt.date:
        found = day_of(self.text(name))
        if found is None:
            self.wrong(name, "Enter a date such as 24/2/2026")
        return found or dt.date.max

    def month(self) -> tuple[int, int]:
        for pattern in ("%m/%Y", "%B %Y", "%b %Y", "%Y-%m"):
            try:
                found = dt.datetime.strptime(self.text("month"), pattern)  # noqa: DTZ007 - a month has no zone
            except ValueError:
                continue
            return found.year, found.month
        self.wrong("month", "Enter a month such as 5/2026")
        return 1, 1

    def whole(self, name: str, *, least: int = 1, missing: int | None = None) -> int | None:
        text = self.text(name)
        if not text and least <= (missing or 0):
            return missing
        if text.isdecimal() and least <= int(text) <= 1200:  # noqa: PLR2004 - a hundred years of months
            return int(text)
        self.wrong(name, f"Enter a whole number, {least} or more")
        return None

    def length(self, name: str, *, optional: bool = False) -> Period:
        """A number and a unit ("6", "months")."""
        if optional and not self.text(name):
            return NO_TIME
        number = self.whole(name, least=0 if optional else 1)
        unit = self.text(f"{name}_unit")
        if unit not in UNITS:
            self.wrong(name, "Choose days, weeks, months or years")
        if number is None or unit not in UNITS:
            return Period(days=1)
        return period_of(number, unit)

    def happening(self) -> Happening:
        return Happening(self.choice("of", "Choose what happens"))

    def choice(self, name: str, message: str) -> str:
        kind = self.text(name)
        if kind not in KINDS:
            self.wrong(name, message)
        return kind or _BOARD

    def anchor(self) -> Anchor:
        text = self.text("anchor")
        if text == "day":
            return Anchor(on=self.day("anchor_on"))
        kind, _, last = text.partition(":")
        if kind not in KINDS:
            self.wrong("anchor", "Choose what the time counts from")
            return Anchor("notice_issued")
        return Anchor(kind, last=last == "last")

    def obligation(self) -> tuple[str, str]:
        """The other obligation's key, and what one occurrence of it is called."""
        key = self.text("obligation")
        if key not in self.named:
            self.wrong("obligation", "Choose what it counts from")
        return key, self.named.get(key, "")


def day_of(text: str) -> dt.date | None:
    """A day as people write it (24/2/2026, 24 February 2026, 2026-02-24), or None."""
    for pattern in DAY_FORMATS:
        try:
            return dt.datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def period_of(number: int, unit: str) -> Period:
    """A length of time from a number and one of UNITS."""
    if unit == "working_days":
        return Period(working_days=number)
    months = {"months": number, "years": 12 * number}.get(unit, 0)
    return Period(months=months, days={"days": number, "weeks": 7 * number}.get(unit, 0))


def schedule_of(
    data: Mapping[str, str],
    *,
    named: Mapping[str, str],
    pace: Period | None = None,
    before: Schedule | None = None,
) -> Schedule:
    """The schedule that a form's fields say. `named` gives the other obligations by key, with what each is called.

    `pace` is how often the board meets, for forecasts; `before` the schedule that the form was made from. Raises
    FieldsRefused with a message for each field that will not do.
    """
    errors: dict[str, str] = {}
    earlier = parts_of(before)[0] if before else []
    parts: list[Schedule] = []
    for number in range(1, MOST_PARTS + 1):
        kind = data.get(f"{number}-kind", "").strip()
        if not kind:
            continue
        if kind == KEPT and number <= len(earlier):
            parts.append(earlier[number - 1])
            continue
        if kind not in _READ:
            errors[f"{number}-kind"] = "Choose when it is due"
            continue
        sent = _Sent(data, f"{number}-", errors, named, pace)
        kept = earlier[number - 1] if number <= len(earlier) and earlier[number - 1].kind == kind else None
        try:
            parts.append(_kept(_READ[kind](sent), kept))
        except ValueError as problem:
            sent.wrong("kind", f"{str(problem)[:1].upper()}{str(problem)[1:]}")
    if not parts and not errors:
        errors["1-kind"] = "Choose when it is due"
    only = data.get("only_after", "")
    if only and only not in KINDS:
        errors["only_after"] = "Choose an event"
    if errors:
        raise FieldsRefused(errors)
    whole = parts[0] if len(parts) == 1 else Together(tuple(parts))
    if data.get("roll") in ("earlier", "later"):
        whole = OnWorkingDay(whole, cast("Any", data["roll"]))
    return OnlyOnce(Happening(only), whole) if only else whole


def _kept(made: Schedule, kept: Schedule | None) -> Schedule:
    """With what no field shows taken from the part that stood there."""
    if kept is None or type(kept) is not type(made):
        return made
    hidden = _HIDDEN.get(made.kind, ())
    held = {name: getattr(kept, name) for name in hidden}
    of = getattr(made, "of", None)
    if isinstance(of, Happening) and of.kind == cast("Any", kept).of.kind:
        held["of"] = cast("Any", kept).of
    elif "cadence" in held:
        held.pop("cadence")
    known = {field.name for field in fields(cast("Any", made))}
    return cast(
        "Schedule", replace(cast("Any", made), **{name: held[name] for name in held if name in known})
    )


# what a form does not show, and keeps
_HIDDEN = {
    "no_longer_than": ("lasting",),
    "with_each": ("cadence",),
    "every_nth": ("cadence",),
    "at_last_before": ("cadence",),
    "at_least_in_each_month": ("anchor",),
    "amount_in_each_month": ("anchor",),
    "before": ("of_deadline",),
    "on_request": ("request", "within", "resets"),
}


def _on_date(sent: _Sent) -> Schedule:
    return OnDate(sent.day("on"), by=bool(sent.text("by")))


def _between(sent: _Sent) -> Schedule:
    first, last = sent.day("on"), sent.day("to")
    return Between(first, max(first, last) if sent.errors else last)


def _every_period(sent: _Sent) -> Schedule:
    until = _LIFTED if sent.text("until") else None
    times = sent.whole("times", least=0, missing=0) or None
    return EveryPeriod(sent.length("length"), sent.anchor(), times, until)


def _on_or_after(sent: _Sent) -> Schedule:
    return OnOrAfter(sent.length("length"), sent.anchor(), sent.length("tolerance", optional=True) or None)


def _by_calendar(sent: _Sent) -> Schedule:
    """The months ticked, none for every one; the day by its number, or the first, second … last weekday."""
    months = tuple(number for number in range(1, 13) if sent.text(f"month_{number}"))
    weekday = sent.text("weekday")
    day = sent.whole("day", least=0, missing=0) or None
    most, last = (5, "the last such day") if weekday else (31, "the last day")
    if day is not None and day > most:
        sent.wrong("day", f"Enter a whole number, 1 to {most}; {most} is {last} of the month")
    elif weekday and day is None:
        sent.wrong("day", "Enter which one: 1 for the first, 5 for the last")
    return ByCalendar(
        sent.anchor(),
        months,
        None if sent.errors else day,
        int(weekday) if weekday.isdecimal() and not sent.errors else None,
        by=bool(sent.text("by")) and day is not None,
        after=sent.length("after", optional=True),
        until=_LIFTED if sent.text("until") else None,
    )


def _at_least(sent: _Sent) -> Schedule:
    return AtLeastInEachMonth(
        sent.whole("count") or 1,
        sent.happening(),
        Anchor("notice_issued"),
        sent.whole("times", least=0, missing=0) or None,
        calendar=sent.text("calendar") != "anchor",
    )


def _cadence(sent: _Sent, of: Happening) -> Period | None:
    return sent.pace if of.kind == _BOARD else None


def _with_each(sent: _Sent) -> Schedule:
    of = sent.happening()
    return WithEach(of, _cadence(sent, of), sent.length("after", optional=True))


def _first(sent: _Sent) -> Schedule | None:
    """What comes before the counting begins: nothing, a month, a day, or a time after the notice."""
    how = sent.text("first")
    if how == "month":
        return InMonth(*sent.month())
    if how == "day":
        return OnDate(sent.day("on"))
    if how == "within":
        return Within(sent.length("length"), Anchor("notice_issued"))
    return None


def _every_nth(sent: _Sent) -> Schedule:
    of = sent.happening()
    allowed = sent.whole("days_allowed", least=0, missing=0) or 0
    return EveryNth(sent.whole("count") or 1, of, _first(sent), _cadence(sent, of), allowed)


def _before(sent: _Sent) -> Schedule:
    key, what = sent.obligation()
    lead = sent.length("lead", optional=True)
    return Before(key, what, lead, strictly=not lead and sent.text("strictly") != "with")


def _at_last_before(sent: _Sent) -> Schedule:
    of = sent.happening()
    key, what = sent.obligation()
    return AtLastBefore(of, key, what, _cadence(sent, of))


def _amount(sent: _Sent) -> Schedule:
    try:
        amount = float(sent.text("amount"))
    except ValueError:
        sent.wrong("amount", "Enter a number such as 2 or 1.5")
        amount = 1.0
    unit = sent.text("measure") or "days"
    return AmountInEachMonth(amount, unit, sent.happening(), Anchor("notice_issued"))


def _on_request(sent: _Sent) -> Schedule:
    of = sent.happening()
    asked = "report_requested" if of.kind == "report_submitted" else "review_requested"
    return OnRequest(of, Happening(asked))


_READ: dict[str, Callable[[_Sent], Schedule]] = {
    "on_date": _on_date,
    "in_month": lambda sent: InMonth(*sent.month()),
    "by_end_of_month": lambda sent: ByEndOfMonth(*sent.month()),
    "between": _between,
    "within": lambda sent: Within(sent.length("length", optional=True), sent.anchor()),
    "on_or_after": _on_or_after,
    "every_period": _every_period,
    "by_calendar": _by_calendar,
    "no_longer_than": lambda sent: NoLongerThan(sent.length("length"), sent.happening(), sent.anchor()),
    "at_least_in_each_month": _at_least,
    "with_each": _with_each,
    "every_nth": _every_nth,
    "before": _before,
    "at_last_before": _at_last_before,
    "amount_in_each_month": _amount,
    "on_request": _on_request,
    "standing": lambda sent: Standing(),
    "not_yet_agreed": lambda sent: NotYetAgreed(sent.text("words"), sent.text("agreed_by")),
}
