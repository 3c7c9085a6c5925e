"""The pages on which somebody keeps their own tokens."""

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from councils.models import ApiToken
from councils.roles import Role
from councils.tokens import make_token
from tests.api.conftest import TODAY, Caller
from tests.factories import PASSWORD, UserFactory, member

MAKE = "/account-tokens/make/"


@pytest.fixture
def user(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def browser(user):
    """Signed in, and with the password given again a moment ago."""
    browser = Client()
    browser.force_login(user)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def form(user):
    holding = str(user.role_holdings.get().pk)
    return {"name": "Power BI", "holding": holding, "scope": "read", "days": "90"}


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_a_token_is_made_its_key_shown_once_and_it_works(browser, form):
    answer = browser.post(MAKE, form)
    [key] = set(re.findall(r"nbt_[\w-]{43}", answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    assert Caller(key).get("/api/v1/councils").status_code == 200
    token = ApiToken.objects.get()
    assert (token.name, token.read_only, token.expires_on) == ("Power BI", True, dt.date(2015, 10, 18))
    listed = browser.get("/account-tokens/")
    assert key not in listed.content.decode()
    role = (
        f"Role Programme manager, {token.holding.council.short_name} May Read Ends with {key[-4:]} Last day"
    )
    assert f"{role} 18 October 2015" in words(listed)


def test_the_form_sent_twice_makes_one_token(browser, form):
    statuses = [browser.post(MAKE, form).status_code for _ in range(2)]
    assert (statuses, ApiToken.objects.count()) == ([200, 422], 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Say what the token is for"),
        ({"holding": ""}, "Choose a role"),
        ({"holding": "999999"}, "Select a valid choice"),
        ({"days": "3650"}, "Select a valid choice"),
        ({"scope": "all"}, "Select a valid choice"),
    ],
)
def test_a_form_that_cannot_be_accepted_says_why(browser, form, changed, said):
    answer = browser.post(MAKE, form | changed)
    assert (answer.status_code, ApiToken.objects.count()) == (422, 0)
    assert words(answer).count(said) == 2


def test_a_role_of_somebody_else_cannot_be_chosen(browser, form, council):
    other = member(Role.DIRECTOR, council).role_holdings.get()
    assert browser.post(MAKE, form | {"holding": str(other.pk)}).status_code == 422
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_is_made_only_after_the_password_was_given_again(user, form, method):
    browser = Client()
    browser.force_login(user)
    answer = getattr(browser, method)(MAKE, form)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert ApiToken.objects.count() == 0


def test_a_token_is_revoked_after_a_question(browser, user):
    token, key = make_token(
        holding=user.role_holdings.get(),
        name="Power BI",
        read_only=True,
        expires_on=TODAY,
        by=user,
        now=timezone.now(),
    )
    url = f"/account-tokens/{token.pk}/revoke/"
    assert "Revoke the token “Power BI”?" in words(browser.get(url))
    assert Caller(key).get("/api/v1/councils").status_code == 200
    assert browser.post(url)["Location"] == "/account-tokens/"
    assert Caller(key).get("/api/v1/councils").status_code == 401
    assert "You have no tokens." in words(browser.get("/account-tokens/"))
    assert browser.post(url).status_code == 404


def test_a_token_of_somebody_else_is_not_there(browser, council):
    other = member(Role.DIRECTOR, council)
    token, _ = make_token(
        holding=other.role_holdings.get(),
        name="Theirs",
        read_only=True,
        expires_on=TODAY,
        by=other,
        now=timezone.now(),
    )
    url = f"/account-tokens/{token.pk}/revoke/"
    assert (browser.get(url).status_code, browser.post(url).status_code) == (404, 404)
    assert "Theirs" not in words(browser.get("/account-tokens/"))
    assert ApiToken.objects.get().revoked_at is None


def test_an_expired_token_is_listed_as_such(browser, user, form, clock):
    browser.post(MAKE, form | {"days": "30"})
    clock.shift(dt.timedelta(days=31))
    again = Client()
    again.force_login(user)
    assert "does not work any more" in words(again.get("/account-tokens/"))


def test_somebody_without_a_role_is_told_that_there_is_nothing_to_open(db):
    browser = Client()
    browser.force_login(UserFactory())
    assert "You hold no role today" in words(browser.get("/account-tokens/"))
