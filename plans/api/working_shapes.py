"""What the API sends and takes of working the plan: what does not add up, what changed, and the changes themselves."""

from typing import Any, ClassVar

from rest_framework import serializers

from councils.api.base import Strict
from plans.adding_up import RULES
from plans.api.shapes import Shape, StandingField, Words
from plans.comparing import Comparison
from plans.recurring import BOARD, MOST, UNITS, Plain

DAY = "The day, inclusive."


# --- what is sent
class ContradictionSerializer(Shape):
    """Something that does not add up, and what would settle it."""

    rule = serializers.ChoiceField(source="rule.code", choices=[(r.code, r.title) for r in RULES.values()])
    severity = serializers.IntegerField(source="rule.severity", help_text="1 is the most serious of 3.")
    ref = serializers.CharField(help_text="Of an action or objective; a lead's name for what leads carry.")
    action = serializers.IntegerField(allow_null=True)
    objective = serializers.IntegerField(allow_null=True)
    message = serializers.CharField()
    settle = serializers.CharField(help_text="What would settle it.")


class MovedSerializer(Shape):
    """An action whose rating or end moved between two days."""

    id = serializers.IntegerField(source="after.id")
    ref = serializers.CharField()
    rating_before = serializers.CharField(source="before.rating.code", allow_null=True)
    rating_after = serializers.CharField(source="after.rating.code", allow_null=True)
    end_before = serializers.DateField(source="before.ends_on", allow_null=True)
    end_after = serializers.DateField(source="after.ends_on", allow_null=True)


class ComparisonSerializer(Shape):
    """What changed in the plan between two days. Better and worse go by standing."""

    since = serializers.DateField(source="before.on")
    until = serializers.DateField(source="after.on")
    actions_before = serializers.SerializerMethodField()
    actions_after = serializers.SerializerMethodField()
    better = MovedSerializer(many=True)
    worse = MovedSerializer(many=True)
    same = serializers.IntegerField()
    moved_ends = MovedSerializer(many=True)
    reworded = serializers.SerializerMethodField(help_text="The references of actions that read otherwise.")
    new = serializers.SerializerMethodField(help_text="The references of new actions.")
    gone = serializers.SerializerMethodField(help_text="The references of actions no longer in the plan.")

    def get_actions_before(self, found: Comparison) -> int:
        return len(found.before.actions)

    def get_actions_after(self, found: Comparison) -> int:
        return len(found.after.actions)

    def get_reworded(self, found: Comparison) -> list[str]:
        return [pair.ref for pair in found.reworded]

    def get_new(self, found: Comparison) -> list[str]:
        return [row.ref for row in found.new]

    def get_gone(self, found: Comparison) -> list[str]:
        return [row.ref for row in found.gone]


class ActSerializer(Shape):
    """One change of the plan itself, with its reason."""

    on = serializers.DateField()
    action = serializers.IntegerField()
    ref = serializers.CharField()
    what = serializers.CharField(source="title")
    why = serializers.CharField(allow_blank=True)
    by = serializers.CharField()


class VersionSerializer(Shape):
    """The plan's wording as a board had it."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    state = serializers.CharField()
    on = serializers.DateField()
    note = serializers.CharField(allow_blank=True)
    endorsed_on = serializers.DateField(allow_null=True)
    endorsed_by = serializers.CharField(allow_blank=True)


class RuleSerializer(Shape):
    """A rule of what does not add up, and whether it holds for the plan."""

    rule = serializers.ChoiceField(source="rule.code", choices=[(r.code, r.title) for r in RULES.values()])
    title = serializers.CharField(source="rule.title")
    from_on = serializers.DateField(source="since", allow_null=True, help_text="Null: it is switched off.")
    holds = serializers.BooleanField(help_text="Whether it holds today.")
    version = serializers.IntegerField(help_text="0: nobody has switched it yet.")


class MilestoneSerializer(Shape):
    """A step on an action's way."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    reached_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class AssuranceSerializer(Shape):
    """What testing accepted of an action."""

    id = serializers.IntegerField()
    on = serializers.DateField()
    rating = serializers.CharField(source="rating.code", allow_null=True)
    standing = StandingField(source="rating.standing", allow_null=True)
    finding = serializers.CharField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField(source="by.name", allow_null=True)


