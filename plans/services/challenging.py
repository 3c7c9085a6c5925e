"""Challenges: a question to an action's leads about what does not add up, open until its answer is accepted."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from councils.models import Council, User
from councils.outbox import outbox
from plans.adding_up import RULES
from plans.models import Action, Challenge
from plans.queries import CHALLENGE
from plans.services.acting import Act, held_action, needed, refuse, refuse_overtaken


def ask(
    *,
    council: Council,
    action_id: int,
    question: str,
    by: User,
    now: dt.datetime,
    today: dt.date,
    rule: str = "",
) -> Challenge:
    """Ask the leads of an action about it, in own words or about a rule of `plans.adding_up`; they are told by mail.

    The same question that is still open is asked once. Raises Action.DoesNotExist outside the council; Refused
    without a question, in a closed plan, for a retired action.
    """
    act = Act(council, by, now, today)
    refuse(needed(("question", question, "Say what you ask")))
    with transaction.atomic():
        action = held_action(act, action_id)
        twin = action.challenges.filter(question=question.strip(), closed_on__isnull=True).first()
        if twin is not None:
            return twin
        made = Challenge.objects.create(
            plan=action.plan,
            action=action,
            rule=rule if rule in RULES else "",
            question=question.strip(),
            asked_on=today,
            asked_at=now,
            asked_by=by,
        )
        log = act.log()
        values = {"plan": action.plan_id, "action": action.pk, "rule": made.rule, "question": made.question}
        log.made(CHALLENGE, made.pk, values)
        log.write()
        _tell_leads(made, action, now)
        return made


@dataclass(frozen=True)
class Reach:
    """A lead of an action and the address that a question goes to; "" where none is known."""

    name: str
    address: str
    user: User | None


def reach_of(action: Action) -> list[Reach]:
    """Each lead of an action, and how a question reaches them."""
    found = []
    for lead in action.leads.select_related("person__user").order_by("order"):
        user = lead.person.user if lead.person else None
        address = (user.email if user else "") or (lead.person.email if lead.person else "")
        found.append(Reach(lead.name, address, user))
    return found


def answer(
    *,
    council: Council,
    challenge_id: int,
    answer: str,
    version: int,
    by: User | None,
    now: dt.datetime,
    today: dt.date,
    said_by: str = "",
) -> Challenge:
    """Answer a challenge; whoever asked is told, and it stays open until they accept the answer.

    `said_by` names the lead whose answer it is where that is not the user who records it; `by` is None for a lead
    without an account.

    Raises Challenge.DoesNotExist outside the council; Refused without an answer or once it is closed; Conflict where
    somebody else has answered since `version`.
    """
    act = Act(council, by, now, today, said_by=said_by)
    refuse(needed(("answer", answer, "Give an answer")))
    with transaction.atomic():
        found = _held(act, challenge_id)
        _change(found, act, version, answer=answer.strip())
        found.answered_on, found.answered_at = today, now
        found.answered_by = (said_by or (by.get_full_name() if by else ""))[:200]
        found.save(update_fields=["answered_on", "answered_at", "answered_by"])
        _tell_asker(found, now)
        return found


def accept_answer(
    *, council: Council, challenge_id: int, version: int, by: User, now: dt.datetime, today: dt.date
) -> Challenge:
    """Accept the answer to a challenge, which closes it.

    Raises Challenge.DoesNotExist outside the council; Refused where nobody has answered; Conflict where the answer
    has changed since `version`.
    """
    act = Act(council, by, now, today)
    with transaction.atomic():
        found = Challenge.objects.select_for_update().get(pk=challenge_id, plan__council=council)
        if found.closed_on is not None:
            return found
        if not found.answer:
            refuse({"version": "Nobody has answered yet"})
        refuse_overtaken(
            CHALLENGE,
            found.pk,
            version=version,
            current=found.version,
            sent={"answer": None},
            stands={"answer": found.answer},
        )
        _change(found, act, found.version, closed_on=today)
        found.closed_at = now
        found.save(update_fields=["closed_at"])
        return found


def ask_again(
    *,
    council: Council,
    challenge_id: int,
    question: str,
    version: int,
    by: User,
    now: dt.datetime,
    today: dt.date,
) -> Challenge:
    """Send a challenge back because its answer does not settle it, saying what is still open.

    The log keeps the earlier question and answer. Raises as `accept_answer`, and Refused without a question.
    """
    act = Act(council, by, now, today)
    refuse(needed(("question", question, "Say what is still open")))
    with transaction.atomic():
        found = _held(act, challenge_id)
        _change(found, act, version, question=question.strip(), answer="")
        found.answered_on, found.answered_at, found.answered_by = None, None, ""
        found.save(update_fields=["answered_on", "answered_at", "answered_by"])
        _tell_leads(found, found.action, now)
        return found


def _held(act: Act, number: int) -> Challenge:
    found = (
        Challenge.objects.select_for_update(of=("self",))
        .select_related("action", "asked_by", "plan")
        .get(pk=number, plan__council=act.council)
    )
    if found.closed_on is not None:
        refuse({"version": "This question is settled"})
    return found


def _change(found: Challenge, act: Act, version: int, **values: Any) -> None:
    stands = {name: getattr(found, name) for name in values}
    refuse_overtaken(CHALLENGE, found.pk, version=version, current=found.version, sent=values, stands=stands)
    found.version += 1
    log = act.log()
    for name, new in values.items():
        log.changed(CHALLENGE, found.pk, name, stands[name], new, version=found.version)
        setattr(found, name, new)
    log.write()
    found.save(update_fields=[*values, "version"])


def _tell_leads(challenge: Challenge, action: Action, now: dt.datetime) -> None:
    """One message to each lead whose address is known, without what is asked: mail is read by more people than meant.

    A lead in words alone is the programme office's to tell.
    """
    queue = outbox()
    for lead in reach_of(action):
        if lead.address:
            queue(
                key=f"challenge {challenge.pk} asked {challenge.version} {lead.address}",
                address=lead.address,
                subject=f"A question about {action.ref}",
                body=f"You lead {action.ref}. {_where(challenge, lead)}\n",
                now=now,
                recipient=lead.user,
            )


def _where(challenge: Challenge, lead: Reach) -> str:
    """Where a lead reads a question; the page of it opens for accounts alone."""
    if lead.user:
        return f"Read the question and answer it here:\n{_address(challenge)}"
    return "Somebody has a question about it. It stands with your actions, behind the link you are sent for them."


def _tell_asker(challenge: Challenge, now: dt.datetime) -> None:
    asker = challenge.asked_by
    if asker is not None:
        outbox()(
            key=f"challenge {challenge.pk} answered {challenge.version}",
            address=asker.email,
            subject=f"Your question about {challenge.action.ref} is answered",
            body=f"Read the answer, and accept it or ask again:\n{_address(challenge)}\n",
            now=now,
            recipient=asker,
        )


def _address(challenge: Challenge) -> str:
    council = challenge.plan.council
    path = reverse("plans:challenge", kwargs={"council": council.slug, "pk": challenge.pk})
    return urljoin(str(settings.SITE_URL), path)
