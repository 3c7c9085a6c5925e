"""Reads: what each lead is asked and who has answered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Max

from councils.models import Person
from councils.queries import hash_of
from notices.queries import board_days
from notifications.models import Message
from plans.answering.needs import Answers, Last, answers_of
from plans.answering.rounds import Asked
from plans.answering.who import Who, leads_among
from plans.models import AnswerLink, Plan, ProgressUpdate
from plans.queries import live_table
from plans.rows import ActionRow
from plans.table import PlanTable


def table_for_leads(plan: Plan, *, today: dt.date) -> PlanTable:
    """The plan as it stands, for those who answer."""
    last_board, _ = board_days(plan.council, today=today)
    return live_table(plan, today=today, last_board=last_board)


def answered_actions(plan: Plan, table: PlanTable, asked: Asked) -> frozenset[int]:
    """The actions of which something was reported since the round opened, or since the last board."""
    if asked.opened_at is None and asked.after is not None:
        after = asked.after
        return frozenset(row.id for row in table.actions if row.reported_on and row.reported_on > after)
    said = ProgressUpdate.objects.counted().filter(action__plan=plan)
    latest = (
        said.exclude(source=ProgressUpdate.Source.DOCUMENT)
        .values_list("action_id")
        .annotate(moment=Max("recorded_at"))
    )
    return frozenset(
        number for number, moment in latest if asked.opened_at is None or moment >= asked.opened_at
    )


def last_words(numbers: list[int]) -> dict[int, Last]:
    """Reason, next step and moment of the report that stands for each action."""
    rows = ProgressUpdate.objects.counted().filter(action_id__in=numbers).order_by("on", "id")
    document = ProgressUpdate.Source.DOCUMENT
    return {
        # who read a document in did not say what stands in it
        number: Last(reason, next_step, moment, "" if source == document else said_by or name or "")
        for number, reason, next_step, moment, said_by, name, source in rows.values_list(
            "action_id", "reason", "next_step", "recorded_at", "said_by", "by__name", "source"
        )
    }


def answers_for(
    plan: Plan, table: PlanTable, asked: Asked, *, leads: Callable[[ActionRow], bool], today: dt.date
) -> Answers:
    """What a lead is asked; `leads` says which actions are theirs, and no other is looked at."""
    rows = [row for row in table.actions if leads(row)]
    return answers_of(
        rows,
        lasts=last_words([row.id for row in rows]),
        answered=answered_actions(plan, table, asked),
        asked=asked.actions,
        on=today,
    )


@dataclass(frozen=True)
class LeadAnswers:
    """How far one lead is, and how they can be reached."""

    who: Who
    total: int
    done: int
    refs: tuple[str, ...]  # what is not answered, in order of need
    last_at: dt.datetime | None
    has_account: bool
    email: str
    link: AnswerLink | None  # the latest that was made for them
    nudged_on: dt.date | None

    @property
    def open(self) -> int:
        return self.total - self.done


def who_has_answered(
    plan: Plan, *, asked: Asked, today: dt.date, table: PlanTable | None = None
) -> list[LeadAnswers]:
    """Every lead with how many of their actions are answered; those who owe most first, then by name.

    A lead of whom nothing is asked is left out. `asked` is what `rounds.asked_now` or a round says.
    """
    table = table or table_for_leads(plan, today=today)
    answered = answered_actions(plan, table, asked)
    lasts = last_words([row.id for row in table.actions])
    people = {person.pk: person for person in plan.council.people.select_related("user")}
    links = _latest_links(plan)
    nudged = nudges_of(plan)
    found = []
    for who in leads_among(table.actions):
        rows = [row for row in table.actions if who.leads(row)]
        answers = answers_of(rows, lasts=lasts, answered=answered, asked=asked.actions, on=today)
        if not answers.total:
            continue
        link = links.get(who.key)
        person = people.get(who.person) if who.person is not None else None
        moments = [m for todo in answers.todos if todo.answered and (m := todo.last.recorded_at)]
        found.append(
            LeadAnswers(
                who=who,
                total=answers.total,
                done=answers.done,
                refs=tuple(todo.row.ref for todo in answers.open),
                last_at=max(moments, default=None),
                has_account=person is not None and person.user_id is not None,
                email=email_of(person) or (link.email if link else ""),
                link=link,
                nudged_on=nudged.get(_short(who)),
            )
        )
    return sorted(found, key=lambda lead: (-lead.open, lead.who.name.casefold()))


def without_lead(table: PlanTable, asked: Asked) -> list[ActionRow]:
    """Actions that nobody leads, so that nobody is asked about them."""
    return [
        row
        for row in table.actions
        if not row.leads and not row.finished and (asked.actions is None or row.id in asked.actions)
    ]


def email_of(person: Person | None) -> str:
    """Where somebody can be written to: the address of their account, else the one the council has."""
    if person is None:
        return ""
    return person.user.email if person.user else person.email


def _latest_links(plan: Plan) -> dict[str, AnswerLink]:
    return {who_of(link).key: link for link in AnswerLink.objects.filter(plan=plan).order_by("id")}


def who_of(link: AnswerLink) -> Who:
    """The lead that a link is for."""
    return Who(link.lead, link.person_id, link.organisation_id)


def nudge_key(plan: Plan, who: Who, day: dt.date) -> str:
    """What the outbox knows a reminder by: one a lead and day."""
    return f"plans.nudge:{plan.pk}:{day.isoformat()}:{_short(who)}"


def _short(who: Who) -> str:
    """A lead in few characters; the plan's words for one may be long."""
    return hash_of(who.key)[:20]


def nudges_of(plan: Plan) -> dict[str, dt.date]:
    """The last day on which each lead was reminded, by the lead in short."""
    keys = Message.objects.filter(key__startswith=f"plans.nudge:{plan.pk}:").values_list("key", flat=True)
    found: dict[str, dt.date] = {}
    for key in keys:
        _, _, day, who = key.split(":", 3)
        found[who] = max(found.get(who, dt.date.min), dt.date.fromisoformat(day))
    return found


def lead_of(table: PlanTable, key: str) -> Who | None:
    """The lead of this plan whom an address names, if there is one."""
    return next((who for who in leads_among(table.actions) if who.key == key), None)
