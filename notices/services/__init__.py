"""Writing what is known of notices, one file a matter."""

from notices.services.events import EVENT, About, EventRefused, record_event
from notices.services.refusals import Conflict, Refused

__all__ = ["EVENT", "About", "Conflict", "EventRefused", "Refused", "record_event"]
