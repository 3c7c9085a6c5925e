"""Planning, moving, cancelling, holding: what the deadlines and the members learn of it."""

import datetime as dt

import pytest

from boards.forms.bodies import often
from boards.models import Meeting
from boards.queries.attendance import attendance_over_time
from boards.queries.bodies import frequency_on, proposed_series, seats_on
from boards.services.bodies import add_member, add_seat, end_membership, save_standing_item
from boards.services.changing import change_board
from boards.services.frequency import ask_for_frequency, decide_frequency
from boards.services.meetings import cancel_meeting, change_meeting, move_meeting, plan_meetings, reconvene
from boards.services.recording import record_held, take_back_held
from boards.services.records import Conflict, Refused
from deadlines.events import Happening
from deadlines.months import Period
from deadlines.schedules.base import Anchor
from deadlines.schedules.happenings import NoLongerThan
from history.models import Change
from notices.deadlines.boards import board_asked
from notices.models import Agreement, Event
from notices.queries import board_days
from notices.services import About, EventRefused, record_event
from notifications.models import Message
from tests.boards.build import BEGUN, TODAY, act, attend, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, PersonFactory
from tests.notices.deadlines.build import instrument, owe, version

JUNE, JULY = dt.date(2015, 6, 16), dt.date(2015, 7, 14)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def board(council):
    return board_of(council)


@pytest.fixture
def ada(board):
    return member_of(board)


def standing(council):
    events = Event.objects.filter(council=council, replaced_by__isnull=True)
    return list(events.order_by("on", "id").values_list("on", "state"))


def test_planned_meetings_of_the_notices_board_are_known_to_the_deadlines(council, board):
    plan_meetings(act=act(council), board_id=board.pk, days=[JUNE, JULY])
    assert standing(council) == [(JUNE, "planned"), (JULY, "planned")]
    assert [row.number for row in board.meetings.order_by("on")] == [1, 2]


def test_another_boards_meetings_are_none_of_the_deadlines_business(council, board):
    other = board_of(council, name="Operational group", of_notice=False)
    meeting_of(other, JUNE)
    assert standing(council) == []


def test_a_new_meeting_begins_with_the_template(council, board):
    top = save_standing_item(act=act(council), board_id=board.pk, values={"title": "Progress"})
    part = {"title": "Exceptions", "under": top, "section": "exceptions"}
    save_standing_item(act=act(council), board_id=board.pk, values=part)
    meeting = meeting_of(board, JUNE)
    items = list(meeting.items.order_by("id"))
    assert [(item.title, item.under) for item in items] == [("Progress", None), ("Exceptions", items[0])]
    assert [item.section for item in items] == ["", "exceptions"]


@pytest.mark.parametrize("day", [BEGUN - dt.timedelta(days=1), JUNE, dt.date(9999, 12, 31)])
def test_no_meeting_is_planned_before_the_board_began_on_a_day_that_is_taken_or_by_a_slip(
    council, board, day
):
    meeting_of(board, JUNE)
    with pytest.raises(Refused):
        meeting_of(board, day, said_on=TODAY)
    assert board.meetings.count() == 1


def test_no_series_is_planned_and_no_meeting_moved_to_a_day_that_has_passed(council, board):
    yesterday = TODAY - dt.timedelta(days=1)
    with pytest.raises(Refused, match="has passed"):
        plan_meetings(act=act(council), board_id=board.pk, days=[yesterday, JUNE])
    meeting = meeting_of(board, JUNE)
    with pytest.raises(Refused, match="has passed"):
        move_meeting(act=act(council), meeting_id=meeting.pk, to=yesterday, because="Held early")


