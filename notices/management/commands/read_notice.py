"""Read a notice from a file: show what was found, or store it with what is unclear left "not yet agreed"."""

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from councils.rights import Thing
from deadlines.sentences import day_in_words
from files.services import FileRefused, store_file
from notices.management.arguments import council_called, day_of
from notices.models import Instrument, NoticeReading, NoticeVersion
from notices.reader import UnreadableNotice, read_notice
from notices.reader.reading import NoticeReading as Found
from notices.services import Refused, confirm


class Command(BaseCommand):
    help = "Read an improvement notice (text, .docx, text PDF): requirements, obligations, questions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--json", action="store_true", help="print JSON, and nothing else, on standard output"
        )
        parser.add_argument("--council", help="full or usual short name, or code; with --confirm")
        parser.add_argument(
            "--issued", help="the day of issue, YYYY-MM-DD; needed where the copy does not say it"
        )
        parser.add_argument(
            "--confirm", action="store_true", help="store it: what is unclear becomes “not yet agreed”"
        )
        parser.add_argument(
            "--amends", action="store_true", help="it is the next version of the notice in force"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = _contents(options["file"])
        try:
            found = read_notice(data, options["file"].name)
        except UnreadableNotice as refused:
            raise CommandError(str(refused)) from refused
        if options["confirm"]:
            made = _store(found, data, options)
            self.stderr.write(
                f"Stored as {made}: {made.requirements.count()} requirements, "
                f"{made.obligations.count()} obligations"
            )
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(found)

    def _tell(self, found: Found) -> None:
        issued = day_in_words(found.issued_on) if found.issued_on else "not dated"
        self.stdout.write(f"{found.council or 'No council named'}, issued: {issued}")
        self.stdout.write(f"Signed: {found.signatory or 'not said'}")
        self.stdout.write(f"\n{len(found.requirements)} requirements, {len(found.obligations)} obligations:")
        for one in found.obligations:
            to = f" to {one.recipient}" if one.recipient else ""
            self.stdout.write(
                f"  {one.key}: {one.duty_holder} {one.force.value}{to}: {one.deliverable}; {one.schedule.sentence()}"
            )
        if found.questions:
            self.stdout.write(f"\n{len(found.questions)} questions:")
        for question in found.questions:
            place = f"{question.obligation}: " if question.obligation else ""
            self.stdout.write(f"  {place}{question.text} Proposed: {question.proposal}")


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}") from problem


def _issued(found: Found, text: str | None) -> dt.date:
    """The day given, else the day that the notice itself says; it is never invented."""
    if text:
        return day_of(text)
    if found.issued_on is None:
        raise CommandError("This copy is not dated: say when it was issued with --issued YYYY-MM-DD")
    return found.issued_on


@transaction.atomic
def _store(found: Found, data: bytes, options: dict[str, Any]) -> NoticeVersion:
    if not options["council"]:
        raise CommandError("--confirm needs --council NAME")
    council = council_called(options["council"])
    issued = _issued(found, options["issued"])
    standing = Instrument.objects.filter(council=council, ended_on__isnull=True, versions__isnull=False)
    if NoticeVersion.objects.filter(
        instrument__council=council, in_force_from=issued, text=found.text
    ).exists():
        raise CommandError("This notice is stored already, with this day of issue")
    amended = standing.order_by("-on", "-pk").first() if options["amends"] else None
    if options["amends"] and amended is None:
        raise CommandError("There is no notice in force that it could amend")
    now = timezone.now()
    try:
        file = store_file(
            council=council,
            thing=Thing.NOTICE_SOURCE,
            name=options["file"].name,
            content=data,
            by=None,
            now=now,
        )
        reading = NoticeReading.objects.create(
            council=council,
            file=file,
            instrument=amended,
            state=NoticeReading.State.READY,
            proposal=found.as_json() | {"text": found.text},
            choices={"about": {"issued_on": issued.isoformat()}},
            begun_at=now,
        )
        return confirm(reading, version=None, by=None, now=now, today=timezone.localdate())
    except FileRefused as refused:
        raise CommandError(str(refused)) from refused
    except Refused as refused:
        raise CommandError(f"{refused.field}: {refused}") from refused
