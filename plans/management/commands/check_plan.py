"""What does not add up in a council's plan, as at a day."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notices.management.arguments import council_called, past_day_of
from notices.queries import board_days
from plans.queries import open_plan, table_at


class Command(BaseCommand):
    help = "List what does not add up in a council's plan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("council", help="full or usual short name, or code")
        parser.add_argument(
            "--as-at",
            metavar="DATE",
            help="the plan as it stood on this day, as far as is known now, YYYY-MM-DD (today)",
        )
        parser.add_argument("--json", action="store_true", help="print [{ref, rule, message}]")

    def handle(self, *args: Any, **options: Any) -> None:
        council, today = council_called(options["council"]), timezone.localdate()
        on = past_day_of(options["as_at"], today=today) if options["as_at"] else today
        plan = open_plan(council)
        if plan is None:
            raise CommandError(f"{council.short_name} has no open plan")
        if on < plan.begun_on:
            raise CommandError(f"The plan began on {plan.begun_on:%Y-%m-%d}, after that day")
        last_board, _ = board_days(council, today=on)
        found = table_at(plan, on=on, last_board=last_board).contradictions
        if options["json"]:
            rows = [{"ref": c.ref, "rule": c.rule.code, "message": c.message} for c in found]
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        for contradiction in found:
            self.stdout.write(
                f"{contradiction.ref}  {contradiction.rule.code}  {contradiction.message}. {contradiction.settle}."
            )
        things = "thing does" if len(found) == 1 else "things do"
        self.stdout.write(f"{len(found)} {things} not add up" if found else "Everything adds up")
