"""The risk and issue log."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from boards.models import Risk
from boards.services.bodies import locked_board
from boards.services.records import Act, Refused, add, change


@transaction.atomic
def save_risk(
    *, act: Act, board_id: int, values: Mapping[str, Any], risk_id: int | None = None, made_from: int = 1
) -> Risk:
    """Enter a risk or issue, or change one; either way it counts as looked at today. Raises Refused, Conflict."""
    board = locked_board(act, board_id)
    values = dict(values)
    if values["kind"] == Risk.Kind.ISSUE:
        values["likelihood"] = None
    elif not values.get("likelihood"):
        raise Refused({"likelihood": "Say how likely it is"})
    if risk_id is None:
        number = (board.risks.aggregate(last=Max("number"))["last"] or 0) + 1
        risk = Risk(board=board, number=number, raised_on=act.today, reviewed_on=act.today, **values)
        return add(risk, act=act)
    risk = board.risks.select_for_update().get(pk=risk_id)
    change(risk, values, act=act, made_from=made_from)
    return change(risk, {"reviewed_on": act.today}, act=act)


@transaction.atomic
def close_risk(*, act: Act, risk_id: int, on: dt.date, because: str) -> Risk:
    """A risk is over, or an issue is solved. Raises Refused without a reason, or for a day to come."""
    risk = Risk.objects.select_for_update(of=("self",)).get(pk=risk_id, board__council=act.council)
    if not because.strip():
        raise Refused({"because": "Say why it is closed"})
    if on > act.today or on < risk.raised_on:
        raise Refused({"on": "Enter a day from when it was raised up to today"})
    return change(risk, {"closed_on": on, "closed_because": because}, act=act, reason=because)
