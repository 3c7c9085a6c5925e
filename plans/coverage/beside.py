"""What the notice's page shows beside each provision: the objectives and actions that answer it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from councils.guards import CouncilRequest
from councils.rights import Thing, Verb
from notices.beside import Answering, Beside
from plans.coverage.asked import Origin, SourceKey
from plans.coverage.export import state_of
from plans.coverage.seen import coverage_seen_by
from plans.coverage.standing import Line, Link

MOST = 6


def beside(request: CouncilRequest, instrument: int) -> dict[str, Beside]:
    """By the provision's key; nothing without a plan that whoever asks may see."""
    if not request.access.may(Verb.READ, Thing.FROZEN_PLAN, request.council):
        return {}
    found = coverage_seen_by(request, today=timezone.localdate())
    source = SourceKey(Origin.NOTICE, instrument)
    return {
        line.provision.key: _beside(request, source, line)
        for line in found.lines.get(source, ())
        if not line.introduces or line.links
    }


def _beside(request: CouncilRequest, source: SourceKey, line: Line) -> Beside:
    here = reverse("plans:coverage_one", kwargs={"council": request.council.slug})
    place = urlencode({"of": str(source), "key": line.provision.key})
    parts = tuple(_part(request, link) for link in line.links if link.left is None)[:MOST]
    return Beside(state_of(line), line.gap is not None, parts, line.evidence, f"{here}?{place}")


def _part(request: CouncilRequest, link: Link) -> Answering:
    row = link.objective or link.action
    assert row is not None  # noqa: S101 - it has not left the plan
    name = "plans:objective" if link.objective else "plans:action"
    address = reverse(name, kwargs={"council": request.council.slug, "pk": row.id})
    return Answering(link.ref, address, row.rating, link.action is not None and link.action.overdue)
