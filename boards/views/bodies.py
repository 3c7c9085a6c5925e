"""Boards themselves: the page of a board, making and keeping one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from boards.forms.bodies import BoardForm, NewBoardForm, first_day, often
from boards.queries import bodies as reads
from boards.queries import meetings as sittings
from boards.queries.attendance import attendance_over_time
from boards.seen import sight_of
from boards.services import bodies as services
from boards.services.changing import change_board
from boards.views.common import act_of, form_page, found, here, posted
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from notices.deadlines.boards import board_asked

SHOWN = 6  # how many past meetings and decisions the page of a board shows


@require_safe
@requires(Verb.READ, Thing.BOARD)
def index(request: CouncilRequest) -> HttpResponse:
    """What "Board" opens: the one board that is open, else the list."""
    boards = list(reads.boards_of(request.council))
    main = reads.main_board(request.council, today=timezone.localdate())
    if main is not None and request.GET.get("all") != "1":
        return redirect(here(request, "board", board=main.pk))
    sight = sight_of(request)
    return render(request, "boards/index.html", {"boards": boards, "sight": sight})


@require_safe
@requires(Verb.READ, Thing.BOARD)
def board(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))
    today, sight = timezone.localdate(), sight_of(request)
    coming = sittings.next_meeting(one, today=today)
    terms = reads.terms_of(one)
    latest = terms[0] if terms else None
    acknowledged = reads.who_acknowledged(latest)
    mine = reads.own_memberships(one, request.user, today)
    past = [row for row in sittings.past_meetings(one, today=today) if coming is None or row.pk != coming.pk]
    context: dict[str, Any] = {
        "wide": True,
        "board": one,
        "sight": sight,
        "today": today,
        "coming": coming,
        "to_check": sittings.checklist(coming, sight, today=today) if coming else [],
        "later": [
            row
            for row in sittings.meetings_to_come(one, today=today)
            if coming is None or row.pk != coming.pk
        ],
        "members": reads.members_on(one, today),
        "missing": [line for line in reads.seats_on(one, today) if line.missing],
        "attendance": attendance_over_time(one, last=SHOWN),
        "matters": sittings.open_matters(one, sight),
        "decisions": sittings.decisions_of(one, sight)[:SHOWN],
        "past": past[:SHOWN],
        "past_count": len(past),
        "frequency": reads.frequency_on(one, today),
        "asked": [row for row in reads.frequencies_of(one) if row.state == "asked"],
        "terms": latest,
        "owes_acknowledgement": latest is not None and any(row.pk not in acknowledged for row in mine),
        "boards": list(reads.boards_of(request.council)),
    }
    return render(request, "boards/board.html", context)


@requires(Verb.WRITE, Thing.BOARD)
def add(request: CouncilRequest) -> HttpResponse:
    # the first board of a council is the one its notice asks for, unless somebody says otherwise
    first = not reads.boards_of(request.council).filter(of_notice=True).exists()
    today = timezone.localdate()
    asked = board_asked(request.council, today=today) if first else None
    form = NewBoardForm(posted(request), initial={"of_notice": first, **often(asked)})
    made: list[Any] = []

    def save(form: NewBoardForm) -> str:
        values = dict(form.cleaned_data)
        every, unit, because = values.pop("every"), values.pop("unit"), values.pop("because")
        made.append(
            services.make_board(act=act_of(request), values=values, every=every, unit=unit, because=because)
        )
        return f"{made[0]} is there. Add its members, and its agenda template, next."

    answer = form_page(
        request,
        first_day(form, today),
        title="Add a board",
        back=here(request, "index"),
        back_words="Board",
        save=save,
    )
    return redirect(here(request, "board", board=made[0].pk)) if made else answer


@requires(Verb.WRITE, Thing.BOARD)
def edit(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))
    usual = ("usual_time", "usual_minutes", "usual_place")
    names = ("name", "kind", "of_notice", "begun_on", "quorum", *usual, "closed_on")
    initial = {name: getattr(one, name) for name in (*names, "version")}
    form = BoardForm(posted(request), initial=initial)

    def save(form: BoardForm) -> str:
        changed = change_board(
            act=act_of(request), board_id=board, values=form.values, made_from=form.made_from
        )
        if changed.of_notice == one.of_notice:
            return "Saved."
        counted = "count" if changed.of_notice else "do not count"
        return f"Saved. Meetings planned from today on {counted} for the notice; those held stay as they are."

    return form_page(
        request,
        form,
        title=f"Change {one}",
        back=here(request, "board", board=board),
        back_words=one.name,
        save=save,
    )
