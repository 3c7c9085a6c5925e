"""How ratings went from board to board: what a row of the plan's table shows beside the rating of today."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import OuterRef, Subquery

from plans.models import Action, ProgressUpdate

BOARDS_SHOWN = 5


def ratings_at(
    numbers: Collection[int], days: Sequence[dt.date], *, recorded_until: dt.datetime | None = None
) -> dict[int, tuple[str | None, ...]]:
    """The codes that stood for actions at the end of each of some days, in one query; None: not rated then.

    `numbers` are the actions', `recorded_until` a moment (inclusive): what was recorded after it is not known yet.
    """
    if not numbers or not days:
        return {}
    counted = ProgressUpdate.objects.counted(until=recorded_until)
    updates = counted.filter(action=OuterRef("pk")).order_by("-on", "-id")
    if recorded_until is not None:
        updates = updates.filter(recorded_at__lte=recorded_until)
    # the index finds each of them; however long the history, no more of it is read
    stood = {
        f"stood_{place}": Subquery(updates.filter(on__lte=day).values("rating__code")[:1])
        for place, day in enumerate(days)
    }
    rows = Action.objects.filter(pk__in=numbers).order_by().annotate(**stood).values_list("pk", *stood)
    return {number: tuple(codes) for number, *codes in rows}
