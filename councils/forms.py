"""Forms of this room: what was typed, checked; the services write."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from councils.models import Council, Organisation, Person, RoleHolding, User
from councils.roles import Role

# a day as people write it
DAY_FORMATS = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]


class InviteForm(forms.Form):
    """Whom to invite, and to which of the roles that the inviter may give."""

    name = forms.CharField(
        label="Full name",
        max_length=200,
        error_messages={"required": "Enter the name of the person you invite"},
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Their own address at work: the invitation goes there, and they will sign in with it.",
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk",
        },
    )
    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"}
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["role"].hints = {role.value: role.description for role in roles}  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that says which version of the record it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @property
    def values(self) -> dict[str, Any]:
        """What to store."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def made_from(self) -> int:
        """The version that the form was made from; a form that does not say so counts as the oldest."""
        return self.cleaned_data.get("version") or 1

    def say_changed_meanwhile(self, current: dict[str, Any]) -> None:
        """Keep what was typed, and show beside it what somebody else wrote in the meantime."""
        for name, value in current.items():
            self.add_error(name, f"Somebody else has changed this to “{value}”. Save again to keep yours.")
        version = type(self.instance).objects.get(pk=self.instance.pk).version
        self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]


class PersonForm(VersionedForm):
    """Somebody the council works with."""

    class Meta:
        model = Person
        fields = ["name", "post", "organisation", "email"]
        labels = {"name": "Full name", "post": "Post", "email": "E-mail address"}
        help_texts = {
            "name": "Leave this empty for a post that is vacant or whose holder changes.",
            "post": "For example, Head of Safeguarding",
            "email": "",
        }

    def __init__(self, data: Any, *, council: Council, person: Person | None = None) -> None:
        """For somebody of the council: a new person, or one that is there."""
        super().__init__(data, instance=person or Person(council=council))
        organisation = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            council=self.instance.council_id
        ).order_by("name")
        organisation.empty_label = "Not given"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name, post = cleaned.get("name", ""), cleaned.get("post", "")
        if not name and not post and not self.errors:
            self.add_error("name", "Enter a name, a post or both")
        same = Person.objects.filter(council=self.instance.council_id, name__iexact=name, post__iexact=post)
        if (name or post) and same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "The council has somebody with this name and post already")
        return cleaned


class OrganisationForm(VersionedForm):
    """A partner organisation of the council."""

    class Meta:
        model = Organisation
        fields = ["name", "kind"]
        labels = {"name": "Name of the organisation", "kind": "Kind"}
        error_messages = {"name": {"required": "Enter the name of the organisation"}}

    def __init__(self, data: Any, *, council: Council, organisation: Organisation | None = None) -> None:
        """For an organisation of the council: a new one, or one that is there."""
        super().__init__(data, instance=organisation or Organisation(council=council))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Organisation.objects.filter(council=self.instance.council_id, name__iexact=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("The council has an organisation with this name already")
        return name


class SharingForm(VersionedForm):
    """To whom outside the council its live plan is open."""

    class Meta:
        model = Council
        fields = ["shares_live_plan_with_chair", "opens_live_plan_to_dfe"]
        labels = {
            "shares_live_plan_with_chair": "The independent chair and the chair's support",
            "opens_live_plan_to_dfe": "DfE officials",
        }


class EndRoleForm(forms.Form):
    """When a role ends, and why."""

    NOW, TODAY, LATER = "now", "today", "later"

    when = forms.ChoiceField(
        label="When does the role end?",
        choices=[(NOW, "Now, at once"), (TODAY, "At the end of today"), (LATER, "At the end of another day")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when the role ends"},
    )
    last_day = forms.DateField(
        label="Last day, if you chose another day",
        help_text="For example, 31 3 2027",
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.TextInput,
        error_messages={"invalid": "Enter a real date, like 31 3 2027"},
    )
    reason = forms.CharField(
        label="Why does it end?",
        max_length=500,
        help_text="For example, has left the council. It is kept in the history.",
        error_messages={"required": "Say why the role ends"},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("when") == self.LATER
            and not cleaned.get("last_day")
            and "last_day" not in self.errors
        ):
            self.add_error("last_day", "Enter the last day of the role")
        return cleaned


class ReasonForm(forms.Form):
    """Why an account is closed, or opened again."""

    reason = forms.CharField(
        label="Why?",
        max_length=500,
        help_text="It is kept in the history.",
        error_messages={"required": "Say why"},
    )


class AcceptForm(forms.Form):
    """The name and password of somebody who accepts an invitation."""

    name = forms.CharField(
        label="Your full name", max_length=200, error_messages={"required": "Enter your full name"}
    )
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three words that nobody would guess make a good one.",
        error_messages={"required": "Enter a password"},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" in cleaned:
            try:
                validate_password(cleaned["password"], User(email=self.email, name=cleaned.get("name", "")))
            except forms.ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class TokenForm(forms.Form):
    """What a token is for, which of one's roles it acts in, and for how long."""

    READS, WRITES = "read", "write"

    name = forms.CharField(
        label="What is it for?",
        max_length=100,
        help_text="For example, monthly report in Power BI",
        error_messages={"required": "Say what the token is for"},
    )
    holding = forms.ChoiceField(
        label="In which of your roles does it act?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    scope = forms.ChoiceField(
        label="What may it do?",
        choices=[(READS, "Read"), (WRITES, "Read and write, as you may")],
        initial=READS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it may do"},
    )
    days = forms.ChoiceField(
        label="How long does it work?",
        choices=[("30", "30 days"), ("90", "90 days"), ("180", "180 days"), ("365", "365 days")],
        initial="90",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how long it works"},
    )

    def __init__(self, *args: Any, holdings: Iterable[RoleHolding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holdings = {str(holding.pk): holding for holding in holdings}
        choices = [(number, _role_and_place(holding)) for number, holding in self.holdings.items()]
        self.fields["holding"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["holding"] = choices[0][0]

    def clean_holding(self) -> RoleHolding:
        return self.holdings[self.cleaned_data["holding"]]


def _role_and_place(holding: RoleHolding) -> str:
    return f"{holding.label}, {holding.council.short_name if holding.council else 'all councils'}"
