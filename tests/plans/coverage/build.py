"""An invented notice, the actions that answer it, and short ways to decide."""

import datetime as dt

from notices.services import confirm
from notices.services import reading as way
from plans.coverage.asked import Origin, Part, SourceKey, Target
from plans.coverage.queries import sources_of
from plans.coverage.services import Choice, decide, decided
from plans.coverage.standing import Verdict
from tests.plans.build import NOW, TODAY, action, plan_of, read_action

NOTICE = """Improvement Notice

To: Harbourshire Council

This Improvement Notice is issued to Harbourshire Council on 2 March 2015 following the inspection report published by Ofsted on 14 January 2015, which judged services to be 'inadequate'.

The plan

1. The Council's plan must cover the following:
 a. Caseloads of social workers that managers can oversee.
 b. Foster carers recruited, so that siblings stay together.
 c. A multi-agency front door that answers referrals within a day.

Reviews

2. The Department for Education will review progress at least every six months until this notice is lifted.
3. The Council must submit a report on progress to the Department a week before each review.

Signed: A Minister
Minister for Harbours
"""
AMENDED = NOTICE.replace("on 2 March 2015", "on 16 March 2015").replace(
    "so that siblings stay together", "so that brothers and sisters stay together"
)

ACTIONS = (
    read_action("P1.1", activity="Bring caseloads of social workers down to eighteen"),
    read_action("P1.2", rating="R", activity="Train managers to oversee casework", end=dt.date(2015, 2, 28)),
    read_action("P2.1", rating=None, end=None, objective="o2", activity="Recruit foster carers for siblings"),
)


def issue(council, text=NOTICE, *, by=None, now=NOW, today=TODAY, instrument=None):
    """The notice read in and confirmed; with an instrument, as an amendment of it."""
    row = way.read_pasted(council=council, text=text, by=by, now=now, instrument=instrument)
    return confirm(row, version=None, by=by, now=now, today=today).instrument


def planned(council, *actions, **fields):
    return plan_of(council, *(actions or ACTIONS), **fields)


def source(council, on=TODAY):
    return sources_of(council, on=on)[0]


def of(instrument):
    return SourceKey(Origin.NOTICE, instrument.pk)


def act(plan, ref):
    return Target(Part.ACTION, action(plan, ref).pk)


def obj(plan, ref):
    return Target(Part.OBJECTIVE, plan.objectives.get(ref=ref).pk)


def said(council, instrument, key, target=None, *, verdict=Verdict.LINKED, reason="", by=None, **when):
    """Decide of one provision."""
    choice = Choice(verdict, of(instrument), key, target, reason)
    given = {"now": NOW, "today": TODAY} | when
    return decided(decide(council=council, choices=[choice], by=by, **given))
