"""Pages of deadlines: the list, one of them, calendars, reminders."""