def test_a_meeting_that_was_held_before_it_stood_here_is_added_and_counts_once_recorded(council, board):
    before = BEGUN - dt.timedelta(days=7)
    board.refresh_from_db()
    usual = {"name": board.name, "begun_on": before, "of_notice": True}
    change_board(act=act(council), board_id=board.pk, values=usual, made_from=board.version)
    assert frequency_on(board, before) is not None
    ada = member_of(board, from_on=before)
    past = meeting_of(board, before, said_on=TODAY)
    assert standing(council) == [], "nobody plans the past"
    attend(past, ada, said_on=TODAY)
    record_held(act=act(council), meeting_id=past.pk)
    assert standing(council) == [(before, "happened")]
    late = usual | {"begun_on": TODAY}
    with pytest.raises(Refused, match="meetings before that day"):
        change_board(act=act(council), board_id=board.pk, values=late, made_from=board.version + 1)


def test_moving_replaces_the_planned_day_and_tells_each_member_once(council, board, ada):
    meeting = meeting_of(board, JUNE)
    move_meeting(act=act(council), meeting_id=meeting.pk, to=JULY, because="The chair is ill")
    assert standing(council) == [(JULY, "planned")]
    move = meeting.moves.get()
    assert (move.from_on, move.to_on) == (JUNE, JULY)
    message = Message.objects.get()
    assert message.address == "ada@x.example"
    assert "moved to 14 July 2015" in message.body
    assert "The chair is ill" in message.body


def test_a_meeting_is_not_moved_without_a_reason_or_onto_another(council, board):
    meeting, _ = meeting_of(board, JUNE), meeting_of(board, JULY)
    for to, because in ((dt.date(2015, 6, 20), " "), (JULY, "clash"), (JUNE, "same"), (BEGUN, "past")):
        with pytest.raises(Refused):
            move_meeting(act=act(council), meeting_id=meeting.pk, to=to, because=because)
    meeting.refresh_from_db()
    assert meeting.on == JUNE


def test_cancelling_takes_the_day_from_the_deadlines_and_keeps_the_meeting(council, board, ada):
    meeting = meeting_of(board, JUNE)
    cancel_meeting(act=act(council), meeting_id=meeting.pk, because="Purdah")
    assert standing(council) == [(JUNE, "cancelled")]
    assert board_days(council, today=TODAY) == (None, None)
    assert Message.objects.filter(subject__contains="cancelled").count() == 1
    with pytest.raises(Refused):
        cancel_meeting(act=act(council), meeting_id=meeting.pk, because="again")


def test_a_cancelled_meeting_is_reconvened_with_its_agenda(council, board, ada):
    values = {"title": "Progress", "section": "summary"}
    save_standing_item(act=act(council), board_id=board.pk, values=values)
    meeting = meeting_of(board, JUNE)
    with pytest.raises(Refused):
        reconvene(act=act(council), meeting_id=meeting.pk, on=JULY)
    cancel_meeting(act=act(council), meeting_id=meeting.pk, because="Snow")
    again = reconvene(act=act(council), meeting_id=meeting.pk, on=JULY)
    assert again.kind == Meeting.Kind.RECONVENED
    assert [(item.title, item.section) for item in again.items.all()] == [("Progress", "summary")]
    assert board_days(council, today=TODAY) == (None, JULY)


def test_a_meeting_held_is_a_board_to_the_deadlines(council, board, ada):
    hold(meeting_of(board, TODAY), ada)
    assert standing(council) == [(TODAY, "happened")]
    assert board_days(council, today=TODAY) == (TODAY, None)


def test_held_twice_is_held_once(council, board, ada):
    meeting = hold(meeting_of(board, TODAY), ada)
    record_held(act=act(council, hour=18), meeting_id=meeting.pk)
    assert standing(council) == [(TODAY, "happened")]
    assert Change.objects.filter(subject="boards.meeting", field="state").count() == 1


def test_a_meeting_is_not_held_in_the_future_or_with_nobody_there(council, board, ada):
    meeting = meeting_of(board, JUNE)
    attend(meeting, ada, said_on=TODAY)
    with pytest.raises(Refused, match="has not come yet"):
        record_held(act=act(council), meeting_id=meeting.pk)
    empty = meeting_of(board, TODAY)
    with pytest.raises(Refused, match="who was there"):
        record_held(act=act(council), meeting_id=empty.pk)
    assert standing(council) == [(TODAY, "planned"), (JUNE, "planned")]


