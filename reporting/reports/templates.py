"""Which sections reports of a kind have: the kind's own, the council's usual ones, or those for one instrument.

A notice, a direction and a commissioner ask for different things, so each may have sections of its own.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from boards.services.records import Act, Refused
from councils.models import Council
from notices.models import Instrument
from reporting.models import ReportTemplate
from reporting.reports.kinds import KINDS, Kind, Part, parts_of

SUBJECT = "reporting.reporttemplate"


def templates_of(council: Council, kind: Kind) -> QuerySet[ReportTemplate]:
    """What the council has chosen for reports of a kind and not given up again."""
    return ReportTemplate.objects.filter(council=council, kind=kind.code).exclude(sections=[])


def chosen_parts(council: Council, kind: Kind, instrument: int | None = None) -> list[tuple[Part, str]]:
    """The sections of a council's reports of a kind with their headings: those for the instrument that asks, else the
    council's usual ones, else the kind's own.
    """
    by_instrument = {one.instrument_id: one for one in templates_of(council, kind)}
    template = by_instrument.get(instrument) or by_instrument.get(None)
    return parts_of(kind, template.sections if template else None)


@transaction.atomic
def choose_sections(
    *, act: Act, kind_code: str, sections: Sequence[dict[str, str]], instrument: Instrument | None = None
) -> ReportTemplate:
    """Which sections the council's reports of a kind have from now on (`instrument`: those that it asks for), in this
    order, under these headings. Drafts that are begun keep theirs. Raises Refused for none at all.
    """
    kind = KINDS[kind_code]
    chosen = [
        {"code": part.code, "heading": heading.strip()[:200]} for part, heading in parts_of(kind, sections)
    ]
    if not chosen:
        raise Refused({"sections": "Choose at least one section"})
    template, made = ReportTemplate.objects.select_for_update().get_or_create(
        council=act.council, kind=kind.code, instrument=instrument, defaults={"sections": chosen}
    )
    return _set(act, template, chosen, made=made)


@transaction.atomic
def use_usual(*, act: Act, kind_code: str, instrument: Instrument) -> None:
    """Reports that an instrument asks for have the council's usual sections again. Twice is once."""
    template = (
        templates_of(act.council, KINDS[kind_code]).select_for_update().filter(instrument=instrument).first()
    )
    if template is None:
        return
    _set(act, template, [])


def _set(
    act: Act, template: ReportTemplate, sections: list[dict[str, str]], *, made: bool = False
) -> ReportTemplate:
    old = [] if made else template.sections
    template.sections, template.version = sections, template.version + (not made)
    template.save()
    log = act.log()
    log.changed(SUBJECT, template.pk, "sections", old, sections, version=template.version)
    log.write()
    return template
