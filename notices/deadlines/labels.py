"""How what people record of deadlines reads in the change log. `notices.apps` loads this."""

from collections.abc import Collection

from django.urls import reverse

from councils.roles import Role
from deadlines.sentences import day_in_words
from history.labels import Kind, Label, register
from notices.deadlines.services import FEED, MARK, REMINDERS
from notices.models import CalendarFeed, DeadlineMark, ReminderSetting


def _marks(numbers: Collection[int]) -> dict[int, Label]:
    found = DeadlineMark.objects.filter(pk__in=numbers).select_related("council")
    return {
        row.pk: Label(
            f"{row.obligation_key}, due {day_in_words(row.due)}",
            reverse("notices:deadlines", kwargs={"council": row.council.slug}),
        )
        for row in found
    }


def _feeds(numbers: Collection[int]) -> dict[int, Label]:
    found = CalendarFeed.objects.filter(pk__in=numbers).select_related("user")
    return {row.pk: Label(f"calendar of {row.user}") for row in found}


def _reminders(numbers: Collection[int]) -> dict[int, Label]:
    found = ReminderSetting.objects.filter(pk__in=numbers).select_related("council")
    return {
        row.pk: Label(
            Role(row.role).label, reverse("notices:reminders", kwargs={"council": row.council.slug})
        )
        for row in found
    }


register(
    MARK,
    Kind(
        "deadline",
        _marks,
        {"on": "day", "kind": "recorded", "label": "what shows it"},
        words={"kind": lambda value: str(DeadlineMark.Kind(value).label)},
    ),
)
register(FEED, Kind("private calendar", _feeds, {"ending": "ends with", "revoked_at": "revoked"}))
register(
    REMINDERS,
    Kind(
        "reminders",
        _reminders,
        {"days_before": "days before", "escalate_after": "days after a breach"},
        words={"role": lambda value: Role(value).label},
    ),
)
