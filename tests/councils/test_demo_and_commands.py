"""The first administrator, and the demonstration accounts of the embedded set-up."""

import io
import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from councils.access import access_of
from councils.models import Invitation, Person, User
from councils.roles import Role
from councils.services import make_demo_accounts
from councils.services.demo import DEMO_PASSWORD, demo_email
from history.models import Change
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/demo/sign-in/"


@pytest.fixture
def demo(settings, council, now):
    settings.DEMO_ACCOUNTS = True
    return make_demo_accounts(council, now=now)


def create_administrator(*args: str) -> str:
    out = io.StringIO()
    call_command("create_administrator", *args, stdout=out)
    return out.getvalue()


def test_the_command_prints_a_link_by_which_the_first_administrator_comes_in(client, settings, today):
    link = create_administrator("ada@dfe.example", "--name", "Ada Min").splitlines()[-1]
    assert not User.objects.exists()
    client.post(link.removeprefix(settings.SITE_URL), {"name": "Ada Min", "password": "nine purple lanterns"})
    user = User.objects.get()
    assert access_of(user, today=today).national == {Role.ADMINISTRATOR}
    assert client.get("/people/").status_code == 200


def test_the_command_takes_a_password_on_standard_input(client, monkeypatch, today):
    monkeypatch.setattr("sys.stdin", io.StringIO("nine purple lanterns\n"))
    create_administrator("ada@dfe.example", "--name", "Ada Min", "--password-stdin")
    client.post("/account/login/", {"login": "ada@dfe.example", "password": "nine purple lanterns"})
    assert client.get("/people/").status_code == 200
    assert Change.objects.get(subject="councils.user").reason == "manage.py create_administrator"


def test_the_command_refuses_a_poor_password_and_makes_nothing(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))
    with pytest.raises(CommandError, match="at least 12 characters"):
        create_administrator("ada@dfe.example", "--name", "Ada Min", "--password-stdin")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "args", [["not-an-address", "--name", "Ada"], ["ada@dfe.example"], ["ada@dfe.example", "--name", " "]]
)
def test_the_command_refuses_what_it_cannot_use(args):
    with pytest.raises(CommandError):
        create_administrator(*args)
    assert not Invitation.objects.exists()


def test_the_command_promotes_an_account_that_exists_once(today):
    user = UserFactory()
    create_administrator(user.email.upper())
    assert access_of(user, today=today).national == {Role.ADMINISTRATOR}
    with pytest.raises(CommandError, match="already"):
        create_administrator(user.email)


def test_there_is_no_other_way_to_stand_above_the_table_of_rights():
    with pytest.raises(NotImplementedError):
        User.objects.create_superuser("root@council.example", "x")


def test_there_is_one_demonstration_account_for_each_role(demo, council, today):
    for role in Role:
        user = User.objects.get(email=demo_email(role))
        access = access_of(user, today=today)
        assert access.roles(council) == {role}
        assert user.check_password(DEMO_PASSWORD)
    assert Person.objects.filter(council=council).count() == len([role for role in Role if not role.national])


def test_making_them_again_changes_nothing(demo, council, now):
    before = Change.objects.count()
    make_demo_accounts(council, now=now)
    assert Change.objects.count() == before
    assert User.objects.count() == len(Role)


def test_they_are_not_made_where_they_are_off(council, now, settings):
    settings.DEMO_ACCOUNTS = False
    with pytest.raises(ImproperlyConfigured):
        make_demo_accounts(council, now=now)
    assert not User.objects.exists()


def test_the_sign_in_page_offers_them_plainly_labelled(demo, client):
    page = client.get("/account/login/").content.decode()
    assert '<h2 class="govuk-heading-m">Demonstration accounts</h2>' in page
    assert page.count("demonstration account</span>") == len(Role)


@pytest.mark.parametrize("role", Role)
def test_one_press_signs_in(role, demo, client):
    answer = client.post(SIGN_IN, {"role": role.value})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(demo[role].pk)


@pytest.mark.parametrize(
    ("asked", "reached"), [("/councils/", "/councils/"), ("https://elsewhere.example/", "/")]
)
def test_one_press_goes_on_to_the_page_that_was_asked_for(demo, client, asked, reached):
    signed_in = client.post(SIGN_IN, {"role": Role.DIRECTOR.value, "next": asked})
    assert signed_in["Location"] == reached


def test_one_press_changes_the_role_of_whoever_tries_the_product(demo, client):
    client.post(SIGN_IN, {"role": Role.DIRECTOR.value})
    client.post(SIGN_IN, {"role": Role.BOARD_CHAIR.value})
    assert client.session["_auth_user_id"] == str(demo[Role.BOARD_CHAIR].pk)


def test_where_they_are_off_they_open_nothing(demo, client, settings, council, today):
    settings.DEMO_ACCOUNTS = False
    assert "Demonstration" not in client.get("/account/login/").content.decode()
    assert client.post(SIGN_IN, {"role": Role.DIRECTOR.value}).status_code == 404
    client.post("/account/login/", {"login": demo_email(Role.DIRECTOR), "password": DEMO_PASSWORD})
    assert "_auth_user_id" not in client.session
    assert access_of(demo[Role.DIRECTOR], today=today).roles(council) == frozenset()


@pytest.mark.parametrize("posted", [{}, {"role": "nobody"}, {"role": ""}])
def test_a_press_that_means_nobody_is_a_404(posted, demo, client):
    assert client.post(SIGN_IN, posted).status_code == 404


def test_a_link_cannot_sign_anybody_in(demo, client):
    assert client.get(SIGN_IN, {"role": Role.DIRECTOR.value}).status_code == 405
    assert json.dumps(dict(client.session)) == "{}"
