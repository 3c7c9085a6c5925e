"""Record that a deadline was met."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from deadlines.sentences import listed
from notices.deadlines.lines import Deadlines, Line, Proof, named
from notices.deadlines.queries import deadlines_of
from notices.deadlines.services import meet
from notices.management.arguments import council_called, day_of
from notices.services import Refused


class Command(BaseCommand):
    help = "Record that the deadline of a requirement, due on a day, was met on another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("council", help="full or usual short name, or code")
        parser.add_argument(
            "requirement", help="the notice's own reference (17), or an obligation's key (17 #2)"
        )
        parser.add_argument("due", help="the day it was due, YYYY-MM-DD")
        parser.add_argument("on", help="the day it was met, YYYY-MM-DD")
        parser.add_argument("--label", default="", help="what met it: a report, a meeting, a note")
        parser.add_argument("--link", default="", help="where that is")

    def handle(self, *args: Any, **options: Any) -> None:
        council, due, on = council_called(options["council"]), day_of(options["due"]), day_of(options["on"])
        today = timezone.localdate()
        found = deadlines_of(council, today=today, until=max(due, today))
        line = _chosen(found, options["requirement"], due)
        label = options["label"] or ("" if options["link"] else "Recorded on the command line")
        try:
            meet(
                council=council,
                number=line.duty.number,
                due=due,
                on=on,
                proof=Proof(label, options["link"]),
                by=None,
                now=timezone.now(),
                today=today,
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        late = f", {(on - due).days} days late" if on > due else ""
        self.stdout.write(f"{line.duty.deliverable}, due {due}: met on {on}{late}")


def _chosen(found: Deadlines, reference: str, due: Any) -> Line:
    """The one deadline that is meant: among several of one provision the one still owed. Raises CommandError."""
    asked = [line for line in found.lines if line.duty.asked_by(reference)]
    if not asked:
        raise CommandError(f"No obligation here is called {reference!r}")
    on_day = named(found.lines, reference, due)
    if not on_day:
        nearest = sorted(asked, key=lambda line: abs(line.due - due))[:6]
        days = listed(sorted(line.due.isoformat() for line in nearest))
        has = "it has" if len(nearest) == len(asked) else "the nearest are"
        raise CommandError(f"{reference} has no deadline on {due}; {has} {days}")
    exact = [line for line in on_day if line.duty.key == reference] or on_day
    still = [line for line in exact if line.open] or exact
    if len({line.duty.number for line in still}) > 1:
        keys = listed([f"{line.duty.key!r}" for line in still], "or")
        raise CommandError(f"{reference} has several deadlines on {due}: say which, {keys}")
    return still[0]
