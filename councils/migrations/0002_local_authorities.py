"""The 153 English upper-tier local authorities as they stand since 1 April 2023, with the ONS codes in force since
1 May 2025.

Source of codes, numbers and regions: DfE's list of local authorities for open data standards (ONS Code History
Database; Get Information about Schools for the three digits). Names are the councils' own.
"""

import csv
from pathlib import Path

from django.db import migrations
from django.utils.text import slugify

FACTS = Path(__file__).parent.parent / "data" / "local_authorities_2023.csv"


def add_local_authorities(apps, schema_editor):
    council = apps.get_model("councils", "Council")
    with FACTS.open(newline="", encoding="utf-8") as lines:
        council.objects.bulk_create(
            council(slug=slugify(row["short_name"]), **row) for row in csv.DictReader(lines)
        )


class Migration(migrations.Migration):
    dependencies = [("councils", "0001_initial")]

    operations = [migrations.RunPython(add_local_authorities, migrations.RunPython.noop)]
