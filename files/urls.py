from django.urls import path

from files import views

app_name = "files"
urlpatterns = [path("files/<uuid:file>/", views.download, name="download")]
