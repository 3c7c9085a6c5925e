"""The doors in: an invitation's link, and the demonstration accounts of the embedded set-up."""

from typing import TYPE_CHECKING, Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import auth, messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from councils import services
from councils.forms import AcceptForm
from councils.guards import public
from councils.queries import has_account, invitation_by_token
from councils.services.demo import demo_accounts
from councils.views.common import posted

if TYPE_CHECKING:
    from councils.models import Invitation


@public
@never_cache
def accept(request: Any, token: str) -> HttpResponseBase:
    """Accept an invitation. Opening the link changes nothing: mail programs open links by themselves."""
    invitation = invitation_by_token(token, now=timezone.now())
    if invitation is None:
        return render(request, "councils/invitation_dead.html", status=404)
    if request.user.is_authenticated and request.user.email.lower() == invitation.email.lower():
        return _accept_as(request, invitation)
    if request.user.is_authenticated or has_account(invitation.email):
        context = {"invitation": invitation, "path": request.path}
        return render(request, "councils/invitation_sign_in.html", context)
    return _accept_as_new(request, invitation)


def _accept_as(request: Any, invitation: "Invitation") -> HttpResponseBase:
    """Somebody who has an account, and is signed in with it, gets a role more."""
    if request.method != "POST":
        return render(request, "councils/invitation_confirm.html", {"invitation": invitation})
    try:
        services.accept_invitation(invitation=invitation, user=request.user, now=timezone.now())
    except services.InvitationError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"You now hold the role “{invitation.label}”.")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _accept_as_new(request: Any, invitation: "Invitation") -> HttpResponseBase:
    """Somebody without an account gives a name and chooses a password, and is signed in."""
    form = AcceptForm(posted(request), email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = services.accept_invitation(invitation=invitation, now=timezone.now(), **form.cleaned_data)
        except (services.InvitationError, services.AccountExistsError):
            return redirect(request.path)  # it was pressed twice: the page says how things stand now
        response: HttpResponseBase = perform_login(request, user, redirect_url=settings.LOGIN_REDIRECT_URL)
        return response
    context = {"invitation": invitation, "form": form, "single_sign_on": _single_sign_on()}
    return render(request, "councils/invitation_accept.html", context)


def _single_sign_on() -> str:
    """The name of the OpenID Connect provider, where one is set up."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""


@public
@require_POST
def demo_sign_in(request: Any) -> HttpResponseBase:
    """Sign in to a demonstration account by one press, and go on to `next` where that is a page of ours.

    Where demonstration accounts are off, there is no such page.
    """
    users = {role.value: user for role, user in demo_accounts()}
    user = users.get(request.POST.get("role", ""))
    if user is None:
        raise Http404
    if request.user.is_authenticated:
        auth.logout(request)
    response: HttpResponseBase = perform_login(request, user)
    return response
