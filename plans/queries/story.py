"""All that happened to an action, in one line of time, as far as the plan that is seen knows of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from history.models import Change
from plans.evidenced import called
from plans.models import Action, Assurance, Challenge, Evidence, Milestone, MovedEnd, ProgressUpdate
from plans.queries.acts import TOLD_OTHERWISE, Bounds, Said, day_or_none, of_milestone, said_once
from plans.queries.names import ACTION, MILESTONE


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `kind` is the page's to draw; `rating` a code's number in the plan's scale."""

    kind: str
    on: dt.date
    at: dt.datetime
    title: str
    by: str
    words: tuple[tuple[str, str], ...] = ()
    rating: int | None = None
    rated: bool = False
    path: str = ""
    redacted: str = ""  # by whom and why words were blacked out in it


def story_of(action: Action, bounds: Bounds, *, challenges: bool, evidence: bool) -> list[Entry]:
    """Everything that happened to an action, the latest day first.

    `challenges` and `evidence` say whether the reader may see the ones and open the other.
    """
    entries = [
        *_updates(action, bounds),
        *_moves(action, bounds),
        *_assurances(action, bounds),
        *_evidence(action, bounds, may_open=evidence),
        *_changes(action, bounds),
        *(_challenges(action, bounds) if challenges else ()),
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.at), reverse=True)


def _redacted(row: Any) -> str:
    return f"Redacted by {row.redacted_by}: {row.redacted_because}" if row.redacted_at else ""


def _said(*words: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in words if text)


def _put_back(row: ProgressUpdate | MovedEnd, bounds: Bounds) -> str:
    later = getattr(row, "undone_by", None)
    known = later is not None and (bounds.until is None or later.recorded_at <= bounds.until)
    return ", put back later" if known else ""


def _updates(action: Action, bounds: Bounds) -> Iterator[Entry]:
    """What was reported. Words that the report before it had already, which stands below it, are not said again."""
    known = bounds.known(ProgressUpdate.objects.filter(action=action))
    before: dict[str, str] = {}
    last: ProgressUpdate | None = None
    for update in known.select_related("by", "undone_by", "impact").order_by("on", "recorded_at", "id"):
        said_by = (
            f"{update.said_by}, recorded by {update.by}" if update.said_by and update.by else update.said_by
        )
        says = {
            "": update.narrative,
            "In the way": update.reason,
            "Next step": update.next_step,
            "Impact": update.impact.label if update.impact else "",
        }
        same = last is not None and last.rating_id == update.rating_id
        if update.undoes_id:
            title = "Put back as it was before"
            said = {"": update.narrative}  # why and what next stand with the report that counts again
        else:
            title = "Reported, no change" if same and says == before else "Reported"
            title += _put_back(update, bounds)
            said = says
        yield Entry(
            "update",
            update.on,
            update.recorded_at,
            title,
            f"{said_by or update.by or 'Noticeboard'}, {update.get_source_display()}",
            _said(*((name, text) for name, text in said.items() if text != before.get(name))),
            update.rating_id,
            rated=True,
            redacted=_redacted(update),
        )
        before, last = says, update


def _moves(action: Action, bounds: Bounds) -> Iterator[Entry]:
    for moved in bounds.known(MovedEnd.objects.filter(action=action)).select_related("by", "undone_by"):
        words = _said(("Why", moved.reason), ("Approved by", moved.approved_by))
        back = "back " if moved.undoes_id else ""
        title = f"End moved {back}from {day_or_none(moved.old)} to {day_or_none(moved.new)}"
        title += _put_back(moved, bounds)
        by = f"{moved.by or 'Noticeboard'}, {moved.get_source_display()}"
        day = moved.on or timezone.localdate(moved.recorded_at)
        yield Entry("moved", day, moved.recorded_at, title, by, words, redacted=_redacted(moved))


