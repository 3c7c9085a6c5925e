"""The navigation of a council: its sections, and the pages inside the one that the reader is in."""

import re

import pytest

from councils.roles import Role
from tests.factories import CouncilFactory, member

pytestmark = pytest.mark.django_db
SECTIONS = r'class="govuk-service-navigation__link"[^>]*>\s*(?:<strong[^>]*>)?\s*([^<]+?)\s*<'


@pytest.fixture
def council():
    return CouncilFactory()


def shown(client, council, role, path):
    client.force_login(member(role, council))
    return client.get(f"/councils/{council.slug}/{path}").content.decode()


def inside(html):
    found = re.findall(r'class="nb-within__link" href="[^"]*"( aria-current="\w+")?>([^<]+)<', html)
    return {text: bool(here) for here, text in found}


def test_the_pages_about_the_notice_stand_inside_notice(client, council):
    html = shown(client, council, Role.BOARD_MEMBER, "deadlines/")
    assert "Deadlines" not in re.findall(SECTIONS, html)
    assert inside(html)["Deadlines"]
    assert not inside(html)["Notice"]


def test_a_page_under_another_counts_as_its_own(client, council):
    html = shown(client, council, Role.PROGRAMME_MANAGER, "deadlines/reminders/")
    assert [text for text, here in inside(html).items() if here] == ["Deadlines"]


def test_a_section_of_one_page_has_no_second_row(client, council):
    assert inside(shown(client, council, Role.BOARD_MEMBER, "board/")) == {}


def test_a_section_without_a_page_that_one_may_see_is_left_out(client, council):
    assert "Council" not in re.findall(SECTIONS, shown(client, council, Role.BOARD_MEMBER, "notice/"))
    html = shown(client, council, Role.PROGRAMME_MANAGER, "people/")
    assert "Council" in re.findall(SECTIONS, html)
    assert inside(html)["People"]
