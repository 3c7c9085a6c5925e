"""What stands behind an action's rating: milestones, evidence, assurance."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans import services
from plans.forms.changing import (
    AssureForm,
    DropMilestoneForm,
    EvidenceForm,
    MilestoneForm,
    MoveMilestoneForm,
    ReachForm,
    WithdrawForm,
)
from plans.queries import evidence_one, milestone_of
from plans.seen import may_update
from plans.table import ActionRow
from plans.views.change_pages import Change, action_address, action_seen, change_page, posted

either = require_http_methods(["GET", "HEAD", "POST"])
reports = requires(Verb.WRITE, Thing.OWN_ACTIONS)


def _own(request: CouncilRequest, pk: int) -> ActionRow:
    """An action that the user may report on; a 404 if it is not in the plan, refused if somebody else leads it."""
    seen, row = action_seen(request, pk)
    if not seen.live or not may_update(request, row):
        raise PermissionDenied
    return row


def _change(request: CouncilRequest, row: ActionRow, form: forms.Form, **fields: Any) -> HttpResponse:
    back = action_address(request, row.id)
    return change_page(request, form, Change(back=back, back_text=row.ref, caption=row.ref, **fields))


@either
@reports
def add_milestone(request: CouncilRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return _change(
        request,
        row,
        MilestoneForm(posted(request)),
        act=lambda **typed: services.add_milestone(action_id=row.id, **typed),
        title="Add a milestone",
        button="Add it",
        done=f"{row.ref} has one more milestone",
    )


def _milestone(
    request: CouncilRequest, pk: int, form: type[forms.Form], service: Any, **fields: Any
) -> HttpResponse:
    step = milestone_of(request.council, pk)
    if step is None:
        raise Http404
    row = _own(request, step.action_id)
    initial = {"version": step.version, "due_on": step.due_on, "reached_on": timezone.localdate()}
    return _change(
        request,
        row,
        form(posted(request), initial=initial),
        act=lambda **typed: service(milestone_id=step.pk, **typed),
        quoted=step.text,
        **fields,
    )


@either
@reports
def reach_milestone(request: CouncilRequest, pk: int) -> HttpResponse:
    return _milestone(
        request,
        pk,
        ReachForm,
        services.reach_milestone,
        title="Milestone reached",
        button="Save",
        done="The milestone is recorded",
    )


@either
@reports
def move_milestone(request: CouncilRequest, pk: int) -> HttpResponse:
    return _milestone(
        request,
        pk,
        MoveMilestoneForm,
        services.move_milestone,
        title="Move a milestone",
        button="Move it",
        done="The milestone is moved",
    )


@either
@reports
def drop_milestone(request: CouncilRequest, pk: int) -> HttpResponse:
    return _milestone(
        request,
        pk,
        DropMilestoneForm,
        services.drop_milestone,
        title="No longer a milestone",
        button="Save",
        done="It is no longer a milestone",
        warning=True,
    )


@either
@reports
def add_evidence(request: CouncilRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    form = EvidenceForm(posted(request), request.FILES or None, initial={"on": timezone.localdate()})

    def act(*, file: Any, **typed: Any) -> Any:
        given = (file.name, file) if file else None
        return services.add_evidence(action_id=row.id, file=given, **typed)

    return _change(
        request,
        row,
        form,
        act=act,
        title="Add evidence",
        intro="A file or a link that shows what is said of this action. Nothing in it should name a child.",
        button="Add it",
        done=f"Evidence of {row.ref} is added",
    )


@either
@reports
def withdraw_evidence(request: CouncilRequest, pk: int) -> HttpResponse:
    found = evidence_one(request.council, pk)
    if found is None:
        raise Http404
    row = _own(request, found.action_id)
    return _change(
        request,
        row,
        WithdrawForm(posted(request)),
        act=lambda **typed: services.withdraw_evidence(evidence_id=found.pk, **typed),
        title="Withdraw evidence",
        intro="It no longer counts from today. It stays in the history.",
        quoted=found.title,
        button="Withdraw it",
        done="The evidence is withdrawn",
        warning=True,
    )


@either
@requires(Verb.WRITE, Thing.ASSURANCE)
def assure(request: CouncilRequest, pk: int) -> HttpResponse:
    seen, row = action_seen(request, pk)
    ratings = seen.table.ratings if seen.table else ()
    form = AssureForm(
        posted(request),
        ratings=[(code.code, code.label) for code in ratings],
        initial={"on": timezone.localdate(), "rating": None},
    )
    reported = row.rating.label if row.rating else "not rated"
    when = "" if seen.live else " Readers of frozen positions see it from the next position on."
    return _change(
        request,
        row,
        form,
        act=lambda **typed: services.assure(action_id=row.id, **typed),
        title="Assure it",
        intro=f"It is reported {reported}. Your rating stands beside that and changes nothing of it.{when}",
        quoted=row.activity,
        button="Save what testing accepts",
        done=f"{row.ref} is assured",
    )
