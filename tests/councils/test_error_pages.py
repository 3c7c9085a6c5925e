"""What is shown when the product itself fails."""

import pytest
from django.test import Client

from councils.roles import Role
from tests.factories import CouncilFactory, member


@pytest.mark.django_db
def test_a_fault_in_what_every_page_shows_still_has_its_page(monkeypatch):
    council = CouncilFactory()
    client = Client(raise_request_exception=False)
    client.force_login(member(Role.PROGRAMME_MANAGER, council))

    def broken(*_args, **_named):
        raise RuntimeError("the menu is broken")

    monkeypatch.setattr("reporting.context.of_council", broken)
    answer = client.get(f"/councils/{council.slug}/")
    assert answer.status_code == 500
    assert "Sorry, there is a problem with the service" in answer.content.decode()
    assert "menu is broken" not in answer.content.decode()
