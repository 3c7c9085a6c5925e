"""The chair's page: questions from facts, what the chair does with them, and that nobody else reads it."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.models import Meeting
from boards.services.recording import add_matter
from boards.services.records import Conflict, Refused
from councils.roles import Role
from history.models import Change
from plans.rag import Palette, Standing
from plans.rows import ActionRow, Code, Lead, ObjectiveRow, ThemeRow
from plans.table import PlanTable
from reporting.chair import services
from reporting.chair.questions import (
    ChairFacts,
    LateDuty,
    LateMatter,
    PartnerFacts,
    Topic,
    promises_of,
    questions,
)
from reporting.models import ChairQuestion
from reporting.packs.facts import Slip
from tests.boards.build import TODAY, act, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, member
from tests.plans.build import plan_of

RED = Code("R", "Red", "", Palette.RED, Standing.OFF_TRACK, is_mark=False)
AMBER = Code("A", "Amber", "", Palette.AMBER, Standing.AT_RISK, is_mark=False)
GREEN = Code("G", "Green", "", Palette.GREEN, Standing.ON_TRACK, is_mark=False)
BLUE = Code("B", "Blue", "", Palette.BLUE, Standing.COMPLETE, is_mark=False)
LAST_BOARD, LATER = dt.date(2015, 5, 5), dt.date(2015, 7, 14)


def row(ref, rating, **more):
    fields = {
        "objective_id": 1, "order": int(ref[1:]), "ref": ref, "activity": f"Do {ref}", "outcome": "",
        "milestones": "", "timeline": "", "starts_on": None, "ends_on": dt.date(2015, 9, 1),
        "leads": (Lead("Ada"),), "rating": rating, "marks": (), "progress": "", "reported_on": TODAY,
        "version": 1, "overdue": False,
    }  # fmt: skip
    return ActionRow(id=int(ref[1:]), **fields | more)


def table(*rows, rules=frozenset()):
    objective = ObjectiveRow(1, 1, 1, "P1", "", "", None, 1, rows)
    return PlanTable(TODAY, (RED, AMBER, GREEN, BLUE), (ThemeRow(1, 1, "", (objective,)),), LAST_BOARD, rules)


def to(name, **numbers):
    return f"{name} {numbers}"


def asked(topic, **facts):
    return questions(ChairFacts(on=TODAY, **facts), to).get(topic, [])


def test_what_was_off_track_before_is_asked_about_otherwise_than_what_is_so_now():
    now, then = table(row("A1", RED), row("A2", RED)), table(row("A1", RED), row("A2", GREEN))
    again, new = asked(Topic.OFF_TRACK, table=now, before=then)
    assert "off track at the last board too" in again.ask
    assert "bring it back" in new.ask


def test_what_got_worse_without_being_off_track_is_asked_about():
    now, then = table(row("A1", AMBER), row("A2", BLUE)), table(row("A1", GREEN), row("A2", GREEN))
    (worse,) = asked(Topic.WORSE, table=now, before=then)
    assert worse.case == "Do A1 From G Green to A Amber"


def test_a_second_move_is_asked_about_as_a_second_move():
    moved = Slip(row("A1", GREEN), dt.date(2015, 6, 1), dt.date(2015, 8, 1), "Nobody applied")
    earlier = Slip(row("A2", GREEN), dt.date(2015, 8, 1), dt.date(2015, 6, 1), "Done sooner")
    (slipped,) = asked(Topic.SLIPPED, table=table(row("A1", GREEN)), slips=(moved, earlier), moves={1: 2})
    assert "moved 2 times" in slipped.ask
    assert "from 1 June 2015 to 1 August 2015: Nobody applied" in slipped.case


def test_a_next_step_said_again_and_again_is_a_promise():
    day = dt.date(2015, 4, 1)
    said = [
        (1, day, "Recruit two staff."),
        (1, LAST_BOARD, "recruit two  staff"),
        (2, day, "Train"),
        (2, TODAY, "Test"),
    ]
    promises = promises_of([*said, (3, day, ""), (3, TODAY, "")])
    assert list(promises) == [1]
    assert (promises[1].times, promises[1].since) == (2, day)
    (question,) = asked(Topic.PROMISES, table=table(row("A1", AMBER)), promises=promises)
    assert "was the next step in the last 2 reports, first for 1 April 2015" in question.case
    assert asked(Topic.PROMISES, table=table(row("A1", BLUE)), promises=promises) == []


def test_overdue_duties_come_before_matters_and_the_departments_own_is_not_asked_of_the_council():
    duties = (
        LateDuty("Review", "Department", LAST_BOARD, 1, of_department=True),
        LateDuty("Report", "Council", TODAY - dt.timedelta(days=2), 2),
    )
    matter = LateMatter(5, 3, "Bring figures", "Police", LAST_BOARD, TODAY - dt.timedelta(days=1), said=2)
    review, report, owed = asked(Topic.OVERDUE, duties=duties, matters=(matter,))
    assert "the Department been told" not in review.ask
    assert "the Department been told" in report.ask
    assert "said to be in hand before" in owed.ask


def test_only_claims_of_completion_that_nobody_tested_are_doubted():
    rows = (row("A1", BLUE), row("A2", BLUE, reported_on=LAST_BOARD), row("A3", GREEN))
    doubted = asked(Topic.UNTESTED, table=table(*rows), tested={2: TODAY})
    assert [question.about for question in doubted] == ["A1"]


def test_a_partner_is_asked_about_for_staying_away_or_answering_late():
    partners = (
        PartnerFacts(1, "Police", 2, 6, ()),
        PartnerFacts(2, "Health", 6, 6, ("A1",)),
        PartnerFacts(3, "Schools", 6, 6, ()),
        PartnerFacts(4, "New partner", 0, 1, ()),
    )
    found = asked(Topic.PARTNERS, partners=partners)
    assert [question.about for question in found] == ["Police", "Health"]
    assert found[0].case == "At 2 of the last 6 boards"


def test_each_rule_of_what_does_not_add_up_has_a_question_of_its_own():
    late = row("A1", GREEN, ends_on=dt.date(2015, 5, 1))
    (question,) = asked(Topic.ADDS_UP, table=table(late, rules=frozenset({"on_track_past_end"})))
    assert question.ask == "How can it be on track when its end has passed?"


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def meeting(council):
    board = board_of(council)
    ada = member_of(board)
    hold(meeting_of(board, LAST_BOARD), ada)
    meeting_of(board, LATER)
    add_matter(
        act=act(council),
        board_id=board.pk,
        values={"text": "Bring figures", "owner_name": "Police", "due_on": dt.date(2015, 5, 20)},
    )
    plan_of(council)
    return meeting_of(board, dt.date(2015, 6, 16))


def at(meeting, name="challenge", **more):
    kwargs = {"council": meeting.board.council.slug, "meeting": meeting.pk, **more}
    return reverse(f"reporting:{name}", kwargs=kwargs)


def test_nobody_but_the_chair_and_support_opens_the_page(client, council, meeting):
    for role in set(Role) - {Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT}:
        client.force_login(member(role, council))
        assert client.get(at(meeting)).status_code == 403, role
        assert client.post(at(meeting, "add_challenge"), {"ask": "Why?"}).status_code == 403, role


def test_what_is_noted_and_ticked_stays_with_the_case_and_is_read_by_the_chair_alone(
    client, council, meeting
):
    client.force_login(member(Role.BOARD_CHAIR, council))
    matter = f"matter:{meeting.board.matters.get().pk}"
    assert "Bring figures" in client.get(at(meeting)).content.decode()
    client.post(
        at(meeting, "note_challenge"), {"question": matter, "note": "They said so in May", "version": 0}
    )
    client.post(
        at(meeting, "mark_challenge", how="asked"), {"question": f"row-{ChairQuestion.objects.get().pk}"}
    )
    said = client.get(at(meeting)).content.decode()
    assert "They said so in May" in said
    assert "1 asked" in said
    logged = str(list(Change.objects.filter(subject="reporting.chairquestion").values_list("old", "new")))
    assert "They said so" not in logged
    assert "figures" not in logged


def test_an_own_question_needs_words_and_is_kept_once(client, council, meeting):
    client.force_login(member(Role.CHAIRS_SUPPORT, council))
    assert client.post(at(meeting, "add_challenge"), {"ask": " "}).status_code == 422
    assert client.post(at(meeting, "add_challenge"), {"ask": "Why\0?"}).status_code == 400, (
        "no text holds a NUL"
    )
    client.post(at(meeting, "add_challenge"), {"ask": "Who speaks for schools?"})
    client.post(at(meeting, "add_challenge"), {"ask": "Who speaks for schools?"})
    assert ChairQuestion.objects.count() == 1


def test_a_question_that_is_not_on_the_page_cannot_be_marked(client, council, meeting):
    client.force_login(member(Role.BOARD_CHAIR, council))
    assert client.post(at(meeting, "mark_challenge", how="asked"), {"question": "off:999"}).status_code == 404
    assert ChairQuestion.objects.count() == 0


def test_what_was_not_asked_is_carried_over_once_with_its_note(council, meeting):
    own = services.add_own(act=act(council), meeting=meeting, ask="Who speaks for schools?", note="Again")
    asked_one = services.add_own(act=act(council), meeting=meeting, ask="Who pays?")
    page = services.page_of(meeting, {})
    services.tick(act=act(council), meeting=meeting, kept=page.named(f"row-{asked_one.pk}"), asked=True)
    for _ in range(2):
        services.carry_all(act=act(council), meeting=meeting, page=services.page_of(meeting, {}))
    later = Meeting.objects.get(on=LATER)
    (carried,) = later.chair_questions.all()
    assert (carried.ask, carried.note, carried.carried_from) == (own.ask, "Again", own)
    with pytest.raises(Refused):
        services.carry_all(act=act(council), meeting=later, page=services.page_of(later, {}))


def test_chair_and_support_do_not_overwrite_each_other(council, meeting):
    row = services.add_own(act=act(council), meeting=meeting, ask="Who pays?")

    def write(note):
        kept = services.page_of(meeting, {}).named(f"row-{row.pk}")
        services.write_note(act=act(council), meeting=meeting, kept=kept, note=note, made_from=1)

    write("The council")
    with pytest.raises(Conflict) as clash:
        write("Health")
    assert clash.value.theirs == {"note": "The council"}
