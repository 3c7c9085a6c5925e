"""manage.py board_pack COUNCIL --meeting DATE --output FILE [--as-at DATE]: a draft of the pack as a PDF file."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from boards.models import Meeting
from councils.models import Council
from notices.management.arguments import council_called, day_of, past_day_of, writable, write
from plans.exporting.press import PrintingFailed
from reporting.packs.basis import Basis, basis_of
from reporting.packs.collect import collect
from reporting.packs.making import printed, sections_of
from reporting.packs.papers import PaperRefused


class Command(BaseCommand):
    help = "Write the pack of a council's board meeting as a PDF file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("council")
        parser.add_argument("--meeting", required=True, help="the meeting's day, YYYY-MM-DD")
        parser.add_argument("--board", help="the board’s name, where several meet on that day (the notice’s)")
        parser.add_argument("--output", required=True, type=Path)
        parser.add_argument("--as-at", help="the day whose position the pack shows, YYYY-MM-DD")
        parser.add_argument(
            "--without-restricted", action="store_true", help="the copy without restricted items"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        council, output = council_called(options["council"]), writable(options["output"])
        meeting = _meeting(council, day_of(options["meeting"]), options["board"])
        basis, _ = basis_of(meeting, today=today, now=now)
        if options["as_at"]:
            basis = Basis(past_day_of(options["as_at"], today=today), now)
        try:
            facts = collect(
                meeting,
                basis,
                sections=sections_of(council),
                restricted=not options["without_restricted"],
                edition=f"Draft of {today.day} {today:%B %Y}",
                made_on=today,
            )
            content = printed(facts)
        except (PaperRefused, PrintingFailed) as problem:
            raise CommandError(str(problem)) from problem
        write(output, content)
        self.stdout.write(f"{output}: {meeting.board}, {len(content):,} bytes")


def _meeting(council: Council, on: dt.date, board: str | None) -> Meeting:
    """The board meeting of a day: of the board that is named, else of the only one, else of the notice's."""
    rows = (
        Meeting.objects.filter(board__council=council, on=on).select_related("board__council").order_by("pk")
    )
    if board:
        rows = rows.filter(board__name__iexact=board.strip())
    found = [row for row in rows if not row.cancelled]
    of_notice = [row for row in found if row.board.of_notice]
    meetings = of_notice if len(of_notice) == 1 else found
    if not meetings:
        cancelled = ": it was cancelled" if rows else ""
        raise CommandError(f"{council} has no meeting of {board or 'a board'} on {on.isoformat()}{cancelled}")
    if len(meetings) > 1:
        names = ", ".join(str(row.board) for row in meetings)
        raise CommandError(
            f"Several boards meet on {on.isoformat()}; say with --board which of them: {names}"
        )
    return meetings[0]
