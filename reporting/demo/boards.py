"""The invented board: its members, its year of meetings, what it decided and asked for. Words stand in boards.toml."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from boards.models import Board, Meeting, Membership
from boards.services import agenda, bodies, meetings, minutes, recording, risks, rounds, testing
from boards.services.records import Act
from councils.models import Council, Organisation, Person, User
from councils.roles import Role
from councils.services import save_person
from reporting.demo.content import BOARD, THIS_ROUND, Calendar

FILE = Path(__file__).parent / "boards.toml"
STARTS = dt.time(14)
DUE_AFTER = dt.timedelta(days=2)


class DemoBoard:
    """The board of the invented year; each step is done at the moment it would have been."""

    def __init__(self, council: Council, calendar: Calendar, accounts: Mapping[Role, User]) -> None:
        self.council, self.calendar, self.accounts = council, calendar, accounts
        self.words: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
        self.held: dict[int, Meeting] = {}

    @property
    def manager(self) -> User | None:
        return self.accounts.get(Role.PROGRAMME_MANAGER)

    def act(self, day: dt.date, hour: int = 11, by: User | None = None) -> Act:
        """Something done on a day of the invented year; nobody is written to about it."""
        now = dt.datetime.combine(day, dt.time(hour), tzinfo=timezone.get_current_timezone())
        return Act(self.council, by or self.manager, now, quiet=True)

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        return {row.name: row for row in Organisation.objects.filter(council=self.council)}

    def person(self, name: str, post: str = "", organisation: str = "") -> Person:
        """Somebody by name; those who have no account in this set-up are entered as people."""
        found = Person.objects.filter(council=self.council, name=name).first()
        if found is not None:
            return found
        values = {"name": name, "post": post, "organisation": self.organisations.get(organisation)}
        now = self.act(self.calendar.notice).now
        return save_person(person=Person(council=self.council), values=values, by=self.manager, now=now)

    def found(self) -> None:
        """The board with seats, members, terms of reference and agenda template, on the day of the notice."""
        act = self.act(self.calendar.notice, 15)
        words = self.words["board"]
        values = {
            "name": BOARD,
            "kind": Board.Kind.IMPROVEMENT,
            "of_notice": True,
            "begun_on": self.calendar.notice,
            "quorum": words["quorum"],
            "usual_time": STARTS,
            "usual_place": words["usual_place"],
        }
        self.board = bodies.make_board(
            act=act, values=values, every=4, unit="weeks", because="Notice, paragraph 9"
        )
        seats = {}
        for seat in self.words["seats"]:
            row = {**seat, "organisation": self.organisations.get(seat.get("organisation", ""))}
            seats[seat["title"]] = bodies.add_seat(act=act, board_id=self.board.pk, values=row)
        for member in self.words["members"]:
            self._join(member, seats, act)
        bodies.add_terms(
            act=act,
            board_id=self.board.pk,
            in_force_from=self.calendar.notice,
            text=words["terms"].strip(),
            note="",
            document=None,
        )
        self._template(act)

    def _join(self, member: Mapping[str, Any], seats: Mapping[str, Any], act: Act) -> None:
        organisation = member.get("organisation", "")
        values = {
            "person": self.person(member["name"], member["role"], organisation),
            "capacity": member.get("capacity", "member"),
            "role": member["role"],
            "organisation": self.organisations.get(organisation),
            "seat": seats.get(member.get("seat", "")),
            "independent": member.get("independent", False),
            "approved_by": member.get("approved_by", ""),
            "from_on": self.calendar.notice,
        }
        bodies.add_member(act=act, board_id=self.board.pk, values=values)

    def _template(self, act: Act) -> None:
        for line in self.words["template"]:
            values = {name: value for name, value in line.items() if name != "parts"}
            top = bodies.save_standing_item(act=act, board_id=self.board.pk, values=values)
            for title, length, section in line.get("parts", []):
                part = {
                    "title": title,
                    "minutes": length,
                    "section": section,
                    "under": top,
                    "presenter": line["presenter"],
                }
                bodies.save_standing_item(act=act, board_id=self.board.pk, values=part)

    def plan(self, number: int, *, said_on: dt.date) -> None:
        """A meeting is planned: said on an earlier day."""
        made = meetings.plan_meeting(
            act=self.act(said_on, 18), board_id=self.board.pk, on=self.calendar.board(number), values={}
        )
        self.held[number] = made

    def hold(self, number: int) -> None:
        """A meeting: papers a week before, who was there, what came of it, held, its minutes."""
        meeting, day = self.held[number], self.calendar.board(number)
        agenda.circulate(act=self.act(day - dt.timedelta(days=7)), meeting_id=meeting.pk)
        act = self.act(day, 16)
        members = Membership.objects.filter(board=self.board).on(day).select_related("person")
        recording.record_attendance(
            act=act,
            meeting_id=meeting.pk,
            presences=[self._presence(member, number) for member in members],
        )
        items = list(meeting.items.filter(under__isnull=True).order_by("order"))
        for note in self._said("notes", number):
            item = items[note["item"] - 1]
            agenda.take_notes(act=act, item_id=item.pk, notes=note["text"], made_from=item.version)
        for decision in self._said("decisions", number):
            item_id = items[decision["item"] - 1].pk
            recording.add_decision(act=act, meeting_id=meeting.pk, text=decision["text"], item_id=item_id)
        for matter in self._said("matters", number):
            self._ask(matter, meeting, items[matter["item"] - 1], act)
        recording.record_held(act=self.act(day, 17), meeting_id=meeting.pk)
        self._close_matters(number)
        self._minutes(number)

    def _said(self, what: str, number: int) -> list[dict[str, Any]]:
        return [row for row in self.words[what] if row["at"] == number]

    def _presence(self, member: Membership, number: int) -> recording.Presence:
        for meeting, state, *deputy in self.words["absent"].get(member.person.name, []):
            if meeting == number:
                return recording.Presence(member.pk, state, deputy[0] if deputy else "")
        return recording.Presence(member.pk, "present")

    def _ask(self, matter: Mapping[str, Any], meeting: Meeting, item: Any, act: Act) -> None:
        owner = self.person(matter["owner"])
        values = {
            "text": matter["text"],
            "owner": owner,
            "organisation": owner.organisation,
            "item": item,
            "due_on": self.calendar.board(matter["due"]) - DUE_AFTER,
        }
        recording.add_matter(act=act, board_id=self.board.pk, values=values, meeting_id=meeting.pk)

    def _close_matters(self, number: int) -> None:
        done = {row["text"]: row["said"] for row in self.words["matters"] if row.get("done") == number}
        for matter in self.board.matters.filter(state="open", text__in=list(done)):
            act = self.act(self.calendar.board(number), 17)
            recording.note_matter(act=act, matter_id=matter.pk, text=done[matter.text], state="done")

    def _minutes(self, number: int) -> None:
        """Drafted the day after and given to members; those of the meeting before are approved."""
        after = self.act(self.calendar.board(number) + dt.timedelta(days=1))
        minutes.draft_minutes(act=after, meeting_id=self.held[number].pk)
        minutes.circulate_minutes(act=after, meeting_id=self.held[number].pk)
        if number > 1:
            minutes.approve_minutes(
                act=after,
                meeting_id=self.held[number - 1].pk,
                at_meeting_id=self.held[number].pk,
                on=self.calendar.board(number),
            )

    def testing_days(self, number: int) -> None:
        """The council provided two days of testing in the weeks after a board."""
        on = self.calendar.board(number) + dt.timedelta(days=5)
        testing.provide_days(
            act=self.act(on, 9),
            board_id=self.board.pk,
            on=on,
            days=Decimal(2),
            note="Chair and validator, case files and staff",
        )

    def now(self) -> None:
        """What is under way: the round for the next meeting, risks, and what the board means to look into."""
        act = self.act(self.calendar.last_board + dt.timedelta(days=1))
        coming = self.held[THIS_ROUND]
        rounds.open_round(
            act=act,
            meeting_id=coming.pk,
            position_on=coming.on - dt.timedelta(days=5),
            answer_by=coming.on - dt.timedelta(days=5),
            message="Please say what changed for children, not only what was done.",
        )
        for risk in self.words["risks"]:
            values = {**risk, "owner_name": risk["owner"]}
            del values["owner"]
            risks.save_risk(act=act, board_id=self.board.pk, values=values)
        for row in self.words["forward"]:
            values = {
                "title": row["title"],
                "presenter": row.get("presenter", ""),
                "organisation": self.organisations.get(row.get("organisation", "")),
                "planned_for": self.calendar.board(row["about"]),
            }
            agenda.save_forward_item(act=act, board_id=self.board.pk, values=values)
