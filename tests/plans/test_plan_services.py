"""Updating a plan: what is recorded, what is refused, what two people do to each other."""

import dataclasses
import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from councils.roles import Role
from history.models import Change
from plans.models import Action, Objective, Position, ProgressUpdate
from plans.queries import live_table, table_at
from plans.services import Conflict, Refused, Report, freeze_position, judge_objective, record_update
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, NOW, TODAY, action, plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def plan(council):
    return plan_of(council)


def report(**fields):
    values = {"on": TODAY, "rating": "G", "narrative": "All of it is done"}
    return Report(**(values | fields))


def send(council, plan, ref, by, *, version=None, now=None, **fields):
    row = action(plan, ref)
    now = now or NOW + dt.timedelta(minutes=row.version)
    return record_update(
        council=council,
        action_id=row.pk,
        report=report(**fields),
        version=row.version if version is None else version,
        by=by,
        now=now,
        today=TODAY,
    )


def test_an_update_is_kept_with_who_when_and_why_and_becomes_how_the_action_stands(council, plan, manager):
    update = send(
        council, plan, "P1.1", manager, rating="R", reason="Two posts are vacant", next_step="Agency by May"
    )
    row = action(plan, "P1.1")
    assert (row.rating.code, row.progress, row.reported_on, row.version) == (
        "R",
        "All of it is done",
        TODAY,
        2,
    )
    assert (update.by, update.reason, update.recorded_at) == (
        manager,
        "Two posts are vacant",
        NOW + dt.timedelta(minutes=1),
    )
    changes = Change.objects.filter(subject="plans.action", subject_id=row.pk, version=2).order_by("id")
    assert [(c.field, c.old, c.new, c.by_name, c.reason) for c in changes] == [
        ("rating", "A", "R", manager.name, "Two posts are vacant"),
        ("progress", "Work on P1.1 has begun", "All of it is done", manager.name, "Two posts are vacant"),
    ]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"rating": "R"}, {"reason", "next_step"}),
        ({"rating": "R", "reason": "Vacancies"}, {"next_step"}),
        ({"rating": "X"}, {"rating"}),
        ({"version": 9}, {"version"}),
        ({"rating": "N"}, {"rating"}),  # a mark is no rating
        ({"on": TODAY + dt.timedelta(days=1)}, {"on"}),
        ({"on": BEGUN - dt.timedelta(days=1)}, {"on"}),
    ],
)
def test_an_update_that_owes_something_or_cannot_be_is_refused_and_changes_nothing(
    council, plan, manager, fields, errors
):
    with pytest.raises(Refused) as refused:
        send(council, plan, "P1.1", manager, **fields)
    assert set(refused.value.errors) == errors
    assert action(plan, "P1.1").version == 1
    assert ProgressUpdate.objects.filter(action__ref="P1.1").count() == 1


def test_the_same_form_sent_twice_is_recorded_once(council, plan, manager):
    first = send(council, plan, "P1.1", manager, version=1)
    again = send(council, plan, "P1.1", manager, version=1)
    assert again == first
    assert action(plan, "P1.1").version == 2


def test_a_save_is_refused_where_the_same_field_changed_meanwhile_and_shows_what_stands(
    council, plan, manager
):
    other = member(Role.PROGRAMME_OFFICE, council)
    send(council, plan, "P1.1", other, rating="G", narrative="Finished early")
    with pytest.raises(Conflict) as conflict:
        send(
            council,
            plan,
            "P1.1",
            manager,
            version=1,
            rating="R",
            narrative="Slipped",
            reason="x",
            next_step="y",
        )
    assert conflict.value.theirs == {"rating": "G", "progress": "Finished early"}
    assert (conflict.value.version, conflict.value.by_name) == (2, other.name)
    assert action(plan, "P1.1").rating.code == "G"


def test_a_refused_save_says_what_the_sender_had_left_alone_so_that_the_next_save_does_not_put_it_back(
    council, plan, manager
):
    other = member(Role.PROGRAMME_OFFICE, council)
    words = {"reason": "Vacancies", "next_step": "Recruit"}
    send(council, plan, "P1.1", other, rating="R", narrative="Slipped", **words)
    with pytest.raises(Conflict) as conflict:
        send(council, plan, "P1.1", manager, version=1, rating="A", narrative="Half of it is done")
    assert conflict.value.theirs == {"progress": "Slipped"}
    assert conflict.value.kept == {"rating": "R", **words}


def test_two_people_who_change_different_fields_both_keep_their_change(council, plan, manager):
    other = member(Role.PROGRAMME_OFFICE, council)
    send(council, plan, "P1.1", other, rating="G", narrative="Work on P1.1 has begun")
    send(council, plan, "P1.1", manager, version=1, rating="A", narrative="Half of it is done")
    row = action(plan, "P1.1")
    assert (row.rating.code, row.progress) == ("G", "Half of it is done")


def test_a_late_report_of_somebody_else_does_not_swallow_a_change_of_mine(council, plan, manager):
    other = member(Role.PROGRAMME_OFFICE, council)
    send(council, plan, "P1.1", manager, rating="G", narrative="Done", on=dt.date(2015, 3, 15))
    send(council, plan, "P1.1", other, rating="A", narrative="Half done", on=dt.date(2015, 3, 1))
    send(council, plan, "P1.1", manager, version=2, rating="A", narrative="Not done after all")
    assert action(plan, "P1.1").rating.code == "A"


