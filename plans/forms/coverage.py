"""What people may send about coverage."""

from typing import Any

from django import forms
from django.http import QueryDict

from plans.coverage.listing import SHOWS, SORTS, Wanted
from plans.coverage.standing import Gap


class NotNeededForm(forms.Form):
    """That a provision, and those of its parts that are ticked, needs no action."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label="It needs no action, because",
        help_text="For example, that it binds the Department, or that another provision asks for the same",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": "Say why it needs no action"},
    )
    parts = forms.MultipleChoiceField(
        label="The same goes for these parts of it", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]


class TakingBackForm(forms.Form):
    """Why a link or a word is taken back."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": "Say why"},
    )


def wanted_from(query: QueryDict) -> Wanted:
    """What the address asks for. Anything that is not understood is left out rather than refused."""
    show, theme, sort = query.get("show", ""), query.get("theme", ""), query.get("sort", "")
    return Wanted(
        show=show if show in SHOWS or show in set(Gap) else "",
        theme=int(theme) if theme.isascii() and theme.isdigit() and len(theme) < 18 else None,  # noqa: PLR2004
        heading=query.get("heading", "")[:500],
        words=query.get("q", "").strip()[:200],
        sort=sort if sort in SORTS else "gaps",
    )
