"""How boards and their parts read in the change log."""

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse

from boards.models import (
    AgendaItem,
    Attendance,
    Board,
    Decision,
    ForwardItem,
    Frequency,
    Matter,
    Meeting,
    Membership,
    Minutes,
    MinutesSection,
    Paper,
    Risk,
    Round,
    Seat,
    StandingItem,
    TermsOfReference,
    TestingProvision,
)
from history.labels import Kind, Label, register


def _kind(
    model: Any, noun: str, path: str, page: Callable[[Any], tuple[str, dict[str, int]]], **fields: str
) -> None:
    """Register rows whose council is at the end of `path`, with the page that shows them."""

    def find(numbers: Collection[int]) -> dict[int, Label]:
        found = {}
        for row in model.objects.filter(pk__in=numbers).select_related(path):
            council: Any = row
            for step in path.split("__"):
                council = getattr(council, step)
            name, values = page(row)
            found[row.pk] = Label(
                str(row), reverse(f"boards:{name}", kwargs={"council": council.slug, **values})
            )
        return found

    register(f"boards.{model._meta.model_name}", Kind(noun, find, fields))  # noqa: SLF001


_DAYS = {"on": "day", "starts_at": "time", "minutes_long": "length", "counts_because": "why it counts or not"}
_kind(
    Board, "board", "council", lambda row: ("board", {"board": row.pk}), begun_on="begun", closed_on="closed"
)
_kind(Seat, "seat", "board__council", lambda row: ("members", {"board": row.board_id}))
_kind(
    Membership,
    "membership",
    "board__council",
    lambda row: ("members", {"board": row.board_id}),
    from_on="from",
    until_on="until",
)
_kind(
    TermsOfReference, "terms of reference", "board__council", lambda row: ("members", {"board": row.board_id})
)
_kind(Frequency, "frequency", "board__council", lambda row: ("frequency", {"board": row.board_id}))
_kind(StandingItem, "standing item", "board__council", lambda row: ("template", {"board": row.board_id}))
_kind(Meeting, "meeting", "board__council", lambda row: ("meeting", {"meeting": row.pk}), **_DAYS)
_kind(
    AgendaItem, "agenda item", "meeting__board__council", lambda row: ("meeting", {"meeting": row.meeting_id})
)
_kind(
    Paper, "paper", "item__meeting__board__council", lambda row: ("meeting", {"meeting": row.item.meeting_id})
)
_kind(
    Attendance,
    "attendance",
    "meeting__board__council",
    lambda row: ("meeting", {"meeting": row.meeting_id}),
    state="there",
)
_kind(Decision, "decision", "meeting__board__council", lambda row: ("meeting", {"meeting": row.meeting_id}))
_kind(
    Matter,
    "matter",
    "board__council",
    lambda row: ("matter", {"matter": row.pk}),
    due_on="due",
    closed_on="closed",
)
_kind(Minutes, "minutes", "meeting__board__council", lambda row: ("minutes", {"meeting": row.meeting_id}))
_kind(
    MinutesSection,
    "section of minutes",
    "minutes__meeting__board__council",
    lambda row: ("minutes", {"meeting": row.minutes.meeting_id}),
)
_kind(Round, "update round", "meeting__board__council", lambda row: ("round", {"meeting": row.meeting_id}))
_kind(Risk, "risk", "board__council", lambda row: ("risks", {"board": row.board_id}))
_kind(ForwardItem, "forward plan item", "board__council", lambda row: ("forward", {"board": row.board_id}))
_kind(TestingProvision, "days of testing", "board__council", lambda row: ("testing", {"board": row.board_id}))
