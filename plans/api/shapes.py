"""What the API sends and takes of plans.

Ratings are codes of the plan's own scale; standings say what they mean to the rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from rest_framework import serializers

from councils.api.base import Strict
from plans.adding_up import RULES, Contradiction
from plans.comparing import suggested, why_suggested
from plans.expected import Expected
from plans.rag import Palette, Standing
from plans.recurring import Recurrence, recurrence
from plans.table import DUES, SORTS, ActionRow, Code, Filters, ObjectiveRow, PlanTable, ThemeRow

Shape = serializers.Serializer[Any]


class StandingField(serializers.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(s.value, s.label) for s in Standing], **kwargs)


# --- what is sent
class CodeSerializer(Shape):
    """One entry of the plan's legend."""

    code = serializers.CharField()
    name = serializers.CharField()
    meaning = serializers.CharField()
    colour = serializers.ChoiceField(choices=[(c.value, c.label) for c in Palette])
    standing = StandingField(allow_null=True)
    is_mark = serializers.BooleanField(help_text="A mark on actions, no rating.")


class RatingCountSerializer(Shape):
    """How many actions carry a code; codes that none carries are left out."""

    code = serializers.CharField()
    standing = StandingField(allow_null=True)
    count = serializers.IntegerField()

    def to_representation(self, carried: tuple[Code, int]) -> dict[str, Any]:
        code, count = carried
        return {"code": code.code, "standing": code.standing, "count": count}


class CountsSerializer(Shape):
    total = serializers.IntegerField()
    ratings = RatingCountSerializer(many=True)
    unrated = serializers.IntegerField()
    overdue = serializers.IntegerField(help_text="Past their end and not complete.")
    not_updated = serializers.IntegerField(
        allow_null=True, help_text="Not reported on since the last board; null where no board has been held."
    )
    contradictions = serializers.IntegerField(help_text="What does not add up.")


class PositionSerializer(Shape):
    """The plan as it stood on a day, as far as was known when it was frozen."""

    id = serializers.IntegerField()
    on = serializers.DateField()
    label = serializers.CharField()  # type: ignore[assignment]
    recorded_until = serializers.DateTimeField()
    frozen_by = serializers.CharField(source="frozen_by.name", allow_null=True)


class ThemeSerializer(Shape):
    id = serializers.IntegerField()
    title = serializers.CharField(allow_blank=True)


class PlanSerializer(Shape):
    """A council's plan as you may see it: live, or as last frozen."""

    title = serializers.CharField(source="plan.title")
    kind = serializers.CharField(source="plan.kind")
    begun_on = serializers.DateField(source="plan.begun_on")
    live = serializers.BooleanField(help_text="Whether this is the plan as it is being typed.")
    position = PositionSerializer(
        allow_null=True, help_text="The position that you see; null where it is live."
    )
    on = serializers.DateField(
        source="table.on", help_text="The day that counts and flags are worked out for."
    )
    last_board = serializers.DateField(source="table.last_board", allow_null=True)
    scale = CodeSerializer(many=True, source="table.scale")
    themes = ThemeSerializer(many=True, source="table.themes")
    counts = CountsSerializer(source="table.counts")


@dataclass(frozen=True)
class ObjectiveInPlan:
    """An objective with its theme."""

    row: ObjectiveRow
    theme: ThemeRow


@dataclass(frozen=True)
class ActionInPlan:
    """An action with what it answers. `not_updated` is None where no board has been held."""

    row: ActionRow
    objective: ObjectiveRow
    theme: ThemeRow
    not_updated: bool | None
    expected: Expected
    flags: tuple[Contradiction, ...]
    recurs: Recurrence | None


def objectives_in(table: PlanTable) -> list[ObjectiveInPlan]:
    """Every objective in the plan's order."""
    return [ObjectiveInPlan(row, theme) for theme in table.themes for row in theme.objectives]


def actions_in(table: PlanTable, rows: Iterable[ActionRow]) -> list[ActionInPlan]:
    """These actions of a table, in their order."""
    places = {item.row.id: item for item in objectives_in(table)}
    found = []
    for row in rows:
        place = places[row.objective_id]
        stale = table.not_updated(row) if table.last_board else None
        found.append(
            ActionInPlan(
                row,
                place.row,
                place.theme,
                stale,
                table.expected[row.id],
                table.flagged.get(row.id, ()),
                recurrence(row.recurs, on=table.on, last_board=table.last_board),
            )
        )
    return found


