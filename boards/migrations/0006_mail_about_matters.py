import django.db.models.deletion
from django.db import migrations, models

from history.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("boards", "0005_papers_restricted_by_themselves")]

    operations = [
        migrations.CreateModel(
            name="MatterMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(help_text="where it went", max_length=254)),
                ("key", models.CharField(max_length=100, unique=True)),
                ("late", models.BooleanField(help_text="it was overdue; else nearly due")),
                ("at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="boards.matter"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
                    ),
                ),
            ],
        ),
        *append_only("boards_mattermail"),
    ]
