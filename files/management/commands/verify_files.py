"""manage.py verify_files: are all stored files still there, and still what they were?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from files.queries import damaged_files


class Command(BaseCommand):
    help = "Compares every stored file with its size and SHA-256. Ends with an error if one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = 0
        for stored, problem in damaged_files():
            problems += 1
            self.stdout.write(f"{stored.pk} {stored.name}: {problem}")
        if problems:
            raise CommandError(f"{problems} stored files are not what they were.")
        self.stdout.write("All stored files are what they were.")
