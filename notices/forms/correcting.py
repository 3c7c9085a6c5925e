"""What people may send to put an obligation right."""

import json
from typing import Any

from django import forms

from notices.forms.reading import DutyForm
from notices.models import Event
from notices.services.correcting import Reading

_BY_HAND = ("", "Only what is recorded of it by hand, or a report recorded as this one")
_KINDS = ("board_held", "review_held", "discussion_held", "visit_held", "testing_provided", "adviser_placed")


def met_by_choices(held: dict[str, str] | None) -> list[tuple[str, str]]:
    """What can be chosen to meet an obligation by being recorded; the one it has, whatever that is, among them."""
    found = [_BY_HAND, *((as_choice({"kind": kind}), Event.Kind(kind).label) for kind in _KINDS)]
    if held and as_choice(held) not in dict(found):
        found.append((as_choice(held), f"{Event.Kind(held['kind']).label}: {held.get('which') or 'any'}"))
    return found


def as_choice(met_by: dict[str, str] | None) -> str:
    """The value of a choice for what is stored."""
    if not met_by:
        return ""
    return json.dumps({"kind": met_by["kind"], "which": met_by.get("which", "")}, sort_keys=True)


class CorrectionForm(DutyForm):
    """How the obligation reads when it is read rightly, and why it was read wrongly."""

    met_by = forms.ChoiceField(label="What meets it by being recorded", required=False)
    reason = forms.CharField(
        label="Why it is put right",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, “12f names the LSCB chair, not the board's”",
        error_messages={"required": "Say what was read wrongly"},
    )

    def __init__(self, *args: Any, held: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]
        self.fields["met_by"].choices = met_by_choices(held)  # type: ignore[attr-defined]

    def reading(self, schedule: Any) -> Reading:
        """The obligation as it reads."""
        data = self.cleaned_data
        names = ("requirement", "duty_holder", "recipient", "deliverable", "force")
        chosen = json.loads(data["met_by"]) if data["met_by"] else None
        return Reading(**{name: data[name].strip() for name in names}, schedule=schedule, met_by=chosen)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )
