"""API tokens: one role, perhaps reading only, until a day; shown once, kept as a hash, revoked for good."""

import datetime as dt
import hashlib

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from councils.models import ApiToken
from councils.roles import Role
from councils.services import set_active
from councils.tokens import TokenRefused, make_token, revoke_token, roles_for_tokens, tokens_of
from history.models import Change
from tests.api.conftest import TODAY, Caller, calls, key_of, made_plan
from tests.factories import CouncilFactory, UserFactory, member
from tests.plans.build import action as action_of
from tests.plans.build import objective as objective_of


@pytest.fixture
def user(council):
    return member(Role.PROGRAMME_MANAGER, council)


def make(user, **changed):
    token = {
        "holding": user.role_holdings.first(),
        "name": "Power BI",
        "read_only": True,
        "expires_on": TODAY,
    }
    return make_token(**token | changed, by=user, now=timezone.now())


def test_a_key_is_kept_as_a_hash_alone(user):
    token, key = make(user)
    assert key.startswith("nbt_")
    assert len(key) == len("nbt_") + 43
    stored = [str(value) for value in ApiToken.objects.values().get(pk=token.pk).values()]
    assert [value for value in stored if key in value] == []
    assert (token.token_hash, token.ending) == (hashlib.sha256(key.encode()).hexdigest(), key[-4:])


def test_every_key_is_another(user):
    assert len({make(user, name=f"Program {n}")[1] for n in range(20)}) == 20


@pytest.mark.parametrize(("days", "made"), [(-1, False), (0, True), (365, True), (366, False)])
def test_a_token_lasts_at_least_today_and_at_most_a_year(user, days, made):
    if made:
        assert make(user, expires_on=TODAY + dt.timedelta(days=days))[0].pk
    else:
        with pytest.raises(TokenRefused) as refused:
            make(user, expires_on=TODAY + dt.timedelta(days=days))
        assert refused.value.field == "expires_on"
        assert ApiToken.objects.count() == 0


def test_a_token_is_for_a_role_of_ones_own(user, council):
    other = member(Role.DIRECTOR, council)
    with pytest.raises(TokenRefused) as refused:
        make(user, holding=other.role_holdings.get())
    assert refused.value.field == "holding"


def test_a_token_is_for_a_role_that_is_held_today(user, council):
    member(Role.DIRECTOR, council, user=user, ends_on=TODAY - dt.timedelta(days=1))
    member(Role.LEAD_MEMBER, council, user=user, starts_on=TODAY + dt.timedelta(days=1))
    assert [holding.role for holding in roles_for_tokens(user, today=TODAY)] == [Role.PROGRAMME_MANAGER]
    with pytest.raises(TokenRefused):
        make(user, holding=user.role_holdings.get(role=Role.DIRECTOR))


def test_two_tokens_of_one_role_have_two_names_until_one_is_revoked(user):
    first, _ = make(user)
    with pytest.raises(TokenRefused) as refused:
        make(user, name=" power bi ")
    assert refused.value.field == "name"
    revoke_token(number=first.pk, by=user, now=timezone.now())
    assert make(user)[0].pk != first.pk


def test_the_database_too_wants_two_names(user):
    token, _ = make(user)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.create(
            holding=token.holding,
            name=token.name.upper(),
            token_hash="0" * 64,
            ending="0000",
            made_at=token.made_at,
            expires_on=TODAY,
        )


def test_a_token_opens_what_its_role_opens(user, council, here):
    assert calls(user).get(f"{here}/plan").status_code == 200


def test_a_token_opens_one_role_of_several(user, council, here, plan):
    elsewhere = CouncilFactory()
    made_plan(elsewhere)
    member(Role.PROGRAMME_MANAGER, elsewhere, user=user)
    member(Role.DFE_OFFICIAL, user=user)
    caller = Caller(make(user, holding=user.role_holdings.get(council=elsewhere))[1])
    assert [row["slug"] for row in caller.get("/api/v1/councils").json()["results"]] == [elsewhere.slug]
    assert caller.get(f"/api/v1/councils/{elsewhere.slug}/plan").status_code == 200
    assert caller.get(f"{here}/plan").status_code == 404


def test_a_token_of_a_lesser_role_does_not_write_by_the_greater_one(user, council, here, plan):
    member(Role.COUNCIL_VIEWER, council, user=user)
    viewer = user.role_holdings.get(role=Role.COUNCIL_VIEWER)
    caller = Caller(make(user, holding=viewer, read_only=False)[1])
    url = f"{here}/objectives/{objective_of(plan, '1').pk}"
    answer = caller.write("patch", url, {"rating": "R", "reason": "Late"}, etag=caller.get(url)["ETag"])
    assert answer.status_code == 403


def test_a_token_of_one_national_role_does_not_read_by_another(user, here):
    member(Role.DFE_OFFICIAL, user=user)
    member(Role.MINISTERS_OFFICE, user=user)
    lesser = user.role_holdings.get(role=Role.MINISTERS_OFFICE)
    caller = Caller(make(user, holding=lesser)[1])
    assert (caller.get(here).status_code, caller.get(f"{here}/positions").status_code) == (200, 403)


