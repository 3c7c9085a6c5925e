"""What people may send about notices, one file a matter."""

from notices.forms.events import EventCorrectionForm, EventForm
from notices.forms.instruments import AgreementForm, EndForm, InspectionForm, InstrumentForm
from notices.forms.reading import AboutForm, DutyForm, UploadForm

__all__ = [
    "AboutForm",
    "AgreementForm",
    "DutyForm",
    "EndForm",
    "EventCorrectionForm",
    "EventForm",
    "InspectionForm",
    "InstrumentForm",
    "UploadForm",
]
