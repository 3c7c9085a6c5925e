"""Meetings: planning a series or one, its page, moving, cancelling, reconvening."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from boards.forms.meetings import BecauseForm, MeetingForm, MoveForm, NewMeetingForm, OnForm, SeriesForm
from boards.queries import bodies as boards
from boards.queries import meetings as reads
from boards.queries.rounds import counts_of, round_of
from boards.seen import sight_of
from boards.services import meetings as services
from boards.views.common import act_of, form_page, found, here, posted
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb

MOST = 24
USUAL = 6


@require_safe
@requires(Verb.READ, Thing.BOARD)
def meetings(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    today = timezone.localdate()
    context = {
        "board": one,
        "sight": sight_of(request),
        "coming": reads.meetings_to_come(one, today=today),
        "past": reads.past_meetings(one, today=today),
    }
    return render(request, "boards/meetings.html", context)


@requires(Verb.WRITE, Thing.BOARD)
def plan(request: CouncilRequest, board: int) -> HttpResponse:
    """The proposed series, to tick; the number of meetings is in the URL."""
    one = found(boards.board_of(request.council, board))
    asked = request.GET.get("count", "")
    count = min(max(int(asked), 1), MOST) if asked.isdecimal() and len(asked) <= 3 else USUAL  # noqa: PLR2004
    proposals = boards.proposed_series(one, today=timezone.localdate(), count=count)
    days = [proposal.on for proposal in proposals]
    form = SeriesForm(posted(request), days=days, initial={"days": [day.isoformat() for day in days]})

    def save(form: SeriesForm) -> str:
        made = services.plan_meetings(act=act_of(request), board_id=board, days=form.chosen)
        return f"{len(made)} meeting{'' if len(made) == 1 else 's'} planned, each with the agenda template."

    extra: dict[str, Any] = {
        "board": one,
        "proposals": proposals,
        "count": count,
        "frequency": boards.frequency_on(one, timezone.localdate()),
        "chosen": form["days"].value() or [],
    }
    return form_page(
        request,
        form,
        title="Plan the next meetings",
        back=here(request, "board", board=board),
        back_words=one.name,
        save=save,
        template="boards/plan.html",
        extra=extra,
    )


@requires(Verb.WRITE, Thing.BOARD)
def add(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    initial = {
        "starts_at": one.usual_time,
        "minutes_long": one.usual_minutes,
        "place": one.usual_place,
        "counts": one.of_notice,
    }
    form = NewMeetingForm(posted(request), initial=initial)

    def save(form: NewMeetingForm) -> str:
        values = dict(form.cleaned_data)
        made = services.plan_meeting(act=act_of(request), board_id=board, on=values.pop("on"), values=values)
        day = f"{made.on.day} {made.on:%B %Y}"
        if made.on < timezone.localdate():
            return f"The meeting of {day} is there: record who was there and what came of it."
        return f"The meeting of {day} is planned."

    return form_page(
        request,
        form,
        title="Plan one meeting, or add one that was held",
        back=here(request, "board", board=board),
        back_words=one.name,
        save=save,
    )


@require_safe
@requires(Verb.READ, Thing.BOARD)
def meeting(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    sight = sight_of(request)
    opened = round_of(one)
    decisions = [row for row in reads.decisions_of(one.board, sight) if row.meeting_id == one.pk]
    context = {
        "wide": True,
        "meeting": one,
        "board": one.board,
        "sight": sight,
        "today": timezone.localdate(),
        "lines": reads.agenda_of(one, sight),
        "to_check": reads.checklist(one, sight, today=timezone.localdate()) if one.planned else [],
        "round": opened,
        "progress": counts_of(opened) if opened and sight.drafts else None,
        "attendance": reads.attendance_shown(one),
        "decisions": sorted(decisions, key=lambda row: row.number),
        "matters": [row for row in reads.matters_of(one.board, sight) if row.meeting_id == one.pk],
        "minutes": reads.minutes_seen(one, sight),
        "moves": list(one.moves.order_by("id")),
        "reconvened": list(one.reconvened_as.order_by("id")),
    }
    return render(request, "boards/meeting.html", context)


@requires(Verb.WRITE, Thing.BOARD)
def edit(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    names = ("starts_at", "minutes_long", "place", "counts", "counts_because", "version")
    form = MeetingForm(posted(request), initial={name: getattr(one, name) for name in names})

    def save(form: MeetingForm) -> str:
        services.change_meeting(
            act=act_of(request), meeting_id=meeting, values=form.values, made_from=form.made_from
        )
        return "Saved."

    return _page(request, one, form, "Time and place", save)


@requires(Verb.WRITE, Thing.BOARD)
def move(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def save(form: MoveForm) -> str:
        moved = services.move_meeting(act=act_of(request), meeting_id=meeting, **form.cleaned_data)
        return f"Moved to {moved.on.day} {moved.on:%B %Y}. Members are told by e-mail."

    lead = (
        "Agenda and papers come with it. Deadlines that rest on this meeting move too. Members are told once."
    )
    return _page(
        request, one, MoveForm(posted(request)), "Move the meeting", save, lead=lead, button="Move it"
    )


@requires(Verb.WRITE, Thing.BOARD)
def cancel(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def save(form: BecauseForm) -> str:
        services.cancel_meeting(act=act_of(request), meeting_id=meeting, **form.cleaned_data)
        return "Cancelled. Members are told by e-mail."

    lead = "Deadlines that rest on this meeting are worked out again without it. Members are told once."
    form = BecauseForm(posted(request))
    return _page(
        request, one, form, "Cancel the meeting", save, lead=lead, button="Cancel the meeting", warning=True
    )


@requires(Verb.WRITE, Thing.BOARD)
def reconvene(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def save(form: OnForm) -> str:
        again = services.reconvene(act=act_of(request), meeting_id=meeting, **form.cleaned_data)
        return f"Reconvened on {again.on.day} {again.on:%B %Y}, with the same agenda. Members are told by e-mail."

    return _page(request, one, OnForm(posted(request)), "Reconvene the meeting", save, button="Reconvene")


def _page(request: CouncilRequest, one: Any, form: Any, title: str, save: Any, **more: Any) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        back=here(request, "meeting", meeting=one.pk),
        back_words=f"Meeting of {one.on.day} {one.on:%B %Y}",
        save=save,
        **more,
    )
