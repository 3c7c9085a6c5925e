"""Single sign-on joins only an address that the provider vouches for and that has an account or an invitation.

The provider is real as far as Noticeboard can see: allauth's own flow is run with what the provider said.
"""

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.urls import reverse

from councils.access import access_of
from councils.models import Invitation, User
from councils.roles import Role
from councils.services import invite
from history.models import Access, Change
from tests.factories import UserFactory

SERVER = "https://login.identity.example"


@pytest.fixture
def sso(settings):
    """A provider is set up, which vouches for addresses by its `email_verified` claim alone."""
    app = {
        "provider_id": "sso",
        "name": "Council sign-in",
        "client_id": "noticeboard",
        "secret": "x",
        "settings": {"server_url": SERVER, "verified_email": []},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return app


@pytest.fixture
def come_back(sso, rf, db):
    """Come back from the provider, which says this about somebody; the request and the answer."""

    def run(**claims):
        request = rf.get("/account/oidc/sso/login/callback/")
        for middleware in (SessionMiddleware, AuthenticationMiddleware, MessageMiddleware):
            middleware(lambda request: None).process_request(request)
        with context.request_context(request):
            provider = get_adapter().get_provider(request, "sso")
            said = {"sub": "abc-123", "name": "Wren Calloway"} | claims
            sociallogin = provider.sociallogin_from_response(request, {"userinfo": said, "id_token": said})
            sociallogin.state = {"process": "login"}
            answer = complete_login(request, sociallogin)
        return request, answer

    return run


def invited(council, manager, now, email="wren@council.example", role=Role.ACTION_LEAD):
    return invite(email=email, name="Wren Calloway", role=role, council=council, by=manager, now=now)[0]


def test_an_invited_and_verified_address_joins_with_its_role(come_back, council, manager, now, today):
    invitation = invited(council, manager, now)
    request, answer = come_back(email="Wren@council.example", email_verified=True)
    assert answer.status_code == 302
    user = User.objects.get(email="wren@council.example")
    assert request.user == user
    assert user.name == "Wren Calloway"
    assert not user.has_usable_password()
    assert access_of(user, today=today).roles(council) == {Role.ACTION_LEAD}
    assert EmailAddress.objects.get(user=user).verified
    invitation.refresh_from_db()
    assert invitation.accepted_by == user
    assert Change.objects.filter(subject="councils.user", subject_id=user.pk, field="").count() == 1
    assert Access.objects.filter(kind=Access.Kind.SIGNED_IN, by_id=user.pk).count() == 1


@pytest.mark.parametrize("claims", [{"email_verified": False}, {}])
def test_an_invited_address_that_nobody_vouches_for_does_not_join(claims, come_back, council, manager, now):
    invited(council, manager, now)
    request, answer = come_back(email="wren@council.example", **claims)
    assert "Sign Up Closed" in answer.content.decode()
    assert not request.user.is_authenticated
    assert Invitation.objects.get().accepted_at is None


def test_a_verified_address_that_is_not_invited_does_not_join(come_back, council, manager):
    request, answer = come_back(email="mallory@council.example", email_verified=True)
    assert "Sign Up Closed" in answer.content.decode()
    assert not request.user.is_authenticated
    assert not User.objects.filter(email="mallory@council.example").exists()


def test_an_expired_invitation_does_not_let_join(come_back, council, manager, now, settings):
    invited(council, manager, now - settings.INVITATION_LIFE)
    request, _answer = come_back(email="wren@council.example", email_verified=True)
    assert not request.user.is_authenticated


def test_an_account_with_the_verified_address_is_opened_and_joined(come_back):
    user = UserFactory(email="wren@council.example")
    request, _answer = come_back(email="wren@council.example", email_verified=True)
    assert request.user == user
    assert SocialAccount.objects.get().user == user


def test_an_account_is_not_opened_by_an_address_that_nobody_vouches_for(come_back):
    UserFactory(email="wren@council.example")
    request, _answer = come_back(email="wren@council.example", email_verified=False)
    assert not request.user.is_authenticated
    assert not SocialAccount.objects.exists()


def test_the_addresses_of_a_trusted_domain_count_as_verified(come_back, sso, council, manager, now):
    sso["settings"]["verified_email"] = ["council.example"]
    invited(council, manager, now)
    request, _answer = come_back(email="wren@council.example")
    assert request.user.email == "wren@council.example"


def test_a_closed_account_is_not_opened(come_back):
    UserFactory(email="wren@council.example", is_active=False)
    request, answer = come_back(email="wren@council.example", email_verified=True)
    assert answer["Location"] == reverse("account_inactive")
    assert not request.user.is_authenticated


def test_the_sign_in_page_offers_the_provider_only_where_one_is_set_up(client, db, settings, sso):
    assert "Sign in with Council sign-in" in client.get("/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Sign in with Council sign-in" not in client.get("/account/login/").content.decode()


def test_an_invitation_offers_the_provider(client, sso, council, manager, now, settings):
    _invitation, link = invite(
        email="nia@council.example", name="Nia", role=Role.ACTION_LEAD, council=council, by=manager, now=now
    )
    page = client.get(link.removeprefix(settings.SITE_URL)).content.decode()
    assert "Accept with Council sign-in" in page
    assert reverse("openid_connect_login", kwargs={"provider_id": "sso"}) in page