class VersionField(serializers.IntegerField):
    """The version that If-Match speaks of; null in a frozen position, which nobody writes to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return value or None


class ObjectiveSerializer(Shape):
    """A recommendation or priority that actions answer. Its rating is a person's judgement, not a roll-up."""

    id = serializers.IntegerField(source="row.id")
    ref = serializers.CharField(source="row.ref", allow_blank=True)
    title = serializers.CharField(source="row.title", allow_blank=True)
    text = serializers.CharField(source="row.text", allow_blank=True)
    theme = ThemeSerializer()
    rating = serializers.CharField(source="row.rating.code", allow_null=True)
    standing = StandingField(source="row.rating.standing", allow_null=True)
    suggested = serializers.SerializerMethodField(
        help_text="What its actions add up to, beside the judgement; null where none is rated."
    )
    why_suggested = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField(help_text="The numbers of its actions, in the plan's order.")
    version = VersionField(source="row.version")

    def get_suggested(self, item: ObjectiveInPlan) -> str | None:
        found = suggested([action.rating for action in item.row.actions])
        return found.code if found else None

    def get_why_suggested(self, item: ObjectiveInPlan) -> str:
        found = suggested([action.rating for action in item.row.actions])
        return why_suggested(item.row.actions, found) if found else ""

    def get_actions(self, item: ObjectiveInPlan) -> list[int]:
        return [action.id for action in item.row.actions]


class ObjectiveNameSerializer(Shape):
    id = serializers.IntegerField()
    ref = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)


class ExpectedSerializer(Shape):
    """What dates and facts imply of an action, and why. Without a readable date it cannot be worked out."""

    rating = serializers.CharField(
        source="code.code", allow_null=True, help_text="The plan's own code for it; null where it has none."
    )
    standing = StandingField(allow_null=True, help_text="Null where it cannot be worked out.")
    why = serializers.CharField()


class RecurrenceSerializer(Shape):
    """How an action falls due again and again."""

    sentence = serializers.CharField()
    coming = serializers.ListField(child=serializers.DateField(), help_text="The next days, as far as known.")


class ActionSerializer(Shape):
    """One activity of the plan, with what was last reported of it."""

    id = serializers.IntegerField(source="row.id")
    ref = serializers.CharField(source="row.ref")
    theme = ThemeSerializer()
    objective = ObjectiveNameSerializer()
    activity = serializers.CharField(source="row.activity")
    outcome = serializers.CharField(source="row.outcome", allow_blank=True)
    timeline = serializers.CharField(
        source="row.timeline", allow_blank=True, help_text="The council's own words."
    )
    starts_on = serializers.DateField(source="row.starts_on", allow_null=True)
    ends_on = serializers.DateField(source="row.ends_on", allow_null=True)
    recurs = RecurrenceSerializer(allow_null=True, help_text="Null where it falls due once.")
    leads = serializers.SerializerMethodField(help_text="Who leads, as the plan names them.")
    rating = serializers.CharField(source="row.rating.code", allow_null=True)
    standing = StandingField(source="row.rating.standing", allow_null=True)
    impact = serializers.CharField(
        source="row.impact.code",
        allow_null=True,
        help_text="Whether it makes a difference; done is not the same.",
    )
    expected = ExpectedSerializer()
    assured = serializers.CharField(
        source="row.assured.code", allow_null=True, help_text="What testing accepted."
    )
    assured_on = serializers.DateField(source="row.assured_on", allow_null=True)
    contradictions = serializers.SerializerMethodField(help_text="The rules by which it does not add up.")
    evidence = serializers.IntegerField(
        source="row.evidence", help_text="How many files and links support it."
    )
    marks = serializers.ListField(source="row.marks", child=serializers.CharField())
    progress = serializers.CharField(source="row.progress", allow_blank=True)
    reported_on = serializers.DateField(source="row.reported_on", allow_null=True)
    overdue = serializers.BooleanField(source="row.overdue", help_text="Past its end and not complete.")
    not_updated = serializers.BooleanField(
        allow_null=True, help_text="Not reported on since the last board; null where no board has been held."
    )
    version = VersionField(source="row.version")

    def get_contradictions(self, item: ActionInPlan) -> list[str]:
        return [flag.rule.code for flag in item.flags]

    def get_leads(self, item: ActionInPlan) -> list[str]:
        return [lead.name for lead in item.row.leads]


