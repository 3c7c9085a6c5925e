"""Whatever is done to a plan, in whatever order: each day shows for ever what was seen on it, rebuilt equals stored."""

import dataclasses
import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from councils.roles import Role
from plans import services
from plans.adding_up import RULES
from plans.answering.bulk import change_many
from plans.answering.outcomes import MoveEnds, SetRating, batch_of, undo_of
from plans.answering.undoing import undo_batch
from plans.models import Action, Evidence, Milestone, Objective, RuleSwitch
from plans.queries import live_table, table_at
from plans.rebuilding import rebuild
from plans.services import NewAction, Report
from tests.examples import examples
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, plan_of, read_action

pytestmark = pytest.mark.django_db
WHICH = st.integers(0, 30)
CODES = st.sampled_from(["R", "A", "G", ""])
AGO = st.integers(0, 6)
AHEAD = st.one_of(st.none(), st.integers(-20, 60))
WHY = "Agreed at the board"


def anybody(row):
    return True


def without_versions(table):
    """A table as a reader sees it: versions are for writers."""
    return [
        (
            theme.title,
            objective.id,
            objective.ref,
            objective.rating,
            [dataclasses.replace(action, version=0) for action in objective.actions],
        )
        for theme in table.themes
        for objective in theme.objectives
    ], sorted(table.rules)


