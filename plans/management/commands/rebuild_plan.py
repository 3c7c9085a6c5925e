"""Make a plan's current values again from its history, and say what was otherwise."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from councils.queries import CouncilNotFoundError, find_council
from plans.queries import open_plan
from plans.rebuilding import rebuild


class Command(BaseCommand):
    help = "Rebuild the current values of a council's plan from its history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("council", help="full or usual short name, or code")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            council = find_council(options["council"])
        except CouncilNotFoundError as unknown:
            raise CommandError(str(unknown)) from unknown
        plan = open_plan(council)
        if plan is None:
            raise CommandError(f"{council.short_name} has no open plan")
        righted = rebuild(plan)
        for what in righted:
            self.stdout.write(what)
        self.stdout.write(
            f"{len(righted)} values put right" if righted else "Everything was as its history says"
        )
