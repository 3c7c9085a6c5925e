"""A plan is read in through the API as on the pages: sent, answered, confirmed or put aside."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from councils.roles import Role
from jobs.models import Job
from jobs.services import run_job
from plans.models import Action, Finding, Plan, Reading
from tests.api.conftest import AS_AT, TODAY, calls, ok
from tests.factories import CouncilFactory, member

pytestmark = pytest.mark.django_db
HEAD = ("Ref", "What we will do", "Owner", "Due", "RAG", "Progress")
ROWS = (
    ("W1", "Recruit ten social workers", "Ada Brightwell", "31 March 2016", "A", "Four in post"),
    ("W2", "Write the induction", "Head of Learning", "31/02/2016", "G", ""),
    ("W2", "Hold supervision monthly", "Principal Social Worker", "Ongoing", "G", "Begun in May"),
)


def workbook(*rows, head=HEAD):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for row in (("R", "Off track"), ("A", "At risk"), ("G", "On track"), ("B", "Complete"), (), head, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def work():
    """A worker does what waits."""
    for job in Job.objects.filter(state="queued"):
        run_job(job.pk, clock=timezone.now)


@pytest.fixture
def empty():
    """A council that has no plan yet."""
    return CouncilFactory()


def address(council):
    return f"/api/v1/councils/{council.slug}/documents"


def send(caller, council, content=None, *, name="plan.xlsx", **fields):
    file = SimpleUploadedFile(name, workbook(*ROWS) if content is None else content)
    return caller.post(address(council), {"file": file, **fields})


def read(caller, council, content=None, **fields):
    """The address of a document that was sent and read, and what is said of it."""
    sent = ok(send(caller, council, content, **fields), 202)
    work()
    at = f"{address(council)}/{sent['id']}"
    return at, ok(caller.get(at))


def say(caller, at, what, body=None):
    return caller.write("post", f"{at}/{what}", body or {})


def test_a_document_is_taken_at_once_and_read_by_a_job(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    answer = send(office, empty, as_at="2015-06-16")
    sent = ok(answer, 202)
    assert (sent["state"], sent["name"], sent["as_at"]) == ("reading", "plan.xlsx", "2015-06-16")
    assert answer["Location"] == sent["job"]["address"]
    assert answer["Retry-After"] == "2"
    at = f"{address(empty)}/{sent['id']}"
    assert ok(office.get(at))["found"] is None
    work()
    assert ok(office.get(answer["Location"]))["state"] == "done"
    assert ok(office.get(at))["state"] == "ready"
    assert not Plan.objects.filter(council=empty).exists()


def test_what_was_found_is_told_with_the_legend_the_columns_and_what_confirming_would_do(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    at, said = read(office, empty)
    found = said["found"]
    assert (found["actions"], found["would"]["new"]) == (3, 3)
    assert found["ratings"] == {"R": 0, "A": 1, "G": 2, "B": 0, "unrated": 0}
    assert [(entry["code"], entry["means"]) for entry in found["legend"]][:2] == [
        ("R", "off_track"),
        ("A", "at_risk"),
    ]
    assert {column["heading"]: column["role"] for column in found["columns"]}["What we will do"] == "activity"
    assert [row["activity"] for row in ok(office.get(f"{at}/actions"))["results"]] == [row[1] for row in ROWS]
    changes = ok(office.get(f"{at}/changes"))["results"]
    assert {change["kind"] for change in changes} == {"new"}
    with Reading.objects.get().file.content.open("rb") as kept:
        assert b"".join(office.get(f"{at}/file")) == kept.read()


def test_findings_name_their_place_and_are_answered(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    at, said = read(office, empty)
    waiting = ok(office.get(f"{at}/findings?open=true"))
    assert waiting["count"] == said["found"]["open"] > 0
    impossible = next(one for one in waiting["results"] if one["code"] == "impossible_date")
    assert (impossible["ref"], impossible["column"]) == ("W2", "Due")
    assert "row" in impossible["place"]
    key = impossible["choices"][0]["key"]
    after = ok(say(office, at, "findings", {"answers": {impossible["id"]: key}, "legend": {"A": "on_track"}}))
    assert after["found"]["open"] == said["found"]["open"] - 1
    assert after["found"]["legend"][1]["means"] == "on_track"
    taken_back = ok(say(office, at, "findings", {"answers": {impossible["id"]: None}}))
    assert taken_back["found"]["open"] == said["found"]["open"]
    assert ok(say(office, at, "findings", {"suggested": True}))["found"]["suggested"] == 0


def test_an_answer_that_is_not_offered_is_named_with_what_is_and_nothing_is_kept(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    at, said = read(office, empty)
    (first, *_) = ok(office.get(f"{at}/findings?open=true"))["results"]
    body = {"answers": {first["id"]: "nonsense", "other": "a"}, "legend": {"X": "at_risk"}}
    errors = {e["field"]: e["detail"] for e in ok(say(office, at, "findings", body), 400)["errors"]}
    assert set(errors) == {f"answers.{first['id']}", "answers.other", "legend.X"}
    assert first["choices"][0]["key"] in errors[f"answers.{first['id']}"]
    assert "R" in errors["legend.X"]
    assert ok(office.get(at))["found"] == said["found"]


def test_a_column_is_put_right_by_its_heading_and_the_document_is_read_again(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    at, _ = read(office, empty)
    wrong = ok(say(office, at, "read-again", {"columns": {"Nothing": "outcome"}}), 400)
    assert wrong["errors"] == [{"field": "columns.Nothing", "detail": "No column has this heading."}]
    again = say(office, at, "read-again", {"columns": {"Progress": "outcome"}})
    assert (ok(again, 202)["state"], "jobs" in again["Location"]) == ("reading", True)
    assert say(office, at, "confirm").status_code == 409
    work()
    assert ok(office.get(f"{at}/actions"))["results"][0]["outcome"] == "Four in post"


def test_a_confirmed_document_is_in_the_plan_once_and_what_was_left_open_with_it(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    at, _ = read(office, empty, as_at="2015-06-16")
    done = ok(say(office, at, "confirm"))
    assert (done["document"]["state"], done["written"]["new"]) == ("written", 3)
    assert "in the plan" in ok(say(office, at, "confirm"), 409)["detail"]
    plan = Plan.objects.get(council=empty)
    assert (plan.begun_on, Action.objects.filter(plan=plan).count()) == (AS_AT, 3)
    assert Finding.objects.filter(plan=plan, code="impossible_date", settled_at=None).exists()


def test_what_a_document_left_open_is_listed_and_settled_through_the_api(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    say(office, read(office, empty)[0], "confirm")
    findings = address(empty).replace("documents", "findings")
    (left,) = ok(office.get(f"{findings}?code=impossible_date"))["results"]
    assert (left["ref"], left["column"], left["about"]) == ("W2", "Due", "A date does not exist.")
    settle = f"{findings}/{left['id']}/settle"
    assert calls(member(Role.ACTION_LEAD, empty)).post(settle).status_code == 403
    assert say(office, settle.rsplit("/", 1)[0], "settle", {"how": "Agreed with the lead"}).status_code == 204
    assert ok(office.get(f"{findings}?code=impossible_date"))["count"] == 0
    assert Finding.objects.get(pk=left["id"]).settled_how == "Agreed with the lead"
    stranger = calls(member(Role.PROGRAMME_OFFICE, CouncilFactory()))
    assert stranger.post(settle).status_code == 404


def test_a_second_document_says_field_by_field_what_it_changes(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    say(office, read(office, empty, as_at="2015-06-16")[0], "confirm")
    later = ((*ROWS[0][:4], "B", "Ten in post"), *ROWS[1:])
    at, _ = read(office, empty, workbook(*later))
    changes = ok(office.get(f"{at}/changes"))["results"]
    assert [(c["kind"], c["ref"], c["field"], c["old"], c["new"]) for c in changes if c["kind"] != "new"][
        :2
    ] == [
        ("changed", "W1", "rating", "A", "B"),
        ("changed", "W1", "progress", "Four in post", "Ten in post"),
    ]


def test_a_long_document_is_written_by_a_job(empty, monkeypatch):
    monkeypatch.setattr("plans.importing.documents.LARGE", 2)
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    at, _ = read(office, empty)
    assert ok(say(office, at, "confirm"), 202)["job"]["state"] == "queued"
    work()
    assert ok(office.get(at))["state"] == "written"


def test_a_document_that_was_put_aside_stays_kept_and_is_not_written(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    at, _ = read(office, empty)
    assert ok(say(office, at, "put-aside"))["state"] == "left"
    assert say(office, at, "confirm").status_code == 409
    assert office.get(f"{at}/file").status_code == 200
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "fields", "at_fault", "says"),
    [
        (b"", {}, "file", "empty"),
        (b"MZ\x90\x00" + bytes(200), {}, "file", "program"),
        (None, {"as_at": "2015-07-21"}, "as_at", "today or in the past"),
        (None, {"kind": "other"}, "kind", "not a valid choice"),
        (None, {"colour": "red"}, "colour", "not known"),
    ],
    ids=["empty", "program", "future", "kind", "unknown field"],
)
def test_what_cannot_be_taken_is_named_by_its_field(empty, content, fields, at_fault, says):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    (error,) = ok(send(office, empty, content, **fields), 400)["errors"]
    assert error["field"] == at_fault
    assert says in error["detail"]


def test_a_document_without_a_plan_says_so_and_is_kept(empty):
    office = calls(member(Role.PROGRAMME_OFFICE, empty))
    _, said = read(office, empty, b"Just some words\nand some more\n", name="plan.csv")
    assert (said["state"], said["found"]) == ("refused", None)
    assert "table" in said["problem"]


def test_another_kind_of_plan_and_an_earlier_day_are_refused_in_words(council, plan, office):
    other = ok(send(office, council, kind="safeguarding"), 400)["errors"]
    assert other[0]["field"] == "kind"
    assert "improvement plan" in other[0]["detail"]
    at, _ = read(office, council, as_at=str(AS_AT - dt.timedelta(days=1)))
    assert "16 June 2015" in ok(say(office, at, "confirm"), 409)["detail"]


def test_documents_are_the_programme_offices_and_of_its_own_council_alone(council, plan, office):
    at, _ = read(office, council)
    gets = ("", "/file", "/actions", "/changes", "/findings")
    posts = ("findings", "read-again", "confirm", "put-aside")
    for role in (Role.ACTION_LEAD, Role.BOARD_CHAIR, Role.DFE_OFFICIAL, Role.COUNCIL_LEADER):
        caller = calls(member(role, council))
        assert {caller.get(at + what).status_code for what in gets} == {403}
        assert {say(caller, at, what).status_code for what in posts} == {403}
        assert send(caller, council).status_code == 403
    reads = calls(member(Role.PROGRAMME_OFFICE, council), read_only=True)
    assert {reads.get(at + what).status_code for what in gets} == {200}
    assert {say(reads, at, what).status_code for what in posts} == {403}
    other = CouncilFactory()
    stranger = calls(member(Role.PROGRAMME_OFFICE, other))
    for there in (at, at.replace(council.slug, other.slug)):
        assert {stranger.get(there + what).status_code for what in gets} == {404}
        assert {say(stranger, there, what).status_code for what in posts} == {404}
    assert Reading.objects.get().state == "ready"
    assert Reading.objects.get().as_at == TODAY
