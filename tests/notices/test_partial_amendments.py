"""An amendment that names only what it changes: the rest of the notice stays, and nothing is stored unasked."""

import datetime as dt

import pytest
import time_machine

from councils.roles import Role
from notices.consolidating import Held, consolidated, instructions, named_alone
from notices.models import Instrument
from notices.reader import read_notice
from tests.factories import CouncilFactory, member
from tests.notices.test_notice_reading_pages import DAY, confirm, page, paste
from tests.notices.words import NOTICE

AMENDMENT = """Amendment to Improvement Notice

To: Harbourshire Council

The Improvement Notice issued to Harbourshire Council on 2 March 2026 (“the Notice”) is amended as follows with effect from 1 July 2026:

1. For paragraph 4 substitute: “4. The Council must provide an audit of case files to the board every three months.”

2. In paragraph 2(a), for “every six weeks” substitute “every four weeks”.

3. After paragraph 4 insert: “4A. The Council must publish a summary of its progress by 30 September 2026.”

4. Paragraph 5 is omitted.

Signed: A Minister
"""
ALONE = """Improvement Notice

To: Harbourshire Council

This Improvement Notice is issued to Harbourshire Council on 1 July 2026.

4. The Council must provide an audit of case files to the board every three months.

Signed: A Minister
"""


def provisions(text):
    found = read_notice(text.encode(), "notice.txt")
    return found.text, [
        Held(one.ref, one.quote.start, one.quote.end, one.parent) for one in found.requirements
    ]


def test_what_legal_drafting_says_is_followed_and_the_rest_stays_to_the_letter():
    whole = consolidated(AMENDMENT, *provisions(NOTICE))
    assert [change.told for change in whole.changes] == [
        "Paragraph 4 is worded anew",
        "Paragraph 2a says “every four weeks” instead of “every six weeks”",
        "Paragraph 4 is followed by a new one",
        "Paragraph 5 is left out",
    ]
    laid_out, _ = provisions(NOTICE)
    assert whole.text == (
        laid_out.replace("every six weeks", "every four weeks")
        .replace(
            "regular reports on staffing to the board.",
            "an audit of case files to the board every three months."
            "\n\n4A. The Council must publish a summary of its progress by 30 September 2026.",
        )
        .replace(
            "The Council should aim for its plan to be delivered within 12 months of the date of this Notice.",
            "[Omitted]",
        )
    )


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("Paragraph 3 is replaced by the following: “3. The chair must report in June 2026.”", "whole"),
        ('Paragraph 3 of the Notice shall now read: "3. The chair must report in June 2026."', "whole"),
        ("In paragraph 3, “June 2026” is replaced by “July 2026”.", "words"),
        ("Omit paragraph 3.", "out"),
        ("Section 3 is revoked.", "out"),
    ],
)
def test_ways_of_saying_what_changes(said, way):
    (change,), unread = instructions(said)
    assert (change.way, change.ref, unread) == (way, "3", 0)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Paragraph 19 is omitted.", "no paragraph 19"),
        ("In paragraph 2a, for “every two weeks” substitute “every week”.", "does not say “every two weeks”"),
        ("Paragraph 5 is omitted. Paragraph 4 is substituted in the manner agreed.", "Not every change"),
        ("Paragraph 2 is omitted. In paragraph 2a, for “six” substitute “four”.", "the same words twice"),
    ],
)
def test_half_an_amendment_is_not_put_in(said, problem):
    whole = consolidated(said, *provisions(NOTICE))
    assert whole.text == ""
    assert problem in whole.problem


def test_a_whole_notice_gives_no_instructions():
    assert consolidated(NOTICE, *provisions(NOTICE)) is None
    text, own = provisions(NOTICE)
    assert named_alone(text, own, *provisions(NOTICE)) is None


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def office(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    with time_machine.travel(DAY, tick=False):
        yield client


@pytest.fixture
def notice(office, council):
    confirm(office, council, paste(office, council))
    return Instrument.objects.get()


@pytest.mark.django_db
def test_an_amendment_of_single_paragraphs_becomes_the_whole_notice_as_amended(office, council, notice):
    row = paste(office, council, AMENDMENT, instrument=notice.pk)
    shown = office.get(page(council, "reading", pk=row.pk)).content.decode()
    assert "It stays: below is the notice as amended, whole" in shown
    assert "Paragraph 5 is left out" in shown
    preview = office.get(page(council, "confirm", pk=row.pk)).content.decode()
    assert "What this changes" in preview
    confirm(office, council, row, issued_on="1/7/2026")
    new = notice.versions.latest("number")
    assert (new.number, new.in_force_from) == (2, dt.date(2026, 7, 1))
    assert [one.ref for one in new.requirements.order_by("order")] == [
        *("1", "2", "2a", "2b", "3", "4", "4A", "5", "6", "7"),
    ]
    kept = {one.key: one for one in new.obligations.all()}
    assert kept["3"].continues is not None
    assert (kept["2a"].changes is not None, kept["2a"].starts_on) == (True, dt.date(2026, 7, 1))
    assert "5" not in kept


@pytest.mark.django_db
def test_a_document_of_a_few_paragraphs_is_not_confirmed_before_it_is_said_what_becomes_of_the_rest(
    office, council, notice
):
    row = paste(office, council, ALONE, instrument=notice.pk)
    confirm(office, council, row, issued_on="1/7/2026")
    assert notice.versions.count() == 1
    preview = office.get(page(council, "confirm", pk=row.pk)).content.decode()
    assert "Say whether what this document does not name stays as it is" in preview
    row.refresh_from_db()
    confirm(office, council, row, issued_on="1/7/2026", rest="stays")
    assert notice.versions.latest("number").requirements.count() == 9


@pytest.mark.django_db
def test_who_says_that_the_document_is_the_whole_notice_gets_that(office, council, notice):
    row = paste(office, council, ALONE, instrument=notice.pk)
    confirm(office, council, row, issued_on="1/7/2026", rest="goes")
    assert [one.ref for one in notice.versions.latest("number").requirements.all()] == ["4"]
