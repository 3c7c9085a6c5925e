"""The invented council as it stands: what `manage.py load_demo` leaves behind, without demonstration accounts."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from django.db import transaction

from councils.models import DEMO_DOMAIN, User
from history.models import Change
from notices.models import Event
from notices.queries import board_days, standing_events
from plans.models import Plan, Position, ProgressUpdate
from plans.queries import leads_of, live_table, open_findings, table_at
from plans.rag import Standing
from reporting.demo.build import load_demo
from reporting.demo.content import HELD, Calendar, month_end, read_themes
from reporting.queries import since_last_board

TODAY = dt.date(2026, 11, 23)
LAST_BOARD = dt.date(2026, 11, 11)


@pytest.fixture(scope="module")
def _made(django_db_setup, django_db_blocker):
    """The demo, made once for all that is read of it here, and undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(today=TODAY).council
        transaction.set_rollback(True)


@pytest.fixture
def northvale(_made, db):
    return _made


@pytest.fixture
def plan(northvale):
    return Plan.objects.get(council=northvale)


def without_versions(table):
    """A table built from the log has no versions to be edited from."""
    return replace(
        table,
        themes=tuple(
            replace(
                theme,
                objectives=tuple(
                    replace(o, version=0, actions=tuple(replace(a, version=0) for a in o.actions))
                    for o in theme.objectives
                ),
            )
            for theme in table.themes
        ),
    )


def test_the_council_is_invented_and_says_so(northvale):
    assert (northvale.name, northvale.slug, northvale.invented) == ("Northvale Council", "northvale", True)


def test_the_plan_has_five_themes_fifteen_objectives_and_sixty_one_actions(plan):
    table = live_table(plan, today=TODAY)
    assert (len(table.themes), len(table.objectives), len(table.actions)) == (5, 15, 61)


def test_every_standing_of_the_legend_is_met_in_the_year_and_most_of_them_today(plan):
    met = set(ProgressUpdate.objects.values_list("rating__standing", flat=True))
    assert met == {standing.value for standing in Standing}
    table = live_table(plan, today=TODAY, last_board=LAST_BOARD)
    counts = table.counts
    assert {code.code: number for code, number in counts.ratings} == {
        "R": 3,
        "A": 9,
        "G": 17,
        "B": 17,
        "P": 14,
    }
    assert (counts.unrated, counts.overdue) == (1, 10)


def test_the_last_board_was_on_the_wednesday_ten_to_sixteen_days_ago_and_the_next_is_planned(northvale):
    assert board_days(northvale, today=TODAY) == (LAST_BOARD, dt.date(2026, 12, 9))


def test_boards_were_held_every_four_weeks_and_each_was_planned_before(northvale):
    held = standing_events(northvale).filter(kind=Event.Kind.BOARD_HELD, state=Event.State.HAPPENED)
    days = [event.on for event in held]
    assert days == [LAST_BOARD - dt.timedelta(days=28 * back) for back in reversed(range(HELD))]
    assert all(event.replaces and event.replaces.state == Event.State.PLANNED for event in held)


def test_every_board_left_a_frozen_position(northvale, plan):
    held = standing_events(northvale).filter(kind=Event.Kind.BOARD_HELD, state=Event.State.HAPPENED)
    frozen = sorted(set(Position.objects.filter(plan=plan).values_list("on", flat=True)))
    assert frozen == [event.on for event in held]


def test_the_plan_rebuilt_from_its_history_is_the_live_plan(plan):
    rebuilt = table_at(plan, on=TODAY, last_board=LAST_BOARD)
    assert without_versions(rebuilt) == without_versions(live_table(plan, today=TODAY, last_board=LAST_BOARD))


def test_an_update_written_down_after_a_board_is_not_in_that_boards_position(plan):
    position = Position.objects.get(plan=plan, on=LAST_BOARD)
    frozen = {a.ref: a for a in table_at(plan, on=LAST_BOARD, recorded_until=position.recorded_until).actions}
    known_now = {a.ref: a for a in table_at(plan, on=LAST_BOARD).actions}
    assert [ref for ref, action in frozen.items() if action != known_now[ref]] == ["B2.1"]


def test_the_refreshed_plan_has_three_more_actions_and_two_later_dates(plan):
    refreshed = Calendar.up_to(TODAY).refreshed
    before = {a.ref: a for a in table_at(plan, on=refreshed - dt.timedelta(days=1)).actions}
    after = {a.ref: a for a in table_at(plan, on=refreshed).actions}
    assert sorted(set(after) - set(before)) == ["B3.4", "E1.4", "E3.4"]
    assert [ref for ref in before if before[ref].ends_on != after[ref].ends_on] == ["A2.4", "D3.3"]


def test_ratings_have_moved_both_ways_since_the_last_board(plan):
    since = since_last_board(plan, live_table(plan, today=TODAY, last_board=LAST_BOARD))
    assert since is not None
    assert [action.ref for action in since.moved.worse] == ["C2.2", "E3.1"]
    assert [a.ref for a in since.moved.better] == ["A2.4", "B1.4", "B2.1", "D3.3", "E2.1"]


def test_what_is_at_risk_or_off_track_says_why_and_what_comes_next():
    for objective in (objective for theme in read_themes() for objective in theme.objectives):
        for action in objective.actions:
            for report in action.reports:
                owes = report.rating in {"A", "R"}
                assert bool(report.why and report.next_step) == owes, (action.ref, report.board)


def test_no_two_reports_say_the_same():
    said = Counter(
        report.said
        for theme in read_themes()
        for objective in theme.objectives
        for action in objective.actions
        for report in action.reports
    )
    assert [words for words, times in said.items() if times > 1] == []


@pytest.mark.parametrize("back", range(0, 366, 5))
def test_on_whatever_day_it_is_made_no_action_ends_before_it_starts_and_those_said_to_be_due_soon_are(back):
    today = TODAY - dt.timedelta(days=back)
    calendar = Calendar.up_to(today)
    for action in (a for theme in read_themes() for objective in theme.objectives for a in objective.actions):
        start, end = action.starts_on(calendar), action.ends_on(calendar, refreshed=True)
        assert start is None or end is None or start <= end, action.ref
        if 15 in {action.end, action.moved_to}:
            assert end is not None
            assert today <= end <= today + dt.timedelta(days=40)


def test_the_end_of_a_month_is_found_in_leap_years_too():
    assert [
        month_end(dt.date(2028, 2, 1)),
        month_end(dt.date(2026, 12, 31)),
        month_end(dt.date(2027, 2, 28)),
    ] == [
        dt.date(2028, 2, 29),
        dt.date(2026, 12, 31),
        dt.date(2027, 2, 28),
    ]


def test_two_questions_about_dates_are_open(plan):
    assert [finding.ref for finding in open_findings(plan)] == ["D1.4", "D2.4"]


def test_without_demonstration_accounts_the_product_itself_stands_as_the_author(plan):
    assert User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}").count() == 0
    assert set(ProgressUpdate.objects.values_list("by", flat=True)) == {None}
    assert set(Change.objects.values_list("by_name", flat=True)) == {"Noticeboard"}


def test_every_lead_is_a_person_a_post_or_an_organisation_that_the_council_knows(plan):
    named_only = [
        lead.name
        for leads in leads_of(plan).values()
        for lead in leads
        if lead.person is None and lead.organisation is None
    ]
    assert named_only == []
