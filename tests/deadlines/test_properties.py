"""What holds for any facts and schedules (issue 5, item 3)."""

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deadlines.codec import from_json, to_json
from deadlines.events import Event, Status
from deadlines.facts import Facts
from deadlines.months import Period
from deadlines.obligations import occurrences
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import EveryPeriod
from deadlines.states import work_out
from tests.deadlines.strategies import (
    KINDS,
    START,
    days,
    events,
    held,
    linked,
    obligations,
    schedules,
    variations,
)

HORIZON = date(2019, 12, 31)
ISSUED = Event("notice_issued", START)


@given(obligations, events, variations, st.randoms())
def test_the_same_facts_in_any_order_give_the_same_deadlines(owed, facts, agreed, random):
    before = occurrences(owed, Facts.of([ISSUED, *facts], agreed), HORIZON)
    shuffled = [ISSUED, *facts, *facts]
    for part in (shuffled, owed, agreed):
        random.shuffle(part)
    assert occurrences(owed, Facts.of(shuffled, agreed), HORIZON) == before


@given(obligations, events, variations, st.data())
def test_moving_a_future_meeting_never_changes_a_past_deadline(owed, facts, agreed, data):
    today = data.draw(days)
    known = [event for event in facts if (event.status is Status.HAPPENED) == (event.on <= today)]
    kind, later = (
        data.draw(st.sampled_from(KINDS)),
        st.integers(1, 400).map(lambda count: today + timedelta(days=count)),
    )
    first, second = (Event(kind, data.draw(later), Status.PLANNED) for _ in range(2))

    def past(meeting):
        found = occurrences(owed, Facts.of([ISSUED, *known, meeting], agreed), HORIZON)
        return {
            key: [(one.due, one.because, one.rests_on) for one in dated if one.firm and one.due <= today]
            for key, dated in found.items()
        }

    assert past(first) == past(second)


@given(obligations, events, variations, held)
def test_adding_a_fact_only_changes_what_rests_on_it(owed, facts, agreed, added):
    before = occurrences(owed, Facts.of([ISSUED, *facts], agreed), HORIZON)
    after = occurrences(owed, Facts.of([ISSUED, *facts, added], agreed), HORIZON)
    watching = {one.key for one in owed if added.kind in one.schedule.watches()}
    watching |= {one.key for one in owed if one.met_by and one.met_by.kind == added.kind}
    watching |= {one.key for one in owed if watching & {link.obligation for link in one.schedule.links()}}
    for key in {one.key for one in owed} - watching:
        assert after[key] == before[key]


@given(obligations, events, variations)
def test_every_deadlines_explanation_names_its_facts(owed, facts, agreed):
    for found in occurrences(owed, Facts.of([ISSUED, *facts], agreed), HORIZON).values():
        for one in found:
            assert [fact.name for fact in one.rests_on if fact.name not in one.because] == []


@given(obligations, events, variations)
def test_deadlines_come_in_order_up_to_the_horizon(owed, facts, agreed):
    for found in occurrences(owed, Facts.of([ISSUED, *facts], agreed), HORIZON).values():
        due = [one.due for one in found]
        assert due == sorted(due)
        assert all(on <= HORIZON for on in due)


@given(obligations, events, variations, days, days)
def test_a_nearer_horizon_only_cuts_the_list(owed, facts, agreed, first, second):
    near, far = sorted((first, second))
    full = occurrences(owed, Facts.of([ISSUED, *facts], agreed), far)
    cut = occurrences(owed, Facts.of([ISSUED, *facts], agreed), near)
    assert cut == {key: tuple(one for one in found if one.due <= near) for key, found in full.items()}


@given(obligations, events, days)
def test_no_forecast_is_ever_overdue(owed, facts, today):
    found = work_out(owed, Facts.of([ISSUED, *facts]), today=today, horizon=HORIZON).deadlines
    assert [
        one for one in found if one.state in ("overdue", "target_passed") and not one.occurrence.firm
    ] == []


@given(st.one_of(schedules, linked))
def test_a_schedule_survives_its_journey_through_json(schedule):
    assert from_json(json.loads(json.dumps(to_json(schedule)))) == schedule


@given(schedules)
def test_every_schedule_speaks(schedule):
    sentence = schedule.sentence()
    assert sentence == sentence.strip()
    assert sentence[:1].islower() or sentence[:1].isdigit()


@given(st.integers(28, 31), st.integers(1, 12))
def test_steps_from_an_anchor_end_months_properly(anchor_day, step):
    anchor = date(2015, 1, 31).replace(day=anchor_day)
    schedule = EveryPeriod(Period(months=step), Anchor(on=anchor))
    for one in schedule.due(Facts.of(), date(2025, 1, 1)):
        last = (one.due.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        assert one.due.day == min(anchor_day, last.day)


@given(events, days)
def test_as_at_a_day_knows_nothing_that_happened_later(facts, today):
    then = Facts.of([ISSUED, *facts]).as_at(today)
    assert [event for event in then.events if event.status is Status.HAPPENED and event.on > today] == []
    assert then == Facts.of([ISSUED, *(replace(event) for event in facts)]).as_at(today)