class TestedSerializer(Shape):
    """What one independent test found about an objective, once it was shared."""

    on = serializers.DateField()
    by = serializers.CharField(source="said_by")
    result = serializers.CharField()
    rating = serializers.CharField(
        allow_blank=True, help_text="the code that testing accepts, if it names one"
    )
    finding = serializers.CharField(source="text", allow_blank=True)
    source = serializers.CharField()  # type: ignore[assignment]
    link = serializers.CharField(help_text="the page of the test")


class EvidenceSerializer(Shape):
    """A file or a link that supports what is said of an action."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    on = serializers.DateField()
    address = serializers.CharField(allow_blank=True)
    file = serializers.UUIDField(
        source="file_id", allow_null=True, help_text="Fetch it at evidence/{id}/file."
    )


class ChallengeSerializer(Shape):
    """A question to an action's leads; open until its answer is accepted."""

    id = serializers.IntegerField()
    action = serializers.IntegerField(source="action_id")
    rule = serializers.CharField(allow_blank=True)
    question = serializers.CharField()
    asked_on = serializers.DateField()
    asked_by = serializers.CharField(source="asked_by.name", allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    answered_on = serializers.DateField(allow_null=True)
    answered_by = serializers.CharField(allow_blank=True)
    closed_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


# --- what is taken
class BetweenSerializer(Strict):
    since = serializers.DateField(help_text=DAY)
    until = serializers.DateField(
        required=False, help_text="The day, inclusive; left out: as the plan is seen."
    )


class ChangesBetweenSerializer(BetweenSerializer):
    also: ClassVar[frozenset[str]] = frozenset({"page", "page_size"})


class DaySerializer(Strict):
    also: ClassVar[frozenset[str]] = frozenset({"page", "page_size"})

    as_at = serializers.DateField(required=False, help_text="As it stood at the end of this day.")


class ContradictionFilterSerializer(Strict):
    also: ClassVar[frozenset[str]] = frozenset({"page", "page_size"})

    rule = serializers.ChoiceField(choices=[(r.code, r.title) for r in RULES.values()], required=False)
    as_at = serializers.DateField(required=False, help_text="The plan as it stood at the end of this day.")


class Names(serializers.ListField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(max_length=200), max_length=20, **kwargs)


class NewActionSerializer(Strict):
    """An action to come into the plan."""

    objective = serializers.IntegerField(help_text="The number of an objective of the plan.")
    ref = serializers.CharField(max_length=60, help_text="One that no action of this plan has or had.")
    activity = serializers.CharField(max_length=20_000)
    outcome = Words(max_length=20_000)
    timeline = Words(max_length=20_000)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    leads = Names(required=False)
    reason = serializers.CharField(max_length=10_000)


class RecursSerializer(Strict):
    """With each board, or every so many units counted from a day; the first time is one period later."""

    each = serializers.ChoiceField(choices=[BOARD, *UNITS])
    number = serializers.IntegerField(required=False, min_value=1, max_value=MOST)
    from_on = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            Plain(**attrs).schedule()
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None
        return attrs


class ActionChangeSerializer(Strict):
    """A change of an action's own words, dates, leads or place; what is left out stays as it stands."""

    activity = serializers.CharField(required=False, max_length=20_000)
    outcome = Words(max_length=20_000)
    milestones = Words(max_length=20_000)
    timeline = Words(max_length=20_000)
    evidence_words = Words(max_length=20_000)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True, help_text="Needs `approved_by`.")
    approved_by = serializers.CharField(required=False, max_length=300, help_text="Who approved a moved end.")
    recurs = RecursSerializer(required=False, allow_null=True, help_text="Null: it falls due once.")
    leads = Names(required=False)
    objective = serializers.IntegerField(required=False)
    reason = serializers.CharField(max_length=10_000)


