"""The navigation of a council and the pages inside each of its sections. A new page is a line here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from councils.access import Access
from councils.models import Council
from councils.rights import Thing, Verb


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the navigation: its name in `config.urls` and the thing one must be allowed to read to see it.

    `whole` pages are current only under exactly their own address; others under every address that begins with it.
    """

    text: str
    name: str
    thing: Thing
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """An item of the navigation. With more than one page that the reader may see, a second row shows them."""

    text: str
    pages: tuple[Page, ...]


SECTIONS = (
    Section("Overview", (Page("Overview", "reporting:overview", Thing.FROZEN_PLAN, whole=True),)),
    Section(
        "Notice",
        (
            Page("Notice", "notices:notice", Thing.NOTICE),
            Page("Deadlines", "notices:deadlines", Thing.DEADLINES),
            Page("Key dates", "notices:key_dates", Thing.KEY_DATES),
            Page("Inspections and chain", "notices:chain", Thing.NOTICE),
            Page("What was agreed", "notices:register", Thing.NOTICE),
        ),
    ),
    Section("Plan", (Page("Plan", "plans:plan", Thing.FROZEN_PLAN),)),
    Section("Board", (Page("Board", "boards:index", Thing.BOARD),)),
    Section("Reports", (Page("Reports", "reporting:reports", Thing.REPORTS),)),
    Section("Scrutiny", (Page("Scrutiny", "reporting:scrutiny", Thing.SCRUTINY),)),
    Section(
        "Council",
        (
            Page("People", "councils:people", Thing.PEOPLE),
            Page("Change log", "history:changes", Thing.CHANGE_LOG),
            Page("Redaction", "plans:redaction", Thing.REDACTION),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the navigation: `current` on exactly its page, `active` on that and on what lies under it."""

    text: str
    href: str
    current: bool = False
    active: bool = False


@dataclass(frozen=True, slots=True)
class Navigation:
    """The items of a council's navigation and, of the section that one is in, its pages."""

    items: list[Item] = field(default_factory=list)
    section: str = ""
    pages: list[Item] = field(default_factory=list)


def item(request: HttpRequest, text: str, href: str, *, whole: bool = False) -> Item:
    """A link, and whether the request is for it."""
    here = request.path == href or (not whole and href != "/" and request.path.startswith(href))
    return Item(text, href, current=request.path == href, active=here)


def of_council(request: HttpRequest, access: Access, council: Council) -> Navigation:
    """What the reader may see of a council. A section leads to the first of its pages that the reader may see."""
    items, section, inside = [], "", []
    for each in SECTIONS:
        pages = [
            item(request, page.text, reverse(page.name, kwargs={"council": council.slug}), whole=page.whole)
            for page in each.pages
            if access.may(Verb.READ, page.thing, council)
        ]
        if not pages:
            continue
        pages = _only_nearest_active(pages)
        active = any(page.active for page in pages)
        items.append(Item(each.text, pages[0].href, current=pages[0].current, active=active))
        if active and len(pages) > 1:
            section, inside = each.text, pages
    return Navigation(items, section, inside)


def _only_nearest_active(pages: Iterable[Item]) -> list[Item]:
    """Of pages that lie under each other, the innermost is the one that is active."""
    found = list(pages)
    nearest = max((page.href for page in found if page.active), key=len, default="")
    return [Item(page.text, page.href, page.current, page.href == nearest) for page in found]
