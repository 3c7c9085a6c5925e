"""Reading a notice in by its pages: proposed beside its words, corrected, confirmed, amended; nothing before."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from councils.roles import Role
from history.models import Change
from notices.models import Event, Inspection, Instrument, NoticeReading, Obligation, Requirement
from notices.queries.notice import comparison, versions_of
from tests.factories import CouncilFactory, member
from tests.notices.words import AMENDED, NOTICE

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def office(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    with time_machine.travel(DAY, tick=False):
        yield client


def page(council, name, **kwargs):
    return reverse(f"notices:{name}", kwargs={"council": council.slug, **kwargs})


def paste(client, council, text=NOTICE, **fields):
    sent = client.post(page(council, "add"), {"pasted": text, **fields})
    assert sent.status_code == 302, sent.content.decode()[:3000]
    return NoticeReading.objects.latest("pk")


def fields_of(row, **changed):
    """The form of the reading's page as a browser would send it untouched."""
    about = {
        "kind": "notice",
        "issued_on": "2/3/2026",
        "decided_by": "A Minister",
        "addressee": "",
        "grounds": "",
    }
    inspection = {
        "body": "Ofsted",
        "inspection_kind": "inspection",
        "published_on": "14/1/2026",
        "reported_on": "",
        "overall": "inadequate",
    }
    return {"version": row.version, **about, **inspection, **changed}


def confirm(client, council, row, **changed):
    client.post(page(council, "reading", pk=row.pk), fields_of(row, **changed))
    row.refresh_from_db()
    return client.post(page(council, "confirm", pk=row.pk), {"version": row.version})


def obligation(text, **fields):
    return Obligation.objects.get(deliverable__icontains=text, **fields)


def test_pasted_words_are_proposed_beside_the_notice_and_nothing_takes_effect(office, council):
    row = paste(office, council)
    shown = office.get(page(council, "reading", pk=row.pk)).content.decode()
    assert "at least one board every six weeks, from the notice" in shown
    assert '<mark class="nb-quote">The board is expected to meet at least every six weeks.</mark>' in shown
    assert (Instrument.objects.count(), Event.objects.count(), Obligation.objects.count()) == (0, 0, 0)


def test_words_that_are_no_notice_are_refused_and_stay_in_the_box(office, council):
    answer = office.post(page(council, "add"), {"pasted": "Minutes of the parish fete"})
    assert answer.status_code == 422
    assert "Minutes of the parish fete" in answer.content.decode()
    assert not NoticeReading.objects.exists()


def test_nothing_sent_is_said(office, council):
    assert "Choose a file, or paste the words" in office.post(page(council, "add"), {}).content.decode()


def test_a_file_is_read_by_a_job_and_can_be_confirmed(office, council, django_capture_on_commit_callbacks):
    from jobs.models import Job
    from jobs.services import run_job

    sent = SimpleUploadedFile("notice.txt", NOTICE.encode())
    office.post(page(council, "add"), {"document": sent})
    run_job(Job.objects.get().pk, clock=timezone.now)
    row = NoticeReading.objects.get()
    assert row.waiting
    assert confirm(office, council, row).status_code == 302
    assert Instrument.objects.get().versions.get().file == row.file


def test_confirming_writes_version_one_its_tree_its_events_and_the_inspection(office, council):
    row = paste(office, council)
    assert confirm(office, council, row).status_code == 302
    instrument = Instrument.objects.get()
    version = instrument.versions.get()
    assert (instrument.on, version.number) == (dt.date(2026, 3, 2), 1)
    assert Requirement.objects.get(ref="2a").parent.ref == "2"
    assert set(Event.objects.values_list("kind", "on")) == {
        ("notice_issued", dt.date(2026, 3, 2)),
        ("inspection_published", dt.date(2026, 1, 14)),
    }
    assert list(instrument.rests_on.values_list("body", flat=True)) == ["Ofsted"]
    made = Change.objects.filter(subject="notices.obligation", field="").count()
    assert made == version.obligations.count() > 5


