"""What the office fills in about scrutiny."""

from typing import Any

from django import forms

from reporting.models import Recommendation

DAYS = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]


def _day(label: str, **more: Any) -> forms.DateField:
    said = {"required": "Enter the day", "invalid": "Enter a day such as 24/2/2015"}
    hint = more.pop("help_text", "For example, 24/2/2015")
    return forms.DateField(label=label, input_formats=DAYS, error_messages=said, help_text=hint, **more)


def _words(label: str, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class PublishForm(forms.Form):
    """One thing to publish, and a word to the committee."""

    what = forms.ChoiceField(
        label="What to publish",
        widget=forms.Select,
        error_messages={"required": "Choose what to publish", "invalid_choice": "Choose one from the list"},
    )
    note = _words(
        "Note to the committee", required=False, help_text="Optional. It stands above what is published."
    )

    def __init__(self, *args: Any, groups: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", "Choose"), *groups]  # type: ignore[attr-defined]


class TakeBackForm(forms.Form):
    because = _words("Why it is taken back", error_messages={"required": "Say why it is taken back"})


class RecommendForm(forms.Form):
    """A recommendation of the committee, and who of the board's is to see to it."""

    text = _words("What the committee recommended", error_messages={"required": "Write the recommendation"})
    made_on = _day("Day of the committee")
    about = forms.ChoiceField(label="About", required=False)
    board = forms.ChoiceField(label="Board that answers")
    owner_name = forms.CharField(
        label="Who is to see to it",
        max_length=200,
        help_text="A person, a post or an organisation. It becomes a matter arising of the board.",
        error_messages={"required": "Say who is to see to it"},
    )
    due_on = _day("By when", required=False, help_text="Optional. For example, 24/2/2015")

    def __init__(self, *args: Any, boards: Any, publications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [(board.pk, str(board)) for board in boards]  # type: ignore[attr-defined]
        about = [("", "Nothing published in particular"), *((row.pk, str(row)) for row in publications)]
        self.fields["about"].choices = about  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the board answered."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="The board’s answer",
        choices=Recommendation.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the answer"},
    )
    text = _words(
        "In the board’s words",
        help_text="The committee reads this. Notes of the matter itself stay with the board.",
        error_messages={"required": "Write what the board answered"},
    )
    on = _day("Day of the answer")
