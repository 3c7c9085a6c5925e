"""The main job, by hand: a plan read in, looked through, updated, and its history read."""

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from playwright.sync_api import Browser, Page, expect

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "plan-manchester-2015.xlsx"
PLAN = "/councils/northvale/plan/"
Check = Callable[[], None]
SignIn = Callable[[str], Page]
Picture = Callable[[str], None]


def workbook() -> bytes:
    """A plan as an invented council might keep it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    colours = {"Red": "FF0000", "Green": "00B050"}
    for row in (
        ["Ref", "Priority", "Action", "Owner", "Target date", "Status", "Comments"],
        [
            "Z1.1",
            "Z1 Safe caseloads",
            "Recruit six workers",
            "Pat Reed",
            dt.date(2015, 5, 1),
            "Green",
            "Four in post",
        ],
        ["Z1.2", "Z1 Safe caseloads", "Agree a caseload policy", "", "31/11/14", "Red", "Draft late"],
    ):
        sheet.append(row)
        if row[5] in colours:
            sheet.cell(sheet.max_row, 6).fill = PatternFill("solid", fgColor=colours[str(row[5])])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_plan_is_filtered_searched_and_a_rating_changed_in_place(
    sign_in: SignIn, accessible: Check, picture: Picture
):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    accessible()
    picture("plan")
    page.locator(".nb-count--red").click()
    expect(page).to_have_url(re.compile(r"rating="))
    accessible()
    page.goto(PLAN)
    first = page.locator(".nb-row").first
    reference = first.locator("th a").inner_text()
    first.locator(".nb-row__update").press("Enter")
    row = page.locator(".nb-row--open")
    expect(row).to_be_visible()
    row.locator("input[data-owes-a-reason]").first.check()
    row.get_by_label("What has been done").fill("Two of four posts are filled")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".govuk-error-summary")).to_be_visible()
    accessible()
    picture("plan-update-refused")
    row.get_by_label("What is in the way").fill("No applicants in the second round")
    row.get_by_label("Next step").fill("Agency cover from Monday")
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".nb-saved")).to_have_text("Saved")
    page.get_by_role("link", name=reference, exact=True).click()
    expect(page.locator(".nb-timeline__item").first).to_contain_text("No applicants in the second round")
    accessible()
    picture("action")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(PLAN)
    expect(page.get_by_label("Search")).to_be_hidden()
    page.get_by_text("Filter, sort and search").click()
    expect(page.get_by_label("Search")).to_be_visible()


def test_escape_closes_a_row_and_what_was_typed_comes_back(sign_in: SignIn):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    page.locator(".nb-row__update").nth(3).click()
    page.locator(".nb-row--open").get_by_label("What has been done").fill("Half a sentence")
    page.keyboard.press("Escape")
    expect(page.locator(".nb-row--open")).to_have_count(0)
    page.locator(".nb-row__update").nth(3).click()
    expect(page.locator(".nb-row--open").get_by_label("What has been done")).to_have_value("Half a sentence")
    expect(page.locator(".nb-row--open")).to_contain_text("It is not saved yet")


def test_being_signed_out_in_the_middle_loses_no_typed_text(sign_in: SignIn):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    page.locator(".nb-row__update").nth(5).click()
    row = page.locator(".nb-row--open")
    row.get_by_label("What has been done").fill("Typed before the session ended")
    page.context.clear_cookies()
    row.get_by_role("button", name="Save").click()
    page.wait_for_url("**/account/login/**")
    page.locator("button[name=role][value=programme_manager]").click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
    page.goto(PLAN)
    page.locator(".nb-row__update").nth(5).click()
    expect(page.locator(".nb-row--open").get_by_label("What has been done")).to_have_value(
        "Typed before the session ended"
    )


def test_everything_works_without_javascript(browser: Browser, product: str):
    context = browser.new_context(java_script_enabled=False, base_url=product)
    page = context.new_page()
    page.goto("/account/login/")
    page.locator("button[name=role][value=programme_manager]").click()
    page.goto(PLAN)
    page.get_by_label("Search").fill("a")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"q=a"))
    page.locator(".nb-row__update").first.click()
    page.get_by_label("What has been done").fill("Written without any script")
    page.get_by_label("What is in the way").fill("Nothing new")
    page.get_by_label("Next step").fill("Carry on")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nb-timeline__item").first).to_contain_text("Written without any script")
    context.close()


@pytest.mark.parametrize(
    ("name", "data", "count"),
    [
        pytest.param("plan.xlsx", workbook(), 2, id="a made-up plan"),
        pytest.param(
            REAL.name,
            REAL.read_bytes() if REAL.exists() else b"",
            106,
            id="the real plan",
            marks=pytest.mark.skipif(not REAL.exists(), reason="shared/real is not beside the project"),
        ),
    ],
)
def test_a_plan_is_read_in_understood_confirmed_and_on_the_page(
    sign_in: SignIn, accessible: Check, picture: Picture, name: str, data: bytes, count: int
):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    page.get_by_role("link", name="Read a document in").click()
    accessible()
    page.get_by_role("button", name="Send and read").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose the document")
    page.get_by_label("The document").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Send and read").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"We found {count} actions", timeout=60_000)
    accessible()
    picture(f"reading-{count}")
    page.get_by_role("button", name="Keep answers and go on").click()
    accessible()
    picture(f"confirm-{count}")
    page.get_by_role("button", name="Write it into the plan").click()
    banner = page.locator(".govuk-notification-banner")
    expect(banner).to_contain_text("new actions")
    # references that the demo plan has too are changed, the others new
    assert sum(map(int, re.findall(r"\d+", banner.inner_text()))) == count
    accessible()
    page.goto(PLAN + "findings/")
    accessible()


def test_what_is_no_plan_is_said_to_be_none(sign_in: SignIn, accessible: Check):
    page = sign_in("programme_manager")
    page.goto(PLAN + "documents/add")
    page.get_by_label("The document").set_input_files(
        {"name": "notes.csv", "mimeType": "", "buffer": b"Shopping\nMilk\nBread\n"}
    )
    page.get_by_role("button", name="Send and read").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("could not be read", timeout=60_000)
    accessible()


@pytest.mark.parametrize(
    ("role", "also"),
    [
        ("dfe_official", ["plan/"]),
        ("board_chair", ["plan/"]),
        ("action_lead", ["plan/"]),
        # they read the long page of the plan as the official does
        ("board_member", []),
        ("council_viewer", []),
    ],
)
def test_each_reader_of_the_plan_has_a_sound_page(
    sign_in: SignIn, accessible: Check, picture: Picture, role: str, also: list[str]
):
    page = sign_in(role)
    for path in ("", "dates/", "plan/positions/", *also):
        page.goto(f"/councils/northvale/{path}")
        expect(page.locator("h1")).to_have_count(1)
        accessible()
        picture(f"{role}-{path.replace('/', '-') or 'overview'}")
