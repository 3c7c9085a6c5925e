"""Signing in: what is refused, what is told, how long it lasts, what is written down."""

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from councils.models import User
from councils.roles import Role
from councils.services import set_active
from history.models import Access, Change
from notifications.models import Message
from tests.factories import PASSWORD, UserFactory, member

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def try_to_sign_in(client: Client, email: str, password: str = "not the password"):
    return client.post(LOGIN, {"login": email, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_e_mail_address_and_password_sign_in(client):
    user = UserFactory()
    try_to_sign_in(client, user.email.upper(), PASSWORD)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    user = UserFactory()
    pages = []
    for email in (user.email, "nobody@council.example"):
        page = try_to_sign_in(client, email).content.decode()
        assert "The e-mail address or the password is not right." in page
        pages.append(page.replace(email, "ADDRESS"))
    without_tokens = [_without_tokens(page) for page in pages]
    assert without_tokens[0] == without_tokens[1]


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "nonce" not in line]


@pytest.mark.parametrize("known", [True, False])
def test_a_hundred_wrong_passwords_are_stopped_clearly_and_betray_nothing(client, known):
    email = UserFactory().email if known else "nobody@council.example"
    answers = [try_to_sign_in(client, email) for _ in range(100)]
    said = [
        "wrong"
        if "is not right" in page
        else "wait"
        if "Wait 5 minutes" in page
        else "many"
        if "Too many attempts" in page
        else "?"
        for page in (answer.content.decode() for answer in answers)
    ]
    assert said == ["wrong"] * 10 + ["wait"] * 20 + ["many"] * 70
    assert {answer.status_code for answer in answers[30:]} == {429}
    assert "govuk-heading-l" in answers[-1].content.decode()
    assert not is_signed_in(client)


def test_the_right_password_does_not_help_while_an_address_is_stopped(client):
    user = UserFactory()
    for _ in range(10):
        try_to_sign_in(client, user.email)
    assert "Wait 5 minutes" in try_to_sign_in(client, user.email, PASSWORD).content.decode()
    assert not is_signed_in(client)


def test_wrong_passwords_for_one_address_do_not_stop_another(client):
    user, other = UserFactory(), UserFactory()
    for _ in range(10):
        try_to_sign_in(client, user.email)
    try_to_sign_in(client, other.email, PASSWORD)
    assert is_signed_in(client)


def test_a_closed_account_does_not_open(client, administrator, now):
    user = UserFactory()
    set_active(user=user, active=False, by=administrator, now=now, reason="has left")
    try_to_sign_in(client, user.email, PASSWORD)
    assert not is_signed_in(client)


def test_closing_an_account_ends_what_is_open_and_is_in_the_history(client, administrator, now):
    user = UserFactory()
    try_to_sign_in(client, user.email, PASSWORD)
    set_active(user=user, active=False, by=administrator, now=now, reason="has left")
    assert client.get("/account/email/").status_code == 302
    change = Change.objects.get(subject="councils.user", field="is_active")
    assert (change.old, change.new, change.by_id, change.reason) == (
        True,
        False,
        administrator.pk,
        "has left",
    )


def test_an_address_that_was_not_verified_does_not_open(client):
    user = UserFactory()
    EmailAddress.objects.update(verified=False)
    try_to_sign_in(client, user.email, PASSWORD)
    assert not is_signed_in(client)


def test_sign_up_is_closed(client):
    page = client.get("/account/signup/")
    assert "Sign Up Closed" in page.content.decode()
    client.post(
        "/account/signup/", {"email": "new@council.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.exists()


def test_somebody_cannot_give_themselves_another_address(client):
    user = UserFactory()
    client.force_login(user)
    client.post("/account/email/", {"action_add": "", "email": "other@elsewhere.example"})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [user.email]


def test_a_password_is_reset_through_the_outbox_and_unknown_addresses_are_not_betrayed(client):
    user = UserFactory()
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in (user.email, "nobody@council.example")
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("account_reset_password_done"))
    ] * 2
    message = Message.objects.get()
    assert message.address == user.email
    assert "/account/password/reset/key/" in message.body


def test_signing_in_failing_and_signing_out_are_written_down(client):
    user = UserFactory()
    try_to_sign_in(client, user.email)
    try_to_sign_in(client, user.email, PASSWORD)
    client.post("/account/logout/")
    rows = Access.objects.order_by("id").values_list("kind", "label", "by_id", "address")
    assert list(rows) == [
        (Access.Kind.SIGN_IN_FAILED, user.email, None, "127.0.0.1"),
        (Access.Kind.SIGNED_IN, user.email, user.pk, "127.0.0.1"),
        (Access.Kind.SIGNED_OUT, user.email, user.pk, "127.0.0.1"),
    ]


def test_a_password_typed_into_the_wrong_box_is_not_written_down(client):
    from django.contrib.auth import authenticate

    authenticate(None, email="my secret password", password="x")
    assert list(Access.objects.values_list("label", flat=True)) == [""]


# --- how long it lasts


def opens(client: Client) -> bool:
    return client.get("/account/email/").status_code == 200


def test_a_sign_in_goes_on_while_somebody_is_there_but_not_for_ever():
    start = timezone.now()
    client = Client()
    with time_machine.travel(start, tick=False) as clock:
        try_to_sign_in(client, UserFactory().email, PASSWORD)
        opened = []
        while len(opened) < 30:
            clock.shift(dt.timedelta(minutes=30))
            opened.append(opens(client))
    hours = settings.SESSION_COOKIE_AGE // 3600
    assert opened == [True] * (2 * hours - 1) + [False] * (31 - 2 * hours)


def test_a_sign_in_ends_after_a_long_silence_and_says_so():
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_to_sign_in(client, UserFactory().email, PASSWORD)
        clock.shift(settings.SESSION_IDLE - dt.timedelta(minutes=6))
        assert opens(client)
        clock.shift(settings.SESSION_IDLE)
        answer = client.get("/?all=1")
    assert answer["Location"] == f"{LOGIN}?next=%2F%3Fall%3D1&over=1"
    assert "You were signed out" in client.get(answer["Location"]).content.decode()


def test_the_end_of_a_silent_session_is_written_down_as_a_sign_out():
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_to_sign_in(client, UserFactory().email, PASSWORD)
        clock.shift(settings.SESSION_IDLE)
        client.get("/")
    assert Access.objects.latest("id").kind == Access.Kind.SIGNED_OUT


def test_reading_pages_seldom_writes_the_session(django_assert_max_num_queries):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_to_sign_in(client, UserFactory().email, PASSWORD)
        clock.shift(dt.timedelta(minutes=4))
        before = dict(client.session)
        opens(client)
        assert dict(client.session) == before
        clock.shift(dt.timedelta(minutes=2))
        opens(client)
        assert dict(client.session) != before


def test_an_htmx_request_without_a_sign_in_is_sent_to_the_whole_page(client):
    answer = client.get(
        "/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/councils/x/plan/"}
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{LOGIN}?next=%2Fcouncils%2Fx%2Fplan%2F"


# --- the administration site


def test_the_administration_site_signs_in_the_products_way(client):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)


