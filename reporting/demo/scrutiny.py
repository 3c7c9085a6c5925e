"""The invented council's scrutiny committee: what was published to it, what it recommended, what was answered."""

import datetime as dt

from plans.models import Position
from reporting.demo.boards import DemoBoard
from reporting.demo.content import HELD
from reporting.models import Publication
from reporting.scrutiny import publishing

FIRST, SECOND = HELD - 3, HELD
_RECOMMENDATIONS = (
    (
        "Report to the committee every quarter how many assessments take longer than 45 working days, by locality.",
        "Director of Children’s Services",
        "accepted",
        "The board agrees. The first figures come with the position of the next quarter.",
    ),
    (
        "Invite two foster carers to the board when it looks into sufficiency.",
        "Head of Children’s Workforce",
        "",
        "",
    ),
)


def publish_to_scrutiny(board: DemoBoard) -> None:
    """Two positions and the decisions of two boards; two recommendations, of which the board answered one."""
    for number in (FIRST, SECOND):
        meeting, day = board.held[number], board.calendar.board(number) + dt.timedelta(days=2)
        act = board.act(day)
        position = Position.objects.filter(plan__council=board.council, on=meeting.on).first()
        if position is not None:
            note = "For the committee’s next meeting." if number == SECOND else ""
            publishing.publish(act=act, kind=Publication.Kind.POSITION, number=position.pk, note=note)
        if meeting.decisions.filter(restricted=False).exists():
            publishing.publish(act=act, kind=Publication.Kind.DECISIONS, number=meeting.pk, note="")
    committee = board.calendar.board(FIRST) + dt.timedelta(days=9)
    for text, owner, answer, words in _RECOMMENDATIONS:
        made = publishing.recommend(
            act=board.act(committee),
            text=text,
            made_on=committee,
            board_id=board.board.pk,
            owner_name=owner,
            due_on=None,
            about=None,
        )
        if answer:
            on = board.calendar.board(FIRST + 1)
            publishing.answer(
                act=board.act(on), recommendation_id=made.pk, answer=answer, text=words, on=on, made_from=1
            )
