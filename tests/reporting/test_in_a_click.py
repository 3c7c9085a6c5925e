"""The Director's exception report, and the newsletter after a board."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from docx import Document

from boards.models import Meeting
from boards.services.agenda import add_item
from boards.services.recording import add_decision
from boards.services.records import Conflict, Refused
from councils.roles import Role
from history.models import Access
from jobs.models import Job
from jobs.services import run_job
from reporting.newsletter.drafting import News, draft, names_in
from reporting.newsletter.services import draft_newsletter, newsletter_letter, write_newsletter
from tests.boards.build import TODAY, act, at, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, member
from tests.plans.build import plan_of, read_action

MET = dt.date(2015, 6, 16)


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def meeting(council):
    board = board_of(council)
    ada = member_of(board, "Ada Brightwell")
    meeting = meeting_of(board, TODAY)
    meeting_of(board, dt.date(2015, 6, 29))
    closed = add_item(act=act(council), meeting_id=meeting.pk, values={"title": "Staff", "restricted": True})
    hold(meeting, ada)
    add_decision(act=act(council), meeting_id=meeting.pk, text="Audits are joint", item_id=None)
    add_decision(act=act(council), meeting_id=meeting.pk, text="A manager is suspended", item_id=closed.pk)
    add_decision(act=act(council), meeting_id=meeting.pk, text="Ada Brightwell leads it", item_id=None)
    return Meeting.objects.select_related("board__council").get(pk=meeting.pk)


def words_of(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_draft_tells_what_comes_next_in_sentences():
    made = draft(
        News(
            "Testshire",
            "The Board",
            MET,
            decisions=("Audits are\njoint",),
            planned=(("Deep dive: first visits", dt.date(2015, 7, 1)),),
            next_boards=(dt.date(2015, 7, 14),),
            next_ends=(("Publish a standard.", dt.date(2015, 6, 30)), ("ICT is new", dt.date(2015, 7, 1))),
        )
    )
    assert made.parts["decided"] == "Audits are joint."
    assert made.parts["opening"].startswith("The Board met on 16 June 2015.")
    assert made.parts["coming"].splitlines() == [
        "By 30 June 2015: publish a standard.",
        "By 1 July 2015: ICT is new.",
        "Planned for the board in July 2015: Deep dive: first visits.",
        "The board meets next on 14 July 2015.",
    ]


def test_a_long_list_of_what_was_completed_is_cut_and_says_so():
    made = draft(News("Testshire", "Board", MET, completed=tuple(f"Step {n}" for n in range(15))))
    lines = made.parts["completed"].splitlines()
    assert (len(lines), lines[-1]) == (13, "And 3 more.")


def test_the_first_newsletter_speaks_of_no_earlier_meeting():
    first, later = (draft(News("Testshire", "The Board", MET, first=said)).parts for said in (True, False))
    assert first["opening"].startswith("The Board met for the first time on 16 June 2015.")
    assert first["completed"] == "No action has been completed so far."
    assert later["completed"] == "No action has been completed since its last meeting."


def test_names_are_found_whole_whatever_their_case_and_single_words_are_none():
    names = ("Ada Brightwell", "Headteacher", "Jo Lee")
    assert names_in("ADA  BRIGHTWELL leads", names) == ["Ada Brightwell"]
    assert names_in("The headteacher and Jo Leeming", names) == []


def test_a_newsletter_has_nothing_restricted_and_names_nobody(council, meeting):
    letter, made = draft_newsletter(act=act(council), meeting=meeting)
    assert letter.decided == "Audits are joint."
    assert made.named == 1
    assert "next on 29 June 2015" in letter.coming


def test_drafting_again_keeps_what_was_edited(council, meeting):
    letter, _ = draft_newsletter(act=act(council), meeting=meeting)
    values = {name: getattr(letter, name) for name in ("title", "opening", "decided", "completed", "coming")}
    values |= {"closing": "", "opening": "Dear all"}
    write_newsletter(act=act(council), meeting=meeting, values=values, ready=False, made_from=1)
    add_decision(act=act(council), meeting_id=meeting.pk, text="Schools are asked", item_id=None)
    again, _ = draft_newsletter(act=act(council), meeting=meeting)
    assert again.opening == "Dear all"
    assert again.decided.splitlines() == ["Audits are joint.", "Schools are asked."]


def test_it_is_not_ready_with_a_name_in_it_and_says_which(council, meeting):
    draft_newsletter(act=act(council), meeting=meeting)
    values = dict.fromkeys(("title", "opening", "decided", "completed", "coming"), "Well done") | {
        "closing": "Thanks to Ada Brightwell"
    }
    with pytest.raises(Refused) as refused:
        write_newsletter(act=act(council), meeting=meeting, values=values, ready=True, made_from=1)
    assert refused.value.errors == {"closing": "Nobody is named in a newsletter: take out Ada Brightwell"}
    letter = write_newsletter(
        act=act(council), meeting=meeting, values=values | {"closing": "Thanks"}, ready=True, made_from=1
    )
    assert newsletter_letter(letter, council=council, now=at(TODAY)).mark == ""
    with pytest.raises(Conflict):
        write_newsletter(
            act=act(council), meeting=meeting, values=values | {"closing": "Ta"}, ready=False, made_from=1
        )


def test_the_newsletter_is_written_copied_and_taken_as_word(client, council, meeting):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    here = {"council": council.slug, "meeting": meeting.pk}
    client.post(reverse("reporting:draft_newsletter", kwargs=here))
    said = client.get(reverse("reporting:newsletter", kwargs=here)).content.decode()
    assert "&lt;h2&gt;What the board decided&lt;/h2&gt;" in said
    word = client.get(reverse("reporting:newsletter_word", kwargs=here))
    assert "Audits are joint." in words_of(word.content)
    assert "suspended" not in words_of(word.content)
    edit = reverse("reporting:edit_newsletter", kwargs=here)
    assert client.post(edit, {"title": "", "version": 1}).status_code == 422


@pytest.mark.parametrize("role", [Role.BOARD_CHAIR, Role.BOARD_MEMBER, Role.ACTION_LEAD, Role.DFE_OFFICIAL])
def test_others_make_no_newsletter_and_no_exception_report(client, council, meeting, role):
    client.force_login(member(role, council))
    here = {"council": council.slug, "meeting": meeting.pk}
    assert client.get(reverse("reporting:newsletter", kwargs=here)).status_code == 403
    assert client.get(reverse("reporting:exceptions", kwargs={"council": council.slug})).status_code == 403


def test_the_exception_report_says_what_is_off_track_and_who_has_to_prove_what(client, council):
    plan_of(
        council,
        read_action("A1", rating="R", end=dt.date(2015, 2, 28)),
        read_action("A2", rating="G", leads=("Kim Vale",)),
    )
    director = member(Role.DIRECTOR, council)
    client.force_login(director)
    wanted = reverse("reporting:exceptions", kwargs={"council": council.slug})
    asked = client.get(wanted)["Location"]
    assert client.get(wanted)["Location"] == asked, "asked twice it is made once"
    job = Job.objects.get()
    run_job(job.pk, clock=lambda: at(TODAY, 12))
    job.refresh_from_db()
    assert "exceptions-2015" in client.get(asked).content.decode()
    file = reverse("files:download", kwargs={"file": job.result_file_id})
    said = words_of(b"".join(client.get(file).streaming_content))
    assert "Of 2 actions 1 is off track and 0 at risk. 1 action is past its end and not complete." in said
    assert "Nobody has said what is in the way of A1." in said
    assert "Kim Vale: A2" in said
    assert "There is no position of the plan at an earlier board" in said
    assert Access.objects.filter(label__endswith=".docx", council_id=council.pk).exists()
    client.force_login(member(Role.BOARD_MEMBER, council))
    assert client.get(file).status_code == 403


def test_without_a_plan_there_is_nothing_to_report(client, council):
    client.force_login(member(Role.DIRECTOR, council))
    answer = client.get(reverse("reporting:exceptions", kwargs={"council": council.slug}), follow=True)
    assert "There is no plan yet" in answer.content.decode()


def test_a_draft_tells_a_decision_once_and_none_about_minutes():
    decisions = (
        "The minutes of 4 May were approved",
        "The board approves the minutes.",
        "Audits are joint",
        "Audits are joint.",
        "Minutes per visit are recorded by teams",
    )
    made = draft(News("Testshire", "Board", MET, decisions=decisions))
    assert made.parts["decided"] == "Audits are joint.\nMinutes per visit are recorded by teams."
