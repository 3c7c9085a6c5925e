"""What is due in a council, when and why then."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notices.deadlines.lines import Deadlines
from notices.deadlines.queries import deadlines_of
from notices.management.arguments import council_called, day_of


class Command(BaseCommand):
    help = "List a council's deadlines with their state on a day, and why each falls when it does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("council", help="full or usual short name, or code")
        parser.add_argument("--as-at", help="the day they are looked at, YYYY-MM-DD (today)")
        parser.add_argument("--until", help="the last due day, inclusive, YYYY-MM-DD (a year on)")
        parser.add_argument(
            "--json", action="store_true", help="print JSON, and nothing else, on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        council = council_called(options["council"])
        as_at = day_of(options["as_at"]) if options["as_at"] else timezone.localdate()
        until = day_of(options["until"]) if options["until"] else None
        if until is not None and until < as_at:
            raise CommandError("--until lies before --as-at")
        found = deadlines_of(council, today=as_at, until=until)
        if options["json"]:
            rows = [line.as_row() for line in found.lines]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self._tell(found)

    def _tell(self, found: Deadlines) -> None:
        if found.issued_on is None:
            self.stdout.write("No notice with obligations is in force here")
        for line in found.lines:
            window = f", from {line.one.window_from}" if line.open and line.one.window_from else ""
            met = f" on {line.deadline.met_on}" if line.deadline.met_on else ""
            self.stdout.write(
                f"{line.due}  {line.state_words}{window}{met}: {line.duty.duty_holder}, {line.duty.deliverable} "
                f"({line.duty.requirement}, {line.duty.force.value})\n            {line.why}"
            )
        for one in found.waiting:
            self.stdout.write(
                f"No date     {one.duty.duty_holder}, {one.duty.deliverable} ({one.duty.requirement}): {one.why}"
            )
        for one in found.problems:
            self.stderr.write(f"Cannot be met as it stands: {one.duty.requirement}, {one.why}")
        for stray in found.strays:
            self.stderr.write(
                f"Recorded of a deadline that has gone: {stray.key} due {stray.due}, {stray.what}"
            )
        for planned in found.unsaid:
            self.stderr.write(f"Say whether it was held: {planned}")