def test_an_inquorate_meeting_does_not_count_unless_somebody_says_why(council):
    board = board_of(council, quorum=2)
    ada = member_of(board)
    meeting = hold(meeting_of(board, TODAY), ada)
    event = Event.objects.get(council=council, replaced_by__isnull=True)
    assert (meeting.quorate, meeting.counts, event.counts) == (False, False, False)
    assert event.counts_because == "inquorate"


def test_an_inquorate_meeting_may_count_with_a_reason(council):
    board = board_of(council, quorum=2)
    meeting = meeting_of(board, TODAY)
    attend(meeting, member_of(board))
    with pytest.raises(Refused, match="although it was inquorate"):
        record_held(act=act(council), meeting_id=meeting.pk, counts=True)
    held = record_held(act=act(council), meeting_id=meeting.pk, counts=True, counts_because="DfE agreed")
    assert (held.counts, held.event.counts) == (True, True)


def test_deputies_make_a_quorum_and_observers_do_not(council):
    board = board_of(council, quorum=1)
    observer = member_of(board, "Olu Watch", capacity="observer")
    meeting = meeting_of(board, TODAY)
    attend(meeting, observer)
    attend(meeting, member_of(board), state="deputy")
    assert record_held(act=act(council), meeting_id=meeting.pk).quorate


def test_held_by_mistake_is_taken_back_and_can_be_held_again(council, board, ada):
    meeting = hold(meeting_of(board, TODAY), ada)
    with pytest.raises(Refused):
        take_back_held(act=act(council), meeting_id=meeting.pk, because=" ")
    take_back_held(act=act(council), meeting_id=meeting.pk, because="Wrong day")
    assert board_days(council, today=TODAY) == (None, None)
    record_held(act=act(council, hour=18), meeting_id=meeting.pk)
    assert board_days(council, today=TODAY) == (TODAY, None)


def test_an_extraordinary_meeting_that_does_not_count_says_so_to_the_deadlines(council, board):
    meeting_of(board, JUNE, kind="extraordinary", counts=False, counts_because="One item only")
    assert not Event.objects.get(council=council).counts


def test_two_people_change_different_things_and_the_same_thing(council, board):
    meeting = meeting_of(board, JUNE)
    usual = {"place": "", "minutes_long": 120, "counts": True}
    change_meeting(act=act(council), meeting_id=meeting.pk, values=usual | {"place": "Hall"}, made_from=1)
    change_meeting(act=act(council), meeting_id=meeting.pk, values=usual | {"minutes_long": 90}, made_from=1)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.minutes_long) == ("Hall", 90)
    with pytest.raises(Conflict) as conflict:
        change_meeting(
            act=act(council), meeting_id=meeting.pk, values=usual | {"place": "Room 2"}, made_from=1
        )
    assert conflict.value.theirs == {"place": "Hall"}


def test_the_next_meetings_follow_from_the_last_and_the_agreed_frequency(council, board):
    meeting_of(board, TODAY)
    days = [row.on for row in proposed_series(board, today=TODAY, count=2)]
    assert days == [dt.date(2015, 6, 29), dt.date(2015, 7, 27)]


def test_a_series_is_never_proposed_for_the_past(council, board):
    assert proposed_series(board, today=dt.date(2016, 6, 1), count=3)[0].on > dt.date(2016, 6, 1)


