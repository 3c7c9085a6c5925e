"""Writing what is known of notices, one file a matter."""

from notices.services.agreements import AGREEMENT, Agreed, record_agreement, withdraw_agreement
from notices.services.confirming import OBLIGATION, VERSION, confirm
from notices.services.events import EVENT, About, EventRefused, record_event, rename_board
from notices.services.inspections import INSPECTION, InspectionFacts, change_inspection, record_inspection
from notices.services.instruments import (
    INSTRUMENT,
    Ending,
    InstrumentFacts,
    change_instrument,
    end_instrument,
    record_instrument,
    take_end_back,
)
from notices.services.refusals import FAR, Conflict, Refused

__all__ = [
    "AGREEMENT",
    "EVENT",
    "FAR",
    "INSPECTION",
    "INSTRUMENT",
    "OBLIGATION",
    "VERSION",
    "About",
    "Agreed",
    "Conflict",
    "Ending",
    "EventRefused",
    "InspectionFacts",
    "InstrumentFacts",
    "Refused",
    "change_inspection",
    "change_instrument",
    "confirm",
    "end_instrument",
    "record_agreement",
    "record_event",
    "record_inspection",
    "record_instrument",
    "rename_board",
    "take_end_back",
    "withdraw_agreement",
]
