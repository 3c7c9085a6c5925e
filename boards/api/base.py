"""What endpoints that act through the services of a room like this one share."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404
from django.utils import timezone
from rest_framework import exceptions

from boards.services.records import Act, Conflict, Refused
from councils.api.base import CouncilEndpoint, Stale

T = TypeVar("T")


class ActingEndpoint(CouncilEndpoint):
    """An endpoint whose writes are acts: who does what in which council, when."""

    def act(self) -> Act:
        """Who does something here, now."""
        return Act(self.council, self.user, timezone.now())

    def there(self, row: T | None) -> T:
        """The row; a 404 where there is none."""
        if row is None:
            raise Http404
        return row

    def done(self, do: Callable[[], T], yours: dict[str, Any] | None = None) -> T:
        """Do it; what the rules refuse, and what others changed meanwhile (`yours` was sent), is told by field."""
        try:
            return do()
        except Refused as refused:
            raise exceptions.ValidationError(refused.errors) from None
        except Conflict as conflict:
            yours = {name: (yours or {}).get(name) for name in conflict.theirs}
            raise Stale.of(
                theirs=conflict.theirs, yours=yours, version=conflict.version, by_name=conflict.by_name
            ) from None
