"""What somebody meets first, whoever they are."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from councils.roles import Role


def test_the_sign_in_page_is_sound(
    page: Page, accessible: Callable[[], None], picture: Callable[[str], None]
):
    page.goto("/")
    page.wait_for_url("**/account/login/**")
    expect(page.locator("h1")).to_have_count(1)
    accessible()
    picture("sign-in")


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_signs_in_and_finds_a_sound_first_page(
    sign_in: Callable[[str], Page],
    accessible: Callable[[], None],
    picture: Callable[[str], None],
    role: str,
):
    page = sign_in(role)
    expect(page.locator("h1")).to_have_count(1)
    accessible()
    picture(f"first-page-{role}")


def test_the_product_is_there_by_number_too(page: Page, product: str):
    answer = page.goto(product.replace("localhost", "127.0.0.1") + "/healthz")
    assert answer is not None
    assert answer.text() == "ok"
