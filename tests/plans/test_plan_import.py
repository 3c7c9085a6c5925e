"""Reading a plan in: what is written, what a second document changes, what is never lost."""

import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from councils.models import Council, Person
from councils.roles import Role
from files.models import StoredFile
from history.models import Change
from jobs.models import Job
from plans import reader
from plans.importing import documents
from plans.importing.difference import Move, compare
from plans.importing.report import report
from plans.importing.writing import OlderDocument, write_reading
from plans.models import Action, Finding, Objective, Plan, ProgressUpdate, Reading, ScaleCode, Theme
from plans.queries import live_table, table_at
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, NOW, TODAY, action, plan_of, read_action, read_plan

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "plan-manchester-2015.xlsx"
pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


def write(council, *actions, as_at=BEGUN, **fields):
    return write_reading(read_plan(*actions, **fields), council=council, as_at=as_at, by=None, now=NOW)


def test_a_first_document_makes_the_plan_with_its_scale_themes_objectives_actions_and_leads(council):
    plan = plan_of(council)
    assert (plan.title, plan.begun_on, plan.versions.get().number) == ("Plan of Testshire", BEGUN, 1)
    assert list(
        ScaleCode.objects.filter(plan=plan).order_by("order").values_list("code", "standing", "is_mark")
    ) == [
        ("R", "off_track", False),
        ("A", "on_track", False),
        ("G", "complete", False),
        ("N", "", True),
    ]
    assert [theme.title for theme in Theme.objects.filter(plan=plan)] == ["Workforce"]
    assert list(Objective.objects.filter(plan=plan).order_by("order").values_list("ref", "rating__code")) == [
        ("P1", "A"),
        ("P2", None),
    ]
    assert [lead.name for lead in action(plan, "P1.2").leads.order_by("order")] == ["Pat Reed", "Kim Vale"]
    assert Person.objects.filter(council=council).count() == 2
    assert ProgressUpdate.objects.filter(action__plan=plan).count() == 2  # nothing was reported of P2.1


def test_reading_the_same_document_again_changes_nothing(council):
    plan = plan_of(council)
    changes = Change.objects.count()
    again, found = write(
        council,
        read_action("P1.1"),
        read_action("P1.2", rating="R", end=dt.date(2015, 2, 28), leads=("Pat Reed", "Kim Vale")),
        read_action("P2.1", rating=None, end=None, objective="o2", progress=""),
    )
    assert (again, found.new, found.changed, found.missing, found.same) == (plan, (), (), (), 3)
    assert Change.objects.count() == changes


def test_a_later_document_adds_and_changes_with_history_and_only_asks_about_what_is_missing(council):
    plan = plan_of(council)
    later = dt.date(2015, 3, 17)
    _, found = write(
        council,
        read_action(
            "p1.1", rating="G", progress="Done", leads=("Kim Vale",), objective="o2", end=dt.date(2015, 4, 30)
        ),
        read_action("P3.1", marks=("N",)),
        as_at=later,
    )
    assert (found.new, found.missing) == (("P3.1",), ("P1.2", "P2.1"))
    assert {change.field for change in found.changed} == {
        "activity", "outcome", "timeline", "ends_on", "leads", "rating", "progress",
    }  # fmt: skip
    assert found.moved == (Move("P1.1", "objective", "P1", "P2"),)
    row = action(plan, "P1.1")
    assert (row.rating.code, row.reported_on, row.objective.ref, row.version) == ("G", later, "P2", 2)
    assert Action.objects.filter(plan=plan).count() == 4
    asked = Finding.objects.filter(plan=plan, code="missing_from_document", settled_at__isnull=True)
    assert sorted(asked.values_list("ref", flat=True)) == ["P1.2", "P2.1"]
    before = next(a for a in table_at(plan, on=BEGUN).actions if a.ref == "P1.1")
    assert (before.rating.code, before.lead_names, before.ends_on) == ("A", "Pat Reed", dt.date(2015, 3, 31))
    assert [(a.ref, a.objective_id, a.lead_names, a.rating) for a in table_at(plan, on=TODAY).actions] == [
        (a.ref, a.objective_id, a.lead_names, a.rating) for a in live_table(plan, today=TODAY).actions
    ]


def test_an_older_document_is_refused_and_turns_nothing_back(council):
    plan = plan_of(council, as_at=dt.date(2015, 3, 1))
    with pytest.raises(OlderDocument, match="1 March 2015"):
        write(council, read_action("P1.1", rating="R"), as_at=dt.date(2015, 2, 1))
    assert action(plan, "P1.1").rating.code == "A"


def test_a_document_without_a_column_does_not_empty_it_in_the_plan(council):
    plan = plan_of(council, read_action("P1.1", rating="G"))
    _, found = write(
        council,
        read_action("P1.1", rating=None, progress="", outcome="", activity="Do it better"),
        as_at=TODAY,
    )
    assert [change.field for change in found.changed] == ["activity"]
    row = action(plan, "P1.1")
    assert (row.activity, row.outcome, row.rating.code) == ("Do it better", "P1.1 is done", "G")