def test_a_signed_in_browser_that_sends_a_token_has_the_access_of_the_token(user, council, here, plan):
    member(Role.COUNCIL_VIEWER, council, user=user)
    viewer = user.role_holdings.get(role=Role.COUNCIL_VIEWER)
    caller = Caller(make(user, holding=viewer, read_only=False)[1])
    caller.force_login(user)
    url = f"{here}/objectives/{objective_of(plan, '1').pk}"
    answer = caller.write("patch", url, {"rating": "R", "reason": "Late"}, etag=caller.get(url)["ETag"])
    assert answer.status_code == 403


def test_a_token_that_reads_does_not_write(user, here, plan):
    caller = calls(user, read_only=True)
    action, objective = action_of(plan, "1.1"), objective_of(plan, "1")
    etag = caller.get(f"{here}/actions/{action.pk}")["ETag"]
    answers = [
        caller.write("post", f"{here}/actions/{action.pk}/updates", {"on": "2015-07-20"}, etag=etag),
        caller.write(
            "patch", f"{here}/objectives/{objective.pk}", {"rating": "R", "reason": "Late"}, etag=etag
        ),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (action_of(plan, "1.1").version, objective_of(plan, "1").version) == (1, 1)


def test_a_token_works_until_the_end_of_its_last_day(user, clock):
    caller = Caller(key_of(user, days=30))
    clock.move_to(dt.datetime(2015, 8, 19, 22, 59, tzinfo=dt.UTC))  # a minute before midnight in London
    assert caller.get("/api/v1/councils").status_code == 200
    clock.move_to(dt.datetime(2015, 8, 19, 23, 0, tzinfo=dt.UTC))
    assert caller.get("/api/v1/councils").status_code == 401


def test_a_token_ends_with_the_role(user):
    caller = calls(user)
    user.role_holdings.update(ends_on=TODAY - dt.timedelta(days=1))
    assert caller.get("/api/v1/councils").status_code == 401


def test_a_token_ends_when_the_role_is_taken_away_at_once(user):
    caller = calls(user)
    user.role_holdings.update(withdrawn_at=timezone.now())
    assert caller.get("/api/v1/councils").status_code == 401


def test_a_token_ends_with_the_account(user):
    caller = calls(user)
    set_active(user=user, active=False, by=member(Role.ADMINISTRATOR), now=timezone.now(), reason="Left")
    assert caller.get("/api/v1/councils").status_code == 401


def test_a_revoked_token_opens_nothing_at_once(user):
    caller = calls(user)
    revoke_token(number=tokens_of(user).get().pk, by=user, now=timezone.now())
    assert caller.get("/api/v1/councils").status_code == 401


def test_a_demonstration_account_has_no_access_through_a_token_where_these_are_off(council):
    user = UserFactory(email="programme.manager@demo.example")
    member(Role.PROGRAMME_MANAGER, council, user=user)
    caller = calls(user)
    assert caller.get("/api/v1/councils").json()["results"] == []
    assert caller.get(f"/api/v1/councils/{council.slug}").status_code == 404


def test_one_revokes_ones_own_tokens_only(user, council):
    token, _ = make(user)
    with pytest.raises(ApiToken.DoesNotExist):
        revoke_token(number=token.pk, by=member(Role.PROGRAMME_MANAGER, council), now=timezone.now())
    assert ApiToken.objects.get().revoked_at is None


def test_making_and_revoking_are_in_the_history_without_the_key_or_its_hash(user, council):
    token, key = make(user)
    for _ in range(2):
        revoke_token(number=token.pk, by=user, now=timezone.now())
    made, revoked = Change.objects.filter(subject="councils.apitoken", subject_id=token.pk).order_by("id")
    assert made.new == {
        "user": user.pk,
        "name": "Power BI",
        "role": "programme_manager",
        "read_only": True,
        "expires_on": "2015-07-20",
    }
    assert (revoked.field, revoked.old, revoked.council_id, revoked.by_id) == (
        "revoked_at",
        None,
        council.pk,
        user.pk,
    )
    assert key not in str(made.new)


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer nbt_nobody", "Bearer a b", "bearer \xe9", "Bearer " + "x" * 5000]
)
def test_a_key_that_is_none_is_refused(header, db):
    caller = Caller("")
    answer = caller.get("/api/v1/councils", headers={"authorization": header})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Noticeboard"')
    assert answer.json()["detail"] == "The token is not known, has expired or was revoked."


def test_keys_are_not_tried_without_end(db, settings):
    statuses = [Caller("nbt_guess").get("/api/v1/councils").status_code for _ in range(61)]
    assert statuses == [401] * 60 + [429]


def test_failures_of_others_at_the_same_address_do_not_stop_a_good_token(user):
    caller = calls(user)
    for _ in range(61):
        Caller("nbt_guess").get("/api/v1/councils")
    assert caller.get("/api/v1/councils").status_code == 200


def test_last_use_is_remembered_without_a_write_each_time(user, clock):
    caller = calls(user)
    assert tokens_of(user).get().last_used_at is None
    caller.get("/api/v1/councils")
    first = timezone.now()
    clock.shift(dt.timedelta(minutes=4))
    with CaptureQueriesContext(connection) as queries:
        caller.get("/api/v1/councils")
    assert [query["sql"] for query in queries if query["sql"].startswith("UPDATE")] == []
    assert tokens_of(user).get().last_used_at == first
    clock.shift(dt.timedelta(minutes=1))
    caller.get("/api/v1/councils")
    assert tokens_of(user).get().last_used_at == timezone.now()


def test_a_token_opens_no_page(user, council):
    answer = calls(user).get("/account-tokens/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2Faccount-tokens%2F")
