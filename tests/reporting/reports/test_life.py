"""A report from the deadline that asks for it to its submission, and what may become of it after that."""

import datetime as dt
import io

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from docx import Document

from boards.services.records import Conflict, Refused
from councils.roles import Role
from deadlines.codec import to_json
from deadlines.schedules.dates import OnDate
from deadlines.states import State
from files.models import StoredFile
from notices.deadlines.queries import deadlines_of
from notices.models import Obligation
from notifications.models import Note
from plans.models import Position
from plans.services import Report as Update
from plans.services import freeze_position, record_update
from reporting.models import Report, SubmittedReport
from reporting.reports.afterwards import correct, withdraw
from reporting.reports.composing import hash_of
from reporting.reports.deadline import deadline_of
from reporting.reports.drafting import begin, begin_due
from reporting.reports.gather import facts_of
from reporting.reports.kinds import KINDS
from reporting.reports.submitting import give_back, sign, submit, validate
from reporting.reports.writing import bring_back, freeze, judge, unfreeze, write_section
from tests.boards.build import act, at
from tests.factories import member
from tests.reporting.reports.build import DUE, TODAY, complete, council_with_notice, draft_of, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return council_with_notice()


@pytest.fixture
def chair(council):
    return member(Role.BOARD_CHAIR, council)


def rate(council, ref, rating, on):
    """A rating reported for a day, and the position frozen that evening."""
    plan = council.plans.get()
    action = plan.actions.get(ref=ref)
    record_update(
        council=council,
        action_id=action.pk,
        report=Update(on, rating, "Since then", "Nobody to do it", "Find somebody"),
        version=action.version,
        by=None,
        now=at(on, 15),
        today=on,
    )
    freeze_position(plan=plan, on=on, label="Later", by=None, now=at(on, 18), today=on)


def figure(facts, key):
    return next(one.value for one in facts.figures if one.key == key)


def line_of(council, today=TODAY):
    [line] = deadlines_of(council, today=today, until=DUE).of_obligation("14")
    return line


def read_bytes(stored: StoredFile) -> bytes:
    with stored.content.open("rb") as file:
        return file.read()


def test_a_report_that_is_soon_due_has_its_draft_once(council):
    early = DUE - dt.timedelta(days=60)
    assert begin_due(council, today=early, now=at(early)) == []
    [draft] = begin_due(council, today=TODAY, now=at(TODAY))
    assert (draft.kind, draft.due, draft.sections.first().heading) == ("chair", DUE, "Summary")
    assert begin_due(council, today=TODAY, now=at(TODAY)) == []


def test_a_draft_whose_deadline_has_moved_is_told_the_new_day_and_is_still_the_one_that_meets_it(
    council, chair
):
    draft = draft_of(council)
    later = DUE + dt.timedelta(days=14)
    Obligation.objects.filter(key="14").update(schedule=to_json(OnDate(later)))
    assert deadline_of(draft, council, today=TODAY) is None, "the page says that it has moved or gone"
    assert begin_due(council, today=TODAY, now=at(TODAY)) == []
    draft.refresh_from_db()
    assert (draft.due, Report.objects.count()) == (later, 1)
    submitted(complete(draft, chair), chair)
    [line] = deadlines_of(council, today=TODAY, until=later).of_obligation("14")
    assert (line.due, line.state) == (later, State.MET)


def test_a_report_begun_by_hand_is_begun_once(council):
    begin(act=act(council), kind=KINDS["board"])
    with pytest.raises(Refused, match="begun already"):
        begin(act=act(council), kind=KINDS["board"])


def test_every_save_is_a_version_that_can_be_brought_back(council):
    draft = draft_of(council)
    write = {"act": act(council), "report_id": draft.pk, "code": "summary"}
    write_section(**write, text="First", made_from=1)
    write_section(**write, text="Second", made_from=2)
    write_section(**write, text="Second", made_from=2)  # a double click saves nothing
    section = bring_back(act=act(council), report_id=draft.pk, code="summary", number=2)
    assert (section.text, section.version) == ("First", 4)
    assert [row.text for row in section.versions.order_by("number")] == ["", "First", "Second", "First"]


def test_a_save_is_refused_only_where_the_same_section_changed(council):
    draft = draft_of(council)
    write = {"act": act(council), "report_id": draft.pk}
    write_section(**write, code="summary", text="Theirs", made_from=1)
    write_section(**write, code="conclusion", text="Mine", made_from=1)
    with pytest.raises(Conflict) as clash:
        write_section(**write, code="summary", text="Mine", made_from=1)
    assert clash.value.theirs == {"text": "Theirs"}
    with pytest.raises(DatabaseError), transaction.atomic():
        draft.sections.get(code="summary").versions.update(text="Otherwise")


def test_two_who_judge_the_same_requirement_are_told(council):
    draft = draft_of(council)
    judge(act=act(council), report_id=draft.pk, said={"14": ("met", "", 0)})
    with pytest.raises(Conflict):
        judge(act=act(council), report_id=draft.pk, said={"14": ("not_met", "", 0)})
    assert draft.judgements.get().verdict == "met"


