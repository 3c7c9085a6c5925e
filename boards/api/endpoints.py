"""Boards, meetings, agendas, decisions and matters, as the API shows and takes them."""

from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from boards.api.base import ActingEndpoint
from boards.api.shapes import (
    BoardSerializer,
    DecisionSerializer,
    LineSerializer,
    MatterNoteSerializer,
    MatterSerializer,
    MeetingSerializer,
    MoveSerializer,
    NewMatterSerializer,
    NewMeetingSerializer,
)
from boards.queries import bodies, meetings
from boards.seen import sight_of
from boards.services.meetings import move_meeting, plan_meeting
from boards.services.recording import add_matter, note_matter
from councils.api.base import Rules
from councils.rights import Thing, Verb
from plans.api.endpoints import IF_MATCH

READ = (Verb.READ, Thing.BOARD)
WRITE = (Verb.WRITE, Thing.BOARD)


class BoardEndpoint(ActingEndpoint):
    """An endpoint about a board of the council."""

    rules: ClassVar[Rules] = {"GET": READ}

    def board(self, number: int) -> Any:
        """A board of the council; a 404 where there is none."""
        return self.there(bodies.board_of(self.council, number))


class BoardList(BoardEndpoint):
    @extend_schema(operation_id="boards", responses=BoardSerializer(many=True))
    def get(self, request: Request, council: str) -> Response:
        """The council's boards: the notice's first, closed ones last."""
        return self.many(bodies.boards_of(self.council), BoardSerializer)


class MeetingList(BoardEndpoint):
    rules: ClassVar[Rules] = {"GET": READ, "POST": WRITE}

    @extend_schema(operation_id="meetings", responses=MeetingSerializer(many=True))
    def get(self, request: Request, council: str, board: int) -> Response:
        """The meetings of a board, latest first."""
        return self.many(self.board(board).meetings.order_by("-on", "-number"), MeetingSerializer)

    @extend_schema(
        operation_id="plan_meeting", request=NewMeetingSerializer, responses={201: MeetingSerializer}
    )
    def post(self, request: Request, council: str, board: int) -> Response:
        """Plan a meeting; its agenda begins with the board's template."""
        self.board(board)
        values = dict(NewMeetingSerializer.sent(request).validated_data)
        on = values.pop("on")
        made = self.done(lambda: plan_meeting(act=self.act(), board_id=board, on=on, values=values))
        return self.one(MeetingSerializer(made).data, version=made.version, status=HTTPStatus.CREATED)


class MeetingDetail(BoardEndpoint):
    @extend_schema(operation_id="meeting", responses=MeetingSerializer)
    def get(self, request: Request, council: str, meeting: int) -> Response:
        """One meeting."""
        row = self.there(meetings.meeting_of(self.council, meeting))
        return self.one(MeetingSerializer(row).data, version=row.version)


class Moving(BoardEndpoint):
    rules: ClassVar[Rules] = {"POST": WRITE}

    @extend_schema(
        operation_id="move_meeting",
        parameters=[IF_MATCH],
        request=MoveSerializer,
        responses=MeetingSerializer,
    )
    def post(self, request: Request, council: str, meeting: int) -> Response:
        """Move a planned meeting to another day; deadlines that rest on it move too, members are told once."""
        stored = self.there(meetings.meeting_of(self.council, meeting))
        version = self.version_sent(stored.version)
        sent = MoveSerializer.sent(request).validated_data
        row = self.done(lambda: move_meeting(act=self.act(), meeting_id=meeting, made_from=version, **sent))
        return self.one(MeetingSerializer(row).data, version=row.version)


class AgendaList(BoardEndpoint):
    rules: ClassVar[Rules] = {"GET": (Verb.READ, Thing.MEETING_PAPERS)}

    @extend_schema(operation_id="agenda", responses=LineSerializer(many=True))
    def get(self, request: Request, council: str, meeting: int) -> Response:
        """The agenda of a meeting; nothing of a draft for those who only read."""
        row = self.there(meetings.meeting_of(self.council, meeting))
        return self.many(meetings.agenda_of(row, sight_of(self)), LineSerializer)


class DecisionList(BoardEndpoint):
    @extend_schema(operation_id="decisions", responses=DecisionSerializer(many=True))
    def get(self, request: Request, council: str, board: int) -> Response:
        """What the board resolved, latest first; restricted decisions for those who may see them."""
        return self.many(meetings.decisions_of(self.board(board), sight_of(self)), DecisionSerializer)


class MatterList(BoardEndpoint):
    rules: ClassVar[Rules] = {"GET": READ, "POST": WRITE}

    @extend_schema(operation_id="matters", responses=MatterSerializer(many=True))
    def get(self, request: Request, council: str, board: int) -> Response:
        """What the board asked for: closed and open."""
        return self.many(meetings.matters_of(self.board(board), sight_of(self)), MatterSerializer)

    @extend_schema(operation_id="add_matter", request=NewMatterSerializer, responses={201: MatterSerializer})
    def post(self, request: Request, council: str, board: int) -> Response:
        """Ask somebody to do something."""
        self.board(board)
        values = dict(NewMatterSerializer.sent(request).validated_data)
        made = self.done(lambda: add_matter(act=self.act(), board_id=board, values=values))
        return self.one(MatterSerializer(made).data, version=made.version, status=HTTPStatus.CREATED)


class MatterNotes(BoardEndpoint):
    rules: ClassVar[Rules] = {"POST": WRITE}

    @extend_schema(operation_id="note_matter", request=MatterNoteSerializer, responses=MatterSerializer)
    def post(self, request: Request, council: str, matter: int) -> Response:
        """Say how a matter stands."""
        sight = sight_of(self)
        self.there(meetings.matter_of(self.council, matter, sight))
        sent = MatterNoteSerializer.sent(request).validated_data
        self.done(
            lambda: note_matter(act=self.act(), matter_id=matter, text=sent["note"], state=sent["state"])
        )
        row = self.there(meetings.matter_of(self.council, matter, sight))
        return self.one(MatterSerializer(row).data, version=row.version)
