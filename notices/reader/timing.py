"""From what a clause says about when to a schedule: one rule a way of saying it."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from deadlines.events import Happening
from deadlines.months import NO_TIME, Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import (
    AtLeastInEachMonth,
    ByCalendar,
    EveryNth,
    EveryPeriod,
    NoLongerThan,
    OnlyOnce,
    OnOrAfter,
    OnRequest,
    OnWorkingDay,
    Standing,
    Together,
    UpTo,
    WithEach,
    Within,
)
from notices.reader.asking import (
    BOARD,
    LIFTED,
    MONTH,
    REPORT,
    Way,
    always,
    days_allowed,
    evenly,
    not_known,
    of_whole,
    open_ways,
)
from notices.reader.draft import Asking, Context, Later
from notices.reader.mention import Mention, period_of
from notices.reader.paces import NOTICE, Pace, is_followed, paces_of, starting
from notices.reader.reading import Option

_ADVISER = Anchor("adviser_placed")


def together(schedules: Iterable[Schedule]) -> Schedule:
    """One schedule of several, the same one told twice only once."""
    whole = [one.parts if isinstance(one, Together) else (one,) for one in schedules]
    parts = tuple(dict.fromkeys(chain.from_iterable(whole)))
    return parts[0] if len(parts) == 1 else Together(parts)


def of_happenings(of: Happening, times: list[Mention]) -> Schedule | None:
    """When a board meets, a review or a discussion is held; None where the clause gives no interval.

    Happenings count from what really happened (issue 5): "every six months" is at most six months between
    two; "monthly" for a board is one in each calendar month, for a first stretch of months one in each.
    """
    parts = [part for mention in times for part in _once(mention)]
    parts += _calendars(times) or [_happening(of, pace) for pace in paces_of(times) if pace.mention.period]
    if any(mention.kind == "on_request" for mention in times):
        parts.append(OnRequest(of, Happening(of.kind.replace("_held", "_requested"))))
    return together(parts) if parts else None


def changing(of: Happening, times: list[Mention]) -> Way:
    """When happenings change their pace on a day that the words do not say."""
    return not_known(times, [_happening(of, pace) for pace in paces_of(times) if pace.mention.period])


def _once(mention: Mention) -> list[Schedule]:
    if mention.kind == "opens":
        return list(_openings(mention))
    if mention.kind == "within" and mention.anchor and not mention.unit:
        return [Within(mention.period or NO_TIME, mention.anchor)]
    return [mention.schedule] if mention.kind == "dated" and mention.schedule else []


def _happening(of: Happening, pace: Pace) -> Schedule:
    period, mention = pace.mention.period or NO_TIME, pace.mention
    made: Schedule
    if mention.kind == "times" and mention.unit == "month":
        made = AtLeastInEachMonth(mention.count, of, pace.since)
    elif period == MONTH:
        months = pace.lasting.months if pace.lasting and pace.lasting.months else None
        made = AtLeastInEachMonth(1, of, pace.since, months, calendar=months is None)
    else:
        made = NoLongerThan(period, of, pace.since, pace.lasting)
    return UpTo(made, pace.end) if pace.end else made


def _calendars(times: list[Mention]) -> list[Schedule]:
    """What the calendar gives, counted from what comes first where it goes on "thereafter"."""
    found = []
    for mention in times:
        if mention.kind == "calendar" and mention.schedule:
            before = [one for one in times if one.start < mention.start and is_followed(times)]
            since = next((day for one in reversed(before) if (day := starting(one))), NOTICE)
            found.append(_until_lifted(mention.schedule, since))
    return found


def _until_lifted(schedule: Schedule, since: Anchor) -> Schedule:
    if isinstance(schedule, OnWorkingDay):
        return replace(schedule, schedule=_until_lifted(schedule.schedule, since))
    return replace(schedule, anchor=since, until=LIFTED) if isinstance(schedule, ByCalendar) else schedule


def _openings(mention: Mention) -> Iterable[Schedule]:
    anchor = mention.anchor or NOTICE
    for number in mention.target.split():
        yield OnOrAfter(period_of(number, mention.unit), anchor)


def of_deliverable(times: list[Mention]) -> list[tuple[Later, tuple[Asking, ...]]]:
    """When something is to be delivered:
    what is certain together, each way of saying it that is open apart.
    """
    found: list[tuple[Later, tuple[Asking, ...]]] = []
    nth = next((mention for mention in times if mention.kind == "nth"), None)
    first = next((mention for mention in times if _comes_first(mention)), None)
    if nth is not None:
        found.append(_every_nth(nth, first))
    certain = [mention for mention in times if mention is not nth and not (nth and mention is first)]
    schedules = [schedule for mention in certain for schedule in _certain(mention, times)]
    recurring = _calendars(certain) or [
        _paced(pace) for pace in paces_of(certain) if _is_steady(pace.mention)
    ]
    if not changes_some_day(certain):
        schedules += recurring
    if schedules:
        whole = together(schedules)
        found.append((always(whole), evenly(certain, whole) if recurring else ()))
    found += [made for mention in certain for made in open_ways(mention)]
    if changes_some_day(certain):
        found.append(not_known(certain, recurring))
    return found


def _comes_first(mention: Mention) -> bool:
    known = mention.kind == "within" and mention.anchor is not None and not mention.unit
    return known or mention.kind in ("dated", "month_start", "by_month")


def _is_steady(mention: Mention) -> bool:
    return bool(mention.period)


def changes_some_day(times: list[Mention]) -> bool:
    """Whether one interval gives way to another and no words say when: "initially weekly, then monthly"."""
    paces = paces_of(times)
    return len(paces) > 1 and is_followed(times) and any(pace.over is None for pace in paces[:-1])


def _every_nth(nth: Mention, first: Mention | None) -> tuple[Later, tuple[Asking, ...]]:
    """Every n-th board, after a first one on a date; what that date leaves open is asked of the whole."""
    schedule = None
    if first is not None:
        schedule = first.schedule or Within(first.period or NO_TIME, first.anchor or NOTICE)

    def made(context: Context) -> Schedule:
        return EveryNth(nth.count, BOARD, schedule, context.cadence)

    asked = [of_whole(asking, made) for _, askings in open_ways(first) for asking in askings] if first else []
    return made, (*asked, days_allowed(nth))


def _certain(mention: Mention, times: list[Mention]) -> Iterable[Schedule]:
    period = mention.period or NO_TIME
    if mention.kind == "within" and mention.unit == "case":
        yield Standing()
    elif mention.kind == "within" and mention.unit == "request":
        yield OnRequest(REPORT, Happening("report_requested"), period)
    elif mention.kind == "within" and mention.anchor and mention.unit != "report":
        adviser = not mention.target and any(one.kind == "adviser" for one in times)
        yield Within(period, _ADVISER if adviser else mention.anchor)
    elif mention.kind == "opens":
        yield from _openings(mention)
    elif mention.kind == "dated" and mention.schedule:
        yield mention.schedule
    elif mention.kind == "before_end":
        yield Within(NO_TIME, Anchor("notice_lifted"))
    elif mention.kind == "appointment":
        yield WithEach(Happening("member_appointed"))
        yield WithEach(Happening("terms_changed"))
    elif mention.kind == "on_request" and not any(one.unit == "request" for one in times):
        bare = next((one.period for one in times if one.kind == "within" and not one.target), None)
        yield OnRequest(REPORT, Happening("report_requested"), bare)


def _paced(pace: Pace) -> Schedule:
    period, mention = pace.mention.period or NO_TIME, pace.mention
    if mention.kind == "times" and mention.unit == "month" and mention.count > 1:
        made: Schedule = AtLeastInEachMonth(mention.count, REPORT, pace.since)
        return UpTo(made, pace.over) if pace.over else made
    rounds = _rounds(period, pace.lasting)
    if rounds:
        return EveryPeriod(period, pace.since, rounds)
    if pace.over:
        return UpTo(EveryPeriod(period, pace.since), pace.over)
    return EveryPeriod(period, pace.since, None, LIFTED)


def _rounds(period: Period, lasting: Period | None) -> int | None:
    """How many times in "monthly for the first six months"; None where nothing bounds it by a number."""
    if lasting is None or period.working_days or lasting.working_days:
        return None
    whole = [
        (lasting.months, period.months, lasting.days, period.days),
        (lasting.days, period.days, lasting.months, period.months),
    ]
    for total, each, other, beside in whole:
        if each and not other and not beside and total % each == 0:
            return total // each or None
    return None


def conditional(times: list[Mention], later: Later, asking: tuple[Asking, ...] = ()) -> Way:
    """Only once there is an adviser, a commissioner or a failure, where the clause says so; so are the answers."""
    kinds = {mention.kind for mention in times}
    events = {
        "adviser": "adviser_placed",
        "commissioner": "commissioner_appointed",
        "failure": "failure_found",
    }
    event = next((Happening(kind) for said, kind in events.items() if said in kinds), None)
    if event is None:
        return later, asking
    return lambda context: OnlyOnce(event, later(context)), tuple(_only_after(event, one) for one in asking)


def _only_after(event: Happening, asking: Asking) -> Asking:
    def options(context: Context) -> tuple[Option, ...]:
        return tuple(
            replace(one, schedule=OnlyOnce(event, one.schedule)) if one.schedule else one
            for one in asking.options(context)
        )

    return replace(asking, options=options)


def standing() -> Later:
    """At all times."""
    return always(Standing())