def test_a_first_meeting_is_proposed_in_time_for_the_notice_and_none_after_what_it_does_not_count(
    council, board
):
    words = version(instrument(council, "2015-04-27"))
    owe(
        words, "2", NoLongerThan(Period(months=1), Happening("board_held"), Anchor("notice_issued")), ref="2a"
    )
    asked = board_asked(council, today=TODAY)
    assert (asked.every, asked.paragraph, asked.by) == (Period(months=1), "2a", dt.date(2015, 6, 27))
    assert often(asked) == {"every": 1, "unit": "months", "because": "Notice, paragraph 2a"}
    friday = dt.date(2015, 6, 26)
    first, second = proposed_series(board, today=TODAY, count=2)
    assert first.on == friday
    assert first.because == "the notice asks for a board by 27 June, which is no working day"
    assert second.on == friday + dt.timedelta(weeks=4)
    meeting_of(board, dt.date(2015, 6, 10), counts=False, counts_because="extraordinary")
    assert proposed_series(board, today=TODAY, count=1)[0].on == friday


def test_another_frequency_holds_only_once_the_department_agreed(council, board):
    asked = ask_for_frequency(
        act=act(council), board_id=board.pk, every=6, unit="weeks", from_on=TODAY, because="Half the members"
    )
    assert str(frequency_on(board, TODAY)) == "every 4 weeks"
    assert not Agreement.objects.exists()
    with pytest.raises(Refused, match="waits for the Department"):
        ask_for_frequency(
            act=act(council), board_id=board.pk, every=8, unit="weeks", from_on=TODAY, because="More"
        )
    decide_frequency(act=act(council), frequency_id=asked.pk, agree=True, answer="Agreed")
    assert str(frequency_on(board, TODAY)) == "every 6 weeks"
    agreement = Agreement.objects.get(council=council)
    assert (agreement.kind, agreement.board, agreement.period) == ("frequency", board.name, {"days": 42})


def test_a_refused_frequency_changes_nothing_and_says_why(council, board):
    asked = ask_for_frequency(
        act=act(council), board_id=board.pk, every=6, unit="weeks", from_on=TODAY, because="Half the members"
    )
    with pytest.raises(Refused, match="why it is refused"):
        decide_frequency(act=act(council), frequency_id=asked.pk, agree=False, answer=" ")
    decide_frequency(act=act(council), frequency_id=asked.pk, agree=False, answer="Too seldom")
    assert str(frequency_on(board, TODAY)) == "every 4 weeks"


def test_a_required_seat_is_missing_until_somebody_sits_on_it(council, board):
    seat = add_seat(
        act=act(council), board_id=board.pk, values={"title": "A head teacher", "required_by": "12"}
    )
    assert [line.missing for line in seats_on(board, TODAY)] == [True]
    member_of(board, seat=seat)
    assert [line.missing for line in seats_on(board, TODAY)] == [False]


def test_a_chair_is_approved_and_there_is_one_at_a_time(council, board):
    values = {"person": PersonFactory(council=council), "capacity": "chair", "from_on": TODAY}
    with pytest.raises(Refused, match="who approved"):
        add_member(act=act(council), board_id=board.pk, values=values)
    member_of(board, "Cy Chair", capacity="chair")
    with pytest.raises(Refused, match="has a chair"):
        add_member(act=act(council), board_id=board.pk, values=values | {"approved_by": "The Minister"})


def test_a_meeting_that_a_submitted_report_counts_is_not_taken_back(council, board, ada):
    meeting = hold(meeting_of(board, TODAY), ada)
    later = act(council, JUNE)
    record_event(
        council=council,
        kind=Event.Kind.REPORT_SUBMITTED,
        on=JUNE,
        state=Event.State.HAPPENED,
        by=None,
        now=later.now,
        today=JUNE,
    )
    with pytest.raises(Refused, match="A report was submitted on 16 June 2015"):
        take_back_held(act=later, meeting_id=meeting.pk, because="Wrong day")
    counts_no_more = {"counts": False, "counts_because": "extraordinary"}
    with pytest.raises(Refused, match="A report was submitted on 16 June 2015"):
        change_meeting(act=later, meeting_id=meeting.pk, values=counts_no_more, made_from=meeting.version)


