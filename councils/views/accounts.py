"""All accounts, for administrators: who has one, which roles they hold. No case content."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils import queries, services
from councils.forms import ReasonForm
from councils.guards import requires
from councils.rights import Thing, Verb
from councils.views import common

if TYPE_CHECKING:
    from councils.models import User

PAGE = 100


def _back() -> str:
    return reverse("councils:accounts")


@require_safe
@requires(Verb.READ, Thing.USERS)
def accounts(request: Any) -> HttpResponseBase:
    now = timezone.now()
    words = request.GET.get("q", "").strip()[:200]
    found = queries.accounts(words, today=timezone.localdate(now))
    context = {
        "words": words,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "invitations": [
            (invitation, invitation.expired_at(now)) for invitation in queries.open_invitations(None)
        ],
        "wide": True,
    }
    return render(request, "councils/accounts.html", context)


@requires(Verb.WRITE, Thing.USERS)
def invite_nationally(request: Any) -> HttpResponseBase:
    return common.invite_page(request, None, _back())


@require_safe
@requires(Verb.READ, Thing.USERS)
def account(request: Any, account: int) -> HttpResponseBase:
    user = get_object_or_404(queries.users(), pk=account)
    holdings = user.role_holdings.select_related("council").order_by("-starts_on", "-pk")
    today = timezone.localdate()
    context = {
        "account": user,
        "holdings": [(holding, holding.over_on(today)) for holding in holdings],
        "own": user == request.user,
    }
    return render(request, "councils/account.html", context)


@requires(Verb.WRITE, Thing.USERS)
def close_account(request: Any, account: int) -> HttpResponseBase:
    return _set_active(request, get_object_or_404(queries.users(), pk=account, is_active=True), active=False)


@requires(Verb.WRITE, Thing.USERS)
def open_account(request: Any, account: int) -> HttpResponseBase:
    return _set_active(request, get_object_or_404(queries.users(), pk=account, is_active=False), active=True)


def _set_active(request: Any, user: "User", *, active: bool) -> HttpResponseBase:
    back = reverse("councils:account", kwargs={"account": user.pk})
    if user == request.user:
        messages.error(request, "You cannot close your own account.")
        return redirect(back)
    form = ReasonForm(common.posted(request))
    if request.method == "POST" and form.is_valid():
        services.set_active(
            user=user, active=active, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, f"The account of {user} is {'open again' if active else 'closed'}.")
        return redirect(back)
    context = {"form": form, "back": back, "account": user, "active": active}
    return render(request, "councils/account_active.html", context)


@requires(Verb.WRITE, Thing.USERS)
def end_role_nationally(request: Any, holding: int) -> HttpResponseBase:
    return common.end_role_page(request, common.manageable(None, holding), _back())


@require_POST
@requires(Verb.WRITE, Thing.USERS)
def send_again_nationally(request: Any, invitation: int) -> HttpResponseBase:
    return common.send_again_step(request, common.open_invitation(None, invitation), _back())


@requires(Verb.WRITE, Thing.USERS)
def revoke_nationally(request: Any, invitation: int) -> HttpResponseBase:
    return common.revoke_page(request, common.open_invitation(None, invitation), _back())
