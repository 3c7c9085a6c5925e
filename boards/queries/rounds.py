"""Who was asked in a round and who has answered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Q, QuerySet
from django.utils import timezone

from boards.models import Meeting, Round, RoundAsk, RoundMail
from councils.models import Person
from notifications.models import Message
from plans.answering.rounds import Asked
from plans.models import Plan, ProgressUpdate
from plans.queries import leads_of


@dataclass(frozen=True)
class AskedAction:
    """One action a round asks about."""

    number: int
    ref: str
    activity: str
    leads: tuple[tuple[str, int | None], ...]
    answered: bool


@dataclass(frozen=True)
class LeadLine:
    """One lead in a round: how many of their actions are answered, where mail goes ("": nowhere), whether it went."""

    lead: str
    asked: int
    answered: int
    waiting: tuple[AskedAction, ...]
    address: str
    told: bool
    reminded: int
    undelivered: str = ""  # why the mail did not go out, as the mail server said


@dataclass(frozen=True)
class Progress:
    """How far a round is."""

    asked: int
    answered: int
    actions: tuple[AskedAction, ...] = ()
    leads: tuple[LeadLine, ...] = ()

    @property
    def waiting(self) -> int:
        return self.asked - self.answered


def address_of(person: Person) -> str:
    """Where mail for somebody goes: their account's address, else the one the council has; "" if neither."""
    return person.user.email if person.user is not None else person.email


def round_of(meeting: Meeting) -> Round | None:
    """The round of a meeting that was not dropped."""
    return meeting.rounds.exclude(state="dropped").select_related("plan", "position", "opened_by").first()


def _standing(opened: Round) -> QuerySet[RoundAsk]:
    """What a round asks about, less the actions that left the plan before it was closed."""
    gone = Q(action__retired_on__isnull=False)
    if opened.closed_at is not None:
        gone = Q(action__retired_on__lte=timezone.localdate(opened.closed_at))
    return opened.asks.exclude(gone)


def asks_of(opened: Round) -> list[RoundAsk]:
    """What a round asks about, in the plan's order; while it is open each with the leads that the plan has now."""
    asks = list(_standing(opened).select_related("action").order_by("action__order"))
    if opened.closed_at is None:
        leads = leads_of(opened.plan)
        for ask in asks:
            ask.leads = [lead.name for lead in leads.get(ask.action_id, ())]
            ask.people = [lead.person for lead in leads.get(ask.action_id, ())]
    return asks


def answered_actions(opened: Round) -> set[int]:
    """The actions of a round for which something was reported since it opened (and before it closed)."""
    updates = ProgressUpdate.objects.counted(until=opened.closed_at).filter(
        action__in=_standing(opened).values("action"), recorded_at__gte=opened.opened_at
    )
    updates = updates.exclude(source=ProgressUpdate.Source.DOCUMENT)
    if opened.closed_at is not None:
        updates = updates.filter(recorded_at__lte=opened.closed_at)
    return set(updates.values_list("action_id", flat=True))


def counts_of(opened: Round) -> Progress:
    """How many were asked about and answered, in two queries."""
    return Progress(_standing(opened).count(), len(answered_actions(opened)))


def progress_of(opened: Round) -> Progress:
    """Everything about who has answered, by action and by lead."""
    answered = answered_actions(opened)
    actions = [
        AskedAction(
            ask.action_id,
            ask.action.ref,
            ask.action.activity,
            tuple(zip_longest(ask.leads, ask.people[: len(ask.leads)])),
            ask.action_id in answered,
        )
        for ask in asks_of(opened)
    ]
    return Progress(len(actions), len(answered), tuple(actions), tuple(_lines(opened, actions)))


def _lines(opened: Round, actions: Iterable[AskedAction]) -> list[LeadLine]:
    by_lead: dict[tuple[str, int | None], list[AskedAction]] = {}
    for action in actions:
        for lead in action.leads or (("No lead", None),):
            by_lead.setdefault(lead, []).append(action)
    went: dict[int | None, list[RoundMail]] = {}
    for mail in opened.mails.filter(person__isnull=False).order_by("id"):
        went.setdefault(mail.person_id, []).append(mail)
    people = Person.objects.filter(pk__in=[person for _, person in by_lead if person]).select_related("user")
    addresses = {person.pk: address_of(person) for person in people}
    refused = dict(
        Message.objects.filter(key__startswith=f"round {opened.pk} ", sent_at__isnull=True)
        .exclude(problem="")
        .values_list("address", "problem")
    )
    lines = [
        LeadLine(
            lead,
            len(theirs),
            sum(action.answered for action in theirs),
            tuple(action for action in theirs if not action.answered),
            addresses.get(person or 0, ""),
            person in went,
            sum(mail.kind == RoundMail.Kind.NUDGED for mail in went.get(person, [])),
            refused.get(addresses.get(person or 0, ""), ""),
        )
        for (lead, person), theirs in by_lead.items()
    ]
    return sorted(lines, key=lambda line: (line.answered - line.asked, line.lead))


def asked_round(plan: Plan, today: dt.date) -> Asked | None:
    """What the open round asks of a plan's leads, as the plan's own pages need it; None where none is open.

    Of several open rounds (two boards of a council) the one whose answers are wanted first.
    """
    opened = (
        Round.objects.filter(plan=plan, state=Round.State.OPEN)
        .select_related("meeting")
        .order_by("answer_by", "id")
        .first()
    )
    if opened is None:
        return None
    meeting = opened.meeting
    held = Meeting.objects.filter(board=meeting.board_id, state=Meeting.State.HELD, on__lt=meeting.on)
    return Asked(
        label=f"the board of {meeting.on.day} {meeting.on:%B %Y}",
        opened_at=opened.opened_at,
        after=held.order_by("-on").values_list("on", flat=True).first(),
        board_on=meeting.on,
        position_on=opened.position_on,
        answer_by=opened.answer_by,
        actions=frozenset(opened.asks.values_list("action_id", flat=True)),
        message=opened.message,
    )
