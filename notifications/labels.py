"""How choices of mail read in the change log."""

from collections.abc import Collection

from history.labels import Kind, Label, register
from notifications.models import MailChoices
from notifications.services.digests import CHOICES


def _choices(numbers: Collection[int]) -> dict[int, Label]:
    found = MailChoices.objects.filter(pk__in=numbers).select_related("user")
    return {row.pk: Label(f"mail to {row.user}") for row in found}


register(CHOICES, Kind("choice of mail", _choices))
