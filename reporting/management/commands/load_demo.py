"""Make the invented council that a newcomer looks round in."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reporting.demo.build import load_demo


class Command(BaseCommand):
    help = "Make an invented council with a plan and a year of history. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="print JSON, and nothing else, on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_demo(today=timezone.localdate())
        council, last_board = loaded.council, loaded.last_board
        if options["json"]:
            said = {"council": council.slug, "last_board": last_board.isoformat() if last_board else None}
            self.stdout.write(json.dumps(said))
            return
        what = "is ready" if loaded.made else "was there already"
        when = (
            f"its last board was on {last_board.day} {last_board:%B %Y}"
            if last_board
            else "it has held no board"
        )
        self.stdout.write(f"{council.name}, an invented council, {what}: {when}.")
