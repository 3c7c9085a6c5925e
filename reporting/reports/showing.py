"""What the pages of reports show: put together for one reader. Reads alone."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from councils.access import Access
from councils.models import Council
from reporting.models import Judgement, Report, ReportSection
from reporting.reports.checking import Done, Finding, completeness
from reporting.reports.composing import facts_of_part
from reporting.reports.drafting import Owed, owed_reports
from reporting.reports.facts import Block, Facts
from reporting.reports.gather import facts_of
from reporting.reports.kinds import KINDS, Kind, Part, part_of
from reporting.reports.reads import may_sign, may_write, reports_seen
from reporting.reports.submitting import findings_of, under_way
from reporting.reports.words import Passage, cited, read


@dataclass(frozen=True)
class Desk:
    """A report that is being written, as its author sees it."""

    report: Report
    kind: Kind
    facts: Facts
    sections: tuple[ReportSection, ...]
    judgements: dict[str, Judgement]
    findings: tuple[Finding, ...]
    signs: bool

    @cached_property
    def lines(self) -> list[tuple[ReportSection, Done]]:
        """The sections with how complete each is."""
        return [
            (section, completeness(self.report, section, self.judgements, self.facts))
            for section in self.sections
        ]

    @property
    def missing(self) -> list[Finding]:
        return [one for one in self.findings if one.serious]

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.findings if not one.serious]

    @property
    def being_submitted(self) -> bool:
        return under_way(self.report)

    def part(self, section: ReportSection) -> Part:
        """What belongs into a section."""
        return part_of(self.kind, section.code)

    def blocks(self, section: ReportSection) -> list[Block]:
        """The facts beside a section."""
        return facts_of_part(self.part(section), section.area, self.facts)

    def passages(self, section: ReportSection) -> tuple[Passage, ...]:
        """A section as it will read."""
        return read(section.text, self.facts)

    def untested(self, section: ReportSection) -> list[str]:
        """What a section claims of actions that were not tested."""
        return [one.ref for one in cited(section.text, self.facts) if one.tested is False]

    def after(self, section: ReportSection) -> ReportSection | None:
        """The section that follows."""
        place = self.sections.index(section) + 1
        return self.sections[place] if place < len(self.sections) else None


def desk_of(report: Report, access: Access, *, today: dt.date, now: dt.datetime) -> Desk:
    """A draft with its facts and what is missing in it."""
    kind = KINDS[report.kind]
    facts = facts_of(report, today=today, now=now)
    return Desk(
        report=report,
        kind=kind,
        facts=facts,
        sections=tuple(report.sections.order_by("order", "pk")),
        judgements={row.requirement_key: row for row in report.judgements.all()},
        findings=tuple(findings_of(report, facts, today=today)),
        signs=may_sign(access, kind, report.council),
    )


@dataclass(frozen=True)
class Shelf:
    """The reports of a council for one reader: what is due, drafts of their own, what was submitted."""

    owed: tuple[Owed, ...]
    drafts: tuple[Report, ...]
    submitted: tuple[Report, ...]
    writes: tuple[Kind, ...]
    kinds: tuple[Kind, ...]

    def may_write(self, kind: Kind) -> bool:
        """Whether the reader writes reports of a kind."""
        return kind in self.writes


def shelf_of(council: Council, access: Access, *, today: dt.date, kind: str = "", due: bool = True) -> Shelf:
    """What somebody sees of a council's reports; `kind` narrows what was submitted, `due` asks for deadlines too."""
    seen = list(reports_seen(access, council))
    done = [report for report in seen if hasattr(report, "submitted")]
    there = {report.kind for report in done}
    return Shelf(
        # what the reader owes themselves first
        owed=tuple(
            sorted(
                owed_reports(council, today=today) if due else (),
                key=lambda owed: not may_write(access, owed.kind, council),
            )
        ),
        drafts=tuple(
            report for report in seen if report.open and may_write(access, KINDS[report.kind], council)
        ),
        submitted=tuple(
            sorted(
                (report for report in done if kind in {"", report.kind}),
                key=lambda report: (report.submitted.on, report.pk),
                reverse=True,
            )
        ),
        writes=tuple(one for one in KINDS.values() if may_write(access, one, council)),
        kinds=tuple(one for one in KINDS.values() if one.code in there),
    )
