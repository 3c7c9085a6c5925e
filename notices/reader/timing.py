"""From what a clause says about when to a schedule: one rule a way of saying it."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from deadlines.events import Happening
from deadlines.months import NO_TIME, Period, month_end
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import (
    AtLastBefore,
    AtLeastInEachMonth,
    Before,
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
    Standing,
    Together,
    WithEach,
    Within,
)
from notices.reader.draft import Asking, Context, Later
from notices.reader.reading import Option
from notices.reader.times import Mention, period_of

NOTICE = Anchor("notice_issued")
LIFTED = Happening("notice_lifted")
BOARD, REVIEW = Happening("board_held"), Happening("review_held")
MONTH = Period(months=1)
REPORT = Happening("report_submitted")


def always(schedule: Schedule) -> Later:
    """A schedule that needs nothing of the rest of the notice."""
    return lambda _: schedule


def together(schedules: Iterable[Schedule]) -> Schedule:
    """One schedule of several, the same one told twice only once."""
    parts = tuple(dict.fromkeys(schedules))
    return parts[0] if len(parts) == 1 else Together(parts)


def of_happenings(of: Happening, times: list[Mention]) -> Schedule | None:
    """When a board meets, a review or a discussion is held; None where the clause gives no interval.

    Happenings count from what really happened (issue 5): "every six months" is at most six months between
    two; "monthly" for a board is one in each calendar month, for a first stretch of months one in each.
    """
    parts = list(chain.from_iterable(_happening(of, mention, times) for mention in times))
    return together(parts) if parts else None


def _happening(of: Happening, mention: Mention, times: list[Mention]) -> list[Schedule]:
    period = mention.period or NO_TIME
    if mention.kind == "opens":
        return list(_openings(mention))
    if mention.kind == "on_request":
        return [OnRequest(of, Happening(of.kind.replace("_held", "_requested")))]
    if mention.kind == "times" and mention.unit == "month":
        return [AtLeastInEachMonth(mention.count, of, NOTICE)]
    if mention.kind not in ("every", "times"):
        return []
    first = next((one.period for one in times if one.kind == "first" and one.period), None)
    if period == MONTH:
        months = first.months if first and first.months else None
        return [AtLeastInEachMonth(1, of, NOTICE, months, calendar=months is None)]
    return [NoLongerThan(period, of, NOTICE, first)]


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
    dated = next((mention for mention in times if mention.kind in ("dated", "month_start", "by_month")), None)
    if nth is not None:
        found.append(_every_nth(nth, dated))
    certain = [mention for mention in times if mention is not nth and not (nth and mention is dated)]
    schedules = [schedule for mention in certain for schedule in _certain(mention, times)]
    if schedules:
        found.append((always(together(schedules)), ()))
    found += [made for mention in certain for made in _open(mention)]
    return found


def _every_nth(nth: Mention, dated: Mention | None) -> tuple[Later, tuple[Asking, ...]]:
    """Every n-th board, after a first one on a date; what that date leaves open is asked of the whole."""
    first = dated.schedule if dated else None

    def made(context: Context) -> Schedule:
        return EveryNth(nth.count, BOARD, first, context.cadence)

    asked = [_of_whole(asking, made) for _, askings in _open(dated) for asking in askings] if dated else []
    return made, (*asked, _days_allowed(nth))


def _of_whole(asking: Asking, made: Later) -> Asking:
    """A question about the first date, answered by the whole schedule."""
    return replace(asking, options=lambda context: (Option(asking.proposal, made(context)),))


def _certain(mention: Mention, times: list[Mention]) -> Iterable[Schedule]:
    period = mention.period or NO_TIME
    if mention.kind == "within" and mention.anchor:
        yield Within(period, mention.anchor)
    elif mention.kind == "opens":
        yield from _openings(mention)
    elif mention.kind == "every":
        rounds = _rounds(mention, times)
        yield EveryPeriod(period, _since(mention, times), rounds, None if rounds else LIFTED)
    elif mention.kind == "times":
        yield (
            AtLeastInEachMonth(mention.count, REPORT, NOTICE)
            if mention.unit
            else EveryPeriod(period, NOTICE, None, LIFTED)
        )
    elif mention.kind == "dated" and mention.schedule:
        yield mention.schedule
    elif mention.kind == "before_end":
        yield Within(NO_TIME, Anchor("notice_lifted"))
    elif mention.kind == "appointment":
        yield WithEach(Happening("member_appointed"))
        yield WithEach(Happening("terms_changed"))


def _rounds(mention: Mention, times: list[Mention]) -> int | None:
    """How many times in "monthly for the first six months"; None where nothing bounds it."""
    first = next((one.period for one in times if one.kind == "first" and one.start > mention.start), None)
    months = mention.period.months if mention.period else 0
    return first.months // months or None if first and months else None


def _since(mention: Mention, times: list[Mention]) -> Anchor:
    """What a recurring report counts from: the date that it goes on from "thereafter", else the notice."""
    dated = [one.schedule for one in times if one.kind == "dated" and one.start < mention.start]
    first = dated[-1] if dated and any(one.kind == "thereafter" for one in times) else None
    if isinstance(first, OnDate):
        return Anchor(on=first.on)
    if isinstance(first, (InMonth, ByEndOfMonth)):
        return Anchor(on=month_end(first.year, first.month))
    return NOTICE


def _open(mention: Mention) -> Iterable[tuple[Later, tuple[Asking, ...]]]:
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
    }.get(mention.kind)
    if maker:
        yield maker(mention)
    elif mention.kind == "within" and mention.anchor is None:
        yield _unknown_anchor(mention)


def _each_meeting(_: Mention) -> tuple[Later, tuple[Asking, ...]]:
    return (lambda context: WithEach(BOARD, context.cadence)), ()


def _lead(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
    """A lead time before each review or each board, or simply before it ("prior to")."""
    lead, strictly = mention.period or NO_TIME, mention.kind == "before"

    def made(context: Context) -> Schedule:
        board = "review" not in mention.target.lower()
        key = context.board if board else context.review
        what = "the board" if board else "the review"
        return Before(key, what, lead, strictly) if key else NotYetAgreed(mention.words)

    return made, ()


def _alongside(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
    """With another report: the one named, else the chair's."""
    target = mention.target.lower()

    def made(context: Context) -> Schedule:
        chairs = not target or "chair" in target
        key = context.chairs_report if chairs else context.assessment
        if not key:
            return NotYetAgreed(mention.words)
        return Before(key, "the chair's report" if chairs else "the assessment", of_deadline=True)

    return made, ()


