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
from notices.queries import NO_BOARDS, boards_of_page
from reporting.navigation import Item, item, of_council


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
    """Names for the base template: `navigation` and, on a council's pages, `strip`, `section` and `pages_here`."""
    access: Access = getattr(request, "access", NOBODY)
    council: Council | None = getattr(request, "council", None)
    if access.user is None:
        return {"navigation": [item(request, "Sign in", reverse("account_login"))], "strip": None}
    account = item(request, "Account", reverse("account_email"))
    leave = item(request, "Sign out", reverse("account_logout"))
    if council is None:
        return {"navigation": [*_general_items(request, access), account, leave], "strip": None}
    found = of_council(request, access, council)
    return {
        "navigation": [*found.items, account, leave],
        "section": found.section,
        "pages_here": found.pages,
        "strip": _strip(request, access, council),
    }


def _general_items(request: HttpRequest, access: Access) -> list[Item]:
    items = [item(request, "Councils", reverse("reporting:home"), whole=True)]
    if access.may(Verb.READ, Thing.REPORTS_TO_MINISTER):
        items.append(item(request, "Reports", reverse("reporting:reports_everywhere")))
    if access.may(Verb.READ, Thing.USERS):
        items.append(item(request, "People", reverse("councils:accounts")))
    return items


def _strip(request: HttpRequest, access: Access, council: Council) -> Strip:
    dates = access.may(Verb.READ, Thing.KEY_DATES, council)
    today = timezone.localdate()
    boards = boards_of_page(request, council, today=today) if dates else NO_BOARDS
    others = bool(access.national) or len(access.by_council) > 1
    due = upcoming(council, today=today) if access.may(Verb.READ, Thing.DEADLINES, council) else None
    return Strip(council, boards.last, boards.next, dates=dates, others=others, upcoming=due)