class Plan(RuleBasedStateMachine):
    """A plan that many people work on, day after day."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.council = CouncilFactory()
        self.manager = member(Role.PROGRAMME_MANAGER, self.council)
        self.today = BEGUN
        self.now = timezone.make_aware(dt.datetime.combine(BEGUN, dt.time(8)))
        self.plan = plan_of(
            self.council,
            read_action("P1.1"),
            read_action("P1.2", rating="R", leads=("Pat Reed", "Kim Vale")),
            read_action("P2.1", rating=None, end=None, objective="o2", progress=""),
            now=self.now,
        )
        self.seen = []
        self.made = 0
        self.batch = None

    @property
    def who(self):
        self.now += dt.timedelta(minutes=1)
        return {"council": self.council, "by": self.manager, "now": self.now, "today": self.today}

    def action(self, which):
        actions = live_table(self.plan, today=self.today).actions
        return Action.objects.get(pk=actions[which % len(actions)].id)

    def change(self, service, which, **fields):
        row = self.action(which)
        service(action_id=row.pk, version=row.version, reason=WHY, **fields, **self.who)

    def day(self, ahead):
        return None if ahead is None else self.today + dt.timedelta(days=ahead)

    def past(self, ago):
        return max(BEGUN, self.today - dt.timedelta(days=ago))

    @rule(
        which=WHICH, rating=CODES, impact=st.one_of(st.none(), CODES), ago=AGO, words=st.sampled_from("abc")
    )
    def report(self, which, rating, impact, ago, words):
        row = self.action(which)
        said = Report(
            on=self.past(ago),
            rating=rating,
            narrative=words,
            reason="Vacancies",
            next_step="Recruit",
            impact=impact,
        )
        services.record_update(action_id=row.pk, report=said, version=row.version, **self.who)

    @rule(rating=CODES, end=st.booleans(), ago=AGO)
    def change_many(self, rating, end, ago):
        rows = {row.id: row for row in live_table(self.plan, today=self.today).actions}
        wanted = (
            MoveEnds(self.today, WHY, "The board")
            if end
            else SetRating(rating, self.past(ago), "Vacancies", "Recruit")
        )
        chosen = {number: row.version for number, row in rows.items()}
        self.batch = uuid.uuid4()
        change_many(
            plan=self.plan, rows=rows, chosen=chosen, wanted=wanted, may=anybody, batch=self.batch, **self.who
        )

    @rule()
    def put_back(self):
        found = self.batch and batch_of(self.council, self.batch)
        if found:
            self.batch = undo_of(self.batch)
            rows = {row.id: row for row in live_table(self.plan, today=self.today).actions}
            who = self.who
            del who["council"]
            undo_batch(found, plan=self.plan, rows=rows, may=anybody, batch=self.batch, **who)

    @rule(which=WHICH, ahead=AHEAD)
    def move_end(self, which, ahead):
        end, starts_on = self.day(ahead), self.action(which).starts_on
        if end is None or starts_on is None or end >= starts_on:
            self.change(services.move_end, which, end=end, approved_by="The board")

    @rule(which=WHICH, words=st.sampled_from(["Do more", "Do less"]), ahead=AHEAD)
    def reword(self, which, words, ahead):
        starts_on, ends_on = self.day(ahead), self.action(which).ends_on
        if starts_on is None or ends_on is None or starts_on <= ends_on:
            self.change(services.reword, which, values={"activity": words, "starts_on": starts_on})

    @rule(which=WHICH, names=st.lists(st.sampled_from(["Pat Reed", "Kim Vale", "The board"]), max_size=3))
    def lead(self, which, names):
        self.change(services.change_leads, which, leads=names)

    @rule(which=WHICH, ref=st.sampled_from(["P1", "P2"]))
    def rehome(self, which, ref):
        objective = Objective.objects.get(plan=self.plan, ref=ref)
        self.change(services.rehome, which, objective_id=objective.pk)

    @rule(ref=st.sampled_from(["P1", "P2"]), ahead=AHEAD)
    def add(self, ref, ahead):
        self.made += 1
        new = NewAction(f"N{self.made}", "Something new", ends_on=self.day(ahead), leads=("Kim Vale",))
        objective = Objective.objects.get(plan=self.plan, ref=ref)
        services.add_action(objective_id=objective.pk, new=new, reason=WHY, **self.who)

    def several(self):
        return len(live_table(self.plan, today=self.today).actions) > 2

    @precondition(several)
    @rule(which=WHICH)
    def retire(self, which):
        self.change(services.retire, which)

    @rule(which=WHICH)
    def bring_back(self, which):
        gone = list(Action.objects.filter(plan=self.plan, retired_on__isnull=False).order_by("pk"))
        if gone:
            services.bring_back(action_id=gone[which % len(gone)].pk, reason=WHY, **self.who)

    @rule(which=WHICH, keep=st.booleans())
    def split(self, which, keep):
        self.made += 2
        parts = [NewAction(f"S{self.made - n}", "A part of it") for n in (1, 0)]
        self.change(services.split, which, parts=parts, keep=keep)

    @precondition(several)
    @rule(which=WHICH, other=WHICH)
    def merge(self, which, other):
        if self.action(which) != self.action(other):
            self.change(services.merge, which, others=[self.action(other).pk])

    @rule(which=WHICH, ahead=AHEAD)
    def add_milestone(self, which, ahead):
        self.made += 1
        due_on = self.day(ahead)
        services.add_milestone(
            action_id=self.action(which).pk, text=f"Step {self.made}", due_on=due_on, **self.who
        )

    @rule(which=WHICH, ago=st.one_of(st.none(), AGO))
    def reach(self, which, ago):
        step = self.step(which)
        if step:
            on = None if ago is None else self.past(ago)
            services.reach_milestone(milestone_id=step.pk, reached_on=on, version=step.version, **self.who)

    @rule(which=WHICH, ahead=AHEAD, drop=st.booleans())
    def change_milestone(self, which, ahead, drop):
        step = self.step(which)
        if step and drop:
            services.drop_milestone(milestone_id=step.pk, reason=WHY, version=step.version, **self.who)
        elif step:
            services.move_milestone(
                milestone_id=step.pk, due_on=self.day(ahead), reason=WHY, version=step.version, **self.who
            )

    def step(self, which):
        steps = list(
            Milestone.objects.filter(action__plan=self.plan, action__retired_on__isnull=True).order_by("pk")
        )
        return steps[which % len(steps)] if steps else None

    @rule(which=WHICH, rating=CODES, ago=AGO)
    def assure(self, which, rating, ago):
        number = self.action(which).pk
        services.assure(action_id=number, rating=rating, finding="Files read", on=self.past(ago), **self.who)

    @rule(which=WHICH, ago=AGO)
    def add_evidence(self, which, ago):
        services.add_evidence(
            action_id=self.action(which).pk,
            title="Audit",
            address="https://files.example/audit",
            on=self.past(ago),
            **self.who,
        )

    @rule(which=WHICH)
    def withdraw_evidence(self, which):
        kept = list(
            Evidence.objects.filter(action__plan=self.plan, action__retired_on__isnull=True).order_by("pk")
        )
        if kept:
            services.withdraw_evidence(evidence_id=kept[which % len(kept)].pk, reason=WHY, **self.who)

    @rule(ref=st.sampled_from(["P1", "P2"]), rating=CODES)
    def judge(self, ref, rating):
        objective = Objective.objects.get(plan=self.plan, ref=ref)
        services.judge_objective(
            objective_id=objective.pk, rating=rating, reason=WHY, version=objective.version, **self.who
        )

    @rule(code=st.sampled_from(sorted(RULES)), ago=st.one_of(st.none(), AGO))
    def switch(self, code, ago):
        switch = RuleSwitch.objects.filter(plan=self.plan, rule=code).first()
        services.switch_rule(
            rule=code,
            from_on=None if ago is None else self.past(ago),
            version=switch.version if switch else 0,
            **self.who,
        )

    @rule(days=st.integers(1, 9))
    def night_falls(self, days):
        self.seen.append((self.today, self.now, table_at(self.plan, on=self.today)))
        self.today += dt.timedelta(days=days)
        self.now = timezone.make_aware(dt.datetime.combine(self.today, dt.time(8)))

    def teardown(self):
        try:
            live = live_table(self.plan, today=self.today)
            assert without_versions(live) == without_versions(table_at(self.plan, on=self.today))
            assert live.contradictions == table_at(self.plan, on=self.today).contradictions
            for on, moment, table in self.seen:
                assert table_at(self.plan, on=on, recorded_until=moment) == table
            assert rebuild(self.plan) == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)


@pytest.mark.parametrize("steps", [12, 30])
def test_a_plan_worked_on_at_random_shows_each_day_what_was_seen_on_it(db, steps):
    run_state_machine_as_test(
        Plan,
        settings=settings(
            max_examples=examples(15),
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
