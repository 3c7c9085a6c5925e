"""From a schedule to what a form shows of it."""

import datetime as dt
from typing import Any

from deadlines.codec import to_json
from deadlines.events import Happening
from deadlines.months import Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import (
    AmountInEachMonth,
    AtLastBefore,
    AtLeastInEachMonth,
    Before,
    ByCalendar,
    ByEndOfMonth,
    EveryNth,
    InMonth,
    OnDate,
    OnlyOnce,
    OnWorkingDay,
    Together,
    Within,
)
from notices.schedule_fields.shapes import KEPT, MOST_PARTS, SHAPES


def length_of(period: Period) -> tuple[str, str]:
    """A length of time as number and unit; the other way round from `period_of`."""
    if period.working_days:
        return str(period.working_days), "working_days"
    if period.months:
        whole = period.months % 12 == 0
        return (str(period.months // 12), "years") if whole else (str(period.months), "months")
    return (
        (str(period.days // 7), "weeks")
        if period.days and period.days % 7 == 0
        else (str(period.days), "days")
    )


def parts_of(schedule: Schedule) -> tuple[list[Schedule], str, str]:
    """The parts, the event that the whole waits for, and to which working day it rolls."""
    only, roll = "", ""
    if isinstance(schedule, OnlyOnce):
        only, schedule = schedule.event.kind, schedule.then
    if isinstance(schedule, OnWorkingDay):
        roll, schedule = schedule.roll, schedule.schedule
    return (list(schedule.parts) if isinstance(schedule, Together) else [schedule]), only, roll


def fields_of(schedule: Schedule) -> dict[str, str]:
    """The fields that a form shows for a schedule: the other way round from `schedule_of`."""
    parts, only, roll = parts_of(schedule)
    shown = {"only_after": only, "roll": roll}
    for number, part in enumerate(parts[:MOST_PARTS], start=1):
        if not _fits(part):
            shown |= {f"{number}-kind": KEPT, f"{number}-kept": part.sentence()}
            continue
        shown |= {f"{number}-{name}": value for name, value in _shown(part).items()}
    return shown


def _fits(part: Schedule) -> bool:
    """Whether the fields hold all that a part says; one that says more is kept as it stands."""
    anchor = getattr(part, "anchor", None)
    return part.kind in SHAPES and not (isinstance(anchor, Anchor) and anchor.after)


def _shown(part: Any) -> dict[str, str]:
    shown = {"kind": part.kind}
    for name in ("on", "first", "last"):
        value = getattr(part, name, None)
        if isinstance(value, dt.date):
            shown["to" if name == "last" else "on"] = _written(value)
    if hasattr(part, "year"):
        shown["month"] = f"{part.month}/{part.year}"
    for name, field_name in (
        ("period", "length"),
        ("tolerance", "tolerance"),
        ("after", "after"),
        ("lead", "lead"),
    ):
        length = getattr(part, name, None)
        if isinstance(length, Period) and length:
            shown[field_name], shown[f"{field_name}_unit"] = length_of(length)
    anchor = getattr(part, "anchor", None)
    if isinstance(anchor, Anchor):
        shown["anchor"] = "day" if anchor.on else anchor.kind + (":last" if anchor.last else "")
        shown["anchor_on"] = _written(anchor.on) if anchor.on else ""
    return shown | _shown_plain(part)


def _shown_plain(part: Any) -> dict[str, str]:
    shown = {}
    if isinstance(getattr(part, "of", None), Happening):
        shown["of"] = part.of.kind
    for name, field_name in (
        ("count", "count"),
        ("n", "count"),
        ("times", "times"),
        ("days_allowed", "days_allowed"),
    ):
        if getattr(part, name, None):
            shown[field_name] = str(getattr(part, name))
    shown |= _shown_choices(part)
    return shown | (_shown_first(part.first) if isinstance(part, EveryNth) else {})


def _shown_choices(part: Any) -> dict[str, str]:
    shown = {}
    for name in ("obligation", "words", "agreed_by"):
        if getattr(part, name, None):
            shown[name] = getattr(part, name)
    if isinstance(part, AmountInEachMonth):
        shown |= {"amount": f"{part.amount:g}", "measure": part.unit}
    if isinstance(part, Before):
        shown["strictly"] = "before" if part.strictly else "with"
    if isinstance(part, AtLeastInEachMonth):
        shown["calendar"] = "calendar" if part.calendar else "anchor"
    if isinstance(part, ByCalendar):
        shown |= {f"month_{number}": "yes" for number in part.months}
        shown |= {"day": str(part.day)} if part.day else {}
        shown |= {"weekday": str(part.weekday)} if part.weekday is not None else {}
    if getattr(part, "by", False):
        shown["by"] = "yes"
    if getattr(part, "until", None):
        shown["until"] = "yes"
    return shown


def _shown_first(first: Schedule | None) -> dict[str, str]:
    """What comes first, as its own three fields."""
    if isinstance(first, InMonth | ByEndOfMonth):
        return {"first": "month", "month": f"{first.month}/{first.year}"}
    if isinstance(first, OnDate):
        return {"first": "day", "on": _written(first.on)}
    if isinstance(first, Within):
        number, unit = length_of(first.period)
        return {"first": "within", "length": number, "length_unit": unit}
    return {}


def _written(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def as_json(schedule: Schedule) -> dict[str, Any]:
    """The schedule as it is stored."""
    return to_json(schedule)


def called(schedule: Schedule) -> dict[str, str]:
    """What a schedule calls the obligations that it counts from, by their keys."""
    return {
        part.obligation: part.what
        for part in parts_of(schedule)[0]
        if isinstance(part, Before | AtLastBefore)
    }
