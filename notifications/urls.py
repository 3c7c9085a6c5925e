"""Where somebody chooses what they are mailed."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [path("account-mail/", views.choices, name="choices")]
