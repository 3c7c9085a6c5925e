"""Who a document's leads are: matched to the council's people and organisations, and made known to them."""

from collections.abc import Iterable

from councils.models import Council, Organisation, Person
from history.services import ChangeLog
from plans.models import Action, ActionLead
from plans.reader import Lead, LeadKind


class LeadBook:
    """The people, posts and organisations of a council by their names; what it learns is in the log."""

    def __init__(self, council: Council, log: ChangeLog) -> None:
        self.council = council
        self.log = log
        self.people: dict[str, int] = {}
        self.organisations = {o.name.casefold(): o.pk for o in Organisation.objects.filter(council=council)}
        for number, name, post in Person.objects.filter(council=council).values_list("pk", "name", "post"):
            self.people.setdefault((name or post).casefold(), number)

    def learn(self, leads: Iterable[Lead]) -> None:
        """Make known the people, posts and organisations that are new; a name of unknown kind stays words."""
        people: dict[str, Person] = {}
        organisations: dict[str, Organisation] = {}
        for lead in leads:
            key, name = lead.name.casefold(), lead.name[:200]
            if key in self.people or key in self.organisations:
                continue
            if lead.kind is LeadKind.PERSON:
                people.setdefault(key, Person(council=self.council, name=name))
            elif lead.kind is LeadKind.ROLE:
                people.setdefault(key, Person(council=self.council, post=name))
            elif lead.kind is LeadKind.ORGANISATION:
                organisations.setdefault(key, Organisation(council=self.council, name=name))
        Person.objects.bulk_create(people.values())
        Organisation.objects.bulk_create(organisations.values())
        for key, person in people.items():
            self.people[key] = person.pk
            self.log.made("councils.person", person.pk, {"name": person.name, "post": person.post})
        for key, organisation in organisations.items():
            self.organisations[key] = organisation.pk
            self.log.made("councils.organisation", organisation.pk, {"name": organisation.name})

    def as_logged(self, leads: Iterable[Lead]) -> list[dict[str, str | int | None]]:
        """Leads as the log keeps them and the plan's table at a day reads them."""
        return [
            {"name": lead.name[:200], "person": person, "organisation": organisation}
            for lead in leads
            for person, organisation in [self._numbers(lead)]
        ]

    def leads_for(self, action: Action, leads: Iterable[Lead]) -> list[ActionLead]:
        """Unsaved leads of an action, in the document's order."""
        made = []
        for order, lead in enumerate(leads):
            person, organisation = self._numbers(lead)
            made.append(
                ActionLead(
                    action_id=action.pk,
                    order=order,
                    name=lead.name[:200],
                    person_id=person,
                    organisation_id=organisation,
                )
            )
        return made

    def _numbers(self, lead: Lead) -> tuple[int | None, int | None]:
        key = lead.name.casefold()
        person = self.people.get(key)
        return person, None if person else self.organisations.get(key)
