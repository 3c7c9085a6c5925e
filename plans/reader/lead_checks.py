"""What is asked about leads: once for all actions whose cell says the same."""

from collections import defaultdict

from plans.reader.draft import Draft, DraftAction, set_action
from plans.reader.findings import Change, Choice, FindingCode, Severity
from plans.reader.leads import Leads
from plans.reader.reading import ColumnRole as Role
from plans.reader.reading import Lead, LeadKind

_KINDS = {LeadKind.PERSON: "A person", LeadKind.ROLE: "A role", LeadKind.ORGANISATION: "An organisation"}


def check_leads(draft: Draft, leads: dict[str, Leads]) -> None:
    """Find names that were tidied, cells that could be read in two ways, and names that could be anything."""
    alike: dict[str, list[DraftAction]] = defaultdict(list)
    for action in draft.actions:
        if words := " ".join(action.said(Role.LEAD).split()):
            alike[words].append(action)
    for words, actions in alike.items():
        found = leads[actions[0].key]
        if found.readings:
            _ask_reading(draft, words, actions, found)
        elif any(lead.kind is LeadKind.UNKNOWN for lead in found.leads):
            _ask_kind(draft, words, actions, found)
        elif found.tidied:
            names = "; ".join(lead.name for lead in found.leads)
            message = f"{_where(actions)}: “{words}” was read as {names}."
            draft.find_in(actions[0], FindingCode.LEAD_TIDIED, Severity.NOTE, message, role=Role.LEAD)


def _where(actions: list[DraftAction]) -> str:
    place = f"{actions[0].row.opening} ({actions[0].name})"
    others = len(actions) - 1
    return f"{place} and {others} more that say the same" if others else place


def _ask_reading(draft: Draft, words: str, actions: list[DraftAction], found: Leads) -> None:
    choices = tuple(
        Choice(f"reading {number}", said, _led_by(actions, leads))
        for number, (said, leads) in enumerate(found.readings, start=1)
    )
    draft.find_in(
        actions[0],
        FindingCode.LEAD_UNCLEAR,
        Severity.QUESTION,
        f"{_where(actions)}: “{words}” was read as {found.readings[0][0]}; {found.why}.",
        role=Role.LEAD,
        suggestion=choices[0].key,
        choices=choices,
    )


def _ask_kind(draft: Draft, words: str, actions: list[DraftAction], found: Leads) -> None:
    choices = tuple(
        Choice(kind.value, label, _led_by(actions, tuple(_as(lead, kind) for lead in found.leads)))
        for kind, label in _KINDS.items()
    )
    draft.find_in(
        actions[0],
        FindingCode.LEAD_UNCLEAR,
        Severity.QUESTION,
        f"{_where(actions)}: it is not clear whether “{words}” is a person, a role or an organisation.",
        role=Role.LEAD,
        choices=choices,
    )


def _led_by(actions: list[DraftAction], leads: tuple[Lead, ...]) -> tuple[Change, ...]:
    stored = tuple(f"{lead.kind.value}:{lead.name}" for lead in leads)
    return tuple(change for action in actions for change in set_action(action, "leads", stored))


def _as(lead: Lead, kind: LeadKind) -> Lead:
    return Lead(lead.name, kind) if lead.kind is LeadKind.UNKNOWN else lead
