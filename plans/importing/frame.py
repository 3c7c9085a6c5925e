"""The frame of a plan: its legend, themes and objectives, as a document brings them."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from councils.models import User
from history.services import ChangeLog
from plans import reader
from plans.importing.difference import Values, objective_name, ref_key, spoken_of
from plans.models import Objective, Plan, Reading, ScaleCode, Theme
from plans.queries import OBJECTIVE, SCALE, THEME
from plans.rag import Palette


@dataclass
class Writing:
    """One import under way: what is being written, by whom, and what was there before."""

    plan: Plan
    reading: reader.Reading
    as_at: dt.date
    by: User | None
    now: dt.datetime
    log: ChangeLog
    batch: uuid.UUID
    stored: Reading | None = None
    codes: dict[str, ScaleCode] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The fields of actions that the document says anything of."""
        return spoken_of(self.reading)

    @property
    def confirmed(self) -> set[str]:
        """The codes whose standing a person confirmed for this document."""
        standings = self.stored.choices.get("standings", {}) if self.stored else {}
        return {code for code, standing in standings.items() if standing}


def stored_name(objective: Objective) -> str:
    if objective.ref:
        return ref_key(objective.ref)
    return f"{objective.title} {objective.text}".strip().casefold()


def write_scale(writing: Writing) -> None:
    plan = writing.plan
    existing = {code.code: code for code in ScaleCode.objects.filter(plan=plan)}
    fresh: list[ScaleCode] = []
    for entry in writing.reading.scale:
        if entry.code not in existing:
            fresh.append(
                ScaleCode(
                    plan=plan,
                    order=len(existing) + len(fresh),
                    code=entry.code,
                    name=entry.name[:100],
                    meaning=entry.meaning,
                    colour=entry.palette or Palette.WHITE,
                    is_mark=entry.is_mark,
                    standing=entry.standing or "",
                    standing_confirmed=entry.code in writing.confirmed,
                )
            )
        elif entry.code in writing.confirmed:
            _confirm_standing(writing, existing[entry.code], entry)
    ScaleCode.objects.bulk_create(fresh)
    for code in fresh:
        writing.log.made(SCALE, code.pk, scale_values(code))
    writing.codes = existing | {code.code: code for code in fresh}


def _confirm_standing(writing: Writing, code: ScaleCode, entry: reader.ScaleEntry) -> None:
    """What a person said that a code of the plan means holds from now on."""
    new = {"standing": entry.standing or "", "is_mark": entry.is_mark}
    for name, value in new.items():
        writing.log.changed(SCALE, code.pk, name, getattr(code, name), value, version=1)
        setattr(code, name, value)
    code.standing_confirmed = True
    code.save(update_fields=[*new, "standing_confirmed"])


def scale_values(code: ScaleCode) -> Values:
    """An entry of the legend as the log keeps it."""
    names = ("order", "code", "name", "meaning", "colour", "is_mark", "standing")
    return {"plan": code.plan_id} | {name: getattr(code, name) for name in names}


def write_themes(writing: Writing) -> None:
    plan = writing.plan
    existing = {theme.title: theme for theme in Theme.objects.filter(plan=plan)}
    titles = [theme.title for theme in writing.reading.themes]
    if any(o.theme is None for o in writing.reading.objectives) or _loose_actions(writing.reading):
        titles.append("")
    fresh = [
        Theme(plan=plan, order=len(existing) + order, title=title)
        for order, title in enumerate(t for t in dict.fromkeys(titles) if t not in existing)
    ]
    Theme.objects.bulk_create(fresh)
    for theme in fresh:
        writing.log.made(THEME, theme.pk, {"plan": plan.pk, "order": theme.order, "title": theme.title})
    writing.themes = existing | {theme.title: theme for theme in fresh}


def _loose_actions(reading: reader.Reading) -> list[reader.Action]:
    return [action for action in reading.actions if action.objective is None]


def write_objectives(writing: Writing) -> None:
    plan, reading = writing.plan, writing.reading
    existing = {stored_name(o): o for o in Objective.objects.filter(plan=plan).select_related("rating")}
    fresh: dict[str, Objective] = {}
    for read in reading.objectives:
        name = objective_name(read)
        of_theme = reading.theme_of(read)
        if name in existing:
            _update_objective(writing, existing[name], read)
        elif name not in fresh:
            fresh[name] = Objective(
                plan=plan,
                theme=writing.themes[of_theme.title if of_theme else ""],
                order=len(existing) + len(fresh),
                ref=(read.ref or "")[:60],
                title=read.title,
                text=read.text,
                rating=writing.codes.get(read.rating or ""),
            )
    if _loose_actions(reading) and "" not in existing:
        theme = writing.themes[""]
        fresh[""] = Objective(plan=plan, theme=theme, order=len(existing) + len(fresh))
    Objective.objects.bulk_create(fresh.values())
    for objective in fresh.values():
        writing.log.made(OBJECTIVE, objective.pk, _objective_values(objective))
    writing.objectives = existing | fresh


def _objective_values(objective: Objective) -> Values:
    return {
        "plan": objective.plan_id,
        "theme": objective.theme_id,
        "order": objective.order,
        "ref": objective.ref,
        "title": objective.title,
        "text": objective.text,
        "rating": objective.rating.code if objective.rating else None,
    }


def _update_objective(writing: Writing, objective: Objective, read: reader.Objective) -> None:
    old_rating = objective.rating.code if objective.rating else None
    changes: dict[str, tuple[Any, Any]] = {
        "title": (objective.title, read.title),
        "text": (objective.text, read.text),
    }
    if read.rating is not None:
        changes["rating"] = (old_rating, read.rating)
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        return
    objective.version += 1
    for name, (old, new) in changes.items():
        writing.log.changed(OBJECTIVE, objective.pk, name, old, new, version=objective.version)
        setattr(objective, name, writing.codes.get(new) if name == "rating" else new)
    objective.save(update_fields=[*changes, "version"])
