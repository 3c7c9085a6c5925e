"""Writing a reading into the plan: one transaction, with the log of it, however many rows."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from councils.models import Council, User
from history.services import ChangeLog
from plans import reader
from plans.importing.actions import write_actions
from plans.importing.difference import Current, Difference, Values, compare
from plans.importing.findings import write_findings
from plans.importing.frame import Writing, stored_name, write_objectives, write_scale, write_themes
from plans.importing.usual import with_a_scale
from plans.importing.which import NotWritten, kind_for
from plans.models import Action, Objective, Plan, PlanVersion, ProgressUpdate, Reading, ScaleCode
from plans.queries import leads_of
from plans.services.positions import after_frozen


def stored_values(plan: Plan) -> dict[str, Values]:
    """Every action of a plan as a document's difference is worked out against, by reference."""
    leads = leads_of(plan)
    objectives = {o.pk: stored_name(o) for o in Objective.objects.filter(plan=plan)}
    return {
        action.ref: {
            "objective": objectives[action.objective_id],
            "activity": action.activity,
            "outcome": action.outcome,
            "milestones": action.milestones,
            "evidence_words": action.evidence_words,
            "timeline": action.timeline,
            "starts_on": action.starts_on,
            "ends_on": action.ends_on,
            "leads": tuple(lead.name for lead in leads.get(action.pk, ())),
            "marks": tuple(action.marks),
            "rating": action.rating.code if action.rating else None,
            "impact": action.impact.code if action.impact else None,
            "progress": action.progress,
            "order": action.order,
            "retired_on": action.retired_on,
        }
        for action in Action.objects.filter(plan=plan)
        .select_related("rating", "impact")
        .order_by("order", "pk")
    }


def stored_plan(plan: Plan | None) -> Current:
    """A plan as a document's difference is worked out against; nothing of a plan that is not begun yet."""
    if plan is None:
        return Current()
    objectives = Objective.objects.filter(plan=plan).select_related("rating", "theme").order_by("order", "pk")
    return Current(
        actions=stored_values(plan),
        objectives={
            stored_name(row): {
                "label": str(row),
                "title": row.title,
                "text": row.text,
                "rating": row.rating.code if row.rating else None,
                "theme": row.theme.title,
            }
            for row in objectives
        },
        aliases=_aliases(plan),
    )


def _aliases(plan: Plan) -> dict[str, str]:
    """The plan's reference by one that an earlier document had for the same action."""
    last = (
        Reading.objects.filter(plan=plan, state=Reading.State.WRITTEN).order_by("-written_at", "-pk").first()
    )
    return dict(last.choices.get("aliases", {})) if last else {}


def rating_codes(plan: Plan | None) -> frozenset[str]:
    """The codes by which a plan rates; none where there is no plan yet."""
    return frozenset(ScaleCode.objects.filter(plan=plan, is_mark=False).values_list("code", flat=True))


def difference(
    reading: reader.Reading, plan: Plan | None, answers: Mapping[str, str] | None = None
) -> Difference:
    """What writing a reading would change; with no plan yet, everything is new."""
    return compare(reading, stored_plan(plan), answers)


class OlderDocument(NotWritten):
    """The plan was read from a document of a later day, which an older one must not turn back."""

    def __init__(self, latest: dt.date) -> None:
        day = f"{latest.day} {latest:%B %Y}"
        super().__init__(f"The plan was last read from a document of {day}: send one of that day or later")


def latest_document_on(plan: Plan) -> dt.date | None:
    """The latest day that a document written into the plan speaks of."""
    documents = Reading.objects.filter(plan=plan, state=Reading.State.WRITTEN)
    reports = ProgressUpdate.objects.filter(action__plan=plan, source=ProgressUpdate.Source.DOCUMENT)
    days = (
        documents.aggregate(latest=Max("as_at"))["latest"],
        reports.aggregate(latest=Max("on"))["latest"],
    )
    return max((day for day in days if day), default=None)


@transaction.atomic
def write_reading(
    reading: reader.Reading,
    *,
    council: Council,
    as_at: dt.date,
    by: User | None,
    now: dt.datetime,
    kind: str = Plan.Kind.IMPROVEMENT,
    stored: Reading | None = None,
    answers: Mapping[str, str] | None = None,
) -> tuple[Plan, Difference]:
    """Write a reading into the council's open plan of a kind, or begin one; all of it or nothing.

    `as_at` is the day the document speaks of: ratings and progress become updates of that day. What the plan has and
    the document has not stays, with an open finding that asks about it; so does a row of which it is not certain which
    action it is, unless `answers` say. Raises OlderDocument, and AnotherPlan where one of another kind is open.
    """
    # held, so that two first documents begin one plan
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    kind_for(council, kind)
    held = Plan.objects.select_for_update(no_key=True)
    plan = held.filter(council=council, kind=kind, closed_on__isnull=True).first()
    begun = plan is None
    if plan is None:
        title = (reading.title or f"{council.short_name} improvement plan")[:300]
        plan = Plan.objects.create(council=council, title=title, kind=kind, begun_on=as_at)
    latest = latest_document_on(plan)
    if latest is not None and as_at < latest:
        raise OlderDocument(latest)
    reading = with_a_scale(reading, rating_codes(plan))
    batch = uuid.uuid4()
    now = after_frozen(plan.pk, now)
    log = ChangeLog(council_id=council.pk, by=by, on=as_at, now=now, batch=batch)
    # held until the end, so that nobody's update is overwritten by what was read before it
    list(Action.objects.select_for_update().filter(plan=plan).values_list("pk"))
    before = stored_plan(None if begun else plan)
    found = compare(reading, before, answers)
    writing = Writing(plan, reading, as_at, by, now, log, batch, found, stored)
    if begun:
        log.made("plans.plan", plan.pk, {"title": plan.title, "kind": plan.kind, "begun_on": as_at})
        PlanVersion.objects.create(plan=plan, number=1, on=as_at, recorded_until=now, note="As first read in")
    write_scale(writing)
    write_themes(writing)
    write_objectives(writing)
    write_findings(writing, write_actions(writing))
    if stored is not None:
        stored.choices = stored.choices | {"aliases": {**before.aliases, **found.matched.aliases(reading)}}
        stored.save(update_fields=["choices"])
    log.write()
    return plan, found
