"""Minutes as PDF and Word: drafts say so, restricted parts stay out, and the file is kept for its readers alone."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from docx import Document

from boards.services.agenda import add_item
from boards.services.minutes import (
    approve_minutes,
    body_seen,
    circulate_minutes,
    draft_minutes,
    write_section,
)
from boards.services.minutes_files import ask_for_minutes, minutes_letter
from boards.services.recording import add_decision, add_matter, change_matter
from councils.rights import Thing
from councils.roles import Role
from jobs.services import run_job
from plans.exporting.letters import letter_page
from tests.boards.build import TODAY, act, at, board_of, hold, meeting_of, member_of
from tests.boards.test_outcomes import ALL, READER
from tests.factories import CouncilFactory, member

JULY = dt.date(2015, 7, 14)
OPEN, CLOSED = "Audits are shared", "A manager is suspended"


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def meeting(council):
    board = board_of(council)
    ada = member_of(board)
    one = meeting_of(board, TODAY)
    said = add_item(act=act(council), meeting_id=one.pk, values={"title": "Audits"})
    kept = add_item(act=act(council), meeting_id=one.pk, values={"title": "Staffing", "restricted": True})
    hold(one, ada)
    add_decision(act=act(council), meeting_id=one.pk, text=OPEN, item_id=said.pk)
    add_decision(act=act(council), meeting_id=one.pk, text=CLOSED, item_id=kept.pk)
    return one


@pytest.fixture
def minutes(council, meeting):
    made = draft_minutes(act=act(council), meeting_id=meeting.pk)
    for section in made.sections.all():
        write_section(
            act=act(council),
            meeting_id=meeting.pk,
            section_id=section.pk,
            text=f"Of {section.heading}",
            made_from=1,
        )
    return made


def as_word(council, minutes, user):
    """What somebody gets who asks for Word, and what one must be allowed to read to fetch it."""
    job = ask_for_minutes(act=act(council, by=user), minutes=minutes, kind="docx")
    run_job(job.pk, clock=lambda: at(JULY))
    job.refresh_from_db()
    assert job.problem == ""
    with job.result_file.content.open("rb") as file:
        paragraphs = Document(io.BytesIO(file.read())).paragraphs
    return "\n".join(paragraph.text for paragraph in paragraphs), job.result_file


def test_a_draft_is_called_a_draft_and_kept_for_those_who_see_drafts(council, minutes):
    words, file = as_word(council, minutes, member(Role.PROGRAMME_MANAGER, council))
    assert "Draft minutes of the meeting of 1 June 2015" in words
    assert CLOSED in words
    assert (file.thing, file.name) == (
        Thing.MEETING_DRAFTS,
        "improvement-board-draft-minutes-2015-06-01.docx",
    )


def test_a_members_copy_has_no_restricted_part(council, meeting, minutes):
    circulate_minutes(act=act(council), meeting_id=meeting.pk)
    words, file = as_word(council, minutes, member(Role.BOARD_MEMBER, council))
    assert OPEN in words
    assert CLOSED not in words
    assert "Staffing" not in words
    assert file.thing == Thing.MEETING_PAPERS


def test_approved_minutes_say_when_and_stay_as_approved(council, meeting, minutes):
    matter = add_matter(
        act=act(council),
        board_id=meeting.board_id,
        meeting_id=meeting.pk,
        values={"text": "Bring the audits", "owner_name": "Ada", "due_on": JULY},
    )
    circulate_minutes(act=act(council), meeting_id=meeting.pk)
    minutes = approve_minutes(act=act(council, JULY), meeting_id=meeting.pk, at_meeting_id=None, on=JULY)
    change_matter(
        act=act(council, JULY), matter_id=matter.pk, values={"owner_name": "Somebody else"}, made_from=1
    )
    words, file = as_word(council, minutes, member(Role.DFE_OFFICIAL))
    assert "Approved by the board on 14 July 2015." in words
    assert "Bring the audits (Ada, by 14 July 2015)" in words
    assert "Somebody else" not in words
    assert file.thing == Thing.RESTRICTED_PAPERS
    page = letter_page(minutes_letter(minutes, body_seen(minutes, READER), council=council, now=at(JULY)))
    assert CLOSED not in page
    assert "Draft" not in page


def test_a_page_to_print_escapes_what_was_typed(council, meeting, minutes):
    section = minutes.sections.first()
    write_section(
        act=act(council),
        meeting_id=meeting.pk,
        section_id=section.pk,
        text="<script>a & b</script>",
        made_from=2,
    )
    page = letter_page(minutes_letter(minutes, body_seen(minutes, ALL), council=council, now=at(JULY)))
    assert "&lt;script&gt;a &amp; b" in page


def test_who_may_not_read_a_draft_cannot_ask_for_it(client, council, meeting, minutes):
    client.force_login(member(Role.BOARD_MEMBER, council))
    path = reverse(
        "boards:minutes_file", kwargs={"council": council.slug, "meeting": meeting.pk, "kind": "pdf"}
    )
    assert client.get(path).status_code == 404
    circulate_minutes(act=act(council), meeting_id=meeting.pk)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == client.get(path)["Location"]  # asked twice, made once


def test_a_chair_of_no_organisation_stands_in_the_minutes_as_independent(council, minutes):
    body = body_seen(minutes, READER)
    chair = body["attendance"][0] | {"capacity": "chair", "organisation": "", "role": ""}
    for role, words in (("", "Independent chair"), ("Independent chair", "Independent chair")):
        present = body | {"attendance": [chair | {"role": role}]}
        letter = minutes_letter(minutes, present, council=council, now=at(TODAY))
        page = letter_page(letter)
        assert words in page
        assert f"{words}, " not in page
        assert f"{council.name}, " not in page.partition("Present")[2].partition("</ul>")[0]


def test_a_deputy_stands_among_those_present_under_the_deputys_own_name(council, minutes):
    body = body_seen(minutes, ALL)
    one = body["attendance"][0] | {"name": "Wren Ray", "state": "deputy", "role": "Police"}
    for deputy, said in (("Ola Brandt", "Ola Brandt for Wren Ray"), ("", "a deputy came")):
        shown = body | {"attendance": [one | {"deputy": deputy}]}
        page = letter_page(minutes_letter(minutes, shown, council=council, now=at(TODAY)))
        assert said in page.partition("Present")[2].partition("</ul>")[0]
