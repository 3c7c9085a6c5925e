"""What takes long is made by a job that a program starts, asks about and fetches the file of."""

import io

import docx
import pytest
from django.utils import timezone

from councils.models import RoleHolding
from councils.roles import Role
from history.models import Access
from jobs.models import Job
from jobs.services import run_job
from plans.services import freeze_position
from tests.api.conftest import TODAY, Caller, calls, key_of
from tests.factories import CouncilFactory, member

pytestmark = pytest.mark.django_db


def work():
    """A worker does what waits."""
    for job in Job.objects.filter(state="queued"):
        run_job(job.pk, clock=timezone.now)


def words_in(content):
    tables = docx.Document(io.BytesIO(content)).tables
    return " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_file_that_takes_long_is_made_by_one_job_however_often_it_is_asked_for(here, office, form):
    asked = [office.get(f"{here}/plan/file?form={form}&rating=R") for _ in range(2)]
    assert {answer.status_code for answer in asked} == {202}
    at = asked[0]["Location"]
    assert at == asked[1]["Location"] == asked[0].json()["address"]
    assert asked[0]["Retry-After"] == "2"
    waiting = office.get(at)
    assert (waiting.json()["state"], waiting.json()["file"]) == ("queued", None)
    assert waiting["Retry-After"] == "2"
    assert office.get(f"{at}/file").status_code == 404


def test_the_file_of_a_job_is_fetched_once_it_is_done_and_who_took_it_is_noted(here, plan, office):
    at = office.get(f"{here}/plan/file?form=docx&q=posts")["Location"]
    work()
    done = office.get(at)
    assert "Retry-After" not in done
    told = done.json()
    assert (told["state"], told["percent"], told["problem"]) == ("done", 100, "")
    assert told["file"] == f"{at}/file"
    got = office.get(told["file"], headers={"accept": "application/json"})
    words = words_in(b"".join(got))
    assert "1.1" in words
    assert "1.2" not in words
    assert got["Content-Disposition"].startswith("attachment")
    assert Access.objects.filter(subject="files.storedfile").count() == 1


def test_more_actions_than_are_made_at_once_are_made_by_a_job(here, office, monkeypatch):
    assert office.get(f"{here}/plan/file?form=xlsx").status_code == 200
    monkeypatch.setattr("plans.exporting.making.AT_ONCE", 2)
    assert office.get(f"{here}/plan/file?form=xlsx").status_code == 202
    assert office.get(f"{here}/plan/file?form=csv&q=posts").status_code == 200


def test_a_program_that_only_reads_may_have_a_file_made(council, here):
    reads = calls(member(Role.PROGRAMME_OFFICE, council), read_only=True)
    at = reads.get(f"{here}/plan/file?form=docx")["Location"]
    work()
    assert reads.get(at).json()["state"] == "done"


def test_a_job_and_its_file_are_for_those_who_may_read_that_plan(council, here, office):
    at = office.get(f"{here}/plan/file?form=docx")["Location"]
    work()
    for path in (at, f"{at}/file"):
        assert calls(member(Role.PROGRAMME_MANAGER, council)).get(path).status_code == 200
        assert calls(member(Role.BOARD_MEMBER, council)).get(path).status_code == 403
        other = CouncilFactory()
        stranger = calls(member(Role.PROGRAMME_OFFICE, other))
        assert stranger.get(path).status_code == 404
        assert stranger.get(path.replace(council.slug, other.slug)).status_code == 404


def test_a_token_of_a_lesser_role_gets_what_that_role_sees_though_its_owner_sees_more(council, here, plan):
    freeze_position(plan=plan, on=TODAY, label="July board", by=None, now=timezone.now(), today=TODAY)
    owner = member(Role.BOARD_MEMBER, council)
    program = Caller(key_of(owner))
    RoleHolding.objects.create(user=owner, council=council, role=Role.PROGRAMME_OFFICE, starts_on=TODAY)
    at = program.get(f"{here}/plan/file?form=docx")["Location"]
    work()
    assert program.get(at).json()["state"] == "done"
    assert Job.objects.get().result_file.thing == "frozen_plan"
