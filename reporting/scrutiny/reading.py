"""Reads: what is published to scrutiny as it may be shown now, and what the committee recommended."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from boards.models import Decision, Meeting
from councils.models import Council
from plans.models import Position
from plans.queries import table_at
from plans.table import Movement, PlanTable, movement
from reporting.models import Publication, Recommendation, Report
from reporting.reports.composing import Composed, compose


@dataclass(frozen=True)
class Shown:
    """A publication with what it shows: the plan's table and its movement, or decisions, or a submitted report."""

    row: Publication
    table: PlanTable | None = None
    before: Publication | None = None
    moved: Movement | None = None
    decisions: tuple[Decision, ...] = ()
    report: Composed | None = None


def publications_of(council: Council, *, taken_back: bool = False) -> QuerySet[Publication]:
    """What is published to a council's scrutiny committee (`taken_back`: what no longer is), latest first.

    A report that was withdrawn or corrected after it was published is not shown any more.
    """
    rows = Publication.objects.filter(council=council, taken_back_at__isnull=not taken_back)
    if not taken_back:
        rows = rows.exclude(report__isnull=False, report__state__in=["withdrawn", "dropped"])
        rows = rows.exclude(report__corrected_by__state=Report.State.SUBMITTED)
    rows = rows.select_related(
        "position__plan", "meeting__board", "report__submitted__pdf", "published_by", "taken_back_by"
    )
    return rows.order_by("-published_at", "-pk")


def publication_of(council: Council, pk: int) -> Publication | None:
    """One live publication of the council, or None."""
    return publications_of(council).filter(pk=pk).first()


def shown(row: Publication) -> Shown:
    """What a publication shows at this moment: redactions and restrictions made since it was published count."""
    if row.position is not None:
        at = row.position
        before = (
            publications_of(row.council)
            .filter(kind=Publication.Kind.POSITION, position__plan=at.plan_id, position__on__lt=at.on)
            .order_by("-position__on")
            .first()
        )
        table = table_at(at.plan, on=at.on, recorded_until=at.recorded_until)
        moved = None
        if before is not None and before.position is not None:
            then = before.position
            moved = movement(table_at(at.plan, on=then.on, recorded_until=then.recorded_until), table)
        return Shown(row, table=table, before=before, moved=moved)
    if row.meeting is not None:
        decisions = row.meeting.decisions.filter(
            pk__in=row.decisions, restricted=False, withdrawn_at__isnull=True
        ).exclude(item__restricted=True)
        return Shown(row, decisions=tuple(decisions.select_related("meeting", "item").order_by("number")))
    return Shown(row, report=_report(row.report) if row.report else None)


def _report(report: Report) -> Composed:
    """A submitted report without its links, which lead to pages that scrutiny does not see."""
    body = dict(report.submitted.body)
    references = [one | {"url": ""} for one in body["facts"]["references"]]
    body["facts"] = body["facts"] | {"references": references}
    return compose(body, edition="", dated=report.submitted.on)


def recommendations_of(council: Council) -> QuerySet[Recommendation]:
    """What the committee recommended, latest first, each with the matter that it became."""
    rows = Recommendation.objects.filter(council=council).select_related("matter__board", "about")
    return rows.order_by("-number")


def recommendation_of(council: Council, pk: int) -> Recommendation | None:
    """One recommendation of the council's committee, or None."""
    return recommendations_of(council).filter(pk=pk).first()


def to_publish(council: Council) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the office may publish and has not, in groups: values such as "position:3" with words."""
    published = Publication.objects.filter(council=council, taken_back_at__isnull=True)

    def fresh(name: str, rows: QuerySet) -> list[tuple[str, str]]:  # type: ignore[type-arg]
        left = rows.exclude(pk__in=published.filter(kind=name).values(_HELD[name]))[:24]
        return [(f"{name}:{row.pk}", _called(name, row)) for row in left]

    positions = Position.objects.filter(plan__council=council).select_related("plan").order_by("-on", "-pk")
    open_decisions = Decision.objects.filter(restricted=False, withdrawn_at__isnull=True)
    meetings = Meeting.objects.filter(
        board__council=council, state="held", pk__in=open_decisions.values("meeting")
    ).select_related("board")
    reports = Report.objects.filter(council=council, state=Report.State.SUBMITTED)
    reports = reports.exclude(corrected_by__state=Report.State.SUBMITTED).select_related("submitted")
    groups = [
        ("Positions of the plan", fresh("position", positions)),
        ("Decisions of boards", fresh("decisions", meetings.order_by("-on"))),
        ("Submitted reports", fresh("report", reports.order_by("-pk"))),
    ]
    return [(name, choices) for name, choices in groups if choices]


_HELD = {"position": "position", "decisions": "meeting", "report": "report"}


def _called(name: str, row: Any) -> str:
    words = str(Publication(kind=name, **{_HELD[name]: row}))
    # two positions may be of the same day
    return f"{words}: {row.label}" if name == Publication.Kind.POSITION and row.label else words
