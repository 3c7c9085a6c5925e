"""What of a partner's contribution is to be strengthened, from facts; and risks that come onto an agenda."""

import datetime as dt

import pytest

from boards.queries.attendance import partners
from boards.rules.partners import to_strengthen
from boards.seen import Sight
from boards.services.agenda import put_risk
from boards.services.recording import add_matter, note_matter
from boards.services.records import Refused
from boards.services.risks import close_risk, save_risk
from plans.queries import table_at
from tests.boards.build import TODAY, act, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, OrganisationFactory, PersonFactory
from tests.plans.build import BEGUN, plan_of, read_action

SEES_NOTHING = Sight(*[False] * 8)


def lacks(**facts):
    return to_strengthen(**({"there": 6, "asked": 6, "late": [], "overdue": [], "matters": []} | facts))


def test_a_partner_that_comes_answers_and_delivers_lacks_nothing():
    assert lacks() == []
    assert lacks(there=0, asked=2) == [], "two meetings say nothing yet"


def test_each_lack_is_said_in_a_sentence():
    assert lacks(there=2, late=["A1", "B2"], overdue=["A1"], matters=[4, 7]) == [
        "Attendance: it was there at 2 of the last 6 meetings.",
        "Answers in time: nothing was reported since the last board on A1 and B2.",
        "Delivery: A1 is past the end and not complete.",
        "What the board asked for: matters 4 and 7 overdue.",
    ]


@pytest.mark.django_db
def test_partners_are_seen_as_at_a_day_in_as_many_queries_as_one(django_assert_num_queries):
    council = CouncilFactory()
    board = board_of(council)
    police = OrganisationFactory(council=council, name="Police")
    sue = PersonFactory(council=council, name="Sue Sergeant", organisation=police)
    held = hold(meeting_of(board, TODAY), member_of(board, person=sue, organisation=police))
    late = TODAY + dt.timedelta(days=28)
    hold(meeting_of(board, late), board.memberships.get())
    matter = add_matter(act=act(council), board_id=board.pk, values={"text": "Send figures", "owner": sue})
    note_matter(act=act(council, late), matter_id=matter.pk, text="Sent", state="done")
    plan = plan_of(council, read_action("P1.1", leads=("Sue Sergeant",), end=BEGUN))
    table = table_at(plan, on=TODAY)
    for bodies in ([police], [police, *OrganisationFactory.create_batch(4, council=council)]):
        with django_assert_num_queries(5):
            found = partners(board, bodies, SEES_NOTHING, today=TODAY, actions=table.actions)
    assert [len(one.actions) for one in found] == [1, 0, 0, 0, 0]
    assert (found[0].meetings, found[0].attendance.there, found[0].matters) == ((held,), 1, (matter,))
    assert found[0].lacks(today=TODAY) == [
        "Answers in time: nothing was reported since the last board on P1.1.",
        "Delivery: P1.1 is past the end and not complete.",
    ]
    [after] = partners(board, [police], SEES_NOTHING, today=late, actions=())
    assert (len(after.meetings), after.matters) == (2, ())


@pytest.mark.django_db
def test_a_risk_comes_onto_an_agenda_once_and_not_once_it_is_closed():
    council = CouncilFactory()
    board = board_of(council)
    meeting = meeting_of(board, dt.date(2015, 6, 16))
    values = {"kind": "issue", "text": "Agency staff leave", "impact": 4, "owner_name": "Director"}
    risk = save_risk(act=act(council), board_id=board.pk, values=values)
    for _ in range(2):
        put_risk(act=act(council), risk_id=risk.pk, meeting_id=meeting.pk)
    assert [item.title for item in meeting.items.all()] == ["Issue 1: Agency staff leave"]
    close_risk(act=act(council), risk_id=risk.pk, on=TODAY, because="They stayed")
    with pytest.raises(Refused, match="is closed"):
        put_risk(act=act(council), risk_id=risk.pk, meeting_id=meeting.pk)
