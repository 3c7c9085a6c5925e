"""Changing the plan: each change has a reason, keeps what was, and is refused only where somebody changed the same."""

import datetime as dt

import pytest

from councils.roles import Role
from history.models import Change
from notifications.models import Message
from plans.models import Action, Assurance, Challenge, Evidence, Milestone, MovedEnd, Objective, PlanVersion
from plans.queries import Bounds, live_table, story_of, table_at
from plans.rebuilding import rebuild
from plans.services import (
    Conflict,
    NewAction,
    Refused,
    Report,
    accept_answer,
    add_action,
    add_evidence,
    add_milestone,
    answer,
    ask,
    ask_again,
    assure,
    bring_back,
    change_leads,
    draft_version,
    drop_milestone,
    endorse_version,
    merge,
    move_end,
    move_milestone,
    reach_milestone,
    record_update,
    rehome,
    retire,
    reword,
    split,
    switch_rule,
    withdraw_evidence,
)
from tests.factories import CouncilFactory, PersonFactory, UserFactory, member
from tests.plans.build import BEGUN, NOW, TODAY, action, plan_of

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)
WHY = "Agreed at the board"


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def plan(council):
    return plan_of(council)


@pytest.fixture
def who(council, manager):
    return {"council": council, "by": manager, "now": NOW + dt.timedelta(hours=1), "today": TODAY}


def refs(table):
    return [row.ref for row in table.actions]


def change(service, plan, ref, who, **fields):
    row = action(plan, ref)
    return service(action_id=row.pk, **({"version": row.version, "reason": WHY} | fields), **who)


def errors(service, *args, **fields):
    with pytest.raises(Refused) as refused:
        service(*args, **fields)
    return set(refused.value.errors)


def test_a_moved_end_keeps_the_earlier_one_with_reason_and_approver(plan, who):
    change(move_end, plan, "P1.1", who, end=dt.date(2015, 5, 31), approved_by="Board of 16 March")
    moved = MovedEnd.objects.get(action__ref="P1.1")
    assert (moved.old, moved.new, moved.reason, moved.approved_by) == (
        dt.date(2015, 3, 31),
        dt.date(2015, 5, 31),
        WHY,
        "Board of 16 March",
    )
    assert action(plan, "P1.1").ends_on == dt.date(2015, 5, 31)
    before = next(row for row in table_at(plan, on=YESTERDAY).actions if row.ref == "P1.1")
    assert before.ends_on == dt.date(2015, 3, 31)
    assert rebuild(plan) == []


def test_an_end_moves_only_with_a_reason_and_an_approver_and_not_before_the_start(plan, who):
    end = dt.date(2015, 5, 31)
    owed = errors(change, move_end, plan, "P1.1", who, end=end, reason=" ", approved_by="")
    assert owed == {"reason", "approved_by"}
    change(reword, plan, "P1.1", who, values={"starts_on": dt.date(2015, 3, 1)})
    early = {"end": dt.date(2015, 2, 1), "approved_by": "The board"}
    assert errors(change, move_end, plan, "P1.1", who, **early) == {"end"}
    assert not MovedEnd.objects.exists()


def test_an_end_that_a_document_moved_is_told_on_the_day_it_was_read_in_london(plan):
    row = action(plan, "P1.1")
    read = dt.datetime(2015, 6, 15, 23, 30, tzinfo=dt.UTC)
    MovedEnd.objects.create(action=row, old=None, new=TODAY, source="document", recorded_at=read)
    told = story_of(row, Bounds(dt.date(2015, 7, 1), None), challenges=False, evidence=True)
    assert [entry.on for entry in told if entry.kind == "moved"] == [dt.date(2015, 6, 16)]


def test_moving_an_end_to_where_it_stands_changes_nothing(plan, who):
    change(move_end, plan, "P1.1", who, end=dt.date(2015, 3, 31), approved_by="The board")
    assert not MovedEnd.objects.exists()
    assert action(plan, "P1.1").version == 1


def test_a_change_is_refused_where_the_same_field_changed_and_stands_where_another_did(plan, who):
    change(move_end, plan, "P1.1", who, end=dt.date(2015, 5, 31), approved_by="The board")
    change(reword, plan, "P1.1", who, version=1, values={"outcome": "Children are seen sooner"})
    row = action(plan, "P1.1")
    assert (row.outcome, row.ends_on) == ("Children are seen sooner", dt.date(2015, 5, 31))
    with pytest.raises(Conflict) as conflict:
        change(move_end, plan, "P1.1", who, version=1, end=dt.date(2015, 6, 30), approved_by="The board")
    assert conflict.value.theirs == {"ends_on": dt.date(2015, 5, 31)}


