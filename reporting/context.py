"""The navigation and the strip under it: which council, and where it stands."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from councils.access import NOBODY, Access
from councils.models import Council
from councils.rights import Thing, Verb
from notices.deadlines.upcoming import Upcoming, upcoming
from notices.queries import board_days


@dataclass(frozen=True)
class Strip:
    council: Council
    last_board: dt.date | None
    next_board: dt.date | None
    dates: bool
    others: bool
    upcoming: Upcoming | None = None
    looking_back: dt.date | None = None

    @property
    def invented(self) -> bool:
        return self.council.invented


def strip(request: HttpRequest) -> dict[str, Any]:
    """Names for the base template: `navigation` and, on a council's pages, `strip`."""
    access: Access = getattr(request, "access", NOBODY)
    council: Council | None = getattr(request, "council", None)
    if access.user is None:
        return {"navigation": [_item(request, "Sign in", reverse("account_login"))], "strip": None}
    items = _council_items(request, access, council) if council else _general_items(request, access)
    account = _item(request, "Account", reverse("account_email"))
    leave = _item(request, "Sign out", reverse("account_logout"))
    shown = _strip(access, council) if council else None
    return {"navigation": [*items, account, leave], "strip": shown}


def _item(request: HttpRequest, text: str, href: str, *, whole: bool = False) -> dict[str, Any]:
    here = request.path == href or (not whole and request.path.startswith(href))
    return {"text": text, "href": href, "current": request.path == href, "active": here and href != "/"}


def _council_items(request: HttpRequest, access: Access, council: Council) -> list[dict[str, Any]]:
    pages = (
        ("Overview", "reporting:overview", Thing.FROZEN_PLAN, True),
        ("Notice", "notices:notice", Thing.NOTICE, False),
        ("Plan", "plans:plan", Thing.FROZEN_PLAN, False),
        ("Board", "boards:index", Thing.BOARD, False),
        ("Deadlines", "notices:deadlines", Thing.DEADLINES, False),
        ("Key dates", "notices:key_dates", Thing.KEY_DATES, False),
        ("People", "councils:people", Thing.PEOPLE, False),
        ("Change log", "history:changes", Thing.CHANGE_LOG, False),
    )
    return [
        _item(request, text, reverse(name, kwargs={"council": council.slug}), whole=whole)
        for text, name, thing, whole in pages
        if access.may(Verb.READ, thing, council)
    ]


def _general_items(request: HttpRequest, access: Access) -> list[dict[str, Any]]:
    items = [_item(request, "Councils", reverse("reporting:home"), whole=True)]
    if access.may(Verb.READ, Thing.USERS):
        items.append(_item(request, "People", reverse("councils:accounts")))
    return items


def _strip(access: Access, council: Council) -> Strip:
    dates = access.may(Verb.READ, Thing.KEY_DATES, council)
    today = timezone.localdate()
    last, coming = board_days(council, today=today) if dates else (None, None)
    others = bool(access.national) or len(access.by_council) > 1
    due = upcoming(council, today=today) if access.may(Verb.READ, Thing.DEADLINES, council) else None
    return Strip(council, last, coming, dates=dates, others=others, upcoming=due)
