"""Fields as people fill them in: days, times, words."""

import datetime as dt
from typing import Any

from django import forms

DAY_FORMATS = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
TIME_FORMATS = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H:%M:%S"]


class Day(forms.DateField):
    """A day as people write it: 24/2/2015, 24 Feb 2015."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": "Enter the day", "invalid": "Enter a day such as 24/2/2015"}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        kwargs.setdefault("help_text", "For example, 24/2/2015")
        super().__init__(input_formats=DAY_FORMATS, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored day as it is typed here."""
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, dt.date) else value


class Clock(forms.TimeField):
    """A time as people write it: 14:00, 2pm, 2.30pm."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"invalid": "Enter a time such as 14:00 or 2.30pm"}
        kwargs.setdefault("help_text", "For example, 14:00")
        super().__init__(input_formats=TIME_FORMATS, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Without spaces, in small letters: "2.30 PM" is a time too."""
        return super().to_python(value.replace(" ", "").lower() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """A stored time as it is typed here."""
        return value.strftime("%H:%M") if isinstance(value, dt.time) else value


class Words(forms.CharField):
    """Text of several lines; `rows` says how tall its box is."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> Any:
        """With line ends as they are stored."""
        return super().clean(value).replace("\r\n", "\n")


class Versioned(forms.Form):
    """A form that says which version of its row it was made from."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @property
    def made_from(self) -> int:
        """The version it was made from."""
        version: int = self.cleaned_data["version"]
        return version

    @property
    def values(self) -> dict[str, Any]:
        """What to store."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class Pick(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of some rows, which the form names when it knows its council or board: see `offer`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)


def offer(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Say which rows a field lets somebody pick."""
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