def test_a_retired_action_leaves_the_plan_from_that_day_and_stays_in_what_was_seen_before(plan, who):
    change(retire, plan, "P1.2", who)
    assert refs(live_table(plan, today=TODAY)) == ["P1.1", "P2.1"]
    assert refs(table_at(plan, on=TODAY)) == ["P1.1", "P2.1"]
    assert refs(table_at(plan, on=YESTERDAY)) == ["P1.1", "P1.2", "P2.1"]
    assert errors(change, reword, plan, "P1.2", who, values={"activity": "Something"}) == {"version"}
    row = action(plan, "P1.2")
    bring_back(action_id=row.pk, reason="Needed after all", **who)
    assert refs(live_table(plan, today=TODAY)) == refs(table_at(plan, on=TODAY)) == ["P1.1", "P1.2", "P2.1"]
    assert rebuild(plan) == []


def test_nothing_is_reported_of_an_action_for_a_day_after_it_left_the_plan(plan, who):
    change(retire, plan, "P1.2", who)
    row = action(plan, "P1.2")
    said = {"rating": "G", "narrative": "Done"}
    late = Report(on=TODAY, **said)
    assert errors(record_update, action_id=row.pk, report=late, version=row.version, **who) == {"on"}
    record_update(action_id=row.pk, report=Report(on=YESTERDAY, **said), version=row.version, **who)
    assert rebuild(plan) == []


def test_a_milestone_put_right_counts_from_the_day_it_is_put_right(plan, who):
    step = add_milestone(action_id=action(plan, "P1.1").pk, text="Advertised", due_on=YESTERDAY, **who)
    for version, day in enumerate((TODAY, YESTERDAY), 1):
        reach_milestone(milestone_id=step.pk, reached_on=day, version=version, **who)
    assert rebuild(plan) == []


def test_a_reference_is_never_used_again(plan, who):
    change(retire, plan, "P1.2", who)
    objective = Objective.objects.get(plan=plan, ref="P1").pk
    for ref in ("P1.2", "p 1.2", ""):
        new = NewAction(ref=ref, activity="Do more")
        assert errors(add_action, objective_id=objective, new=new, reason=WHY, **who) == {"ref"}
    made = add_action(
        objective_id=objective, new=NewAction("P1.3", "Do more", leads=("Kim Vale",)), reason=WHY, **who
    )
    assert refs(live_table(plan, today=TODAY)) == ["P1.1", "P1.3", "P2.1"]
    assert made.leads.get().person.name == "Kim Vale"
    assert rebuild(plan) == []


def test_a_split_action_gives_way_to_its_parts_or_stays_beside_them(plan, who):
    parts = [NewAction("P1.1a", "Do half"), NewAction("P1.1b", "Do the rest", leads=("Kim Vale",))]
    assert errors(change, split, plan, "P1.1", who, parts=parts[:1], keep=False) == {"parts"}
    made = change(split, plan, "P1.1", who, parts=parts, keep=False)
    assert [part.split_from.ref for part in made] == ["P1.1", "P1.1"]
    assert [part.leads.get().name for part in made] == ["Pat Reed", "Kim Vale"]
    assert refs(live_table(plan, today=TODAY)) == ["P1.1a", "P1.1b", "P1.2", "P2.1"]
    change(split, plan, "P1.2", who, parts=[NewAction("P1.2a", "Only this")], keep=True)
    assert {"P1.2", "P1.2a"} <= set(refs(table_at(plan, on=TODAY)))
    assert rebuild(plan) == []


def test_merged_actions_point_to_the_one_they_became_part_of(plan, who):
    other = action(plan, "P2.1")
    assert errors(change, merge, plan, "P1.1", who, others=[action(plan, "P1.1").pk]) == {"others"}
    change(merge, plan, "P1.1", who, others=[other.pk])
    other.refresh_from_db()
    assert (other.merged_into.ref, other.retired_on) == ("P1.1", TODAY)
    assert refs(live_table(plan, today=TODAY)) == ["P1.1", "P1.2"]
    assert rebuild(plan) == []


