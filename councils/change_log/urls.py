"""Where the change log is."""

from django.urls import path

from councils.change_log import views

app_name = "history"

urlpatterns = [
    path("councils/<slug:council>/history/", views.log, name="changes"),
    path("councils/<slug:council>/history/reads/", views.reads, name="reads"),
]
