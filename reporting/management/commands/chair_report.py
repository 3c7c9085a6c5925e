"""manage.py chair_report COUNCIL --as-at DATE --output FILE [--format pdf|docx]: the report drafted from facts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from notices.management.arguments import council_called, past_day_of, writable, write
from notices.queries.notice import instruments_of
from plans.exporting.press import PrintingFailed
from reporting.models import Report
from reporting.reports.composing import body_from, compose
from reporting.reports.drafting import sections_for
from reporting.reports.gather import basis_for, gather
from reporting.reports.kinds import KINDS
from reporting.reports.printing import as_pdf
from reporting.reports.word import as_docx


class Command(BaseCommand):
    help = "Write a draft of the chair's report to the Minister, from the facts as at a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("council")
        parser.add_argument("--as-at", required=True, help="the last day it speaks of, YYYY-MM-DD")
        parser.add_argument("--output", required=True, type=Path)
        parser.add_argument("--format", choices=["pdf", "docx"], help="by default what FILE ends in, or pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        council, output = council_called(options["council"]), writable(options["output"])
        on = past_day_of(options["as_at"], today=timezone.localdate(now))
        issued = min((instrument.on for instrument in instruments_of(council)), default=None)
        if issued is not None and on < issued:
            raise CommandError(f"{council}’s first notice is of {issued.isoformat()}, after that day")
        kind = KINDS["chair"]
        basis = basis_for(council, kind, None, today=on, now=now, unfrozen=True)
        report = Report(council=council, kind=kind.code, board=basis.board, begun_at=now)
        sections = sections_for(report, kind, on)
        composed = compose(
            body_from(report, gather(basis), sections), edition="Draft from the facts", dated=on
        )
        wanted = options["format"] or ("docx" if output.suffix.lower() == ".docx" else "pdf")
        try:
            content = as_docx(composed, made_at=now) if wanted == "docx" else as_pdf(composed)
        except PrintingFailed as failed:
            raise CommandError(f"The report could not be printed: {failed}") from failed
        write(output, content)
        self.stdout.write(f"{output}: {len(content):,} bytes")