def test_an_action_moves_to_another_objective_and_keeps_its_reference(plan, who):
    target = Objective.objects.get(plan=plan, ref="P2")
    change(rehome, plan, "P1.1", who, objective_id=target.pk)
    then, now = table_at(plan, on=YESTERDAY), table_at(plan, on=TODAY)
    assert [[row.ref for row in o.actions] for o in then.objectives] == [["P1.1", "P1.2"], ["P2.1"]]
    assert [[row.ref for row in o.actions] for o in now.objectives] == [["P1.2"], ["P1.1", "P2.1"]]
    elsewhere = Objective.objects.get(plan=plan_of(CouncilFactory()), ref="P2")
    assert errors(change, rehome, plan, "P1.1", who, objective_id=elsewhere.pk) == {"objective"}


def test_leads_change_with_a_reason_and_a_name_that_two_bear_is_nobody(plan, council, who):
    PersonFactory(council=council, name="Sam Twin", post="One")
    PersonFactory(council=council, name="Sam Twin", post="Two")
    assert errors(change, change_leads, plan, "P1.1", who, leads=["Kim Vale"], reason="") == {"reason"}
    change(change_leads, plan, "P1.1", who, leads=["Kim Vale", "Sam Twin", "kim vale", " "])
    found = live_table(plan, today=TODAY).actions[0].leads
    assert [(lead.name, lead.person is None) for lead in found] == [("Kim Vale", False), ("Sam Twin", True)]
    assert table_at(plan, on=YESTERDAY).actions[0].lead_names == "Pat Reed"
    assert rebuild(plan) == []


def test_an_action_of_another_council_is_not_there(plan, who):
    elsewhere = action(plan_of(CouncilFactory()), "P1.1")
    with pytest.raises(Action.DoesNotExist):
        retire(action_id=elsewhere.pk, reason=WHY, version=1, **who)


def test_milestones_are_reached_moved_and_dropped_and_a_late_one_shows(plan, who):
    number = action(plan, "P1.1").pk
    step = add_milestone(action_id=number, text="Posts advertised", due_on=dt.date(2015, 3, 10), **who)
    again = add_milestone(action_id=number, text="Posts advertised", due_on=dt.date(2015, 3, 10), **who)
    assert again == step
    assert live_table(plan, today=TODAY).actions[0].late_step == dt.date(2015, 3, 10)
    assert table_at(plan, on=TODAY).actions[0].late_step == dt.date(2015, 3, 10)
    assert errors(move_milestone, milestone_id=step.pk, due_on=TODAY, reason="", version=1, **who) == {
        "reason"
    }
    move_milestone(milestone_id=step.pk, due_on=TODAY, reason="Panel was off", version=1, **who)
    with pytest.raises(Conflict):
        move_milestone(milestone_id=step.pk, due_on=YESTERDAY, reason="x", version=1, **who)
    reach_milestone(milestone_id=step.pk, reached_on=TODAY, version=2, **who)
    later = TODAY + dt.timedelta(days=30)
    assert live_table(plan, today=later).actions[0].late_step is None
    assert table_at(plan, on=later).actions[0].late_step is None
    drop_milestone(milestone_id=step.pk, reason="Not needed", version=3, **who)
    assert Milestone.objects.get().dropped_on == TODAY
    assert rebuild(plan) == []


def test_assurance_stands_beside_what_is_reported_and_the_latest_day_counts(plan, who):
    row = action(plan, "P1.1")
    said = {"action_id": row.pk, "finding": "Twelve files read, five in order"}
    assert errors(assure, rating="G", on=TODAY, **said | {"finding": ""}, **who) == {"finding"}
    assert errors(assure, rating="N", on=TODAY + dt.timedelta(days=1), **said, **who) == {"rating", "on"}
    first = assure(rating="R", on=TODAY, **said, **who)
    assert assure(rating="R", on=TODAY, **said, **who) == first
    assure(rating="G", on=dt.date(2015, 3, 1), **said, **who)
    row.refresh_from_db()
    assert (row.rating.code, row.assured.code, row.assured_on) == ("A", "R", TODAY)
    assert Assurance.objects.count() == 2
    assert table_at(plan, on=dt.date(2015, 3, 2)).actions[0].assured.code == "G"
    table = live_table(plan, today=TODAY)
    assert "reported_better_than_assured" in {found.rule.code for found in table.flagged[row.pk]}
    assert rebuild(plan) == []


