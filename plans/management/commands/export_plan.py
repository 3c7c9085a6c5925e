"""Write a council's plan to a file: Excel, CSV, PDF or Word."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notices.management.arguments import council_called, past_day_of, writable, write
from plans.exporting.gathering import NothingToExport, whole_plan
from plans.exporting.making import Format, make
from plans.exporting.press import PrintingFailed


class Command(BaseCommand):
    help = "Write a council's plan to a file: Excel, CSV, PDF or Word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("council", help="full or usual short name, or code")
        parser.add_argument("--format", required=True, choices=[kind.value for kind in Format])
        parser.add_argument(
            "--as-at",
            metavar="DATE",
            help="the plan as it stood at the end of this day, as far as is known now, YYYY-MM-DD (today)",
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        council, output = council_called(options["council"]), writable(options["output"])
        as_at = past_day_of(options["as_at"], today=today) if options["as_at"] else None
        try:
            book = whole_plan(council, as_at=as_at, today=today, now=now)
            made = make(book, Format(options["format"]))
        except (NothingToExport, PrintingFailed) as problem:
            raise CommandError(str(problem)) from problem
        write(output, made.content)
        self.stdout.write(f"{output}: {book.counts_words}, {book.position[:1].lower()}{book.position[1:]}")
