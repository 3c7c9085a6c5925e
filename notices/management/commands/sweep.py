"""The daily sweep of deadlines by hand: who is to be told what, and everybody's digest."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notices.deadlines.sweep import sweep
from notices.management.arguments import day_of
from notifications.services.digests import write_digests


class Command(BaseCommand):
    help = "Derive reminders and escalations of all councils and write the day's digests. Twice does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-at", help="the day it is done for, YYYY-MM-DD, up to today (today)")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        day = day_of(options["as_at"]) if options["as_at"] else today
        if day > today:
            raise CommandError("--as-at lies in the future: people are told of what is, not of what may be")
        done = sweep(today=day, clock=timezone.now)
        digests = write_digests(now=timezone.now(), today=day)
        for council, notes in done.notes.items():
            breaches = sum(":breach:" in key for key in notes)
            self.stdout.write(f"{council}: {len(notes) - breaches} reminders, {breaches} escalations")
        self.stdout.write(f"{len(done.notes)} councils swept, {digests} digests written")
        for council, problem in done.problems.items():
            self.stderr.write(f"{council} could not be swept: {problem}")
        if done.problems:
            raise CommandError(f"{len(done.problems)} councils could not be swept")
