"""Ways of saying when that rest on the rest of the notice or can be read in more than one way, with what is asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from deadlines.events import Happening
from deadlines.months import NO_TIME, Period
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.calendar import END, QUARTERS
from deadlines.schedules.family import (
    AtLastBefore,
    AtLeastInEachMonth,
    Before,
    Between,
    ByCalendar,
    ByEndOfMonth,
    EveryPeriod,
    InMonth,
    NotYetAgreed,
    OnDate,
    Together,
    WithEach,
    Within,
)
from deadlines.sentences import counted
from notices.reader.draft import Asking, Context, Later
from notices.reader.mention import Mention
from notices.reader.paces import NOTICE
from notices.reader.reading import Option
from notices.reader.words import WEEKDAYS

_DISCUSSION = re.compile(r"\b(?:stocktake|challenge|monitoring|keep)\b")
LIFTED = Happening("notice_lifted")
BOARD, REVIEW, REPORT = Happening("board_held"), Happening("review_held"), Happening("report_submitted")
MONTH = Period(months=1)
Way = tuple[Later, tuple[Asking, ...]]


def always(schedule: Schedule) -> Later:
    """A schedule that needs nothing of the rest of the notice."""
    return lambda _: schedule


def of_whole(asking: Asking, made: Later) -> Asking:
    """A question about the first date, answered by the whole schedule."""
    return replace(asking, options=lambda context: (Option(asking.proposal, made(context)),))


def open_ways(mention: Mention) -> Iterator[Way]:
    """Ways of saying when that rest on the rest of the notice, or that can be read in more than one way."""
    maker = {
        "each_meeting": _each_meeting,
        "lead": _lead,
        "before": _lead,
        "alongside": _alongside,
        "informs": _informs,
        "ambiguous": _bi_monthly,
        "month_start": _month_start,
        "by_month": _by_month,
        "term": _vague,
        "next_meeting": _vague,
        "soon": _vague,
        "after_each": _after_each,
        "termly": _termly,
        "arrears": _in_arrears,
    }.get(mention.kind)
    if maker:
        yield maker(mention)
    elif mention.kind == "within" and mention.unit == "report":
        yield _which_report(mention)
    elif mention.kind == "within" and mention.anchor is None and not mention.unit:
        yield _unknown_anchor(mention)
    elif mention.kind == "times" and not mention.period:
        yield _so_many_times(mention)


def _each_meeting(_: Mention) -> Way:
    return (lambda context: WithEach(BOARD, context.cadence)), ()


def _lead(mention: Mention) -> Way:
    """A lead time before each review or each board, or simply before it ("prior to")."""
    lead, strictly = mention.period or NO_TIME, mention.kind == "before"

    target = mention.target.lower()

    def made(context: Context) -> Schedule:
        if "report" in target:
            key, what = context.chairs_report, "the chair's report"
        elif "review" in target:
            key, what = context.review, "the review"
        elif _DISCUSSION.search(target):
            key, what = context.discussion, "the discussion"
        else:
            key, what = context.board, "the board"
        of_deadline = "report" in target
        return Before(key, what, lead, strictly, of_deadline) if key else NotYetAgreed(mention.words)

    return made, ()


def _after_each(mention: Mention) -> Way:
    """So long after each board, review or visit: "within five working days of each meeting"."""
    target, period = mention.target.lower(), mention.period or NO_TIME
    if "review" in target:
        return always(WithEach(REVIEW, after=period)), ()
    if "visit" in target:
        return always(WithEach(Happening("visit_held"), after=period)), ()
    return (lambda context: WithEach(BOARD, context.cadence, period)), ()


def _alongside(mention: Mention) -> Way:
    """With another report: the one named, else the chair's."""
    target = mention.target.lower()

    def made(context: Context) -> Schedule:
        chairs = not target or "chair" in target
        key = context.chairs_report if chairs else context.assessment
        if not key:
            return NotYetAgreed(mention.words)
        return Before(key, "the chair's report" if chairs else "the assessment", of_deadline=True)

    return made, ()


def _informs(mention: Mention) -> Way:
    """To a board, to inform the chair's report: at the board before it, or at each one."""

    def at_last(context: Context) -> Schedule:
        key = context.chairs_report
        return (
            AtLastBefore(BOARD, key, "the chair's report", context.cadence)
            if key
            else NotYetAgreed(mention.words)
        )

    def options(context: Context) -> tuple[Option, ...]:
        return (
            Option("At the board before each of the chair's reports", at_last(context)),
            Option("At each board", WithEach(BOARD, context.cadence)),
        )

    text = "Is this report due at each board, or at the board before each of the chair's reports?"
    asking = Asking("each_board_or_before", text, "At the board before each of the chair's reports", options)
    return at_last, (asking,)


