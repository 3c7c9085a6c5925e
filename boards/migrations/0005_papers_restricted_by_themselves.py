"""Whether a paper is restricted by itself. Of those restricted already it is not known, so they stay closed."""

from typing import Any

from django.db import migrations, models


def keep_closed(apps: Any, schema_editor: Any) -> None:
    """Papers that are restricted now count as restricted by themselves."""
    Paper = apps.get_model("boards", "Paper")  # noqa: N806 - a model
    Paper.objects.filter(restricted=True).update(restricted_itself=True)


class Migration(migrations.Migration):
    dependencies = [("boards", "0004_sections_of_the_pack")]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="restricted",
            field=models.BooleanField(default=False, help_text="by itself, or because its item is"),
        ),
        migrations.AddField(
            model_name="paper",
            name="restricted_itself",
            field=models.BooleanField(default=False, help_text="it stays so when its item opens"),
        ),
        migrations.RunPython(keep_closed, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(restricted=True) | models.Q(restricted_itself=False),
                name="paper_restricted_by_itself_is_restricted",
            ),
        ),
    ]
