"""Many actions at once: a result for each row, full history, one batch, and back again."""

import datetime as dt
import uuid

import pytest

from councils.roles import Role
from history.models import Change
from plans.answering.asking import answered_actions, table_for_leads
from plans.answering.bulk import change_many
from plans.answering.outcomes import MoveEnds, SetLeads, SetRating, batch_of, undo_of
from plans.answering.rounds import Asked
from plans.answering.undoing import undo_batch
from plans.models import ProgressUpdate
from plans.queries import Bounds, live_table, moved_ends_of, ratings_at, story_of, table_at
from plans.rebuilding import rebuild
from plans.services import Refused, Report, record_update
from tests.factories import CouncilFactory, member
from tests.plans.build import NOW, TODAY, action, plan_of, read_action

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def plan(council):
    return plan_of(council, *[read_action(f"P1.{n}") for n in range(1, 9)])


def change(council, plan, by, wanted, *, chosen=None, may=lambda row: True, batch=None, now=NOW, **more):
    rows = {row.id: row for row in live_table(plan, today=TODAY).actions}
    chosen = chosen or {row.id: row.version for row in rows.values()}
    return change_many(
        council=council,
        plan=plan,
        rows=rows,
        chosen=chosen,
        wanted=wanted,
        may=may,
        by=by,
        now=now,
        today=TODAY,
        batch=batch or uuid.uuid4(),
        **more,
    )


def rating(code="G", on=TODAY, **fields):
    return SetRating(code, on, **fields)


def undo(council, plan, by, batch, *, now=NOW, batch_of_its_own=None):
    rows = {row.id: row for row in live_table(plan, today=TODAY).actions}
    return undo_batch(
        batch_of(council, batch),
        plan=plan,
        rows=rows,
        may=lambda row: True,
        by=by,
        now=now,
        today=TODAY,
        batch=batch_of_its_own or uuid.uuid4(),
    )


def test_each_row_gets_an_update_a_version_and_a_line_in_the_log_and_keeps_its_own_text(
    council, plan, manager
):
    outcome = change(council, plan, manager, rating())
    assert (len(outcome.done), outcome.refused) == (8, ())
    for n in range(1, 9):
        row = action(plan, f"P1.{n}")
        assert (row.rating.code, row.progress, row.reported_on, row.version) == (
            "G",
            f"Work on P1.{n} has begun",
            TODAY,
            2,
        )
    changes = Change.objects.filter(batch=outcome.batch, subject="plans.action")
    assert {(c.field, c.old, c.new, c.by_name, c.version) for c in changes} == {
        ("rating", "A", "G", manager.name, 2)
    }
    assert ProgressUpdate.objects.filter(batch=outcome.batch, by=manager).count() == len(changes) == 8


def test_rows_that_this_person_may_not_change_are_refused_and_the_others_written(council, plan, manager):
    not_mine = {"P1.2", "P1.5", "P1.7"}
    outcome = change(council, plan, manager, rating(), may=lambda row: row.ref not in not_mine)
    assert {row.ref for row in outcome.refused} == not_mine
    assert all("do not lead" in row.why_not for row in outcome.refused)
    assert [action(plan, f"P1.{n}").rating.code for n in range(1, 9)] == list("GAGGAGAG")
    assert {action(plan, ref).version for ref in not_mine} == {1}


def test_of_a_hundred_rows_three_that_may_not_be_changed_hold_up_none_of_the_others(council, manager):
    hundred = plan_of(council, *[read_action(f"P1.{n}") for n in range(1, 101)])
    not_mine = {"P1.3", "P1.50", "P1.100"}
    outcome = change(council, hundred, manager, rating(), may=lambda row: row.ref not in not_mine)
    assert len(outcome.done) == 97
    assert {row.ref for row in outcome.refused} == not_mine
    assert hundred.actions.filter(rating__code="G").count() == 97
    assert ProgressUpdate.objects.filter(batch=outcome.batch).count() == 97


