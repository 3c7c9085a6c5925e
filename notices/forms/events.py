"""What people may send about dated facts."""

from typing import Any

from django import forms

from notices.models import Event
from notices.schedule_fields import DAY_FORMATS
from notices.services import About

# what the pages of the notice and of inspections record themselves
ELSEWHERE = frozenset(kind for kind in Event.Kind.values if kind.startswith(("notice_", "inspection_")))


class EventForm(forms.Form):
    """One dated fact; what only some kinds have stands below the rest."""

    KINDS = [choice for choice in Event.Kind.choices if choice[0] not in ELSEWHERE]
    STATES = [(value, label.capitalize()) for value, label in Event.State.choices]

    kind = forms.ChoiceField(label="What", choices=Event.Kind.choices)
    state = forms.ChoiceField(label="State", choices=STATES)
    on = forms.DateField(
        label="Day",
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y"),
        help_text="For example, 16/6/2015",
        error_messages={"required": "Enter the day", "invalid": "Enter a date such as 16/6/2015"},
    )
    note = forms.CharField(label="Note (optional)", required=False, max_length=2000)
    board = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    report = forms.ChoiceField(label="Which report", required=False, help_text="For a report submitted")
    amount = forms.FloatField(
        label="How many days", required=False, min_value=0, help_text="For days of independent testing"
    )
    on_request = forms.BooleanField(label="A review held on request", required=False)
    keeps_interval = forms.BooleanField(label="The review does not start the interval again", required=False)
    does_not_count = forms.CharField(
        label="Why it does not count for the notice",
        required=False,
        max_length=300,
        help_text="Leave empty where it counts. For example, “extraordinary meeting”",
    )

    def __init__(self, *args: Any, reports: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["report"].choices = [("", "None, or the only one"), *reports]  # type: ignore[attr-defined]
        self.fields["kind"].choices = self.KINDS  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What `record_event` takes of it."""
        data = self.cleaned_data
        names = ("kind", "state", "on", "note", "board")
        return {name: data[name] for name in names} | {"about": self._about(data["kind"])}

    def _about(self, kind: str) -> About:
        data = self.cleaned_data
        why = data["does_not_count"].strip()
        return About(
            report=data["report"] if kind == Event.Kind.REPORT_SUBMITTED else "",
            counts=not why,
            counts_because=why,
            on_request=data["on_request"],
            resets=not data["keeps_interval"],
            amount=data["amount"] or 0,
        )


class EventCorrectionForm(EventForm):
    """The same fact said rightly, and why. What it is cannot change: cancel it and record another."""

    reason = forms.CharField(
        label="Why it is corrected",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is corrected"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"], self.fields["note"], self.fields["board"]

    def said_of(self, event: Event) -> dict[str, Any]:
        """What `record_event` takes of it, for another row about an event."""
        data = self.cleaned_data
        return {"on": data["on"], "state": data["state"], "about": self._about(event.kind)}