def _assurances(action: Action, bounds: Bounds) -> Iterator[Entry]:
    for made in bounds.known(Assurance.objects.filter(action=action)).select_related("by"):
        words = _said(("What testing showed", made.finding), ("From", made.source))
        by = made.said_by or str(made.by or "Noticeboard")
        yield Entry(
            "assured",
            made.on,
            made.recorded_at,
            "Assured",
            by,
            words,
            made.rating_id,
            rated=True,
            redacted=_redacted(made),
        )


def _evidence(action: Action, bounds: Bounds, *, may_open: bool) -> Iterator[Entry]:
    for kept in bounds.known(Evidence.objects.filter(action=action)).select_related("by"):
        title = f"Evidence: {called(kept, may_open=may_open)}"
        yield Entry("evidence", kept.on, kept.recorded_at, title, str(kept.by or "Noticeboard"))


def _challenges(action: Action, bounds: Bounds) -> Iterator[Entry]:
    asked = Challenge.objects.filter(action=action).select_related("asked_by")
    for found in bounds.known(asked, day="asked_on", moment="asked_at"):
        answer = found.answer if _happened(found.answered_on, found.answered_at, bounds) else ""
        settled = _happened(found.closed_on, found.closed_at, bounds)
        state = "settled" if settled else "answered" if answer else "open"
        words = _said(("", found.question), (f"Answer of {found.answered_by}", answer))
        yield Entry(
            "challenge",
            found.asked_on,
            found.asked_at,
            f"Question, {state}",
            str(found.asked_by or "Noticeboard"),
            words,
            path=f"challenges/{found.pk}/",
        )


def _happened(on: dt.date | None, at: dt.datetime | None, bounds: Bounds) -> bool:
    return (
        on is not None
        and on <= bounds.on
        and (bounds.until is None or (at is not None and at <= bounds.until))
    )


def _changes(action: Action, bounds: Bounds) -> Iterator[Entry]:
    """Changes of the action's own wording and of its milestones, one entry for each act."""
    steps = {step.pk: step.text for step in Milestone.objects.filter(action=action)}
    said = Said(action.plan)
    about = Q(subject=ACTION, subject_id=action.pk) | Q(subject=MILESTONE, subject_id__in=list(steps))
    known = bounds.known(Change.objects.filter(about))
    for change in said_once(known.order_by("recorded_at", "id")):
        if change.subject == ACTION and change.field in TOLD_OTHERWISE:
            continue
        title = (
            of_milestone(change, steps[change.subject_id])
            if change.subject == MILESTONE
            else said.of_action(change)
        )
        words = _said(("Why", change.reason))
        yield Entry(
            "changed",
            change.on,
            change.recorded_at,
            title,
            change.by_name,
            words,
            redacted=_redacted(change),
        )


def evidence_of(action: Action, bounds: Bounds) -> list[Evidence]:
    """The evidence that stands for an action, latest first: known, and not known to be withdrawn."""
    withdrawn = Q(withdrawn_on__lte=bounds.on)
    if bounds.until:
        withdrawn &= Q(withdrawn_at__lte=bounds.until)
    rows = bounds.known(Evidence.objects.filter(action=action)).exclude(withdrawn)
    return list(rows.select_related("file", "by").order_by("-on", "-id"))


def assurances_of(action: Action, bounds: Bounds) -> QuerySet[Assurance]:
    """What testing accepted of an action, as far as is known, the latest first."""
    rows = bounds.known(Assurance.objects.filter(action=action))
    return rows.select_related("rating", "by").order_by("-on", "-id")


def strip_of(action: Action, bounds: Bounds) -> list[tuple[dt.date, int | None]]:
    """The rating that stood after each day on which something was reported, oldest first."""
    counted = ProgressUpdate.objects.counted(until=bounds.until).filter(action=action)
    rows = bounds.known(counted).order_by("on", "id")
    return list(dict(rows.values_list("on", "rating_id")).items())


def moved_ends_of(action: Action, bounds: Bounds) -> list[MovedEnd]:
    """Every earlier end of an action, the latest move first."""
    rows = bounds.known(MovedEnd.objects.counted(until=bounds.until).filter(action=action))
    return list(rows.select_related("by").order_by("-id"))
