"""My actions: what somebody with an account leads and is asked about."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.queries import open_plan, people_of
from plans.services import Source
from plans.views import answering, sheets
from plans.views.answering import Channel


def _way(request: CouncilRequest) -> Channel | None:
    """The signed-in user's own actions; None where the council has no plan."""
    plan = open_plan(request.council)
    if plan is None:
        return None
    people = people_of(request.user, request.council)
    return Channel(
        council=request.council,
        plan=plan,
        leads=lambda row: row.led_by(people),
        title="My actions",
        by=request.user,
        said_by="",
        source=Source.PAGE,
        home=reverse("plans:my_actions", kwargs={"council": request.council.slug}),
        today=timezone.localdate(),
    )


@require_safe
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def my_actions(request: CouncilRequest) -> HttpResponse:
    way = _way(request)
    return answering.listing(request, way) if way else answering.no_plan(request)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def my_action(request: CouncilRequest, pk: int) -> HttpResponse:
    way = _way(request)
    return answering.one(request, way, pk) if way else answering.no_plan(request)


@require_safe
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def my_actions_done(request: CouncilRequest) -> HttpResponse:
    way = _way(request)
    return answering.closing(request, way) if way else answering.no_plan(request)


@require_safe
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def my_sheet(request: CouncilRequest) -> HttpResponse:
    way = _way(request)
    return sheets.download(request, way) if way else answering.no_plan(request)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.WRITE, Thing.OWN_ACTIONS)
def my_sheet_back(request: CouncilRequest) -> HttpResponse:
    way = _way(request)
    return sheets.upload(request, way) if way else answering.no_plan(request)
