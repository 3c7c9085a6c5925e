"""Reads of coverage: what asks, what was decided, what has left the plan. A bounded number of queries."""

import datetime as dt

from django.db.models import Q

from councils.models import Council
from deadlines.sentences import day_in_words
from notices.deadlines.holders import is_departments
from notices.models import Inspection, NoticeVersion, Obligation, Requirement
from notices.queries.standing import day_of, ended_by, recommending, versions_on
from plans.coverage.asked import Duty, Origin, Part, Provision, Source, SourceKey, Target
from plans.coverage.standing import Book, Decision, Left, Verdict
from plans.models import Action, CoverageDecision, Plan

COVERAGE = "plans.coverage"


def sources_of(council: Council, *, on: dt.date) -> list[Source]:
    """What asks something of a council on a day: notices in force first, then inspections, then notices that ended."""
    versions = [_of_notice(version, on) for version in versions_on(council, on)]
    inspections = [_of_inspection(one) for one in recommending(council, on)]
    return [
        *(one for one in versions if not one.ended),
        *inspections,
        *(one for one in versions if one.ended),
    ]


def _of_notice(version: NoticeVersion, on: dt.date) -> Source:
    instrument = version.instrument
    title = f"{instrument.get_kind_display()} of {day_in_words(instrument.on)}"
    if version.number > 1:
        title += f", as amended on {day_in_words(version.in_force_from)}"
    ended = ended_by(instrument, on)
    if ended:
        title += f" ({instrument.end_words or instrument.get_end_display()})"
    depths: dict[int, int] = {}
    provisions = []
    for row in version.requirements.all():
        depths[row.pk] = depths.get(row.parent_id or 0, -1) + 1
        provisions.append(_provision(row, depths[row.pk], on))
    key = SourceKey(Origin.NOTICE, instrument.pk)
    return Source(key, title, version.in_force_from, ended, tuple(provisions))


def _provision(row: Requirement, depth: int, on: dt.date) -> Provision:
    every = [*row.obligations.all(), *row.also_obligations.all()]
    owed = [
        one for one in every if not one.withdrawn and (one.superseded_on is None or one.superseded_on > on)
    ]
    return Provision(
        key=row.key,
        ref=row.ref,
        heading=row.heading,
        words=row.text,
        parent=row.parent.key if row.parent else "",
        depth=depth,
        duties=tuple(map(_duty, sorted(owed, key=lambda one: one.order))),
    )


def _duty(one: Obligation) -> Duty:
    return Duty(
        one.duty_holder,
        one.force,
        one.deliverable,
        one.recipient,
        one.sentence,
        is_departments(one.duty_holder),
    )


def _of_inspection(one: Inspection) -> Source:
    day = day_of(one)
    rows = list(one.recommendations.all())
    refs = [row.ref for row in rows]
    provisions = tuple(
        Provision(
            # a reference that stands twice names nothing
            key=row.ref if row.ref and refs.count(row.ref) == 1 else f"place {row.order + 1}",
            ref=row.ref or str(row.order + 1),
            heading="",
            words=row.text,
        )
        for row in rows
    )
    title = f"Recommendations of the {one.body} {one.get_kind_display().lower()}"
    title += f" of {day_in_words(day)}" if day else ""
    return Source(SourceKey(Origin.INSPECTION, one.pk), title, day, ended=False, provisions=provisions)


def book_of(plan: Plan, *, on: dt.date | None = None, recorded_until: dt.datetime | None = None) -> Book:
    """What was decided of a plan's coverage by a day and a moment (both inclusive; None: all that is known now)."""
    rows = CoverageDecision.objects.filter(plan=plan)
    if on is not None:
        rows = rows.filter(on__lte=on)
    if recorded_until is not None:
        rows = rows.filter(recorded_at__lte=recorded_until)
    return Book([decision_of(row) for row in rows.select_related("by").order_by("id")])


def decision_of(row: CoverageDecision) -> Decision:
    """A stored decision as the rules take it."""
    target = None
    if row.action_id:
        target = Target(Part.ACTION, row.action_id)
    elif row.objective_id:
        target = Target(Part.OBJECTIVE, row.objective_id)
    source = (
        SourceKey(Origin.NOTICE, row.instrument_id)
        if row.instrument_id
        else SourceKey(Origin.INSPECTION, row.inspection_id or 0)
    )
    return Decision(
        row.pk,
        source,
        row.key,
        Verdict(row.kind),
        target,
        row.words,
        row.reason,
        row.on,
        row.recorded_at,
        row.by.get_full_name() if row.by else "Noticeboard",
        row.by_id,
    )


def left_of(plan: Plan, *, on: dt.date) -> tuple[dict[int, Left], dict[int, int]]:
    """The actions that had left a plan by a day, with what they became; and from which action others were split."""
    rows = Action.objects.filter(Q(retired_on__isnull=False) | Q(split_from__isnull=False), plan=plan)
    refs: dict[int, tuple[str, dt.date]] = {}
    became: dict[int, list[int]] = {}
    split: dict[int, int] = {}
    for number, ref, retired_on, merged_into, split_from in rows.order_by("order", "id").values_list(
        "pk", "ref", "retired_on", "merged_into_id", "split_from_id"
    ):
        if retired_on is not None and retired_on <= on:
            refs[number] = (ref, retired_on)
            if merged_into:
                became.setdefault(number, []).append(merged_into)
        if split_from:
            split[number] = split_from
            became.setdefault(split_from, []).append(number)
    left = {number: Left(ref, day, tuple(became.get(number, ()))) for number, (ref, day) in refs.items()}
    return left, split
