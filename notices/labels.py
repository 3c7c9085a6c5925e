"""How dated facts read in the change log."""

from collections.abc import Collection

from django.urls import reverse

from history.labels import Kind, Label, register
from notices.models import Event
from notices.services import EVENT


def _events(numbers: Collection[int]) -> dict[int, Label]:
    found = Event.objects.filter(pk__in=numbers).select_related("council")
    return {
        event.pk: Label(
            event.get_kind_display(), reverse("notices:key_dates", kwargs={"council": event.council.slug})
        )
        for event in found
    }


register(EVENT, Kind("key date", _events, {"on": "day"}))
