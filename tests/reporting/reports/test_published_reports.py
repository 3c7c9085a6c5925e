"""Submitted reports given to scrutiny: read whole, without the way into the plan, and gone once they are corrected."""

import pytest
from django.urls import reverse

from boards.services.records import Refused
from councils.roles import Role
from reporting.reports.afterwards import correct
from reporting.reports.submitting import validate
from reporting.scrutiny import publishing, reading
from tests.boards.build import act
from tests.factories import member
from tests.reporting.reports.build import TODAY, complete, council_with_notice, draft_of, submitted

pytestmark = pytest.mark.django_db


def test_a_report_given_to_scrutiny_is_read_whole_until_it_is_corrected(client):
    council = council_with_notice()
    chair = member(Role.BOARD_CHAIR, council)
    draft = draft_of(council)
    with pytest.raises(Refused, match="Choose what to publish"):
        publishing.publish(act=act(council), kind="report", number=draft.pk, note="")
    report = submitted(complete(draft, chair), chair)
    [(_, [(value, words)])] = [
        group for group in reading.to_publish(council) if group[0] == "Submitted reports"
    ]
    assert (value, words) == (f"report:{report.pk}", "Chair’s report to the Minister, 1 June 2015")
    row = publishing.publish(act=act(council), kind="report", number=report.pk, note="")
    assert str(row) == "Chair’s report to the Minister, 1 June 2015"

    client.force_login(member(Role.SCRUTINY_VIEWER, council))
    where = reverse("reporting:publication", kwargs={"council": council.slug, "publication": row.pk})
    said = client.get(where).content.decode()
    assert "Better than before (" in said
    assert "/actions/" not in said, "links into the plan are not for scrutiny"
    pdf = reverse("reporting:publication_report", kwargs={"council": council.slug, "publication": row.pk})
    assert client.get(pdf)["Content-Type"] == "application/pdf"

    new = correct(act=act(council, TODAY, by=chair), report_id=report.pk, because="A wrong name")
    assert client.get(where).status_code == 200, "until the correction is submitted"
    validate(act=act(council, TODAY, by=chair), report_id=new.pk)
    submitted(new, chair)
    assert client.get(where).status_code == 404
    offered = [value for _, group in reading.to_publish(council) for value, _ in group]
    assert f"report:{new.pk}" in offered
    assert f"report:{report.pk}" not in offered
