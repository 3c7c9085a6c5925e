"""Where words that should never have been written stand in reports, which are not blacked out."""

import re

import pytest

from councils.roles import Role
from plans.elsewhere import standing_elsewhere
from tests.factories import member
from tests.reporting.reports.build import complete, council_with_notice, draft_of, submitted

pytestmark = pytest.mark.django_db


def test_an_administrator_is_told_of_every_place_in_a_report_and_that_a_submitted_one_is_not_altered():
    council = council_with_notice()
    chair = member(Role.BOARD_CHAIR, council)
    submitted(complete(draft_of(council), chair, words="Of Zebedee."), chair)
    sections = council.reports.get().sections.count()
    found = {one.kind: one for one in standing_elsewhere(council, re.compile(r"\bZebedee\b"))}
    assert {kind: one.number for kind, one in found.items()} == {
        "sections of reports": sections,
        "earlier versions of sections": sections,
        "submitted reports": 1,
    }
    assert "never altered" in found["submitted reports"].put_right
    late = {one.kind: one.number for one in standing_elsewhere(council, re.compile("Late twice"))}
    assert late == {"judgements in reports": 1, "submitted reports": 1}
    titles = {one.kind for one in standing_elsewhere(council, re.compile("Written progress report"))}
    assert "frozen facts of reports" in titles
