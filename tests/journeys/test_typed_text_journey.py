"""Whoever is signed out in the middle of writing finds what was typed in every form of the plan."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

PLAN = "/councils/northvale/plan/"
SignIn = Callable[[str], Page]
# the form's address after the action's own, and the field that is typed into
FORMS = {
    "update": "What has been done",
    "ask": "What you ask",
    "move": "Why",
    "split": "Part 1: action",
    "merge": "Why",
    "reword": "Why",
    "recur": "Why",
    "evidence/add": "What it is",
}


def test_being_signed_out_loses_no_typed_text_and_what_was_saved_does_not_come_back(sign_in: SignIn):
    page = sign_in("programme_manager")
    page.goto(PLAN)
    action = page.locator(".nb-row__ref a").nth(2).get_attribute("href") or ""
    objective = page.locator(".nb-objective a").first.get_attribute("href") or ""
    typed = {f"{action}{path}": (label, f"Typed for {path}") for path, label in FORMS.items()}
    typed[objective] = ("Why", "Typed for the judgement")
    for address, (label, words) in typed.items():
        page.goto(address)
        page.get_by_label(label, exact=True).fill(words)
    page.context.clear_cookies()
    page.get_by_role("button", name="Save the judgement").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    page = sign_in("programme_manager")
    for address, (label, words) in typed.items():
        page.goto(address)
        expect(page.get_by_label(label, exact=True)).to_have_value(words)
        expect(page.locator("form [role=status]")).to_contain_text("It is not saved yet")
    # back and forth keeps it too
    page.go_back()
    page.go_forward()
    expect(page.get_by_label("Why", exact=True)).to_have_value("Typed for the judgement")
    # what is saved is forgotten
    page.goto(f"{action}ask")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is asked")
    page.goto(f"{action}ask")
    expect(page.get_by_label("What you ask", exact=True)).to_have_value("")
    # leaving on purpose takes what was typed along: the next one at this screen does not find it
    page.get_by_label("What you ask", exact=True).fill("Nobody else's business")
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert not [key for key in page.evaluate("Object.keys(sessionStorage)") if key.startswith("noticeboard:")]
