"""The pages about people: what they show, what they change, what they refuse."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Invitation, Organisation, Person, RoleHolding, User
from councils.roles import Role
from councils.services import ChangedMeanwhileError, invite, save_organisation, save_person
from history.models import Change
from history.queries import states_at
from tests.factories import CouncilFactory, OrganisationFactory, PersonFactory, UserFactory, member


def at(name: str, council: Council | None = None, **kwargs) -> str:
    return reverse(f"councils:{name}", kwargs=kwargs | ({"council": council.slug} if council else {}))


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def invitation(council, manager, now) -> Invitation:
    return invite(
        email="nia@council.example",
        name="Nia Newcomer",
        role=Role.ACTION_LEAD,
        council=council,
        by=manager,
        now=now,
    )[0]


def test_an_empty_council_says_what_to_do_first(council, as_administrator):
    said = text_of(as_administrator.get(at("people", council)))
    assert "Nobody is here yet. Invite the first colleague" in said
    assert "Open invitations None." in said
    assert "Partner organisations None yet" in said


def test_the_page_shows_people_roles_invitations_and_organisations(council, as_manager, invitation):
    organisation = OrganisationFactory(council=council, name="Eastmoor NHS Trust", kind="health")
    PersonFactory(council=council, name="", post="Head of Safeguarding", organisation=organisation)
    lead = member(Role.ACTION_LEAD, council, starts_on=dt.date(2026, 1, 5))
    PersonFactory(council=council, name="Wren Calloway", post="", user=lead)
    said = text_of(as_manager.get(at("people", council)))
    assert "Wren Calloway" in said
    assert "Action lead, since 5 Jan 2026 End the role Action lead of" in said
    assert "Head of Safeguarding a post, no name given Eastmoor NHS Trust None given No account" in said
    assert "Nia Newcomer nia@council.example Action lead" in said
    assert "Eastmoor NHS Trust Health" in said


def test_people_of_another_council_are_not_shown(council, as_manager):
    PersonFactory(council=CouncilFactory(), name="Somebody Else")
    assert "Somebody Else" not in text_of(as_manager.get(at("people", council)))


def test_whoever_may_only_read_is_offered_no_change(council, client, invitation):
    PersonFactory(council=council, name="Wren Calloway", user=member(Role.ACTION_LEAD, council))
    client.force_login(member(Role.DIRECTOR, council))
    page = client.get(at("people", council)).content.decode()
    assert "Wren Calloway" in page
    assert "/people/invite/" not in page
    assert "/end/" not in page
    assert "Send again" not in page


def test_an_invitation_is_sent_from_the_page(council, as_manager, manager):
    answer = as_manager.post(
        at("invite", council), {"name": "Nia Newcomer", "email": "nia@council.example", "role": "action_lead"}
    )
    assert (answer.status_code, answer["Location"]) == (302, at("people", council))
    made = Invitation.objects.get()
    assert (made.council, made.invited_by, made.role) == (council, manager, "action_lead")


def test_an_invitation_posted_twice_is_sent_once(council, as_manager):
    typed = {"name": "Nia Newcomer", "email": "nia@council.example", "role": "action_lead"}
    as_manager.post(at("invite", council), typed)
    said = text_of(as_manager.post(at("invite", council), typed))
    assert "is invited to this role already" in said
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"email": "nia@council.example", "role": "action_lead"}, "Enter the name of the person you invite"),
        ({"name": "Nia", "email": "nia at council", "role": "action_lead"}, "in the correct format"),
        ({"name": "Nia", "email": "nia@council.example"}, "Choose a role"),
        ({"name": "Nia", "email": "nia@council.example", "role": "administrator"}, "Select a valid choice"),
        ({"name": "Nia", "email": "nia@council.example", "role": "board_chair"}, "Select a valid choice"),
    ],
)
def test_an_invitation_that_cannot_be_sent_says_why_and_keeps_what_was_typed(
    typed, message, council, as_manager
):
    page = as_manager.post(at("invite", council), typed)
    assert "There is a problem" in text_of(page)
    assert message in text_of(page)
    assert all(value in page.content.decode() for value in typed.values() if value.count(" ") < 2)
    assert page.content.decode().count("<title>Error: ") == 1
    assert not Invitation.objects.exists()


def test_somebody_known_is_invited_under_their_name(council, as_manager):
    person = PersonFactory(council=council, name="Wren Calloway", email="wren@nhs.example")
    address = f"{at('invite', council)}?person={person.pk}"
    assert 'value="Wren Calloway"' in as_manager.get(address).content.decode()
    as_manager.post(address, {"name": person.name, "email": person.email, "role": "board_member"})
    assert Invitation.objects.get().person == person


def test_somebody_of_another_council_cannot_be_named_in_the_address(council, as_manager):
    stranger = PersonFactory(council=CouncilFactory())
    assert as_manager.get(f"{at('invite', council)}?person={stranger.pk}").status_code == 404


def test_an_invitation_is_taken_back_only_once_that_is_confirmed(council, as_manager, invitation):
    address = at("invitation-revoke", council, invitation=invitation.pk)
    assert "Take back the invitation to Nia Newcomer?" in text_of(as_manager.get(address))
    invitation.refresh_from_db()
    assert invitation.revoked_at is None
    as_manager.post(address)
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert as_manager.post(address).status_code == 404


def test_an_invitation_of_another_council_is_not_there(as_manager, council, now):
    elsewhere = CouncilFactory()
    other, _link = invite(
        email="x@council.example", name="X", role=Role.DIRECTOR, council=elsewhere, by=None, now=now
    )
    for name in ("invitation-send", "invitation-revoke"):
        assert as_manager.post(at(name, council, invitation=other.pk)).status_code == 404
        assert as_manager.post(at(name, elsewhere, invitation=other.pk)).status_code == 404


def test_a_role_is_ended_only_once_that_is_confirmed_with_a_reason(council, as_manager, today):
    user = member(Role.ACTION_LEAD, council)
    holding = RoleHolding.objects.get(user=user)
    address = at("role-end", council, holding=holding.pk)
    assert "End a role of" in text_of(as_manager.get(address))
    assert "Say why the role ends" in text_of(as_manager.post(address, {"when": "now"}))
    assert "Enter the last day" in text_of(as_manager.post(address, {"when": "later", "reason": "left"}))
    assert "Enter a real date" in text_of(
        as_manager.post(address, {"when": "later", "last_day": "31 2 2027", "reason": "left"})
    )
    assert "in the past" in text_of(
        as_manager.post(address, {"when": "later", "last_day": "1 1 2020", "reason": "left"})
    )
    assert access_of(user, today=today).roles(council) == {Role.ACTION_LEAD}
    as_manager.post(address, {"when": "now", "reason": "has left"})
    assert access_of(user, today=today).roles(council) == frozenset()


def test_a_role_that_one_may_not_end_is_not_there_to_be_ended(council, as_manager, manager):
    for user in (member(Role.BOARD_CHAIR, council), manager, member(Role.ACTION_LEAD, CouncilFactory())):
        holding = RoleHolding.objects.get(user=user)
        address = at("role-end", council, holding=holding.pk)
        assert as_manager.post(address, {"when": "now", "reason": "x"}).status_code == 404


def test_somebody_without_an_account_is_added_and_changed(council, as_manager, manager):
    as_manager.post(at("person-add", council), {"post": "Head of Safeguarding"})
    person = Person.objects.get()
    as_manager.post(
        at("person", council, person=person.pk), {"name": "Wren", "post": person.post, "version": "1"}
    )
    person.refresh_from_db()
    assert (str(person), person.version) == ("Wren", 2)
    change = Change.objects.get(subject="councils.person", field="name")
    assert (change.old, change.new, change.by_id, change.version) == ("", "Wren", manager.pk, 2)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Enter a name, a post or both"),
        ({"name": "wren calloway", "post": "nurse"}, "has somebody with this name and post already"),
        ({"name": "Nia", "email": "nia"}, "Enter a valid email address"),
    ],
)
def test_a_person_that_cannot_be_added_says_why(typed, message, council, as_manager):
    PersonFactory(council=council, name="Wren Calloway", post="Nurse")
    assert message in text_of(as_manager.post(at("person-add", council), typed))
    assert Person.objects.count() == 1


def test_an_organisation_of_another_council_cannot_be_chosen_or_changed(council, as_manager):
    other = OrganisationFactory(council=CouncilFactory(), name="Elsewhere Police")
    said = text_of(as_manager.post(at("person-add", council), {"name": "Nia", "organisation": other.pk}))
    assert "Select a valid choice" in said
    assert (
        as_manager.post(at("organisation", council, organisation=other.pk), {"name": "Mine"}).status_code
        == 404
    )
    assert Organisation.objects.get().name == "Elsewhere Police"


def test_an_organisation_is_added_once(council, as_manager):
    typed = {"name": "Eastmoor NHS Trust", "kind": "health"}
    as_manager.post(at("organisation-add", council), typed)
    said = text_of(as_manager.post(at("organisation-add", council), typed | {"name": "eastmoor nhs trust"}))
    assert "has an organisation with this name already" in said
    assert Organisation.objects.count() == 1


# --- two people change the same


def test_two_change_different_fields_and_both_stand(council, manager, now):
    person = save_person(
        person=Person(council=council), values={"name": "Wren", "post": ""}, by=manager, now=now
    )
    save_person(person=person, values={"name": "Wren", "post": "Nurse"}, by=manager, now=now, made_from=1)
    saved = save_person(
        person=person, values={"name": "Wren C.", "post": ""}, by=manager, now=now, made_from=1
    )
    assert (saved.name, saved.post, saved.version) == ("Wren C.", "Nurse", 3)


def test_two_change_the_same_field_and_the_second_is_told(council, manager, now):
    person = save_person(
        person=Person(council=council), values={"name": "Wren", "post": ""}, by=manager, now=now
    )
    save_person(person=person, values={"name": "Wren", "post": "Nurse"}, by=manager, now=now, made_from=1)
    with pytest.raises(ChangedMeanwhileError) as clash:
        save_person(
            person=person, values={"name": "Wren", "post": "Matron"}, by=manager, now=now, made_from=1
        )
    assert clash.value.current == {"post": "Nurse"}
    assert Person.objects.get().post == "Nurse"


def test_the_same_change_twice_is_one_change(council, manager, now):
    person = save_person(
        person=Person(council=council), values={"name": "Wren", "post": ""}, by=manager, now=now
    )
    for _ in range(2):
        save_person(person=person, values={"name": "Wren", "post": "Nurse"}, by=manager, now=now, made_from=1)
    assert Change.objects.filter(field="post").count() == 1


def test_the_page_shows_both_and_saving_again_keeps_mine(council, as_manager, manager, now):
    organisation = save_organisation(
        organisation=Organisation(council=council),
        values={"name": "Trust", "kind": "health"},
        by=manager,
        now=now,
    )
    save_organisation(
        organisation=organisation, values={"name": "NHS Trust"}, by=manager, now=now, made_from=1
    )
    address = at("organisation", council, organisation=organisation.pk)
    page = as_manager.post(address, {"name": "The Trust", "kind": "health", "version": "1"})
    assert "Somebody else has changed this to “NHS Trust”" in text_of(page)
    assert 'value="The Trust"' in page.content.decode()
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())[1]
    as_manager.post(address, {"name": "The Trust", "kind": "health", "version": version})
    organisation.refresh_from_db()
    assert organisation.name == "The Trust"


def test_the_history_replayed_gives_the_person_as_stored(council, manager, now, today):
    person = save_person(
        person=Person(council=council), values={"name": "Wren", "post": ""}, by=manager, now=now
    )
    person = save_person(person=person, values={"post": "Nurse"}, by=manager, now=now, made_from=1)
    replayed = states_at("councils.person", [person.pk], on=today)[person.pk]
    assert replayed == {"name": person.name, "post": person.post}


# --- what a council opens


def test_a_council_opens_its_live_plan_to_the_chair_and_to_dfe_apart(council, as_manager, manager):
    address = at("sharing", council)
    as_manager.post(address, {"shares_live_plan_with_chair": "on", "version": "1"})
    council.refresh_from_db()
    assert (council.shares_live_plan_with_chair, council.opens_live_plan_to_dfe) == (True, False)
    as_manager.post(address, {"version": "2"})
    council.refresh_from_db()
    assert (council.shares_live_plan_with_chair, council.opens_live_plan_to_dfe) == (False, False)
    changes = (
        Change.objects.filter(subject="councils.council")
        .order_by("id")
        .values_list("field", "old", "new", "by_id")
    )
    assert list(changes) == [
        ("shares_live_plan_with_chair", False, True, manager.pk),
        ("shares_live_plan_with_chair", True, False, manager.pk),
    ]


# --- all accounts


def test_administrators_find_accounts_by_name_address_and_council(council, as_administrator):
    lead = member(Role.ACTION_LEAD, council, user=UserFactory(name="Wren Calloway"))
    UserFactory(name="Somebody Else")
    for words in ("wren", "CALLOWAY wren", lead.email, council.short_name, f"wren {council.name}"):
        said = text_of(as_administrator.get(at("accounts"), {"q": words}))
        assert "Wren Calloway" in said, words
        assert "Somebody Else" not in said
    assert "Nobody fits “xyzzy”" in text_of(as_administrator.get(at("accounts"), {"q": "xyzzy"}))


def test_the_accounts_cost_the_same_queries_however_many(
    council, as_administrator, django_assert_max_num_queries
):
    for _ in range(12):
        member(Role.ACTION_LEAD, council)
    with django_assert_max_num_queries(8):
        assert "13 accounts" in text_of(as_administrator.get(at("accounts")))


def test_an_administrator_closes_an_account_with_a_reason_and_opens_it_again(as_administrator):
    user = UserFactory()
    closing, opening = at("account-close", account=user.pk), at("account-open", account=user.pk)
    assert "Say why" in text_of(as_administrator.post(closing))
    as_administrator.post(closing, {"reason": "has left"})
    user.refresh_from_db()
    assert not user.is_active
    assert as_administrator.post(closing, {"reason": "pressed twice"}).status_code == 404
    as_administrator.post(opening, {"reason": "is back"})
    user.refresh_from_db()
    assert user.is_active
    assert list(Change.objects.order_by("id").values_list("reason", flat=True)) == ["has left", "is back"]


def test_nobody_closes_their_own_account(as_administrator, administrator):
    as_administrator.post(at("account-close", account=administrator.pk), {"reason": "oops"})
    assert User.objects.get(pk=administrator.pk).is_active


def test_an_administrator_invites_to_national_roles_and_ends_them(as_administrator, administrator, today):
    as_administrator.post(
        at("invite-national"), {"name": "Dee", "email": "dee@dfe.example", "role": "dfe_official"}
    )
    made = Invitation.objects.get()
    assert (made.council, made.role) == (None, "dfe_official")
    official = member(Role.DFE_OFFICIAL)
    holding = RoleHolding.objects.get(user=official)
    as_administrator.post(at("role-end-national", holding=holding.pk), {"when": "now", "reason": "moved"})
    assert access_of(official, today=today).national == frozenset()
    own = RoleHolding.objects.get(user=administrator)
    answer = as_administrator.post(at("role-end-national", holding=own.pk), {"when": "now", "reason": "x"})
    assert answer.status_code == 404
