"""The product's own addresses, and a page that says hello to whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404
from config.urls import urlpatterns as own
from councils.guards import signed_in

__all__ = ["handler400", "handler403", "handler404", "urlpatterns"]


@signed_in
def hello(request: HttpRequest) -> HttpResponse:
    """The unit: all that comes before a view, and next to nothing in it."""
    return HttpResponse("hello", content_type="text/plain")


urlpatterns = [path("hello", hello), *own]
