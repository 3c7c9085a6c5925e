"""Notices and what deadlines are worked out from. What somebody read in lies in `reading`, all else took effect."""

from notices.models.agreements import Agreement, DeadlineMark
from notices.models.corrections import Correction
from notices.models.events import BoardRename, Event
from notices.models.feeds import CalendarFeed, ReminderSetting
from notices.models.inspections import Inspection, Judgement, Recommendation
from notices.models.instruments import Instrument, NoticeVersion
from notices.models.obligations import Obligation, Requirement
from notices.models.reading import NoticeReading
from notices.models.sweeps import SweptCouncil

__all__ = [
    "Agreement",
    "BoardRename",
    "CalendarFeed",
    "Correction",
    "DeadlineMark",
    "Event",
    "Inspection",
    "Instrument",
    "Judgement",
    "NoticeReading",
    "NoticeVersion",
    "Obligation",
    "Recommendation",
    "ReminderSetting",
    "Requirement",
    "SweptCouncil",
]
