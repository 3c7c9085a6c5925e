"""How things stood on a day, as far as was known at a moment (design, *Two dates*)."""

import datetime as dt
import itertools
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from history.models import Access, Change
from history.queries import (
    changes_of,
    fields_changed_since,
    log_of,
    one_of_each_batch,
    people_in,
    reads_of,
    replay,
    sizes_of_batches,
    states_at,
    subjects_in,
)
from history.services import ChangeLog, record_read
from tests.examples import examples
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FIRST = dt.date(2015, 3, 1)
numbers = itertools.count(1)


def day(number):
    return FIRST + dt.timedelta(days=number)


def noon(number):
    return dt.datetime.combine(day(number), dt.time(12), dt.UTC)


def write(
    number,
    *,
    recorded,
    on=None,
    subject="plans.action",
    council_id=1,
    by=None,
    batch=None,
    version=1,
    **values,
):
    """One act: `made={...}` for the making, or fields with their new values."""
    log = ChangeLog(
        council_id=council_id, by=by, on=day(recorded if on is None else on), now=noon(recorded), batch=batch
    )
    if "made" in values:
        log.made(subject, number, values.pop("made"))
    for name, new in values.items():
        log.changed(subject, number, name, object(), new, version=version)
    for row in log.rows:
        row.old = None
    log.write()


def state(number, on, known=None):
    moment = None if known is None else noon(known)
    return states_at("plans.action", [number], on=day(on), recorded_until=moment).get(number)


# --- examples ------------------------------------------------------------------------------------------------------


def test_a_thing_is_not_there_before_the_day_it_was_made():
    write(1, recorded=5, made={"rating": "A"})
    assert [state(1, on=day) for day in (4, 5, 6)] == [None, {"rating": "A"}, {"rating": "A"}]


def test_a_change_counts_from_the_day_it_speaks_of():
    write(1, recorded=0, made={"rating": "A"})
    write(1, recorded=9, on=7, rating="R")
    assert [state(1, on=day)["rating"] for day in (6, 7, 9)] == ["A", "R", "R"]


def test_a_late_entry_does_not_alter_what_was_frozen_before_it():
    write(1, recorded=0, made={"rating": "A"})
    write(1, recorded=9, on=7, rating="R")
    assert state(1, on=8, known=8) == {"rating": "A"}
    assert state(1, on=8, known=9) == {"rating": "R"}


def test_a_late_entry_for_an_earlier_day_leaves_what_was_said_of_a_later_day():
    write(1, recorded=0, made={"rating": "A"})
    write(1, recorded=5, rating="G")
    write(1, recorded=9, on=3, rating="R")
    assert [state(1, on=day)["rating"] for day in (2, 3, 5, 9)] == ["A", "R", "G", "G"]


def test_of_two_entries_for_one_day_the_later_one_stands():
    write(1, recorded=0, made={"rating": "A"})
    write(1, recorded=5, on=5, rating="G")
    write(1, recorded=6, on=5, rating="R")
    assert state(1, on=5) == {"rating": "R"}


def test_what_is_said_of_a_day_before_the_making_beats_a_first_value_but_makes_nothing_earlier():
    """A plan is read in on a day; the last board's rating is entered afterwards for the day of that board."""
    write(1, recorded=5, made={"rating": None, "title": "Visit"})
    write(1, recorded=6, on=2, rating="R")
    assert state(1, on=4) is None
    assert state(1, on=5, known=5) == {"rating": None, "title": "Visit"}
    assert state(1, on=5) == {"rating": "R", "title": "Visit"}


def test_only_the_things_asked_for_are_told_apart_by_kind_number_and_council():
    write(1, recorded=0, made={"title": "one"})
    write(2, recorded=0, made={"title": "two"}, council_id=2)
    write(1, recorded=0, made={"title": "theme"}, subject="plans.theme")
    assert states_at("plans.action", [1], on=day(0)) == {1: {"title": "one"}}
    assert states_at("plans.action", None, on=day(0)) == {1: {"title": "one"}, 2: {"title": "two"}}
    assert states_at("plans.action", None, on=day(0), council_id=2) == {2: {"title": "two"}}


def test_states_of_many_things_are_one_query(django_assert_num_queries):
    for number in range(30):
        write(number, recorded=0, made={"title": str(number)})
    with django_assert_num_queries(1):
        assert len(states_at("plans.action", None, on=day(0))) == 30


def test_fields_changed_since_a_version_leaves_that_version_out():
    write(1, recorded=0, made={"title": "one", "rating": "A"})
    write(1, recorded=1, title="two", version=2)
    write(1, recorded=2, rating="R", version=3)
    assert fields_changed_since("plans.action", 1, 1) == {"title", "rating"}
    assert fields_changed_since("plans.action", 1, 2) == {"rating"}
    assert fields_changed_since("plans.action", 1, 3) == set()


def test_changes_of_a_thing_come_newest_first():
    write(1, recorded=0, made={"title": "one"})
    write(1, recorded=1, title="two")
    write(2, recorded=2, made={"title": "other"})
    assert [(row.field, row.new) for row in changes_of("plans.action", 1)] == [
        ("title", "two"),
        ("", {"title": "one"}),
    ]


# --- properties ----------------------------------------------------------------------------------------------------

