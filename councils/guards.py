"""Default deny: a view without one of these marks is refused by the middleware. A test walks every URL."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from councils.access import Access
from councils.models import Council, User
from councils.rights import Thing, Verb

P = ParamSpec("P")
Rule = tuple[Verb, Thing] | Literal["public", "signed in", "own checks"]
View = Callable[..., HttpResponseBase]


class CouncilRequest(HttpRequest):
    """A request that passed a guard: somebody is signed in, and the council is one they may see."""

    access: Access
    council: Council
    user: User


def _marked(view: View, rule: Rule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """For everybody, signed in or not."""
    return _marked(view, "public")


def signed_in(view: View) -> View:
    """For everybody with an account; the view shows only what `request.access` lets it."""
    return _marked(view, "signed in")


def own_checks(view: View) -> View:
    """For everybody with an account; the view itself asks `request.access` about the one object it serves."""
    return _marked(view, "own checks")


def requires(
    verb: Verb, thing: Thing
) -> Callable[[Callable[Concatenate[Any, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """For those who may do this to that in the council whose slug is in the URL (`<slug:council>`).

    A council that the user has nothing to do with is a 404, so that ids betray nothing; a right that is
    lacking is a 403. Without a council in the URL the user's national roles are asked.
    """

    def decorate(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            access: Access = request.access
            slug = kwargs.pop("council", None)
            council = None
            if slug is not None:
                council = access.councils.get(slug) or Council.objects.filter(slug=slug).first()
                if council is None or not access.knows(council):
                    raise Http404
                request.council = council
            if not access.may(verb, thing, council):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(guarded, (verb, thing))

    return decorate
