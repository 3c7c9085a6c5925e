"""What the API sends and takes of boards."""

from typing import Any

from rest_framework import serializers

from boards.queries.meetings import Line
from councils.api.base import Strict

Shape = serializers.Serializer[Any]


class BoardSerializer(Shape):
    """A board of the council; `of_notice`: its meetings meet the notice's deadlines."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    of_notice = serializers.BooleanField()
    begun_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    quorum = serializers.IntegerField(allow_null=True)


class MeetingSerializer(Shape):
    """One sitting of a board."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    kind = serializers.CharField()
    state = serializers.CharField(help_text="planned, held or cancelled")
    on = serializers.DateField()
    starts_at = serializers.TimeField(allow_null=True)
    place = serializers.CharField(allow_blank=True)
    counts = serializers.BooleanField(help_text="whether the notice counts it as a board")
    counts_because = serializers.CharField(allow_blank=True)
    quorate = serializers.BooleanField(allow_null=True)
    cancelled_because = serializers.CharField(allow_blank=True)


class NewMeetingSerializer(Strict):
    on = serializers.DateField()
    starts_at = serializers.TimeField(required=False, allow_null=True)
    place = serializers.CharField(required=False, allow_blank=True, max_length=300)
    minutes_long = serializers.IntegerField(required=False, min_value=5, max_value=600)


class MoveSerializer(Strict):
    to = serializers.DateField()
    because = serializers.CharField()


class LineSerializer(Shape):
    """An item of an agenda; a restricted one has its title withheld from some."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    title = serializers.CharField()
    purpose = serializers.CharField()
    presenter = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField(allow_null=True)
    restricted = serializers.BooleanField()
    section = serializers.CharField(allow_blank=True, help_text="the section of the pack it is about")
    papers = serializers.IntegerField(help_text="how many papers it has")

    def to_representation(self, line: Line) -> dict[str, Any]:
        item = line.item
        return {
            "id": item.pk,
            "number": line.number,
            "title": line.title,
            "purpose": item.purpose,
            "presenter": "" if line.hidden else item.presenter,
            "minutes": item.minutes,
            "restricted": item.restricted,
            "section": "" if line.hidden else item.section,
            "papers": len(line.papers),
        }


class DecisionSerializer(Shape):
    id = serializers.IntegerField()
    ref = serializers.CharField(help_text="7/2 is the second decision of meeting 7")
    text = serializers.CharField()
    on = serializers.DateField(source="meeting.on")


class MatterSerializer(Shape):
    """Something the board asked somebody to do."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    text = serializers.CharField()
    owner = serializers.CharField(source="owner_name")
    asked_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)


class NewMatterSerializer(Strict):
    text = serializers.CharField()
    owner_name = serializers.CharField(max_length=200)
    due_on = serializers.DateField(required=False, allow_null=True)


class MatterNoteSerializer(Strict):
    note = serializers.CharField()
    state = serializers.ChoiceField(choices=["open", "done", "withdrawn"])
