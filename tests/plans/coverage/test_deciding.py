"""What answers a provision: decided by people, remembered, and true for what the plan and the notice become."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from councils.access import access_of
from councils.roles import Role
from history.models import Change
from plans import services as plan_services
from plans.coverage.queries import COVERAGE
from plans.coverage.seen import coverage_seen_by
from plans.coverage.services import Choice, decide
from plans.coverage.standing import Gap, Verdict
from plans.models import CoverageDecision, Objective
from plans.services import Refused
from tests.factories import CouncilFactory, member
from tests.plans.build import NOW, TODAY, action, read_action
from tests.plans.coverage.build import AMENDED, act, issue, obj, of, planned, said, source

pytestmark = pytest.mark.django_db
WHY = {"reason": "Asked for by the board", "by": None, "now": NOW, "today": TODAY}


class Asker:
    """Somebody who asks about one council."""

    def __init__(self, council, role):
        self.council, self.user = council, member(role, council)
        self.access = access_of(self.user, today=TODAY)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return planned(council)


@pytest.fixture
def notice(council):
    return issue(council)


def line(council, key, *, role=Role.PROGRAMME_MANAGER, as_at=None, today=TODAY):
    found = coverage_seen_by(Asker(council, role), today=today, as_at=as_at)
    return next(one for one in found.lines[found.sources[0].key] if one.provision.key == key)


def proposed(council, key, *, role=Role.PROGRAMME_MANAGER):
    found = coverage_seen_by(Asker(council, role), today=TODAY)
    return [one.target for one in found.proposals(found.sources[0]).get(key, ())]


def test_every_provision_is_a_gap_until_something_answers_it(council, plan, notice):
    keys = [one.key for one in source(council).provisions]
    assert keys == ["1", "1a", "1b", "1c", "2", "3"]
    assert [line(council, key).gap for key in keys] == [None, *[Gap.NOTHING] * 5]


def test_a_provision_that_only_introduces_others_is_answered_by_them(council, plan, notice):
    assert line(council, "1").introduces
    assert not line(council, "3").introduces


def test_a_confirmed_link_stands_with_who_when_and_in_the_log(council, plan, notice):
    office = member(Role.PROGRAMME_OFFICE, council)
    said(council, notice, "1a", act(plan, "P1.1"), by=office)
    found = line(council, "1a")
    assert ([one.ref for one in found.links], found.gap, found.answered) == (["P1.1"], None, True)
    assert found.links[0].decision.by == office.name
    logged = Change.objects.get(subject=COVERAGE)
    assert (logged.by_name, logged.new) == (
        office.name,
        {"decision": "linked", "action": action(plan, "P1.1").pk},
    )


def test_a_link_to_an_objective_counts_all_of_its_actions(council, plan, notice):
    said(council, notice, "1a", obj(plan, "P1"))
    assert [one.ref for one in line(council, "1a").actions] == ["P1.1", "P1.2"]


@pytest.mark.parametrize(("ref", "gap"), [("P1.1", None), ("P1.2", Gap.LATE), ("P2.1", Gap.UNRATED)])
def test_what_answers_it_may_itself_be_a_gap(council, plan, notice, ref, gap):
    said(council, notice, "1a", act(plan, ref))
    assert line(council, "1a").gap is gap


def test_one_action_on_its_way_is_enough_beside_one_that_is_late(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    said(council, notice, "1a", act(plan, "P1.2"))
    assert line(council, "1a").gap is None


def test_complete_without_evidence_is_a_gap_until_there_is_some(council, notice):
    plan = planned(council, read_action("P1.1", rating="G"))
    said(council, notice, "1a", act(plan, "P1.1"))
    assert line(council, "1a").gap is Gap.UNSHOWN
    plan_services.add_evidence(
        council=council,
        action_id=action(plan, "P1.1").pk,
        title="Audit",
        address="https://harbourshire.example/audit",
        on=TODAY,
        by=None,
        now=NOW,
        today=TODAY,
    )
    assert (line(council, "1a").gap, line(council, "1a").evidence) == (None, 1)


def test_deciding_what_stands_already_writes_nothing(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    said(council, notice, "1a", act(plan, "P1.1"))
    assert CoverageDecision.objects.count() == 1


def test_a_refused_proposal_does_not_come_back(council, plan, notice):
    first = proposed(council, "1b")[0]
    said(council, notice, "1b", first, verdict=Verdict.REFUSED)
    assert first not in proposed(council, "1b")


def test_a_confirmed_proposal_is_no_proposal_any_more_and_brings_no_other(council, plan, notice):
    before = proposed(council, "1b")
    said(council, notice, "1b", before[0])
    assert proposed(council, "1b") == before[1:]


def test_a_link_is_taken_away_with_a_reason_and_not_proposed_again(council, plan, notice):
    target = proposed(council, "1b")[0]
    said(council, notice, "1b", target)
    with pytest.raises(Refused, match="Say why"):
        said(council, notice, "1b", target, verdict=Verdict.UNLINKED)
    said(council, notice, "1b", target, verdict=Verdict.UNLINKED, reason="It is about training")
    assert line(council, "1b").gap is Gap.NOTHING
    assert target not in proposed(council, "1b")


def test_a_clause_that_binds_the_department_is_proposed_to_need_no_action(council, plan, notice):
    assert proposed(council, "2") == [None]
    said(council, notice, "2", verdict=Verdict.NOT_NEEDED, reason="It binds the Department")
    found = line(council, "2")
    assert (found.gap, found.none.reason, proposed(council, "2")) == (None, "It binds the Department", [])


def test_that_it_needs_no_action_is_taken_back_with_a_reason_or_by_a_link(council, plan, notice):
    for key in ("2", "3"):
        said(council, notice, key, verdict=Verdict.NOT_NEEDED, reason="A mistake")
    said(council, notice, "2", verdict=Verdict.NEEDED, reason="We prepare for it")
    said(council, notice, "3", act(plan, "P1.1"))
    assert (line(council, "2").none, line(council, "3").none) == (None, None)


def test_what_is_answered_is_not_said_to_need_nothing(council, plan, notice):
    said(council, notice, "3", act(plan, "P1.1"))
    with pytest.raises(Refused, match="take its links away first"):
        said(council, notice, "3", verdict=Verdict.NOT_NEEDED, reason="It does not")


def test_links_survive_an_amendment_and_changed_words_are_asked_again(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    said(council, notice, "1b", act(plan, "P2.1"))
    said(council, notice, "1b", act(plan, "P1.1"), verdict=Verdict.REFUSED)
    issue(council, AMENDED, instrument=notice)
    assert [line(council, key).changed for key in ("1a", "1b")] == [False, True]
    assert [one.ref for one in line(council, "1b").links] == ["P2.1"]
    said(council, notice, "1b", act(plan, "P2.1"))
    assert not line(council, "1b").changed


def test_what_was_refused_of_other_words_may_be_proposed_again(council, plan, notice):
    target = proposed(council, "1b")[0]
    said(council, notice, "1b", target, verdict=Verdict.REFUSED)
    issue(council, AMENDED, instrument=notice)
    assert target in proposed(council, "1b")


def test_as_at_a_day_before_an_amendment_the_old_words_stand(council, plan, notice):
    issue(council, AMENDED, instrument=notice)
    before = line(council, "1b", as_at=dt.date(2015, 3, 10))
    assert "siblings" in before.provision.words
    assert "brothers" in line(council, "1b").provision.words


def test_a_link_to_a_retired_action_says_so(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    plan_services.retire(council=council, action_id=action(plan, "P1.1").pk, version=1, **WHY)
    found = line(council, "1a")
    assert (found.gap, found.links[0].ref, found.links[0].left.on) == (Gap.LEFT, "P1.1", TODAY)


def test_a_link_holds_for_the_action_that_another_was_merged_into(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.2"))
    keep, gone = action(plan, "P1.1"), action(plan, "P1.2")
    plan_services.merge(council=council, action_id=keep.pk, others=[gone.pk], version=1, **WHY)
    link = line(council, "1a").links[0]
    assert (link.ref, link.through) == ("P1.1", "P1.2")
    said(council, notice, "1a", act(plan, "P1.1"), verdict=Verdict.UNLINKED, reason="Another matter now")
    assert line(council, "1a").gap is Gap.LEFT


def split(council, plan, ref, *, keep):
    parts = [plan_services.NewAction(f"{ref}{one}", f"Part {one}") for one in ("x", "y")]
    number = action(plan, ref).pk
    plan_services.split(council=council, action_id=number, parts=parts, keep=keep, version=1, **WHY)


def test_a_link_holds_for_the_parts_that_took_an_actions_place(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    split(council, plan, "P1.1", keep=False)
    assert [(one.ref, one.through) for one in line(council, "1a").links] == [
        ("P1.1x", "P1.1"),
        ("P1.1y", "P1.1"),
    ]


def test_parts_split_off_an_action_that_stays_are_proposed(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    split(council, plan, "P1.1", keep=True)
    assert {act(plan, "P1.1x"), act(plan, "P1.1y")} <= set(proposed(council, "1a"))
    with pytest.raises(Refused, match="not linked"):
        said(council, notice, "1a", act(plan, "P1.1x"), verdict=Verdict.UNLINKED, reason="No")


def test_those_above_the_council_see_the_links_of_the_last_position_and_no_proposals(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    plan_services.freeze_position(plan=plan, on=TODAY, label="March board", by=None, now=NOW, today=TODAY)
    later = {"now": NOW + dt.timedelta(hours=1), "today": TODAY}
    said(council, notice, "1b", act(plan, "P2.1"), **later)
    said(council, notice, "3", verdict=Verdict.NOT_NEEDED, reason="It is a report", **later)
    assert [line(council, key, role=Role.BOARD_CHAIR).gap for key in ("1a", "1b", "3")] == [
        None,
        Gap.NOTHING,
        Gap.NOTHING,
    ]
    assert proposed(council, "1c", role=Role.DFE_OFFICIAL) == []
    assert line(council, "3").gap is None


def test_as_at_an_earlier_day_the_links_of_that_day_stand(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    week_on = TODAY + dt.timedelta(days=7)
    assert line(council, "1a", as_at=TODAY - dt.timedelta(days=1), today=week_on).gap is Gap.NOTHING
    assert line(council, "1a", as_at=TODAY, today=week_on).gap is None


def test_what_another_decided_meanwhile_is_refused_and_the_others_are_written(council, plan, notice):
    first, second = member(Role.PROGRAMME_OFFICE, council), member(Role.DIRECTOR, council)
    said(council, notice, "1a", act(plan, "P1.1"), verdict=Verdict.REFUSED, by=first)
    choices = [
        Choice(Verdict.LINKED, of(notice), "1a", act(plan, "P1.1")),
        Choice(Verdict.LINKED, of(notice), "1b", act(plan, "P2.1")),
    ]
    outcome = decide(council=council, choices=choices, seen=0, by=second, now=NOW, today=TODAY)
    assert [row.key for row in outcome.done] == ["1b"]
    assert [why for _, why in outcome.refused] == [
        f"{first.name} has decided this meanwhile: look at it again"
    ]


def test_many_decisions_are_one_act_in_the_log(council, plan, notice):
    choices = [Choice(Verdict.LINKED, of(notice), key, act(plan, "P1.1")) for key in ("1a", "1b", "1c")]
    decide(council=council, choices=choices, by=None, now=NOW, today=TODAY)
    batches = set(Change.objects.filter(subject=COVERAGE).values_list("batch", flat=True))
    assert (len(batches), None in batches) == (1, False)


@pytest.mark.parametrize("of_other", ["provision", "action", "council", "retired"])
def test_only_what_is_in_force_and_in_the_plan_is_linked(council, plan, notice, of_other):
    key, target, where = "1a", act(plan, "P1.1"), council
    if of_other == "provision":
        key = "99"
    elif of_other == "action":
        target = act(planned(CouncilFactory()), "P1.1")
    elif of_other == "council":
        where = CouncilFactory()
        planned(where)
    else:
        plan_services.retire(council=council, action_id=target.number, version=1, **WHY)
    with pytest.raises(Refused):
        said(where, notice, key, target)
    assert not CoverageDecision.objects.exists()


def test_without_an_open_plan_nothing_is_decided(council, notice):
    with pytest.raises(Refused, match="no open plan"):
        said(council, notice, "2", verdict=Verdict.NOT_NEEDED, reason="No plan")


def test_a_decision_is_never_altered(council, plan, notice):
    said(council, notice, "1a", act(plan, "P1.1"))
    with pytest.raises(DatabaseError), transaction.atomic():
        CoverageDecision.objects.update(kind="refused")


def test_what_answers_nothing_is_told_from_what_does(council, plan, notice):
    said(council, notice, "1a", obj(plan, "P1"))
    found = coverage_seen_by(Asker(council, Role.PROGRAMME_MANAGER), today=TODAY)
    assert [one.ref for one in found.answering_nothing(found.sources[0])] == ["P2.1"]
    assert {target.number for target in found.answers if target.part == "objective"} == set(
        Objective.objects.filter(ref="P1").values_list("pk", flat=True)
    )
