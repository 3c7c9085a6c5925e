"""A document that may be an edited copy of a council's plan, read as that."""

from plans import reader
from plans.exporting.copies import read_copy
from plans.exporting.gathering import stamp_of
from plans.exporting.memory import may_be_copy
from plans.importing.writing import stored_values
from plans.models import Plan, Reading


def copy_of_plan(
    reading: Reading, data: bytes, *, mapping: reader.Mapping | None = None
) -> reader.Reading | None:
    """What was edited in a copy of the plan that the document would be written to; None for any other document.

    Raises reader.UnreadablePlan for a workbook that cannot be opened.
    """
    if not may_be_copy(data):
        return None
    plan = (
        Plan.objects.filter(council=reading.council_id, kind=reading.kind, closed_on__isnull=True)
        .select_related("council")
        .first()
    )
    if plan is None:
        return None
    return read_copy(
        data,
        reading.file.name,
        stamp=stamp_of(plan),
        plan=plan.pk,
        as_at=reading.as_at,
        mapping=mapping,
        current=stored_values(plan),
    )
