"""Read a council's plan from a file: what is certain is stored, the rest stays as open findings."""

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from councils.models import Council
from councils.queries import CouncilNotFoundError, find_council
from councils.rights import Thing
from files.services import FileRefused, store_file
from plans import reader
from plans.importing.difference import Difference
from plans.importing.report import Effect, changes_in
from plans.importing.which import AnotherPlan, NotWritten, kind_for, open_plan_of
from plans.importing.writing import difference, write_reading
from plans.models import Plan, Reading

if TYPE_CHECKING:
    from plans.importing.asking import Question


class Command(BaseCommand):
    help = "Read an improvement plan (.xlsx, .docx, .csv, .tsv, .pdf) into a council's plan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--council", required=True, help="full or usual short name, or code")
        parser.add_argument("--as-at", help="the day the document speaks of, YYYY-MM-DD (today)")
        parser.add_argument(
            "--kind",
            choices=Plan.Kind.values,
            default="",
            help="which of the council's plans it is, or which is begun with it (the open one, else improvement)",
        )
        parser.add_argument("--accept-suggestions", action="store_true", help="take what the reader suggests")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
        parser.add_argument(
            "--json", action="store_true", help="print JSON, and nothing else, on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        as_at = _day(options["as_at"], timezone.localdate())
        council = _council(options["council"])
        try:
            kind = kind_for(council, options["kind"])
        except AnotherPlan as another:
            raise CommandError(str(another)) from another
        data = _contents(options["file"])
        try:
            found = reader.read_plan(data, options["file"].name, as_at=as_at)
        except reader.UnreadablePlan as refused:
            raise CommandError(refused.message) from refused
        if options["accept_suggestions"]:
            found = reader.accept_suggestions(found)
        changes = difference(found, open_plan_of(council, kind))
        answers = {}
        if options["accept_suggestions"]:
            answers = {q.id: q.suggestion for q in changes.open_questions if q.suggestion is not None}
            changes = difference(found, open_plan_of(council, kind), answers)
        if not options["dry_run"]:
            try:
                with transaction.atomic():
                    # not before: a position frozen while the file was read must not hold it
                    now = timezone.now()
                    file = store_file(
                        council=council,
                        thing=Thing.PLAN_SOURCE,
                        name=options["file"].name,
                        content=data,
                        by=None,
                        now=now,
                    )
                    stored = Reading.objects.create(
                        council=council,
                        kind=kind,
                        file=file,
                        as_at=as_at,
                        begun_at=now,
                        result=reader.to_json(found),
                        choices={"matching": answers},
                    )
                    plan, changes = write_reading(
                        found,
                        council=council,
                        as_at=as_at,
                        by=None,
                        now=now,
                        kind=kind,
                        stored=stored,
                        answers=answers,
                    )
                    Reading.objects.filter(pk=stored.pk).update(
                        state=Reading.State.WRITTEN, plan=plan, written_at=now
                    )
            except (FileRefused, NotWritten) as refused:
                raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found, changes), indent=1, ensure_ascii=False))
        else:
            self._say(found, changes, council, dry=options["dry_run"])

    def _say(self, found: reader.Reading, changes: Difference, council: Council, *, dry: bool) -> None:
        counts = ", ".join(f"{code} {n}" for code, n in reader.rating_counts(found).items())
        self.stdout.write(
            f"{council.short_name}: {len(found.themes)} themes, {len(found.objectives)} objectives, "
            f"{len(found.actions)} actions ({counts})"
        )
        asked: list[reader.Finding | Question] = [*found.findings, *changes.questions]
        for finding in asked:
            if finding.chosen is None:
                self.stdout.write(f"  {finding.code.value}: {finding.message}")
        self.stdout.write(
            f"{'Would be: ' if dry else ''}{len(changes.new)} new, {len(changes.changed_refs)} changed, "
            f"{len(changes.moved_refs)} moved, {changes.same} the same, {len(changes.missing)} not in the document, "
            f"{len(changes.left)} left until it is said which action they are"
        )


def _day(words: str | None, today: dt.date) -> dt.date:
    if not words:
        return today
    try:
        day = parse_date(words)
    except ValueError:
        day = None
    if day is None or day > today:
        raise CommandError(f"--as-at {words!r} is not a day up to today, written YYYY-MM-DD")
    return day


def _council(words: str) -> Council:
    try:
        return find_council(words)
    except CouncilNotFoundError as unknown:
        raise CommandError(str(unknown)) from unknown


def _contents(path: Path) -> bytes:
    if not path.is_file():
        raise CommandError(f"There is no file {path}")
    if path.stat().st_size > settings.MAX_UPLOAD_BYTES:
        limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise CommandError(f"{path.name} is larger than {limit} MB: take pictures out of it, or split it")
    return path.read_bytes()


def _as_json(found: reader.Reading, changes: Difference) -> dict[str, Any]:
    said = reader.summary(found)
    said["findings"] += [
        {
            "ref": question.ref,
            "row": question.row,
            "column": question.column,
            "code": question.code.value,
            "message": question.message,
            "suggestion": question.suggestion,
        }
        for question in changes.open_questions
    ]
    return said | {
        "changes": [
            {"ref": line.ref, "field": line.field, "old": line.old, "new": line.new}
            for line in changes_in(changes)
            if line.kind != Effect.KEPT
        ]
    }
