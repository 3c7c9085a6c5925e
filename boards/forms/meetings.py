"""What people may send about meetings, agendas, papers and what came of them."""

import datetime as dt
from typing import Any

from django import forms

from boards.forms.bodies import organisations
from boards.forms.fields import Clock, Day, Pick, Versioned, Words, offer
from boards.models import AgendaItem, Attendance, Board, Finding, Matter, Meeting, Paper, Purpose, Risk, Test
from boards.models.risks import LEVELS
from boards.pack_sections import offered
from councils.models import Council, Person
from plans.models import Objective

KINDS = [(Meeting.Kind.ORDINARY.value, "Ordinary"), (Meeting.Kind.EXTRAORDINARY.value, "Extraordinary")]


class MeetingFields(forms.Form):
    starts_at = Clock(label="Time", required=False)
    minutes_long = forms.IntegerField(label="Length in minutes", min_value=5, max_value=600, initial=120)
    place = forms.CharField(
        label="Place", required=False, max_length=300, help_text="A room, or the link of a call"
    )
    counts = forms.BooleanField(label="Counts as a board for the notice", required=False, initial=True)
    counts_because = forms.CharField(
        label="Why it does not count, or does all the same", required=False, max_length=300
    )


class NewMeetingForm(MeetingFields):
    on = Day(
        label="Day",
        help_text="For example, 24/2/2015. A meeting of a day that has passed is recorded next",
    )
    kind = forms.ChoiceField(
        label="Kind", choices=KINDS, widget=forms.RadioSelect, initial=Meeting.Kind.ORDINARY
    )
    field_order = ("on", "kind", "starts_at", "minutes_long", "place", "counts", "counts_because")


class MeetingForm(Versioned, MeetingFields):
    """A meeting that is there; its day is moved on a page of its own."""


class MoveForm(forms.Form):
    to = Day(label="New day")
    because = Words(label="Why", rows=3, error_messages={"required": "Say why it is moved"})


class BecauseForm(forms.Form):
    because = Words(label="Why", rows=3, error_messages={"required": "Say why"})


class OnForm(forms.Form):
    on = Day(label="Day")


class SeriesForm(forms.Form):
    days = forms.MultipleChoiceField(
        label="Meetings to plan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one meeting"},
    )

    def __init__(self, *args: Any, days: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(day.isoformat(), str(day)) for day in days]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[dt.date]:
        """The days that were ticked."""
        return [dt.date.fromisoformat(day) for day in self.cleaned_data["days"]]


class ItemFields(forms.Form):
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
        label="Restricted",
        required=False,
        help_text="Item and papers are not shown to partners, members and viewers",
    )

    def __init__(self, *args: Any, meeting: Meeting, item: AgendaItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = meeting.items.filter(under__isnull=True, withdrawn_at__isnull=True).order_by("order")
        if item is not None:
            tops = tops.exclude(pk=item.pk)
        offer(self, "under", tops)


class NewItemForm(ItemFields):
    """An item that is not there yet."""


class ItemForm(Versioned, ItemFields):
    """An item that is there."""


class PaperForm(forms.Form):
    document = forms.FileField(
        label="File",
        help_text="A PDF. Word, Excel and PowerPoint are turned into PDF where this service can",
        error_messages={"required": "Choose the file", "empty": "This file is empty."},
    )
    title = forms.CharField(
        label="Title", required=False, max_length=300, help_text="Empty: the name of the file"
    )
    restricted = forms.BooleanField(
        label="Restricted by itself",
        required=False,
        help_text="It is not shown to partners, members and viewers. A paper of a restricted item is restricted "
        "with it; tick this if it must stay so should the item be opened",
    )
    replaces = Pick(label="Replaces", required=False, empty_label="No earlier paper")

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = Paper.objects.filter(item=item, withdrawn_at__isnull=True)
        offer(self, "replaces", live.order_by("order"))
        if not live:
            del self.fields["replaces"]


class GuestForm(forms.Form):
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the name"})
    role = forms.CharField(label="Role", required=False, max_length=200)
    organisation = Pick(label="Organisation", required=False, empty_label="The council itself")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations(council))


class HeldForm(forms.Form):
    counts = forms.ChoiceField(
        label="Counts as a board for the notice",
        choices=[("", "As worked out"), ("yes", "Yes"), ("no", "No")],
        required=False,
    )
    counts_because = forms.CharField(label="Why", required=False, max_length=300)

    @property
    def said(self) -> bool | None:
        """What was chosen; None: as worked out."""
        return {"yes": True, "no": False}.get(self.cleaned_data["counts"])