class UpdateSerializer(Shape):
    """What was reported of an action, for a day."""

    id = serializers.IntegerField()
    on = serializers.DateField()
    rating = serializers.CharField(source="rating.code", allow_null=True)
    standing = StandingField(source="rating.standing", allow_null=True)
    impact = serializers.CharField(source="impact.code", allow_null=True)
    narrative = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    next_step = serializers.CharField(allow_blank=True)
    source = serializers.CharField(help_text="page, document or api")  # type: ignore[assignment]
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField(source="by.name", allow_null=True)
    said_by = serializers.CharField(
        allow_blank=True, help_text="The lead who reported it, where that is not whose account recorded it."
    )
    undoes = serializers.IntegerField(
        source="undoes_id",
        allow_null=True,
        help_text="The number of the update that this one puts back; neither counts from then on.",
    )


# --- what is taken
class FilterSerializer(Strict):
    """What a list of actions can be narrowed to: the names that the plan page has in its address."""

    also: ClassVar[frozenset[str]] = frozenset({"page", "page_size"})

    theme = serializers.IntegerField(required=False, help_text="The number of a theme.")
    objective = serializers.IntegerField(required=False, help_text="The number of an objective.")
    lead = serializers.CharField(required=False, max_length=200, help_text="A lead's name, in full.")
    rating = serializers.CharField(
        required=False, max_length=20, help_text="A code of the scale, or “unrated”."
    )
    standing = StandingField(required=False)
    due = serializers.ChoiceField(choices=list(DUES.items()), required=False)
    updated = serializers.ChoiceField(
        choices=[("no", "Not reported on since the last board")], required=False
    )
    adds_up = serializers.ChoiceField(
        choices=[("no", "Does not add up"), *((r.code, r.title) for r in RULES.values())], required=False
    )
    as_at = serializers.DateField(required=False, help_text="The plan as it stood at the end of this day.")
    mine = serializers.ChoiceField(choices=[("1", "Only actions that you lead")], required=False)
    q = serializers.CharField(required=False, max_length=200, help_text="Words that all occur in the action.")
    sort = serializers.ChoiceField(choices=SORTS, required=False)

    def filters(self) -> Filters:
        """What was asked for, as the plan's table takes it."""
        asked = dict(self.validated_data)
        asked.pop("as_at", None)
        asked.pop("form", None)
        asked["mine"] = "mine" in asked
        asked["words"] = asked.pop("q", "")
        return Filters(**asked)


class ObjectiveFilterSerializer(Strict):
    """What a list of objectives can be narrowed to."""

    also: ClassVar[frozenset[str]] = frozenset({"page", "page_size"})

    theme = serializers.IntegerField(required=False, help_text="The number of a theme.")


class Words(serializers.CharField):
    """Text that may be empty, its lines ended as they are stored."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_blank=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data).replace("\r\n", "\n")


class NewUpdateSerializer(Strict):
    """A progress update. Ratings or a text that are left out stay as they stand."""

    on = serializers.DateField(help_text="The day that the update speaks of.")
    rating = serializers.CharField(
        required=False, allow_null=True, max_length=20, help_text="A code of the scale; null for not rated."
    )
    impact = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=20,
        help_text="Whether it makes a difference: a code of the scale; null for not rated.",
    )
    narrative = Words(max_length=20_000)
    reason = Words(
        max_length=10_000, help_text="What is in the way; owed where the rating means at risk or off track."
    )
    next_step = Words(max_length=10_000, help_text="Owed where the rating means at risk or off track.")


class JudgementSerializer(Strict):
    """How an objective is judged, and why."""

    rating = serializers.CharField(
        allow_null=True, max_length=20, help_text="A code of the scale; null for not rated."
    )
    reason = serializers.CharField(max_length=10_000)
