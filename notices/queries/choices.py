"""What the stored fields of this room may say, with their words: for whoever shows or takes them."""

from notices.models import Agreement, Event, Inspection, Instrument

EVENT_KINDS = Event.Kind.choices
EVENT_STATES = Event.State.choices
AGREEMENT_KINDS = Agreement.Kind.choices
INSTRUMENT_KINDS = Instrument.Kind.choices
INSTRUMENT_ENDS = Instrument.End.choices
INSPECTION_KINDS = Inspection.Kind.choices
