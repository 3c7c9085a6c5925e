"""Every enabled account page of django-allauth has the look of ours and keeps to the content security policy."""

import json
import re
from html.parser import HTMLParser

import pytest
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import get_resolver, reverse

from tests.architecture.test_access import _walk
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

FOR_ANYBODY = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]
FOR_THE_SIGNED_IN = [
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "socialaccount_connections",
    "usersessions_list",
]
WITH_A_SECOND_FACTOR = [
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
]
# no page of their own: a redirect, a download, data for a script, or reached in the middle of something else
NO_PAGE = {
    "account_set_password",  # for accounts without a password; others are sent to change theirs
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password_from_key",  # below
    "mfa_authenticate",  # below
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",  # needs a real key: tests/journeys/test_passkey.py
    "mfa_remove_webauthn",  # below
    "mfa_edit_webauthn",  # below
    "socialaccount_signup",
    "openid_connect_login",
    "openid_connect_callback",
}


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings = 0
        self.inline: list[str] = []
        self.unstyled: list[str] = []
        self.fields: list[tuple[str, str]] = []
        self.labels: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attrs = dict(attributes)
        self.headings += tag == "h1"
        if tag == "style" or "style" in attrs or any(name.startswith("on") for name in attrs):
            self.inline.append(self.get_starttag_text())
        if (
            tag == "script"
            and "src" not in attrs
            and attrs.get("type") != "application/json"
            and "nonce" not in attrs
        ):
            self.inline.append(self.get_starttag_text())
        hidden = attrs.get("type") == "hidden"
        shown = tag in {"h1", "h2", "input", "button", "label", "table", "textarea", "select"} and not hidden
        if shown and "govuk-" not in attrs.get("class", ""):
            self.unstyled.append(self.get_starttag_text())
        if tag in {"input", "textarea"} and not hidden:
            self.fields.append((attrs.get("id"), attrs.get("name")))
        if tag == "label":
            self.labels.add(attrs.get("for"))


def check(response) -> str:
    """Assert that a page has our look and keeps to the policy; its text."""
    assert response.status_code in {200, 401}, response.status_code
    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src 'self' 'nonce-|script-src 'self'", policy)
    text = response.content.decode()
    page = Page(text)
    assert page.headings == 1
    assert page.inline == []
    assert page.unstyled == []
    assert {identity for identity, _ in page.fields} <= page.labels
    assert text.count("<title") == 1
    assert " - Noticeboard</title>" in " ".join(text.split())
    return text


@pytest.fixture
def client_in() -> Client:
    client = Client()
    user = UserFactory()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    # what guards the account itself asks for the password once more, however fresh the sign-in
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.user = user
    return client


def with_second_factor(client: Client) -> Client:
    TOTP.activate(client.user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(client.user)
    return client


def test_every_page_of_allauths_is_tested_here():
    names = {
        pattern.name
        for route, pattern in _walk(get_resolver())
        if route.startswith("account/")
        and pattern.name
        and pattern.callback.__module__.startswith("allauth.")
    }
    assert names == {*FOR_ANYBODY, *FOR_THE_SIGNED_IN, *WITH_A_SECOND_FACTOR} | NO_PAGE


@pytest.mark.parametrize("name", FOR_ANYBODY)
def test_a_page_for_anybody(name, client):
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", FOR_THE_SIGNED_IN)
def test_a_page_for_the_signed_in(name, client_in):
    text = check(client_in.get(reverse(name)))
    assert 'aria-label="Your account"' in text


@pytest.mark.parametrize("name", WITH_A_SECOND_FACTOR)
def test_a_page_for_those_with_a_second_factor(name, client_in):
    check(with_second_factor(client_in).get(reverse(name)))


def test_the_page_that_asks_for_the_second_factor(client, client_in):
    with_second_factor(client_in)
    answer = client.post("/account/login/", {"login": client_in.user.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "Use a security key" in check(client.get(answer["Location"]))
    assert "_auth_user_id" not in client.session


def test_the_pages_of_one_passkey(client_in):
    key = Authenticator.objects.create(
        user=client_in.user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Desk key", "credential": {"clientExtensionResults": {}}},
    )
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        check(client_in.get(reverse(name, kwargs={"pk": key.pk})))


def test_the_page_behind_a_password_reset_link(client):
    from notifications.models import Message

    user = UserFactory()
    client.post("/account/password/reset/", {"email": user.email})
    link = re.search(r"/account/password/reset/key/\S+", Message.objects.get().body)[0]
    check(client.get(link, follow=True))
    answer = client.post(client.get(link)["Location"], {"password1": "short", "password2": "short"})
    assert "govuk-error-summary" in check(answer)
    check(client.get("/account/password/reset/key/1-wrong/"))


def test_a_form_with_errors_says_so_at_its_top_and_in_the_title(client):
    text = check(client.post("/account/login/", {"login": "", "password": ""}))
    assert "<title>Error: Sign in" in " ".join(text.split())
    assert text.count('class="govuk-error-message"') == 2
    assert "govuk-error-summary" in text


def test_the_scripts_for_passkeys_are_files_and_their_data_is_no_script(client):
    text = check(client.get("/account/login/"))
    sources = re.findall(r'<script[^>]*src="([^"]+)"', text)
    assert {"/static/mfa/js/webauthn.js", "/static/mfa/js/webauthn-json.js"} <= set(sources)
    data = re.search(
        r'<script data-allauth-onload="([^"]+)" type="application/json">(.*?)</script>', text, re.DOTALL
    )
    assert json.loads(data[2])["ids"] == {"login": "passkey_login", "credential": "mfa_credential"}


def test_the_secret_of_a_second_factor_is_stored_sealed(client_in, settings):
    with_second_factor(client_in)
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored
    assert mfa_adapter().decrypt(stored) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one, after a change of keys"
    assert mfa_adapter().decrypt(stored) == "JBSWY3DPEHPK3PXP"


def test_a_change_of_password_signs_out_everywhere_else_and_tells_by_mail(client_in):
    from notifications.models import Message

    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": client_in.user.email, "password": PASSWORD})
    new = "eleven grey umbrellas"
    client_in.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert elsewhere.get(reverse("account_email")).status_code == 302
    assert Message.objects.get().address == client_in.user.email
