from django.db import migrations

from history.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_initial")]

    operations = [
        *append_only("boards_acknowledgement"),
        *append_only("boards_meetingmove"),
        *append_only("boards_matternote", redactable=["text"]),
        *append_only("boards_minutesversion"),
        *append_only("boards_roundmail"),
    ]
