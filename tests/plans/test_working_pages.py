"""Pages that work the plan: they show what is expected beside what is reported, and change the plan with a reason."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from councils.roles import Role
from notices.models import Event
from notices.services import record_event
from plans.models import Action, Assurance, Challenge, Evidence, Milestone, MovedEnd, Objective, PlanVersion
from plans.services import freeze_position
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, TODAY, action, plan_of, read_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(
        council,
        read_action("P1.1", leads=("Pat Reed",), end=dt.date(2015, 2, 28)),
        read_action("P1.2", rating="R", leads=("Kim Vale",)),
        read_action("P2.1", rating="G", objective="o2", end=None),
    )


def client_of(role, council):
    client = Client()
    client.user = member(role, council)
    client.force_login(client.user)
    return client


@pytest.fixture
def manager(council):
    return client_of(Role.PROGRAMME_MANAGER, council)


def page(council, name, **kwargs):
    return reverse(f"plans:{name}", kwargs={"council": council.slug, **kwargs})


def shown(client, *args, **kwargs):
    response = client.get(*args, **kwargs)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def sent(client, url, **fields):
    response = client.post(url, fields, follow=True)
    return response.status_code, response.content.decode()


def test_the_action_page_shows_what_is_reported_expected_and_assured_with_why(manager, council, plan):
    text = shown(manager, page(council, "action", pk=action(plan, "P1.1").pk))
    assert "Past its end, 28 February 2015, and not complete" in text
    assert "Worse than reported" in text
    assert "Not tested" in text
    assert "Reported on track, and its end, 28 February 2015, has passed" in text


def test_the_plan_page_flags_what_does_not_add_up_and_its_count_opens_the_list(manager, council, plan):
    text = shown(manager, page(council, "plan"))
    assert "expected R Red" in text
    assert page(council, "adding_up") in text
    listed = shown(manager, page(council, "adding_up"))
    assert "On track past its end" in listed
    assert "/ask?rule=on_track_past_end" in listed
    assert "P1.1" not in shown(manager, page(council, "adding_up"), {"as_at": "2015-02-28"})
    narrowed = shown(manager, page(council, "plan"), {"adds_up": "no"})
    assert "1 action of 3" in narrowed


def test_an_end_is_moved_on_its_page_and_the_earlier_one_stays_readable(manager, council, plan):
    row = action(plan, "P1.1")
    url = page(council, "move", pk=row.pk)
    assert "It ends on 28 February 2015" in shown(manager, url)
    status, text = sent(manager, url, version=1, end="30/6/2030", reason="", approved_by="")
    assert (status, 'value="30/6/2030"' in text) == (422, True)
    status, text = sent(
        manager, url, version=1, end="30/6/2030", reason="The tender was late", approved_by="Board of May"
    )
    assert "Was 28 February 2015" in text
    assert "approved by Board of May" in text
    assert MovedEnd.objects.get().source == "page"


def test_a_change_made_from_an_older_page_shows_both_and_keeps_what_was_typed(manager, council, plan):
    url = page(council, "reword", pk=action(plan, "P1.1").pk)
    words = {"outcome": "", "milestones": "", "timeline": "", "evidence_words": "", "starts_on": ""}
    sent(manager, url, version=1, activity="Theirs", reason="First", **words)
    status, text = sent(manager, url, version=1, activity="Mine", reason="Second", **words)
    assert status == 409
    assert "Theirs" in text
    assert "Mine" in text
    assert 'name="version" value="2"' in text
    status, _ = sent(manager, url, version=2, activity="Mine", reason="Second", **words)
    assert (status, action(plan, "P1.1").activity) == (200, "Mine")


def test_a_form_cut_short_of_fields_does_not_empty_them(manager, council, plan):
    row = action(plan, "P1.1")
    sent(manager, page(council, "reword", pk=row.pk), version=1, activity="New words", reason="Clearer")
    assert action(plan, "P1.1").outcome == row.outcome


def test_actions_are_added_split_merged_moved_led_by_others_and_taken_out(manager, council, plan):
    one, two = action(plan, "P1.1"), action(plan, "P1.2")
    other = Objective.objects.get(plan=plan, ref="P2").pk
    add = {
        "objective": other,
        "ref": "P2.2",
        "activity": "Visit sooner",
        "leads": "Kim Vale",
        "reason": "New",
    }
    assert sent(manager, page(council, "add_action"), **add)[0] == 200
    assert sent(manager, page(council, "add_action"), **add | {"ref": "p2.2"})[0] == 422
    parts = {"ref_1": "P1.1a", "activity_1": "Half", "ref_2": "P1.1b", "activity_2": "Rest"}
    split = {"version": 1, "keep": "no", "reason": "Two teams", **parts}
    assert sent(manager, page(council, "split", pk=one.pk), **split)[0] == 200
    merge = {"version": 1, "reason": "The same work", "others": "p1.1a, P1.1B"}
    assert sent(manager, page(council, "merge", pk=two.pk), **merge | {"others": "X9"})[0] == 422
    assert sent(manager, page(council, "merge", pk=two.pk), **merge)[0] == 200
    moved = {"version": 2, "objective": other, "reason": "It answers that"}
    assert sent(manager, page(council, "rehome", pk=two.pk), **moved)[0] == 200
    led = {"version": 3, "leads": "Pat Reed\nKim Vale", "reason": "Shared"}
    assert sent(manager, page(council, "leads", pk=two.pk), **led)[0] == 200
    assert sent(manager, page(council, "retire", pk=two.pk), version=4, reason="Done elsewhere")[0] == 200
    text = shown(manager, page(council, "action", pk=two.pk))
    assert "No longer part of the plan" in text
    assert "Done elsewhere" in text
    changes = shown(manager, page(council, "changes"), {"since": "2015-02-24"})
    assert "3 actions on 24 February 2015, then 2 on" in changes
    for why in ("Two teams", "The same work", "It answers that", "Shared", "Done elsewhere"):
        assert why in changes
    assert sent(manager, page(council, "bring_back", pk=two.pk), reason="Needed")[0] == 200
    assert Action.objects.get(pk=two.pk).retired_on is None


def test_milestones_and_evidence_stand_on_the_action(manager, council, plan, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = action(plan, "P1.1")
    sent(manager, page(council, "add_milestone", pk=row.pk), text="Posts advertised", due_on="1/3/2015")
    step = Milestone.objects.get()
    assert "Posts advertised" in shown(manager, page(council, "action", pk=row.pk))
    day = f"{timezone.localdate():%d/%m/%Y}"
    assert sent(manager, page(council, "reach_milestone", pk=step.pk), version=1, reached_on=day)[0] == 200
    add = page(council, "add_evidence", pk=row.pk)
    assert sent(manager, add, file=SimpleUploadedFile("run.exe", b"MZ" + b"\0" * 99), on=day)[0] == 422
    assert sent(manager, add, file=SimpleUploadedFile("audit.txt", b"Twelve files"), on=day)[0] == 200
    kept = Evidence.objects.get()
    assert reverse("files:download", kwargs={"file": kept.file_id}) in shown(
        manager, page(council, "action", pk=row.pk)
    )
    assert manager.get(reverse("files:download", kwargs={"file": kept.file_id})).getvalue() == b"Twelve files"
    member_client = client_of(Role.BOARD_MEMBER, council)
    assert member_client.get(reverse("files:download", kwargs={"file": kept.file_id})).status_code == 403
    withdraw = page(council, "withdraw_evidence", pk=kept.pk)
    assert sent(manager, withdraw, reason="Another team's")[0] == 200
    assert "None yet" in shown(manager, page(council, "action", pk=row.pk))


def test_a_lead_adds_evidence_to_their_own_actions_alone(council, plan):
    lead = client_of(Role.ACTION_LEAD, council)
    person = action(plan, "P1.1").leads.get().person
    person.user = lead.user
    person.save()
    assert lead.get(page(council, "add_evidence", pk=action(plan, "P1.1").pk)).status_code == 200
    assert lead.get(page(council, "add_evidence", pk=action(plan, "P1.2").pk)).status_code == 403
    assert lead.get(page(council, "move", pk=action(plan, "P1.1").pk)).status_code == 403


def test_the_chair_assures_what_they_read_and_sees_it_before_the_others(council, plan):
    chair = client_of(Role.BOARD_CHAIR, council)
    row = action(plan, "P1.1")
    now = timezone.now()
    freeze_position(plan=plan, on=TODAY, label="Board", by=None, now=now, today=timezone.localdate(now))
    url = page(council, "assure", pk=row.pk)
    assert "Readers of frozen positions see it from the next position on" in shown(chair, url)
    day = f"{timezone.localdate():%d/%m/%Y}"
    assert sent(chair, url, rating="R", finding="", on=day)[0] == 422
    status, text = sent(chair, url, rating="R", finding="Five of twelve files in order", on=day)
    assert (status, "Others see it from the next position on" in text) == (200, True)
    assert Assurance.objects.get().rating.code == "R"
    assert "Five of twelve" not in shown(
        client_of(Role.BOARD_MEMBER, council), page(council, "action", pk=row.pk)
    )


def test_a_question_is_asked_answered_by_the_lead_and_settled_by_whoever_asked(council, plan, manager):
    row = action(plan, "P1.1")
    lead = client_of(Role.ACTION_LEAD, council)
    person = row.leads.get().person
    person.user = lead.user
    person.save()
    form = shown(manager, page(council, "ask", pk=row.pk), {"rule": "on_track_past_end"})
    assert "Reported on track, and its end" in form
    sent(manager, page(council, "ask", pk=row.pk), question="What shows it?", rule="on_track_past_end")
    asked = Challenge.objects.get()
    assert "Asked" in shown(manager, page(council, "adding_up"))
    assert "What shows it?" in shown(lead, page(council, "challenge", pk=asked.pk))
    assert lead.post(page(council, "accept", pk=asked.pk), {"version": 1}).status_code == 403
    assert sent(lead, page(council, "answer", pk=asked.pk), version=1, answer="The audit")[0] == 200
    office = client_of(Role.PROGRAMME_OFFICE, council)
    assert office.post(page(council, "accept", pk=asked.pk), {"version": 2}).status_code == 403
    again = page(council, "ask_again", pk=asked.pk)
    assert sent(manager, again, version=2, question="Which audit?")[0] == 200
    asked.refresh_from_db()
    assert sent(lead, page(council, "answer", pk=asked.pk), version=asked.version, answer="March's")[0] == 200
    asked.refresh_from_db()
    assert sent(manager, page(council, "accept", pk=asked.pk), version=asked.version)[0] == 200
    assert "Settled on" in shown(manager, page(council, "challenge", pk=asked.pk))
    assert "Question, settled" in shown(manager, page(council, "action", pk=row.pk))
    assert client_of(Role.BOARD_MEMBER, council).get(page(council, "challenges")).status_code == 403


def test_a_rule_is_switched_on_its_page(manager, council, plan):
    url = page(council, "switch", rule="complete_without_evidence")
    assert sent(manager, url, from_on="soon", version=0)[0] == 422
    assert sent(manager, url, from_on="24/2/2015", version=0)[0] == 200
    assert "Complete without evidence" in shown(manager, page(council, "adding_up"))
    assert sent(manager, url, off="1", version=1)[0] == 200
    assert sent(manager, url, from_on="25/2/2015", version=1)[0] == 409


def test_the_plan_as_at_a_day_is_what_was_seen_then_and_cannot_be_written_to(manager, council, plan):
    sent(manager, page(council, "retire", pk=action(plan, "P1.2").pk), version=1, reason="Not needed")
    then = shown(manager, page(council, "plan"), {"as_at": "2015-03-01"})
    assert "as it stood on 1 March 2015" in then
    assert ">P1.2</a>" in then
    assert 'id="update-' not in then
    assert ">P1.2</a>" not in shown(manager, page(council, "plan"))
    assert "there was none" in shown(manager, page(council, "plan"), {"as_at": "2014-01-01"})
    assert "P1.1" in shown(manager, page(council, "plan"), {"as_at": "nonsense"})


def test_those_who_read_positions_look_back_no_further_than_was_known(council, plan, manager):
    now = timezone.now()
    freeze_position(plan=plan, on=TODAY, label="March board", by=None, now=now, today=timezone.localdate(now))
    url = page(council, "reword", pk=action(plan, "P1.1").pk)
    sent(manager, url, version=1, activity="Half-typed words", reason="Trying")
    observer = client_of(Role.DFE_OFFICIAL, council)
    for day in ("", "2015-03-01", f"{timezone.localdate():%Y-%m-%d}"):
        text = shown(observer, page(council, "plan"), {"as_at": day})
        assert "Do P1.1" in text
        assert "Half-typed" not in text
    for name in ("compare", "changes", "versions"):
        assert "Half-typed" not in shown(observer, page(council, name), {"since": "2015-02-24"})
    assert "Half-typed" not in shown(observer, page(council, "action", pk=action(plan, "P1.1").pk))


def test_two_days_are_compared_with_what_moved(manager, council, plan):
    row = action(plan, "P1.1")
    today = timezone.localdate()
    form = {"version": 1, "rating": "G", "narrative": "Done", "on": f"{today:%d/%m/%Y}"}
    manager.post(page(council, "update", pk=row.pk), form)
    text = shown(manager, page(council, "compare"), {"since": f"{BEGUN:%d/%m/%Y}"})
    assert "Rating better" in text
    assert "is not a day" in shown(manager, page(council, "compare"), {"since": "last week"})
    assert "Nothing changed" in shown(
        manager, page(council, "compare"), {"since": "1/3/2015", "until": "2/3/2015"}
    )


def test_versions_are_kept_endorsed_and_compared(manager, council, plan):
    sent(manager, page(council, "draft_version"), note="After the re-inspection")
    drafted = PlanVersion.objects.get(number=2)
    form = {"endorsed_on": f"{timezone.localdate():%d/%m/%Y}", "endorsed_by": "Improvement board, decision 4"}
    assert sent(manager, page(council, "endorse_version", pk=drafted.pk), **form)[0] == 200
    text = shown(manager, page(council, "versions"), {"from": "1", "to": "2"})
    assert "decision 4" in text
    assert "From version 1 to version 2" in text


def test_an_objective_shows_the_suggestion_beside_the_judgement_and_why_they_differ(manager, council, plan):
    text = shown(manager, page(council, "objective", pk=Objective.objects.get(plan=plan, ref="P1").pk))
    assert "suggested by its actions" in text
    assert "The two differ" in text
    assert "1 of 2 actions is R Red: P1.2" in text


def test_a_thing_of_another_council_is_not_there(manager, council, plan):
    elsewhere = plan_of(CouncilFactory())
    number = action(elsewhere, "P1.1").pk
    for name in ("action", "move", "reword", "leads", "retire", "split", "merge", "ask", "add_evidence"):
        assert manager.get(page(council, name, pk=number)).status_code == 404, name
    assert manager.post(page(council, "bring_back", pk=number), {"reason": "x"}).status_code == 404


def test_an_action_that_came_and_went_on_one_day_stays_readable(manager, council, plan):
    today = {"objective": Objective.objects.filter(plan=plan).first().pk, "ref": "P9", "activity": "Try it"}
    sent(manager, page(council, "add_action"), **today, reason="New")
    made = action(plan, "P9")
    status, text = sent(manager, page(council, "retire", pk=made.pk), version=1, reason="A mistake")
    assert status == 200
    assert "P9 is no longer part of the plan" in text
    assert "This is how it last stood" in text


def test_what_a_change_owes_is_said_at_once_and_an_end_left_as_it_is_is_no_move(manager, council, plan):
    status, text = sent(manager, page(council, "add_action"))
    assert status == 422
    for owed in ("Choose an objective", "Give it a reference", "Say what is to be done", "Say why"):
        assert owed in text
    first = action(plan, "P1.1")
    same = {"version": 1, "end": "28/2/2015", "reason": "None", "approved_by": "The board"}
    status, text = sent(manager, page(council, "move", pk=first.pk), **same)
    assert status == 422
    assert "That is the day it ends on already" in text


def test_an_update_for_an_earlier_day_says_what_becomes_of_it(manager, council, plan):
    today = timezone.localdate()
    board = today - dt.timedelta(days=2)
    given = {"by": None, "now": timezone.now(), "today": today}
    record_event(council=council, kind=Event.Kind.BOARD_HELD, state=Event.State.HAPPENED, on=board, **given)
    row = action(plan, "P1.1")

    def report(words, on):
        fields = {"version": action(plan, "P1.1").version, "rating": "A", "narrative": words}
        return sent(manager, page(council, "update", pk=row.pk), on=f"{on:%d/%m/%Y}", **fields)[1]

    assert "is later and stands" not in report("Said today", today)
    said = report("Said late", today - dt.timedelta(days=3))
    assert "is later and stands" in said
    assert "has met already" in said
    assert action(plan, "P1.1").progress == "Said today"


@pytest.mark.parametrize(
    ("parts", "field", "why"),
    [
        (
            {"ref_1": "P1.1a", "activity_1": "A", "ref_2": "P1.2", "activity_2": "B"},
            "ref_2",
            "P1.2 is or was",
        ),
        (
            {"ref_1": "P1.1a", "activity_1": "A", "ref_2": "P1.1a", "activity_2": "B"},
            "ref_2",
            "P1.1a is or was",
        ),
        ({"activity_1": "A", "ref_2": "P1.1b", "activity_2": "B"}, "ref_1", "Give it a reference"),
        ({"ref_1": "P1.1a", "activity_1": "A", "ref_2": "P1.1b"}, "activity_2", "Say what is to be done"),
        ({"ref_1": "P1.1a", "activity_1": "A"}, "ref_2", "Give two parts or more"),
    ],
)
def test_what_is_wrong_with_a_part_stands_at_that_part(manager, council, plan, parts, field, why):
    split = {"version": 1, "keep": "no", "reason": "Two teams", **parts}
    answer = manager.post(page(council, "split", pk=action(plan, "P1.1").pk), split)
    assert answer.status_code == 422
    assert f'href="#id_{field}">{why}' in answer.content.decode()
