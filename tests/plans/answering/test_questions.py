"""A question about an action reaches whoever leads it, with an account or without, and is answered where they answer."""

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.roles import Role
from history.models import Change
from plans.services import ask
from tests.factories import PersonFactory, member
from tests.plans.answering.test_answering_pages import (  # noqa: F401 - fixtures
    council,
    lead,
    made,
    manager,
    page,
    plan,
    text,
)
from tests.plans.build import action

pytestmark = pytest.mark.django_db


def asked_of(plan, ref, by):  # noqa: F811
    now = timezone.now()
    return ask(
        council=plan.council,
        action_id=action(plan, ref).pk,
        question=f"Why is {ref} where it is?",
        by=by,
        now=now,
        today=timezone.localdate(now),
    )


def test_a_lead_without_an_account_answers_behind_their_link(client, plan, manager):  # noqa: F811
    question = asked_of(plan, "P1.1", manager)
    others = asked_of(plan, "P2.1", manager)
    _, address = made(plan, manager)
    shown = text(client.get(address))
    assert "1 question waits for an answer" in shown
    assert "Why is P2.1" not in shown
    own = f"{address}{question.action_id}/"
    empty = client.post(own, {"question": question.pk, "version": 1, "answer": ""})
    assert empty.status_code == 422
    assert "Give an answer" in text(empty)
    client.post(own, {"question": question.pk, "version": 1, "answer": "Two posts are empty"})
    # another lead's question is not theirs, whatever the form says
    client.post(own, {"question": others.pk, "version": 1, "answer": "Not mine"})
    question.refresh_from_db()
    others.refresh_from_db()
    assert (question.answer, question.answered_by, others.answer) == ("Two posts are empty", "Pat Reed", "")
    logged = Change.objects.get(subject="plans.challenge", subject_id=question.pk, field="answer")
    assert (logged.by_id, logged.by_name) == (None, "Pat Reed")


def test_a_lead_with_an_account_finds_it_among_their_actions(client, council, plan, lead, manager):  # noqa: F811
    question = asked_of(plan, "P1.2", manager)
    client.force_login(lead)
    assert "Why is P1.2 where it is?" in text(client.get(page(council, "my_actions")))
    own = page(council, "my_action", pk=question.action_id)
    sent = client.post(own, {"question": question.pk, "version": 1, "answer": "Agency cover"}, follow=True)
    assert f"is sent to {manager}" in text(sent)
    assert "question waits" not in text(client.get(page(council, "my_actions")))


def test_who_asks_is_told_whom_nobody_writes_to(client, council, plan, manager):  # noqa: F811
    client.force_login(manager)
    address = reverse("plans:ask", kwargs={"council": council.slug, "pk": action(plan, "P2.1").pk})
    assert "No e-mail address of Kim Vale is known" in text(client.get(address))
    user = member(Role.ACTION_LEAD, council)
    action(plan, "P2.1").leads.update(person=PersonFactory(council=council, user=user, name="Kim Vale"))
    assert "Kim Vale is written to" in text(client.get(address))