def test_the_administration_site_holds_no_model_of_another_room():
    from django.contrib import admin

    assert {model._meta.label for model in admin.site._registry} == {
        "councils.Council",
        "councils.User",
        "councils.RoleHolding",
        "councils.Invitation",
    }


def test_a_council_renamed_on_the_administration_site_is_in_the_history(
    as_administrator, council, administrator
):
    fields = {"name": "Newly Named Council", "short_name": council.short_name, "region": council.region}
    as_administrator.post(f"/admin/councils/council/{council.pk}/change/", fields)
    change = Change.objects.get(subject="councils.council")
    assert (change.field, change.new, change.by_id) == ("name", "Newly Named Council", administrator.pk)


def test_a_former_administrator_is_no_longer_let_in(client):
    today = timezone.localdate()
    user = member(Role.ADMINISTRATOR, ends_on=today - dt.timedelta(days=1))
    client.force_login(user)
    assert client.get("/admin/").status_code == 302
    assert not user.is_staff


# --- demonstration accounts


def test_demonstration_accounts_are_an_error_on_a_real_set_up(settings):
    settings.DEMO_ACCOUNTS = True
    settings.EMBEDDED = False
    assert "councils.E001" in [found.id for found in run_checks()]
    settings.EMBEDDED = True
    settings.HTTPS = True
    assert "councils.E001" in [found.id for found in run_checks()]
    settings.HTTPS = False
    assert "councils.E001" not in [found.id for found in run_checks()]