def _informs(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
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


def _bi_monthly(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
    weekly = "week" in mention.words.lower()
    unit, long, often = (
        ("week", Period.weeks(2), Period(days=3)) if weekly else ("month", Period(months=2), MONTH)
    )
    every_two = EveryPeriod(long, NOTICE, None, LIFTED)
    twice = EveryPeriod(often, NOTICE, None, LIFTED) if weekly else AtLeastInEachMonth(2, REPORT, NOTICE)
    options = (Option(f"Every two {unit}s", every_two), Option(f"Twice a {unit}", twice))
    text = f"“{mention.words}” can be every two {unit}s or twice a {unit}. Which is meant?"
    asking = Asking("bi_monthly", text, f"Every two {unit}s", lambda _: options, words=mention.words)
    return always(every_two), (asking,)


def _month_start(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
    schedule = mention.schedule or NotYetAgreed(mention.words)
    label = schedule.sentence()
    text = f"Which days does “{mention.words}” cover?"
    asking = Asking("start_of_month", text, label, lambda _: (Option(label, schedule),), words=mention.words)
    return always(schedule), (asking,)


def _by_month(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
    schedule = mention.schedule or NotYetAgreed(mention.words)
    text = f"Does “{mention.words}” mean by that month's end, or before it begins?"
    asking = Asking(
        "by_month",
        text,
        schedule.sentence(),
        lambda _: (Option(schedule.sentence(), schedule),),
        words=mention.words,
    )
    return always(schedule), (asking,)


def _vague(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
    text = f"By which date is “{mention.words}” meant to be?"
    asking = Asking("vague_date", text, "Agree a date with the Department and record it", words=mention.words)
    return always(NotYetAgreed(mention.words)), (asking,)


def _unknown_anchor(mention: Mention) -> tuple[Later, tuple[Asking, ...]]:
    period = mention.period or NO_TIME
    option = Option(f"{period} from the notice", Within(period, NOTICE))
    text = f"“{mention.words}”: from which date does this count?"
    asking = Asking(
        "which_date", text, "Record the date that it counts from", lambda _: (option,), words=mention.words
    )
    return always(NotYetAgreed(mention.words)), (asking,)


def _days_allowed(mention: Mention) -> Asking:
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


def with_the_review() -> tuple[Later, tuple[Asking, ...]]:
    """A report that supplements another one for the reviews, with no day of its own: with each review."""

    def made(context: Context) -> Schedule:
        return Before(context.review, "the review") if context.review else NotYetAgreed("")

    text = "Is this report due with each review?"
    return made, (Asking("with_review", text, "With each review", blocks=False),)


def each_board(context: Context) -> tuple[Option, ...]:
    """The answer "at each board"."""
    return (Option("At each board", WithEach(BOARD, context.cadence)),)


def conditional(times: list[Mention], later: Later) -> Later:
    """Only once there is an adviser, or a failure, where the clause says so."""
    kinds = {mention.kind for mention in times}
    if "adviser" in kinds:
        return lambda context: OnlyOnce(Happening("adviser_placed"), later(context))
    if "failure" in kinds:
        return lambda context: OnlyOnce(Happening("failure_found"), later(context))
    return later


def standing() -> Later:
    """At all times."""
    return always(Standing())
