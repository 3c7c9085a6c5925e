"""While a plan is open, documents are read into it: a second open plan would hide the first from its pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from councils.roles import Role
from plans.importing.documents import kinds_of
from tests.factories import CouncilFactory, member
from tests.plans.build import plan_of, read_action

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
