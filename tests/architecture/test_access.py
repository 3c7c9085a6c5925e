"""Default deny: every URL says who it is for, and keeps to the table of rights for every role.

New URLs are covered without an edit here: what a URL needs is made from its converters, and who may open it is read
from the mark that its guard left.
"""

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter
from django.utils import timezone
from rest_framework.permissions import AllowAny

from config.api import DenyAll
from councils.access import NOBODY, Access, access_of
from councils.middleware import AccessMiddleware, guards_itself, is_api, local_path, view_module
from councils.models import Council, User
from councils.rights import Thing, Verb
from councils.roles import NATIONAL, Role
from tests.factories import CouncilFactory, member

# what these libraries serve they guard themselves: allauth by sign-in, the administration site by is_staff
LIBRARIES = ("allauth.", "django.contrib.admin.")

# rights to a thing of one's own: held, and still refused for somebody else's
FINER_THAN_THE_TABLE = {Thing.OWN_ACTIONS}

# public on purpose
PUBLIC = {
    "healthz",
    "favicon.ico",
    "invitations/<str:token>/",
    # a lead without an account: the token is the key (plans.views.links)
    "answer/<str:token>/",
    "answer/<str:token>/<int:pk>/",
    "answer/<str:token>/done/",
    "answer/<str:token>/sheet.xlsx",
    "answer/<str:token>/sheet/",
    "demo/sign-in/",
    "calendars/<str:token>.ics",
    "help",
    "accessibility",
    "privacy",
}


def _walk(resolver: URLResolver, before: str = ""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route, pattern


ALL = list(_walk(get_resolver()))
OWN = [(route, pattern) for route, pattern in ALL if hasattr(pattern.callback, "access_rule")]
API = [(route, pattern) for route, pattern in ALL if is_api(pattern.callback)]


def own(*rules):
    chosen = [(route, pattern) for route, pattern in OWN if pattern.callback.access_rule in rules]
    return pytest.mark.parametrize(("route", "pattern"), chosen, ids=[route for route, _ in chosen])


GUARDED = [(route, pattern) for route, pattern in OWN if isinstance(pattern.callback.access_rule, tuple)]
guarded = pytest.mark.parametrize(("route", "pattern"), GUARDED, ids=[route for route, _ in GUARDED])


def _number_for(name: str, council) -> int:
    """The number of something called so that belongs to the council, if there is one; else one that nothing has."""
    for model in apps.get_models():
        fields = {field.name for field in model._meta.fields}
        if model._meta.model_name == name.replace("_", "").removesuffix("id") and "council" in fields:
            found = model.objects.filter(council=council).values_list("pk", flat=True).first()
            if found is not None:
                return found
    return 999_999


def url_of(route: str, pattern: URLPattern, council) -> str:
    """The URL with the council's slug, and its things' numbers, filled in."""
    values = {}
    for name, converter in _converters(route, pattern).items():
        if name == "council":
            values[name] = council.slug
        elif isinstance(converter, IntConverter):
            values[name] = _number_for(name, council)
        elif isinstance(converter, UUIDConverter):
            values[name] = "00000000-0000-4000-8000-000000000000"
        elif isinstance(converter, (SlugConverter, StringConverter)):
            values[name] = "nothing-is-called-so"
        else:
            pytest.fail(f"{route}: say in this test how to fill in {name}")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), route)


def _converters(route: str, pattern: URLPattern) -> dict:
    names = re.findall(r"<(?:\w+:)?(\w+)>", route)
    assert set(names) == set(_all_converters(route)), route
    return _all_converters(route)