def test_an_open_question_becomes_not_yet_agreed(office, council):
    row = paste(office, council)
    confirm(office, council, row)
    assert not obligation("staffing").agreed


def test_an_answer_gives_the_schedule_and_can_be_taken_up_again_later(office, council):
    row = paste(office, council)
    number = next(n for n, q in enumerate(row.proposal["questions"]) if q["obligation"] == "4")
    monthly = next(
        n for n, o in enumerate(row.proposal["questions"][number]["options"]) if o["label"] == "Every month"
    )
    office.post(page(council, "reading", pk=row.pk), fields_of(row, **{f"answer-{number}": str(monthly)}))
    row.refresh_from_db()
    assert row.choices["answers"] == {str(number): str(monthly)}
    confirm(office, council, row)
    assert obligation("staffing").sentence.startswith("every month")


def test_a_corrected_obligation_is_stored_as_corrected(office, council):
    row = paste(office, council)
    number = [one["key"] for one in row.proposal["obligations"]].index("7") + 1
    address = page(council, "duty", pk=row.pk, number=number)
    assert office.get(address).status_code == 200
    sent = {
        "version": row.version,
        "requirement": "7",
        "duty_holder": "Director of Children's Services",
        "force": "should",
        "deliverable": "Self-assessment",
        "1-kind": "within",
        "1-length": "3",
        "1-length_unit": "months",
        "1-anchor": "notice_issued",
    }
    assert office.post(address, sent).status_code == 302
    row.refresh_from_db()
    confirm(office, council, row)
    stored = obligation("Self-assessment")
    assert (stored.duty_holder, stored.force, stored.sentence) == (
        "Director of Children's Services",
        "should",
        "within three months of the notice",
    )


def test_a_schedule_without_its_fields_is_refused_and_what_was_typed_stays(office, council):
    row = paste(office, council)
    sent = {
        "version": row.version,
        "requirement": "4",
        "duty_holder": "Council of mine",
        "force": "must",
        "deliverable": "x",
        "1-kind": "within",
    }
    answer = office.post(page(council, "duty", pk=row.pk, number=1), sent)
    assert answer.status_code == 422
    assert "Council of mine" in answer.content.decode()


def test_what_is_left_out_is_not_stored_and_what_is_added_is(office, council):
    row = paste(office, council)
    office.post(page(council, "reading", pk=row.pk), fields_of(row, drop="4"))
    row.refresh_from_db()
    sent = {
        "version": row.version,
        "requirement": "2",
        "duty_holder": "Council",
        "force": "must",
        "deliverable": "A new thing",
        "1-kind": "standing",
    }
    assert office.post(page(council, "duty", pk=row.pk, number=0), sent).status_code == 302
    row.refresh_from_db()
    confirm(office, council, row)
    assert not Obligation.objects.filter(deliverable__icontains="staffing").exists()
    assert obligation("A new thing").sentence == "at all times"


def test_a_duty_that_counts_from_one_left_out_keeps_the_notice_from_being_confirmed(office, council):
    row = paste(office, council)
    review = next(one["key"] for one in row.proposal["obligations"] if one["requirement"] == "6")
    office.post(page(council, "reading", pk=row.pk), fields_of(row, drop=review))
    row.refresh_from_db()
    assert office.post(page(council, "confirm", pk=row.pk), {"version": row.version}).status_code == 422
    assert not Instrument.objects.exists()


@pytest.mark.parametrize(("issued", "message"), [("", "Enter the day"), ("1/1/2027", "today or in the past")])
def test_a_notice_without_a_day_or_of_the_future_is_not_confirmed(office, council, issued, message):
    row = paste(office, council)
    answer = confirm(office, council, row, issued_on=issued)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Instrument.objects.exists()


