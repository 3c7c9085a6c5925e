"""All that happened to an action, in one line of time, as far as the plan that is seen knows of it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from history.models import Change
from plans.models import Action, Assurance, Challenge, Evidence, Milestone, MovedEnd, Plan, ProgressUpdate
from plans.queries.names import ACTION, MILESTONE
from plans.recurring import in_words

# fields whose changes stand in the story by themselves, or are caches of what does
TOLD_OTHERWISE = ("", "rating", "impact", "progress", "reported_on", "assured", "ends_on", "order")


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


@dataclass(frozen=True)
class Bounds:
    """Up to which day and which moment (both inclusive; None: no bound) a reader's plan knows."""

    on: dt.date
    until: dt.datetime | None

    def known(self, rows: QuerySet[Any], *, day: str = "on", moment: str = "recorded_at") -> QuerySet[Any]:
        """Of these rows those that are known."""
        rows = rows.filter(Q(**{f"{day}__lte": self.on}) | Q(**{f"{day}__isnull": True}))
        return rows.filter(**{f"{moment}__lte": self.until}) if self.until else rows


def story_of(action: Action, bounds: Bounds, *, challenges: bool) -> list[Entry]:
    """Everything that happened to an action, the latest day first; `challenges`: whether they may be seen."""
    entries = [
        *_updates(action, bounds),
        *_moves(action, bounds),
        *_assurances(action, bounds),
        *_evidence(action, bounds),
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
    known = bounds.known(ProgressUpdate.objects.filter(action=action)).select_related("by", "undone_by")
    for update in known:
        said_by = (
            f"{update.said_by}, recorded by {update.by}" if update.said_by and update.by else update.said_by
        )
        yield Entry(
            "update",
            update.on,
            update.recorded_at,
            "Put back as it was" if update.undoes_id else f"Reported{_put_back(update, bounds)}",
            f"{said_by or update.by or 'Noticeboard'}, {update.get_source_display()}",
            _said(("", update.narrative), ("In the way", update.reason), ("Next step", update.next_step)),
            update.rating_id,
            rated=True,
            redacted=_redacted(update),
        )


def _moves(action: Action, bounds: Bounds) -> Iterator[Entry]:
    for moved in bounds.known(MovedEnd.objects.filter(action=action)).select_related("by", "undone_by"):
        words = _said(("Why", moved.reason), ("Approved by", moved.approved_by))
        title = f"End moved {'back ' if moved.undoes_id else ''}from {_day(moved.old)} to {_day(moved.new)}"
        title += _put_back(moved, bounds)
        by = f"{moved.by or 'Noticeboard'}, {moved.get_source_display()}"
        day = moved.on or moved.recorded_at.date()
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


def _evidence(action: Action, bounds: Bounds) -> Iterator[Entry]:
    for kept in bounds.known(Evidence.objects.filter(action=action)).select_related("by"):
        yield Entry(
            "evidence", kept.on, kept.recorded_at, f"Evidence: {kept.title}", str(kept.by or "Noticeboard")
        )


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
    about = Q(subject=ACTION, subject_id=action.pk) | Q(subject=MILESTONE, subject_id__in=list(steps))
    known = bounds.known(Change.objects.filter(about))
    for change in known.order_by("recorded_at", "id"):
        if change.subject == ACTION and change.field in TOLD_OTHERWISE:
            continue
        title = (
            _of_milestone(change, steps[change.subject_id])
            if change.subject == MILESTONE
            else _of_action(change)
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


def _of_action(change: Change) -> str:
    name, old, new = change.field, change.old, change.new
    titles: dict[str, Callable[[], str]] = {
        "retired_on": lambda: "Taken out of the plan" if new else "Part of the plan again",
        "merged_into": lambda: "Merged into another action" if new else "No longer merged",
        "merged": lambda: f"Took in {', '.join(new or [])}",
        "leads": lambda: f"Led by {_names(new)} instead of {_names(old)}",
        "objective": lambda: "Moved to another objective",
        "recurs": lambda: f"Falls due {in_words(new) or 'once'} instead of {in_words(old) or 'once'}",
        "starts_on": lambda: f"Start moved from {_date(old)} to {_date(new)}",
    }
    return titles[name]() if name in titles else f"Reworded: {name.replace('_', ' ')}"


def _of_milestone(change: Change, text: str) -> str:
    if not change.field:
        due = (change.new or {}).get("due_on")
        return f"Milestone: {text}" + (f", due {_date(due)}" if due else "")
    if change.field == "reached_on":
        return f"Milestone reached: {text}" if change.new else f"Milestone not reached after all: {text}"
    if change.field == "dropped_on":
        return f"No longer a milestone: {text}"
    return f"Milestone moved from {_date(change.old)} to {_date(change.new)}: {text}"


@dataclass(frozen=True)
class Act:
    """One change of the plan itself, about one action: when, what, why, by whom."""

    on: dt.date
    action: int
    ref: str
    title: str
    why: str
    by: str


def changes_of_plan(plan: Plan, bounds: Bounds, *, after: dt.date) -> list[Act]:
    """The changes to a plan's own actions after a day (exclusive), as far as is known, the latest first.

    Ratings and texts that were reported are no changes of the plan. Neither is its first reading in.
    """
    refs = dict(Action.objects.filter(plan=plan).values_list("pk", "ref"))
    rows = bounds.known(Change.objects.filter(subject=ACTION, council_id=plan.council_id, on__gt=after))
    told = tuple(name for name in TOLD_OTHERWISE if name not in ("", "ends_on"))
    return [
        Act(
            change.on,
            change.subject_id,
            refs[change.subject_id],
            _of_plan(change),
            change.reason,
            change.by_name,
        )
        for change in rows.exclude(field__in=told).order_by("-on", "-recorded_at", "-id")
        if change.subject_id in refs
    ]


def _of_plan(change: Change) -> str:
    if not change.field:
        return "Split off another action" if (change.new or {}).get("split_from") else "New action"
    if change.field == "ends_on":
        return f"End moved from {_date(change.old)} to {_date(change.new)}"
    return _of_action(change)


def _names(leads: Any) -> str:
    return ", ".join(lead["name"] for lead in leads or []) or "nobody"


def _date(value: str | None) -> str:
    return _day(dt.date.fromisoformat(value)) if value else "no date"


def _day(value: dt.date | None) -> str:
    return f"{value.day} {value:%B %Y}" if value else "no date"


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
