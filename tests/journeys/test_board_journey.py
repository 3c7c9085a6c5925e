"""A board's work in the browser: round, agenda, pack, the third board held, minutes, the report to the Minister."""

import datetime as dt
import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

BOARD = "/councils/northvale/board/"


def one_page() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def test_a_meeting_from_its_round_to_the_chairs_report_at_the_ministers_office(sign_in, accessible, picture):
    today = f"{dt.date.today():%d/%m/%Y}"  # noqa: TID251 - the browser and the product have the real day
    page = sign_in("programme_manager")
    page.goto(BOARD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Northvale Improvement Board")
    accessible()
    picture("board")

    page.get_by_role("link", name="Plan one meeting").click()
    page.get_by_label("Day", exact=True).fill(today)
    accessible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("is planned")
    page.get_by_role("heading", level=2, name=re.compile("Next meeting")).get_by_role("link").click()
    meeting = page.url

    a_round(page, today, accessible, picture)
    page.goto(meeting + "agenda/")
    an_agenda(page, accessible, picture)
    page.goto(meeting + "pack/")
    a_pack(page, accessible, picture)
    page.goto(meeting + "record/")
    a_record(page, accessible, picture)
    minutes(page, accessible, picture)

    page = sign_in("board_member")
    page.goto(meeting + "minutes/")
    expect(page.get_by_text("The chair said why the board met out of turn.")).to_be_visible()
    expect(page.get_by_text("The plan is looked at again in a fortnight.")).to_be_visible()
    accessible()

    page = sign_in("board_chair")
    report = a_report(page, accessible, picture)
    signed_and_submitted(page, report, accessible, picture)

    page = sign_in("ministers_office")
    page.goto("/reports/")
    page.get_by_role("link", name=re.compile("Chair’s report to the Minister")).first.click()
    expect(page.get_by_text("Children wait less long for a first visit.").first).to_be_visible()
    accessible()
    picture("report-at-the-office")


def done(page):
    """Wait for the work in hand: its page leads on by itself."""
    page.wait_for_url(lambda url: "/jobs/" not in url, timeout=120_000)


def a_pack(page, accessible, picture):
    page.get_by_role("button", name="Make a draft").click()
    done(page)
    accessible()
    picture("board-pack")
    page.get_by_role("button", name="Publish to the board").click()
    done(page)
    expect(page.get_by_role("heading", name="Published")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("pack")).and_(page.locator("[href*=files]")).first.click()
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(download.value.path()).pages)
    assert "Where the plan stands" in text


def a_report(page, accessible, picture):
    page.goto("/councils/northvale/reports/")
    due = page.locator("tr", has_text="Chair’s report to the Minister").first
    expect(due).to_contain_text("The third board after")
    accessible()
    picture("reports")
    due.get_by_role("link", name="Open the draft").click()
    accessible()
    picture("report-draft")
    report = page.url
    sections = page.get_by_role("navigation", name="Sections").get_by_role("listitem")
    wanted = sections.filter(has_text=re.compile("Empty$")).get_by_role("link").all()
    assert wanted
    for address in [report + str(link.get_attribute("href")).partition("#")[0] for link in wanted]:
        page.goto(address)
        page.get_by_label(re.compile("^Your words")).fill(
            "Children wait less long for a first visit. {actions} actions stand in the plan [A1.1]."
        )
        with page.expect_navigation():
            page.get_by_role("button", name="Save", exact=True).click()
    page.goto(report + "?section=requirements")
    for choice in page.get_by_label("Partly met").all():
        choice.check()
    accessible()
    page.get_by_role("button", name="Save the judgements").click()
    page.get_by_role("button", name="Freeze the facts").click()
    page.get_by_role("button", name="Check the report").click()
    expect(page.get_by_role("alert")).to_contain_text("complete and can be signed")
    return report


def signed_and_submitted(page, report, accessible, picture):
    page.get_by_role("button", name="Sign the report").click()
    if "reauthenticate" in page.url:  # who signs says who they are once more
        page.get_by_label("Password").fill("demonstration only")
        page.get_by_role("button", name=re.compile("Confirm|Continue|Sign in")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign the chair’s report to the Minister")
    expect(page.get_by_text("it meets the deadline of")).to_be_visible()
    accessible()
    picture("report-sign")
    page.get_by_role("button", name="Sign the report").click()
    page.get_by_role("button", name="Submit the report").click()
    done(page)
    page.goto(report)
    expect(page.get_by_text("SHA-256")).to_be_visible()
    accessible()
    picture("report-submitted")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("[.]pdf$")).first.click()
    text = " ".join(sheet.extract_text() for sheet in PdfReader(download.value.path()).pages)
    assert "Children wait less long for a first visit." in " ".join(text.split())


