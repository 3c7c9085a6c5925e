"""Writes: publishing to scrutiny, taking back, recording recommendations and the board's answers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from boards.models import Meeting
from boards.services.recording import add_matter
from boards.services.records import Act, Conflict, Refused
from councils.models import RoleHolding
from councils.rights import Thing
from councils.roles import Role
from files.models import StoredFile
from jobs.models import Job
from notifications.services import queue_message
from plans.models import Position
from reporting.models import Publication, Recommendation, Report
from reporting.scrutiny.document import MAKE


@transaction.atomic
def publish(*, act: Act, kind: str, number: int, note: str) -> Publication:
    """Give one thing to scrutiny; its viewers are told once. Restricted decisions are never part of it.

    Raises Refused: what the council does not have, decisions before their meeting was held or where all are
    restricted, a report not submitted, what is published already.
    """
    made = Publication(
        council=act.council, kind=kind, note=note.strip(), published_at=act.now, published_by=act.by
    )
    if kind == Publication.Kind.POSITION:
        made.position = Position.objects.filter(plan__council=act.council, pk=number).first()
    elif kind == Publication.Kind.DECISIONS:
        made.meeting = Meeting.objects.filter(board__council=act.council, pk=number, state="held").first()
        made.decisions = _open_decisions(made.meeting)
    else:
        submitted = Report.objects.filter(council=act.council, pk=number, state=Report.State.SUBMITTED)
        made.report = submitted.first()
    if made.position is None and made.report is None and not made.decisions:
        raise Refused({"what": "Choose what to publish. Decisions that are restricted cannot be"})
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as twice:
        raise Refused({"what": "This is published already"}) from twice
    log = act.log()
    log.made("reporting.publication", made.pk, {"kind": kind, "what": str(made), "note": made.note})
    log.write()
    _tell(made, act)
    return made


def _open_decisions(meeting: Meeting | None) -> list[int]:
    if meeting is None:
        return []
    rows = meeting.decisions.filter(restricted=False, withdrawn_at=None).order_by("number")
    return list(rows.values_list("pk", flat=True))


def _tell(made: Publication, act: Act) -> None:
    """Tell the council's scrutiny viewers what there is to read."""
    if act.quiet:
        return
    path = reverse("reporting:publication", kwargs={"council": act.council.slug, "publication": made.pk})
    holdings = RoleHolding.objects.held_on(act.today).filter(
        council=act.council, role=Role.SCRUTINY_VIEWER, user__is_active=True
    )
    for holding in holdings.select_related("user"):
        queue_message(
            key=f"publication {made.pk} to {holding.user_id}",
            address=holding.user.email,
            recipient=holding.user,
            subject=f"{act.council.short_name}: {made} is published to scrutiny",
            body=f"{made} is there for the committee to read.\n\n{settings.SITE_URL}{path}\n",
            now=act.now,
        )


@transaction.atomic
def take_back(*, act: Act, publication_id: int, because: str) -> Publication:
    """Take a publication back: scrutiny sees it no longer, nor the documents made of it. Raises Refused."""
    row = Publication.objects.select_for_update().get(pk=publication_id, council=act.council)
    if not row.live:
        raise Refused({"because": "This was taken back already"})
    if not because.strip():
        raise Refused({"because": "Say why it is taken back"})
    row.taken_back_at, row.taken_back_by, row.taken_back_because = act.now, act.by, because.strip()
    row.save()
    made = Job.objects.filter(kind=MAKE, council=act.council, arguments__publication=row.pk)
    StoredFile.objects.filter(pk__in=made.values("result_file")).update(thing=Thing.SCRUTINY_TAKEN_BACK)
    made.update(thing=Thing.SCRUTINY_TAKEN_BACK)
    log = act.log(because.strip())
    log.changed("reporting.publication", row.pk, "taken_back", None, str(row), version=2)
    log.write()
    return row


@transaction.atomic
def recommend(
    *,
    act: Act,
    text: str,
    made_on: dt.date,
    board_id: int,
    owner_name: str,
    due_on: dt.date | None,
    about: Any,
) -> Recommendation:
    """Record what the committee recommended: it becomes a matter arising of the board. Sent twice, it is one.

    Raises Refused.
    """
    if made_on > act.today:
        raise Refused({"made_on": "That day has not come yet"})
    values = {"text": text, "owner_name": owner_name, "due_on": due_on, "source": "scrutiny"}
    matter = add_matter(act=act, board_id=board_id, values=values)
    twin = Recommendation.objects.filter(matter=matter).first()
    if twin is not None:
        return twin
    # the matter's board is held by now, and numbers of recommendations follow those of matters
    last = Recommendation.objects.filter(council=act.council).aggregate(last=Max("number"))["last"]
    row = Recommendation.objects.create(
        council=act.council,
        number=(last or 0) + 1,
        text=matter.text,
        made_on=made_on,
        about=about,
        matter=matter,
        recorded_at=act.now,
        recorded_by=act.by,
    )
    log = act.log()
    log.made("reporting.recommendation", row.pk, {"text": row.text, "made_on": made_on, "matter": matter.pk})
    log.write()
    return row


@transaction.atomic
def answer(
    *, act: Act, recommendation_id: int, answer: str, text: str, on: dt.date, made_from: int
) -> Recommendation:
    """Record what the board answered; scrutiny reads it. Raises Refused; Conflict where somebody answered meanwhile."""
    row = Recommendation.objects.select_for_update().get(pk=recommendation_id, council=act.council)
    if on > act.today or on < row.made_on:
        raise Refused({"on": "The board answered after the committee, and not after today"})
    if not text.strip():
        raise Refused({"text": "Write what the board answered"})
    if row.version != made_from:
        raise Conflict({"text": row.answer_text}, row.version, "Somebody else")
    new = {"answer": answer, "answer_text": text.strip(), "answered_on": on}
    row.version += 1
    log = act.log()
    for name, value in new.items():
        old = getattr(row, name)
        log.changed("reporting.recommendation", row.pk, name, old, value, version=row.version)
        setattr(row, name, value)
    row.save()
    log.write()
    return row
