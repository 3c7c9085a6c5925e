"""Who leads an action: names as a person wrote them, tied to the people and organisations that the council knows."""

from collections.abc import Sequence

from councils.models import Council, Organisation, Person
from plans.models import Action, ActionLead
from plans.rows import Lead

MOST = 20


def leads_named(council: Council, names: Sequence[str]) -> list[Lead]:
    """Leads of these names, in order and each once.

    A name that a person or organisation of the council bears is tied to it, if only one does; any other stays words.
    """
    people: dict[str, set[int]] = {}
    for number, name, post in Person.objects.filter(council=council).values_list("pk", "name", "post"):
        for known in {name.casefold(), post.casefold()} - {""}:
            people.setdefault(known, set()).add(number)
    organisations = {o.name.casefold(): o.pk for o in Organisation.objects.filter(council=council)}
    found: dict[str, Lead] = {}
    for name in (" ".join(given.split())[:200] for given in names):
        key = name.casefold()
        if not key or key in found:
            continue
        persons = people.get(key, set())
        person = next(iter(persons)) if len(persons) == 1 else None
        found[key] = Lead(name, person, None if persons else organisations.get(key))
    return list(found.values())


def lead_values(leads: Sequence[Lead]) -> list[dict[str, str | int | None]]:
    """Leads as the log keeps them."""
    return [{"name": lead.name, "person": lead.person, "organisation": lead.organisation} for lead in leads]


def stored_leads(action: Action) -> list[Lead]:
    """The leads of an action as they are stored."""
    rows = action.leads.order_by("order").values_list("name", "person_id", "organisation_id")
    return [Lead(*row) for row in rows]


def store_leads(action: Action, leads: Sequence[Lead]) -> None:
    """Put these leads in the place of those an action has."""
    action.leads.all().delete()
    ActionLead.objects.bulk_create(
        ActionLead(
            action=action,
            order=order,
            name=lead.name,
            person_id=lead.person,
            organisation_id=lead.organisation,
        )
        for order, lead in enumerate(leads)
    )
