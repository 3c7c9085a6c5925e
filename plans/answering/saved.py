"""Lists that somebody keeps of a plan: a name and the query of the address."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from councils.models import Council, User
from history.services import ChangeLog
from plans.models import SavedFilter
from plans.services import Refused

FILTER = "plans.savedfilter"
NOT_KEPT = ("page", "csrfmiddlewaretoken")


def saved_filters(council: Council, user: User, *, shared: bool) -> QuerySet[SavedFilter]:
    """Somebody's own lists of a council's plan, and, where `shared`, those that others share with the council."""
    own = Q(owner=user)
    wanted = own | Q(shared=True) if shared else own
    return SavedFilter.objects.filter(wanted, council=council).select_related("owner").order_by("name", "id")


@transaction.atomic
def save_filter(
    *, council: Council, name: str, query: str, shared: bool, by: User, now: dt.datetime
) -> SavedFilter:
    """Keep a list under a name; the same name again replaces one's own list of that name. Raises Refused."""
    kept = _kept(query)
    errors = {}
    if not name.strip():
        errors["name"] = "Give the list a name"
    elif len(name.strip()) > 100:  # noqa: PLR2004 - the column's length
        errors["name"] = "The name must be 100 characters or fewer"
    if not kept:
        errors["query"] = "Choose a filter first: the whole plan needs no list of its own"
    elif len(kept) > 1000:  # noqa: PLR2004 - the column's length
        errors["query"] = "The filter is too long to be kept: search for fewer words"
    if errors:
        raise Refused(errors)
    found, made = SavedFilter.objects.select_for_update().get_or_create(
        council=council,
        owner=by,
        name=name.strip(),
        defaults={"query": kept, "shared": shared, "made_at": now},
    )
    log = ChangeLog(council_id=council.pk, by=by, on=timezone.localdate(now), now=now)
    if made:
        log.made(FILTER, found.pk, {"name": found.name, "query": kept, "shared": shared})
    else:
        log.changed(FILTER, found.pk, "query", found.query, kept, version=1)
        log.changed(FILTER, found.pk, "shared", found.shared, shared, version=1)
        found.query, found.shared = kept, shared
        found.save(update_fields=["query", "shared"])
    log.write()
    return found


@transaction.atomic
def change_filter(
    *, council: Council, filter_id: int, name: str, shared: bool, by: User, now: dt.datetime
) -> SavedFilter:
    """Rename one's own list, share it or stop sharing it. Raises SavedFilter.DoesNotExist for others', Refused."""
    found = SavedFilter.objects.select_for_update().get(pk=filter_id, council=council, owner=by)
    name = name.strip()
    same = SavedFilter.objects.filter(council=council, owner=by, name=name).exclude(pk=found.pk)
    if not name or len(name) > 100:  # noqa: PLR2004 - the column's length
        raise Refused({"name": "Give the list a name of 100 characters or fewer"})
    if same.exists():
        raise Refused({"name": f"You have a list called “{name}” already"})
    log = ChangeLog(council_id=council.pk, by=by, on=timezone.localdate(now), now=now)
    log.changed(FILTER, found.pk, "name", found.name, name, version=1)
    log.changed(FILTER, found.pk, "shared", found.shared, shared, version=1)
    log.write()
    found.name, found.shared = name, shared
    found.save(update_fields=["name", "shared"])
    return found


@transaction.atomic
def remove_filter(*, council: Council, filter_id: int, by: User, now: dt.datetime) -> str:
    """Remove one's own list and return its name. Raises SavedFilter.DoesNotExist for others'."""
    found = SavedFilter.objects.select_for_update().get(pk=filter_id, council=council, owner=by)
    log = ChangeLog(council_id=council.pk, by=by, on=timezone.localdate(now), now=now)
    log.changed(FILTER, found.pk, "removed", found.name, None, version=1)
    log.write()
    found.delete()
    return found.name


def _kept(query: str) -> str:
    """The query without what belongs to one visit."""
    asked = QueryDict(query.lstrip("?"), mutable=True)
    for name in NOT_KEPT:
        asked.pop(name, None)
    for name in list(asked):
        if not asked[name] or (name, asked[name]) == ("sort", "plan"):
            del asked[name]
    return asked.urlencode()
