"""Boards that were renamed before renames were facts: their events are theirs again."""

from typing import Any

from django.db import migrations


def tell_renames(apps: Any, schema_editor: Any) -> None:
    """A rename for each change of a board's name that the change log holds."""
    Change = apps.get_model("history", "Change")  # noqa: N806 - a model
    Rename = apps.get_model("notices", "BoardRename")  # noqa: N806 - a model
    for row in Change.objects.filter(subject="boards.board", field="name").order_by("recorded_at", "pk"):
        if row.council_id is None or not row.old or row.redacted_at:
            continue
        Rename.objects.create(
            council_id=row.council_id, was=row.old, name=row.new, recorded_at=row.recorded_at, by_id=row.by_id
        )


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0002_append_only"),
        ("history", "0003_access_subject_uuid"),
        ("notices", "0005_board_renames"),
    ]

    operations = [migrations.RunPython(tell_renames, migrations.RunPython.noop, elidable=True)]
