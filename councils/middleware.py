"""Loads what the user may do, and refuses every view that does not say who it is for, and text that is none."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import auth
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.views.generic.base import RedirectView

from councils import sessions
from councils.access import NOBODY, access_of

# libraries whose views check for themselves; tests/architecture/test_access.py names each of them
OWN_GUARDS = ("allauth.", "django.contrib.admin.", "django.contrib.staticfiles.")


class AccessMiddleware:
    """Default deny: a view is public, for the signed in, or guarded by a right (councils.guards)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        now = timezone.now()
        if request.user.is_authenticated and sessions.is_over(request.session, now=now):
            auth.logout(request)
            request.session_over = True
        if request.user.is_authenticated:
            sessions.seen(request.session, now=now)
            request.access = access_of(request.user, today=timezone.localdate(now))
        else:
            request.access = NOBODY
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: object, kwargs: object) -> HttpResponseBase | None:
        rule = getattr(view, "access_rule", None)
        if rule == "public" or guards_itself(view):
            return None
        if rule is None:
            raise ImproperlyConfigured(f"{view_module(view)} has no access rule: see councils.guards")
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return None


class TextMiddleware:
    """Refuses a form with a NUL in it, which nobody types and no text in PostgreSQL can hold. The API looks itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: object, kwargs: object) -> None:
        if request.method != "POST" or is_api(view):
            return
        if any("\0" in value for _, values in request.POST.lists() for value in values):
            raise BadRequest("a NUL in a form")


def guards_itself(view: Any) -> bool:
    """Views of libraries; and of REST framework, which bring permission classes (the default one denies).

    A library's view is known by the module it was written in. A bare redirect, of which allauth has some,
    serves nothing and needs no guard.
    """
    is_redirect = getattr(view, "view_class", None) is RedirectView
    return is_redirect or is_api(view) or view_module(view).startswith(OWN_GUARDS)


def view_module(view: Any) -> str:
    """The module that a callback was written in, seen through admin's and class-based views' wrappers."""
    cls = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if cls is not None:
        return str(cls.__module__)
    if hasattr(view, "model_admin") or hasattr(view, "admin_site"):
        return "django.contrib.admin."
    return str(view.__module__)


def is_api(view: Any) -> bool:
    """REST framework views carry permission classes of their own; the default one denies."""
    return hasattr(getattr(view, "cls", None), "permission_classes")


def sign_in_first(request: Any) -> HttpResponseBase:
    """Send to sign in and back again; an htmx request is told to go there with the whole page."""
    htmx = bool(request.headers.get("HX-Request"))
    back = request.headers.get("HX-Current-URL", "/") if htmx else request.get_full_path()
    if request.method != "GET" and not htmx:
        back = request.headers.get("Referer", "/")
    query = {"next": local_path(back)}
    if getattr(request, "session_over", False):
        query["over"] = "1"
    url = f"{settings.LOGIN_URL}?{urlencode(query)}"
    if htmx:
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def local_path(url: str) -> str:
    """The path and query of a URL, without its host: never a way to somewhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a header that is no URL
        return "/"
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path
