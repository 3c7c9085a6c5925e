"""The plan page and a rating update beside a signed-in hello view that passes through the same middleware.

Run as `python -m bench.pages`: it prints the ratios of CPU time and the queries, and fails past a bound of issue 2.
"""

import sys
from collections.abc import Callable, Iterator
from itertools import count, cycle

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.support.plans import BEGUN, reading
from bench.support.site import Bounds, medians, serve
from councils.models import Council, RoleHolding, User
from councils.roles import Role
from notices.models import Event
from plans.importing.writing import write_reading
from plans.models import Action, ProgressUpdate

ROUNDS = 41
ACTIONS, FEW = 120, 12
PAGE_BOUND, QUERIES_BOUND, UPDATE_BOUND = 35, 6, 15


def _council(name: str, actions: int) -> Council:
    """A council with a plan and a board behind it."""
    council = Council.objects.create(
        short_name=name,
        name=f"{name} Council",
        slug=name.lower(),
        code=f"X{name}",
        la_number=name,
        region="north_west",
    )
    write_reading(reading(actions), council=council, as_at=BEGUN, by=None, now=timezone.now())
    Event.objects.create(
        council=council,
        kind=Event.Kind.BOARD_HELD,
        on=BEGUN,
        state=Event.State.HAPPENED,
        recorded_at=timezone.now(),
    )
    return council


def _signed_in(council: Council) -> Client:
    """A browser in which the council's programme manager is signed in, and which forms are protected against."""
    user = User.objects.create_user(f"pm@{council.slug}.example", "seven green kettles", name="Jo Manager")
    RoleHolding.objects.create(user=user, role=Role.PROGRAMME_MANAGER, council=council, starts_on=BEGUN)
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(user)
    return client


def _asked(client: Client, path: str) -> Callable[[], bytes]:
    def ask() -> bytes:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)  # noqa: PLR2004, S101
        return response.content

    return ask


def _queries(task: Callable[[], object]) -> int:
    task()
    with CaptureQueriesContext(connection) as caught:
        task()
    return len(caught)


class Updates:
    """Rating updates sent one after the other, each of another action, as the form sends them."""

    def __init__(self, client: Client, council: Council, *, in_place: bool) -> None:
        self.client, self.in_place = client, in_place
        self.base = f"/councils/{council.slug}/plan/actions"
        self.actions: Iterator[int] = cycle(
            Action.objects.filter(plan__council=council).values_list("pk", flat=True)
        )
        self.numbers = count()
        client.get(f"{self.base}/{next(self.actions)}/update")
        self.token = client.cookies["csrftoken"].value
        self.versions: dict[int, int] = {}

    def __call__(self) -> None:
        number, sent = next(self.actions), next(self.numbers)
        version = self.versions.get(number, 1)
        form = {
            "csrfmiddlewaretoken": self.token,
            "version": version,
            "rating": "R",
            "narrative": f"The audit found {sent} files in order.",
            "reason": "Two posts are vacant",
            "next_step": "Interviews in May",
            "on": f"{timezone.localdate():%d/%m/%Y}",
        }
        headers = {"HX-Request": "true", "HX-Target": f"row-{number}"} if self.in_place else {}
        response = self.client.post(f"{self.base}/{number}/update", form, headers=headers)
        assert response.status_code == (200 if self.in_place else 302), response.status_code  # noqa: S101
        self.versions[number] = version + 1


def _plan_page(bounds: Bounds) -> None:
    many, few = _council("Bencham", ACTIONS), _council("Shortham", FEW)
    client, short = _signed_in(many), _signed_in(few)
    hello, page = _asked(client, "/hello"), _asked(client, f"/councils/{many.slug}/plan/")
    seconds = medians({"hello": hello, "page": page}, rounds=ROUNDS)
    base, queries = _queries(hello), _queries(page)
    at_few = _queries(_asked(short, f"/councils/{few.slug}/plan/"))
    size = len(page()) // 1024
    print(
        f"pages: hello takes {seconds['hello'] * 1000:.2f} ms of CPU and {base} queries; the plan page has {size} kB"
    )
    print(f"pages: queries of the plan page: {at_few} with {FEW} actions, {queries} with {ACTIONS}")
    bounds.at_most(
        f"plan page of {ACTIONS} actions", seconds["page"] / seconds["hello"], PAGE_BOUND, "times hello"
    )
    bounds.at_most(
        f"plan page of {ACTIONS} actions", max(queries, at_few) - base, QUERIES_BOUND, "queries above hello"
    )
    bounds.at_most("queries that more actions cost", queries - at_few, 0, "queries")


def _update(bounds: Bounds) -> None:
    council = _council("Changham", ACTIONS)
    client = _signed_in(council)
    in_place, on_page = Updates(client, council, in_place=True), Updates(client, council, in_place=False)
    tasks: dict[str, Callable[[], object]] = {
        "hello": _asked(client, "/hello"),
        "in place": in_place,
        "on its page": on_page,
    }
    in_place.versions = on_page.versions
    seconds = medians(tasks, rounds=ROUNDS)
    recorded = ProgressUpdate.objects.filter(action__plan__council=council).exclude(reason="").count()
    assert recorded == 2 * (ROUNDS + 1), recorded  # noqa: S101
    for name in ("in place", "on its page"):
        bounds.at_most(f"rating update {name}", seconds[name] / seconds["hello"], UPDATE_BOUND, "times hello")


def main() -> int:
    """Print a line for each bound; 1 where one is missed, else 0."""
    serve(urls="bench.support.urls")
    bounds = Bounds()
    _plan_page(bounds)
    _update(bounds)
    return bounds.code


if __name__ == "__main__":
    sys.exit(main())