def _bi_monthly(mention: Mention) -> Way:
    """Every two, or twice in one: "bi-monthly", "bi-weekly", "bi-annual"."""
    words = mention.words.lower()
    unit = next((one for one in ("week", "month") if one in words), "year")
    long = {"week": Period.weeks(2), "month": Period(months=2), "year": Period(months=24)}[unit]
    every_two: Schedule = EveryPeriod(long, NOTICE, None, LIFTED)
    twice: Schedule = {
        "week": EveryPeriod(Period(days=3), NOTICE, None, LIFTED),
        "month": AtLeastInEachMonth(2, REPORT, NOTICE),
        "year": EveryPeriod(Period(months=6), NOTICE, None, LIFTED),
    }[unit]
    options = (Option(f"Every two {unit}s", every_two), Option(f"Twice a {unit}", twice))
    proposed = options[1] if unit == "year" else options[0]
    text = f"“{mention.words}” can be every two {unit}s or twice a {unit}. Which is meant?"
    asking = Asking("bi_monthly", text, proposed.label, lambda _: options, words=mention.words)
    return always(proposed.schedule or every_two), (asking,)


def _termly(mention: Mention) -> Way:
    ends = ByCalendar(NOTICE, (4, 7, 12), END, by=True, until=LIFTED)
    options = (Option("By the end of each April, July and December", ends),)
    text = f"“{mention.words}”: which days end the terms here?"
    proposal = "By the end of each April, July and December"
    return always(NotYetAgreed(mention.words)), (
        Asking("term", text, proposal, lambda _: options, words=mention.words),
    )


def _in_arrears(mention: Mention) -> Way:
    """Once the time it speaks of is over; how soon then, the words do not say."""
    monthly = mention.period == MONTH
    months, what = ((), "month") if monthly else (QUARTERS, "quarter")
    soon = [Period(working_days=10), MONTH]
    options = tuple(
        Option(
            f"Within {one} of the end of each {what}",
            ByCalendar(NOTICE, months, END, after=one, until=LIFTED),
        )
        for one in soon
    )
    text = f"“{mention.words}”: how long after the end of each {what} is it due?"
    asking = Asking("arrears", text, options[-1].label, lambda _: options, words=mention.words)
    return always(NotYetAgreed(mention.words)), (asking,)


_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)


def evenly(times: Sequence[Mention], whole: Schedule) -> tuple[Asking, ...]:
    """What an interval leaves open though it can be taken evenly: quarters of what, how often in a year when."""
    mention = next((one for one in times if one.kind in ("every", "times")), None)
    day = next((one for one in times if one.kind == "every" and _WEEKDAY.search(one.words)), None)
    if day is not None:
        text = f"“{day.words}”: weeks are counted from the notice. On which day did the first one fall?"
        return (Asking("weekday", text, "Each week, counted from the notice", blocks=False, words=day.words),)
    if any(one.unit == "quarter" for one in times if one.kind in ("every", "times")):
        return (_quarters(next(one for one in times if one.unit == "quarter"), whole),)
    if mention and mention.period and mention.kind == "times" and mention.count > 1 and not mention.unit:
        label = f"Every {str(mention.period).removeprefix('one ')}"
        text = f"“{mention.words}”: evenly, {label.lower()}, or on other days?"
        options = (Option(label, whole),)
        return (Asking("times_a_year", text, label, lambda _: options, blocks=False, words=mention.words),)
    return ()


def _quarters(mention: Mention, whole: Schedule) -> Asking:
    """A quarter is counted from the notice, or is one of the year's (calendar and financial end on the same days)."""
    options = (
        Option("Every three months, as counted here", whole),
        Option(
            "By the end of each quarter of the year: March, June, September and December", _by_the_year(whole)
        ),
    )
    text = (
        f"“{mention.words}”: is it every three months, or are the quarters those of the year "
        "(calendar and financial quarters end on the same days)?"
    )
    return Asking("quarter", text, options[0].label, lambda _: options, blocks=False, words=mention.words)


def _by_the_year(schedule: Schedule) -> Schedule:
    """The schedule with its quarters those of the year."""
    if isinstance(schedule, Together):
        return Together(tuple(_by_the_year(part) for part in schedule.parts))
    if isinstance(schedule, EveryPeriod) and schedule.period == Period(months=3):
        return ByCalendar(schedule.anchor, QUARTERS, END, by=True, until=schedule.until)
    return schedule


def not_known(times: Sequence[Mention], recurring: Sequence[Schedule]) -> Way:
    """One interval gives way to another, and nothing says when: "initially weekly, then monthly"."""
    words = " … ".join(one.words for one in times if one.kind in ("every", "times", "thereafter"))
    options = tuple(Option(one.sentence()[:1].upper() + one.sentence()[1:], one) for one in recurring)
    text = f"“{words}”: from which day does the second interval hold?"
    asking = Asking("changes_when", text, "Agree the day and record it", lambda _: options, words=words)
    return always(NotYetAgreed(words)), (asking,)


