from django.db import migrations

from history.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = append_only("plans_progressupdate", redactable=["narrative", "reason", "next_step"])
