"""Ten years of deadlines for 40 obligations, beside `dateutil.rrule` merely generating as many dates.

Run as `python -m bench.deadlines`: it prints the ratio and fails above the limit of issue 5 (20 times).
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from time import process_time

from dateutil.rrule import MONTHLY, WEEKLY, rrule

from deadlines.events import Event, Happening
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.obligations import Force, Obligation
from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import (
    AtLastBefore,
    AtLeastInEachMonth,
    Before,
    EveryNth,
    EveryPeriod,
    InMonth,
    NoLongerThan,
    OnOrAfter,
    Together,
    WithEach,
    Within,
)
from deadlines.states import Worked, work_out

LIMIT = 20
ROUNDS = 7
START, TODAY, HORIZON = date(2015, 3, 23), date(2020, 3, 23), date(2025, 3, 23)
BOARD, REVIEW, NOTICE = Happening("board_held"), Happening("review_held"), Anchor("notice_issued")
FOUR_WEEKS, SIX_MONTHS = Period.weeks(4), Period(months=6)


def _facts() -> Facts:
    """Five years of boards and reviews held; five more years are forecast."""
    boards = [Event("board_held", START + timedelta(days=28 * number)) for number in range(1, 65)]
    reviews = [Event("review_held", SIX_MONTHS.after(START, number)) for number in range(1, 10)]
    reports = [Event("report_submitted", board.on, which="chair") for board in boards[2::3]]
    return Facts.of([Event("notice_issued", START), *boards, *reviews, *reports])


def _schedules() -> list[Schedule]:
    """Ten schedules as the real notices mix them; the obligations of a bench are four of each."""
    return [
        NoLongerThan(FOUR_WEEKS, BOARD, NOTICE),
        NoLongerThan(SIX_MONTHS, REVIEW, NOTICE),
        EveryNth(3, BOARD, InMonth(2015, 5), FOUR_WEEKS),
        WithEach(BOARD, FOUR_WEEKS),
        EveryPeriod(Period(months=1), NOTICE),
        AtLeastInEachMonth(1, BOARD, NOTICE),
        Together(tuple(OnOrAfter(Period(months=months), NOTICE) for months in (6, 12, 18))),
        Within(Period(months=18), NOTICE),
        Before("0-1", "the review", Period.weeks(1)),
        AtLastBefore(BOARD, "0-2", "the chair's report", FOUR_WEEKS),
    ]


def schedules() -> dict[str, Schedule]:
    """Forty schedules by key, as the obligations below have them."""
    return {one.key: one.schedule for one in _obligations()}


def _obligations() -> list[Obligation]:
    report = Happening("report_submitted", "chair")
    return [
        Obligation(
            f"{copy}-{number}", schedule, Force.MUST, report if isinstance(schedule, EveryNth) else None
        )
        for copy in range(4)
        for number, schedule in enumerate(_schedules())
    ]


def _recompute(obligations: list[Obligation]) -> Worked:
    return work_out(obligations, _facts(), today=TODAY, horizon=HORIZON)


def _generate(count: int) -> None:
    """As many dates, half of them weekly and half monthly, as the schedules above have it."""
    start = datetime(START.year, START.month, START.day)  # noqa: DTZ001  rrule of plain dates
    remaining = count
    while remaining > 0:
        remaining -= len(list(rrule(WEEKLY, interval=4, dtstart=start, count=min(130, (remaining + 1) // 2))))
        remaining -= len(list(rrule(MONTHLY, dtstart=start, count=min(120, remaining))))


def _seconds(task: Callable[[], object]) -> float:
    begun = process_time()
    task()
    return process_time() - begun


def main() -> int:
    """Print the ratio of medians; 1 above the limit, else 0."""
    obligations = _obligations()
    count = len(_recompute(obligations).deadlines)
    pairs = [
        (_seconds(lambda: _recompute(obligations)), _seconds(lambda: _generate(count))) for _ in range(ROUNDS)
    ]
    ours, theirs = (median(part) for part in zip(*pairs, strict=True))
    ratio = ours / theirs
    print(
        f"deadlines: {count} deadlines of {len(obligations)} obligations over ten years, "
        f"{ratio:.1f} times dateutil.rrule generating as many dates (limit {LIMIT})"
    )
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
