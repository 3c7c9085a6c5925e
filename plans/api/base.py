"""What endpoints that work a plan share: who acts, what services refuse, what is known."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.response import Response

from councils.api.base import Stale
from councils.rights import Thing, Verb
from plans.api.endpoints import ActionEndpoint, PlanEndpoint
from plans.api.shapes import ActionSerializer, actions_in
from plans.queries import Bounds, open_plan
from plans.seen import Seen, may_update
from plans.services import Conflict, Refused
from plans.table import ActionRow, PlanTable

OFFICE = (Verb.WRITE, Thing.LIVE_PLAN)


class Working(PlanEndpoint):
    """An endpoint that changes the plan or looks at its history."""

    @property
    def who(self) -> dict[str, Any]:
        return {
            "council": self.council,
            "by": self.user,
            "now": timezone.now(),
        }

    def plan(self) -> Any:
        """The council's open plan, for who may change it; a 404 where there is none."""
        found = open_plan(self.council)
        if found is None:
            raise exceptions.NotFound("This council has no plan here yet.")
        return found

    def done(self, service: Callable[..., Any], **fields: Any) -> Any:
        """What a service that goes by the day returns; what it refuses as the API says it."""
        return self.kept(service, **fields, today=timezone.localdate())

    def kept(self, service: Callable[..., Any], **fields: Any) -> Any:
        """The same, of a service that knows no day."""
        try:
            return service(**fields, **self.who)
        except ObjectDoesNotExist:
            raise Http404 from None
        except Refused as refused:
            raise exceptions.ValidationError(refused.errors) from None
        except Conflict as conflict:
            yours = {name: fields.get(name) for name in conflict.theirs}
            raise Stale.of(
                theirs=conflict.theirs, yours=yours, version=conflict.version, by_name=conflict.by_name
            ) from None

    def live(self) -> tuple[Seen, PlanTable]:
        seen, table = self.seen()
        if not seen.live:
            raise exceptions.PermissionDenied("Only who sees the live plan changes it.")
        return seen, table

    def bounds(self, seen: Seen, table: PlanTable) -> Bounds:
        return Bounds(table.on, seen.until)


class OfAction(Working, ActionEndpoint):
    """The same, about one action."""

    def own(self, number: int) -> ActionRow:
        """An action that whoever asks may report on."""
        seen, _, row = self.one_action(number)
        if not (seen.live and may_update(self, row)):
            raise exceptions.PermissionDenied("You may do this only to actions that you lead.")
        return row

    def shown(self, number: int, status: int = 200) -> Response:
        _, table, row = self.one_action(number)
        return self.one(
            ActionSerializer(actions_in(table, [row])[0]).data, version=row.version, status=status
        )
