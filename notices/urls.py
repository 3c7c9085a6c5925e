"""Pages of notices and the dates that follow from them."""

from django.urls import include, path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", include("notices.deadlines.urls")),
    path("councils/<slug:council>/dates/", views.key_dates, name="key_dates"),
    path("councils/<slug:council>/dates/record", views.record, name="record"),
]
