"""Fields that several forms share."""

import datetime as dt
from typing import Any

from django import forms


class GovDateField(forms.DateField):
    """A day as people write it: 24/2/2015, 24 Feb 2015, 2015-02-24."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%d-%m-%Y"]
        kwargs.setdefault("error_messages", {"invalid": "Enter a date such as 24/2/2015"})
        super().__init__(input_formats=formats, **kwargs)

    def to_python_or_none(self, value: str) -> dt.date | None:
        """The day that a text names; None for an empty text and for one that names none."""
        try:
            found: dt.date | None = self.to_python(value.strip())
        except forms.ValidationError:
            return None
        return found