def test_a_rating_kept_from_somebody_else_brings_their_reason_along(council, plan, manager):
    other = member(Role.PROGRAMME_OFFICE, council)
    words = {"narrative": "Work on P1.1 has begun", "reason": "Vacancies", "next_step": "Recruit"}
    send(council, plan, "P1.1", other, rating="R", **words)
    update = send(council, plan, "P1.1", manager, version=1, rating="A", narrative="Half of it is done")
    assert (update.rating.code, update.reason, update.next_step) == ("R", "Vacancies", "Recruit")


def test_the_difference_made_that_somebody_else_rated_meanwhile_is_not_put_back(council, plan, manager):
    other = member(Role.PROGRAMME_OFFICE, council)
    words = {"rating": "A", "narrative": "Work on P1.1 has begun"}
    send(council, plan, "P1.1", other, **words, impact="G")
    update = send(council, plan, "P1.1", manager, version=1, rating="A", narrative="Half of it", impact="")
    assert (update.impact.code, action(plan, "P1.1").impact.code) == ("G", "G")
    with pytest.raises(Conflict) as conflict:
        send(council, plan, "P1.1", manager, version=1, **words, impact="R")
    assert conflict.value.theirs == {"impact": "G"}


def test_an_action_of_another_council_does_not_exist(plan, manager):
    with pytest.raises(Action.DoesNotExist):
        send(CouncilFactory(), plan, "P1.1", manager)


def test_a_late_update_for_an_earlier_day_counts_for_that_day_and_not_for_today(council, plan, manager):
    send(council, plan, "P1.1", manager, rating="G", on=TODAY)
    send(
        council,
        plan,
        "P1.1",
        manager,
        rating="A",
        narrative="In March half was done",
        on=dt.date(2015, 3, 10),
    )
    assert action(plan, "P1.1").rating.code == "G"
    row = next(a for a in table_at(plan, on=dt.date(2015, 3, 15)).actions if a.ref == "P1.1")
    assert (row.rating.code, row.progress) == ("A", "In March half was done")


def test_a_frozen_position_is_not_altered_by_what_is_recorded_later(council, plan, manager):
    position = freeze_position(plan=plan, on=BEGUN, label="First board", by=manager, now=NOW, today=TODAY)
    before = table_at(plan, on=position.on, recorded_until=position.recorded_until)
    send(council, plan, "P1.1", manager, rating="G", on=BEGUN, now=NOW + dt.timedelta(hours=1))
    assert table_at(plan, on=position.on, recorded_until=position.recorded_until) == before
    assert table_at(plan, on=position.on) != before


@pytest.mark.parametrize("on", [TODAY + dt.timedelta(days=1), BEGUN - dt.timedelta(days=1)])
def test_a_position_is_frozen_only_for_days_the_plan_has_lived(plan, manager, on):
    with pytest.raises(Refused):
        freeze_position(plan=plan, on=on, label="x", by=manager, now=NOW, today=TODAY)
    assert not Position.objects.exists()


def test_the_plan_rebuilt_from_its_history_is_the_plan_that_is_stored(council, plan, manager):
    send(council, plan, "P1.1", manager, rating="R", reason="x", next_step="y")
    send(council, plan, "P1.2", manager, rating="", narrative="Not known")
    stored, rebuilt = live_table(plan, today=TODAY), table_at(plan, on=TODAY)
    assert [dataclasses.replace(row, version=0) for row in stored.actions] == list(rebuilt.actions)
    assert [theme.title for theme in stored.themes] == [theme.title for theme in rebuilt.themes]
    assert stored.scale == rebuilt.scale
    assert [(o.ref, o.rating) for o in stored.objectives] == [(o.ref, o.rating) for o in rebuilt.objectives]


def test_judging_an_objective_owes_a_reason(council, plan, manager):
    objective = Objective.objects.get(plan=plan, ref="P1")
    said = {"council": council, "objective_id": objective.pk, "by": manager, "now": NOW, "today": TODAY}
    with pytest.raises(Refused):
        judge_objective(rating="R", reason=" ", version=1, **said)
    judge_objective(rating="R", reason="Caseloads rose again", version=1, **said)
    objective.refresh_from_db()
    assert (objective.rating.code, objective.version) == ("R", 2)
    with pytest.raises(Conflict):
        judge_objective(rating="G", reason="They fell", version=1, **said)


@pytest.mark.parametrize("act", [lambda rows: rows.update(narrative="x"), lambda rows: rows.delete()])
def test_the_database_itself_refuses_to_alter_what_was_reported(plan, act):
    updates = ProgressUpdate.objects.filter(action__plan=plan)
    with pytest.raises(DatabaseError), transaction.atomic():
        act(updates)
    assert updates.filter(narrative="Work on P1.1 has begun").count() == 1


def test_an_update_whose_log_cannot_be_written_is_not_made(council, plan, manager, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("no room left")

    monkeypatch.setattr(Change.objects, "bulk_create", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        send(council, plan, "P1.1", manager)
    assert action(plan, "P1.1").version == 1
    assert ProgressUpdate.objects.filter(action__ref="P1.1").count() == 1