def test_two_people_correcting_at_once_overwrite_nothing(office, council):
    row = paste(office, council)
    office.post(page(council, "reading", pk=row.pk), fields_of(row, decided_by="First"))
    office.post(page(council, "reading", pk=row.pk), fields_of(row, decided_by="Second"))
    row.refresh_from_db()
    assert row.choices["about"]["decided_by"] == "First"


def test_confirming_twice_stores_one_notice(office, council):
    row = paste(office, council)
    confirm(office, council, row)
    office.post(page(council, "confirm", pk=row.pk), {"version": row.version})
    assert Instrument.objects.count() == 1


def test_a_notice_put_aside_changes_nothing_and_stays_in_the_list(office, council):
    row = paste(office, council)
    office.post(page(council, "leave", pk=row.pk))
    assert "Put aside" in office.get(page(council, "readings")).content.decode()
    assert not Instrument.objects.exists()


@pytest.fixture
def amended(office, council):
    confirm(office, council, paste(office, council))
    instrument = Instrument.objects.get()
    row = paste(office, council, AMENDED, instrument=instrument.pk)
    answer = confirm(office, council, row, issued_on="1/7/2026")
    assert answer.status_code == 302, answer.content.decode()
    return instrument


def test_an_amendment_is_a_new_version_of_the_same_notice(amended):
    assert list(amended.versions.order_by("number").values_list("number", "in_force_from")) == [
        (1, dt.date(2026, 3, 2)),
        (2, dt.date(2026, 7, 1)),
    ]
    assert Event.objects.filter(kind="notice_amended", instrument=amended).get().on == dt.date(2026, 7, 1)


def test_an_unchanged_duty_goes_on_under_its_key(amended):
    old, new = Obligation.objects.filter(requirement__ref="7").order_by("pk")
    assert (new.continues, new.key, old.superseded_on) == (old, old.key, None)


def test_a_changed_duty_keeps_its_key_and_begins_anew_on_the_day(amended):
    old, new = Obligation.objects.filter(requirement__ref="2a").order_by("pk")
    assert (new.changes, new.key) == (old, old.key)
    assert old.superseded_on == new.starts_on == dt.date(2026, 7, 1)


def test_a_dropped_duty_is_superseded_and_a_new_one_starts_that_day(amended):
    assert obligation("staffing").superseded_on == dt.date(2026, 7, 1)
    assert obligation("audit").starts_on == dt.date(2026, 7, 1)


def test_the_comparison_names_what_was_added_removed_and_changed(office, council, amended):
    shown = office.get(page(council, "compare", instrument=amended.pk)).content.decode()
    assert "every six weeks" in shown
    assert "every four weeks" in shown
    assert re.findall(r"\d+ obligations? added[^.]*", shown) == ["1 obligation added, 1 removed, 1 changed"]


def test_only_the_duty_whose_words_changed_counts_as_changed(amended):
    new, old = versions_of(amended)
    found = [(after.requirement.ref, fields) for _, after, fields in comparison(old, new).duties_changed]
    assert found == [("2a", ("schedule",))]


def test_an_amendment_older_than_the_version_before_it_is_refused(office, council, amended):
    row = paste(office, council, AMENDED, instrument=amended.pk)
    assert confirm(office, council, row, issued_on="1/6/2026").status_code == 422
    assert amended.versions.count() == 2


def test_an_inspection_recorded_before_is_not_doubled(office, council):
    Inspection.objects.create(
        council=council, body="Ofsted", kind="inspection", published_on=dt.date(2026, 1, 14)
    )
    confirm(office, council, paste(office, council))
    assert Inspection.objects.count() == 1


def test_somebody_who_only_reads_cannot_read_a_notice_in(client, council):
    client.force_login(member(Role.BOARD_MEMBER, council))
    assert client.post(page(council, "add"), {"pasted": NOTICE}).status_code == 403
    assert not NoticeReading.objects.exists()
