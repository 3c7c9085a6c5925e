"""Whatever is written about a notice reads in the change log as a person would say it."""

import datetime as dt
import re

import pytest

from councils.change_log.lines import lines
from councils.roles import Role
from deadlines.months import Period
from deadlines.schedules.base import Anchor
from deadlines.schedules.family import EveryPeriod
from history.labels import labels_of
from history.models import Change
from notices.deadlines.effects import Rule
from notices.deadlines.lines import Proof
from notices.deadlines.queries import deadlines_of
from notices.deadlines.services import Wanted, make_feed, meet, reopen, revoke_feed, save_reminders, waive
from notices.models import Event, Obligation
from notices.services import (
    Agreed,
    Ending,
    InspectionFacts,
    InstrumentFacts,
    change_inspection,
    change_instrument,
    confirm,
    end_instrument,
    record_agreement,
    record_event,
    record_inspection,
    record_instrument,
    take_end_back,
    withdraw_agreement,
)
from notices.services import reading as way
from notices.services.carrying import values_of
from notices.services.correcting import (
    Reading,
    add_missed,
    correct_obligation,
    undo_correction,
    withdraw_obligation,
)
from tests.change_log_words import raw_words
from tests.factories import CouncilFactory, member
from tests.notices.words import AMENDED, NOTICE

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 3)
NOW = dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def written():
    """Every change that the services of this room wrote: each of them was called at least once."""
    council = CouncilFactory()
    office = member(Role.PROGRAMME_MANAGER, council)
    who = {"by": office, "now": NOW, "today": TODAY}
    facts = InspectionFacts(
        body="Ofsted", kind="focused_visit", published_on=dt.date(2026, 1, 14), overall="poor"
    )
    seen = record_inspection(
        council=council,
        facts=facts,
        judgements=[("Front door", "weak")],
        recommendations=[("1", "Answer")],
        **who,
    )
    change_inspection(
        inspection=seen,
        facts=InspectionFacts(body="Ofsted", kind="joint", published_on=dt.date(2026, 1, 15)),
        version=1,
        judgements=[("Front door", "weaker")],
        recommendations=[("1", "Answer sooner")],
        **who,
    )
    support = record_instrument(
        council=council, facts=InstrumentFacts(kind="informal_support", on=dt.date(2026, 1, 20)), **who
    )
    later = InstrumentFacts(
        kind="minded_to", on=dt.date(2026, 1, 21), decided_by="A Minister", link="/letter"
    )
    changed = change_instrument(instrument=support, facts=later, version=1, **who)
    ended = end_instrument(
        instrument=changed,
        ending=Ending(on=dt.date(2026, 3, 2), end="lifted", words="rescinded"),
        version=2,
        **who,
    )
    take_end_back(instrument=ended, reason="A mistake", version=3, **who)
    notice = _issued(council, NOTICE, who)
    _issued(council, AMENDED, who, notice)
    _agreements(council, notice, who)
    _corrections(council, notice, who)
    for kind, state, on in (
        ("board_held", "happened", "2026-07-20"),
        ("review_held", "planned", "2026-09-01"),
    ):
        day = dt.date.fromisoformat(on)
        record_event(
            council=council, kind=kind, on=day, state=state, board="The board", note="Said so", **who
        )
    _marks(council, who)
    make_feed(council=council, user=office, now=NOW)
    revoke_feed(council=council, user=office, now=NOW)
    for days, version in (((14, 3), 0), ((7,), 1)):
        wanted = [Wanted(Role.PROGRAMME_MANAGER, Rule(days, 2), version)]
        save_reminders(council=council, wanted=wanted, by=office, now=NOW)
    return list(Change.objects.filter(council_id=council.pk).order_by("id"))


def _issued(council, text, who, instrument=None):
    row = way.read_pasted(council=council, text=text, by=who["by"], now=NOW, instrument=instrument)
    return confirm(row, version=None, **who).instrument


def _agreements(council, notice, who):
    key = Obligation.objects.filter(notice_version__instrument=notice).order_by("id").first().key
    said = {
        "agreed_on": dt.date(2026, 7, 10),
        "agreed_by": "Department for Education",
        "words": "Agreed by letter",
    }
    each_month = EveryPeriod(Period(months=1), Anchor("notice_issued"))
    for more in (
        {"kind": "frequency", "event_kind": "board_held", "period": Period.weeks(6)},
        {"kind": "gap", "event_kind": "board_held", "gap_from": TODAY, "gap_to": TODAY, "label": "Letter"},
        {"kind": "interval", "obligation_key": key, "schedule": each_month},
        {"kind": "tolerance", "obligation_key": key, "period": Period(days=3), "link": "/letter"},
    ):
        made = record_agreement(council=council, instrument=notice, agreed=Agreed(**said, **more), **who)
    withdraw_agreement(agreement=made, reason="Another letter", **who)


def _corrections(council, notice, who):
    version = notice.versions.latest("number")
    report, other = version.obligations.order_by("id")[:2]
    schedule = EveryPeriod(Period(months=2), Anchor("notice_issued"))
    met_by = {"kind": "report_submitted", "which": "chair"}
    values = values_of(report) | {"schedule": schedule, "force": "should", "met_by": met_by}
    more = {"council": council, "reason": "Misread", **who}
    made = correct_obligation(number=report.pk, reading=Reading(**values), version=report.version, **more)
    undo_correction(correction=made, **more)
    withdraw_obligation(number=other.pk, **more)
    added = Reading(**values | {"requirement": other.requirement.key, "deliverable": "Survey"})
    add_missed(version=version, reading=added, **more)


def _marks(council, who):
    past = [line for line in deadlines_of(council, today=TODAY).lines if line.open and line.due <= TODAY]
    first, second = past[:2]
    one = {"council": council, "number": first.duty.number, "due": first.due, **who}
    meet(on=TODAY, proof=Proof("Report", "/report"), **one)
    reopen(reason="Another report", **one)
    waive(
        council=council,
        number=second.duty.number,
        due=second.due,
        on=TODAY,
        reason="Agreed",
        approver="A Minister",
        proof=Proof(),
        **who,
    )


SUBJECTS = {
    "notices.agreement",
    "notices.calendarfeed",
    "notices.deadlinemark",
    "notices.event",
    "notices.inspection",
    "notices.instrument",
    "notices.noticeversion",
    "notices.obligation",
    "notices.remindersetting",
}


def test_every_kind_of_subject_of_this_room_is_written_and_named(written):
    assert {row.subject for row in written} >= SUBJECTS
    named = labels_of({(row.subject, row.subject_id) for row in written if row.subject in SUBJECTS})
    bare = [
        label.text
        for (_, number), label in named.items()
        if re.fullmatch(rf"[a-z ]+ {number}", label.text) and not label.url
    ]
    assert bare == []


def test_no_line_says_what_only_machines_say(written):
    rows = [row for row in written if row.subject in SUBJECTS]
    assert raw_words(lines(rows, {})) == []


def test_values_read_as_they_do_on_pages(written):
    told = {(line.noun, name): words for line in lines(written, {}) for name, words in line.first_values}
    assert told["agreement", "how long"] == "three days"
    assert told["agreement", "when from now on"].startswith("every month")
    assert told["key date", "kind"] == Event.Kind.REVIEW_HELD.label
    assert told["inspection", "judgements"] == "Front door: weak"
    assert told["reminders", "role"] == "Programme manager"
    assert told["deadline", "recorded"] == "waived"
