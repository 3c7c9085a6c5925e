"""A database with every migration done, made once for these very migrations and copied from then on.

Migrating takes half a minute of a processor, and each process of tests needs a database of its own. That of SQLite
is a file, that of PostgreSQL stands on the server of `scripts.services --migrated`.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from scripts.services import MIGRATED

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(tempfile.gettempdir()) / f"noticeboard-migrated-{os.getuid()}"


def template() -> Path:
    """Where the database of the migrations as they are now is kept, or would be."""
    digest = hashlib.sha256()
    made_of = [
        *ROOT.glob("*/migrations/**/*"),
        ROOT / "history" / "triggers.py",
        ROOT / "config" / "settings.py",
        ROOT / "requirements" / "base.txt",
    ]
    for path in sorted(path for path in made_of if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return KEPT / f"{digest.hexdigest()[:32]}.sqlite3"


@contextmanager
def alone(folder: Path = KEPT) -> Iterator[None]:
    """One process at a time: the others wait for what it makes in that folder."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_of_template(to: Path) -> bool:
    """Put the kept database there. False where none is kept for these migrations."""
    kept = template()
    if kept.exists():
        shutil.copyfile(kept, to)
    return kept.exists()


def keep(database: str) -> None:
    """Keep a migrated database for the next process."""
    half = KEPT / f"{os.getpid()}.half"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(half)) as copy:
        source.backup(copy)
    half.replace(template())


def copy_on_server(server: str, name: str) -> bool:
    """Make a database of that name on a PostgreSQL server. False where it has no migrated one to copy."""
    with psycopg.connect(server, autocommit=True) as connection:
        there = connection.execute("SELECT FROM pg_database WHERE datname = %s", [MIGRATED]).fetchone()
        if there is not None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(MIGRATED)
                )
            )
    return there is not None
