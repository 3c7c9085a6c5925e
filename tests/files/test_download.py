"""The one way to a stored file."""

import uuid

import pytest
from django.urls import reverse

from councils.rights import Thing
from councils.roles import Role
from history.models import Access
from tests.factories import CouncilFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def url(stored):
    return reverse("files:download", kwargs={"file": stored.pk})


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council, user=UserFactory(name="Ada"))


def test_a_file_comes_whole_under_its_own_name_and_is_never_shown_by_the_browser(client, store, manager):
    stored = store(b"<html><script>alert(1)</script>", "Caf\u00e9 notes.html")
    client.force_login(manager)
    response = client.get(url(stored))
    assert b"".join(response.streaming_content) == b"<html><script>alert(1)</script>"
    assert {name: response[name] for name in WATCHED} == {
        "Content-Type": "text/html",
        "Content-Disposition": "attachment; filename*=utf-8''Caf%C3%A9%20notes.html",
        "Content-Length": "31",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }


WATCHED = (
    "Content-Type",
    "Content-Disposition",
    "Content-Length",
    "X-Content-Type-Options",
    "Content-Security-Policy",
    "Cache-Control",
)


def test_who_took_which_file_is_noted(client, store, council, manager):
    stored = store()
    client.force_login(manager)
    client.get(url(stored))
    client.head(url(stored))
    (read,) = Access.objects.filter(kind=Access.Kind.READ)
    assert (read.by_id, read.by_name, read.subject, read.subject_uuid) == (
        manager.pk,
        "Ada",
        "files.storedfile",
        stored.pk,
    )
    assert (read.label, read.council_id, read.address) == ("notes.txt", council.pk, "127.0.0.1")


@pytest.mark.parametrize(
    ("role", "about", "status"),
    [
        (Role.PROGRAMME_OFFICE, Thing.PLAN_SOURCE, 200),
        (Role.ACTION_LEAD, Thing.PLAN_SOURCE, 403),
        (Role.BOARD_CHAIR, Thing.PLAN_SOURCE, 403),
        (Role.BOARD_CHAIR, Thing.FROZEN_PLAN, 200),
        (Role.SCRUTINY_VIEWER, Thing.FROZEN_PLAN, 403),
        (Role.DFE_OFFICIAL, Thing.FROZEN_PLAN, 200),
        (Role.ADMINISTRATOR, Thing.FROZEN_PLAN, 403),
    ],
)
def test_a_file_is_read_by_those_who_may_read_what_it_is_about(client, store, role, about, status):
    stored = store(thing=about)
    client.force_login(member(role, stored.council))
    assert client.get(url(stored)).status_code == status
    assert Access.objects.filter(kind=Access.Kind.READ).count() == (status == 200)


def test_a_file_of_another_council_is_not_there_and_neither_is_one_that_never_was(client, store):
    stored = store()
    client.force_login(member(Role.PROGRAMME_MANAGER, CouncilFactory()))
    answers = [client.get(url(stored)), client.get(reverse("files:download", kwargs={"file": uuid.uuid4()}))]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_nobody_gets_a_file_without_signing_in(client, store):
    stored = store()
    response = client.get(url(stored))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_a_role_that_ended_opens_nothing_any_more(client, store, council):
    stored = store()
    user = member(Role.PROGRAMME_MANAGER, council)
    user.role_holdings.update(ends_on="2015-01-01")
    client.force_login(user)
    assert client.get(url(stored)).status_code == 404


def test_files_are_only_read_here(client, store, manager):
    client.force_login(manager)
    assert client.post(url(store())).status_code == 405


def test_a_file_whose_content_is_gone_is_not_there_and_nobody_has_read_it(client, store, manager, caplog):
    stored = store()
    stored.content.storage.delete(stored.content.name)
    client.force_login(manager)
    assert client.get(url(stored)).status_code == 404
    assert f"The content of file {stored.pk} is gone" in caplog.text
    assert Access.objects.filter(kind=Access.Kind.READ).count() == 0


def test_a_stored_file_has_no_public_address(client, store, manager):
    stored = store()
    client.force_login(manager)
    for path in (
        f"/media/{stored.content.name}",
        f"/{stored.content.name}",
        f"/static/{stored.content.name}",
    ):
        assert client.get(path).status_code == 404
