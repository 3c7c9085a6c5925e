"""How many examples a property is tried with."""

import os


def examples(number: int) -> int:
    """So many on SQLite, a third of them on PostgreSQL.

    For properties of our own code over what it stored: what the database itself does otherwise, the few show as well.
    """
    return number // 3 if os.environ.get("DATABASE_URL", "").startswith("postgres") else number
