"""What was put right about an obligation holds on over an amendment that leaves its words as they were."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from councils.roles import Role
from deadlines.codec import from_json
from deadlines.schedules.family import OnDate
from notices.models import Correction, NoticeVersion, Obligation
from notices.services.carrying import values_of
from notices.services.correcting import (
    Reading,
    add_missed,
    correct_obligation,
    undo_correction,
    withdraw_obligation,
)
from tests.factories import CouncilFactory, member
from tests.notices.test_notice_reading_pages import DAY, confirm, paste
from tests.notices.words import AMENDED

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def office(client, council):
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    with time_machine.travel(DAY, tick=False):
        yield client


def act(council):
    now = timezone.now()
    return {"council": council, "by": None, "now": now, "today": timezone.localdate(now)}


def owed(version, key):
    return version.obligations.get(key=key)


@pytest.fixture
def amended(office, council):
    """The notice with one obligation put right, one withdrawn and one added, then read in again as amended."""
    confirm(office, council, paste(office, council))
    first = NoticeVersion.objects.get()
    report = owed(first, "3")
    values = values_of(report) | {"schedule": from_json(report.schedule), "recipient": "Secretary of State"}
    said = {"reason": "Misread", **act(council)}
    correct_obligation(number=report.pk, reading=Reading(**values), version=1, **said)
    withdraw_obligation(number=owed(first, "7").pk, **said)
    survey = Reading(
        requirement="5",
        duty_holder="Council",
        recipient="",
        deliverable="Survey of placements",
        force="must",
        schedule=OnDate(dt.date(2026, 9, 1)),
    )
    add_missed(version=first, reading=survey, **said)
    row = paste(office, council, AMENDED, instrument=first.instrument_id)
    assert confirm(office, council, row, issued_on="1/7/2026").status_code == 302
    return NoticeVersion.objects.get(number=2)


def test_what_was_put_right_withdrawn_or_added_stays_so(amended):
    assert owed(amended, "3").recipient == "Secretary of State"
    assert owed(amended, "3").continues.key == "3"
    assert owed(amended, "7").withdrawn
    added = Obligation.objects.get(notice_version=amended, deliverable="Survey of placements")
    assert (added.continues.notice_version.number, added.withdrawn) == (1, False)


def test_it_can_still_be_put_back(amended, council):
    undo_correction(correction=Correction.objects.get(kind="withdrawn"), reason="It does ask", **act(council))
    assert not owed(amended, "7").withdrawn
