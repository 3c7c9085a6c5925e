"""One's own choices of mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from councils.guards import signed_in
from notifications.forms import ChoicesForm
from notifications.services.digests import ChoicesConflict, choices_of, save_choices


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choices(request: Any) -> HttpResponse:
    """What one is mailed, and when; saved at once."""
    stands = choices_of(request.user)
    form = ChoicesForm(request.POST or None)
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            save_choices(user=request.user, now=timezone.now(), **form.cleaned_data)
        except ChoicesConflict:
            conflict = True
        else:
            messages.success(request, "Your choices are saved")
            return redirect("notifications:choices")
    value = form.data if form.is_bound else vars(stands)
    errors = {name: found[0] for name, found in form.errors.items()} if form.is_bound else {}
    context = {
        "value": value,
        "version": stands.version,
        "when": ChoicesForm.WHEN,
        "conflict": conflict,
        "errors": errors,
    }
    return render(
        request, "notifications/choices.html", context, status=409 if conflict else 422 if errors else 200
    )
