"""Making the invented council: by the command, with accounts, again on another day."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from councils.models import Council, Person, User
from councils.roles import Role
from councils.services.demo import demo_email
from history.models import Change
from notices.models import Event
from plans.models import Action, Finding, Objective, Plan, Position, ProgressUpdate, Theme
from plans.queries import live_table, people_of
from plans.table import Filters
from reporting.demo.build import load_demo
from reporting.demo.content import Calendar

EVERYTHING = (
    Council,
    Person,
    User,
    Plan,
    Theme,
    Objective,
    Action,
    ProgressUpdate,
    Position,
    Finding,
    Event,
    Change,
)


def counted():
    return {model.__name__: model.objects.count() for model in EVERYTHING}


@pytest.mark.django_db
def test_the_command_makes_it_once_with_people_who_report_and_says_so_in_a_sentence_or_json(settings, capsys):
    settings.DEMO_ACCOUNTS = True
    today = timezone.localdate()
    last_board = Calendar.up_to(today).last_board
    call_command("load_demo")
    plan = Plan.objects.get(council__slug="northvale")
    reporters = {Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE, Role.ACTION_LEAD}
    assert set(ProgressUpdate.objects.values_list("by__email", flat=True)) == {
        demo_email(r) for r in reporters
    }
    lead = User.objects.get(email=demo_email(Role.ACTION_LEAD))
    mine = live_table(plan, today=today).filtered(
        Filters(mine=True), person_ids=people_of(lead, plan.council)
    )
    assert [action.ref for action in mine.actions] == ["A2.3", "B2.1", "B2.2", "B2.3", "B2.4", "B3.2"]

    before = counted()
    for arguments in ((), ("--json",)):
        call_command("load_demo", *arguments)
    first, second, printed = capsys.readouterr().out.splitlines()
    assert first.startswith("Northvale Council, an invented council, is ready: its last board was on ")
    assert second.startswith("Northvale Council, an invented council, was there already: ")
    assert json.loads(printed) == {"council": "northvale", "last_board": last_board.isoformat()}
    days_later = load_demo(today=today + dt.timedelta(days=9))
    assert (days_later.made, days_later.last_board) == (False, last_board)
    assert counted() == before