class ReasonSerializer(Strict):
    reason = serializers.CharField(max_length=10_000)


class PartSerializer(Strict):
    ref = serializers.CharField(max_length=60)
    activity = serializers.CharField(max_length=20_000)
    ends_on = serializers.DateField(required=False, allow_null=True)
    leads = Names(required=False)


class SplitSerializer(Strict):
    parts = PartSerializer(many=True)
    keep = serializers.BooleanField(default=False, help_text="Whether the action itself stays in the plan.")
    reason = serializers.CharField(max_length=10_000)


class MergeSerializer(Strict):
    others = serializers.ListField(
        child=serializers.IntegerField(), max_length=100, help_text="The numbers of what becomes part of it."
    )
    reason = serializers.CharField(max_length=10_000)


class SwitchSerializer(Strict):
    from_on = serializers.DateField(
        allow_null=True, help_text="The first day it holds; null switches it off."
    )
    version = serializers.IntegerField(min_value=0, help_text="The version that you read.")


class NewVersionSerializer(Strict):
    note = serializers.CharField(max_length=300, help_text="What this version is.")


class EndorsementSerializer(Strict):
    endorsed_on = serializers.DateField(help_text="The day of the decision.")
    endorsed_by = serializers.CharField(max_length=300, help_text="Which board, by which decision.")


class NewPositionSerializer(Strict):
    on = serializers.DateField(help_text="Today or an earlier day.")
    label = serializers.CharField(max_length=200)  # type: ignore[assignment]


class NewMilestoneSerializer(Strict):
    text = serializers.CharField(max_length=2000)
    due_on = serializers.DateField(required=False, allow_null=True)


class MilestoneChangeSerializer(Strict):
    """One of the three: reached (or, with null, not after all), moved to another day, or dropped."""

    reached_on = serializers.DateField(required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True, help_text="Needs `reason`.")
    dropped = serializers.BooleanField(required=False, help_text="True; needs `reason`.")
    reason = serializers.CharField(required=False, max_length=10_000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        asked = set(attrs) - {"reason"}
        if len(asked) != 1 or attrs.get("dropped") is False:
            raise serializers.ValidationError("Send one of reached_on, due_on and dropped (true).")
        if "reached_on" not in asked and "reason" not in attrs:
            raise serializers.ValidationError({"reason": "Say why"})
        if "reached_on" in asked and "reason" in attrs:
            raise serializers.ValidationError({"reason": "Reaching a milestone takes no reason."})
        return attrs


class NewAssuranceSerializer(Strict):
    on = serializers.DateField()
    rating = serializers.CharField(allow_null=True, max_length=20)
    finding = serializers.CharField(max_length=20_000)
    source = serializers.CharField(required=False, allow_blank=True, max_length=200)  # type: ignore[assignment]


class NewEvidenceSerializer(Strict):
    """A link or a file, one of the two; a file is sent as multipart/form-data."""

    address = serializers.CharField(required=False, max_length=2000, help_text="A web address.")
    file = serializers.FileField(required=False, max_length=255)
    title = serializers.CharField(required=False, allow_blank=True, max_length=300)
    on = serializers.DateField()


class NewChallengeSerializer(Strict):
    question = serializers.CharField(max_length=5000)
    rule = serializers.ChoiceField(choices=[(r.code, r.title) for r in RULES.values()], required=False)


class ChallengeChangeSerializer(Strict):
    """One of the three: answer it, accept the answer, or ask again."""

    answer = serializers.CharField(required=False, max_length=10_000)
    accept = serializers.BooleanField(required=False)
    question = serializers.CharField(required=False, max_length=5000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1 or attrs.get("accept") is False:
            raise serializers.ValidationError("Send one of answer, accept (true) and question.")
        return attrs
