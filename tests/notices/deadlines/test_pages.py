"""The pages of deadlines: the answer first, recording, who may, what is refused keeps what was typed."""

import csv
import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from councils.models import RoleHolding
from councils.roles import Role
from deadlines.events import Happening
from deadlines.months import Period
from deadlines.obligations import Force
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import Before, EveryPeriod, NotYetAgreed, OnDate, OnOrAfter
from history.models import Change
from notices.deadlines.lines import Filters
from notices.deadlines.queries import deadlines_of
from notices.models import CalendarFeed, DeadlineMark, ReminderSetting
from tests.factories import CouncilFactory, member
from tests.notices.deadlines.build import day, happened, instrument, owe, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2015-06-16 09:00 +0100", tick=False):
        yield


@pytest.fixture
def council():
    return CouncilFactory(short_name="Northbrook")


@pytest.fixture
def first(council):
    return version(instrument(council, "2015-01-15"))


@pytest.fixture
def report(first):
    return owe(
        first, "14", OnDate(day("2015-05-31"), by=True), deliverable="=Written report", holder="Board chair"
    )


@pytest.fixture
def office(council):
    client = Client()
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    return client


def url(name, council, row=None, due="2015-05-31"):
    kwargs = {"council": council.slug}
    return reverse(f"notices:{name}", kwargs=kwargs | ({"obligation": row.pk, "due": due} if row else {}))


def text(response):
    return " ".join(response.content.decode().split())


def test_without_a_notice_nothing_is_due(council, office):
    assert "No notice is in force here" in text(office.get(url("deadlines", council)))


def test_the_page_says_what_is_next_and_what_is_overdue(council, report, first, office):
    owe(
        first,
        "3",
        EveryPeriod(Period(months=1), Anchor("notice_issued")),
        Force.EXPECTED,
        deliverable="Board meeting",
    )
    owe(first, "16", NotYetAgreed("regular"), deliverable="Regular talks")
    page = text(office.get(url("deadlines", council)))
    assert "by <strong>15 July 2015</strong> (in 29 days), from Council" in page
    assert "was due 31 May 2015, 16 days ago" in page
    assert "Regular talks" in page
    assert "An interval or a date has to be agreed" in page


def test_as_at_an_earlier_day_the_page_says_so(council, report, office):
    page = text(office.get(url("deadlines", council) + "?as_at=2015-05-20"))
    assert "As they stood on 20 May 2015" in page
    assert "Due soon" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 1), ("?state=all", 1), ("?state=late", 1), ("?state=breach", 1), ("?state=met", 0), ("?force=aim", 0),
     ("?holder=Board+chair", 1), ("?holder=Nobody", 0), ("?state=nonsense&from=x&as_at=y", 1)],
)  # fmt: skip
def test_the_address_narrows_the_table_and_its_exports(council, report, office, query, count):
    assert office.get(url("deadlines", council) + query).status_code == 200
    rows = list(
        csv.reader(io.StringIO(office.get(url("deadlines_csv", council) + query).content.decode("utf-8-sig")))
    )
    assert len(rows) == 1 + count


@pytest.mark.parametrize(
    "query", ["?as_at=0001-01-01", "?as_at=9999-12-31", "?from=0001-01", "?from=9999-12"]
)
def test_a_year_that_nobody_means_shows_what_there_is_to_show(council, report, office, query):
    assert office.get(url("deadlines", council) + query).status_code == 200
    assert office.get(url("deadlines_month", council) + query.replace("from", "month")).status_code == 200


def test_exports_hold_dates_and_never_a_formula(council, report, office):
    rows = list(
        csv.reader(io.StringIO(office.get(url("deadlines_csv", council)).content.decode("utf-8-sig")))
    )
    assert rows[1][:5] == ["2015-05-31", "Overdue", "Firm", "Board chair", "'=Written report"]
    sheet = load_workbook(io.BytesIO(office.get(url("deadlines_xlsx", council)).content)).active
    assert (sheet["A2"].value.date(), sheet["A2"].is_date) == (day("2015-05-31"), True)
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=Written report", "s")


