"""The frame of a plan: its legend, themes and objectives, as a document brings them."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from councils.models import User
from history.services import ChangeLog
from plans import reader
from plans.importing.difference import Difference, Values, objective_names
from plans.importing.references import ref_key
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
    difference: Difference
    stored: Reading | None = None
    codes: dict[str, ScaleCode] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def objective_of(self, action: reader.Action) -> Objective:
        """The objective that an action of the document stands under, written before."""
        return self.objectives[self.names.get(action.objective or "", "")]

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
    """Write new objectives and what the document has otherwise of those that are there."""
    plan, reading = writing.plan, writing.reading
    existing = {
        stored_name(o): o for o in Objective.objects.filter(plan=plan).select_related("rating", "theme")
    }
    writing.names = objective_names(reading, existing)
    fresh: dict[str, Objective] = {}
    for read in reading.objectives:
        name = writing.names[read.key]
        if name not in existing and name not in fresh:
            of_theme = reading.theme_of(read)
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
    _change_objectives(writing, existing)
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


def _change_objectives(writing: Writing, existing: dict[str, Objective]) -> None:
    changed: dict[int, Objective] = {}
    for change in writing.difference.objectives:
        objective = existing[change.name]
        if objective.pk not in changed:
            changed[objective.pk] = objective
            objective.version += 1
        old, new = change.old, change.new
        if change.field == "theme":
            old, new = objective.theme_id, writing.themes[change.new].pk
            objective.theme = writing.themes[change.new]
        elif change.field == "rating":
            objective.rating = writing.codes.get(change.new)
        else:
            setattr(objective, change.field, change.new)
        writing.log.changed(OBJECTIVE, objective.pk, change.field, old, new, version=objective.version)
    for objective in changed.values():
        objective.save(update_fields=["title", "text", "rating", "theme", "version"])
