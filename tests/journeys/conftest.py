"""The product as `make run` starts it, and a real browser in front of it. Nothing here touches the ORM."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from scripts.system import chromium
from tests.journeys.serving import Served, serving, with_demo_data

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "test-results"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # the browser reaches this machine and nothing else
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


SCREEN = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/London"}
"""An officer's, in England."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands here drives the product. The production set-up comes first: it needs no demo data, which
    another process of tests makes meanwhile, for all.
    """
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
    items.sort(key=lambda item: item.path.name != "test_production.py")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    """A journey that failed says what its page said, and the end of what the product printed."""
    report = yield
    if report.when == "call" and report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, Page) and not value.is_closed():
                report.sections.append((value.url, value.locator("body").inner_text()[:4000]))
            if isinstance(value, Served):
                report.sections.append(("the product printed", value.said()[-8000:]))
    return report


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The running product, in the embedded set-up with its demo data."""
    folder = tmp_path_factory.mktemp("product")
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with serving("scripts.run", with_demo_data(folder, shared), folder) as served:
        yield served


@pytest.fixture(scope="session")
def product(served: Served) -> str:
    """The address of the running product."""
    return served.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which `make setup` installs; its absence is a failure."""
    executable = chromium()
    assert executable is not None, "no Chromium: run `make setup`"
    return {**browser_type_launch_args, "executable_path": str(executable), "args": CHROMIUM}


@pytest.fixture(scope="session")
def base_url(product: str) -> str:
    """What the addresses of journeys are relative to."""
    return product


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, **SCREEN}


@pytest.fixture(autouse=True)
def _nothing_goes_wrong_in_the_browser(page: Page) -> Iterator[None]:
    """No script fails and nothing breaks the content security policy, on any page of any journey."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error"
            # a refusal that a journey asked for; a script that is not there is none
            and ("status of 4" not in message.text or "/static/" in message.location["url"])
            else None
        ),
    )
    yield
    assert complaints == []


@pytest.fixture
def sign_in(page: Page) -> Callable[[str], Page]:
    """Sign in as the demo account of a role, by its button: sign_in("programme_manager")."""

    def as_role(role: str) -> Page:
        page.context.clear_cookies()
        page.goto("/account/login/")
        page.locator(f"button[name=role][value={role}]").click()
        page.wait_for_url(lambda url: "/account/login/" not in url)
        return page

    return as_role


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    """Assert that axe finds nothing to complain of on the page as it is now."""

    def check() -> None:
        page.wait_for_load_state()  # a click returns before all of the next page is there
        # what passed is not asked for: listing it takes as long as finding what does not
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture
def picture(page: Page) -> Callable[[str], None]:
    """See the page at 1280 and at 390 px. At neither width may it be wider than the screen; tables may scroll inside.

    With KEEP_PICTURES=1 what was seen is kept: test-results/NAME-1280.png, NAME-390.png.
    """

    def take(name: str) -> None:
        page.wait_for_load_state()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if "KEEP_PICTURES" in os.environ:
                PICTURES.mkdir(exist_ok=True)
                page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"

    return take
