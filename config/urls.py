"""Where everything is. Each room brings its own pages; a guard on each says who they are for (councils.guards)."""

from django.contrib import admin
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from councils.guards import public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """For load balancers and `docker compose`: up, and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@public
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.svg"))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api_urls")),
    path("", include("councils.urls")),
    path("", include("councils.change_log.urls")),
    path("", include("files.urls")),
    path("", include("jobs.urls")),
    path("", include("notifications.urls")),
    path("", include("notices.urls")),
    path("", include("plans.urls")),
    path("", include("boards.urls")),
    path("", include("reporting.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