class MatterForm(forms.Form):
    text = Words(label="What is to be done", rows=2, error_messages={"required": "Write what is to be done"})
    owner = Pick(label="By", required=False, empty_label="Somebody else")
    owner_name = forms.CharField(
        label="Or by, in words",
        required=False,
        max_length=200,
        help_text="Where they are not in the list, or as the board said it",
    )
    due_on = Day(label="Due", required=False)
    source = forms.ChoiceField(label="Asked by", choices=Matter.Source.choices, required=False)
    item = Pick(label="Item", required=False, empty_label="No item")

    def __init__(self, *args: Any, board: Board, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(council=board.council_id).order_by("name", "post")
        offer(self, "owner", people)
        if meeting is None:
            del self.fields["item"]
        else:
            items = meeting.items.filter(withdrawn_at__isnull=True)
            offer(self, "item", items)
            del self.fields["source"]


class MatterChangeForm(Versioned):
    text = Words(label="What is to be done", rows=3, error_messages={"required": "Write what is to be done"})
    owner = Pick(label="By", required=False, empty_label="Somebody else")
    owner_name = forms.CharField(label="Or by, in words", max_length=200)
    due_on = Day(label="Due", required=False)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(council=council).order_by("name", "post")
        offer(self, "owner", people)


class MatterNoteForm(forms.Form):
    note = Words(label="What was done", rows=3, error_messages={"required": "Say what was done, or why"})
    state = forms.ChoiceField(
        label="It is now",
        choices=[("open", "Still open"), ("done", "Done"), ("withdrawn", "No longer asked for")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it stands now"},
    )


class ApproveForm(forms.Form):
    at = Pick(label="Approved at the meeting of", required=False, empty_label="Not at a meeting")
    on = Day(label="Or on the day", required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = meeting.board.meetings.filter(state=Meeting.State.HELD, on__gt=meeting.on)
        offer(self, "at", later.order_by("on"))
        self.fields["at"].initial = later.order_by("on").first()
        self.fields["at"].label_from_instance = lambda row: f"{row.on.day} {row.on:%B %Y}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("at") and not cleaned.get("on") and not self.errors:
            self.add_error("at", "Choose the meeting, or enter the day")
        return cleaned


class RoundForm(forms.Form):
    position_on = Day(label="Position of", help_text="The day that updates speak of. It stays fixed")
    answer_by = Day(label="Answers by")
    message = Words(label="Words for the leads", rows=3, required=False, help_text="They go into the message")


class DecisionForm(Versioned):
    text = Words(label="Decision", rows=3, error_messages={"required": "Write what was decided"})
    withdraw = forms.BooleanField(label="Recorded by mistake: take it back", required=False)


class RiskForm(forms.Form):
    kind = forms.ChoiceField(
        label="Kind", choices=Risk.Kind.choices, widget=forms.RadioSelect, initial=Risk.Kind.RISK
    )
    text = Words(label="What may happen, or has", rows=3, error_messages={"required": "Write what it is"})
    likelihood = forms.TypedChoiceField(
        label="How likely",
        choices=[("", "Happened already"), *LEVELS],
        coerce=int,
        required=False,
        empty_value=None,
    )
    impact = forms.TypedChoiceField(label="How bad for children", choices=LEVELS, coerce=int)
    mitigation = Words(label="What is done about it", rows=3, required=False)
    owner_name = forms.CharField(
        label="Who looks after it", max_length=200, error_messages={"required": "Say who looks after it"}
    )
    objective = Pick(label="Bears on objective", required=False, empty_label="None in particular")
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, initial=1)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "objective", objectives(council))


def objectives(council: Council) -> Any:
    """The objectives of the council's open plans, in their order."""
    return Objective.objects.filter(plan__council=council, plan__closed_on__isnull=True).order_by("order")


class ForwardForm(forms.Form):
    title = forms.CharField(
        label="What to look into", max_length=300, error_messages={"required": "Enter what"}
    )
    objective = Pick(label="Objective", required=False, empty_label="None")
    organisation = Pick(label="Partner", required=False, empty_label="None")
    presenter = forms.CharField(label="Presented by", required=False, max_length=200)
    planned_for = Day(label="About when", required=False)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "objective", objectives(council))
        offer(self, "organisation", organisations(council))


class ScheduleForm(forms.Form):
    meeting = Pick(label="Meeting", error_messages={"required": "Choose a meeting"})

    def __init__(self, *args: Any, board: Board, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = board.meetings.filter(state=Meeting.State.PLANNED, on__gte=today).order_by("on")
        offer(self, "meeting", coming)


class ProvideForm(forms.Form):
    on = Day(label="Day", help_text="The day, or the first of the days")
    days = forms.DecimalField(label="Days", max_digits=4, decimal_places=1, help_text="For example, 2 or 0.5")
    note = forms.CharField(label="Note", required=False, max_length=300)


class TestForm(forms.Form):
    __test__ = False

    title = forms.CharField(
        label="What is tested", max_length=300, error_messages={"required": "Enter what is tested"}
    )
    tester = forms.CharField(label="By", max_length=200, error_messages={"required": "Enter who tests"})
    on = Day(label="On")


class TestChangeForm(Versioned, TestForm):
    days = forms.DecimalField(label="Days used", max_digits=4, decimal_places=1, min_value=0)
    method = Words(
        label="How",
        rows=3,
        required=False,
        help_text="Case files read, staff spoken to, visits. No child’s name",
    )
    state = forms.ChoiceField(label="It is", choices=Test.State.choices, widget=forms.RadioSelect)
    notes = Words(label="Notes", rows=8, required=False, help_text="Yours until you share them")


class FindingForm(Versioned):
    result = forms.ChoiceField(label="Result", choices=Finding.Result.choices, widget=forms.RadioSelect)
    text = Words(label="What was found", rows=4, required=False)
    assured = forms.ChoiceField(label="Rating accepted after testing", required=False)

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assured"].choices = [("", "None"), *codes]  # type: ignore[attr-defined]


ATTENDANCE = Attendance.State.choices