def a_round(page, today, accessible, picture):
    page.get_by_role("link", name="Update round", exact=True).click()
    page.get_by_role("button", name="Open the round").click()
    page.get_by_label("Position of").fill(today)
    page.get_by_label("Answers by").fill(today)
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_role("alert")).to_contain_text("asked by e-mail, once")
    accessible()
    picture("board-round")
    page.get_by_role("button", name="Close the round and freeze the position").click()
    expect(page.get_by_role("alert")).to_contain_text("The board sees the plan as it stood")


def an_agenda(page, accessible, picture):
    page.get_by_role("button", name="Move Performance: the agreed measures up").click()
    expect(page.locator("tr", has_text="Performance: the agreed measures").locator("th")).to_have_text("3")
    page.get_by_role("link", name="Add a paper for Performance: the agreed measures").click()
    page.get_by_label("File").set_input_files(
        {"name": "measures.pdf", "mimeType": "application/pdf", "buffer": one_page()}
    )
    page.get_by_role("button", name="Send the paper").click()
    expect(page.get_by_role("link", name="measures", exact=True)).to_be_visible()
    accessible()
    picture("board-agenda")
    page.get_by_role("button", name="Give members agenda and papers").click()
    expect(page.get_by_role("alert")).to_contain_text("Members have agenda and papers")


def a_record(page, accessible, picture):
    for name in ("Frances Adeyomi", "Dana Merriweather", "Kit Lindqvist", "Wren Hallam", "Priya Ranmore"):
        page.get_by_label(name, exact=True).select_option("present")
    page.get_by_role("button", name="Save attendance").click()
    expect(page.get_by_text("Quorate: 5 members or deputies are needed.")).to_be_visible()
    item = page.locator("section.nb-record").first
    item.get_by_label("What was said").fill("The chair explained why the board met out of turn.")
    item.get_by_label("New decision").fill("The plan is looked at again in a fortnight.")
    page.reload()  # what was typed is still there
    expect(item.get_by_label("New decision")).to_have_value("The plan is looked at again in a fortnight.")
    item.get_by_role("button", name=re.compile("Save item")).click()
    expect(item).to_contain_text("/1:")
    expect(item.get_by_label("New decision")).to_have_value("")  # saved once, and not offered again
    accessible()
    picture("board-record")
    page.get_by_role("button", name="Record it as held").click()
    expect(page.get_by_role("alert")).to_contain_text("It meets the notice’s deadlines")
    accessible()
    picture("board-meeting")


def minutes(page, accessible, picture):
    page.get_by_role("button", name="Minutes").click()
    page.get_by_role("button", name="Draft the minutes").click()
    section = page.get_by_label(re.compile("Minutes of 1 Welcome"))
    expect(section).to_have_value("The chair explained why the board met out of turn.")
    section.fill("The chair said why the board met out of turn.")
    page.get_by_role("button", name="Save 1", exact=True).click()
    accessible()
    picture("board-minutes")
    page.get_by_role("button", name="Give members these minutes").click()
    expect(page.get_by_role("alert")).to_contain_text("Members have the draft minutes")


def test_the_chair_tests_what_is_claimed(sign_in, accessible, picture):
    page = sign_in("board_chair")
    page.goto(BOARD)
    page.get_by_role("link", name="Testing").click()
    page.get_by_role("button", name="Plan a test").click()
    accessible()
    picture("board-test-plan")
    page.get_by_label("What is tested").fill("Whether first visits are as they are said to be")
    page.get_by_label("By", exact=True).fill("Frances Adeyomi")
    page.get_by_role("button", name="Plan the test").click()
    expect(page.get_by_text("only the chair, the chair’s support and the validator")).to_be_visible()
    accessible()
    page.get_by_role("link", name=re.compile("Record what was found")).first.click()
    page.get_by_label("Confirmed in part").check()
    page.get_by_label("What was found").fill("Six of ten files bear it out.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Six of ten files bear it out.")).to_be_visible()
    test = page.url

    page = sign_in("programme_manager")
    assert page.goto(test).status == 404
