"""Steps that a council's pages and the national ones share: inviting, and ending a role."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from councils.forms import EndRoleForm, InviteForm
from councils.queries import holdings_of, open_invitations, roles_to_give
from councils.roles import Role
from councils.services import (
    InvitationError,
    NotAllowedError,
    end_role,
    invite,
    revoke_invitation,
    send_again,
)

if TYPE_CHECKING:
    from councils.models import Council, Invitation, Person, RoleHolding


def posted(request: Any) -> Any:
    """What was sent, also if that is nothing; None when a page is only asked for."""
    return request.POST if request.method == "POST" else None


def invite_page(
    request: Any, council: "Council | None", back: str, person: "Person | None" = None
) -> HttpResponseBase:
    """Ask whom to invite to what; `back` is the page to return to. With a person: somebody known already."""
    roles = roles_to_give(request.access, council)
    known = {"name": person.name, "email": person.email} if person else {}
    form = InviteForm(posted(request), roles=roles, initial=known)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            invite(**typed, council=council, person=person, by=request.user, now=timezone.now())
        except (InvitationError, NotAllowedError) as problem:
            form.add_error("email", str(problem))
        else:
            messages.success(request, f"{typed['name']} is invited. An e-mail goes to {typed['email']}.")
            return redirect(back)
    context = {
        "form": form,
        "back": back,
        "council": council,
        "person": person,
        "days": settings.INVITATION_LIFE.days,
        "by_others": [role for role in Role if not role.national and role not in roles] if council else [],
    }
    return render(request, "councils/invite.html", context)


def end_role_page(request: Any, holding: "RoleHolding", back: str) -> HttpResponseBase:
    """Ask when a role ends and why; nothing is ended until that is confirmed."""
    if (
        Role(holding.role) not in roles_to_give(request.access, holding.council)
        or holding.user == request.user
    ):
        raise Http404
    form = EndRoleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            end_role(
                holding=holding,
                last_day=_last_day(form.cleaned_data, today=timezone.localdate(now)),
                by=request.user,
                now=now,
                reason=form.cleaned_data["reason"],
            )
        except ValueError as problem:
            form.add_error("last_day" if form.cleaned_data["last_day"] else "when", str(problem))
        else:
            messages.success(request, f"The role “{holding.label}” of {holding.user} has an end.")
            return redirect(back)
    context = {"form": form, "back": back, "holding": holding, "today": timezone.localdate()}
    return render(request, "councils/role_end.html", context)


def _last_day(typed: dict[str, Any], *, today: dt.date) -> dt.date | None:
    if typed["when"] == EndRoleForm.NOW:
        return None
    return today if typed["when"] == EndRoleForm.TODAY else typed["last_day"]


def open_invitation(council: "Council | None", number: int) -> "Invitation":
    """An invitation of this council (None: to a national role) that is open; 404 otherwise."""
    return get_object_or_404(open_invitations(council), pk=number)


def send_again_step(request: Any, invitation: "Invitation", back: str) -> HttpResponseBase:
    """Send an invitation again, with a new link."""
    return _invitation_step(
        request, invitation, back, send_again, f"A new invitation goes to {invitation.email}."
    )


def revoke_page(request: Any, invitation: "Invitation", back: str) -> HttpResponseBase:
    """Take an invitation back, once that is confirmed."""
    if request.method == "POST":
        done = f"The invitation to {invitation.email} is taken back."
        return _invitation_step(request, invitation, back, revoke_invitation, done)
    return render(request, "councils/invitation_revoke.html", {"invitation": invitation, "back": back})


def _invitation_step(
    request: Any, invitation: "Invitation", back: str, service: Any, done: str
) -> HttpResponseBase:
    try:
        service(invitation=invitation, by=request.user, now=timezone.now())
    except (InvitationError, NotAllowedError) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, done)
    return redirect(back)


def manageable(council: "Council | None", number: int) -> "RoleHolding":
    """A role of this council (None: a national one) that has not ended yet; 404 otherwise."""
    holding = get_object_or_404(holdings_of(council), pk=number)
    if holding.over_on(timezone.localdate()):
        raise Http404
    return holding
