"""Home pages, overviews, packs."""

from django.urls import path

from reporting.views import packs, pages

app_name = "reporting"
PACK = "councils/<slug:council>/board/meetings/<int:meeting>/pack/"
urlpatterns = [
    path("", pages.home, name="home"),
    path("councils/<slug:council>/", pages.overview, name="overview"),
    path(PACK, packs.pack, name="pack"),
    path(f"{PACK}make/<slug:edition>", packs.make, name="make_pack"),
    path(f"{PACK}sections", packs.sections, name="pack_sections"),
    path("help", pages.help_page, name="help"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("privacy", pages.privacy, name="privacy"),
]
