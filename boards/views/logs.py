"""Attendance over time, partners, the risk log and the forward plan."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.meetings import BecauseForm, ForwardForm, RiskForm
from boards.queries import attendance as coming
from boards.queries import bodies as boards
from boards.queries import meetings as reads
from boards.seen import sight_of
from boards.services import agenda as agendas
from boards.services import risks as services
from boards.services.records import Refused
from boards.views.common import act_of, form_page, found, here, posted, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans.seen import plan_seen_by


@require_safe
@requires(Verb.READ, Thing.BOARD)
def attendance(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    over_time = coming.attendance_over_time(one)
    links = {row.name: row.pk for row in coming.organisations_of(request.council)}
    context = {"wide": True, "board": one, "sight": sight_of(request), "over_time": over_time, "links": links}
    return render(request, "boards/attendance.html", context)


@require_safe
@requires(Verb.READ, Thing.BOARD)
def partner(request: CouncilRequest, board: int, organisation: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    body = found(coming.organisation_of(request.council, organisation))
    today, sight = timezone.localdate(), sight_of(request)
    sees_plan = request.access.may(Verb.READ, Thing.LIVE_PLAN, request.council)
    table = plan_seen_by(request, today=today).table if sees_plan else None
    [partner] = coming.partners(one, [body], sight, today=today, actions=table.actions if table else ())
    context = {
        "board": one,
        "today": today,
        "partner": partner,
        "lacks": partner.lacks(today=today),
        "sees_plan": sees_plan,
    }
    return render(request, "boards/partner.html", context)


@require_safe
@requires(Verb.READ, Thing.BOARD)
def risks(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    closed = request.GET.get("show") == "closed"
    context = {
        "wide": True,
        "board": one,
        "sight": sight_of(request),
        "rows": reads.risks_of(one, closed=closed),
        "closed": closed,
    }
    return render(request, "boards/risks.html", context)


@requires(Verb.WRITE, Thing.BOARD)
def add_risk(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))

    def save(form: RiskForm) -> str:
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        return f"{services.save_risk(act=act_of(request), board_id=one.pk, values=values)} is in the log."

    return form_page(
        request,
        RiskForm(posted(request), council=request.council),
        title="Add a risk or an issue",
        back=here(request, "risks", board=board),
        back_words="Risks and issues",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD)
def edit_risk(request: CouncilRequest, risk: int) -> HttpResponse:
    row = found(reads.risk_of(request.council, risk))
    names = ("kind", "text", "likelihood", "impact", "mitigation", "owner_name", "version")
    initial = {name: getattr(row, name) for name in names} | {"objective": row.objective_id}
    form = RiskForm(posted(request), council=request.council, initial=initial)

    def save(form: RiskForm) -> str:
        values = dict(form.cleaned_data)
        services.save_risk(
            act=act_of(request),
            board_id=row.board_id,
            risk_id=risk,
            made_from=values.pop("version"),
            values=values,
        )
        return "Saved, and looked at today."

    return form_page(
        request,
        form,
        title=f"Change {str(row).lower()}",
        back=here(request, "risks", board=row.board_id),
        back_words="Risks and issues",
        save=save,
    )


@require_POST
@requires(Verb.WRITE, Thing.MEETING_DRAFTS)
def put_risk(request: CouncilRequest, risk: int) -> HttpResponse:
    """Put a risk or an issue on the agenda of the next meeting."""
    row = found(reads.risk_of(request.council, risk))
    meeting = reads.meetings_to_come(row.board, today=timezone.localdate()).first()

    def do() -> str:
        if meeting is None:
            raise Refused({"risk": "No meeting is planned: plan one first"})
        agendas.put_risk(act=act_of(request), risk_id=risk, meeting_id=meeting.pk)
        return f"{row} is on the agenda of {meeting.on.day} {meeting.on:%B %Y}."

    return step(request, do, here(request, "risks", board=row.board_id))


@requires(Verb.WRITE, Thing.BOARD)
def close_risk(request: CouncilRequest, risk: int) -> HttpResponse:
    row = found(reads.risk_of(request.council, risk))

    def save(form: BecauseForm) -> str:
        services.close_risk(act=act_of(request), risk_id=risk, on=timezone.localdate(), **form.cleaned_data)
        return f"{row} is closed."

    return form_page(
        request,
        BecauseForm(posted(request)),
        title=f"Close {str(row).lower()}",
        back=here(request, "risks", board=row.board_id),
        back_words="Risks and issues",
        lead=row.text,
        button="Close it",
        save=save,
    )


@require_safe
@requires(Verb.READ, Thing.BOARD)
def forward(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))
    rows = list(reads.forward_of(one))
    context = {
        "wide": True,
        "board": one,
        "sight": sight_of(request),
        "coming": [row for row in rows if row.item is None],
        "done": [row for row in rows if row.item is not None],
    }
    return render(request, "boards/forward.html", context)


@requires(Verb.WRITE, Thing.BOARD)
def add_forward(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(boards.board_of(request.council, board))

    def save(form: ForwardForm) -> str:
        made = agendas.save_forward_item(act=act_of(request), board_id=one.pk, values=form.cleaned_data)
        return f"“{made}” is in the forward plan."

    return form_page(
        request,
        ForwardForm(posted(request), council=request.council),
        title="Add to the forward plan",
        back=here(request, "forward", board=board),
        back_words="Forward plan",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD)
def drop_forward(request: CouncilRequest, forward: int) -> HttpResponse:
    row = found(reads.forward_item_of(request.council, forward))

    def save(form: BecauseForm) -> str:
        agendas.drop_forward_item(act=act_of(request), item_id=forward, **form.cleaned_data)
        return f"“{row}” is out of the forward plan."

    return form_page(
        request,
        BecauseForm(posted(request)),
        title=f"Drop “{row}”",
        back=here(request, "forward", board=row.board_id),
        back_words="Forward plan",
        button="Drop it",
        save=save,
    )