def _all_converters(route: str) -> dict:
    kinds = {
        "int": IntConverter(),
        "slug": SlugConverter(),
        "str": StringConverter(),
        "uuid": UUIDConverter(),
    }
    return {name: kinds.get(kind or "str") for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", route)}


@pytest.fixture(scope="module", autouse=True)
def _thousands_of_requests():
    """What a refusal says is tested with its words, and nobody's session or roles change here: none is read anew."""
    known, users, sessions = {}, {}, {}
    read_user, read_session = auth.get_user, SessionStore.load

    def access(user: User, *, today: dt.date) -> Access:
        if user.pk not in known:
            known[user.pk] = access_of(user, today=today)
        return known[user.pk]

    def user_of(request):
        key = request.session.session_key
        if key not in users:
            users[key] = read_user(request)
        return users[key]

    def session_of(store):
        key = store.session_key
        if key not in sessions:
            sessions[key] = read_session(store)
        return dict(sessions[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(auth, "get_user", user_of)
        patch.setattr(SessionStore, "load", session_of)
        patch.setattr("councils.middleware.access_of", access)
        patch.setattr("config.urls.handler403", lambda request, exception: HttpResponse(status=403))
        patch.setattr("config.urls.handler404", lambda request, exception: HttpResponse(status=404))
        yield


@dataclass(frozen=True)
class Cast:
    """Two councils; of the first somebody in every role, with what they may do, signed in; and a stranger."""

    council: Council
    elsewhere: Council
    people: dict[Role, tuple[Access, Client]]
    stranger: Client


@pytest.fixture(scope="module")
def _cast(django_db_setup, django_db_blocker):
    """Made and signed in once: each page is then opened by all of them. Undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        council, elsewhere = CouncilFactory(), CouncilFactory()
        people = {}
        for role in Role:
            user = member(role, council)
            people[role] = (access_of(user, today=timezone.localdate()), signed_in(user))
        yield Cast(council, elsewhere, people, signed_in(member(Role.PROGRAMME_MANAGER, elsewhere)))
        transaction.set_rollback(True)


@pytest.fixture
def cast(_cast, db):
    return _cast


@pytest.fixture
def council(cast):
    return cast.council


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def answers(client: Client, url: str) -> dict[str, HttpResponse]:
    """What GET and POST get; a method that the page does not have says nothing about who may open it."""
    found = {"GET": client.get(url), "POST": client.post(url)}
    return {method: response for method, response in found.items() if response.status_code != 405}


def asks_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(str(settings.LOGIN_URL))


def test_every_url_has_a_rule_or_is_a_librarys():
    without = [
        f"{route}: {view_module(pattern.callback)}"
        for route, pattern in ALL
        if not hasattr(pattern.callback, "access_rule")
        and not is_api(pattern.callback)
        and not (guards_itself(pattern.callback) and _of_a_library(route, pattern))
    ]
    assert without == []


def _of_a_library(route: str, pattern: URLPattern) -> bool:
    """A view that a named library brought, at the address it was given; a redirect only at one of theirs."""
    module = view_module(pattern.callback)
    return module.startswith(LIBRARIES) or (
        module == "django.views.generic.base" and route.startswith(("account/", "admin/"))
    )


def test_the_api_never_opens_an_endpoint_to_everybody():
    open_to_all = []
    for route, pattern in API:
        classes = pattern.callback.initkwargs.get(
            "permission_classes", pattern.callback.cls.permission_classes
        )
        if not classes or AllowAny in classes or DenyAll in classes:
            open_to_all.append(f"{route}: {classes}")
    assert open_to_all == []


def test_the_public_pages_are_these_and_no_others():
    public = {route for route, pattern in OWN if pattern.callback.access_rule == "public"}
    assert public <= PUBLIC | {route + "/" for route in PUBLIC} | {route.rstrip("/") for route in PUBLIC}


def test_a_council_in_the_address_is_asked_about():
    """The guard that knows the council stands before every page of a council's."""
    unasked = [
        route
        for route, pattern in OWN
        if "<slug:council>" in route and not isinstance(pattern.callback.access_rule, tuple)
    ]
    assert unasked == []


@own("signed in", "own checks")
def test_somebody_not_signed_in_is_asked_to_sign_in_first(route, pattern, council, client):
    for response in answers(client, url_of(route, pattern, council)).values():
        assert asks_to_sign_in(response), response


@guarded
def test_a_guarded_page_is_for_nobody_who_is_not_signed_in(route, pattern, council, client):
    for response in answers(client, url_of(route, pattern, council)).values():
        assert asks_to_sign_in(response), response


@guarded
def test_a_page_of_a_council_is_not_there_for_other_councils_people(route, pattern, cast):
    verb, thing = pattern.callback.access_rule
    expected = 404 if "<slug:council>" in route else 403
    for response in answers(cast.stranger, url_of(route, pattern, cast.council)).values():
        assert response.status_code == expected, (verb, thing)


@guarded
def test_a_page_keeps_to_the_table_of_rights_for_every_role(route, pattern, cast):
    verb, thing = pattern.callback.access_rule
    url = url_of(route, pattern, cast.council)
    where = cast.council if "<slug:council>" in route else None
    wrong = {}
    for role, (access, client) in cast.people.items():
        for method, response in answers(client, url).items():
            # what is sent to a page that may be read is a change, and needs the right to write
            needed = Verb.WRITE if method == "POST" else verb
            may = access.may(verb, thing, where) and access.may(needed, thing, where)
            if not _fits(response, may=may, finer=method == "POST" or thing in FINER_THAN_THE_TABLE):
                wrong[f"{method} as {role}"] = response.status_code
    assert wrong == {}


def _fits(response: HttpResponse, *, may: bool, finer: bool) -> bool:
    """Refused if it must be; otherwise not refused, unless there is a reason beyond the table (`finer`)."""
    if not may:
        return response.status_code == 403
    refused = response.status_code == 403 and not finer
    return response.status_code < 500 and not refused and not asks_to_sign_in(response)


@own("own checks")
def test_a_page_that_checks_for_itself_shows_a_stranger_nothing(route, pattern, cast):
    for method, response in answers(cast.stranger, url_of(route, pattern, cast.council)).items():
        assert response.status_code in {403, 404}, method


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_administration_site_is_closed_to(role, cast):
    _access, client = cast.people[role]
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403


def test_the_administration_site_is_open_to_administrators(cast):
    _access, client = cast.people[Role.ADMINISTRATOR]
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(("route", "pattern"), API, ids=[route for route, _ in API])
def test_the_api_answers_nobody_who_does_not_say_who_they_are(route, pattern, council, client):
    url = url_of(route, pattern, council) if "(?P" not in route else None
    if url is None:
        pytest.skip("a format suffix of the same endpoint")
    assert client.get(url).status_code in {401, 405}


def test_a_view_without_a_rule_is_refused(rf: RequestFactory):
    request = rf.get("/anything")
    request.access = NOBODY

    def forgotten(request):
        return HttpResponse("secret")

    with pytest.raises(ImproperlyConfigured, match="no access rule"):
        AccessMiddleware(lambda request: HttpResponse()).process_view(request, forgotten, (), {})


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://evil.example/steal?x=1", "/steal?x=1"),
        ("//evil.example/steal", "/steal"),
        ("/\\evil.example", "/evil.example"),
        ("http://[not-a-url", "/"),
        ("javascript:alert(1)", "/alert(1)"),
        ("", "/"),
    ],
)
def test_the_way_back_after_signing_in_never_leaves_the_site(came_from, goes_to):
    assert local_path(came_from) == goes_to


def test_national_roles_are_known_to_every_council_and_the_others_to_their_own(cast):
    for role, (access, _client) in cast.people.items():
        assert access.knows(cast.council)
        assert access.knows(cast.elsewhere) == (role in NATIONAL)
