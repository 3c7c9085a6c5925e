"""A passkey is added, signs in without a password, confirms who is there, and is taken off again.

Chromium's virtual authenticator stands in for the key; `localhost` is where browsers allow passkeys without TLS.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from councils.services.demo import DEMO_PASSWORD

ROLE, NAME = "scrutiny_viewer", "scrutiny.viewer@demo.example"


@pytest.fixture
def key(page: Page) -> Iterator[None]:
    """A key in the machine, which knows its owner and needs no touch."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})


def confirm_by_password(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Show that it is you")
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def test_a_passkey_from_its_adding_to_its_end(
    sign_in: Callable[[str], Page], key: None, accessible: Callable[[], None], picture: Callable[[str], None]
):
    page = sign_in(ROLE)
    page.goto("/account/2fa/webauthn/add/")
    confirm_by_password(page)
    page.get_by_label("Name").fill("Desk key")
    page.get_by_label("Passwordless").check()
    accessible()
    picture("passkey-add")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: "/add/" not in url)

    page.goto("/account/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Desk key")
    expect(page.locator("main .govuk-tag")).to_have_text("Passkey")
    accessible()

    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign Out").click()
    page.goto("/account/login/?next=/account/email/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/email/")
    expect(page.locator("main")).to_contain_text(NAME)

    page.goto("/account/2fa/webauthn/reauthenticate/")
    expect(page.locator("h1")).to_have_text("Show that it is you")
    accessible()
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url(lambda url: "reauthenticate" not in url)

    page.goto("/account/2fa/webauthn/")
    page.get_by_role("button", name="Remove").click()
    page.locator("main").get_by_role("button", name="Remove").click()
    page.wait_for_url("**/account/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("No security keys have been added")
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign Out").click()
    # without the key the password opens the account again, and nothing else is asked
    assert sign_in(ROLE).url.endswith("/account/2fa/webauthn/") is False
    page.goto("/account/email/")
    expect(page.locator("main")).to_contain_text(NAME)