def test_a_row_whose_rating_somebody_changed_meanwhile_is_refused_by_name(council, plan, manager):
    seen = {row.id: row.version for row in live_table(plan, today=TODAY).actions}
    other = member(Role.PROGRAMME_OFFICE, council)
    record_update(
        council=council,
        action_id=action(plan, "P1.1").pk,
        report=Report(on=TODAY, rating="R", narrative="Stuck", reason="No staff", next_step="Hire"),
        version=1,
        by=other,
        now=NOW,
        today=TODAY,
    )
    outcome = change(council, plan, manager, rating(), chosen=seen)
    assert [(row.ref, row.why_not) for row in outcome.refused] == [
        ("P1.1", f"{other.name} changed its rating to R Red meanwhile")
    ]
    assert action(plan, "P1.1").rating.code == "R"


def test_off_track_owes_a_reason_and_a_next_step_once_for_all(council, plan, manager):
    with pytest.raises(Refused) as refused:
        change(council, plan, manager, rating("R"))
    assert set(refused.value.errors) == {"reason", "next_step"}
    assert {action(plan, f"P1.{n}").version for n in range(1, 9)} == {1}


@pytest.mark.parametrize("on", [TODAY + dt.timedelta(days=1), dt.date(2014, 1, 1)])
def test_a_day_in_the_future_or_before_the_plan_is_refused(council, plan, manager, on):
    with pytest.raises(Refused) as refused:
        change(council, plan, manager, rating(on=on))
    assert set(refused.value.errors) == {"on"}


def test_looking_writes_nothing_and_says_the_same(council, plan, manager):
    looked = change(council, plan, manager, rating(), only_look=True)
    assert action(plan, "P1.1").rating.code == "A"
    assert not Change.objects.filter(batch=looked.batch).exists()
    done = change(council, plan, manager, rating())
    assert [row.ref for row in looked.done] == [row.ref for row in done.done]


def test_the_same_batch_sent_twice_is_written_once(council, plan, manager):
    batch = uuid.uuid4()
    first = change(council, plan, manager, rating(), batch=batch)
    again = change(council, plan, manager, rating(), batch=batch)
    assert {row.ref for row in again.done} == {row.ref for row in first.done}
    assert action(plan, "P1.1").version == 2


def test_an_undone_batch_leaves_ratings_as_they_were_and_both_in_the_history(council, plan, manager):
    batch = change(council, plan, manager, rating()).batch
    undone = undo(council, plan, manager, batch)
    assert (len(undone.done), undone.refused) == (8, ())
    row = action(plan, "P1.1")
    assert (row.rating.code, row.version, row.updates.count()) == ("A", 3, 3)
    again = undo(council, plan, manager, batch)
    assert again.done == ()
    assert all("since" in result.why_not for result in again.refused)


def test_ends_move_with_reason_and_approver_and_back(council, plan, manager):
    new = dt.date(2015, 6, 30)
    with pytest.raises(Refused):
        change(council, plan, manager, MoveEnds(new, "", ""))
    outcome = change(council, plan, manager, MoveEnds(new, "Recruitment took longer", "Board of 24 February"))
    assert len(outcome.done) == 8
    moved = action(plan, "P1.3").moved_ends.get()
    assert (moved.old, moved.new, moved.batch) == (dt.date(2015, 3, 31), new, outcome.batch)
    undo(council, plan, manager, outcome.batch)
    assert action(plan, "P1.3").ends_on == dt.date(2015, 3, 31)


def test_leads_are_set_for_all_and_put_back(council, plan, manager):
    outcome = change(council, plan, manager, SetLeads(("Kim Vale",), "Pat has left"))
    assert [lead.name for lead in action(plan, "P1.4").leads.all()] == ["Kim Vale"]
    undo(council, plan, manager, outcome.batch)
    assert [lead.name for lead in action(plan, "P1.4").leads.all()] == ["Pat Reed"]


def test_what_a_document_changed_is_no_batch_to_be_undone_here(council, plan):
    imported = Change.objects.filter(subject="plans.action", batch__isnull=False).first()
    assert batch_of(council, imported.batch) is None


def test_fifty_rows_take_no_more_queries_than_five(council, manager, django_assert_max_num_queries):
    plan = plan_of(council, *[read_action(f"P{n}.1") for n in range(50)])
    with django_assert_max_num_queries(20):
        assert len(change(council, plan, manager, rating()).done) == 50


def stale(plan, board):
    table = live_table(plan, today=TODAY, last_board=board)
    return sum(table.not_updated(row) for row in table.actions)


