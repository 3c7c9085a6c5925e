"""Who belongs to a board: members and seats, terms of reference and who has read them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.bodies import EndForm, MemberForm, SeatForm, TermsForm, first_day
from boards.queries import bodies as reads
from boards.seen import sight_of
from boards.services import bodies as services
from boards.views.common import act_of, files_of, form_page, found, here, posted, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb


@require_safe
@requires(Verb.READ, Thing.BOARD)
def members(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))
    today = timezone.localdate()
    terms = reads.terms_of(one)
    acknowledged = reads.who_acknowledged(terms[0] if terms else None)
    context = {
        "wide": True,
        "board": one,
        "today": today,
        "sight": sight_of(request),
        "members": reads.members_on(one, today),
        "past": reads.past_members(one, today),
        "seats": reads.seats_on(one, today),
        "terms": terms,
        "acknowledged": acknowledged,
        "owes_acknowledgement": bool(terms)
        and any(row.pk not in acknowledged for row in reads.own_memberships(one, request.user, today)),
    }
    return render(request, "boards/members.html", context)


@requires(Verb.WRITE, Thing.BOARD)
def add_member(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))
    seat = request.GET.get("seat", "")
    initial = {"seat": seat} if seat.isdecimal() else {}
    form = MemberForm(posted(request), board=one, initial=initial)

    def save(form: MemberForm) -> str:
        made = services.add_member(act=act_of(request), board_id=board, values=form.cleaned_data)
        return f"{made.person} is on the board."

    return form_page(
        request,
        first_day(form, timezone.localdate()),
        title="Add somebody to the board",
        back=here(request, "members", board=board),
        back_words="Members",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD)
def end_member(request: CouncilRequest, membership: int) -> HttpResponse:
    row = found(reads.membership_of(request.council, membership))

    def save(form: EndForm) -> str:
        services.end_membership(act=act_of(request), membership_id=membership, **form.cleaned_data)
        return f"The membership of {row.person} has its last day."

    return form_page(
        request,
        first_day(EndForm(posted(request)), timezone.localdate()),
        title=f"End the membership of {row.person}",
        back=here(request, "members", board=row.board_id),
        back_words="Members",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD)
def add_seat(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))

    def save(form: SeatForm) -> str:
        return f"{services.add_seat(act=act_of(request), board_id=one.pk, values=form.cleaned_data)}: added."

    return form_page(
        request,
        SeatForm(posted(request), council=request.council),
        title="Add a seat",
        back=here(request, "members", board=board),
        back_words="Members",
        lead="A seat that something asks for shows as missing while nobody sits on it.",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD)
def end_seat(request: CouncilRequest, seat: int) -> HttpResponse:
    row = found(reads.seat_of(request.council, seat))

    def save(form: EndForm) -> str:
        services.end_seat(act=act_of(request), seat_id=seat, **form.cleaned_data)
        return f"The board has the seat “{row}” no longer."

    return form_page(
        request,
        first_day(EndForm(posted(request)), timezone.localdate()),
        title=f"Take away the seat “{row}”",
        back=here(request, "members", board=row.board_id),
        back_words="Members",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD)
def add_terms(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))

    def save(form: TermsForm) -> str:
        made = services.add_terms(act=act_of(request), board_id=one.pk, **form.cleaned_data)
        return f"{made} is there. Members are asked to say that they have read it."

    return form_page(
        request,
        first_day(TermsForm(posted(request), files_of(request)), timezone.localdate()),
        title="New version of the terms of reference",
        back=here(request, "members", board=board),
        back_words="Members",
        save=save,
        keep=f"terms-{board}-{one.terms.count()}",
    )


@require_POST
@requires(Verb.WRITE, Thing.OWN_PART)
def acknowledge(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))

    def do() -> str:
        services.acknowledge_terms(act=act_of(request), board_id=one.pk)
        return "Recorded: you have read the terms of reference."

    return step(request, do, here(request, "members", board=board))
