"""Where the chair works during a meeting, or the day after: who is there, notes, decisions, matters, held."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.meetings import ATTENDANCE, BecauseForm, DecisionForm, GuestForm, HeldForm, MatterForm
from boards.queries import bodies as boards
from boards.queries import meetings as reads
from boards.seen import sight_of
from boards.services import agenda as agendas
from boards.services import recording as services
from boards.services.records import Conflict, Refused
from boards.views.common import act_of, form_page, found, here, posted, say, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.queries import numbers_of_refs
from plans.seen import plan_seen_by


@require_safe
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def record(request: CouncilRequest, meeting: int) -> HttpResponse:
    return _page(request, found(reads.meeting_of(request.council, meeting)))


def _page(request: CouncilRequest, one: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    sight, today = sight_of(request), timezone.localdate()
    stored = reads.attendance_rows(one)
    decisions = list(reads.decisions_of(one.board, sight))
    context = {
        "wide": True,
        "meeting": one,
        "board": one.board,
        "sight": sight,
        "today": today,
        "members": [(row, stored.get(row.pk)) for row in boards.members_on(one.board, one.on)],
        "states": ATTENDANCE,
        "guests": reads.guests_of(one),
        "minutes": reads.minutes_seen(one, sight),
        "lines": reads.agenda_of(one, sight),
        "decisions": sorted(
            (row for row in decisions if row.meeting_id == one.pk), key=lambda row: row.number
        ),
        "matters": [row for row in reads.matters_of(one.board, sight) if row.meeting_id == one.pk],
        "people": reads.people_owing(request.council),
        "quorate": services.is_quorate(one),
        "guest": forms.get("guest") or GuestForm(None, council=request.council),
        "held": forms.get("held") or HeldForm(None, initial={"counts_because": one.counts_because}),
        "asked": forms.get("asked") or {},
        "errors": forms.get("errors") or {},
        "note": forms.get("note") or {},
        "may_ask": request.access.may(Verb.WRITE, Thing.CHALLENGE, request.council),
        "may_assure": request.access.may(Verb.WRITE, Thing.ASSURANCE, request.council),
    }
    return render(request, "boards/record.html", context, status=status)


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def attendance(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def do() -> str:
        recorded = services.record_attendance(
            act=act_of(request), meeting_id=meeting, presences=_presences(request.POST)
        )
        if recorded.left:
            messages.warning(
                request,
                f"Somebody else has recorded {', '.join(recorded.left)} meanwhile, and it is left as they said: "
                "look again, and change it if they were wrong.",
            )
        return "Attendance is recorded."

    return step(request, do, here(request, "record", meeting=one.pk))


def _presences(data: QueryDict) -> list[services.Presence]:
    numbers = [name.removeprefix("state-") for name in data if name.startswith("state-")]
    return [
        services.Presence(
            int(number),
            data.get(f"state-{number}", ""),
            data.get(f"deputy-{number}", "").strip()[:200],
            data.get(f"was-{number}", ""),
        )
        for number in numbers
        if number.isdecimal() and data.get(f"state-{number}", "") in {"", *dict(ATTENDANCE)}
    ]


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def guest(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    form = GuestForm(request.POST, council=request.council)
    if not form.is_valid():
        return _page(request, one, guest=form, status=422)

    def do() -> str:
        made = services.add_guest(act=act_of(request), meeting_id=meeting, **form.cleaned_data)
        return f"{made.name} was in attendance."

    return step(request, do, here(request, "record", meeting=meeting))


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def remove_guest(request: CouncilRequest, meeting: int, attendance: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    row = found(reads.guests_of(one).filter(pk=attendance).first())

    def do() -> str:
        services.remove_guest(act=act_of(request), attendance_id=row.pk)
        return f"{row.name} is taken off."

    return step(request, do, here(request, "record", meeting=meeting))


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def item(request: CouncilRequest, item: int) -> HttpResponse:
    """What came of one item, in one form: notes, a decision and a matter; each may be empty."""
    row = found(reads.item_of(request.council, item))
    one = found(reads.meeting_of(request.council, row.meeting_id))
    typed = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in ITEM_FIELDS}
    version = typed["version"]
    act = act_of(request)
    made: list[str] = []
    try:
        kept = agendas.take_notes(
            act=act, item_id=item, notes=typed["notes"], made_from=int(version) if version.isdecimal() else 1
        )
        if kept.version != row.version:
            made.append("what was said")
    except Conflict as conflict:
        clash = {"item": item, "typed": typed, "theirs": conflict.theirs["notes"], "by": conflict.by_name}
        return _page(request, one, note={**clash, "version": conflict.version}, status=409)
    try:
        if typed["decision"].strip():
            decided = services.add_decision(act=act, meeting_id=one.pk, text=typed["decision"], item_id=item)
            made.append(f"decision {decided.ref}")
            typed["decision"] = ""
        if typed["text"].strip():
            made.append(f"matter {_matter(request, one, row, act).number}")
    except Refused as refused:
        return _page(
            request,
            found(reads.meeting_of(request.council, one.pk)),
            asked={"item": item, "typed": typed},
            errors=refused.errors,
            status=422,
        )
    words = f"Saved: {', '.join(made)}." if made else "Nothing new to save."
    messages.success(request, words, extra_tags=f"at:item-{item}")
    return redirect(here(request, "record", meeting=one.pk) + f"#saved-{item}")


ITEM_FIELDS = ("version", "notes", "decision", "text", "owner", "owner_name", "due_on")


def _matter(request: CouncilRequest, one: Any, row: Any, act: Any) -> Any:
    data = request.POST.copy()
    data["item"] = str(row.pk)
    form = MatterForm(data, board=one.board, meeting=one)
    if not form.is_valid():
        raise Refused({name: str(problems[0]) for name, problems in form.errors.items()})
    return services.add_matter(act=act, board_id=one.board_id, values=form.cleaned_data, meeting_id=one.pk)


@require_safe
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def about_action(request: CouncilRequest, meeting: int) -> HttpResponse:
    """On to the page where an action is questioned, or its rating assured: what the meeting said of it."""
    one = found(reads.meeting_of(request.council, meeting))
    ref, what = request.GET.get("ref", ""), request.GET.get("what", "")
    seen = plan_seen_by(request, today=timezone.localdate())
    numbers, _ = numbers_of_refs(seen.table, [ref])
    if not numbers or what not in {"ask", "assure"}:
        messages.error(request, f"No action of the plan has the reference “{ref.strip()[:60]}”.")
        return redirect(here(request, "record", meeting=one.pk) + "#action")
    return redirect(f"plans:{what}", council=request.council.slug, pk=numbers[0])


@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def decision(request: CouncilRequest, decision: int) -> HttpResponse:
    row = found(reads.decision_of(request.council, decision))
    form = DecisionForm(posted(request), initial={"text": row.text, "version": row.version})

    def save(form: DecisionForm) -> str:
        services.change_decision(
            act=act_of(request), decision_id=decision, made_from=form.made_from, **form.values
        )
        return "Saved."

    return form_page(
        request,
        form,
        title=f"Decision {row.ref}",
        back=here(request, "record", meeting=row.meeting_id),
        back_words="Record the meeting",
        save=save,
    )


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def held(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))
    form = HeldForm(request.POST)
    if form.is_valid():
        try:
            done = services.record_held(
                act=act_of(request),
                meeting_id=meeting,
                counts=form.said,
                counts_because=form.cleaned_data["counts_because"],
            )
        except Refused as refused:
            say(form, refused)
        else:
            words = "Recorded as held."
            if one.board.of_notice:
                words += (
                    " It meets the notice’s deadlines."
                    if done.counts
                    else f" It does not count for the notice: {done.counts_because}."
                )
            return step(request, lambda: words, here(request, "meeting", meeting=meeting))
    return _page(request, one, held=form, status=422)


@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def not_held(request: CouncilRequest, meeting: int) -> HttpResponse:
    one = found(reads.meeting_of(request.council, meeting))

    def save(form: BecauseForm) -> str:
        services.take_back_held(act=act_of(request), meeting_id=meeting, **form.cleaned_data)
        return "It is no longer recorded as held."

    return form_page(
        request,
        BecauseForm(posted(request)),
        title="Recorded as held by mistake?",
        back=here(request, "meeting", meeting=one.pk),
        back_words="Meeting",
        lead="Deadlines that it met are owed again.",
        button="It was not held",
        warning=True,
        save=save,
    )
