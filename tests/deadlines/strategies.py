"""Facts and schedules made up by Hypothesis."""

from datetime import date, timedelta

from hypothesis import strategies as st

from deadlines.events import Event, Happening, Status, Variation
from deadlines.months import Period
from deadlines.obligations import Force, Obligation
from deadlines.schedules.base import Anchor
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
    UpTo,
    WithEach,
    Within,
)

START = date(2015, 1, 31)
KINDS = ("board_held", "review_held", "report_submitted", "review_requested", "testing_provided")

days = st.integers(0, 900).map(lambda count: START + timedelta(days=count))
periods = st.one_of(
    st.integers(1, 24).map(lambda months: Period(months=months)),
    st.integers(1, 12).map(Period.weeks),
    st.integers(1, 30).map(lambda count: Period(working_days=count)),
)
happenings = st.builds(Happening, st.sampled_from(KINDS), st.just(""), st.booleans())
anchors = st.one_of(
    st.builds(Anchor, st.sampled_from(("notice_issued", *KINDS)), last=st.booleans()),
    st.builds(Anchor, on=days, after=periods | st.just(Period())),
    st.builds(Anchor, st.just("notice_issued"), after=periods),
)
months = st.tuples(st.integers(2014, 2018), st.integers(1, 12))

once = st.one_of(
    st.builds(OnDate, days, st.booleans()),
    months.map(lambda month: InMonth(*month)),
    months.map(lambda month: ByEndOfMonth(*month)),
    st.tuples(days, days).map(lambda pair: Between(min(pair), max(pair))),
    st.builds(Within, periods, anchors),
    st.builds(OnOrAfter, periods, anchors, st.none() | periods),
)
firsts = once | st.lists(once, min_size=1, max_size=3).map(lambda parts: Together(tuple(parts)))
leaves = st.one_of(
    once,
    st.builds(EveryPeriod, periods, anchors, st.none() | st.integers(1, 9), st.none() | happenings),
    st.builds(
        ByCalendar,
        anchors,
        st.sets(st.integers(1, 12), max_size=4).map(lambda named: tuple(sorted(named))),
        st.none() | st.integers(1, 31),
        by=st.booleans(),
        after=periods | st.just(Period()),
        until=st.none() | happenings,
    ),
    st.builds(ByCalendar, anchors, day=st.integers(1, 5), weekday=st.integers(0, 6)),
    st.builds(NoLongerThan, periods, happenings, anchors, st.none() | periods),
    st.builds(WithEach, happenings, st.none() | periods, periods | st.just(Period())),
    st.builds(
        AtLeastInEachMonth,
        st.integers(1, 3),
        happenings,
        anchors,
        st.none() | st.integers(1, 9),
        st.booleans(),
    ),
    st.builds(AmountInEachMonth, st.integers(1, 5), st.just("days"), happenings, anchors),
    st.just(Standing()),
    st.builds(NotYetAgreed, st.sampled_from(("", "regular")), st.sampled_from(("", "the board"))),
    st.builds(OnRequest, happenings, happenings, st.none() | periods, st.none() | st.booleans()),
)


def _composed(inner):
    return st.one_of(
        st.builds(
            EveryNth,
            st.integers(1, 4),
            happenings,
            st.none() | firsts,
            st.none() | periods,
            st.integers(0, 9),
        ),
        st.builds(OnlyOnce, happenings, inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Together(tuple(parts))),
        st.builds(UpTo, inner, anchors),
        st.builds(OnWorkingDay, inner, st.sampled_from(("earlier", "later"))),
    )


schedules = st.recursive(leaves, _composed, max_leaves=4)
linked = st.one_of(
    st.builds(
        Before,
        st.just("base"),
        st.just("the other"),
        periods | st.just(Period()),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(AtLastBefore, happenings, st.just("base"), st.just("the other"), st.none() | periods),
)
obligations = st.tuples(schedules, linked, schedules, st.none() | happenings).map(
    lambda made: [
        Obligation("base", made[0], met_by=made[3]),
        Obligation("linked", made[1], Force.SHOULD),
        Obligation("other", made[2], Force.AIM),
    ]
)

held = st.builds(
    Event,
    st.sampled_from(KINDS),
    days,
    st.just(Status.HAPPENED),
    counts=st.booleans(),
    on_request=st.booleans(),
    resets=st.booleans(),
    amount=st.integers(0, 3),
    wanted_by=st.none() | days,
)
planned = st.builds(Event, st.sampled_from(KINDS), days, st.just(Status.PLANNED), on_request=st.booleans())
events = st.lists(held | planned, max_size=14)
variations = st.lists(
    st.one_of(
        st.builds(Variation, days, st.sampled_from((*KINDS, "base")), periods),
        st.tuples(days, st.sampled_from(KINDS), days, st.integers(0, 60)).map(
            lambda made: Variation(
                made[0],
                made[1],
                gap_from=made[2],
                gap_to=made[2] + timedelta(days=made[3]),
                letter="a letter",
            )
        ),
    ),
    max_size=3,
)
