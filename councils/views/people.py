"""The people of one council: with and without accounts, organisations, roles, invitations."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from councils import queries, services
from councils.forms import OrganisationForm, PersonForm, SharingForm
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb
from councils.views import common

if TYPE_CHECKING:
    from councils.models import Organisation, Person


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
        person = get_object_or_404(queries.known_people(request.council), user=None, pk=number)
    return common.invite_page(request, request.council, _back(request), person)


@requires(Verb.WRITE, Thing.PEOPLE)
def add_person(request: CouncilRequest) -> HttpResponseBase:
    return _person_page(request, None)


@requires(Verb.WRITE, Thing.PEOPLE)
def edit_person(request: CouncilRequest, person: int) -> HttpResponseBase:
    return _person_page(request, get_object_or_404(queries.known_people(request.council), pk=person))


def _person_page(request: CouncilRequest, person: "Person | None") -> HttpResponseBase:
    name = str(person) if person else ""
    form = PersonForm(common.posted(request), council=request.council, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_person(
                person=form.instance,
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
    return render(request, "councils/person.html", {"form": form, "back": _back(request), "name": name})


@requires(Verb.WRITE, Thing.PEOPLE)
def add_organisation(request: CouncilRequest) -> HttpResponseBase:
    return _organisation_page(request, None)


@requires(Verb.WRITE, Thing.PEOPLE)
def edit_organisation(request: CouncilRequest, organisation: int) -> HttpResponseBase:
    return _organisation_page(
        request, get_object_or_404(queries.organisations_of(request.council), pk=organisation)
    )


def _organisation_page(request: CouncilRequest, organisation: "Organisation | None") -> HttpResponseBase:
    name = str(organisation) if organisation else ""
    form = OrganisationForm(common.posted(request), council=request.council, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_organisation(
                organisation=form.instance,
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
    return render(request, "councils/organisation.html", {"form": form, "back": _back(request), "name": name})


@requires(Verb.WRITE, Thing.PEOPLE)
def end_role_here(request: CouncilRequest, holding: int) -> HttpResponseBase:
    return common.end_role_page(request, common.manageable(request.council, holding), _back(request))


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
