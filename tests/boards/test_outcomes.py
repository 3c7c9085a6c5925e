"""What a meeting leaves: attendance, decisions, matters, minutes, risks."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from boards.models import Decision, MatterNote, Minutes, MinutesVersion
from boards.queries.attendance import attendance_over_time, partners
from boards.seen import Sight
from boards.services.agenda import add_item, take_notes
from boards.services.bodies import acknowledge_terms, add_terms
from boards.services.minutes import (
    approve_minutes,
    body_seen,
    circulate_minutes,
    draft_minutes,
    write_section,
)
from boards.services.recording import (
    Presence,
    add_decision,
    add_guest,
    add_matter,
    change_decision,
    note_matter,
    record_attendance,
    record_held,
    take_back_held,
)
from boards.services.records import Conflict, Refused
from boards.services.risks import close_risk, save_risk
from councils.roles import Role
from tests.boards.build import TODAY, act, attend, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, OrganisationFactory, PersonFactory, member

JULY = dt.date(2015, 7, 14)
ALL = Sight(True, True, True, True, True, True, True, True)
READER = Sight(False, False, False, False, False, False, False, False)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def board(council):
    return board_of(council)


@pytest.fixture
def ada(board):
    return member_of(board)


@pytest.fixture
def meeting(board, ada):
    return meeting_of(board, TODAY)


@pytest.fixture
def item(council, meeting):
    return add_item(act=act(council), meeting_id=meeting.pk, values={"title": "Progress"})


def test_two_people_recording_attendance_keep_each_others(council, board, meeting, ada):
    olu = member_of(board, "Olu Watch")
    one = [Presence(ada.pk, "present", was=""), Presence(olu.pk, "", was="")]
    two = [Presence(ada.pk, "", was=""), Presence(olu.pk, "apologies", was="")]
    for presences in (one, two):
        record_attendance(act=act(council), meeting_id=meeting.pk, presences=presences)
    stale = [Presence(ada.pk, "present", was="present/"), Presence(olu.pk, "absent", was="apologies/")]
    assert record_attendance(act=act(council), meeting_id=meeting.pk, presences=stale) == (1, ())
    states = dict(meeting.attendances.values_list("name", "state"))
    assert states == {ada.person.name: "present", "Olu Watch": "absent"}


def test_what_somebody_else_recorded_of_a_member_meanwhile_is_left_and_told(council, meeting, ada):
    attend(meeting, ada, state="apologies")
    stale = [Presence(ada.pk, "present", was="")]
    recorded = record_attendance(act=act(council), meeting_id=meeting.pk, presences=stale)
    assert recorded == (0, ("Ada Brightwell",))
    assert meeting.attendances.get().state == "apologies"


def test_attendance_keeps_the_name_as_it_was(council, meeting, ada):
    attend(meeting, ada)
    type(ada.person).objects.filter(pk=ada.person_id).update(name="Ada Married")
    assert meeting.attendances.get().name == "Ada Brightwell"


def test_attendance_by_organisation_takes_the_one_who_was_there(council, board):
    police = OrganisationFactory(council=council, name="Police")
    one, two = (
        member_of(board, "Una One", organisation=police),
        member_of(board, "Tom Two", organisation=police),
    )
    meeting = meeting_of(board, TODAY)
    attend(meeting, one, state="apologies")
    attend(meeting, two, state="deputy")
    record_held(act=act(council, hour=17), meeting_id=meeting.pk)
    rows = {row.name: (row.there, row.recorded) for row in attendance_over_time(board).organisations}
    assert rows == {"Police": (1, 1)}


def test_a_partner_page_has_what_the_partner_owes(council, board, meeting, ada):
    police = OrganisationFactory(council=council, name="Police")
    sue = PersonFactory(council=council, name="Sue Sergeant", organisation=police)
    add_matter(act=act(council), board_id=board.pk, values={"text": "Send figures", "owner": sue})
    add_matter(act=act(council), board_id=board.pk, values={"text": "Not theirs", "owner": ada.person})
    [seen] = partners(board, [police], READER, today=TODAY, actions=())
    assert [row.text for row in seen.matters] == ["Send figures"]


def test_decisions_are_numbered_by_meeting_and_a_number_is_not_used_again(council, meeting, item):
    first = add_decision(act=act(council), meeting_id=meeting.pk, text="One", item_id=item.pk)
    change_decision(act=act(council), decision_id=first.pk, text="One", made_from=1, withdraw=True)
    second = add_decision(act=act(council), meeting_id=meeting.pk, text="Two", item_id=None)
    assert add_decision(act=act(council), meeting_id=meeting.pk, text="Two ", item_id=None) == second
    assert (first.ref, second.ref) == ("1/1", "1/2")
    with pytest.raises(Refused):
        add_decision(act=act(council), meeting_id=meeting.pk, text="  ", item_id=None)
    assert Decision.objects.count() == 2


def test_a_matter_is_open_until_somebody_says_it_is_done(council, board, meeting):
    matter = add_matter(
        act=act(council),
        board_id=board.pk,
        meeting_id=meeting.pk,
        values={"text": "Report", "owner_name": "Police"},
    )
    note_matter(act=act(council), matter_id=matter.pk, text="Begun", state="open")
    note_matter(act=act(council, JULY), matter_id=matter.pk, text="Sent", state="done")
    matter.refresh_from_db()
    assert (matter.state, matter.closed_on, matter.history.count()) == ("done", JULY, 2)
    note_matter(act=act(council, JULY), matter_id=matter.pk, text="Not all of it", state="open")
    matter.refresh_from_db()
    assert (matter.state, matter.closed_on) == ("open", None)


def test_what_was_said_of_a_matter_cannot_be_rewritten(council, board):
    matter = add_matter(
        act=act(council), board_id=board.pk, values={"text": "Report", "owner_name": "Police"}
    )
    note = note_matter(act=act(council), matter_id=matter.pk, text="Sent", state="done")
    with pytest.raises(DatabaseError), transaction.atomic():
        MatterNote.objects.filter(pk=note.pk).update(text="Never sent")


def test_the_same_matter_of_a_meeting_sent_twice_is_asked_once(council, board, meeting):
    asked = {"board_id": board.pk, "meeting_id": meeting.pk}
    asked["values"] = {"text": "Report", "owner_name": "Police"}
    one, same = (add_matter(act=act(council), **asked) for _ in range(2))
    assert one == same
    note_matter(act=act(council), matter_id=one.pk, text="Sent", state="done")
    assert add_matter(act=act(council), **asked).number == 2


def test_the_same_matter_asked_between_meetings_and_sent_twice_is_asked_once(council, board):
    asked = {"board_id": board.pk, "values": {"text": "Report", "owner_name": "Police"}}
    one, same = (add_matter(act=act(council), **asked) for _ in range(2))
    assert one == same
    assert add_matter(act=act(council, JULY), **asked).number == 2


def test_a_matter_needs_words_and_somebody(council, board):
    with pytest.raises(Refused) as refused:
        add_matter(act=act(council), board_id=board.pk, values={"text": " ", "owner_name": ""})
    assert set(refused.value.errors) == {"text", "owner_name"}


@pytest.fixture
def held(council, meeting, item, ada):
    take_notes(act=act(council), item_id=item.pk, notes="Much was said.", made_from=1)
    add_decision(act=act(council), meeting_id=meeting.pk, text="Agreed.", item_id=item.pk)
    return hold(meeting, ada)


def test_minutes_are_drafted_from_agenda_notes_attendance_and_decisions(council, held):
    minutes = draft_minutes(act=act(council, hour=18), meeting_id=held.pk)
    body = body_seen(minutes, ALL)
    assert [row["name"] for row in body["attendance"]] == ["Ada Brightwell"]
    section = body["sections"][0]
    assert (section["number"], section["heading"], section["text"]) == ("1", "Progress", "Much was said.")
    assert [row["text"] for row in section["decisions"]] == ["Agreed."]


def test_drafting_again_touches_nothing_that_was_written(council, held):
    minutes = draft_minutes(act=act(council, hour=18), meeting_id=held.pk)
    section = minutes.sections.get()
    write_section(
        act=act(council, hour=19), meeting_id=held.pk, section_id=section.pk, text="In short.", made_from=1
    )
    draft_minutes(act=act(council, hour=20), meeting_id=held.pk)
    assert minutes.sections.get().text == "In short."


def test_two_people_writing_one_section_are_told(council, held):
    section = draft_minutes(act=act(council, hour=18), meeting_id=held.pk).sections.get()
    same = {"meeting_id": held.pk, "section_id": section.pk, "made_from": 1}
    write_section(act=act(council, hour=19), text="First", **same)
    with pytest.raises(Conflict) as conflict:
        write_section(act=act(council, hour=19), text="Second", **same)
    assert conflict.value.theirs == {"text": "First"}


def test_there_are_no_minutes_of_a_meeting_that_was_not_held(council, meeting):
    with pytest.raises(Refused, match="held first"):
        draft_minutes(act=act(council), meeting_id=meeting.pk)


def test_minutes_are_approved_at_a_later_meeting_and_then_only_read(council, board, held, ada):
    minutes = draft_minutes(act=act(council, hour=18), meeting_id=held.pk)
    later = hold(meeting_of(board, JULY), ada)
    approve = {"meeting_id": held.pk, "at_meeting_id": later.pk, "on": JULY}
    with pytest.raises(Refused, match="not been given"):
        approve_minutes(act=act(council, JULY), **approve)
    circulate_minutes(act=act(council, TODAY, hour=19), meeting_id=held.pk)
    with pytest.raises(Refused):
        approve_minutes(act=act(council, JULY), meeting_id=held.pk, at_meeting_id=held.pk, on=JULY)
    approve_minutes(act=act(council, JULY, hour=18), **approve)
    minutes.refresh_from_db()
    assert (minutes.state, minutes.approved_on, minutes.approved_at_meeting) == ("approved", JULY, later)
    with pytest.raises(Refused, match="approved"):
        write_section(
            act=act(council, JULY),
            meeting_id=held.pk,
            section_id=minutes.sections.get().pk,
            text="x",
            made_from=1,
        )
    assert list(minutes.versions.values_list("number", "state")) == [(1, "circulated"), (2, "approved")]
    with pytest.raises(DatabaseError), transaction.atomic():
        MinutesVersion.objects.update(sha256="0")
    late = {"act": act(council, JULY, hour=19), "meeting_id": held.pk}
    for record in (
        lambda: add_decision(text="One more", item_id=None, **late),
        lambda: record_attendance(presences=[Presence(ada.pk, "absent")], **late),
        lambda: add_guest(name="Gil Guest", role="", **late),
        lambda: add_matter(board_id=board.pk, values={"text": "Send it", "owner_name": "Police"}, **late),
    ):
        with pytest.raises(Refused, match="minutes of this meeting are approved"):
            record()


def test_readers_have_the_minutes_as_circulated_without_restricted_parts(council, held, item):
    minutes = draft_minutes(act=act(council, hour=18), meeting_id=held.pk)
    section = minutes.sections.get()
    circulate_minutes(act=act(council, hour=19), meeting_id=held.pk)
    write = {"meeting_id": held.pk, "section_id": section.pk, "made_from": 1}
    write_section(act=act(council, hour=20), text="Being corrected", **write)
    minutes = Minutes.objects.get()
    assert body_seen(minutes, READER)["sections"][0]["text"] == "Much was said."
    assert body_seen(minutes, ALL)["sections"][0]["text"] == "Being corrected"
    type(section).objects.update(restricted=True)
    circulate_minutes(act=act(council, hour=21), meeting_id=held.pk)
    shown = body_seen(Minutes.objects.get(), READER)["sections"][0]
    assert (shown["heading"], shown["text"], shown["decisions"]) == ("Restricted item", "", [])


def test_a_meeting_with_circulated_minutes_stays_held(council, held):
    draft_minutes(act=act(council, hour=18), meeting_id=held.pk)
    circulate_minutes(act=act(council, hour=19), meeting_id=held.pk)
    with pytest.raises(Refused, match="minutes are circulated"):
        take_back_held(act=act(council, hour=20), meeting_id=held.pk, because="Mistake")


def test_members_acknowledge_each_version_of_the_terms(council, board):
    user = member(Role.BOARD_MEMBER, council)
    mine = member_of(board, user=user)
    one = add_terms(
        act=act(council), board_id=board.pk, in_force_from=TODAY, text="Meet.", note="", document=None
    )
    for _ in range(2):
        acknowledge_terms(act=act(council, by=user), board_id=board.pk)
    assert list(one.acknowledgements.values_list("membership", flat=True)) == [mine.pk]
    two = add_terms(
        act=act(council), board_id=board.pk, in_force_from=TODAY, text="Meet more.", note="", document=None
    )
    assert (two.number, two.acknowledgements.count()) == (2, 0)
    with pytest.raises(Refused, match="Only members"):
        acknowledge_terms(act=act(council, by=member(Role.BOARD_MEMBER, council)), board_id=board.pk)


def test_a_risk_weighs_likelihood_times_impact_and_an_issue_has_happened(council, board):
    values = {"kind": "risk", "text": "Loss", "impact": 4, "owner_name": "Head", "likelihood": 3}
    risk = save_risk(act=act(council), board_id=board.pk, values=values)
    issue = save_risk(act=act(council), board_id=board.pk, values=values | {"kind": "issue"})
    assert (risk.score, issue.score, issue.likelihood) == (12, 20, None)
    with pytest.raises(Refused):
        save_risk(act=act(council), board_id=board.pk, values=values | {"likelihood": None})
    with pytest.raises(Refused):
        close_risk(act=act(council), risk_id=risk.pk, on=TODAY, because=" ")
    assert close_risk(act=act(council), risk_id=risk.pk, on=TODAY, because="Over").closed_on == TODAY
