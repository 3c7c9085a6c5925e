"""Forms about a notice on its way in."""

from typing import Any

from django import forms

from deadlines.obligations import Force
from notices.models import Inspection, Instrument
from notices.schedule_fields import DAY_FORMATS

FORCES = [
    (Force.MUST.value, "must"),
    (Force.SHOULD.value, "should"),
    (Force.EXPECTED.value, "is expected to"),
    (Force.AIM.value, "should aim to"),
    (Force.MAY.value, "may"),
]


class UploadForm(forms.Form):
    """A file, or the words of the notice pasted."""

    document = forms.FileField(label="The notice as a file", required=False)
    pasted = forms.CharField(
        label="Or paste its words", required=False, max_length=400_000, widget=forms.Textarea
    )
    instrument = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if (
            not data.get("document")
            and not (data.get("pasted") or "").strip()
            and "document" not in self.errors
        ):
            self.add_error("document", "Choose a file, or paste the words of the notice")
        return data


class AboutForm(forms.Form):
    """What the notice says of itself. An empty day is asked for again when it is confirmed."""

    rest = forms.ChoiceField(required=False, choices=[("stays", "stays"), ("goes", "goes")])
    kind = forms.ChoiceField(choices=Instrument.Kind.choices)
    issued_on = forms.DateField(
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": "Enter a date such as 24/2/2026"},
    )
    decided_by = forms.CharField(required=False, max_length=300)
    addressee = forms.CharField(required=False, max_length=500)
    grounds = forms.CharField(required=False, max_length=10_000)
    body = forms.CharField(required=False, max_length=200)
    inspection_kind = forms.ChoiceField(choices=Inspection.Kind.choices)
    reported_on = forms.DateField(
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": "Enter a date such as 24/2/2026"},
    )
    published_on = forms.DateField(
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": "Enter a date such as 24/2/2026"},
    )
    overall = forms.CharField(required=False, max_length=100)

    def about(self) -> dict[str, str]:
        """The values as the reading keeps them; whether the rest stays only where that was asked."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value or ""
            for name, value in self.cleaned_data.items()
            if value or name != "rest"
        }


class DutyForm(forms.Form):
    """One obligation: who owes what to whom, how strongly, from which provision. The schedule has fields of its own."""

    requirement = forms.ChoiceField(
        label="Provision", error_messages={"required": "Choose the provision it comes from"}
    )
    duty_holder = forms.CharField(
        label="Who owes it", max_length=200, error_messages={"required": "Say who owes it"}
    )
    force = forms.ChoiceField(label="How strongly the words bind", choices=FORCES, widget=forms.RadioSelect)
    deliverable = forms.CharField(
        label="What", max_length=500, error_messages={"required": "Say what is owed"}
    )
    recipient = forms.CharField(label="To whom", required=False, max_length=200)
    note = forms.CharField(
        label="Note", required=False, max_length=2000, help_text="Why it was corrected, or who said so"
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requirement"].choices = places  # type: ignore[attr-defined]