def test_one_deadline_explains_itself(council, report, office):
    page = text(office.get(url("deadline", council, report)))
    assert "The words give it: by 31 May 2015." in page
    assert "this is a breach until it is met or waived" in page
    assert "31 May 2015 is a Sunday" in page
    assert "Words of 14." in page


@pytest.mark.parametrize("due", ["2015-06-01", "tomorrow", "9999-12-31"])
def test_a_deadline_that_is_not_there_is_not_found(council, report, office, due):
    assert office.get(url("deadline", council, report, due)).status_code == 404


def test_another_councils_deadline_is_not_found(council, report, office):
    elsewhere = owe(version(instrument(CouncilFactory(), "2015-01-15")), "14", OnDate(day("2015-05-31")))
    assert office.get(url("deadline", council, elsewhere)).status_code == 404
    assert (
        office.post(url("deadline_met", council, elsewhere), {"on": "1/6/2015", "label": "x"}).status_code
        == 404
    )


def test_meeting_waiving_and_opening_again_are_kept_with_their_reasons(council, report, office):
    sent = {"on": "2/6/2015", "label": "Letter of 2 June", "link": "https://council.example/letter"}
    assert office.post(url("deadline_met", council, report), sent).status_code == 302
    page = text(office.get(url("deadline", council, report)))
    assert "Met late" in page
    assert 'href="https://council.example/letter"' in page
    assert (
        office.post(
            url("deadline_waive", council, report), {"on": "3/6/2015", "reason": "r", "approver": "a"}
        ).status_code
        == 422
    )
    assert (
        office.post(url("deadline_reopen", council, report), {"reason": "It was another letter"}).status_code
        == 302
    )
    waiver = {"on": "3/6/2015", "reason": "Merged with July's", "approver": "The DfE case lead"}
    assert office.post(url("deadline_waive", council, report), waiver).status_code == 302
    page = text(office.get(url("deadline", council, report)))
    assert "approved by The DfE case lead: Merged with July" in page
    assert "It was another letter" in page
    assert [mark.kind for mark in DeadlineMark.objects.order_by("pk")] == ["met", "reopened", "waived"]
    assert Change.objects.filter(subject="notices.deadlinemark").count() == 3


