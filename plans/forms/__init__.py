"""What people may send about plans. Forms check what can be seen in the form; rules are the services'."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from plans.forms.fields import GovDateField
from plans.models import Plan
from plans.rag import Standing
from plans.services import Report
from plans.table import ADDS_UP, DUES, SORTS, Filters


class UploadForm(forms.Form):
    document = forms.FileField(
        error_messages={"required": "Choose the document that holds your plan", "empty": "The file is empty"}
    )
    as_at = GovDateField(error_messages={"required": "Enter the day the document speaks of"})
    kind = forms.CharField(required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind and kind not in Plan.Kind.values:
            raise forms.ValidationError("Choose which plan the document holds")
        return kind

    def clean_as_at(self) -> dt.date:
        as_at: dt.date = self.cleaned_data["as_at"]
        if as_at > self.today:
            raise forms.ValidationError("The day the document speaks of must be today or in the past")
        return as_at


class SheetForm(forms.Form):
    document = forms.FileField(
        error_messages={"required": "Choose the sheet that you filled in", "empty": "The file is empty"}
    )


class LinkForm(forms.Form):
    """A link for a lead without an account; empty address: the link is shown and handed over by hand."""

    email = forms.CharField(required=False, max_length=254, strip=True)
    expires_on = GovDateField(error_messages={"required": "Enter the last day on which the link works"})


class BulkForm(forms.Form):
    """What is set for many actions at once; `kind` says which of the fields count."""

    batch = forms.UUIDField(required=False)
    rating = forms.CharField(required=False, max_length=20)
    on = GovDateField(error_messages={"required": "Enter the day the rating speaks of"})
    reason = forms.CharField(required=False, max_length=10_000, strip=True)
    next_step = forms.CharField(required=False, max_length=10_000, strip=True)
    leads = forms.CharField(required=False, max_length=2_000, strip=True)
    end = GovDateField(error_messages={"required": "Enter the new end date"})
    approved_by = forms.CharField(required=False, max_length=300, strip=True)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = kind == "rating"
        self.fields["end"].required = kind == "end"
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.kind == "rating" and "rating" not in self.data:
            self.add_error("rating", "Choose the rating that all of them get")
        if self.kind == "leads" and not data.get("leads"):
            self.add_error("leads", "Name at least one lead")
        if self.kind != "rating" and not data.get("reason"):
            self.add_error("reason", "Say why")
        if self.kind == "end" and not data.get("approved_by"):
            self.add_error("approved_by", "Say who approved the move")
        return data


class UpdateForm(forms.Form):
    """A progress update; what the rating owes is asked by the service."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    rating = forms.CharField(required=False, max_length=20)
    narrative = forms.CharField(required=False, max_length=20_000, strip=True)
    reason = forms.CharField(required=False, max_length=10_000, strip=True)
    next_step = forms.CharField(required=False, max_length=10_000, strip=True)
    impact = forms.CharField(required=False, max_length=20)
    on = GovDateField(error_messages={"required": "Enter the day the update speaks of"})

    def report(self) -> Report:
        data = self.cleaned_data
        return Report(
            on=data["on"],
            rating=data["rating"],
            narrative=data["narrative"].replace("\r\n", "\n"),
            reason=data["reason"].replace("\r\n", "\n"),
            next_step=data["next_step"].replace("\r\n", "\n"),
            # a form that does not ask leaves it as it stands
            impact=data["impact"] if "impact" in self.data else None,
        )


def shown_values(form: forms.Form, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a form shows: what was sent, else where it began; `kept` (`Conflict.kept`) stands over both."""
    given = form.data if form.is_bound else form.initial
    return {**{name: given.get(name) for name in given}, **(kept or {})}


class JudgementForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    rating = forms.CharField(required=False, max_length=20)
    reason = forms.CharField(
        max_length=10_000, error_messages={"required": "Say why the objective is judged so"}
    )


class PositionForm(forms.Form):
    on = GovDateField(error_messages={"required": "Enter the day the position is for"})
    label = forms.CharField(max_length=200, error_messages={"required": "Say what the position is for"})


def filters_from(query: QueryDict) -> Filters:
    """What the URL asks for. Anything that is not understood is left out rather than refused."""

    def number(name: str) -> int | None:
        value = query.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else None  # noqa: PLR2004

    adds_up = query.get("adds_up", "")
    due, sort, standing = query.get("due", ""), query.get("sort", ""), query.get("standing", "")
    return Filters(
        theme=number("theme"),
        objective=number("objective"),
        lead=query.get("lead", "")[:200],
        rating=query.get("rating", "")[:20],
        standing=standing if standing in set(Standing) else "",
        due=due if due in DUES else "",
        updated="no" if query.get("updated") == "no" else "",
        adds_up=adds_up if adds_up in ADDS_UP else "",
        mine=query.get("mine") == "1",
        words=query.get("q", "").strip()[:200],
        sort=sort if sort in SORTS else "plan",
    )