acts = st.lists(
    st.tuples(
        st.integers(0, 2),  # days since the act before
        st.integers(0, 6),  # how many days back it speaks of
        st.sampled_from(["rating", "title"]),
        st.sampled_from(["A", "R", "G", None]),
    ),
    max_size=12,
)
each_example_has_its_own_number = settings(
    max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@each_example_has_its_own_number
@given(acts)
def test_replay_to_a_day_equals_what_was_seen_on_that_day(said):
    """Without back-dating, the page as it stood at the end of each day is what the log gives for that day."""
    number, today = next(numbers), 0
    live = {"rating": "A", "title": "Visit"}
    write(number, recorded=0, made=live)
    seen = {0: dict(live)}
    for later, _back, name, value in said:
        today += later
        write(number, recorded=today, **{name: value})
        live[name] = value
        seen[today] = dict(live)
    for which in range(today + 1):
        expected = seen[max(when for when in seen if when <= which)]
        assert state(number, on=which) == expected
        assert state(number, on=today, known=which) == expected


@settings(
    each_example_has_its_own_number, max_examples=examples(20)
)  # each looks at every day from every day
@given(acts)
def test_a_frozen_position_never_changes_whatever_is_said_later(said):
    number, today = next(numbers), 3
    write(number, recorded=today, made={"rating": "A", "title": "Visit"})
    frozen = {}
    for later, back, name, value in said:
        today += later + 1
        frozen[today - 1] = {on: state(number, on=on, known=today - 1) for on in range(today)}
        write(number, recorded=today, on=max(0, today - back), **{name: value})
    for known, positions in frozen.items():
        assert {on: state(number, on=on, known=known) for on in positions} == positions


@each_example_has_its_own_number
@given(acts)
def test_the_latest_word_on_each_field_by_a_day_is_what_stands(said):
    number, today = next(numbers), 3
    first = {"rating": "A", "title": "Visit"}
    write(number, recorded=today, made=first)
    words = []
    for order, (later, back, name, value) in enumerate(said):
        today += later
        on = max(0, today - back)
        write(number, recorded=today, on=on, **{name: value})
        words.append((on, order, name, value))
    for which in range(3, today + 1):
        by_then = [(on, order, name, value) for on, order, name, value in words if on <= which]
        latest = {name: value for _on, _order, name, value in sorted(by_then, key=lambda word: word[:2])}
        assert state(number, on=which) == {**first, **latest}


def test_replay_of_nothing_is_nothing():
    assert replay([]) == {}


# --- the log of a council ------------------------------------------------------------------------------------------


def test_a_councils_log_has_its_own_changes_latest_first():
    write(1, recorded=0, made={"title": "one"})
    write(2, recorded=1, made={"title": "two"})
    write(3, recorded=1, made={"title": "other"}, council_id=2)
    assert [row.subject_id for row in log_of(1)] == [2, 1]


def test_days_are_whole_days_in_london_and_both_inclusive():
    def recorded(moment):
        Change.objects.create(
            council_id=1, subject="s", subject_id=1, version=1, on=FIRST, recorded_at=moment, by_name="Ada"
        )

    recorded(dt.datetime(2015, 6, 15, 22, 59, tzinfo=dt.UTC))  # 23:59 in London
    recorded(dt.datetime(2015, 6, 15, 23, 0, tzinfo=dt.UTC))  # midnight
    recorded(dt.datetime(2015, 6, 16, 22, 59, tzinfo=dt.UTC))
    recorded(dt.datetime(2015, 6, 16, 23, 0, tzinfo=dt.UTC))  # midnight again
    found = log_of(1, since=dt.date(2015, 6, 16), until=dt.date(2015, 6, 16))
    assert [row.recorded_at for row in found] == [
        dt.datetime(2015, 6, 16, 22, 59, tzinfo=dt.UTC),
        dt.datetime(2015, 6, 15, 23, 0, tzinfo=dt.UTC),
    ]


def test_the_log_is_narrowed_to_a_person_or_to_the_product_itself_and_to_a_kind():
    ada = UserFactory(name="Ada")
    write(1, recorded=0, made={"title": "one"}, by=ada)
    write(2, recorded=0, made={"title": "two"})
    write(3, recorded=0, made={"title": "three"}, by=ada, subject="plans.theme")
    assert {row.subject_id for row in log_of(1, by_id=ada.pk)} == {1, 3}
    assert {row.subject_id for row in log_of(1, by_id=0)} == {2}
    assert {row.subject_id for row in log_of(1, subject="plans.theme")} == {3}
    assert people_in(log_of(1)) == [(ada.pk, "Ada"), (0, "Noticeboard")]
    assert subjects_in(log_of(1)) == ["plans.action", "plans.theme"]


def test_a_batch_is_one_line_until_it_is_asked_for():
    batch = uuid.uuid4()
    write(1, recorded=0, made={"title": "one"}, batch=batch)
    write(2, recorded=0, made={"title": "two"}, batch=batch)
    write(3, recorded=0, made={"title": "alone"})
    assert {row.subject_id for row in one_of_each_batch(log_of(1))} == {1, 3}
    assert sizes_of_batches(log_of(1), [batch]) == {batch: 2}
    assert {row.subject_id for row in log_of(1, batch=batch)} == {1, 2}


def test_reads_are_those_of_one_council_and_no_sign_ins():
    ada = UserFactory(name="Ada")
    for council_id in (1, 2):
        record_read(
            by=ada,
            subject="files.storedfile",
            subject_id=uuid.uuid4(),
            label="plan.xlsx",
            now=noon(0),
            council_id=council_id,
        )
    Access.objects.create(kind=Access.Kind.SIGNED_IN, council_id=1, at=noon(0), by_name="Ada")
    assert [(row.council_id, row.label) for row in reads_of(1)] == [(1, "plan.xlsx")]
    assert list(reads_of(1, since=day(1))) == []
    assert list(reads_of(1, by_id=ada.pk + 1)) == []