def test_evidence_is_a_file_or_a_link_and_is_withdrawn_with_a_reason(plan, who, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    number = action(plan, "P1.1").pk
    given = {"action_id": number, "title": "", "on": TODAY}
    assert errors(add_evidence, **given, **who) == {"file"}
    assert errors(add_evidence, address="javascript:alert(1)", **given, **who) == {"address"}
    assert errors(add_evidence, file=("tool.exe", b"MZ" + b"\0" * 200), **given, **who) == {"file"}
    assert errors(add_evidence, file=("empty.txt", b""), **given, **who) == {"file"}
    kept = add_evidence(file=("audit.txt", b"Audit of twelve files"), **given, **who)
    add_evidence(address="https://files.example/audit", **given, **who)
    assert (kept.title, kept.file.thing) == ("audit.txt", "evidence")
    assert live_table(plan, today=TODAY).actions[0].evidence == 2
    assert errors(withdraw_evidence, evidence_id=kept.pk, reason="", **who) == {"reason"}
    withdraw_evidence(evidence_id=kept.pk, reason="It was of another team", **who)
    assert live_table(plan, today=TODAY).actions[0].evidence == 1
    assert table_at(plan, on=TODAY).actions[0].evidence == 1
    assert table_at(plan, on=TODAY, recorded_until=NOW).actions[0].evidence == 0
    assert Evidence.objects.count() == 2


def test_a_challenge_goes_to_the_lead_and_stays_until_its_answer_is_accepted(plan, council, who):
    lead = UserFactory()
    person = action(plan, "P1.1").leads.get().person
    person.user = lead
    person.save()
    asked = ask(action_id=action(plan, "P1.1").pk, question="What shows it?", rule="on_track_past_end", **who)
    assert ask(action_id=asked.action_id, question="What shows it?", **who) == asked
    mail = Message.objects.get()
    assert (mail.address, "What shows it?" in mail.body) == (lead.email, False)
    with pytest.raises(Refused):
        accept_answer(challenge_id=asked.pk, version=1, **who)
    first = answer(challenge_id=asked.pk, answer="The audit", version=1, **who | {"by": lead})
    assert (first.answered_by, first.closed_on) == (lead.name, None)
    back = ask_again(challenge_id=asked.pk, question="Which audit?", version=2, **who)
    assert back.answer == ""
    answer(challenge_id=asked.pk, answer="That of March", version=back.version, **who | {"by": lead})
    with pytest.raises(Conflict):
        accept_answer(challenge_id=asked.pk, version=2, **who)
    closed = accept_answer(challenge_id=asked.pk, version=Challenge.objects.get().version, **who)
    assert closed.closed_on == TODAY
    with pytest.raises(Refused):
        answer(challenge_id=asked.pk, answer="More", version=closed.version, **who)
    said = Change.objects.filter(subject="plans.challenge", field="answer").order_by("id")
    assert [row.new for row in said] == ["The audit", "", "That of March"]


def test_a_rule_is_switched_per_plan_from_a_day_and_a_frozen_position_keeps_what_it_knew(plan, council, who):
    assert "complete_without_evidence" not in live_table(plan, today=TODAY).rules
    switch_rule(rule="complete_without_evidence", from_on=BEGUN, version=0, **who)
    assert "complete_without_evidence" in live_table(plan, today=TODAY).rules
    switch_rule(rule="on_track_past_end", from_on=None, version=0, **who)
    assert "on_track_past_end" not in live_table(plan, today=TODAY).rules
    with pytest.raises(Conflict):
        switch_rule(rule="complete_without_evidence", from_on=None, version=1, **who) and switch_rule(
            rule="complete_without_evidence", from_on=TODAY, version=1, **who
        )
    frozen = table_at(plan, on=TODAY, recorded_until=NOW)
    assert "on_track_past_end" in frozen.rules
    assert "complete_without_evidence" not in frozen.rules
    assert errors(switch_rule, rule="no_such", from_on=None, version=0, **who) == {"rule"}


def test_a_version_of_the_plan_is_a_draft_until_a_board_endorses_it(plan, council, who):
    drafted = draft_version(note="After the re-inspection", **who)
    assert (drafted.number, drafted.state) == (2, "draft")
    wrong = {"endorsed_on": TODAY + dt.timedelta(days=1), "endorsed_by": ""}
    assert errors(endorse_version, version_id=drafted.pk, **wrong, **who) == {"endorsed_on", "endorsed_by"}
    endorse_version(
        version_id=drafted.pk, endorsed_on=TODAY, endorsed_by="Improvement board, decision 3", **who
    )
    assert PlanVersion.objects.get(pk=drafted.pk).endorsed_by == "Improvement board, decision 3"
