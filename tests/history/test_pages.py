"""The change log's pages: who changed what in a council, and who opened its files."""

import datetime as dt
import re
import uuid
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.change_log.lines import in_words
from councils.roles import Role
from history.queries import log_of
from history.services import ChangeLog, record_read, redact
from tests.factories import CouncilFactory, UserFactory, member

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2015, 6, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def council():
    return CouncilFactory(short_name="Testshire", slug="testshire")


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council, user=UserFactory(name="Ada Manager"))


def change(
    council, by, *, now=NOON, on=None, subject="plans.measure", batch=None, made=None, reason="", **fields
):
    log = ChangeLog(council_id=council.pk, by=by, on=on or now.date(), now=now, batch=batch, reason=reason)
    if made is not None:
        log.made(subject, 1, made)
    for name, (old, new) in fields.items():
        log.changed(subject, 1, name, old, new, version=2)
    log.write()


def page(client, user, council, name="history:changes", **query):
    client.force_login(user)
    return client.get(reverse(name, kwargs={"council": council.slug}), query)


def text(response):
    return " ".join(response.content.decode().split())


def rows(response):
    """The cells of the table's rows, as text."""
    found = re.findall(r"<tr.*?</tr>", response.content.decode(), re.DOTALL)[1:]
    cells = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in found]
    return [[unescape(" ".join(re.sub(r"<[^>]*>", " ", cell).split())) for cell in row] for row in cells]


def changes(response):
    return [row[3] for row in rows(response)]


def test_a_change_says_who_what_from_what_to_what_and_why(client, council, manager):
    change(council, manager, ends_on=("2015-02-28", "2015-03-31"), reason="Moved by the board")
    shown = text(page(client, manager, council))
    for part in (
        "16 June 2015 at 1:00pm",
        "Ada Manager",
        "28 February 2015",
        "31 March 2015",
        "Moved by the board",
    ):
        assert part in shown
    assert "1 entry" in shown


def test_a_back_dated_change_says_which_day_it_speaks_of(client, council, manager):
    change(council, manager, on=dt.date(2015, 6, 1), rating=("A", "R"))
    assert "for 1 June 2015" in text(page(client, manager, council))


def test_the_making_of_a_thing_shows_its_first_values(client, council, manager):
    change(council, manager, made={"title": "Visit schools", "ends_on": None})
    assert changes(page(client, manager, council)) == [
        "New measure What it said at first: measure 1 Title: Visit schools"
    ]


def test_the_log_of_another_council_is_not_there(client, council, manager):
    other = CouncilFactory(short_name="Othershire", slug="othershire")
    change(other, manager, title=("hidden", "secret"))
    change(council, manager, title=("old", "new"))
    assert "secret" not in text(page(client, manager, council))
    assert page(client, manager, other).status_code == 404
    assert page(client, manager, other, "history:reads").status_code == 404


@pytest.mark.parametrize("name", ["history:changes", "history:reads"])
def test_only_the_programme_office_reads_the_log(client, council, name):
    answers = {}
    for role in (Role.PROGRAMME_OFFICE, Role.DIRECTOR, Role.ACTION_LEAD, Role.BOARD_CHAIR, Role.DFE_OFFICIAL):
        answers[role] = page(client, member(role, council), council, name).status_code
    assert answers == {
        Role.PROGRAMME_OFFICE: 200,
        Role.DIRECTOR: 200,
        Role.ACTION_LEAD: 403,
        Role.BOARD_CHAIR: 403,
        Role.DFE_OFFICIAL: 403,
    }


