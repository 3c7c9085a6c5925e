"""A real PostgreSQL and a real Redis for tests, each on a free port in a temporary folder.

`python -m scripts.services COMMAND...` runs a command with both up; it finds them in DATABASE_URL and
NOTICEBOARD_TEST_REDIS. Absent servers are a failure, never a skip. `--migrated` before the command migrates the
database meanwhile and then keeps a copy of it, MIGRATED, of which tests make theirs: migrating takes half a minute.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import psycopg
import redis as redis_client

from scripts.processes import die_with_parent, free_port
from scripts.system import postgresql_command

PATIENCE = 30.0
MIGRATED = "migrated"
ROOT = Path(__file__).resolve().parent.parent


class ServerMissingError(Exception):
    """A server that the tests need is not installed: `make setup` brings it."""


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server; the URL of its empty database. Raises ServerMissingError."""
    initdb, server = postgresql_command("initdb"), postgresql_command("postgres")
    if initdb is None or server is None:
        raise ServerMissingError("postgresql")
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    with tempfile.TemporaryDirectory(prefix="noticeboard-pg-") as folder:
        if user:
            shutil.chown(folder, user)
        data = str(Path(folder) / "data")
        subprocess.run(
            [
                initdb,
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "--no-sync",
                "-E",
                "UTF8",
                "--locale",
                "C.UTF-8",
            ],
            check=True,
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        port = free_port()
        options = {
            "port": port,
            "unix_socket_directories": folder,
            "listen_addresses": "127.0.0.1",
            "fsync": "off",
        }
        settings = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        log = Path(folder) / "log"
        with (
            log.open("wb") as output,
            _running([server, "-D", data, *settings], output.fileno(), user, folder),
        ):
            admin = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _wait_until(lambda: psycopg.connect(admin).close(), psycopg.OperationalError, log)
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute("CREATE DATABASE noticeboard")
            yield f"postgres://postgres@127.0.0.1:{port}/noticeboard"


@contextmanager
def redis() -> Iterator[str]:
    """A Redis server that keeps nothing; its URL. Raises ServerMissingError."""
    server = shutil.which("redis-server")
    if server is None:
        raise ServerMissingError("redis-server")
    with tempfile.TemporaryDirectory(prefix="noticeboard-redis-") as folder:
        port = free_port()
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        log = Path(folder) / "log"
        with log.open("wb") as output, _running(command, output.fileno(), None, folder):
            client = redis_client.Redis(port=port)
            _wait_until(client.ping, redis_client.ConnectionError, log)
            client.close()
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _running(command: Sequence[str | Path], output: int, user: str | None, folder: str) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        stdout=output,
        stderr=output,
        user=user,
        cwd=folder,
        preexec_fn=partial(die_with_parent, signal.SIGINT),
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL waits for its clients on SIGTERM
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until(works: Callable[[], object], not_yet: type[Exception], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            works()
        except not_yet:
            if time.monotonic() > deadline:
                sys.stderr.write(log.read_text(encoding="utf-8", errors="replace"))
                raise
            time.sleep(0.05)
        else:
            return


@contextmanager
def _migrating(database: str) -> Iterator[None]:
    """Meanwhile migrate that empty database; a copy of it is there once it is whole."""
    migration = subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env={**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT,
        preexec_fn=die_with_parent,
    )

    def copy_when_done() -> None:
        if migration.wait() == 0:
            with psycopg.connect(database.replace("/noticeboard", "/postgres"), autocommit=True) as server:
                server.execute(f"CREATE DATABASE {MIGRATED} TEMPLATE noticeboard")

    copying = threading.Thread(target=copy_when_done)
    copying.start()
    try:
        yield
    finally:
        migration.terminate()
        copying.join()


def main(command: list[str]) -> int:
    """Run a command with both servers up; its exit code."""
    migrated = command[:1] == ["--migrated"]
    with (
        postgres() as database,
        redis() as broker,
        _migrating(database) if migrated else nullcontext(),
    ):
        environment = {**os.environ, "DATABASE_URL": database, "NOTICEBOARD_TEST_REDIS": broker}
        return subprocess.run(command[migrated:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
