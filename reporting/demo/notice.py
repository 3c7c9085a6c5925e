"""The invented council's notice, in words of our own: read by the reader and confirmed like any other."""

import datetime as dt

from councils.models import Council, User
from deadlines.sentences import day_in_words, month_in_words
from notices.models import Instrument
from notices.services import (
    Ending,
    InspectionFacts,
    InstrumentFacts,
    confirm,
    end_instrument,
    record_inspection,
    record_instrument,
)
from notices.services import reading as way

_WORDS = """Improvement Notice

To: Northvale Council

This Improvement Notice is issued to Northvale Council on {issued} because Ofsted's
inspection report published on {inspected} found help and protection to be 'inadequate'.

1. To comply with this Notice the Council must do the following with its partners.

The board

2. The Council must keep an improvement board with an independent chair.
 a. The board is expected to meet at least every four weeks.
 b. The Council must report to the board on progress at each meeting.
 c. The Council must provide regular reports on staff vacancies to the board.

The plan

3. The Council must keep its improvement plan up to date. It should pay particular attention to:
 a. A stable and permanent workforce, with caseloads that leave time for children.
 b. Thresholds at the front door that every agency knows, with decisions on the day.
 c. Child protection plans that say what must change, and are reviewed in time.
 d. What parents and young people say of the help they get.
 e. Enough foster households near home for children in care.
 f. A welcome for unaccompanied young people who seek asylum.
4. The Council should aim for the actions of the plan to be delivered within 18 months of the date of this Notice.

Reports

5. The board chair must provide a written progress report to the Minister in {first} and every three boards thereafter.

Reviews

6. The Department for Education will review progress at least every six months until this notice is lifted.
7. The Council must submit a report on progress to the Department a week before each review.

Signed: The Minister
Minister for Children
"""


def issue_notice(
    council: Council, *, issued: dt.date, inspected: dt.date, by: User | None, now: dt.datetime
) -> None:
    """Record the inspection, the support that came before, and the notice with what follows from it."""
    inspection = record_inspection(
        council=council,
        facts=InspectionFacts(body="Ofsted", kind="inspection", published_on=inspected, overall="inadequate"),
        judgements=[
            ("Help and protection", "inadequate"),
            ("Children in care", "requires improvement"),
            ("Leadership", "inadequate"),
        ],
        recommendations=[
            ("1", "See every child within the time their plan sets"),
            ("2", "Give managers caseloads that they can oversee"),
        ],
        by=by,
        now=now,
        today=issued,
    )
    support = record_instrument(
        council=council,
        facts=InstrumentFacts(
            kind=Instrument.Kind.INFORMAL_SUPPORT,
            on=inspected,
            decided_by="Department for Education",
            grounds="Offered on the day the report was published",
        ),
        by=by,
        now=now,
        today=issued,
    )
    first = issued + dt.timedelta(days=70)
    words = _WORDS.format(
        issued=day_in_words(issued),
        inspected=day_in_words(inspected),
        first=month_in_words(first.year, first.month),
    )
    row = way.read_pasted(council=council, text=words, by=by, now=now)
    made = confirm(row, version=None, by=by, now=now, today=issued)
    Instrument.objects.filter(pk=made.instrument_id).update(replaces=support)
    end_instrument(
        instrument=support,
        ending=Ending(on=issued, end=Instrument.End.REPLACED, by="Department for Education"),
        version=support.version,
        by=by,
        now=now,
        today=issued,
    )
    made.instrument.rests_on.add(inspection)