def test_a_change_that_was_put_back_is_as_if_it_had_not_been_said(council, plan, manager):
    """Whether a round is open or the time since the last board counts: it is no answer and no update."""

    def answered(asked):
        return len(answered_actions(plan, table_for_leads(plan, today=TODAY), asked))

    board = TODAY - dt.timedelta(days=3)
    in_round = Asked("the board", opened_at=NOW - dt.timedelta(hours=1))
    since_board = Asked("the next board", after=board)
    before = action(plan, "P1.1")
    assert (answered(in_round), answered(since_board), stale(plan, board)) == (0, 0, 8)

    batch = change(council, plan, manager, rating()).batch
    assert (answered(in_round), answered(since_board), stale(plan, board)) == (8, 8, 0)

    undone = undo(council, plan, manager, batch, now=NOW + HOUR, batch_of_its_own=undo_of(batch))
    assert (answered(in_round), answered(since_board), stale(plan, board)) == (0, 0, 8)
    after = action(plan, "P1.1")
    assert (after.rating, after.reported_on, after.progress) == (
        before.rating,
        before.reported_on,
        before.progress,
    )
    assert batch_of(council, undone.batch).puts_back

    again = undo(council, plan, manager, undone.batch, now=NOW + 2 * HOUR)
    assert not batch_of(council, again.batch).puts_back
    assert (answered(in_round), answered(since_board), stale(plan, board)) == (8, 8, 0)
    assert rebuild(plan) == []


def test_a_position_frozen_before_a_change_was_put_back_shows_it_for_ever(council, plan, manager):
    batch = change(council, plan, manager, rating()).batch
    undo(council, plan, manager, batch, now=NOW + HOUR)
    number = action(plan, "P1.1").pk

    def code(until):
        rows = table_at(plan, on=TODAY, recorded_until=until).actions
        return next(row.rating.code for row in rows if row.id == number)

    assert (code(NOW), code(NOW + HOUR), code(None)) == ("G", "A", "A")
    assert ratings_at([number], [TODAY], recorded_until=NOW) == {number: ("G",)}
    assert ratings_at([number], [TODAY]) == {number: ("A",)}


def test_a_row_that_was_reported_on_since_is_not_put_back_and_says_by_whom(council, plan, manager):
    batch = change(council, plan, manager, rating()).batch
    other = member(Role.PROGRAMME_OFFICE, council)
    record_update(
        council=council,
        action_id=action(plan, "P1.1").pk,
        report=Report(on=TODAY, rating="G", narrative="It is so"),
        version=2,
        by=other,
        now=NOW + HOUR,
        today=TODAY,
    )
    undone = undo(council, plan, manager, batch, now=NOW + 2 * HOUR)
    assert [(row.ref, row.why_not) for row in undone.refused] == [
        ("P1.1", f"{other.name} has changed it since")
    ]
    row = action(plan, "P1.1")
    assert (row.rating.code, row.progress, row.reported_on) == ("G", "It is so", TODAY)


def test_a_report_for_a_day_before_what_was_put_back_stands(council, plan, manager):
    batch = change(council, plan, manager, rating()).batch
    undo(council, plan, manager, batch, now=NOW + HOUR)
    record_update(
        council=council,
        action_id=action(plan, "P1.1").pk,
        report=Report(on=TODAY - dt.timedelta(days=1), rating="G", narrative="Since yesterday"),
        version=3,
        by=manager,
        now=NOW + 2 * HOUR,
        today=TODAY,
    )
    assert action(plan, "P1.1").progress == "Since yesterday"
    assert rebuild(plan) == []


def test_an_end_moved_for_many_and_put_back_is_no_slippage(council, plan, manager):
    batch = change(council, plan, manager, MoveEnds(dt.date(2015, 6, 30), "Late", "The board")).batch
    undo(council, plan, manager, batch, now=NOW + HOUR)
    row = action(plan, "P1.3")
    assert row.moved_ends.count() == 2
    assert moved_ends_of(row, Bounds(TODAY, None)) == []
    assert len(moved_ends_of(row, Bounds(TODAY, NOW))) == 1
    assert [entry.title for entry in story_of(row, Bounds(TODAY, None), challenges=False, evidence=True)][
        :2
    ] == [
        "End moved back from 30 June 2015 to 31 March 2015",
        "End moved from 31 March 2015 to 30 June 2015, put back later",
    ]
