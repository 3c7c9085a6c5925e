from django.db import migrations

from history.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_reports")]

    operations = [
        *append_only("reporting_sectionversion"),
        *append_only("reporting_submittedreport"),
    ]
