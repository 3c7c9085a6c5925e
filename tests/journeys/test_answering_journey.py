"""Leads answer before a board: on a phone by a link, on a desk in place, many at once; nothing typed is lost."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

PLAN = "/councils/northvale/plan/"
Check = Callable[[], None]
SignIn = Callable[[str], Page]
Picture = Callable[[str], None]
PHONE = {"width": 390, "height": 844}


def link_of_a_lead(page: Page) -> str:
    """The programme manager makes a link for the first lead without an account who owes an answer."""
    page.goto(PLAN + "answers/?show=open")
    page.get_by_role("link", name=re.compile("^(Send a|New) link")).first.click()
    page.get_by_label("E-mail address").fill("")
    page.get_by_role("button", name="Make the link").click()
    address = page.locator("code").inner_text()
    return address[address.index("/answer/") :]


def test_a_lead_without_an_account_answers_on_a_phone(sign_in: SignIn, accessible: Check, picture: Picture):
    page = sign_in("programme_manager")
    page.goto(PLAN + "answers/")
    accessible()
    picture("who-has-answered")
    address = link_of_a_lead(page)
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(address)
    accessible()
    before = int(page.locator("#answers-progress progress").get_attribute("value") or 0)
    picture("answer-link")
    page.set_viewport_size(PHONE)
    page.get_by_text(re.compile("^Answer one by one")).click()
    accessible()
    page.get_by_label("What has been done").fill("Answered on a phone between two visits")
    page.get_by_label("What is in the way").fill("Nothing new")
    page.get_by_label("Next step").fill("Carry on until May")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".govuk-notification-banner").first).to_contain_text(f"{before + 1} of")
    page.goto(f"{address}done/")
    expect(page.locator("main")).to_contain_text("Answered on a phone between two visits")
    accessible()
    page.goto(f"{address}sheet/")
    accessible()
    page.goto("/answer/made-up/")
    expect(page.locator("h1")).to_have_text("This link opens nothing")
    accessible()


def test_a_lost_connection_loses_no_typed_text(sign_in: SignIn, accessible: Check):
    page = sign_in("programme_manager")
    address = link_of_a_lead(page)
    page.goto(address)
    page.locator("[data-row-link]").first.press("Enter")
    expect(page.locator(".nb-row--open")).to_be_visible()
    accessible()
    # a tab of its own: the browser itself complains of the lost connection
    page = page.context.new_page()
    page.goto(address)
    page.locator("[data-row-link]").first.press("Enter")
    form = page.locator(".nb-row--open")
    form.get_by_label("What has been done").fill("Typed in the tunnel")
    page.context.set_offline(True)
    form.get_by_role("button", name="Save").click()
    expect(form.locator("[data-offline]")).to_contain_text("The connection is lost")
    page.context.set_offline(False)
    page.reload()
    page.locator("[data-row-link]").first.press("Enter")
    expect(form.get_by_label("What has been done")).to_have_value("Typed in the tunnel")
    expect(form).to_contain_text("It is not saved yet")


def test_many_actions_are_changed_at_once_and_put_back(sign_in: SignIn, accessible: Check, picture: Picture):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    expect(page.locator("#bulk")).to_be_hidden()
    for number in range(3):
        page.locator("input[name=row]").nth(number).check()
    expect(page.locator("#bulk")).to_contain_text("3 actions ticked")
    accessible()
    page.get_by_role("button", name="Move end date").click()
    page.get_by_role("button", name="See what it changes").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say who approved the move")
    accessible()
    page.get_by_label("New end date").fill("30/9/2027")
    page.get_by_label("Why it moves").fill("Recruitment took longer")
    page.get_by_label("Who approved it").fill("The board")
    page.get_by_role("button", name="See what it changes").click()
    expect(page.locator("h1")).to_contain_text("3 actions will be changed")
    accessible()
    picture("bulk-preview")
    page.get_by_role("button", name=re.compile("^Change 3")).click()
    expect(page.locator("h1")).to_have_text("3 actions changed")
    accessible()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("h1")).to_have_text("3 actions put back")


def test_a_list_is_saved_and_chosen_again(sign_in: SignIn, accessible: Check, picture: Picture):
    page = sign_in("programme_manager")
    page.goto(PLAN + "?due=overdue")
    page.get_by_text("Save this list").click()
    page.get_by_label("Name").fill("Overdue ones")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile(r"due=overdue"))
    accessible()
    page.goto(PLAN)
    page.get_by_text(re.compile("^Saved lists")).click()
    page.get_by_role("link", name="Overdue ones").click()
    expect(page).to_have_url(re.compile(r"due=overdue"))
    page.goto(PLAN + "lists/")
    accessible()
    picture("saved-lists")