def test_the_log_is_filtered_by_its_url(client, council, manager):
    grace = UserFactory(name="Grace")
    change(council, manager, title=("", "by Ada"))
    change(council, grace, title=("", "by Grace"))
    change(council, grace, subject="plans.heading", title=("", "a heading"))
    change(council, grace, now=NOON + dt.timedelta(days=30), title=("", "in July"))

    def found(**query):
        return [change.rpartition(" to ")[2] for change in changes(page(client, manager, council, **query))]

    assert found() == ["in July", "a heading", "by Grace", "by Ada"]
    assert found(person=manager.pk) == ["by Ada"]
    assert found(kind="plans.heading") == ["a heading"]
    assert found(since="1/7/2015") == ["in July"]
    assert found(until="2015-06-30", person=grace.pk) == ["a heading", "by Grace"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"since": "31/11/2014"}, "Enter a date like 24/2/2015"),
        ({"since": "2/3/2015", "until": "1/3/2015"}, "The second day must not be before the first"),
    ],
)
def test_a_day_that_is_none_is_pointed_out_and_the_log_still_shown(client, council, manager, query, message):
    change(council, manager, title=("", "shown"))
    shown = text(page(client, manager, council, **query))
    assert message in shown
    assert "<title> Error: Change log" in shown or "<title>Error: Change log" in shown


@pytest.mark.parametrize(
    "query", [{"person": "x"}, {"kind": "nonsense"}, {"batch": "1"}, {"page": "99"}, {"page": "x"}]
)
def test_nonsense_in_the_url_does_no_harm(client, council, manager, query):
    change(council, manager, title=("", "shown"))
    assert changes(page(client, manager, council, **query)) == ["Title: nothing to shown"]


def test_reading_in_a_document_is_one_line_that_opens(client, council, manager):
    batch = uuid.uuid4()
    change(council, manager, batch=batch, made={"title": "first"}, rating=("", "A"), outcome=("", "B"))
    ((_when, _who, what, _reason),) = rows(page(client, manager, council))
    assert what == "3 changes in one go, beginning with measure 1. See all 3"
    assert len(changes(page(client, manager, council, batch=batch))) == 3


def test_a_long_log_has_pages_that_keep_the_filter(client, council, manager):
    for number in range(51):
        change(council, manager, title=("", str(number)))
    first = page(client, manager, council, person=manager.pk)
    assert len(rows(first)) == 50
    assert f'href="?person={manager.pk}&amp;page=2"' in text(first)
    assert changes(page(client, manager, council, person=manager.pk, page=2)) == ["Title: nothing to 0"]


def test_the_number_of_queries_does_not_grow(client, council, manager, django_assert_num_queries):
    """Said in comparison, since the strip above every page has queries of its own."""
    change(council, manager, title=("", "first"))
    page(client, manager, council)
    address = reverse("history:changes", kwargs={"council": council.slug})
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(30):
        change(council, manager, title=("", str(number)))
    with django_assert_num_queries(len(few)):
        response = client.get(address)
    assert len(rows(response)) == 31


def test_a_redaction_is_told_and_its_text_is_gone(client, council, manager):
    change(council, manager, title=("", "Visit Sam Example"))
    redact(
        log_of(council.pk),
        phrase="Sam Example",
        because="a child's name",
        by=manager,
        now=NOON,
    )
    shown = text(page(client, manager, council))
    assert "Sam Example" not in shown
    assert "Redacted by Ada Manager: a child&#39;s name" in shown


def test_who_opened_which_file(client, council, manager):
    record_read(
        by=manager,
        subject="files.storedfile",
        subject_id=uuid.uuid4(),
        label="plan.xlsx",
        now=NOON,
        council_id=council.pk,
    )
    shown = text(page(client, manager, council, "history:reads"))
    assert "plan.xlsx" in shown
    assert "1 entry" in shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        ("", "nothing"),
        ([], "nothing"),
        (True, "yes"),
        (3, "3"),
        ("2015-03-31", "31 March 2015"),
        ("2015-03", "2015-03"),
        ("2015-13-45", "2015-13-45"),
        ([{"name": "Head of Safeguarding", "person": 4}, {"name": "Jo"}], "Head of Safeguarding, Jo"),
        ({"old": None, "new": "x"}, "old nothing; new x"),
    ],
)
def test_stored_values_read_the_way_people_write(value, words):
    assert in_words(value) == words
