"""Write a council's plan to a file: Excel, CSV, PDF or Word."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from councils.queries import CouncilNotFoundError, find_council
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
            type=dt.date.fromisoformat,
            metavar="DATE",
            help="the plan as it stood at the end of this day, as far as is known now (2015-02-24; default: today)",
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            council = find_council(options["council"])
            book = whole_plan(council, as_at=options["as_at"], today=timezone.localdate(), now=timezone.now())
            made = make(book, Format(options["format"]))
            options["output"].write_bytes(made.content)
        except (CouncilNotFoundError, NothingToExport, PrintingFailed, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{options['output']}: {book.counts_words}, {book.position[:1].lower()}{book.position[1:]}"
        )
