"""What coverage pages share."""

from django.http import Http404
from django.utils import timezone

from councils.guards import CouncilRequest
from plans.coverage.asked import Source, target_of
from plans.coverage.seen import Coverage, coverage_seen_by
from plans.coverage.services import Choice
from plans.coverage.standing import Line, Verdict
from plans.views.checking import day_asked


def coverage_seen(request: CouncilRequest) -> tuple[Coverage, Source | None]:
    """Coverage on the day, and of the source, that the address asks for; a 404 for a source that is not there."""
    found = coverage_seen_by(request, today=timezone.localdate(), as_at=day_asked(request))
    source = found.source(request.GET.get("of", ""))
    if source is None and request.GET.get("of"):
        raise Http404
    return found, source


def provision_seen(request: CouncilRequest) -> tuple[Coverage, Source, Line]:
    """The provision that the address names by `of` and `key`; a 404 if it is not part of what is seen."""
    found, source = coverage_seen(request)
    if source is None or found.seen.table is None:
        raise Http404
    key = request.GET.get("key", "")
    line = next((line for line in found.lines[source.key] if line.provision.key == key), None)
    if line is None:
        raise Http404
    return found, source, line


def choices_of(
    texts: list[str], source: Source, *, linked: Verdict, bare: Verdict, reason: str = ""
) -> list[Choice]:
    """Ticked boxes as decisions: "action-17 5c" is a part of the plan and a provision, "none 5c" a provision alone."""
    found = []
    for text in texts:
        part, _, key = text.partition(" ")
        target = target_of(part)
        if target is not None:
            found.append(Choice(linked, source.key, key, target))
        elif part == "none":
            found.append(Choice(bare, source.key, key, reason=reason))
    return found


def number_sent(text: str) -> int:
    """The number of the last decision that a form was made from; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0  # noqa: PLR2004
