"""The register of what was agreed, as its page shows it."""

from dataclasses import dataclass

from councils.models import Council
from deadlines.codec import ScheduleJsonError, from_json
from deadlines.sentences import day_in_words, every
from notices.deadlines.facts import period_of
from notices.models import Agreement, Event, Obligation
from notices.queries.boards import board_names


@dataclass(frozen=True)
class Entry:
    """One agreement in words: what it says in figures, what it is about; what replaced or took it back."""

    row: Agreement
    what: str
    about: str
    replaced_by: Agreement | None = None

    @property
    def stands(self) -> bool:
        """Whether it still counts."""
        return self.replaced_by is None

    @property
    def taken_back(self) -> bool:
        """Whether it was taken back, not replaced by another."""
        return self.replaced_by is not None and self.replaced_by.withdrawn


def entries(council: Council) -> list[Entry]:
    """Everything that was ever agreed, latest first, with what became of it; in a fixed number of queries."""
    rows = Agreement.objects.filter(council=council).select_related("file", "by", "instrument")
    found = board_names(council).on(rows.order_by("-agreed_on", "-pk"))
    later = {row.replaces_id: row for row in found if row.replaces_id}
    owed = {
        (one.notice_version.instrument_id, one.key): one
        for one in Obligation.objects.filter(
            notice_version__instrument__council=council,
            key__in={row.obligation_key for row in found if row.obligation_key},
        )
        .select_related("requirement", "notice_version")
        .order_by("notice_version__number")
    }
    return [
        Entry(row, _figures(row), _about(row, owed), later.get(row.pk)) for row in found if not row.withdrawn
    ]


def _figures(row: Agreement) -> str:
    if row.gap_from and row.gap_to:
        return f"from {day_in_words(row.gap_from)} to {day_in_words(row.gap_to)}"
    if row.schedule:
        try:
            return from_json(row.schedule).sentence()
        except ScheduleJsonError:
            return ""
    period = period_of(row.period)
    if period is None:
        return ""
    if row.kind != Agreement.Kind.FREQUENCY:
        return str(period)
    return f"{every(period)} from {day_in_words(row.from_on)}" if row.from_on else every(period)


def _about(row: Agreement, owed: dict[tuple[int, str], Obligation]) -> str:
    if row.obligation_key:
        one = owed.get((row.instrument_id or 0, row.obligation_key))
        return f"{one.requirement.ref}: {one.deliverable} ({one.duty_holder})" if one else row.obligation_key
    if row.board:
        return row.board
    return Event.Kind(row.event_kind).label if row.event_kind else "The notice as a whole"
