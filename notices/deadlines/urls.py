"""Where deadlines are; `notices.urls` takes these in."""

from django.urls import path

from notices.deadlines.views import listing, one, telling

HERE = "councils/<slug:council>/deadlines/"
ONE = f"{HERE}<int:obligation>/<str:due>/"
urlpatterns = [
    path(HERE, listing.deadlines, name="deadlines"),
    path(f"{HERE}deadlines.csv", listing.as_csv_file, name="deadlines_csv"),
    path(f"{HERE}deadlines.xlsx", listing.as_xlsx_file, name="deadlines_xlsx"),
    path(f"{HERE}month/", listing.month, name="deadlines_month"),
    path(f"{HERE}reminders/", telling.reminders, name="reminders"),
    path(f"{HERE}calendar/", telling.feed, name="feed"),
    path(f"{HERE}calendar/end/", telling.end_feed, name="feed_end"),
    path(ONE, one.deadline, name="deadline"),
    path(f"{ONE}met/", one.met, name="deadline_met"),
    path(f"{ONE}waive/", one.waive, name="deadline_waive"),
    path(f"{ONE}reopen/", one.reopen, name="deadline_reopen"),
    path("calendars/<str:token>.ics", telling.calendar, name="calendar"),
]
