"""Blacking out what should never have been written in a plan, such as a child's name (design, *Two dates*).

Whoever does it need not read the plan: they give the words, and learn in how many places of which kind those stood.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Count, QuerySet

from councils.models import Council, User
from history.models import Change
from history.services import blacked_out, redact, whole_words
from plans.models import (
    Action,
    ActionLead,
    Assurance,
    Challenge,
    Evidence,
    Finding,
    Milestone,
    MovedEnd,
    Objective,
    PlanVersion,
    Position,
    ProgressUpdate,
    ScaleCode,
    Theme,
)
from plans.queries import ACTION, ASSURANCE, CHALLENGE, EVIDENCE, MILESTONE, OBJECTIVE, THEME, VERSION
from plans.services.acting import needed, refuse
from plans.services.refusals import Refused

SHORTEST = 3
"""Letters that must be given: fewer would be found nearly everywhere, and asking for them would be reading."""

LOG = "entries of the history"
_TEXTS: Mapping[type[models.Model], tuple[str, str, tuple[str, ...]]] = {
    # a table that only grows carries the mark, who and why itself
    ProgressUpdate: ("progress updates", "action__plan__council", ("narrative", "reason", "next_step")),
    Assurance: ("assurances", "action__plan__council", ("finding",)),
    MovedEnd: ("moved ends", "action__plan__council", ("reason",)),
    Action: (
        "actions",
        "plan__council",
        ("activity", "outcome", "milestones", "timeline", "evidence_words", "progress"),
    ),
    ActionLead: ("leads", "action__plan__council", ("name",)),
    Milestone: ("milestones", "action__plan__council", ("text",)),
    Evidence: ("titles and notes of evidence", "action__plan__council", ("title", "withdrawn_because")),
    Challenge: ("questions and answers", "plan__council", ("question", "answer")),
    Objective: ("objectives", "plan__council", ("title", "text")),
    Theme: ("themes", "plan__council", ("title",)),
    Finding: ("findings of a reading", "plan__council", ("message", "suggestion")),
    Position: ("names of positions", "plan__council", ("label",)),
    PlanVersion: ("notes of versions", "plan__council", ("note", "endorsed_by")),
}


_TOLD = (ACTION, OBJECTIVE, THEME, MILESTONE, EVIDENCE, CHALLENGE, ASSURANCE, VERSION, "plans.position")


@dataclass(frozen=True)
class Redaction:
    """One act of blacking out, without what was blacked out."""

    at: dt.datetime
    by: str
    because: str
    places: int


def redact_plans(
    *,
    council: Council,
    phrase: str,
    because: str,
    by: User,
    now: dt.datetime,
    today: dt.date,
    only_look: bool = False,
) -> dict[str, int]:
    """Black out a phrase wherever it stands as whole words in a council's plans and in their history.

    Returns in how many rows of each kind it stood; with `only_look` nothing is changed. Files, documents that were
    read in, and packs and reports that were already made stay as they are. The mark, who and why stay; the reason is
    in the change log. Raises Refused for a phrase that is too short, without a reason, and for a reason that repeats
    the phrase.
    """
    errors = needed(("because", because, "Say why, without repeating the words"))
    if len(re.findall(r"[^\W\d_]", phrase)) < SHORTEST:
        errors["phrase"] = f"Give the words themselves, at least {SHORTEST} letters"
    refuse(errors)
    words = whole_words(phrase)
    codes = ScaleCode.objects.filter(plan__council=council).values_list("code", flat=True)
    if any(words.fullmatch(code) for code in codes):
        raise Refused({"phrase": "That is also a rating of the plan: give a name with its surname"})
    if words.search(because):
        raise Refused({"because": "Say why without repeating the words: the reason stays readable"})
    mark = {"redacted_at": now, "redacted_by": by.get_full_name()[:200], "redacted_because": because.strip()}
    found: Counter[str] = Counter()
    with transaction.atomic():
        for model, (kind, path, fields) in _TEXTS.items():
            for number, texts in _holding(model, path, fields, council, words):
                found[kind] += 1
                if not only_look:
                    marked = mark if "redacted_at" in {f.name for f in model._meta.fields} else {}  # noqa: SLF001
                    model._default_manager.filter(pk=number).update(**texts, **marked)  # noqa: SLF001
        log = _log_of(council)
        if only_look:
            held = sum(any(blacked_out(v, words) != v for v in (c.old, c.new, c.reason)) for c in log)
        else:
            held = redact(log, phrase=phrase, because=because.strip(), by=by, now=now)
        if held:
            found[LOG] = held
    return dict(found)


def _holding(
    model: type[models.Model], path: str, fields: tuple[str, ...], council: Council, words: re.Pattern[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows in which the words stand, each with its texts as they shall read."""
    rows = model._default_manager.filter(**{path: council}).values_list("pk", *fields)  # noqa: SLF001
    for number, *texts in list(rows):
        fresh = {name: blacked_out(text, words) for name, text in zip(fields, texts, strict=True)}
        if list(fresh.values()) != texts:
            yield number, {name: text[: _longest(model, name)] for name, text in fresh.items()}


def _longest(model: type[models.Model], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)  # noqa: SLF001


def _log_of(council: Council) -> QuerySet[Change]:
    """What the history has of all that holds people's words; a legend's colours and standings are none."""
    return Change.objects.filter(subject__in=_TOLD, council_id=council.pk)


def redactions_of(council: Council) -> list[Redaction]:
    """What was blacked out in a council's history: when, by whom and why, the latest first."""
    rows = Change.objects.filter(council_id=council.pk, subject="history.change", field="redacted")
    acts = rows.values("recorded_at", "by_name", "reason").annotate(places=Count("pk"))
    return [
        Redaction(act["recorded_at"], act["by_name"], act["reason"], act["places"])
        for act in acts.order_by("-recorded_at")
    ]
