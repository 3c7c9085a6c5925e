"""What is sent and is no readable plan: said in words on its page, kept as it came, nothing written."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter

from councils.roles import Role
from jobs.services import run_job
from plans.models import Plan, Reading
from tests.factories import CouncilFactory, member
from tests.plans.build import NOW

pytestmark = pytest.mark.django_db
HEAD = "Ref;Action;Lead;End date;RAG\n"


def broken_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()[:-30]


def pdf_without_text():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def sent(client, council, name, content):
    """The reading of a document that a programme manager sent on the page, and the page it has then."""
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    answer = client.post(
        reverse("plans:add", kwargs={"council": council.slug}),
        {"document": SimpleUploadedFile(name, content), "as_at": "24/2/2015", "kind": "improvement"},
    )
    assert answer.status_code == 302, answer.content.decode()
    reading = Reading.objects.get(council=council)
    run_job(reading.job_id, clock=lambda: NOW)
    reading.refresh_from_db()
    page = client.get(reverse("plans:reading", kwargs={"council": council.slug, "pk": reading.pk}))
    assert page.status_code == 200
    with reading.file.content.open("rb") as kept:
        assert kept.read() == content, "the upload is kept as it came"
    taken = client.get(reverse("files:download", kwargs={"file": reading.file_id}))
    assert b"".join(taken.streaming_content) == content, "and can be had back"
    assert not Plan.objects.filter(council=council).exists(), "nothing is written before it is confirmed"
    return reading, page.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.xlsx", broken_zip(), "save"),
        ("plan.docx", broken_zip(), "save"),
        ("plan.pdf", pdf_without_text(), "scan"),
        ("plan.csv", b"Just some words\nand some more\n", "table"),
    ],
    ids=["broken xlsx", "broken docx", "scanned pdf", "no table"],
)
def test_what_cannot_be_read_is_refused_in_words(client, name, content, says):
    reading, page = sent(client, CouncilFactory(), name, content)
    assert reading.state == Reading.State.REFUSED
    assert reading.problem in page.replace("&#39;", "'")
    assert says in reading.problem.casefold(), reading.problem


def test_an_excel_file_that_is_really_text_is_read_as_what_it_is(client):
    content = (HEAD + "1.1;Recruit workers;Head of HR;31/03/2015;Amber\n").encode()
    reading, page = sent(client, CouncilFactory(), "plan.xlsx", content)
    assert reading.state == Reading.State.READY
    assert "We found 1 action" in page


def test_a_repeated_reference_and_an_unknown_rating_are_asked_about(client):
    rows = "1.1;Recruit workers;HR;31/03/2015;Amber\n1.1;Train managers;HR;31/04/2015;Turquoise\n"
    reading, page = sent(client, CouncilFactory(), "plan.csv", (HEAD + rows).encode())
    assert reading.state == Reading.State.READY
    assert "We found 2 actions" in page
    assert "Turquoise" in page
    assert "31/04/2015" in page


def test_other_scripts_and_a_very_long_cell_come_through_whole(client):
    long = "word " * 20_000
    rows = f"1.1;تدريب المديرين {long.strip()};Siân Prŷs;31/03/2015;Amber\n"
    reading, _ = sent(client, CouncilFactory(), "plan.csv", (HEAD + rows).encode())
    assert reading.state == Reading.State.READY
    (action,) = reading.result["actions"]
    assert action["activity"] == f"تدريب المديرين {long.strip()}"
