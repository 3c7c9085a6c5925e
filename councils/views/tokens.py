"""API tokens: one's own, made, seen once and taken back."""

import datetime as dt
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from councils import tokens as way
from councils.forms import TokenForm
from councils.guards import signed_in
from councils.tokens import TokenRefused, roles_for_tokens, tokens_of


@signed_in
@require_safe
def tokens(request: Any) -> HttpResponseBase:
    """One's own tokens that were not revoked."""
    today = timezone.localdate()
    rows = [(token, token.works_on(today)) for token in tokens_of(request.user)]
    may_make = roles_for_tokens(request.user, today=today).exists()
    return render(request, "councils/tokens.html", {"rows": rows, "may_make": may_make})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def make_token(request: Any) -> HttpResponseBase:
    """Make a token, after having signed in a short while ago.

    Its key is shown in the answer itself and never again, so there is no redirect after this POST; sending
    the form again is refused because the name is taken.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    form = TokenForm(request.POST or None, holdings=roles_for_tokens(request.user, today=today))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            token, key = way.make_token(
                holding=typed["holding"],
                name=typed["name"],
                read_only=typed["scope"] == TokenForm.READS,
                expires_on=today + dt.timedelta(days=int(typed["days"])),
                by=request.user,
                now=now,
            )
        except TokenRefused as refused:
            form.add_error("days" if refused.field == "expires_on" else refused.field, str(refused))
        else:
            return render(request, "councils/token_made.html", {"token": token, "key": key})
    return render(request, "councils/token_make.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_token(request: Any, token: int) -> HttpResponseBase:
    """Take a token back, once that is confirmed."""
    found = tokens_of(request.user).filter(pk=token).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        way.revoke_token(number=found.pk, by=request.user, now=timezone.now())
        messages.success(request, f"The token “{found.name}” does not work any more.")
        return redirect("councils:tokens")
    return render(request, "councils/token_revoke.html", {"token": found})
