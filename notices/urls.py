"""Pages of notices and the dates that follow from them."""

from django.urls import include, path

from notices.views import correcting, dates, notice, reading, recording, register

app_name = "notices"
_HERE = "councils/<slug:council>/notice/"
urlpatterns = [
    path("", include("notices.deadlines.urls")),
    path("councils/<slug:council>/dates/", dates.key_dates, name="key_dates"),
    path("councils/<slug:council>/dates/record", dates.record, name="record"),
    path("councils/<slug:council>/dates/<int:event>/correct/", dates.correct_date, name="correct_date"),
    path(_HERE, notice.notice, name="notice"),
    path(f"{_HERE}chain/", notice.chain, name="chain"),
    path(f"{_HERE}agreements/", register.register, name="register"),
    path(f"{_HERE}corrections/", correcting.corrections, name="corrections"),
    path(f"{_HERE}corrections/<int:correction>/put-back/", correcting.undo, name="undo_correction"),
    path(f"{_HERE}duties/<int:obligation>/correct/", correcting.correct, name="correct"),
    path(f"{_HERE}duties/<int:obligation>/withdraw/", correcting.withdraw, name="withdraw_obligation"),
    path(f"{_HERE}duties/add/<int:instrument>/", correcting.add_missed, name="add_missed"),
    path(f"{_HERE}compare/<int:instrument>/", notice.compare, name="compare"),
    path(f"{_HERE}chain/add/", recording.add_instrument, name="add_instrument"),
    path(f"{_HERE}chain/<int:instrument>/", recording.edit_instrument, name="edit_instrument"),
    path(f"{_HERE}chain/<int:instrument>/end/", recording.end, name="end_instrument"),
    path(f"{_HERE}agreements/add/<int:instrument>/", register.add_agreement, name="add_agreement"),
    path(f"{_HERE}agreements/<int:agreement>/take-back/", register.withdraw, name="withdraw_agreement"),
    path(f"{_HERE}inspections/add/", recording.add_inspection, name="add_inspection"),
    path(f"{_HERE}inspections/<int:inspection>/", recording.edit_inspection, name="edit_inspection"),
    path(f"{_HERE}readings/", reading.readings, name="readings"),
    path(f"{_HERE}readings/add/", reading.add, name="add"),
    path(f"{_HERE}readings/<int:pk>/", reading.reading, name="reading"),
    path(f"{_HERE}readings/<int:pk>/duties/<int:number>/", reading.duty, name="duty"),
    path(f"{_HERE}readings/<int:pk>/confirm/", reading.confirm_reading, name="confirm"),
    path(f"{_HERE}readings/<int:pk>/leave", reading.leave, name="leave"),
]
