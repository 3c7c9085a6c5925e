"""What people send about deadlines: what to show, what met one, whom to remind."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.http import QueryDict

from deadlines.obligations import Force
from deadlines.states import State
from notices.deadlines.effects import DEFAULTS, LONGEST_LEAD, Rule
from notices.deadlines.lines import BY_NO_DAY, SORTS, Filters
from notices.deadlines.services import Wanted

# a day as people write it
DAY_FORMATS = ("%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")
STATES = [
    ("", "Still owed"),
    ("all", "All"),
    ("late", "Overdue, but for the Department's own"),
    ("breach", "Overdue “must”"),
    ("department_late", "Overdue, the Department's own"),
    *((state.value, state.label) for state in State),
    *BY_NO_DAY.items(),
]
FORCES = [("", "Any"), *((force.value, force.value.capitalize()) for force in Force)]


def asked(query: QueryDict) -> Filters:
    """The filters of an address; what is not known there asks for nothing."""
    state, force, sort = query.get("state", ""), query.get("force", ""), query.get("sort", "due")
    known = {key for key, _ in STATES}
    chosen = {"": "open", "all": ""}.get(state, state if state in known else "open")
    return Filters(
        state=chosen,
        holder=query.get("holder", ""),
        force=force if force in {key for key, _ in FORCES} else "",
        sort=sort if sort in SORTS else "due",
    )


def day_asked(text: str) -> dt.date | None:
    """A day in an address, 2015-06-16; None where there is none or it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def month_asked(text: str) -> dt.date | None:
    """The first day of a month in an address, 2015-06; None where there is none or it is none."""
    return day_asked(f"{text}-01") if re.fullmatch(r"\d{4}-\d{2}", text) else None


class _Day(forms.DateField):
    def __init__(self, missing: str) -> None:
        super().__init__(
            input_formats=list(DAY_FORMATS),
            error_messages={"required": missing, "invalid": "Enter a date such as 16/6/2015"},
        )


class _Shown(forms.Form):
    label = forms.CharField(required=False, max_length=300)
    link = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        error_messages={"invalid": "Enter a whole address, such as https://council.example/minutes"},
    )


class MetForm(_Shown):
    on = _Day("Enter the day it was met")


class WaiveForm(_Shown):
    on = _Day("Enter the day it was approved")
    reason = forms.CharField(max_length=4000, error_messages={"required": "Say why it need not be met"})
    approver = forms.CharField(
        max_length=300, error_messages={"required": "Say who approved that, with their post"}
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(max_length=4000, error_messages={"required": "Say why it is opened again"})


class RemindersForm(forms.Form):
    """For each role the days before, as people type them ("28, 7"), and the days after a breach."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in DEFAULTS:
            self.fields[f"{role.value}_before"] = forms.CharField(required=False, max_length=60)
            self.fields[f"{role.value}_after"] = forms.CharField(required=False, max_length=4)
            self.fields[f"{role.value}_version"] = forms.IntegerField(min_value=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for role in DEFAULTS:
            for name in (f"{role.value}_before", f"{role.value}_after"):
                words = re.split(r"[\s,;]+", str(cleaned.get(name, "")).strip())
                days = [word for word in words if word]
                if not all(day.isdecimal() and int(day) <= LONGEST_LEAD for day in days):
                    self.add_error(name, f"{role.label}: give days from 0 to {LONGEST_LEAD}")
                cleaned[name] = [int(day) for day in days if day.isdecimal()]
        return cleaned

    def wanted(self) -> list[Wanted]:
        """What is to be stored."""
        found = []
        for role in DEFAULTS:
            after = self.cleaned_data[f"{role.value}_after"]
            rule = Rule(tuple(self.cleaned_data[f"{role.value}_before"]), after[0] if after else None)
            found.append(Wanted(role.value, rule, self.cleaned_data[f"{role.value}_version"]))
        return found
