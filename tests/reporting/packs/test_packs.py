"""A pack is made from one position, looked at as a draft, published once, added to by supplements."""

import datetime as dt
import io
from dataclasses import replace

import pdfplumber
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from boards.models import Paper
from boards.pack_sections import Section
from boards.services.agenda import add_item
from boards.services.minutes import draft_minutes
from boards.services.papers import add_paper
from boards.services.recording import add_matter, note_matter
from boards.services.records import Refused
from councils.roles import Role
from files.models import StoredFile
from jobs.services import run_job, sweep
from plans.adding_up import RULES
from plans.models import Position
from plans.services import Report, record_update, switch_rule
from reporting.models import Pack
from reporting.packs.basis import Basis
from reporting.packs.collect import collect
from reporting.packs.document import as_html
from reporting.packs.drafts import printed_draft
from reporting.packs.drawing import draw
from reporting.packs.facts import USUAL_ORDER, PackDeadline, PackRisk, chosen_sections
from reporting.packs.making import ask_for_pack, choose_sections, printed
from tests.boards.build import TODAY, act, at, board_of, hold, meeting_of, member_of
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, plan_of, read_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def meeting(council):
    plan_of(council, read_action("A1"))
    board = board_of(council)
    chair = member_of(board, "Frances Adeyemi", capacity="chair")
    earlier = meeting_of(board, dt.date(2015, 5, 4))
    hold(earlier, chair)
    return meeting_of(board, dt.date(2015, 6, 3))


def made(meeting, edition="draft", day=TODAY):
    pack = ask_for_pack(act=act(meeting.board.council, day), meeting_id=meeting.pk, edition=edition)
    run_job(pack.job_id, clock=lambda: at(day, 11))
    pack.refresh_from_db()
    return pack


def facts(meeting, hour=10, **values):
    basis = Basis(TODAY, at(TODAY, hour))
    given = {"sections": USUAL_ORDER, "restricted": True, "edition": "Draft", "made_on": TODAY}
    return collect(meeting, basis, **given | values)


def report_done(council, *, hour):
    action = council.plans.get().actions.get()
    record_update(
        council=council,
        action_id=action.pk,
        report=Report(on=TODAY, rating="G", narrative="Done since"),
        version=action.version,
        by=None,
        now=at(TODAY, hour),
        today=TODAY,
    )


def text_of(stored):
    with stored.content.open("rb") as file, pdfplumber.open(io.BytesIO(file.read())) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def pdf_of(pack):
    with pack.whole.content.open("rb") as file:
        return pikepdf.open(io.BytesIO(file.read()))


def test_a_draft_shows_the_agenda_the_plan_and_who_takes_the_chair(meeting):
    pack = made(meeting)
    assert pack.ready, pack.problem
    said = text_of(pack.whole)
    assert "Frances Adeyemi" in said
    assert "Where the plan stands" in said
    assert f"Page 1 of {pack.pages}" in said
    with pdf_of(pack) as pdf:
        assert "/StructTreeRoot" not in pdf.Root, "drafts are put together from chapters, untagged"


def test_a_pack_made_again_from_the_same_basis_shows_the_same_figures(council, meeting):
    before = facts(meeting)
    report_done(council, hour=15)
    later = {"council": council, "by": None, "now": at(TODAY, 15), "today": TODAY}
    for rule in RULES:
        switch_rule(rule=rule, from_on=BEGUN, version=0, **later)
    again = facts(meeting)
    assert again.figures.by_rating == before.figures.by_rating
    assert again.figures.mismatches == before.figures.mismatches


def test_a_pack_made_again_shows_the_same_attendance_however_many_boards_came_after(council, meeting):
    before = facts(meeting)
    assert before.meetings == (dt.date(2015, 5, 4),)
    chair = meeting.board.memberships.get()
    for week in range(1, 8):
        hold(meeting_of(meeting.board, meeting.on + dt.timedelta(weeks=week)), chair)
    assert (facts(meeting).meetings, facts(meeting).attendance) == (before.meetings, before.attendance)


