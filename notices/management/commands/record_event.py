"""Record a dated fact that deadlines count from."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notices.deadlines.queries import deadlines_of
from notices.management.arguments import council_called, day_of
from notices.models import Event
from notices.services import About, EventRefused, record_event


class Command(BaseCommand):
    help = "Record that something happened on a day, or (--planned) is planned for one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("council", help="full or usual short name, or code")
        parser.add_argument("kind", choices=sorted(Event.Kind.values))
        parser.add_argument("date", help="YYYY-MM-DD")
        parser.add_argument("--board", default="", help="which board, where it is one")
        parser.add_argument("--planned", action="store_true", help="it is planned, it has not happened")
        parser.add_argument(
            "--report",
            "--obligation",
            dest="report",
            default="",
            help="which report was submitted: its obligation's key, or its provision's reference",
        )
        parser.add_argument("--note", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        council, on, today = council_called(options["council"]), day_of(options["date"]), timezone.localdate()
        before = deadlines_of(council, today=today)
        if options["report"] and not any(duty.asked_by(options["report"]) for duty in before.duties):
            raise CommandError(f"No obligation here is called {options['report']!r}")
        try:
            event = record_event(
                council=council,
                kind=options["kind"],
                on=on,
                state=Event.State.PLANNED if options["planned"] else Event.State.HAPPENED,
                by=None,
                now=timezone.now(),
                today=today,
                board=options["board"],
                note=options["note"],
                about=About(report=options["report"]),
            )
        except EventRefused as refused:
            hint = ": use --planned" if on > today and not options["planned"] else ""
            raise CommandError(f"{refused}{hint}") from refused
        self.stdout.write(f"{event.get_kind_display()} {event.get_state_display()} {on}: recorded")
        if before.issued_on is not None and on < before.issued_on:
            self.stdout.write(
                f"It lies before the notice of {before.issued_on}: it is kept, and counts only where a clause says so"
            )
