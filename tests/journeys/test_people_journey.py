"""A programme manager invites a colleague; an administrator looks after accounts. Every page on the way is sound."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_a_programme_manager_invites_somebody_and_takes_it_back(
    sign_in: Callable[[str], Page], accessible: Callable[[], None], picture: Callable[[str], None]
):
    page = sign_in("programme_manager")
    page.get_by_role("link", name="Council", exact=True).click()
    accessible()
    picture("people")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    accessible()
    picture("invite-errors")
    page.get_by_label("Full name").fill("Nia Newcomer")
    page.get_by_label("E-mail address").fill("nia.newcomer@council.example")
    page.get_by_label("Action lead").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Nia Newcomer is invited")
    accessible()
    page.get_by_role("link", name="Take back the invitation to Nia Newcomer").click()
    accessible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("is taken back")


def test_ending_a_role_asks_when_and_why_first(
    sign_in: Callable[[str], Page], accessible: Callable[[], None], picture: Callable[[str], None]
):
    page = sign_in("programme_manager")
    page.get_by_role("link", name="Council", exact=True).click()
    page.get_by_role("link", name="End the role Council viewer").first.click()
    page.get_by_label("At the end of another day").check()
    page.get_by_role("button", name="End the role").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter the last day of the role")
    accessible()
    picture("role-end")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("main")).to_contain_text("Council viewer, since")


def test_the_pages_of_an_administrator_and_of_ones_own_account_are_sound(
    sign_in: Callable[[str], Page], accessible: Callable[[], None], picture: Callable[[str], None]
):
    page = sign_in("administrator")
    for name, path in (
        ("accounts", "/people/"),
        ("invite-national", "/people/invite/"),
        ("account-sessions", "/account/sessions/"),
        ("account-second-factor", "/account/2fa/"),
        ("account-password", "/account/password/change/"),
        ("account-address", "/account/email/"),
        ("account-confirm", "/account/reauthenticate/"),
        ("account-sign-out", "/account/logout/"),
    ):
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        accessible()
        picture(name)
    page.goto("/people/")
    page.get_by_role("link", name="demonstration").or_(page.locator("main table a")).first.click()
    accessible()
    picture("account")


def test_without_a_sign_in_the_doors_are_sound(
    page: Page, accessible: Callable[[], None], picture: Callable[[str], None]
):
    for name, path in (
        ("invitation-dead", "/invitations/not-a-link/"),
        ("password-reset", "/account/password/reset/"),
        ("sign-up-closed", "/account/signup/"),
    ):
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        accessible()
        picture(name)