def test_a_pack_made_again_after_its_meeting_shows_matters_as_they_stood_there(council, meeting):
    def ask(text, day, at_meeting=None):
        values = {"text": text, "owner_name": "Head of Service"}
        asked = add_matter(act=act(council, day), board_id=board.pk, values=values, meeting_id=at_meeting)
        return asked.pk

    board, after = meeting.board, dt.date(2015, 6, 20)
    bring = ask("Bring the figures", dt.date(2015, 5, 4))
    before = facts(meeting).matters
    ask("Asked at the meeting itself", after, meeting.pk)
    ask("Asked since", after)
    note_matter(act=act(council, after), matter_id=bring, text="Brought", state="done")
    assert facts(meeting).matters == before
    assert [(matter.text, matter.state) for matter in before] == [("Bring the figures", "open")]


def test_what_moved_is_shown_as_it_was_at_the_last_board_and_as_it_is(council, meeting):
    report_done(council, hour=9)
    said = as_html(facts(meeting, hour=11))
    moved = said.split("Moved up since the last board")[1].split("</table>")[0]
    assert moved.index("Last board") < moved.index("Now")
    assert moved.index("A Amber") < moved.index("G Green")


def test_the_agenda_names_the_page_of_the_section_that_an_item_is_about(meeting):
    for title, section in (("What is off track", "exceptions"), ("Testing", "testing")):
        add_item(
            act=act(meeting.board.council), meeting_id=meeting.pk, values={"title": title, "section": section}
        )
    chosen = (Section.AGENDA, Section.SUMMARY, Section.EXCEPTIONS)
    given = facts(meeting, sections=chosen)
    assert [item.section for item in given.items] == [Section.EXCEPTIONS, None], "testing is not in this pack"
    with pdfplumber.open(io.BytesIO(printed(given))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert "\nExceptions\n" in texts[-1]
    [agenda] = [text for text in texts if "What is off track" in text]
    assert f"What is off track To discuss {len(texts)}" in agenda


def test_publishing_needs_a_draft_and_a_circulated_agenda(meeting):
    with pytest.raises(Refused, match="draft"):
        made(meeting, "published")
    made(meeting)
    with pytest.raises(Refused, match="Give members agenda and papers first"):
        made(meeting, "published")


def test_a_published_pack_is_made_once_and_freezes_the_position_its_draft_showed(meeting):
    draft = made(meeting)
    meeting.circulated_at = at(TODAY)
    meeting.save()
    published = made(meeting, "published", TODAY + dt.timedelta(days=1))
    assert published.ready
    frozen = Position.objects.get(pk=published.position_id)
    assert (frozen.on, frozen.recorded_until) == (draft.position_on, draft.recorded_until)
    for edition in ("published", "draft"):
        with pytest.raises(Refused, match="published"):
            made(meeting, edition)


def test_a_supplement_holds_late_papers_and_needs_one(meeting):
    with pytest.raises(Refused, match="no published pack"):
        made(meeting, "supplement")
    made(meeting)
    meeting.circulated_at = at(TODAY)
    meeting.save()
    made(meeting, "published")
    assert not Paper.objects.exists()
    with pytest.raises(Refused, match="No paper"):
        made(meeting, "supplement")


def test_a_job_done_twice_makes_the_pack_once(meeting):
    pack = made(meeting)
    first = pack.whole_id
    Pack.objects.filter(pk=pack.pk).update(job=pack.job)
    run_job(pack.job_id, clock=lambda: at(TODAY, 12))
    pack.refresh_from_db()
    assert pack.whole_id == first


def test_a_council_chooses_and_orders_the_sections(council):
    choose_sections(act=act(council), codes=["plan", "agenda", "nonsense"])
    assert chosen_sections(council.pack_template.sections) == (Section.PLAN, Section.AGENDA)
    with pytest.raises(Refused):
        choose_sections(act=act(council), codes=[])


def test_members_see_no_draft(client, council, meeting):
    made(meeting)
    page = reverse("reporting:pack", kwargs={"council": council.slug, "meeting": meeting.pk})
    client.force_login(member(Role.BOARD_MEMBER, council))
    assert "has not been published yet" in client.get(page).content.decode()
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    assert "Publish to the board" in client.get(page).content.decode()


def test_a_section_without_a_number_is_refused_beside_its_field(client, council, meeting):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    where = reverse("reporting:pack_sections", kwargs={"council": council.slug, "meeting": meeting.pk})
    answer = client.post(where, {"place-plan": "first", "place-agenda": "1"})
    assert answer.status_code == 422
    assert "must be a number" in answer.content.decode()


def blank(pages):
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def with_paper(meeting, title="Report", *, restricted=False, pages=3):
    doing = act(meeting.board.council)
    item = add_item(act=doing, meeting_id=meeting.pk, values={"title": title, "restricted": restricted})
    return add_paper(
        act=doing, item_id=item.pk, title=title, document=ContentFile(blank(pages), name="r.pdf")
    )


def words_on(content):
    """What stands on each page of a PDF and where, whatever drew it."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [
            sorted((word["text"], round(word["x0"]), round(word["top"])) for word in page.extract_words())
            for page in pdf.pages
        ]


def test_a_draft_has_the_pages_of_the_whole_pack_and_draws_anew_only_what_changed(meeting, monkeypatch):
    with_paper(meeting)
    shown = facts(meeting)
    whole = printed(shown)
    assert words_on(printed_draft(shown)) == words_on(whole)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert "/StructTreeRoot" in pdf.Root, "the tags of its own pages survive the papers"
        with pdf.open_metadata() as said:
            assert "pdfuaid:part" not in said, "and it does not claim what papers do not keep"
    asked = []

    def noting(folder, front, chapters, progress=None):
        asked.append([number for number, chapter in chapters.items() if isinstance(chapter, str)])
        return draw(folder, front, chapters, progress)

    monkeypatch.setattr("reporting.packs.drafts.draw", noting)
    risk = PackRisk("1", "Risk", "A new one", 9, "Watched", "The director")
    printed_draft(replace(shown, risks=(risk,)))
    assert [len(numbers) for numbers in asked] == [1]


def test_a_worker_killed_while_it_prints_leaves_the_pack_to_be_made_again_once(meeting, monkeypatch):
    pack = ask_for_pack(act=act(meeting.board.council), meeting_id=meeting.pk, edition="draft")

    def killed(*args):
        raise SystemExit("killed")

    with monkeypatch.context() as during:
        during.setattr("reporting.packs.making.printed_draft", killed)
        with pytest.raises(SystemExit):
            run_job(pack.job_id, clock=lambda: at(TODAY, 11))
    pack.refresh_from_db()
    assert pack.being_made
    sweep(now=at(TODAY, 13))
    run_job(pack.job_id, clock=lambda: at(TODAY, 13))
    pack.refresh_from_db()
    assert pack.ready
    assert StoredFile.objects.filter(name__contains="draft pack").count() == 1


def test_a_paper_that_cannot_go_into_the_pack_is_named(meeting):
    with_paper(meeting, "Audits", pages=1)
    kept = with_paper(meeting, "Budget", pages=1).pdf
    with pikepdf.open(io.BytesIO(blank(1))) as pdf:
        pdf.pages[0].MediaBox = [0, 0, 0, 0]
        out = io.BytesIO()
        pdf.save(out)
    kept.content.storage.delete(kept.content.name)
    kept.content.storage.save(kept.content.name, ContentFile(out.getvalue()))
    pack = made(meeting)
    assert pack.problem.startswith("“Budget”, item 2: This PDF is damaged")


def test_a_pack_without_an_agenda_says_so_and_shows_the_rest(meeting):
    page = as_html(facts(meeting))
    assert "No agenda has been made for this meeting." in page
    assert "Where the plan stands" in page
    add_item(act=act(meeting.board.council), meeting_id=meeting.pk, values={"title": "Welcome"})
    assert "No agenda has been made for this meeting." not in as_html(facts(meeting))


def test_the_open_copy_says_of_a_restricted_item_no_more_than_the_agenda(meeting):
    with_paper(meeting, "Dismissal of a manager", restricted=True, pages=7)
    open_copy = as_html(facts(meeting, restricted=False))
    assert "Restricted item" in open_copy
    assert "Dismissal" not in open_copy
    assert 'class="sheet' not in open_copy, "no sheet is kept for a paper that is left out"
    assert "Dismissal" in as_html(facts(meeting))


def test_the_open_copy_says_of_the_last_minutes_where_a_restricted_item_is_left_out(meeting):
    earlier = meeting.board.meetings.get(on=dt.date(2015, 5, 4))
    doing = act(meeting.board.council)
    for title, restricted in (("Dismissal of a manager", True), ("Waiting times", False)):
        values = {"title": title, "restricted": restricted}
        add_item(act=doing, meeting_id=earlier.pk, values=values)
    draft_minutes(act=doing, meeting_id=earlier.pk)
    open_copy = as_html(facts(meeting, restricted=False))
    assert "Waiting times" in open_copy
    assert "Not in this copy." in open_copy
    assert "Dismissal" not in open_copy
    assert "Dismissal" in as_html(facts(meeting))


def test_members_are_not_told_how_long_the_copy_is_that_they_may_not_see(client, meeting, monkeypatch):
    monkeypatch.setattr("reporting.packs.making.printed_draft", lambda facts, progress=None: blank(3))
    monkeypatch.setattr(
        "reporting.packs.making.printed",
        lambda facts, progress=None: blank(9 if facts.papers else 2),
    )
    with_paper(meeting, "Dismissal of a manager", restricted=True)
    made(meeting)
    meeting.circulated_at = at(TODAY)
    meeting.save()
    made(meeting, "published")
    council = meeting.board.council
    page = reverse("reporting:pack", kwargs={"council": council.slug, "meeting": meeting.pk})
    client.force_login(member(Role.BOARD_MEMBER, council))
    assert "9 pages" not in client.get(page).content.decode()
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    assert "9 pages" in client.get(page).content.decode()


def test_a_supplement_shows_the_late_paper_and_alters_nothing(meeting, monkeypatch):
    monkeypatch.setattr("reporting.packs.making.printed_draft", lambda facts, progress=None: blank(1))
    monkeypatch.setattr("reporting.packs.making.printed", lambda facts, progress=None: blank(1))
    with_paper(meeting)
    made(meeting)
    meeting.circulated_at = at(TODAY)
    meeting.save()
    published = made(meeting, "published")
    with_paper(meeting, "Late news")
    shown = facts(meeting, supplements_only=True, edition="Supplement")
    assert [item.title for item in shown.items] == ["Late news"]
    assert made(meeting, "supplement").ready
    assert Pack.objects.get(pk=published.pk).whole.sha256 == published.whole.sha256
    with pytest.raises(Refused, match="every late paper"):
        made(meeting, "supplement", TODAY + dt.timedelta(days=1))


def test_publishing_that_was_given_up_can_be_tried_again(meeting, monkeypatch):
    monkeypatch.setattr("reporting.packs.making.printed_draft", lambda facts, progress=None: blank(1))
    monkeypatch.setattr("reporting.packs.making.printed", lambda facts, progress=None: blank(1))
    made(meeting)
    meeting.circulated_at = at(TODAY)
    meeting.save()
    first = ask_for_pack(act=act(meeting.board.council), meeting_id=meeting.pk, edition="published")

    def broken(facts, progress=None):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as during:
        during.setattr("reporting.packs.making.printed", broken)
        with pytest.raises(RuntimeError):
            run_job(first.job_id, clock=lambda: at(TODAY, 11))
    assert not Pack.objects.get(pk=first.pk).being_made
    assert made(meeting, "published").ready


def test_what_the_department_owes_is_counted_apart_from_what_the_council_owes(meeting):
    late = PackDeadline(dt.date(2015, 5, 1), "Report", "Council", "7", "Overdue", "Then.", overdue=True)
    theirs = replace(late, what="Review", who="Department for Education", departments=True)
    page = as_html(replace(facts(meeting), deadlines=(late, theirs)))
    assert "Overdue: 1" in page
    assert "Overdue from the Department: 1" in page
