"""Pages of notices and the dates that follow from them."""

from django.urls import include, path

from notices.views import dates, notice, reading, recording

app_name = "notices"
_HERE = "councils/<slug:council>/notice/"
urlpatterns = [
    path("", include("notices.deadlines.urls")),
    path("councils/<slug:council>/dates/", dates.key_dates, name="key_dates"),
    path("councils/<slug:council>/dates/record", dates.record, name="record"),
    path(_HERE, notice.notice, name="notice"),
    path(f"{_HERE}compare/<int:instrument>/", notice.compare, name="compare"),
    path(f"{_HERE}chain/add/", recording.add_instrument, name="add_instrument"),
    path(f"{_HERE}chain/<int:instrument>/", recording.edit_instrument, name="edit_instrument"),
    path(f"{_HERE}chain/<int:instrument>/end/", recording.end, name="end_instrument"),
    path(f"{_HERE}chain/<int:instrument>/agreements/add/", recording.add_agreement, name="add_agreement"),
    path(f"{_HERE}agreements/<int:agreement>/take-back/", recording.withdraw, name="withdraw_agreement"),
    path(f"{_HERE}inspections/add/", recording.add_inspection, name="add_inspection"),
    path(f"{_HERE}inspections/<int:inspection>/", recording.edit_inspection, name="edit_inspection"),
    path(f"{_HERE}readings/", reading.readings, name="readings"),
    path(f"{_HERE}readings/add/", reading.add, name="add"),
    path(f"{_HERE}readings/<int:pk>/", reading.reading, name="reading"),
    path(f"{_HERE}readings/<int:pk>/duties/<int:number>/", reading.duty, name="duty"),
    path(f"{_HERE}readings/<int:pk>/confirm/", reading.confirm_reading, name="confirm"),
    path(f"{_HERE}readings/<int:pk>/leave", reading.leave, name="leave"),
]
