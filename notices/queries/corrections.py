"""Reads for putting obligations right: the row that speaks, how it reads, what was put right about it."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from councils.models import Council
from notices.deadlines.moved import Moved, moved
from notices.deadlines.queries import A_YEAR, deadlines_of
from notices.models import Correction, NoticeVersion, Obligation


def correctable(council: Council, number: int) -> Obligation | None:
    """An obligation of the council by its row's number, where no later version of the notice has it; else None."""
    rows = Obligation.objects.filter(notice_version__instrument__council=council, continued_by__isnull=True)
    return rows.select_related("requirement", "notice_version__instrument").filter(pk=number).first()


def latest_version(council: Council, instrument: int) -> NoticeVersion | None:
    """The version in force last of one of the council's instruments."""
    versions = NoticeVersion.objects.filter(instrument=instrument, instrument__council=council)
    return versions.select_related("instrument").order_by("-number").first()


def corrections_of(council: Council) -> list[Correction]:
    """All that was put right of a council's obligations, latest first."""
    found = Correction.objects.filter(obligation__notice_version__instrument__council=council)
    return list(
        found.select_related(
            "obligation__requirement", "obligation__notice_version", "by", "undone_by"
        ).order_by("-pk")
    )


def correction_of(council: Council, number: int) -> Correction | None:
    """One of the council's own."""
    return next((one for one in corrections_of(council) if one.pk == number), None)


def what_would_change(
    write: Callable[[], object], *, council: Council, today: dt.date
) -> tuple[list[Moved], list[str]]:
    """The deadlines of a year ahead and all before that a write would change, and why it could not be satisfied.

    The write is done and taken back again, so that what is shown is what would be. Raises what the write raises.
    """
    before = deadlines_of(council, today=today, until=today + A_YEAR)
    with transaction.atomic():
        write()
        after = deadlines_of(council, today=today, until=today + A_YEAR)
        transaction.set_rollback(True)
    known = {(one.duty.key, one.why) for one in before.problems}
    new = [one for one in after.problems if (one.duty.key, one.why) not in known]
    return moved(before, after), [f"{one.duty.requirement}: {one.why}" for one in new]
