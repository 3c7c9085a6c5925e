"""The notice page with nothing, and the chain, inspections and the register recorded by hand."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from councils.roles import Role
from notices.models import Agreement, Event, Inspection, Instrument
from tests.factories import CouncilFactory, member
from tests.notices.test_notice_reading_pages import confirm, page, paste

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


@pytest.fixture
def instrument(office, council):
    confirm(office, council, paste(office, council))
    return Instrument.objects.get()


def text(client, council, query=""):
    return client.get(page(council, "notice") + query).content.decode()


def test_a_council_without_a_notice_is_told_so_and_how_to_begin(office, council):
    shown = text(office, council)
    assert "No notice is recorded" in shown
    assert page(council, "add") in shown


def test_who_only_reads_is_offered_nothing_to_record(client, council):
    client.force_login(member(Role.BOARD_MEMBER, council))
    assert "Record" not in text(client, council)


def test_each_paragraph_stands_beside_who_owes_what_and_when_next(office, council, instrument):
    shown = text(office, council)
    assert "Two weeks" in shown or "two weeks before each review" in shown.lower()
    assert "<strong>Board chair</strong> must: Written progress report (to Minister)" in shown


def test_the_gaps_are_only_what_has_no_date(office, council, instrument):
    shown = text(office, council, "?show=gaps")
    assert "Regular reports on staffing" in shown
    assert "Written progress report" not in shown


@pytest.mark.parametrize("query", ["?version=9", "?instrument=999999"])
def test_a_version_or_instrument_that_is_not_there_is_not_found(office, council, instrument, query):
    assert office.get(page(council, "notice") + query).status_code == 404


def test_an_inspection_is_recorded_with_its_dates_as_events_and_corrected(office, council):
    sent = {
        "body": "Ofsted",
        "kind": "focused_visit",
        "published_on": "1/7/2026",
        "judgements": "Front door: weak",
        "recommendations": "1. Answer",
    }
    assert office.post(page(council, "add_inspection"), sent).status_code == 302
    one = Inspection.objects.get()
    assert (one.judgements.get().area, one.recommendations.get().ref) == ("Front door", "1")
    again = sent | {"published_on": "2/7/2026", "version": one.version}
    office.post(page(council, "edit_inspection", inspection=one.pk), again)
    standing = Event.objects.filter(kind="inspection_published", replaced_by__isnull=True)
    assert [event.on for event in standing] == [dt.date(2026, 7, 2)]


def test_an_inspection_without_a_date_is_refused(office, council):
    answer = office.post(page(council, "add_inspection"), {"body": "Ofsted", "kind": "inspection"})
    assert answer.status_code == 422
    assert "at least one date" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_a_correction_of_what_somebody_else_changed_is_refused_and_kept_in_the_form(
    office, council, instrument
):
    address = page(council, "edit_instrument", instrument=instrument.pk)
    sent = {"kind": "notice", "on": "2/3/2026", "decided_by": "Mine", "version": instrument.version}
    office.post(address, sent | {"decided_by": "Theirs"})
    answer = office.post(address, sent)
    assert answer.status_code == 422
    assert "Mine" in answer.content.decode()
    instrument.refresh_from_db()
    assert instrument.decided_by == "Theirs"


def test_what_is_replaced_ends_that_day_in_the_chain(office, council, instrument):
    sent = {"kind": "direction", "on": "1/8/2026", "replaces": instrument.pk}
    assert office.post(page(council, "add_instrument"), sent).status_code == 302
    instrument.refresh_from_db()
    assert (instrument.end, instrument.ended_on) == ("replaced", dt.date(2026, 8, 1))


def test_an_end_keeps_the_documents_own_word_closes_deadlines_and_can_be_taken_back(
    office, council, instrument
):
    address = page(council, "end_instrument", instrument=instrument.pk)
    sent = {"end": "lifted", "ended_on": "1/8/2026", "words": "discharged", "version": instrument.version}
    assert office.post(address, sent).status_code == 302
    assert "Discharged on 1 August 2026" in text(office, council)
    assert Event.objects.filter(kind="notice_lifted", state="happened", replaced_by__isnull=True).exists()
    instrument.refresh_from_db()
    office.post(address, {"reason": "wrong council", "version": instrument.version})
    instrument.refresh_from_db()
    assert instrument.ended_on is None
    assert not Event.objects.filter(kind="notice_lifted", state="happened", replaced_by__isnull=True).exists()


AGREED = {
    "words": "Every three months",
    "agreed_on": "1/5/2026",
    "agreed_by": "DfE",
    "label": "Letter of 1 May",
}


def test_an_agreed_interval_gives_what_had_no_date_one(office, council, instrument):
    sent = AGREED | {
        "kind": "interval",
        "target": "duty:4",
        "1-kind": "every_period",
        "1-length": "3",
        "1-length_unit": "months",
        "1-anchor": "notice_issued",
    }
    answer = office.post(page(council, "add_agreement", instrument=instrument.pk), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert "2 September 2026" in text(office, council) or "2 June 2026" in text(office, council)
    assert "Letter of 1 May" in text(office, council)


def test_a_frequency_without_its_length_is_refused(office, council, instrument):
    sent = AGREED | {"kind": "frequency", "target": "event:board_held"}
    answer = office.post(page(council, "add_agreement", instrument=instrument.pk), sent)
    assert answer.status_code == 422
    assert not Agreement.objects.exists()


def test_a_frequency_counts_from_a_later_day_where_it_was_agreed_for_one(office, council, instrument):
    address = page(council, "add_agreement", instrument=instrument.pk)
    sent = AGREED | {"kind": "frequency", "target": "event:board_held", "length": "6", "unit": "weeks"}
    early = office.post(address, sent | {"from_on": "1/1/2026"})
    assert "It cannot count from before the day it was agreed" in early.content.decode()
    slip = office.post(address, sent | {"from_on": "1/9/9999"})
    assert "check the year" in slip.content.decode()
    assert office.post(address, sent | {"from_on": "1/9/2026"}).status_code == 302
    assert Agreement.objects.get().from_on == dt.date(2026, 9, 1)
    assert "from 1 September 2026" in text(office, council)


def test_an_entry_is_taken_back_with_a_reason_and_nothing_is_deleted(office, council, instrument):
    office.post(
        page(council, "add_agreement", instrument=instrument.pk),
        AGREED | {"kind": "gap", "target": "event:board_held", "gap_from": "1/8/2026", "gap_to": "31/8/2026"},
    )
    one = Agreement.objects.get()
    address = page(council, "withdraw_agreement", agreement=one.pk)
    assert office.post(address, {"reason": ""}).status_code == 422
    office.post(address, {"reason": "not agreed after all"})
    assert "Every three months" not in text(office, council)
    assert Agreement.objects.count() == 2


def test_another_councils_instrument_is_not_found(office, instrument):
    other = CouncilFactory()
    mine = Instrument.objects.create(council=other, kind="notice", on=dt.date(2026, 1, 1))
    address = reverse(
        "notices:end_instrument", kwargs={"council": instrument.council.slug, "instrument": mine.pk}
    )
    assert office.get(address).status_code == 404
