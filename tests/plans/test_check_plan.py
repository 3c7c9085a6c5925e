"""`manage.py check_plan`: what does not add up, in words and as JSON."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from councils.models import Council
from tests.factories import CouncilFactory
from tests.plans.build import BEGUN, plan_of

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "plan-manchester-2015.xlsx"
LATE = BEGUN + dt.timedelta(days=60)


@pytest.fixture
def council():
    """Its plan has an action that is amber, which means on track, and ends on 31 March 2015."""
    council = CouncilFactory()
    plan_of(council)
    return council


def said(capsys, *options):
    call_command("check_plan", *options)
    return capsys.readouterr().out


def test_json_lists_reference_rule_and_message_of_each(council, capsys):
    found = json.loads(said(capsys, council.short_name, "--as-at", LATE.isoformat(), "--json"))
    assert all(set(one) == {"ref", "rule", "message"} for one in found)
    assert {
        "ref": "P1.1",
        "rule": "on_track_past_end",
        "message": "Reported on track, and its end, 31 March 2015, has passed",
    } in found


def test_in_words_each_says_what_would_settle_it(council, capsys):
    lines = said(capsys, council.short_name, "--as-at", LATE.isoformat()).splitlines()
    assert any(
        line.startswith("P1.1  on_track_past_end") and "move its end with a reason" in line for line in lines
    )
    assert lines[-1].endswith("not add up")


def test_on_a_day_before_its_end_nothing_is_said_of_it(council, capsys):
    found = json.loads(said(capsys, council.short_name, "--as-at", BEGUN.isoformat(), "--json"))
    assert "on_track_past_end" not in {one["rule"] for one in found}


@pytest.mark.parametrize(
    "options", [("Nowhere",), ("--as-at", "2014-01-01"), ("--as-at", "2999-01-01"), ("--as-at", "May"), ()]
)
def test_what_cannot_be_checked_is_said(council, options):
    named = options if options == ("Nowhere",) else (council.short_name, *options)
    if not options:
        named = (CouncilFactory().short_name,)
    with pytest.raises(CommandError):
        call_command("check_plan", *named)


@pytest.mark.skipif(not REAL.exists(), reason="shared/real is not beside the project")
def test_the_real_plan_has_fourteen_actions_on_track_past_their_end(capsys):
    council = Council.objects.get(slug="manchester")
    call_command("import_plan", str(REAL), "--council", "Manchester", "--as-at", "2015-02-24", "--json")
    capsys.readouterr()
    found = json.loads(said(capsys, council.short_name, "--as-at", "2015-02-24", "--json"))
    late = [one["ref"] for one in found if one["rule"] == "on_track_past_end"]
    assert len(late) == len(set(late)) == 14
