"""While a plan is open, documents are read into it: a second open plan would hide the first from its pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from councils.roles import Role
from plans.importing.which import AnotherPlan, kind_for, kinds_of
from plans.importing.writing import write_reading
from plans.models import Plan
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, NOW, plan_of, read_action, read_plan

pytestmark = pytest.mark.django_db


def test_a_first_document_may_begin_any_kind_of_plan():
    assert list(kinds_of(CouncilFactory())) == ["improvement", "safeguarding", "getting_to_good"]


def test_later_documents_go_into_the_plan_that_is_open():
    council = CouncilFactory()
    plan = plan_of(council, read_action("A1"))
    assert kinds_of(council) == {"improvement": plan}


def test_another_kind_sent_all_the_same_is_refused_and_said_why(client):
    council = CouncilFactory()
    plan_of(council, read_action("A1"))
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    document = SimpleUploadedFile("plan.csv", b"Ref,Action\nA1,Do it\n")
    answer = client.post(
        reverse("plans:add", kwargs={"council": council.slug}),
        {"document": document, "as_at": "24/2/2015", "kind": "safeguarding"},
    )
    assert answer.status_code == 422
    assert "works on another plan" in answer.content.decode()
    assert "improvement plan" in answer.content.decode()


@pytest.fixture
def good(tmp_path):
    """A council that works on its getting to good plan, and the file of a plan."""
    council = CouncilFactory()
    write_reading(
        read_plan(read_action("A1")), council=council, as_at=BEGUN, by=None, now=NOW, kind="getting_to_good"
    )
    file = tmp_path / "plan.csv"
    file.write_text("Ref,Action,Lead,End date,RAG\nA1,Do it well,Head of Service,31/3/2015,Amber\n")
    return council, file


def test_the_command_begins_no_second_plan_either(good):
    council, file = good
    with pytest.raises(CommandError, match="getting to good plan"):
        call_command("import_plan", file, council=council.code, kind="improvement")
    assert Plan.objects.get(council=council).kind == "getting_to_good"


def test_the_command_reads_into_the_plan_that_is_open_where_no_kind_is_named(good, capsys):
    council, file = good
    call_command("import_plan", file, council=council.code, dry_run=True)
    assert "0 new" in capsys.readouterr().out
    assert kind_for(council) == "getting_to_good"


def test_nothing_is_written_of_a_document_once_another_plan_was_begun_meanwhile(good):
    council, _ = good
    with pytest.raises(AnotherPlan):
        write_reading(read_plan(read_action("A1")), council=council, as_at=BEGUN, by=None, now=NOW)
    assert Plan.objects.filter(council=council).count() == 1
