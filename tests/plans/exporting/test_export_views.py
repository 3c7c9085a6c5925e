"""Taking the plan out: who gets which plan, what comes at once and what by a job."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from councils.models import RoleHolding
from councils.roles import Role
from history.models import Access
from jobs.models import Job
from jobs.services import run_job
from plans.exporting.xlsx import HEADING_ROW, PLAN
from plans.importing import documents
from plans.models import ColumnMemory, Reading
from plans.services import freeze_position
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, TODAY, action, plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def plan(council):
    return plan_of(council)


@pytest.fixture
def manager(council, client):
    user = member(Role.PROGRAMME_MANAGER, council)
    client.force_login(user)
    return user


def file_of(client, council, **sent):
    return client.get(reverse("plans:export_make", kwargs={"council": council.slug}), sent)


def references(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))[PLAN]
    return [sheet.cell(number, 1).value for number in range(HEADING_ROW + 1, sheet.max_row + 1)]


def test_a_small_workbook_comes_at_once_and_is_noted(client, council, plan, manager):
    response = file_of(client, council, format="xlsx")
    assert "attachment" in response["Content-Disposition"]
    assert {"P1.1", "P1.2", "P2.1"} <= set(references(response))
    assert Access.objects.filter(by_id=manager.pk, subject="plans.plan", subject_id=plan.pk).count() == 1


def test_filters_come_along(client, council, plan, manager):
    page = client.get(reverse("plans:export", kwargs={"council": council.slug}), {"rating": "R"})
    assert "rated R" in page.content.decode()
    found = references(file_of(client, council, format="xlsx", rating="R"))
    assert "P1.2" in found
    assert "P1.1" not in found


def test_board_members_get_the_frozen_plan_alone(client, council, plan):
    freeze_position(plan=plan, on=BEGUN, label="February board", by=None, now=timezone.now(), today=TODAY)
    row = action(plan, "P1.1")
    row.progress = "typed this morning"
    row.save()
    client.force_login(member(Role.BOARD_MEMBER, council))
    response = file_of(client, council, format="csv")
    assert "typed this morning" not in response.content.decode()
    assert "P1.1" in response.content.decode()


def test_those_without_a_position_are_told(client, council, plan):
    client.force_login(member(Role.BOARD_MEMBER, council))
    response = file_of(client, council, format="csv")
    assert "frozen yet" in response.content.decode()
    assert not response.headers.get("Content-Disposition")


@pytest.mark.parametrize(
    "sent", [{"format": "exe"}, {"format": "csv", "as_at": "soon"}, {"format": "csv", "as_at": "1/1/2099"}]
)
def test_what_cannot_be_made_is_said_and_kept(client, council, plan, manager, sent):
    response = file_of(client, council, **sent)
    assert response.status_code == 422
    assert sent.get("as_at", "") in response.content.decode()


def test_a_pdf_is_made_by_one_job_however_often_it_is_asked_for(client, council, plan, manager):
    first = file_of(client, council, format="pdf")
    second = file_of(client, council, format="pdf")
    assert first["Location"] == second["Location"]
    job = Job.objects.get()
    run_job(job.pk, clock=timezone.now)
    job.refresh_from_db()
    assert (job.state, job.problem) == ("done", "")
    assert job.result_file.thing == "live_plan"
    client.force_login(member(Role.BOARD_MEMBER, council))
    assert client.get(reverse("files:download", kwargs={"file": job.result_file.pk})).status_code == 403


def test_a_job_makes_nothing_for_somebody_who_has_lost_the_role(client, council, plan, manager):
    file_of(client, council, format="docx")
    RoleHolding.objects.filter(user=manager).update(
        starts_on=dt.date(2000, 1, 1), ends_on=dt.date(2000, 2, 1)
    )
    job = Job.objects.get()
    run_job(job.pk, clock=timezone.now)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.result_file is None


def test_an_edited_copy_is_read_back_by_the_way_of_documents(client, council, plan, manager):
    workbook = openpyxl.load_workbook(io.BytesIO(file_of(client, council, format="xlsx").content))
    sheet = workbook[PLAN]
    heads = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    rows = {sheet.cell(number, 1).value: number for number in range(HEADING_ROW + 1, sheet.max_row + 1)}
    sheet.cell(rows["P1.1"], heads["Rating"]).value = "G"
    sheet.cell(HEADING_ROW, heads["Outcome"]).value = "What families will notice"
    stream = io.BytesIO()
    workbook.save(stream)
    reading, job = documents.begin_reading(
        council=council,
        upload=SimpleUploadedFile("edited.xlsx", stream.getvalue()),
        as_at=timezone.localdate(),
        by=manager,
        now=timezone.now(),
    )
    run_job(job.pk, clock=timezone.now)
    reading = Reading.objects.get(pk=reading.pk)
    foreseen = documents.foreseen(reading)
    assert [(change.ref, change.field, change.new) for change in foreseen.changed] == [
        ("P1.1", "rating", "G")
    ]
    assert (foreseen.new, foreseen.missing, foreseen.conflicts) == ((), (), ())
    documents.confirm(reading, by=manager, now=timezone.now())
    row = action(plan, "P1.1")
    assert row.rating.code == "G"
    assert row.progress == "Work on P1.1 has begun"
    # the heading that somebody gave a column is the plan's own from now on, and known in the next document
    again = openpyxl.load_workbook(io.BytesIO(file_of(client, council, format="xlsx").content))[PLAN]
    headings = [cell.value for cell in again[HEADING_ROW]]
    assert headings[heads["Outcome"] - 1] == "What families will notice"
    assert "Outcome" not in headings
    assert ColumnMemory.objects.get(council=council, heading="What families will notice").role == "outcome"


@pytest.mark.parametrize("kind", ["xlsx", "csv", "docx"])
def test_the_command_writes_a_file(council, plan, tmp_path, kind):
    target = tmp_path / f"plan.{kind}"
    call_command(
        "export_plan", council.name, "--format", kind, "--as-at", "2015-03-01", "--output", str(target)
    )
    assert target.stat().st_size > 500


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"as_at": "2014-01-01"}, "began on"),
        ({"as_at": "2999-01-01"}, "has not come yet"),
        ({"as_at": "1/3/2015"}, "is not a day written"),
        ({"output": "."}, "is a folder"),
        ({"output": "missing/plan.csv"}, "no folder"),
    ],
)
def test_the_command_says_why_it_writes_nothing(council, plan, tmp_path, options, why):
    target = tmp_path / options.get("output", "plan.csv")
    with pytest.raises(CommandError, match=why):
        call_command("export_plan", council.name, **{"format": "csv"} | options | {"output": target})
    assert list(tmp_path.iterdir()) == []