def test_references_used_twice_or_not_at_all_still_give_every_row_a_place(council):
    plan = plan_of(
        council,
        read_action("P1.1", row=4),
        read_action("P1.1", key="second", row=5),
        read_action("x", ref=None, key="row 6", row=6),
        read_action("loose", objective=None, theme=None),
    )
    assert list(Action.objects.filter(plan=plan).order_by("order").values_list("ref", flat=True)) == [
        "P1.1", "P1.1 (2)", "P1 no. 1", "loose",
    ]  # fmt: skip
    assert action(plan, "loose").objective.ref == ""


def test_an_import_that_fails_half_way_leaves_nothing(council, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr("plans.importing.writing.write_findings", fail)
    with pytest.raises(RuntimeError):
        plan_of(council)
    assert not Plan.objects.exists()
    assert not Change.objects.exists()


def test_comparing_needs_no_database():
    found = compare(read_plan(read_action("P1.1")), {})
    assert (found.new, found.same, found.empty) == (("P1.1",), 0, False)


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Ref", "Priority", "Action", "Owner", "Target date", "Status", "Comments"])
    sheet.append(
        [
            "1.1",
            "1 Safe caseloads",
            "Recruit six workers",
            "Pat Reed",
            dt.date(2015, 5, 1),
            "Green",
            "Four in post",
        ]
    )
    sheet.append(
        [
            "1.2",
            "1 Safe caseloads",
            "Agree a caseload policy",
            "Kim Vale",
            dt.date(2015, 2, 1),
            "Red",
            "Draft late",
        ]
    )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def begin(council, data, name="plan.xlsx"):
    manager = member(Role.PROGRAMME_MANAGER, council)
    upload = SimpleUploadedFile(name, data)
    reading, job = documents.begin_reading(council=council, upload=upload, as_at=BEGUN, by=manager, now=NOW)
    from jobs.services import run_job

    run_job(job.pk, clock=lambda: NOW)
    reading.refresh_from_db()
    return reading, manager


def test_a_document_is_kept_read_by_a_job_confirmed_once_and_its_file_unchanged(council):
    data = workbook()
    reading, manager = begin(council, data)
    assert reading.state == Reading.State.READY
    assert Job.objects.get(pk=reading.job_id).state == Job.State.DONE
    with StoredFile.objects.get(pk=reading.file_id).content.open("rb") as stored:
        assert stored.read() == data
    plan, found = documents.confirm(reading, by=manager, now=NOW)
    assert (len(found.new), plan.actions.count()) == (2, 2)
    with pytest.raises(documents.NotReady):
        documents.confirm(reading, by=manager, now=NOW)


def test_what_is_no_plan_is_refused_in_words_and_kept(council):
    reading, _ = begin(council, b"PK\x03\x04 but broken", "plan.xlsx")
    assert reading.state == Reading.State.REFUSED
    assert reading.problem
    assert not Plan.objects.exists()


def test_answers_are_kept_and_an_answer_that_was_not_offered_is_not(council):
    reading, _ = begin(council, workbook())
    documents.choose(reading, findings={}, standings={"Green": "complete"})
    with pytest.raises(reader.UnknownChoice):
        documents.choose(reading, findings={"no-such": "x"}, standings={})
    reading.refresh_from_db()
    assert reading.choices["standings"] == {"Green": "complete"}


@pytest.mark.skipif(not REAL.exists(), reason="shared/real is not beside the project")
class TestTheRealPlan:
    def run(self, capsys, *options):
        call_command(
            "import_plan", str(REAL), "--council", "Manchester", "--as-at", "2015-02-24", "--json", *options
        )
        return json.loads(capsys.readouterr().out)

    def test_it_is_read_stored_and_said_as_agreed(self, capsys):
        said = self.run(capsys)
        assert (said["themes"], said["objectives"], said["actions"]) == (5, 25, 106)
        ratings = said["ratings"]
        assert {code: n for code, n in ratings.items() if n} == {
            "A": 44,
            "B": 24,
            "R": 14,
            "G": 13,
            "unrated": 11,
        }
        council = Council.objects.get(slug="manchester")
        plan = Plan.objects.get(council=council)
        assert (plan.themes.count(), plan.objectives.count(), plan.actions.count()) == (5, 25, 106)
        stored = reader.from_json(Reading.objects.get(plan=plan).result)
        cells = {
            c.value for row in openpyxl.load_workbook(REAL).worksheets[0].iter_rows() for c in row if c.value
        }
        kept = {cell for row in stored.rows for cell in row.cells} | set(stored.outside)
        assert not {str(cell).strip() for cell in cells} - {cell.strip() for cell in kept}

    def test_suggestions_are_taken_only_when_asked_for(self, capsys):
        assert self.run(capsys, "--accept-suggestions", "--dry-run")["ratings"]["unrated"] == 8
        assert not Plan.objects.exists()

    def test_a_second_reading_changes_nothing(self, capsys):
        self.run(capsys)
        assert self.run(capsys)["changes"] == []


@pytest.mark.parametrize(
    ("council", "name"),
    [("Nowhere", "plan.xlsx"), ("Manchester", "no-such-file.xlsx"), ("Manchester", "odd.xlsx")],
)
def test_the_command_says_what_is_wrong(tmp_path, council, name):
    (tmp_path / "plan.xlsx").write_bytes(workbook())
    (tmp_path / "odd.xlsx").write_bytes(b"\x00\x01 neither one thing nor another")
    with pytest.raises(CommandError):
        call_command("import_plan", str(tmp_path / name), "--council", council)
    assert not Plan.objects.exists()


def test_open_suggestions_are_taken_together_and_an_own_answer_stays(council):
    choices = (reader.Choice("a", "Take A"), reader.Choice("b", "Take B"))
    found = read_plan(
        read_action("P1.1"),
        findings=[
            reader.Finding(
                number,
                reader.FindingCode.UNLIKELY_DATE,
                reader.Severity.SUGGESTION,
                "?",
                suggestion="a",
                choices=choices,
            )
            for number in ("one", "two")
        ],
    )
    reading, _ = begin(council, workbook())
    Reading.objects.filter(pk=reading.pk).update(result=reader.to_json(found))
    documents.choose(reading, findings={"two": "b"}, standings={}, suggested=True)
    reading.refresh_from_db()
    assert reading.choices["findings"] == {"one": "a", "two": "b"}


def test_a_large_document_is_written_by_a_job_and_once(council, monkeypatch):
    from jobs.services import run_job

    monkeypatch.setattr(documents, "LARGE", 2)
    reading, manager = begin(council, workbook())
    assert documents.is_large(reading)
    first = documents.confirm_by_job(reading, by=manager, now=NOW)
    second = documents.confirm_by_job(reading, by=manager, now=NOW)
    for job in (first, second):
        run_job(job.pk, clock=lambda: NOW)
        job.refresh_from_db()
        assert job.state == Job.State.DONE
    assert first.result == {"new": 2, "changed": 0, "moved": 0, "same": 0, "missing": 0, "left": 0}
    assert ProgressUpdate.objects.filter(action__plan__council=council).count() == 2


def test_a_large_document_of_an_earlier_day_is_refused_by_its_job_in_words(council):
    from jobs.services import run_job

    reading, manager = begin(council, workbook())
    plan_of(council, as_at=TODAY)
    job = documents.confirm_by_job(reading, by=manager, now=NOW)
    run_job(job.pk, clock=lambda: NOW)
    job.refresh_from_db()
    assert (job.state, job.problem) == (
        Job.State.FAILED,
        "The plan was last read from a document of 20 March 2015: send one of that day or later",
    )


def read_again(reading, manager, **fields):
    from jobs.services import run_job

    job = documents.read_again(reading, by=manager, now=NOW, **({"columns": {}, "tables": {}} | fields))
    run_job(job.pk, clock=lambda: NOW)
    reading.refresh_from_db()
    return documents.as_chosen(reading)


def test_a_corrected_column_is_read_so_and_remembered_for_the_councils_next_document(council):
    reading, manager = begin(council, workbook())
    assert {action.outcome for action in documents.as_chosen(reading).actions} == {""}
    found = read_again(reading, manager, columns={"Comments": "outcome"})
    assert [action.outcome for action in found.actions] == ["Four in post", "Draft late"]
    later, _ = begin(council, workbook(), "later.xlsx")
    assert [action.outcome for action in documents.as_chosen(later).actions] == ["Four in post", "Draft late"]
    elsewhere, _ = begin(CouncilFactory(), workbook())
    assert {action.outcome for action in documents.as_chosen(elsewhere).actions} == {""}


def test_columns_that_leave_no_plan_are_said_to_and_what_was_found_before_stands(council):
    reading, manager = begin(council, workbook())
    sheet = documents.as_chosen(reading).tables[0].label
    found = read_again(reading, manager, tables={sheet: False})
    assert len(found.actions) == 2
    assert reading.waiting
    assert reading.problem


def test_a_role_there_is_not_is_refused(council):
    reading, manager = begin(council, workbook())
    with pytest.raises(ValueError, match="nonsense"):
        read_again(reading, manager, columns={"Comments": "nonsense"})


def test_the_report_of_findings_is_harmless_in_a_spreadsheet(council):
    reading, _ = begin(council, workbook())
    found = documents.as_chosen(reading)
    finding = reader.Finding(
        "x", reader.FindingCode.NO_LEAD, reader.Severity.QUESTION, "=HYPERLINK(0)", ref="+1.1", place="row 3"
    )
    said = report(replace(found, findings=(finding,)))
    assert said.splitlines()[1] == "'+1.1,row 3,,'=HYPERLINK(0),,,"
