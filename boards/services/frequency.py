"""How often a board meets: a change is asked of the Department, and holds only once it has agreed."""

import datetime as dt

from django.db import transaction

from boards.models import Frequency
from boards.queries.bodies import period_of
from boards.services.bodies import locked_board
from boards.services.records import Act, Refused, add, change
from notices.models import Agreement, Event
from notices.services import Refused as NoticeRefused
from notices.services.agreements import Agreed, record_agreement


@transaction.atomic
def ask_for_frequency(
    *, act: Act, board_id: int, every: int, unit: str, from_on: dt.date, because: str
) -> Frequency:
    """Ask the Department to agree another frequency. For a board that is not the notice's it holds at once.

    Raises Refused without a reason, while another request waits, or for what the board has already.
    """
    board = locked_board(act, board_id)
    errors: dict[str, str] = {}
    if not because.strip():
        errors["because"] = "Say why"
    standing = (
        board.frequencies.filter(state="agreed", from_on__lte=from_on).order_by("-from_on", "-id").first()
    )
    if standing and (standing.every, standing.unit) == (every, unit):
        errors["every"] = f"The board meets {standing} already"
    if board.frequencies.filter(state="asked").exists():
        errors["every"] = "Another request waits for the Department’s answer: withdraw it first"
    if errors:
        raise Refused(errors)
    request = Frequency(
        board=board,
        every=every,
        unit=unit,
        state=Frequency.State.ASKED if board.of_notice else Frequency.State.AGREED,
        from_on=from_on,
        because=because,
        asked_at=act.now,
        asked_by=act.by,
    )
    if not board.of_notice:
        request.decided_on, request.decided_at, request.decided_by = act.today, act.now, act.by
    return add(request, act=act)


@transaction.atomic
def decide_frequency(*, act: Act, frequency_id: int, agree: bool, answer: str) -> Frequency:
    """The Department's answer. Raises Refused for a request that is decided already, or a refusal without words."""
    request = Frequency.objects.select_for_update().get(pk=frequency_id, board__council=act.council)
    if request.state != Frequency.State.ASKED:
        raise Refused({"answer": f"This was {request.get_state_display()} already"})
    if not agree and not answer.strip():
        raise Refused({"answer": "Say why it is refused"})
    state = Frequency.State.AGREED if agree else Frequency.State.REFUSED
    decided = _decided(request, state, answer, act)
    if agree and decided.board.of_notice:
        _tell_deadlines(decided, act)
    return decided


def _tell_deadlines(agreed: Frequency, act: Act) -> None:
    """What the Department agreed goes into the notice's register, from which the deadlines follow."""
    try:
        record_agreement(
            council=act.council,
            instrument=None,
            agreed=Agreed(
                kind=Agreement.Kind.FREQUENCY,
                words=agreed.answer or f"{agreed.board} meets {agreed}",
                agreed_on=act.today,
                from_on=agreed.from_on if agreed.from_on > act.today else None,
                agreed_by=act.by.get_full_name() if act.by else "The Department",
                event_kind=Event.Kind.BOARD_HELD,
                board=agreed.board.name,
                period=period_of(agreed),
            ),
            by=act.by,
            now=act.now,
            today=act.today,
        )
    except NoticeRefused as refused:
        raise Refused({"answer": str(refused)}) from None


@transaction.atomic
def withdraw_frequency(*, act: Act, frequency_id: int) -> Frequency:
    """Take back a request that waits. Raises Refused for one that is decided."""
    request = Frequency.objects.select_for_update().get(pk=frequency_id, board__council=act.council)
    if request.state != Frequency.State.ASKED:
        raise Refused({"answer": f"This was {request.get_state_display()} already"})
    return _decided(request, Frequency.State.WITHDRAWN, "", act)


def _decided(request: Frequency, state: Frequency.State, answer: str, act: Act) -> Frequency:
    values = {
        "state": state.value,
        "answer": answer,
        "decided_on": act.today,
        "decided_at": act.now,
        "decided_by": act.by,
    }
    return change(request, values, act=act, reason=answer)