def test_the_chairs_figures_are_the_last_frozen_position_until_frozen(council):
    draft = draft_of(council)
    day = dt.date(2015, 5, 20)
    assert figure(facts_of(draft, today=TODAY, now=at(TODAY)), "off track") == "1"
    rate(council, "A2", "R", day)
    assert figure(facts_of(draft, today=TODAY, now=at(TODAY)), "off track") == "2"
    frozen = freeze(act=act(council), report_id=draft.pk)
    rate(council, "A1", "G", TODAY)
    assert figure(facts_of(frozen, today=TODAY, now=at(TODAY, 20)), "off track") == "2"
    again = unfreeze(act=act(council), report_id=draft.pk)
    assert figure(facts_of(again, today=TODAY, now=at(TODAY, 20)), "off track") == "1"


def test_a_report_is_checked_before_it_is_signed(council, chair):
    draft = draft_of(council)
    with pytest.raises(Refused, match="“Summary” is empty"):
        validate(act=act(council), report_id=draft.pk)
    with pytest.raises(Refused, match="Check the report"):
        sign(act=act(council, by=chair), report_id=draft.pk)
    complete(draft, chair)
    write_section(act=act(council), report_id=draft.pk, code="summary", text="Changed", made_from=2)
    draft.refresh_from_db()
    assert draft.state == Report.State.DRAFT, "what was checked has changed"
    validate(act=act(council), report_id=draft.pk)
    sign(act=act(council, by=chair), report_id=draft.pk)
    with pytest.raises(Refused, match="signed"):
        write_section(act=act(council), report_id=draft.pk, code="summary", text="Late", made_from=3)
    assert give_back(act=act(council), report_id=draft.pk).signature == ""


def test_submitting_keeps_the_report_meets_its_deadline_and_tells_its_readers(council, chair):
    minister = member(Role.MINISTERS_OFFICE)
    report = submitted(complete(draft_of(council), chair), chair)
    kept = report.submitted
    assert report.state == Report.State.SUBMITTED
    assert kept.sha256 == hash_of(kept.body)
    with pikepdf.open(io.BytesIO(read_bytes(kept.pdf))) as pdf:
        assert len(pdf.pages) == kept.pages
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(read_bytes(kept.docx))).paragraphs)
    assert "Better than before (A1)" in words
    assert f"{chair}" in words
    assert "Not tested independently." in words, "a claim is followed to its test"
    line = line_of(council)
    assert (line.state, line.deadline.met_on) == (State.MET, TODAY)
    assert line.proof.link.endswith(f"/reports/{report.pk}/")
    assert Note.objects.get(recipient=minister).text == "The chair’s report to the Minister was submitted"


def test_what_was_submitted_is_never_altered(council, chair):
    report = submitted(complete(draft_of(council), chair), chair)
    figures = report.submitted.body["facts"]["figures"]
    rate(council, "A1", "G", TODAY)
    report.refresh_from_db()
    assert report.submitted.body["facts"]["figures"] == figures
    with pytest.raises(DatabaseError), transaction.atomic():
        SubmittedReport.objects.update(sha256="0" * 64)
    with pytest.raises(Refused, match="only read"):
        write_section(act=act(council), report_id=report.pk, code="summary", text="Later", made_from=2)
    job = report.job
    with pytest.raises(Refused, match="only read"):
        submit(act=act(council, by=chair), report_id=report.pk)
    assert (report.job, SubmittedReport.objects.count()) == (job, 1)


def test_a_report_withdrawn_stays_and_its_deadline_opens_again(council, chair):
    report = submitted(complete(draft_of(council), chair), chair)
    with pytest.raises(Refused, match="why"):
        withdraw(act=act(council, by=chair), report_id=report.pk, because=" ")
    withdraw(act=act(council, by=chair), report_id=report.pk, because="Sent too early")
    assert not line_of(council).met
    assert SubmittedReport.objects.filter(report=report).exists()
    assert [draft.kind for draft in begin_due(council, today=TODAY, now=at(TODAY))] == ["chair"]


def test_a_correction_replaces_the_report_and_leaves_the_deadline_met_as_it_was(council, chair):
    report = submitted(complete(draft_of(council), chair), chair)
    later = DUE + dt.timedelta(days=20)
    new = correct(act=act(council, later, by=chair), report_id=report.pk, because="A wrong name")
    assert (new.facts, new.sections.first().text) == (report.facts, "Better than before [A1].")
    with pytest.raises(Refused, match="correction"):
        correct(act=act(council, later, by=chair), report_id=report.pk, because="Again")
    validate(act=act(council, later, by=chair), report_id=new.pk)
    submitted(new, chair, later)
    line = line_of(council, later)
    assert (line.state, line.deadline.met_on) == (State.MET, TODAY)
    assert line.proof.link.endswith(f"/reports/{new.pk}/")
    assert SubmittedReport.objects.count() == 2


def test_the_next_report_counts_from_the_one_before(council, chair):
    first = submitted(complete(draft_of(council), chair), chair)
    later = dt.date(2015, 6, 20)
    rate(council, "A1", "G", later)
    begin(act=act(council, later), kind=KINDS["chair"])
    second = Report.objects.latest("pk")
    facts = facts_of(second, today=later, now=at(later, 20))
    assert (facts.since, facts.before_on) == (TODAY, first.position_on)
    assert figure(facts, "completed") == "1"


def test_a_council_report_of_live_figures_freezes_their_position(council):
    director = member(Role.DIRECTOR, council)
    report = begin(act=act(council), kind=KINDS["department"])
    before = Position.objects.count()
    report = complete(report, director)
    assert Position.objects.count() == before, (
        "nobody above the council sees live figures before it is submitted"
    )
    report = submitted(report, director)
    assert report.position.on == TODAY