def _so_many_times(mention: Mention) -> Way:
    """So many times a year, which no even number of months gives: "eight times a year"."""
    weeks = {"year": 52, "quarter": 13}.get(mention.unit, 4) // mention.count
    option = Option(
        f"Every {counted(weeks, 'week').removeprefix('one ')}",
        EveryPeriod(Period.weeks(max(1, weeks)), NOTICE, None, LIFTED),
    )
    text = f"“{mention.words}”: at which interval, or on which days?"
    asking = Asking("times_a_year", text, option.label, lambda _: (option,), words=mention.words)
    return always(NotYetAgreed(mention.words)), (asking,)


def _which_report(mention: Mention) -> Way:
    """So long after "the report" is published, which is the inspection's unless another one is meant."""
    schedule = Within(mention.period or NO_TIME, Anchor("inspection_published"))
    option = Option("The inspection report", schedule)
    text = f"“{mention.words}”: which report is meant?"
    return always(schedule), (
        Asking("which_report", text, "The inspection report", lambda _: (option,), words=mention.words),
    )


def _month_start(mention: Mention) -> Way:
    schedule = mention.schedule or NotYetAgreed(mention.words)
    label = schedule.sentence()
    options = [Option(label, schedule)]
    if isinstance(schedule, Between):
        fortnight = replace(schedule, last=schedule.first + timedelta(days=13))
        month = InMonth(schedule.first.year, schedule.first.month)
        options += [Option(one.sentence(), one) for one in (fortnight, month)]
    text = f"Which days does “{mention.words}” cover?"
    asking = Asking("start_of_month", text, label, lambda _: tuple(options), words=mention.words)
    return always(schedule), (asking,)


def _by_month(mention: Mention) -> Way:
    schedule = mention.schedule or NotYetAgreed(mention.words)
    options = [Option(schedule.sentence(), schedule)]
    if isinstance(schedule, ByEndOfMonth):
        before = OnDate(date(schedule.year, schedule.month, 1) - timedelta(days=1), by=True)
        options.append(Option(before.sentence(), before))
    text = f"Does “{mention.words}” mean by that month's end, or before it begins?"
    asking = Asking("by_month", text, schedule.sentence(), lambda _: tuple(options), words=mention.words)
    return always(schedule), (asking,)


def _vague(mention: Mention) -> Way:
    text = f"By which date is “{mention.words}” meant to be?"
    asking = Asking("vague_date", text, "Agree a date with the Department and record it", words=mention.words)
    return always(NotYetAgreed(mention.words)), (asking,)


def _unknown_anchor(mention: Mention) -> Way:
    period = mention.period or NO_TIME
    option = Option(f"{period} from the notice", Within(period, NOTICE))
    text = f"“{mention.words}”: from which date does this count?"
    asking = Asking(
        "which_date", text, "Record the date that it counts from", lambda _: (option,), words=mention.words
    )
    return always(NotYetAgreed(mention.words)), (asking,)


def days_allowed(mention: Mention) -> Asking:
    text = f"“{mention.words}”: how many days after that board may the report follow?"
    return Asking("days_allowed", text, "None: on the day of that board", blocks=False, words=mention.words)


def regular(words: str, board: bool) -> tuple[Later, Asking]:  # noqa: FBT001  said of the recipient
    """Words that promise an interval and give none: it has to be agreed and recorded, never invented."""
    agreed_by = "the board" if board else "the Department"
    quarterly = Option("Every three months", EveryPeriod(Period(months=3), NOTICE, None, LIFTED))

    def options(context: Context) -> tuple[Option, ...]:
        each = (Option("At each board", WithEach(BOARD, context.cadence)),) if board else ()
        return (*each, Option("Every month", EveryPeriod(MONTH, NOTICE, None, LIFTED)), quarterly)

    says = (
        f"The notice says “{words}” and gives no interval."
        if words
        else "The notice gives no interval or date."
    )
    proposal = "At each board" if board else "Every three months"
    asking = Asking("no_interval", f"{says} Which one has been agreed?", proposal, options, words=words)
    return always(NotYetAgreed(words, agreed_by)), asking


def with_the_review() -> Way:
    """A report that supplements another one for the reviews, with no day of its own: with each review."""

    def made(context: Context) -> Schedule:
        return Before(context.review, "the review") if context.review else NotYetAgreed("")

    text = "Is this report due with each review?"
    return made, (Asking("with_review", text, "With each review", blocks=False),)


def each_board(context: Context) -> tuple[Option, ...]:
    """The answer "at each board"."""
    return (Option("At each board", WithEach(BOARD, context.cadence)),)
