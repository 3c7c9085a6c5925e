"""Nobody signs up. People are invited; a link works once, for a time, and only for whom it was meant."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from councils.access import access_of
from councils.models import Invitation, Person, User
from councils.queries import hash_of, invitation_by_token
from councils.roles import COUNCIL_ROLES, Role
from councils.services import (
    InvitationError,
    NotAllowedError,
    accept_invitation,
    invite,
    revoke_invitation,
    send_again,
)
from history.models import Access, Change
from notifications.models import Message
from tests.factories import CouncilFactory, PersonFactory, UserFactory, member

PASSWORD = "nine purple lanterns"


def invited(council, by, now, **what):
    asked = {
        "email": "Wren.Calloway@council.example",
        "name": "Wren Calloway",
        "role": Role.ACTION_LEAD,
    } | what
    return invite(council=council, by=by, now=now, **asked)


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def path_of(link: str) -> str:
    return link.removeprefix(settings.SITE_URL)


def test_of_the_link_only_a_hash_is_stored(council, manager, now):
    invitation, link = invited(council, manager, now)
    token = token_of(link)
    assert invitation.token_hash == hash_of(token)
    assert token not in str(Invitation.objects.values().get())
    assert token not in str(list(Change.objects.values()))


def test_the_link_goes_out_by_mail_to_the_invited_address_alone(council, manager, now):
    _invitation, link = invited(council, manager, now)
    message = Message.objects.get()
    assert message.address == "wren.calloway@council.example"
    assert link in message.body
    assert council.name in message.body
    assert "Action lead" in message.body


def test_the_operator_gets_the_link_and_no_mail_goes_out(council, now):
    _invitation, link = invited(council, None, now)
    assert invitation_by_token(token_of(link), now=now) is not None
    assert not Message.objects.exists()


def test_a_programme_manager_invites_to_the_roles_of_the_own_council(council, manager, now):
    for number, role in enumerate(Role):
        address = f"person{number}@council.example"
        if role in COUNCIL_ROLES:
            invited(council, manager, now, role=role, email=address)
        else:
            with pytest.raises(NotAllowedError):
                invited(council, manager, now, role=role, email=address)
    assert Invitation.objects.count() == len(COUNCIL_ROLES)


def test_a_programme_manager_invites_to_no_other_council(manager, now):
    with pytest.raises(NotAllowedError):
        invited(CouncilFactory(), manager, now)


def test_an_administrator_invites_to_any_role(council, administrator, now):
    for number, role in enumerate(Role):
        where = None if role.national else council
        invited(where, administrator, now, role=role, email=f"person{number}@council.example")
    assert Invitation.objects.count() == len(Role)


@pytest.mark.parametrize(
    "role", [Role.DIRECTOR, Role.PROGRAMME_OFFICE, Role.CHIEF_EXECUTIVE, Role.DFE_OFFICIAL]
)
def test_nobody_else_invites(role, council, now):
    with pytest.raises(NotAllowedError):
        invited(council, member(role, council), now)


def test_the_same_invitation_is_not_made_twice(council, manager, now):
    invited(council, manager, now)
    with pytest.raises(InvitationError, match="invited to this role already"):
        invited(council, manager, now, email="WREN.CALLOWAY@council.example")
    invited(council, manager, now, role=Role.BOARD_MEMBER)


def test_whoever_holds_the_role_is_not_invited_to_it(council, manager, now):
    user = member(Role.ACTION_LEAD, council)
    with pytest.raises(InvitationError, match="holds this role already"):
        invited(council, manager, now, email=user.email)


def test_accepting_makes_the_account_the_person_and_the_role_from_today(council, manager, now, today):
    invitation, _link = invited(council, manager, now)
    user = accept_invitation(invitation=invitation, name="Wren C. Calloway", password=PASSWORD, now=now)
    assert (user.email, user.name) == ("wren.calloway@council.example", "Wren C. Calloway")
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert access_of(user, today=today).roles(council) == {Role.ACTION_LEAD}
    assert access_of(user, today=today - dt.timedelta(days=1)).roles(council) == frozenset()
    assert Person.objects.get(council=council).user == user


def test_accepting_is_in_the_history(council, manager, now):
    invitation, _link = invited(council, manager, now)
    user = accept_invitation(invitation=invitation, name="Wren Calloway", password=PASSWORD, now=now)
    told = Change.objects.order_by("id").values_list("subject", "field", "by_id")
    assert list(told) == [
        ("councils.invitation", "", manager.pk),
        ("councils.user", "", user.pk),
        ("councils.roleholding", "", user.pk),
        ("councils.person", "", user.pk),
        ("councils.invitation", "accepted_at", user.pk),
    ]


def test_an_invitation_is_accepted_once(council, manager, now):
    invitation, link = invited(council, manager, now)
    accept_invitation(invitation=invitation, password=PASSWORD, now=now)
    with pytest.raises(InvitationError, match="accepted already"):
        accept_invitation(invitation=invitation, password=PASSWORD, now=now)
    assert invitation_by_token(token_of(link), now=now) is None
    assert User.objects.filter(email=invitation.email).count() == 1


def test_a_link_works_until_it_expires_and_not_at_that_moment(council, manager, now):
    invitation, link = invited(council, manager, now)
    assert invitation.expires_at == now + settings.INVITATION_LIFE
    just_before = invitation.expires_at - dt.timedelta(seconds=1)
    assert invitation_by_token(token_of(link), now=just_before) == invitation
    assert invitation_by_token(token_of(link), now=invitation.expires_at) is None
    with pytest.raises(InvitationError, match="expired"):
        accept_invitation(invitation=invitation, password=PASSWORD, now=invitation.expires_at)


def test_an_invitation_taken_back_cannot_be_accepted(council, manager, now):
    invitation, link = invited(council, manager, now)
    revoke_invitation(invitation=invitation, by=manager, now=now)
    assert invitation_by_token(token_of(link), now=now) is None
    with pytest.raises(InvitationError, match="taken back"):
        accept_invitation(invitation=invitation, password=PASSWORD, now=now)
    assert Change.objects.get(subject="councils.invitation", field="revoked_at").by_id == manager.pk


def test_an_accepted_invitation_cannot_be_taken_back(council, manager, now):
    invitation, _link = invited(council, manager, now)
    accept_invitation(invitation=invitation, password=PASSWORD, now=now)
    with pytest.raises(InvitationError, match="accepted already"):
        revoke_invitation(invitation=invitation, by=manager, now=now)


def test_sending_again_makes_a_new_link_and_kills_the_old_one(council, manager, now):
    invitation, old = invited(council, manager, now)
    later = invitation.expires_at + dt.timedelta(days=1)
    again = send_again(invitation=invitation, by=manager, now=later)
    assert Message.objects.count() == 2
    new = Message.objects.order_by("-id")[0].body.split(settings.SITE_URL)[1].split()[0]
    assert invitation_by_token(token_of(old), now=later) is None
    assert invitation_by_token(token_of(new), now=later) == again


def test_only_whoever_may_invite_takes_back_or_sends_again(council, manager, now):
    invitation, _link = invited(council, manager, now)
    stranger = member(Role.PROGRAMME_MANAGER, CouncilFactory())
    for service in (send_again, revoke_invitation):
        with pytest.raises(NotAllowedError):
            service(invitation=invitation, by=stranger, now=now)


def test_somebody_elses_account_cannot_accept(council, manager, now):
    invitation, _link = invited(council, manager, now)
    with pytest.raises(InvitationError, match="another e-mail address"):
        accept_invitation(invitation=invitation, user=UserFactory(), now=now)


def test_a_closed_account_cannot_accept(council, manager, now):
    user = UserFactory(email="wren.calloway@council.example", is_active=False)
    invitation, _link = invited(council, manager, now)
    with pytest.raises(InvitationError):
        accept_invitation(invitation=invitation, user=user, now=now)


def test_accepting_joins_the_account_to_the_person_the_council_knew(council, manager, now):
    person = PersonFactory(council=council, name="Wren Calloway", post="Designated nurse", email="")
    invitation, _link = invited(council, manager, now, person=person)
    user = accept_invitation(invitation=invitation, password=PASSWORD, now=now)
    person.refresh_from_db()
    assert (person.user, person.post, person.email) == (user, "Designated nurse", user.email)
    assert Person.objects.filter(council=council).count() == 1


def test_accepting_joins_the_person_with_the_same_address_also_unasked(council, manager, now):
    person = PersonFactory(council=council, name="W. Calloway", email="Wren.Calloway@council.example")
    invitation, _link = invited(council, manager, now)
    user = accept_invitation(invitation=invitation, password=PASSWORD, now=now)
    person.refresh_from_db()
    assert person.user == user


def test_typing_somebody_elses_name_does_not_make_one_that_person(council, manager, now):
    lead = PersonFactory(council=council, name="Jane Smythe", post="", email="")
    invitation, _link = invited(council, manager, now)
    user = accept_invitation(invitation=invitation, name="Jane Smythe", password=PASSWORD, now=now)
    lead.refresh_from_db()
    assert user.name == "Jane Smythe"
    assert lead.user is None


def test_two_people_of_the_same_name_stay_two(council, manager, now):
    first, _link = invited(council, manager, now, email="one@council.example")
    second, _link = invited(council, manager, now, email="two@council.example")
    third, _link = invited(council, manager, now, email="three@council.example")
    for invitation in (first, second, third):
        accept_invitation(invitation=invitation, password=PASSWORD, now=now)
    assert sorted(Person.objects.filter(council=council).values_list("post", flat=True)) == [
        "",
        "Action lead",
        "Action lead (three@council.example)",
    ]


# --- the page behind the link


def test_opening_the_link_accepts_nothing(council, manager, now, client):
    _invitation, link = invited(council, manager, now)
    for _ in range(2):
        page = client.get(path_of(link))
        assert page.status_code == 200
        assert "wren.calloway@council.example" in page.content.decode()
    assert not User.objects.filter(email="wren.calloway@council.example").exists()
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_accepting_on_the_page_signs_in(council, manager, now, client):
    _invitation, link = invited(council, manager, now)
    answer = client.post(path_of(link), {"name": "Wren Calloway", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    user = User.objects.get(email="wren.calloway@council.example")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Access.objects.get().kind == Access.Kind.SIGNED_IN
    assert client.get(f"/councils/{council.slug}/people/").status_code == 403


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "Enter a password"),
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("wren.calloway@council", "too similar"),
    ],
)
def test_a_poor_password_is_refused_and_nothing_is_made(password, message, council, manager, now, client):
    _invitation, link = invited(council, manager, now)
    page = client.post(path_of(link), {"name": "Wren Calloway", "password": password})
    assert message in page.content.decode()
    assert User.objects.filter(email="wren.calloway@council.example").count() == 0
    assert invitation_by_token(token_of(link), now=now) is not None


def test_a_link_that_does_not_work_says_so_and_nothing_more(council, manager, now, client):
    used, used_link = invited(council, manager, now)
    accept_invitation(invitation=used, password=PASSWORD, now=now)
    back, back_link = invited(council, manager, now, email="b@council.example")
    revoke_invitation(invitation=back, by=manager, now=now)
    _late, late_link = invited(council, manager, now - settings.INVITATION_LIFE, email="c@council.example")
    unknown = reverse("councils:invitation", kwargs={"token": "x" * 43})
    pages = [client.get(path_of(link)) for link in (used_link, back_link, late_link, unknown)]
    assert {page.status_code for page in pages} == {404}
    told = {page.content.decode().partition("<main")[2] for page in pages}
    assert len(told) == 1
    assert council.name not in pages[0].content.decode()


def test_somebody_with_an_account_signs_in_and_gets_the_role_more(council, manager, now, client, today):
    user = UserFactory(email="wren.calloway@council.example")
    _invitation, link = invited(council, manager, now)
    asked = client.get(path_of(link)).content.decode()
    assert reverse("account_login") in asked
    assert client.post(path_of(link), {"name": "Mallory", "password": PASSWORD}).status_code == 200
    user.refresh_from_db()
    assert not user.check_password(PASSWORD)
    client.force_login(user)
    client.post(path_of(link))
    assert access_of(user, today=today).roles(council) == {Role.ACTION_LEAD}


def test_somebody_else_who_is_signed_in_is_asked_to_sign_out(council, manager, now, client, today):
    other = UserFactory()
    client.force_login(other)
    _invitation, link = invited(council, manager, now)
    assert "Sign out" in client.get(path_of(link)).content.decode()
    client.post(path_of(link), {"name": "Mallory", "password": PASSWORD})
    assert access_of(other, today=today).roles(council) == frozenset()
    assert not User.objects.filter(email="wren.calloway@council.example").exists()
