"""The update round of a meeting: opened, watched, nudged, closed."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.meetings import BecauseForm, RoundForm
from boards.queries import meetings as reads
from boards.queries.rounds import progress_of, round_of
from boards.seen import sight_of
from boards.services import rounds as services
from boards.views.common import act_of, form_page, found, here, posted, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from deadlines.workdays import working_day_on_or_before

ANSWERS_BEFORE = dt.timedelta(days=5)


@require_safe
@requires(Verb.READ, Thing.ROUND)
def round_page(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    opened = round_of(one)
    progress = progress_of(opened) if opened else None
    context = {
        "wide": True,
        "meeting": one,
        "board": one.board,
        "sight": sight_of(request),
        "round": opened,
        "progress": progress,
        "today": timezone.localdate(),
        "show": "actions" if request.GET.get("show") == "actions" else "leads",
    }
    return render(request, "boards/round.html", context)


@requires(Verb.WRITE, Thing.ROUND)
def open_round(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    today = timezone.localdate()
    by = max(today, working_day_on_or_before(one.on - ANSWERS_BEFORE))
    form = RoundForm(posted(request), initial={"position_on": by, "answer_by": by})

    def save(form: RoundForm) -> str:
        opened = services.open_round(act=act_of(request), meeting_id=meeting, **form.cleaned_data)
        asked = opened.asks.count()
        told = opened.mails.count()
        people = "1 person is" if told == 1 else f"{told} people are"
        return f"The round is open: {asked} actions to report on. {people} asked by e-mail, once."

    return form_page(
        request,
        form,
        title=f"Open the round for {one.on.day} {one.on:%B %Y}",
        back=here(request, "round", meeting=meeting),
        back_words="Update round",
        lead="Every lead with an action that is not complete gets one message with exactly their actions.",
        button="Open the round",
        keep=f"round-{meeting}",
        save=save,
    )


@require_POST
@requires(Verb.WRITE, Thing.ROUND)
def nudge(request: CouncilRequest, meeting: int) -> HttpResponse:
    opened = found(round_of(found(reads.meeting_of(request.council, meeting))))

    def do() -> str:
        count = services.nudge(act=act_of(request), round_id=opened.pk)
        if not count:
            return "Nobody to remind: all have answered, were told today already, or have no address."
        return "1 person is reminded." if count == 1 else f"{count} people are reminded."

    return step(request, do, here(request, "round", meeting=meeting))


@require_POST
@requires(Verb.WRITE, Thing.ROUND)
def close(request: CouncilRequest, meeting: int) -> HttpResponse:
    opened = found(round_of(found(reads.meeting_of(request.council, meeting))))

    def do() -> str:
        closed = services.close_round(act=act_of(request), round_id=opened.pk)
        day = f"{closed.position_on.day} {closed.position_on:%B %Y}"
        return f"The round is closed. The board sees the plan as it stood on {day}."

    return step(request, do, here(request, "round", meeting=meeting))


@requires(Verb.WRITE, Thing.ROUND)
def drop(request: CouncilRequest, meeting: int) -> HttpResponse:
    opened = found(round_of(found(reads.meeting_of(request.council, meeting))))

    def save(form: BecauseForm) -> str:
        services.drop_round(act=act_of(request), round_id=opened.pk, **form.cleaned_data)
        return "The round is dropped; nothing is frozen."

    return form_page(
        request,
        BecauseForm(posted(request)),
        title="Drop this round?",
        back=here(request, "round", meeting=meeting),
        back_words="Update round",
        lead="What leads have reported stays. Another round can be opened for this meeting.",
        button="Drop the round",
        warning=True,
        save=save,
    )
