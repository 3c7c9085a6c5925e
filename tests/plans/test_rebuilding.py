"""Current values are caches of the history: rebuilt equals stored."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councils.roles import Role
from plans.models import Action, Objective
from plans.queries import live_table, table_at
from plans.rebuilding import rebuild
from plans.services import Report, record_update
from tests.examples import examples
from tests.factories import CouncilFactory, member
from tests.plans.build import BEGUN, NOW, TODAY, plan_of

pytestmark = pytest.mark.django_db
REPORTS = st.lists(
    st.tuples(
        st.sampled_from(["P1.1", "P1.2", "P2.1"]),
        st.integers(0, (TODAY - BEGUN).days),
        st.sampled_from(["R", "A", "G", ""]),
        st.sampled_from(["", "Begun", "Half done", "Done"]),
    ),
    max_size=12,
)


def test_what_was_altered_behind_the_history_is_put_right():
    plan = plan_of(CouncilFactory())
    Action.objects.filter(plan=plan, ref="P1.1").update(activity="Something else", rating=None)
    Objective.objects.filter(plan=plan, ref="P1").update(rating=None)
    assert sorted(rebuild(plan)) == ["P1 rating", "P1.1 activity", "P1.1 rating"]
    assert rebuild(plan) == []


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=REPORTS)
def test_whatever_is_reported_in_whatever_order_of_days_rebuilt_equals_stored_and_each_day_stays_as_seen(
    db, reports
):
    council = CouncilFactory()
    manager = member(Role.PROGRAMME_MANAGER, council)
    plan = plan_of(council)
    for number, (ref, day, rating, narrative) in enumerate(reports):
        row = Action.objects.get(plan=plan, ref=ref)
        on = BEGUN + dt.timedelta(days=day)
        now = NOW + dt.timedelta(minutes=number)
        said = Report(on=on, rating=rating, narrative=narrative, reason="Vacancies", next_step="Recruit")
        record_update(
            council=council,
            action_id=row.pk,
            report=said,
            version=row.version,
            by=manager,
            now=now,
            today=TODAY,
        )
        seen = table_at(plan, on=on)
        found = next(a for a in seen.actions if a.ref == ref)
        assert ((found.rating.code if found.rating else ""), found.progress) == (rating, narrative)
        # what was seen for that day by then is seen again, whatever comes after
        assert table_at(plan, on=on, recorded_until=now) == seen
    live, replayed = live_table(plan, today=TODAY), table_at(plan, on=TODAY)
    assert [(a.ref, a.rating, a.progress, a.reported_on) for a in live.actions] == [
        (a.ref, a.rating, a.progress, a.reported_on) for a in replayed.actions
    ]
    assert rebuild(plan) == []
