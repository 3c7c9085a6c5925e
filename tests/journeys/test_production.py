"""The production set-up: the processes of docker-compose.yml, on a real PostgreSQL and a real Redis."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from scripts import services
from tests import migrated
from tests.journeys.conftest import SCREEN
from tests.journeys.serving import ROOT, Served, own_environment, serving

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

EMAIL, PASSWORD = "manager@council.example", "a long enough password for this"
MANAGER = f"""
from django.utils import timezone
from councils.models import Council
from councils.roles import Role
from councils.services import create_account, give_role
now = timezone.now()
user = create_account(email={EMAIL!r}, name="Robin Marlowe", password={PASSWORD!r}, by=None, now=now)
give_role(user=user, role=Role.PROGRAMME_MANAGER, council=Council.objects.get(slug="salford"),
          starts_on=timezone.localdate(now), by=None, now=now)
"""


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """No address to be relative to: that would start the product with its demo data."""
    return SCREEN


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("production")
    with ExitStack() as servers:
        server = os.environ.get("DATABASE_URL") or servers.enter_context(services.postgres())
        broker = servers.enter_context(services.redis())
        copied = migrated.copy_on_server(server, "production")
        own = own_environment(folder)
        yield own | {
            "DATABASE_URL": server.replace("/noticeboard", "/production") if copied else server,
            "REDIS_URL": broker,
            "SECRET_KEY": "only-for-this-journey-" + "k" * 50,
            "SITE_URL": f"http://localhost:{own['PORT']}",
        }


@pytest.fixture(scope="module")
def production(environment: dict[str, str]) -> Iterator[Served]:
    folder = Path(environment["DATA_DIR"]).parent
    for command in (["migrate", "--noinput"], ["collectstatic", "--noinput"], ["shell", "-c", MANAGER]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with serving("scripts.supervise", environment, folder) as served:
        yield served


@pytest.mark.parametrize("process", ["web", "worker", "beat"])
def test_each_process_is_well_by_the_health_check_of_compose(
    production: Served, environment: dict[str, str], process: str
):
    check = [sys.executable, "-m", "scripts.health", process]
    assert subprocess.run(check, cwd=ROOT, env=environment, check=False).returncode == 0


def test_a_plan_that_is_uploaded_is_read_by_the_worker(page: Page, production: Served, tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (
        ["Ref", "Action", "Lead", "Timescale", "RAG"],
        ["1.1", "Publish the threshold document to all partners", "Head of Service", "30 June 2026", "Green"],
        ["1.2", "Audit ten case files each month", "Principal Social Worker", "31 July 2026", "Amber"],
        ["1.3", "Recruit four team managers", "Head of Service", "30 September 2026", "Red"],
    ):
        book.active.append(row)
    path = tmp_path / "plan.xlsx"
    book.save(path)

    page.goto(f"{production.url}/account/login/")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{production.url}/councils/salford/plan/documents/add")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/plan/documents/*/", timeout=60_000)
    expect(page.locator("main")).to_contain_text("Recruit four team managers")
    assert "succeeded" in production.said()


def test_there_are_no_demonstration_accounts(page: Page, production: Served):
    page.goto(f"{production.url}/account/login/")
    expect(page.locator("button[name=role]")).to_have_count(0)
