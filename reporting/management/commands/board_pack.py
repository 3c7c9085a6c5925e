"""manage.py board_pack COUNCIL --meeting DATE --output FILE [--as-at DATE]: a draft of the pack as a PDF file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from boards.models import Meeting
from notices.management.arguments import council_called, day_of
from plans.exporting.press import PrintingFailed
from reporting.packs.collect import Basis, collect
from reporting.packs.making import basis_of, printed, sections_of
from reporting.packs.papers import PaperRefused


class Command(BaseCommand):
    help = "Write the pack of a council's board meeting as a PDF file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("council")
        parser.add_argument("--meeting", required=True, help="the meeting's day, YYYY-MM-DD")
        parser.add_argument("--output", required=True, type=Path)
        parser.add_argument("--as-at", help="the day whose position the pack shows, YYYY-MM-DD")
        parser.add_argument(
            "--without-restricted", action="store_true", help="the copy without restricted items"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        council, on = council_called(options["council"]), day_of(options["meeting"])
        meetings = Meeting.objects.filter(board__council=council, on=on).exclude(state="cancelled")
        meeting = meetings.select_related("board__council").order_by("-board__of_notice", "pk").first()
        if meeting is None:
            raise CommandError(f"{council} has no board meeting on {on.isoformat()}")
        now = timezone.now()
        basis, _ = basis_of(meeting, today=timezone.localdate(now), now=now)
        if options["as_at"]:
            basis = Basis(day_of(options["as_at"]), now)
        try:
            facts = collect(
                meeting,
                basis,
                sections=sections_of(council),
                restricted=not options["without_restricted"],
                edition=f"Draft of {timezone.localdate(now).day} {timezone.localdate(now):%B %Y}",
                made_on=timezone.localdate(now),
            )
            content = printed(facts)
        except (PaperRefused, PrintingFailed) as problem:
            raise CommandError(str(problem)) from problem
        options["output"].write_bytes(content)
        self.stdout.write(f"{options['output']}: {len(content):,} bytes")
