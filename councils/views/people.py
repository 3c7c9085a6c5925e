"""The people of one council: with and without accounts, organisations, roles, invitations."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils import queries, services
from councils.forms import OrganisationForm, PersonForm, SharingForm
from councils.guards import CouncilRequest, requires
from councils.models import Organisation, Person, RoleHolding
from councils.rights import Thing, Verb
from councils.views import common


def _back(request: CouncilRequest) -> str:
    return reverse("councils:people", kwargs={"council": request.council.slug})


@require_safe
@requires(Verb.READ, Thing.PEOPLE)
def people(request: CouncilRequest) -> HttpResponseBase:
    now = timezone.now()
    can_write = request.access.may(Verb.WRITE, Thing.PEOPLE, request.council)
    context = {
        "rows": queries.people_of(request.council, today=timezone.localdate(now)),
        "organisations": queries.organisations_of(request.council),
        "invitations": [
            (invitation, invitation.expired_at(now))
            for invitation in queries.open_invitations(request.council)
        ],
        "can_write": can_write,
        "may_end": set(queries.roles_to_give(request.access, request.council)),
        "may_share": request.access.may(Verb.WRITE, Thing.LIVE_PLAN, request.council),
        "wide": True,
    }
    return render(request, "councils/people.html", context)


@requires(Verb.WRITE, Thing.PEOPLE)
def invite_here(request: CouncilRequest) -> HttpResponseBase:
    number = request.GET.get("person", "")
    person = None
    if number.isdecimal():
        person = get_object_or_404(Person, council=request.council, user=None, pk=number)
    return common.invite_page(request, request.council, _back(request), person)


@requires(Verb.WRITE, Thing.PEOPLE)
def add_person(request: CouncilRequest) -> HttpResponseBase:
    return _person_page(request, Person(council=request.council))


@requires(Verb.WRITE, Thing.PEOPLE)
def edit_person(request: CouncilRequest, person: int) -> HttpResponseBase:
    return _person_page(request, get_object_or_404(Person, council=request.council, pk=person))


def _person_page(request: CouncilRequest, person: Person) -> HttpResponseBase:
    form = PersonForm(common.posted(request), instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_person(
                person=_as_stored(person),
                values=form.values,
                by=request.user,
                now=timezone.now(),
                made_from=form.made_from,
            )
        except services.ChangedMeanwhileError as clash:
            form.say_changed_meanwhile(clash.current)
        else:
            messages.success(request, f"{form.instance} is saved.")
            return redirect(_back(request))
    name = str(_as_stored(person)) if person.pk else ""
    return render(request, "councils/person.html", {"form": form, "back": _back(request), "name": name})


@requires(Verb.WRITE, Thing.PEOPLE)
def add_organisation(request: CouncilRequest) -> HttpResponseBase:
    return _organisation_page(request, Organisation(council=request.council))


@requires(Verb.WRITE, Thing.PEOPLE)
def edit_organisation(request: CouncilRequest, organisation: int) -> HttpResponseBase:
    return _organisation_page(
        request, get_object_or_404(Organisation, council=request.council, pk=organisation)
    )


def _organisation_page(request: CouncilRequest, organisation: Organisation) -> HttpResponseBase:
    form = OrganisationForm(common.posted(request), instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_organisation(
                organisation=_as_stored(organisation),
                values=form.values,
                by=request.user,
                now=timezone.now(),
                made_from=form.made_from,
            )
        except services.ChangedMeanwhileError as clash:
            form.say_changed_meanwhile(clash.current)
        else:
            messages.success(request, f"{form.instance} is saved.")
            return redirect(_back(request))
    name = str(_as_stored(organisation)) if organisation.pk else ""
    return render(request, "councils/organisation.html", {"form": form, "back": _back(request), "name": name})


def _as_stored(record: Any) -> Any:
    """The record without what a form has put into it: the service works out what changes."""
    return type(record).objects.get(pk=record.pk) if record.pk else type(record)(council=record.council)


@requires(Verb.WRITE, Thing.PEOPLE)
def end_role_here(request: CouncilRequest, holding: int) -> HttpResponseBase:
    here = RoleHolding.objects.filter(council=request.council)
    return common.end_role_page(request, common.manageable(here, holding), _back(request))


@require_POST
@requires(Verb.WRITE, Thing.PEOPLE)
def send_again_here(request: CouncilRequest, invitation: int) -> HttpResponseBase:
    return common.send_again_step(
        request, common.open_invitation(request.council, invitation), _back(request)
    )


@requires(Verb.WRITE, Thing.PEOPLE)
def revoke_here(request: CouncilRequest, invitation: int) -> HttpResponseBase:
    return common.revoke_page(request, common.open_invitation(request.council, invitation), _back(request))


@requires(Verb.WRITE, Thing.LIVE_PLAN)
def sharing(request: CouncilRequest) -> HttpResponseBase:
    """Whether the chair, or DfE, may see the plan as it is being typed."""
    council = request.council
    form = SharingForm(common.posted(request), instance=type(council).objects.get(pk=council.pk))
    back = reverse("councils:sharing", kwargs={"council": council.slug})
    if request.method == "POST" and form.is_valid():
        try:
            services.save_council_sharing(
                council=council,
                values=form.values,
                by=request.user,
                now=timezone.now(),
                made_from=form.made_from,
            )
        except services.ChangedMeanwhileError as clash:
            form.say_changed_meanwhile(clash.current)
        else:
            messages.success(request, "Saved.")
            return redirect(back)
    return render(request, "councils/sharing.html", {"form": form})
