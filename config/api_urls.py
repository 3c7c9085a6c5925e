"""The API's addresses, /api/v1/..."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from config import api_schema  # noqa: F401 - tells the schema how one signs in
from councils.api.base import NoSuchEndpoint
from councils.api.endpoints import CouncilDetail, CouncilList
from plans.api.endpoints import (
    ActionDetail,
    ActionList,
    ObjectiveDetail,
    ObjectiveList,
    PlanDetail,
    PositionList,
    UpdateList,
)

HERE = "councils/<slug:council>"
urlpatterns = [
    path("councils", CouncilList.as_view(), name="api-councils"),
    path(HERE, CouncilDetail.as_view(), name="api-council"),
    path(f"{HERE}/plan", PlanDetail.as_view(), name="api-plan"),
    path(f"{HERE}/objectives", ObjectiveList.as_view(), name="api-objectives"),
    path(f"{HERE}/objectives/<int:objective>", ObjectiveDetail.as_view(), name="api-objective"),
    path(f"{HERE}/actions", ActionList.as_view(), name="api-actions"),
    path(f"{HERE}/actions/<int:action>", ActionDetail.as_view(), name="api-action"),
    path(f"{HERE}/actions/<int:action>/updates", UpdateList.as_view(), name="api-updates"),
    path(f"{HERE}/positions", PositionList.as_view(), name="api-positions"),
    path("schema", SpectacularAPIView.as_view(), name="api-schema"),
    # whatever else is asked for here is answered as the API answers, not with a page
    re_path(r"^.*$", NoSuchEndpoint.as_view(), name="api-nothing"),
]
