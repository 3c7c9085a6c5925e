"""Boards: what is stored, by what a reader looks for."""

from boards.models.agenda import AgendaItem, ForwardItem, Paper, Purpose
from boards.models.bodies import (
    Acknowledgement,
    Board,
    Capacity,
    Frequency,
    Membership,
    Seat,
    StandingItem,
    TermsOfReference,
)
from boards.models.meetings import Attendance, Meeting, MeetingMove
from boards.models.outcomes import (
    Decision,
    Matter,
    MatterMail,
    MatterNote,
    Minutes,
    MinutesSection,
    MinutesVersion,
)
from boards.models.risks import Risk
from boards.models.rounds import Round, RoundAsk, RoundMail
from boards.models.testing import Finding, Test, TestingProvision

__all__ = [
    "Acknowledgement",
    "AgendaItem",
    "Attendance",
    "Board",
    "Capacity",
    "Decision",
    "Finding",
    "ForwardItem",
    "Frequency",
    "Matter",
    "MatterMail",
    "MatterNote",
    "Meeting",
    "MeetingMove",
    "Membership",
    "Minutes",
    "MinutesSection",
    "MinutesVersion",
    "Paper",
    "Purpose",
    "Risk",
    "Round",
    "RoundAsk",
    "RoundMail",
    "Seat",
    "StandingItem",
    "TermsOfReference",
    "Test",
    "TestingProvision",
]
