"""Who is asked: a lead as the plan has them. Plain Python."""

from dataclasses import dataclass
from typing import Self

from plans.rows import ActionRow, Lead


@dataclass(frozen=True)
class Who:
    """One lead of a plan: a person, an organisation, or only the words that the plan uses."""

    name: str
    person: int | None = None
    organisation: int | None = None

    @classmethod
    def of(cls, lead: Lead) -> Self:
        return cls(lead.name, lead.person, lead.organisation)

    @property
    def key(self) -> str:
        """What an address names the lead by: p12, o3, n:Head of Safeguarding."""
        if self.person is not None:
            return f"p{self.person}"
        if self.organisation is not None:
            return f"o{self.organisation}"
        return f"n:{self.name}"

    def leads(self, row: ActionRow) -> bool:
        """Whether the plan names exactly them among an action's leads."""
        return any(Who.of(lead).key == self.key for lead in row.leads)


def leads_among(rows: tuple[ActionRow, ...]) -> list[Who]:
    """Every lead of these actions, once, by name."""
    found: dict[str, Who] = {}
    for row in rows:
        for lead in row.leads:
            who = Who.of(lead)
            found.setdefault(who.key, who)
    return sorted(found.values(), key=lambda who: who.name.casefold())
