"""Working the plan by hand: what does not add up, a question, a moved end, a day looked back to, a rule switched."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

PLAN = "/councils/northvale/plan/"
Check = Callable[[], None]
SignIn = Callable[[str], Page]
Picture = Callable[[str], None]


def test_what_does_not_add_up_is_asked_about_and_an_end_moved_with_its_reason(
    sign_in: SignIn, accessible: Check, picture: Picture
):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    page.locator(".nb-count--warn", has_text="not add up").click()
    accessible()
    picture("adding-up")
    page.set_viewport_size({"width": 1280, "height": 900})
    section = page.locator("section", has=page.get_by_role("heading", name="On track past its end"))
    row = section.locator("tbody tr").first
    reference = row.locator("th a").inner_text()
    row.get_by_role("link", name="Ask the lead").click()
    accessible()
    page.get_by_label("What you ask").fill("What shows that it is on track?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Your question about {reference} is asked")
    expect(page.get_by_role("heading", name=reference)).to_be_visible()
    expect(page.locator(".nb-trio__one--gap")).to_contain_text("Past its end")
    accessible()
    picture("action")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".govuk-summary-list__row", has_text="Dates").get_by_role("link", name="Move").click()
    page.get_by_label("New end").fill("31/12/2030")
    page.get_by_role("button", name="Move the end").click()
    accessible()  # refused, with what was typed
    expect(page.get_by_label("New end")).to_have_value("31/12/2030")
    page.get_by_label("Why").fill("The tool was delivered late")
    page.get_by_label("Who approved it").fill("The board of October")
    page.get_by_role("button", name="Move the end").click()
    expect(page.locator(".govuk-summary-list")).to_contain_text("Moved once")
    page.goto(f"{PLAN}changes/")
    expect(page.locator("table")).to_contain_text("The tool was delivered late")
    accessible()
    picture("changes")


def test_the_plan_is_looked_at_as_at_a_day_compared_and_its_rules_switched(
    sign_in: SignIn, accessible: Check, picture: Picture
):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    page.get_by_label("As at").fill("1/9/2026")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".govuk-inset-text")).to_contain_text("1 September 2026")
    expect(page.locator(".nb-row__update")).to_have_count(0)
    accessible()
    page.goto(f"{PLAN}compare/?since=1/9/2026")
    accessible()
    picture("compare")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{PLAN}adding-up/rules/")
    accessible()
    picture("rules")
    page.set_viewport_size({"width": 1280, "height": 900})
    rule = page.locator("form[action*=complete_without_evidence]")
    rule.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("alert")).to_contain_text("switched on")
    rule.get_by_role("button", name="Switch off").click()
    for path in ("versions/", "challenges/", "actions/add"):
        page.goto(PLAN + path)
        accessible()
        picture(path.strip("/").replace("/", "-"))


def test_what_answers_the_notice_is_confirmed_refused_and_found_missing(
    sign_in: SignIn, accessible: Check, picture: Picture
):
    page = sign_in("programme_manager")
    page.goto("/councils/northvale/notice/")
    expect(page.locator(".nb-answered--gap").first).to_be_visible()
    accessible()
    page.goto(f"{PLAN}coverage/")
    accessible()
    picture("coverage")
    page.set_viewport_size({"width": 390, "height": 900})
    proposals = page.locator(".nb-cover__proposed")
    expect(proposals.nth(2)).to_be_visible()  # three, and more where another journey read actions in before
    proposals.nth(0).get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Confirm the ticked").click()
    expect(page.get_by_role("alert")).to_contain_text("1 proposal confirmed")
    proposals.last.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Refuse the ticked").click()
    expect(page.get_by_role("alert")).to_contain_text("1 proposal refused")
    page.locator(".nb-count", has_text="no action answers it").click()
    gap = page.locator("section.nb-cover--gap").last  # which they are depends on what other journeys read in
    paragraph = gap.get_attribute("aria-label")
    gap.get_by_role("link", name="Link something").click()
    page.get_by_label("Find an objective or action").fill("care leaver")
    page.get_by_role("button", name="Find").click()
    accessible()
    picture("coverage-provision")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Link the ticked").click()
    expect(page.get_by_role("alert")).to_contain_text(f"{paragraph}: linked")
    page.get_by_role("link", name="Take away").click()
    page.get_by_label("Why").fill("It is about other young people")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nb-timeline").first).to_contain_text("It is about other young people")
    page.get_by_role("link", name="It needs no action").click()
    accessible()
    page.get_by_role("link", name="Cancel").click()
    page.goto(f"{PLAN}coverage/answering-nothing/")
    accessible()
    picture("answering-nothing")
