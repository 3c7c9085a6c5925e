"""Changing the plan: dates, words, leads, place; adding, splitting, merging, retiring. Each asks for a reason."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from plans import services
from plans.forms.changing import (
    AddActionForm,
    BringBackForm,
    LeadsForm,
    MergeForm,
    MoveEndForm,
    RecursForm,
    RehomeForm,
    RetireForm,
    RewordForm,
    SplitForm,
)
from plans.queries import numbers_of_refs
from plans.recurring import Plain, recurrence, schedule_of
from plans.seen import Seen, plan_seen_by
from plans.services import NewAction, Refused
from plans.table import ActionRow
from plans.views.change_pages import Change, action_address, action_seen, change_page, posted

either = require_http_methods(["GET", "HEAD", "POST"])
writes = requires(Verb.WRITE, Thing.LIVE_PLAN)


def _live(request: CouncilRequest, pk: int) -> tuple[Seen, ActionRow]:
    seen, row = action_seen(request, pk)
    if not seen.live:
        raise Http404
    return seen, row


def _change(request: CouncilRequest, row: ActionRow, form: forms.Form, **fields: Any) -> HttpResponse:
    act = fields.pop("act")
    change = Change(
        act=lambda **typed: act(action_id=row.id, **typed),
        back=action_address(request, row.id),
        back_text=row.ref,
        caption=row.ref,
        **fields,
    )
    return change_page(request, form, change)


@either
@writes
def move(request: CouncilRequest, pk: int) -> HttpResponse:
    _, row = _live(request, pk)
    form = MoveEndForm(posted(request), initial={"version": row.version, "end": row.ends_on})
    stands = f"It ends on {row.ends_on.day} {row.ends_on:%B %Y}." if row.ends_on else "It has no end."

    def act(*, end: dt.date | None, version: int, **typed: Any) -> Any:
        if end == row.ends_on and version == row.version:  # sent twice it comes from an older version
            raise Refused({"end": "That is the day it ends on already" if end else "It has no end already"})
        return services.move_end(end=end, version=version, **typed)

    return _change(
        request,
        row,
        form,
        act=act,
        title="Move the end",
        intro=f"{stands} The earlier date stays readable, with who approved the move and why.",
        quoted=row.activity,
        button="Move the end",
        done=f"The end of {row.ref} is moved",
    )


@either
@writes
def recur(request: CouncilRequest, pk: int) -> HttpResponse:
    seen, row = _live(request, pk)
    stands = recurrence(
        row.recurs, on=timezone.localdate(), last_board=seen.boards.last, next_board=seen.boards.next
    )
    chosen = Plain.of(schedule_of(row.recurs))
    initial = {
        "version": row.version,
        "each": "",
        "from_on": row.starts_on,
        **(chosen.__dict__ if chosen else {}),
    }

    def act(*, schedule: Any, reason: str, version: int, **typed: Any) -> Any:
        actor = {name: typed[name] for name in ("council", "by", "now", "today", "action_id")}
        return services.set_recurrence(schedule=schedule, reason=reason, version=version, **actor)

    return _change(
        request,
        row,
        RecursForm(posted(request), initial=initial),
        act=act,
        title="Change how it recurs" if stands else "Make it recur",
        intro=" ".join(
            filter(
                None,
                (
                    f"It falls due {stands.said}." if stands else "It does not recur.",
                    f"The plan’s own words for when it is due are “{' '.join(row.timeline.split())}”."
                    if row.timeline
                    else "",
                ),
            )
        ),
        quoted=row.activity,
        button="Save how it recurs",
        done=f"How {row.ref} recurs is changed",
    )


@either
@writes
def reword(request: CouncilRequest, pk: int) -> HttpResponse:
    _, row = _live(request, pk)
    stands = {name: getattr(row, name) for name in services.WORDING}
    form = RewordForm(posted(request), initial={**stands, "version": row.version})

    def act(*, version: int, reason: str, **typed: Any) -> Any:
        actor = {name: typed.pop(name) for name in ("council", "by", "now", "today", "action_id")}
        # a form that was cut short changes only what it names
        sent = {name: value for name, value in typed.items() if name in form.data}
        return services.reword(values=sent, version=version, reason=reason, **actor)

    return _change(
        request,
        row,
        form,
        act=act,
        title="Reword it",
        intro="Its reference and its history stay.",
        button="Save the words",
        done=f"{row.ref} is reworded",
    )


@either
@writes
def leads(request: CouncilRequest, pk: int) -> HttpResponse:
    _, row = _live(request, pk)
    names = "\n".join(lead.name for lead in row.leads)
    form = LeadsForm(posted(request), initial={"leads": names, "version": row.version})
    return _change(
        request,
        row,
        form,
        act=services.change_leads,
        title="Change who leads it",
        quoted=row.activity,
        button="Change the leads",
        done=f"{row.ref} has other leads",
    )


@either
@writes
def rehome(request: CouncilRequest, pk: int) -> HttpResponse:
    seen, row = _live(request, pk)
    initial = {"objective": row.objective_id, "version": row.version}
    form = RehomeForm(posted(request), objectives=_objectives(seen), initial=initial)

    def act(*, objective: int, **typed: Any) -> Any:
        return services.rehome(objective_id=objective, **typed)

    return _change(
        request,
        row,
        form,
        act=act,
        title="Move it to another objective",
        intro="Its reference stays.",
        quoted=row.activity,
        button="Move it",
        done=f"{row.ref} is under another objective",
    )


@either
@writes
def retire(request: CouncilRequest, pk: int) -> HttpResponse:
    _, row = _live(request, pk)
    return _change(
        request,
        row,
        RetireForm(posted(request), initial={"version": row.version}),
        act=services.retire,
        title="Take it out of the plan",
        intro="From today it is no longer counted. It stays readable with all that was reported, its reference is not "
        "used again, and it can be brought back.",
        quoted=row.activity,
        button="Take it out",
        done=f"{row.ref} is no longer part of the plan",
        warning=True,
    )


@either
@writes
def bring_back(request: CouncilRequest, pk: int) -> HttpResponse:
    form = BringBackForm(posted(request))

    def act(**typed: Any) -> Any:
        try:
            return services.bring_back(action_id=pk, **typed)
        except ObjectDoesNotExist:
            raise Http404 from None

    change = Change(
        act=act,
        title="Bring it back into the plan",
        button="Bring it back",
        done="It is part of the plan again",
        back=action_address(request, pk),
        back_text="Action",
    )
    return change_page(request, form, change)


@either
@writes
def split(request: CouncilRequest, pk: int) -> HttpResponse:
    _, row = _live(request, pk)
    form = SplitForm(posted(request), initial={"version": row.version, "keep": "no"})

    def act(*, keep: bool, reason: str, version: int, **typed: Any) -> Any:
        actor = {name: typed[name] for name in ("council", "by", "now", "today", "action_id")}
        parts = [NewAction(part["ref"], part["activity"], ends_on=part["ends_on"]) for part in form.parts]
        try:
            return services.split(parts=parts, keep=keep, reason=reason, version=version, **actor)
        except Refused as refused:
            found = {form.field_of(name, words): words for name, words in refused.errors.items()}
            raise Refused(found) from refused

    return _change(
        request,
        row,
        form,
        act=act,
        title="Split it",
        intro="Each part becomes an action of its own under the same objective, led by the same leads until you change "
        "that. Leave empty what you do not need.",
        quoted=row.activity,
        button="Split it",
        done=f"{row.ref} is split",
    )


@either
@writes
def merge(request: CouncilRequest, pk: int) -> HttpResponse:
    seen, row = _live(request, pk)
    form = MergeForm(posted(request), initial={"version": row.version})

    def act(*, others: str, **typed: Any) -> Any:
        named = [ref for ref in others.replace(";", ",").split(",") if ref.strip()]
        numbers, unknown = numbers_of_refs(seen.table, named)
        if unknown:
            raise Refused(
                {"others": f"Not in the plan: {', '.join(unknown)}. Give references as the plan has them"}
            )
        return services.merge(others=numbers, **typed)

    return _change(
        request,
        row,
        form,
        act=act,
        title="Merge others into it",
        intro="The others leave the plan from today and point to this one. What was reported of them stays with them.",
        quoted=row.activity,
        button="Merge",
        done=f"{row.ref} has taken in the others",
    )


@either
@writes
def add_action(request: CouncilRequest) -> HttpResponse:
    seen = plan_seen_by(request, today=timezone.localdate())
    back = reverse("plans:plan", kwargs={"council": request.council.slug})
    if seen.table is None:
        return redirect(back)
    initial = {"objective": request.GET.get("objective", "")}
    form = AddActionForm(posted(request), objectives=_objectives(seen), initial=initial)

    def act(*, objective: int, reason: str, **typed: Any) -> Any:
        actor = {name: typed.pop(name) for name in ("council", "by", "now", "today")}
        return services.add_action(objective_id=objective, new=NewAction(**typed), reason=reason, **actor)

    change = Change(
        act=act,
        title="Add an action",
        button="Add it to the plan",
        done="The action is part of the plan",
        back=back,
        back_text="Plan",
    )
    return change_page(request, form, change)


def _objectives(seen: Seen) -> list[tuple[int, str]]:
    objectives = seen.table.objectives if seen.table else ()
    return [(o.id, f"{o.ref} {o.title or o.text}".strip()[:120] or "No objective") for o in objectives]
