"""Forms about the chain of instruments, inspections and agreements."""

from typing import TYPE_CHECKING, Any

from django import forms

from files.models import StoredFile
from notices.models import Agreement, Event, Inspection, Instrument
from notices.schedule_fields import DAY_FORMATS, UNITS, period_of
from notices.services import Agreed, Ending, InspectionFacts, InstrumentFacts

if TYPE_CHECKING:
    from deadlines.months import Period

_EXAMPLE = "For example, 24/2/2026"
_AREA = forms.Textarea(attrs={"rows": 3})


def _day(label: str, *, required: bool = False, hint: str = _EXAMPLE) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={
            "required": f"Enter {label[:1].lower()}{label[1:]}",
            "invalid": "Enter a date such as 24/2/2026",
        },
    )


def _text(label: str, hint: str = "", *, most: int = 300) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, help_text=hint)


class InstrumentForm(forms.Form):
    """One link of the chain that is recorded by hand."""

    kind = forms.ChoiceField(label="What it is", choices=Instrument.Kind.choices)
    on = _day("Day it was issued", required=True)
    decided_by = _text("Who decided it")
    grounds = forms.CharField(label="Grounds", required=False, max_length=10_000, widget=_AREA)
    link = _text("Address of the document", "Where it is published, if it is", most=2000)
    replaces = forms.ChoiceField(label="What it replaces", required=False)

    def __init__(self, *args: Any, others: list[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Nothing"), *((str(one.pk), str(one)) for one in others)]
        self.fields["replaces"].choices = choices  # type: ignore[attr-defined]

    def facts(self, file: StoredFile | None = None) -> InstrumentFacts:
        data = {name: value for name, value in self.cleaned_data.items() if name != "replaces"}
        return InstrumentFacts(**data, file=file)


class EndForm(forms.Form):
    """How an instrument ended."""

    end = forms.ChoiceField(label="How it ended", choices=Instrument.End.choices, widget=forms.RadioSelect)
    ended_on = _day("Day it ended", required=True)
    words = _text("What the document itself calls it", "For example, “rescinded”")
    by = _text("Who decided it")
    grounds = forms.CharField(label="Grounds", required=False, max_length=10_000, widget=_AREA)
    link = _text("Address of the document", most=2000)

    def ending(self, file: StoredFile | None = None) -> Ending:
        data = dict(self.cleaned_data)
        return Ending(on=data.pop("ended_on"), **data, file=file)


class InspectionForm(forms.Form):
    """An inspection with its several dates."""

    body = forms.CharField(
        label="Who inspected",
        max_length=200,
        error_messages={"required": "Enter who inspected, such as Ofsted"},
    )
    kind = forms.ChoiceField(label="Kind", choices=Inspection.Kind.choices)
    fieldwork_from = _day("First day of fieldwork")
    fieldwork_to = _day("Last day of fieldwork")
    reported_on = _day("Date on the report")
    published_on = _day("Day the report was published")
    overall = _text("Overall judgement", "In the report's own word", most=100)
    judgements = forms.CharField(
        label="Judgements by area",
        required=False,
        max_length=10_000,
        help_text="One a line: area, a colon, the judgement",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    recommendations = forms.CharField(
        label="Recommendations",
        required=False,
        max_length=50_000,
        help_text="One a line; start with its number where it has one",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    link = _text("Address of the report", most=2000)

    def facts(self, file: StoredFile | None = None) -> InspectionFacts:
        skip = ("judgements", "recommendations")
        said = {name: value for name, value in self.cleaned_data.items() if name not in skip}
        return InspectionFacts(**said, file=file)

    def pairs(self) -> dict[str, list[tuple[str, str]]]:
        """Judgements and recommendations as pairs."""
        data = self.cleaned_data
        lines = [line.strip() for line in data["judgements"].splitlines() if line.strip()]
        areas = [line.rpartition(":") for line in lines]
        asked = [line.strip() for line in data["recommendations"].splitlines() if line.strip()]
        return {
            "judgements": [
                (area.strip() or word.strip(), word.strip() if area else "") for area, _, word in areas
            ],
            "recommendations": [_numbered(line) for line in asked],
        }


def _numbered(line: str) -> tuple[str, str]:
    first, _, rest = line.partition(" ")
    number = first.rstrip(".)")
    return (number, rest.strip()) if rest and number.isdecimal() else ("", line)


class AgreementForm(forms.Form):
    """Something that was agreed, with its letter. What it is about is an event's kind or an obligation."""

    kind = forms.ChoiceField(
        label="What was agreed", choices=Agreement.Kind.choices, widget=forms.RadioSelect
    )
    target = forms.ChoiceField(label="What it is about", required=False)
    words = forms.CharField(
        label="In words",
        max_length=5000,
        widget=_AREA,
        help_text="As the letter puts it",
        error_messages={"required": "Say what was agreed"},
    )
    length = forms.IntegerField(
        label="How long",
        required=False,
        min_value=1,
        max_value=1200,
        help_text="For a frequency or a tolerance: the number",
    )
    unit = forms.ChoiceField(label="Unit", required=False, choices=list(UNITS.items()))
    gap_from = _day("First day of the gap", hint="For a single gap")
    gap_to = _day("Last day of the gap", hint="For a single gap")
    agreed_on = _day(
        "Day it was agreed",
        required=True,
        hint="It counts from this day, unless it is a frequency agreed for a later one",
    )
    from_on = _day("Counts from", hint="For a frequency agreed for a later day; else leave it empty")
    agreed_by = forms.CharField(
        label="Who agreed it", max_length=300, error_messages={"required": "Say who agreed it"}
    )
    label = _text("The letter", "For example, letter of 3 June 2026")
    link = _text("Address of the letter", most=2000)

    def __init__(self, *args: Any, duties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = [
            (f"event:{kind}", Event.Kind(kind).label)
            for kind in ("board_held", "review_held", "discussion_held", "visit_held")
        ]
        choices = [("", "The notice as a whole"), *meetings, *((f"duty:{key}", text) for key, text in duties)]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]

    def agreed(self, schedule: Any = None, file: StoredFile | None = None) -> Agreed:
        """What was agreed; only the fields that its kind asks for."""
        data = self.cleaned_data
        what, _, name = data["target"].partition(":")
        timed = data["kind"] in (Agreement.Kind.FREQUENCY, Agreement.Kind.TOLERANCE)
        gap = data["kind"] == Agreement.Kind.GAP
        period: Period | None = period_of(data["length"], data["unit"]) if timed and data["length"] else None
        return Agreed(
            kind=data["kind"],
            words=data["words"],
            agreed_on=data["agreed_on"],
            agreed_by=data["agreed_by"],
            event_kind=name if what == "event" else "",
            obligation_key=name if what == "duty" else "",
            period=period,
            schedule=schedule if data["kind"] == Agreement.Kind.INTERVAL else None,
            label=data["label"],
            link=data["link"],
            file=file,
            gap_from=data["gap_from"] if gap else None,
            gap_to=data["gap_to"] if gap else None,
            from_on=data["from_on"] if data["kind"] == Agreement.Kind.FREQUENCY else None,
        )
