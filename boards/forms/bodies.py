"""What people may send about boards, seats, members, terms and frequencies."""

import datetime as dt
from typing import Any

from django import forms

from boards.forms.fields import Clock, Day, Pick, Versioned, Words, offer
from boards.models import Board, Capacity, Frequency, Purpose, StandingItem
from boards.pack_sections import offered
from councils.models import Council, Organisation, Person
from notices.deadlines.boards import BoardAsked

YES = [("yes", "Yes"), ("no", "No")]


class FrequencyForm(forms.Form):
    """How often a board meets."""

    every = forms.IntegerField(
        label="Meets every",
        min_value=1,
        max_value=52,
        help_text="A number, then weeks or months",
        error_messages={"required": "Enter a number"},
    )
    unit = forms.ChoiceField(
        label="Weeks or months", choices=Frequency.Unit.choices, widget=forms.RadioSelect
    )


class BoardFields(forms.Form):
    """A board's own fields."""

    name = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Enter the board’s name"}
    )
    kind = forms.ChoiceField(label="Kind", choices=Board.Kind.choices)
    of_notice = forms.BooleanField(
        label="This is the board that the notice asks for",
        required=False,
        help_text="Its meetings meet the notice’s deadlines; meetings planned already are taken along",
    )
    quorum = forms.IntegerField(
        label="Quorum",
        required=False,
        min_value=1,
        max_value=99,
        help_text="How many members, or their deputies, must be there. Leave empty if there is no rule",
    )
    usual_time = Clock(label="Usual time", required=False)
    usual_minutes = forms.IntegerField(
        label="Usual length in minutes", min_value=5, max_value=600, initial=120
    )
    usual_place = forms.CharField(label="Usual place", max_length=300, required=False)


class NewBoardForm(FrequencyForm, BoardFields):
    """A new board with its first frequency."""

    begun_on = Day(label="First day")
    because = forms.CharField(
        label="What asks for this frequency",
        required=False,
        max_length=300,
        help_text="For example, Notice, paragraph 12",
    )
    field_order = ("name", "kind", "of_notice", "begun_on", "every", "unit", "because")


def often(asked: BoardAsked | None) -> dict[str, Any]:
    """What a new board's form proposes on how often it meets: as its notice asks, else every four weeks."""
    if asked is None or asked.every.working_days or (asked.every.months and asked.every.days):
        return {"every": 4, "unit": "weeks"}
    ref = asked.paragraph
    because = f"Notice, paragraph {ref}" if ref[:1].isdigit() else f"Notice, {ref}"[:300]
    if asked.every.months:
        return {"every": asked.every.months, "unit": "months", "because": because}
    weeks, over = divmod(asked.every.days, 7)
    return (
        {"every": weeks, "unit": "weeks", "because": because} if not over else {"every": 4, "unit": "weeks"}
    )


class BoardForm(Versioned, BoardFields):
    """A board that is there."""

    begun_on = Day(label="First day", help_text="Meetings that were held before are added from this day on")
    closed_on = Day(
        label="Last day",
        required=False,
        help_text="Only once the board has come to its end. For example, 24/2/2015",
    )


class SeatForm(forms.Form):
    title = forms.CharField(
        label="Seat",
        max_length=200,
        help_text="For example, Chief Superintendent, or A head teacher",
        error_messages={"required": "Enter the seat"},
    )
    organisation = Pick(label="Organisation", required=False, empty_label="The council itself")
    required_by = forms.CharField(
        label="What asks for it",
        required=False,
        max_length=200,
        help_text="For example, Notice, paragraph 11. Leave empty where nothing does",
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations(council))


def organisations(council: Council) -> Any:
    """The organisations of a council, by name."""
    return Organisation.objects.filter(council=council).order_by("name")


class MemberForm(forms.Form):
    person = Pick(
        label="Person",
        empty_label="Choose somebody",
        help_text="Somebody who is not in the list is added on the page People first",
        error_messages={"required": "Choose a person"},
    )
    capacity = forms.ChoiceField(
        label="Takes part as", choices=Capacity.choices, widget=forms.RadioSelect, initial=Capacity.MEMBER
    )
    seat = Pick(label="Seat", required=False, empty_label="No seat of its own")
    role = forms.CharField(
        label="Role, as the board lists it", required=False, max_length=200, help_text="Empty: their post"
    )
    organisation = Pick(label="Organisation", required=False, empty_label="The council itself")
    independent = forms.BooleanField(label="Independent of the council", required=False)
    approved_by = forms.CharField(
        label="Who approved the appointment", required=False, max_length=200, help_text="Owed for a chair"
    )
    from_on = Day(label="From")
    until_on = Day(label="Until", required=False, help_text="The last day, where it is known already")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(council=board.council_id).order_by("name", "post")
        offer(self, "person", people)
        self.fields["person"].label_from_instance = _person_words  # type: ignore[attr-defined]
        offer(self, "organisation", organisations(board.council))
        offer(self, "seat", board.seats.filter(ended_on__isnull=True))


def _person_words(person: Person) -> str:
    return f"{person.name}, {person.post}" if person.name and person.post else str(person)


class EndForm(forms.Form):
    """Something ends, on a day and for a reason."""

    on = Day(label="Last day")
    because = Words(label="Why", rows=2, error_messages={"required": "Say why"})


class TermsForm(forms.Form):
    in_force_from = Day(label="In force from")
    note = forms.CharField(
        label="What changed, who agreed it",
        required=False,
        max_length=300,
        help_text="For example, agreed on 3 March",
    )
    text = Words(label="The terms of reference", rows=12, required=False)
    document = forms.FileField(label="Or the document", required=False)


class FrequencyRequestForm(FrequencyForm):
    from_on = Day(label="From")
    because = Words(label="Why", rows=3, error_messages={"required": "Say why"})


class FrequencyAnswerForm(forms.Form):
    agree = forms.ChoiceField(
        label="Does the Department agree?",
        choices=YES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    answer = Words(label="The Department’s words", rows=3, required=False, help_text="Owed for a refusal")


class StandingItemForm(forms.Form):
    title = forms.CharField(label="Item", max_length=300, error_messages={"required": "Enter the item"})
    under = Pick(label="Part of", required=False, empty_label="An item of its own")
    presenter = forms.CharField(label="Presented by", required=False, max_length=200)
    purpose = forms.ChoiceField(
        label="Purpose", choices=Purpose.choices, widget=forms.RadioSelect, initial=Purpose.DISCUSS
    )
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=1, max_value=600)
    section = forms.ChoiceField(
        label="Section of the pack",
        required=False,
        choices=[("", "None"), *offered()],
        help_text="The agenda in the pack says on which page it is",
    )
    restricted = forms.BooleanField(
        label="Restricted", required=False, help_text="Not shown to partners, members and viewers"
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = StandingItem.objects.filter(board=board, under__isnull=True).order_by("order")
        offer(self, "under", tops)


def first_day(form: forms.Form, today: dt.date) -> forms.Form:
    """The form with today as the day it proposes."""
    for name in ("from_on", "in_force_from", "begun_on", "on"):
        if name in form.fields:
            form.initial.setdefault(name, today)
    return form
