"""The fields of a schedule on a page: what was sent, and what the template shows again."""

from collections.abc import Mapping
from typing import Any

from deadlines.months import Period
from deadlines.schedules.base import Schedule
from notices import schedule_fields


def sent_schedule(
    data: Mapping[str, str], named: Mapping[str, str], pace: Period | None, before: Schedule | None
) -> Schedule:
    """The schedule that the fields say. Raises schedule_fields.FieldsRefused."""
    return schedule_fields.schedule_of(data, named=named, pace=pace, before=before)


def schedule_context(
    shown: Mapping[str, str], named: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    """Names for `notices/_schedule.html`: one part for each that says something, and an empty one."""
    filled = [number for number in range(1, schedule_fields.MOST_PARTS + 1) if shown.get(f"{number}-kind")]
    parts = list(range(1, min(len(filled) + 1, schedule_fields.MOST_PARTS) + 1))
    return {
        "schedule": shown,
        "parts": parts,
        "shapes": schedule_fields.SHAPES,
        "units": schedule_fields.UNITS,
        "event_kinds": schedule_fields.event_choices(),
        "months": schedule_fields.month_choices(),
        "weekdays": schedule_fields.weekday_choices(),
        "named": named,
        "schedule_errors": errors,
    }
