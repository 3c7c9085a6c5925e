"""The office gives a report to scrutiny and records what the committee recommended; the committee reads both."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

SAID = "Say each quarter how long letters take."


def test_scrutiny_reads_a_report_compares_positions_and_sees_what_it_recommended(
    sign_in: Callable[[str], Page], accessible: Callable[[], None], picture: Callable[[str], None]
):
    page = sign_in("programme_manager")
    page.goto("/councils/northvale/scrutiny/publish")
    choice = page.get_by_label("What to publish")
    report = choice.get_by_role("option").filter(has_text="Chair’s report to the Minister").first
    choice.select_option(value=report.get_attribute("value"))
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("button", name="Record a recommendation").click()
    page.get_by_label("What the committee recommended").fill(SAID)
    page.get_by_label("Day of the committee").fill("1/10/2026")
    page.get_by_label("Who is to see to it").fill("Director of Children’s Services")
    accessible()
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("link", name=re.compile("^Matter")).first.click()
    expect(page.locator("main")).to_contain_text(SAID)

    page = sign_in("scrutiny_viewer")
    expect(page.locator("main")).to_contain_text(SAID)
    accessible()
    picture("scrutiny")
    page.get_by_role("link", name="Chair’s report to the Minister").click()
    expect(page.get_by_role("heading", name="1. Summary")).to_be_visible()
    accessible()
    picture("scrutiny-report")
    with page.expect_download() as download:
        page.get_by_role("link", name="The report as it was submitted").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.goto("/councils/northvale/scrutiny/")
    page.get_by_role("link", name=re.compile("^Plan as at")).first.click()
    expect(page.locator("main")).to_contain_text("the last one published before")
    expect(page.get_by_text("▲ better").first).to_be_visible()
    accessible()
