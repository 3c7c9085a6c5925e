"""What the log can be narrowed to, by its URL."""

from typing import Any

from django import forms

DAYS = ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
NOT_A_DAY = {"invalid": "Enter a date like 24/2/2015"}


class LogFilter(forms.Form):
    """Who, what, and between which days; all may be left out."""

    person = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(required=False)
    since = forms.DateField(input_formats=DAYS, error_messages=NOT_A_DAY, required=False)
    until = forms.DateField(input_formats=DAYS, error_messages=NOT_A_DAY, required=False)
    batch = forms.UUIDField(required=False)

    def __init__(self, data: Any, *, people: list[tuple[int, str]], kinds: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [("", "Anybody"), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Anything"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = chosen.get("since"), chosen.get("until")
        if since and until and until < since:
            self.add_error("until", "The second day must not be before the first")
        return chosen

    def chosen(self) -> dict[str, Any]:
        """What was asked for and understood; what was not is left out, and its error says so."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
