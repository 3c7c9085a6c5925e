"""Forms that change the plan. What the rules owe is asked by the services; a form keeps what was typed."""

from collections.abc import Iterable
from typing import Any

from django import forms

from plans.forms.fields import GovDateField
from plans.recurring import BOARD, UNITS, Plain

A_DAY = "For example, 24/2/2015"


class Words(forms.CharField):
    """Text of several lines, its ends of line as they are stored."""

    def __init__(self, label: str, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        super().__init__(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class Line(forms.CharField):
    """Text of one line."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(label=label, required=False, **kwargs)


class Day(GovDateField):
    """A day, which may be left empty."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", A_DAY)
        super().__init__(label=label, widget=forms.DateInput(format="%d/%m/%Y"), **kwargs)


def reason(label: str = "Why", hint: str = "") -> Words:
    """The reason that a change owes."""
    return Words(label, rows=3, max_length=10_000, help_text=hint)


class Versioned(forms.Form):
    """A form that says which version it was made from; a version that was not sent is none that was handed out."""

    version = forms.IntegerField(min_value=1, max_value=10**9, widget=forms.HiddenInput)


class MoveEndForm(Versioned):
    end = Day(
        "New end", help_text="For example, 24/2/2015. Leave it empty where the action has no end any longer."
    )
    reason = reason()
    approved_by = Line("Who approved it", help_text="For example, the board of 16 June")


class RecursForm(Versioned):
    """How a timeline recurs, in plain choices."""

    each = forms.ChoiceField(
        label="It falls due",
        choices=[
            ("", "Once: it does not recur"),
            (BOARD, "With each improvement board"),
            *((unit, f"Every so many {unit}s") for unit in UNITS),
        ],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose how it recurs"},
    )
    number = forms.IntegerField(
        label="How many",
        required=False,
        widget=forms.TextInput,
        help_text="For example, 2 for every two weeks. Left empty, it is every one.",
        error_messages={"invalid": "Enter a whole number, such as 2"},
    )
    from_on = Day("Counted from", help_text="For example, 24/2/2015. The first time is one period later.")
    reason = reason(hint="And who agreed to it")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        number = data.get("number")
        data["schedule"] = None
        if data.get("each") and not self.errors:
            try:
                chosen = Plain(data["each"], 1 if number is None else number, data.get("from_on"))
                data["schedule"] = chosen.schedule()
            except ValueError as error:
                self.add_error("from_on" if data.get("from_on") is None else "number", str(error))
        return data


class RewordForm(Versioned):
    activity = Words("Action", rows=4)
    outcome = Words("Outcome")
    milestones = Words("Milestones as the plan words them")
    timeline = Words("Timeline in the plan's words", rows=2)
    evidence_words = Words("Evidence as the plan words it")
    starts_on = Day("Start")
    reason = reason(hint="And who agreed to it")


class LeadsForm(Versioned):
    leads = Words("Leads", rows=4, help_text="One name on each line: a person, a post or an organisation")
    reason = reason("Why others lead it")

    def clean_leads(self) -> list[str]:
        return [name for name in self.cleaned_data["leads"].split("\n") if name.strip()]


class _WithObjective(forms.Form):
    objective = forms.TypedChoiceField(
        label="Objective",
        coerce=int,
        required=False,  # the service asks for it, together with all else that it owes
        error_messages={"invalid_choice": "Choose an objective of this plan"},
    )

    def __init__(self, *args: Any, objectives: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"].choices = [("", "Choose"), *objectives]  # type: ignore[attr-defined]

    def clean_objective(self) -> int:
        return self.cleaned_data["objective"] or 0


class RehomeForm(_WithObjective, Versioned):
    reason = reason(hint="And who agreed to it")


class RetireForm(Versioned):
    reason = reason("Why it is no longer part of the plan", "And who agreed to it")


class BringBackForm(forms.Form):
    reason = reason("Why it is part of the plan again", "And who agreed to it")


class AddActionForm(_WithObjective):
    ref = Line("Reference", max_length=60, help_text="One that no action of this plan has or had")
    activity = Words("Action", rows=4)
    outcome = Words("Outcome")
    timeline = Words("Timeline in the plan's words", rows=2)
    starts_on = Day("Start")
    ends_on = Day("End")
    leads = Words("Leads", rows=3, help_text="One name on each line")
    reason = reason("Why it joins the plan", "And who agreed to it")

    def clean_leads(self) -> tuple[str, ...]:
        return tuple(name for name in self.cleaned_data["leads"].split("\n") if name.strip())


PARTS = 4


class SplitForm(Versioned):
    """Up to four parts; those left empty are none."""

    keep = forms.TypedChoiceField(
        label="What becomes of the action itself",
        choices=[("no", "The parts take its place"), ("yes", "It stays beside them")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what becomes of the action itself"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PARTS + 1):
            self.fields[f"ref_{number}"] = Line(f"Part {number}: reference", max_length=60)
            self.fields[f"activity_{number}"] = Words(f"Part {number}: action", rows=2)
            self.fields[f"ends_on_{number}"] = Day(f"Part {number}: end")
        self.fields["reason"] = reason(hint="And who agreed to it")

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What was given of each part that has a reference or an action."""
        return list(self._numbered().values())

    def _numbered(self) -> dict[int, dict[str, Any]]:
        data = self.cleaned_data
        given = {
            number: {
                "ref": data.get(f"ref_{number}", ""),
                "activity": data.get(f"activity_{number}", ""),
                "ends_on": data.get(f"ends_on_{number}"),
            }
            for number in range(1, PARTS + 1)
        }
        return {number: part for number, part in given.items() if part["ref"] or part["activity"]}

    def field_of(self, name: str, message: str) -> str:
        """The field that a refusal belongs to: of a part's reference or action, the field of that part.

        A message about a reference that is there begins with it.
        """
        given = self._numbered()
        if name == "parts":
            return f"ref_{min(set(range(1, PARTS + 1)) - set(given), default=PARTS)}"
        if name not in {"ref", "activity"}:
            return name
        missing = [number for number, part in given.items() if not part[name].strip()]
        named = [n for n, part in given.items() if part["ref"] and message.startswith(part["ref"].strip())]
        return next((f"{name}_{number}" for number in (*missing, *reversed(named))), name)


class MergeForm(Versioned):
    others = Line(
        "References of the actions that become part of it",
        max_length=1000,
        help_text="With commas between: A1.2, A1.3",
    )
    reason = reason(hint="And who agreed to it")


class MilestoneForm(forms.Form):
    text = Words("Milestone", rows=2, max_length=2000)
    due_on = Day("Due")


class ReachForm(Versioned):
    reached_on = Day("Day it was reached", help_text="Leave it empty where it was not reached after all.")


class MoveMilestoneForm(Versioned):
    due_on = Day("New day")
    reason = reason()


class DropMilestoneForm(Versioned):
    reason = reason("Why it is no longer a milestone")


class AssureForm(forms.Form):
    rating = forms.ChoiceField(
        label="Rating that testing accepts",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a rating of this plan"},
    )
    finding = Words("What was tested, and what it showed", rows=5)
    on = Day("Day of the testing", required=True, error_messages={"required": "Enter the day of the testing"})
    source = Line("The test or meeting it comes from", max_length=200)

    def __init__(self, *args: Any, ratings: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices = [*ratings, ("", "Not rated")]  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    file = forms.FileField(
        label="File",
        required=False,
        error_messages={"empty": "This file is empty. Choose another.", "invalid": "Choose a file"},
    )
    address = Line("or a link", max_length=2000, help_text="A web address that begins with https://")
    title = Line("What it is", help_text="Left empty, the file's name stands for it")
    on = Day("Day it speaks of", required=True, error_messages={"required": "Enter the day it speaks of"})


class RedactForm(forms.Form):
    phrase = Line("The words", max_length=200, help_text="Whole words, such as a first name and a surname")
    because = Words("Why", rows=2, max_length=1000, help_text="It stays readable: do not repeat the words")


class WithdrawForm(forms.Form):
    reason = reason("Why it is withdrawn")


class AskForm(forms.Form):
    question = Words("What you ask", rows=5, max_length=5000)
    rule = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class AnswerForm(Versioned):
    answer = Words("Your answer", rows=5, max_length=10_000)


class AskAgainForm(Versioned):
    question = Words("What is still open", rows=4, max_length=5000)


class AcceptForm(Versioned):
    pass


class DraftForm(forms.Form):
    note = Line("What this version is", help_text="For example, after the re-inspection")


class EndorseForm(forms.Form):
    endorsed_on = Day(
        "Day of the decision", required=True, error_messages={"required": "Enter the day of the decision"}
    )
    endorsed_by = Line("Which board, by which decision")


class BetweenForm(forms.Form):
    """Two days in an address, in either order."""

    since = Day("From")
    until = Day("To")
