"""What people may send about dated facts."""

from django import forms

from notices.models import Event


class EventForm(forms.Form):
    KINDS = Event.Kind.choices
    STATES = Event.State.choices

    kind = forms.ChoiceField(choices=KINDS)
    on = forms.DateField(
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"],
        error_messages={"required": "Enter the day", "invalid": "Enter a date such as 16/6/2015"},
    )
    state = forms.ChoiceField(choices=STATES)
    board = forms.CharField(required=False, max_length=200)
    note = forms.CharField(required=False, max_length=2000)
