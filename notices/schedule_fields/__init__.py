"""Schedules as a few plain fields of a form, and back. Plain Python: the closed family, without its JSON.

A schedule is one or several parts ("in May 2015 and every six months"), the whole perhaps held "only after" an event.
Fields are strings, as a browser sends them; what a form does not show of a schedule (the pace that forecasts
boards, say) is kept from the one it was made from.
"""

from notices.schedule_fields.sent import DAY_FORMATS, FieldsRefused, day_of, period_of, schedule_of
from notices.schedule_fields.shapes import (
    MOST_PARTS,
    SHAPES,
    UNITS,
    Shape,
    event_choices,
    month_choices,
    weekday_choices,
)
from notices.schedule_fields.shown import as_json, called, fields_of, length_of

__all__ = [
    "DAY_FORMATS",
    "MOST_PARTS",
    "SHAPES",
    "UNITS",
    "FieldsRefused",
    "Shape",
    "as_json",
    "called",
    "day_of",
    "event_choices",
    "fields_of",
    "length_of",
    "month_choices",
    "period_of",
    "schedule_of",
    "weekday_choices",
]
