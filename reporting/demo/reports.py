"""Reports of the invented year: two of the chair's, one of the council's, a draft under way. Words in reports.toml."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from boards.models import Board
from boards.services import testing
from boards.services.records import Act
from councils.models import User
from councils.roles import Role
from jobs.services import run_job
from notices.deadlines.lines import Line
from notices.deadlines.queries import deadlines_of
from plans.models import Action
from reporting.demo.boards import DemoBoard
from reporting.models import Report
from reporting.reports.drafting import begin, begin_due
from reporting.reports.kinds import KINDS, kind_asked_by
from reporting.reports.submitting import sign, submit, validate
from reporting.reports.writing import address, freeze, judge, write_section

FILE = Path(__file__).parent / "reports.toml"
ANY = "*"


class DemoReports:
    """What was tested and reported in the invented year; each step is done at the moment it would have been."""

    def __init__(self, board: DemoBoard) -> None:
        self.board, self.council, self.calendar = board, board.council, board.calendar
        self.words: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))

    @property
    def chair(self) -> User | None:
        return self.board.accounts.get(Role.BOARD_CHAIR)

    def make(self) -> None:
        """Tests and reports in the order in which they were done."""
        for row in self.words["tests"]:
            self._test(row)
        for row in self.words["chair"]:
            day = self.calendar.board(row["at"])
            self._report("chair", day, row, self.board.act(day, 19, self.chair), self.words["addressee"])
        row = self.words["board"]
        day = self.calendar.board(row["at"])
        director = self.board.accounts.get(Role.DIRECTOR)
        self._report("board", day, row, self.board.act(day, 9, director))

    def begin(self, *, today: dt.date) -> None:
        """The drafts that are due today; the chair has begun to write hers."""
        act = self.board.act(today, 7, self.chair)
        begin_due(self.council, today=today, now=act.now)
        draft = Report.objects.filter(council=self.council, kind="chair", state=Report.State.DRAFT).first()
        if draft is not None:
            address(act=act, report_id=draft.pk, addressee=self.words["addressee"])
            self._write(draft, self.words["draft"], {}, act)

    @cached_property
    def actions(self) -> Mapping[str, int]:
        """The plan's actions by reference."""
        return dict(Action.objects.filter(plan__council=self.council).values_list("ref", "pk"))

    def _test(self, row: Mapping[str, Any]) -> None:
        on = self.calendar.board(row["after"]) + dt.timedelta(days=row["days"])
        act = self.board.act(on, 17, self.chair)
        board = Board.objects.get(council=self.council, of_notice=True)
        sample = {self.actions[ref]: (result, words) for ref, result, words in row["findings"]}
        values = {"title": row["title"], "tester": row["tester"], "on": on, "method": row["method"]}
        test = testing.plan_test(
            act=act,
            board_id=board.pk,
            values=values,
            sample=[(number, "reported complete, of high risk") for number in sample],
        )
        for finding in test.findings.all():
            result, words = sample[finding.action_id or 0]
            testing.record_finding(
                act=act, finding_id=finding.pk, result=result, text=words, assured="", made_from=1
            )
        done = {"state": "done", "days": Decimal(2), "notes": row["notes"]}
        testing.change_test(act=act, test_id=test.pk, values=done, made_from=test.version)
        testing.share_test(act=act, test_id=test.pk)

    def _report(self, kind: str, day: dt.date, row: Mapping[str, Any], act: Act, addressee: str = "") -> None:
        """A report written, judged, signed and submitted on the day it was due; nothing where none was due."""
        line = self._due(kind, day)
        if line is None:
            return
        report = begin(act=act, kind=KINDS[kind], line=line)
        if addressee:
            address(act=act, report_id=report.pk, addressee=addressee)
        self._write(report, row["sections"], row.get("areas", {}), act)
        report = freeze(act=act, report_id=report.pk)
        judgements = row.get("judgements", {})
        if judgements and report.facts:
            said = {
                one["key"]: (*judgements.get(one["ref"], judgements[ANY]), 0)
                for one in report.facts["requirements"]
            }
            judge(act=act, report_id=report.pk, said=said)
        validate(act=act, report_id=report.pk)
        sign(act=act, report_id=report.pk)
        job = submit(act=act, report_id=report.pk)
        run_job(job.pk, clock=lambda: act.now)

    def will_meet(self, line: Line) -> bool:
        """Whether one of the invented reports is for this deadline."""
        days = [("chair", row["at"]) for row in self.words["chair"]] + [("board", self.words["board"]["at"])]
        return any(_is_for(line, kind, self.calendar.board(number)) for kind, number in days)

    def _due(self, kind: str, day: dt.date) -> Line | None:
        """The open deadline of a kind of report that fell on a day."""
        known = deadlines_of(self.council, today=day, until=day)
        return next((line for line in known.lines if line.open and _is_for(line, kind, day)), None)

    def _write(self, report: Report, sections: Mapping[str, str], areas: Mapping[str, str], act: Act) -> None:
        for section in report.sections.all():
            words = areas.get(section.area, areas.get(ANY)) if section.area else sections.get(section.code)
            if words:
                write_section(
                    act=act, report_id=report.pk, code=section.code, text=words, made_from=section.version
                )


def _is_for(line: Line, kind: str, day: dt.date) -> bool:
    duty = line.duty
    asked = kind_asked_by(duty.duty_holder, duty.recipient, duty.deliverable)
    return asked is KINDS[kind] and line.due == day
