"""Pages for what went wrong. They say what to do next and betray nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from config.context import page
from councils.guards import public
from councils.middleware import sign_in_first


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the menu, the user and the database: what failed may be one of them."""
    return HttpResponse(render_to_string("errors/500.html", page(request)), status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form without its token: most often somebody whose session, cookies and all, has ended meanwhile."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    return render(request, "errors/csrf.html", status=403)