@pytest.mark.parametrize(
    ("name", "sent", "why"),
    [
        ("deadline_met", {"on": "17/6/2015", "label": "A letter"}, "has not come yet"),
        ("deadline_met", {"on": "1/6/2015", "label": ""}, "Say what met it"),
        ("deadline_met", {"on": "31/2/2015", "label": "A letter"}, "Enter a date such as"),
        ("deadline_met", {"on": "1/6/2015", "link": "javascript:alert(1)"}, "Enter a whole address"),
        ("deadline_waive", {"on": "1/6/2015", "reason": "Merged", "approver": ""}, "Say who approved"),
        ("deadline_reopen", {"reason": "Because"}, "It is open already"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(council, report, office, name, sent, why):
    response = office.post(url(name, council, report), sent)
    assert response.status_code == 422
    assert why in text(response)
    assert all(value in response.content.decode() for value in sent.values() if "javascript" not in value)
    assert DeadlineMark.objects.count() == 0


def test_the_month_shows_its_days(council, report, office):
    page = text(office.get(url("deadlines_month", council) + "?month=2015-05"))
    assert "1 deadline this month." in page
    assert "Board chair, overdue" in page


def test_reminders_are_set_by_role_and_refuse_what_is_no_number(council, office):
    address = url("reminders", council)
    form = {f"{role.value}_version": "0" for role in Role}
    bad = form | {"programme_manager_before": "soon"}
    response = office.post(address, bad)
    assert (response.status_code, "Programme manager: give days from 0 to 180" in text(response)) == (
        422,
        True,
    )
    assert (
        office.post(address, form | {"programme_manager_before": "30, 3", "director_after": "2"}).status_code
        == 302
    )
    stored = ReminderSetting.objects.get(role="programme_manager")
    assert (stored.days_before, stored.escalate_after) == ([30, 3], None)
    assert office.post(address, form | {"programme_manager_before": "1"}).status_code == 409


# --- calendars -----------------------------------------------------------------------------------------------------


def feed_of(office, council):
    page = office.post(url("feed", council)).content.decode()
    return page.split('nb-feed__address">')[1].split("<")[0].removeprefix("http://localhost:8000")


def test_a_calendar_holds_whole_days_with_ids_that_stay(council, report, office, client):
    address = feed_of(office, council)
    first, second = (Calendar.from_ical(client.get(address).content) for _ in range(2))
    (entry,), (again,) = first.walk("VEVENT"), second.walk("VEVENT")
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (day("2015-05-31"), day("2015-06-01"))
    assert entry["uid"] == again["uid"]
    assert str(entry["summary"]) == "Overdue: =Written report (Board chair)"
    assert "The words give it" in str(entry["description"])


def test_a_calendar_stops_when_it_is_ended_made_anew_or_its_owners_role_ends(council, report, office, client):
    old = feed_of(office, council)
    new = feed_of(office, council)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    office.post(url("feed_end", council))
    assert client.get(new).status_code == 404
    last = feed_of(office, council)
    RoleHolding.objects.update(ends_on=day("2015-06-15"))
    assert client.get(last).status_code == 404
    assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_token_of_a_calendar_is_kept_only_as_a_hash(council, office):
    token = feed_of(office, council).removeprefix("/calendars/").removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert token not in (feed.token_hash, feed.ending)
    assert token.endswith(feed.ending)


# --- who may -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (Role.PROGRAMME_MANAGER, 200, 200), (Role.ACTION_LEAD, 200, 403), (Role.BOARD_CHAIR, 200, 403),
        (Role.DFE_OFFICIAL, 200, 403), (Role.SCRUTINY_VIEWER, 403, 403), (Role.MINISTERS_OFFICE, 403, 403),
    ],
)  # fmt: skip
def test_who_reads_and_who_records(council, report, role, reads, writes):
    client = Client()
    client.force_login(member(role, council))
    assert client.get(url("deadline", council, report)).status_code == reads
    assert client.get(url("deadline_met", council, report)).status_code == writes
    page = client.get(url("deadline", council, report)).content.decode()
    assert ("Record that it was met" in page) == (writes == 200)


def test_a_forecast_whose_day_has_passed_says_what_became_of_it(council, first, office):
    review = Happening("review_held")
    owe(first, "20", EveryPeriod(Period(months=4), Anchor("notice_issued")), met_by=review)
    row = owe(first, "17", Before("20", "the review", Period(days=7)), deliverable="Report on progress")
    happened(council, "notice_issued", "2015-01-15")
    said = "would have been due 8 May 2015 had the review come by 15 May 2015; it moves with the review"
    page = text(office.get(url("deadlines", council)))
    assert "Forecast passed" in page
    assert said in page
    assert said in text(office.get(url("deadline", council, row, due="2015-05-08")))


def test_forecasts_that_passed_and_what_is_open_are_not_counted_as_due_soon(council, first, office):
    owe(first, "20", EveryPeriod(Period(months=1), Anchor("notice_issued")), met_by=Happening("review_held"))
    owe(first, "17", Before("20", "the review", Period(days=7)), deliverable="Report on progress")
    owe(first, "6", OnOrAfter(Period(months=2), Anchor("notice_issued")), deliverable="Review by Ministers")
    found = deadlines_of(council, today=day("2015-06-01"))
    soon, open_now, owed = (found.listed(Filters(state=state)) for state in ("due_soon", "opened", "open"))
    assert [line.due.isoformat() for line in soon] == ["2015-06-15", "2015-06-08"][::-1]
    assert [line.state_words for line in open_now] == ["Open"]
    lapsed = [line.due.isoformat() for line in owed if line.lapsed]
    assert lapsed == ["2015-02-08"]
    assert len(found.listed(Filters(state="lapsed"))) == 4


def test_what_may_be_done_is_never_due_soon(council, first, office):
    owe(first, "18", OnDate(day("2015-06-10")), Force.MAY, deliverable="Amendment of the notice")
    assert "Permission" in text(office.get(url("deadlines", council)))
