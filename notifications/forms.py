"""What somebody wants to be mailed."""

from django import forms

from notifications.models import MailChoices


class ChoicesForm(forms.Form):
    WHEN = MailChoices.When.choices

    when = forms.ChoiceField(choices=WHEN, error_messages={"required": "Choose when"})
    breaches = forms.BooleanField(required=False)
    reminders = forms.BooleanField(required=False)
    news = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
