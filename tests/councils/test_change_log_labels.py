"""Whatever is written about people and councils reads in the change log as a person would say it."""

import datetime as dt
import re

import pytest

from councils.change_log.lines import lines
from councils.models import Organisation, Person
from councils.roles import Role
from councils.services.accounts import create_account, set_active
from councils.services.holdings import end_role, give_role
from councils.services.invitations import invite, revoke_invitation
from councils.services.people import save_council_sharing, save_organisation, save_person
from councils.tokens import make_token, revoke_token
from history.labels import labels_of
from history.models import Change
from tests.change_log_words import raw_words
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(council, manager, now, today):
    said = {"by": manager, "now": now}
    partner = save_organisation(
        organisation=Organisation(council=council), values={"name": "Constabulary", "kind": "police"}, **said
    )
    values = {"name": "Ade Okoro", "post": "Superintendent", "organisation": partner}
    save_person(person=Person(council=council), values=values, **said)
    user = create_account(email="ade@police.example", name="Ade Okoro", password=PASSWORD, **said)
    holding = give_role(user=user, role=Role.BOARD_MEMBER, council=council, starts_on=today, **said)
    end_role(holding=holding, last_day=None, reason="Moved on", **said)
    set_active(user=user, active=False, reason="Moved on", **said)
    sent, _ = invite(
        email="new@council.example",
        name="New Lead",
        role=Role.ACTION_LEAD,
        council=council,
        person=None,
        **said,
    )
    revoke_invitation(invitation=sent, **said)
    own = manager.role_holdings.get()
    token, _ = make_token(
        holding=own, name="Dashboard", read_only=True, expires_on=today + dt.timedelta(days=30), **said
    )
    revoke_token(number=token.pk, **said)
    save_council_sharing(council=council, values={"shares_live_plan_with_chair": True}, made_from=1, **said)
    return list(Change.objects.order_by("id"))


def test_every_kind_of_subject_is_named_and_no_line_says_what_only_machines_say(written):
    assert {row.subject for row in written} >= {
        *("councils.apitoken", "councils.invitation", "councils.organisation", "councils.person"),
        *("councils.roleholding", "councils.user"),
    }
    named = labels_of({(row.subject, row.subject_id) for row in written})
    assert [
        label.text for (_, number), label in named.items() if re.fullmatch(rf"[a-z ]+ {number}", label.text)
    ] == []
    assert raw_words(lines(written, {})) == []


def test_roles_people_and_organisations_read_as_they_do_on_pages(written):
    told = {(line.noun, name): words for line in lines(written, {}) for name, words in line.first_values}
    assert told["role", "role"] == "Board member"
    assert told["role", "user"] == "Ade Okoro"
    assert told["organisation", "kind"] == "Police and justice"
    assert told["person", "organisation"] == "Constabulary"
    assert told["invitation", "role"] == "Action lead"
    assert {line.subject.text for line in lines(written, {})} >= {"Ade Okoro", "Ade Okoro: Board member"}
