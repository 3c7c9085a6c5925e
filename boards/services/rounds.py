"""Update rounds: opened with a position date, leads asked once, nudged, closed into a frozen position."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from boards.models import Matter, Round, RoundAsk, RoundMail
from boards.queries.rounds import address_of, answered_actions, asks_of
from boards.services.meetings import locked_meeting
from boards.services.records import Act, Refused, add, change
from councils.models import Person
from notifications.services import queue_message
from plans.answering.links import LONGEST, end_of, make_link
from plans.answering.who import Who
from plans.queries import live_table, open_plan
from plans.rag import Standing
from plans.services import freeze_position
from plans.table import ActionRow

DONE = {Standing.COMPLETE, Standing.EMBEDDED}


@dataclass
class Asked:
    """What one person is asked about: actions by number and reference, and matters they owe the board."""

    person: Person
    lead: str
    actions: list[tuple[int, str]] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)


@transaction.atomic
def open_round(
    *, act: Act, meeting_id: int, position_on: dt.date, answer_by: dt.date, message: str = ""
) -> Round:
    """Open the round for a meeting: the position date is fixed, and every lead is asked once, in one message.

    Asked about is every action that is not complete. Raises Refused: no plan, a second round, days in the wrong order,
    a meeting that is not planned.
    """
    meeting = locked_meeting(act, meeting_id)
    plan = open_plan(act.council)
    errors = {}
    if not meeting.planned:
        errors["position_on"] = f"This meeting is {meeting.get_state_display()}"
    elif meeting.rounds.exclude(state="dropped").exists():
        errors["position_on"] = "This meeting has a round already"
    elif position_on > meeting.on:
        errors["position_on"] = "The position must be of a day up to the meeting"
    if answer_by < act.today:
        errors["answer_by"] = "That day has passed"
    elif answer_by > meeting.on:
        errors["answer_by"] = "Ask for answers by a day up to the meeting"
    if plan is None:
        errors["position_on"] = "The council has no open plan to report on"
    if errors or plan is None:
        raise Refused(errors)
    if position_on < plan.begun_on:
        raise Refused({"position_on": "The plan had not begun on that day"})
    opened = add(
        Round(
            meeting=meeting,
            plan=plan,
            position_on=position_on,
            answer_by=answer_by,
            message=message.strip(),
            opened_at=act.now,
            opened_by=act.by,
        ),
        act=act,
    )
    rows = [row for row in live_table(plan, today=act.today).actions if _is_asked(row)]
    RoundAsk.objects.bulk_create(
        RoundAsk(
            round=opened,
            action_id=row.id,
            leads=[lead.name for lead in row.leads],
            people=[lead.person for lead in row.leads],
        )
        for row in rows
    )
    if not act.quiet:
        _write_to(_asked_people(opened, act), opened, RoundMail.Kind.ASKED, act)
    return opened


def _is_asked(row: ActionRow) -> bool:
    return row.rating is None or row.rating.standing not in DONE


def _asked_people(opened: Round, act: Act, *, only: Collection[int] | None = None) -> list[Asked]:
    """Who is to be written to, with what; `only` some actions. Leads without an address are for the page to name."""
    asks = [ask for ask in asks_of(opened) if only is None or ask.action_id in only]
    numbers = {number for ask in asks for number in ask.people if number}
    people = {
        person.pk: person
        for person in Person.objects.filter(pk__in=numbers, council=act.council).select_related("user")
    }
    found: dict[int, Asked] = {}
    for ask in asks:
        for number in ask.people:
            person = people.get(number or 0)
            if person is not None and address_of(person):
                lead = ask.leads[ask.people.index(number)]
                asked = found.setdefault(number, Asked(person, lead))
                asked.actions.append((ask.action_id, ask.action.ref))
    for matter in Matter.objects.filter(board=opened.meeting.board, state="open", owner__in=list(found)):
        if matter.owner_id in found:
            found[matter.owner_id].matters.append(matter)
    return list(found.values())


def _write_to(asked: Iterable[Asked], opened: Round, kind: RoundMail.Kind, act: Act) -> int:
    sent = 0
    for one in asked:
        told = opened.mails.filter(person=one.person, kind=kind).count()
        address = address_of(one.person)
        queue_message(
            key=f"round {opened.pk} {kind} {told + 1} to {one.person.pk}",
            address=address,
            recipient=one.person.user,
            subject=_subject(opened, kind, len(one.actions)),
            body=_body(opened, one, _answer_address(opened, one, act)),
            now=act.now,
        )
        RoundMail.objects.create(
            round=opened,
            lead=one.lead[:200],
            person=one.person,
            address=address,
            kind=kind,
            actions=len(one.actions),
            at=act.now,
            by=act.by,
        )
        sent += 1
    return sent


def _subject(opened: Round, kind: str, count: int) -> str:
    what = "1 action" if count == 1 else f"{count} actions"
    by = f"{opened.answer_by.day} {opened.answer_by:%B}"
    if kind == RoundMail.Kind.NUDGED:
        return f"Reminder: {what} to update by {by}"
    return f"{what} to update by {by} for the board"


def _body(opened: Round, one: Asked, address: str) -> str:
    meeting = opened.meeting
    lines = [
        (
            f"The {meeting.board.name} meets on {meeting.on.day} {meeting.on:%B %Y}."
            f" Please say by {opened.answer_by.day} {opened.answer_by:%B %Y} how these stand:"
        ),
        "",
        ", ".join(ref for _, ref in one.actions),
    ]
    if opened.message:
        lines += ["", opened.message]
    lines += ["", address]
    if one.matters:
        lines += ["", "The board also waits for:"]
        lines += [
            f"- matter {row.number}: {'restricted, see its page' if row.restricted else row.text}"
            for row in one.matters
        ]
    return "\n".join(lines) + "\n"


def _answer_address(opened: Round, one: Asked, act: Act) -> str:
    """Where somebody answers: on the page of their own actions, or, without an account, by a link of their own.

    The link opens exactly their actions until the end of the day of the meeting, or of today where that is past; a new
    one ends the one before.
    """
    if one.person.user is None and act.by is not None:
        made = make_link(
            opened.plan,
            Who(one.lead, person=one.person.pk),
            label=f"the board of {opened.meeting.on.day} {opened.meeting.on:%B %Y}",
            position_on=opened.position_on,
            expires_at=min(end_of(max(opened.meeting.on, act.today)), act.now + LONGEST),
            by=act.by,
            now=act.now,
        )
        return (
            "You need no account. This link opens your actions and no others; do not pass it on.\n\n"
            f"{made.address}"
        )
    path = reverse("plans:my_actions", kwargs={"council": act.council.slug})
    return f"{settings.SITE_URL}{path}"


@transaction.atomic
def nudge(*, act: Act, round_id: int) -> int:
    """Remind everybody who has not answered for all their actions; each at one address at most once a day.

    Whose address was put right meanwhile is written to at once. Says how many were.
    """
    opened = _locked(act, round_id)
    waiting = {ask.action_id for ask in asks_of(opened)} - answered_actions(opened)
    since = act.now - dt.timedelta(hours=20)
    told_today = set(
        opened.mails.filter(at__gt=since, person__isnull=False).values_list("person_id", "address")
    )
    asked = [
        one
        for one in _asked_people(opened, act, only=waiting)
        if (one.person.pk, address_of(one.person)) not in told_today
    ]
    return _write_to(asked, opened, RoundMail.Kind.NUDGED, act)


def _locked(act: Act, round_id: int) -> Round:
    rounds = Round.objects.select_for_update(of=("self",)).select_related("meeting__board", "plan")
    found = rounds.get(pk=round_id, meeting__board__council=act.council)
    if found.state != Round.State.OPEN:
        raise Refused({"state": f"This round is {found.get_state_display()}"})
    return found


@transaction.atomic
def close_round(*, act: Act, round_id: int) -> Round:
    """Close a round: the plan is frozen as it stands on the position date; the board sees that and nothing later.

    Who leads each action is kept as it stands too.
    Raises Refused for a round that is closed, or whose position date has not come.
    """
    opened = _locked(act, round_id)
    if opened.position_on > act.today:
        day = f"{opened.position_on.day} {opened.position_on:%B %Y}"
        raise Refused({"state": f"The position is of {day}: close the round on that day or later"})
    meeting = opened.meeting
    position = freeze_position(
        plan=opened.plan,
        on=opened.position_on,
        label=f"{meeting.board.name}, meeting {meeting.number}"[:200],
        by=act.by,
        now=act.now,
        today=act.today,
    )
    RoundAsk.objects.bulk_update(asks_of(opened), ["leads", "people"])
    values = {
        "state": Round.State.CLOSED.value,
        "closed_at": act.now,
        "closed_by": act.by,
        "position": position,
    }
    return change(opened, values, act=act)


@transaction.atomic
def drop_round(*, act: Act, round_id: int, because: str) -> Round:
    """A round was opened by mistake: nothing is frozen. Raises Refused without a reason."""
    opened = _locked(act, round_id)
    if not because.strip():
        raise Refused({"because": "Say why"})
    values = {"state": Round.State.DROPPED.value, "closed_at": act.now, "closed_by": act.by}
    return change(opened, values, act=act, reason=because)