@pytest.mark.parametrize(
    "said",
    [
        {"state": Event.State.CANCELLED},
        {"state": Event.State.HAPPENED, "about": About(counts=False, counts_because="extraordinary")},
    ],
)
def test_what_the_deadlines_know_of_a_meeting_is_changed_with_the_meeting_alone(council, board, ada, said):
    meeting = hold(meeting_of(board, TODAY), ada)
    fact = {"council": council, "kind": Event.Kind.BOARD_HELD, "on": TODAY, "board": board.name}
    when = {"by": None, "now": act(council, JUNE).now, "today": JUNE}
    with pytest.raises(EventRefused, match="Changed with the board"):
        record_event(**fact, **when, **said)
    again = record_event(**fact, **when, state=Event.State.HAPPENED)
    assert again == meeting.event


def test_attendance_put_right_afterwards_makes_a_quorum_or_none(council, board, ada):
    type(board).objects.update(quorum=2)
    meeting, olu = meeting_of(board, TODAY), member_of(board, "Olu Watch")
    attend(meeting, ada)
    attend(meeting, olu, state="apologies")
    meeting = record_held(act=act(council, hour=17), meeting_id=meeting.pk)
    assert (meeting.quorate, meeting.counts, meeting.counts_because) == (False, False, "inquorate")
    for state, stands in (("deputy", (True, True, "")), ("absent", (False, False, "inquorate"))):
        attend(meeting, olu, state=state)
        meeting.refresh_from_db()
        assert (meeting.quorate, meeting.counts, meeting.counts_because) == stands
        event = Event.objects.get(pk=meeting.event_id)
        assert (event.state, event.counts) == ("happened", stands[1])


def test_a_meeting_that_is_not_to_count_says_why_from_the_first(council, board):
    with pytest.raises(Refused, match="Say why it does not count"):
        meeting_of(board, JUNE, counts=False, counts_because=" ")


def test_a_membership_that_has_ended_is_not_made_longer(council, board, ada):
    ended = {"act": act(council), "membership_id": ada.pk, "because": "Moved away"}
    end_membership(on=TODAY, **ended)
    with pytest.raises(Refused, match="last day was 1 June 2015"):
        end_membership(on=JUNE, **ended)


def named(board, *, of_notice):
    values = {"name": board.name, "of_notice": of_notice}
    return change_board(act=act(board.council), board_id=board.pk, values=values, made_from=board.version)


def test_a_board_that_becomes_the_notices_takes_its_planned_meetings_along(council):
    board = board_of(council, of_notice=False)
    coming = meeting_of(board, TODAY + dt.timedelta(days=7))
    assert coming.event_id is None
    board = named(board, of_notice=True)
    coming.refresh_from_db()
    assert (coming.counts, coming.counts_because) == (True, "")
    event = Event.objects.get(pk=coming.event_id)
    assert (event.state, event.on, event.board) == ("planned", coming.on, board.name)
    board = named(board, of_notice=False)
    coming.refresh_from_db()
    assert (coming.counts, coming.counts_because) == (False, "not the notice’s board")
    assert Event.objects.get(pk=coming.event_id).state == "cancelled"
    named(board, of_notice=True)
    coming.refresh_from_db()
    assert Event.objects.get(pk=coming.event_id).state == "planned"


def test_an_independent_chair_stands_for_no_organisation(council, board, ada):
    chair = member_of(board, "Grace Okell", capacity="chair", independent=True)
    meeting = meeting_of(board)
    attend(meeting, chair)
    attend(meeting, ada, state="apologies")
    record_held(act=act(council), meeting_id=meeting.pk, counts=True, counts_because="Agreed")
    over_time = attendance_over_time(board)
    there = {row.name: row.there for row in over_time.organisations}
    assert sum(there.values()) == 0, "the council was not there because the chair was"
    assert "Independent" in {row.organisation for row in over_time.members}
