"""The static checks, all of them, so that one run shows everything there is to mend."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))
TYPED = ["config", "deadlines", *ROOMS, "scripts", "bench", "gunicorn.conf.py"]

# `check --deploy` looks at the settings of the set-up that faces the world
PRODUCTION = {
    "DATABASE_URL": "postgres://noticeboard@localhost/noticeboard",
    "REDIS_URL": "redis://localhost:6379/0",
    "SECRET_KEY": "checked-not-used-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "SITE_URL": "https://noticeboard.example.org",
    "ALLOWED_HOSTS": "noticeboard.example.org",
    "BEHIND_PROXY": "true",
}
PYTHON = [sys.executable]
MANAGE = [*PYTHON, "manage.py"]


def checks(api_schema: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Name, command and environment of each check; the API's schema as it is now goes to that file."""
    bin_dir = Path(sys.executable).parent
    own = "templates/django"
    return {
        # the longest first: it runs beside all the others
        "mypy": ([*PYTHON, "-m", "mypy", *TYPED], {}),
        "ruff": ([*PYTHON, "-m", "ruff", "check", "--quiet", "."], {}),
        "format": ([*PYTHON, "-m", "ruff", "format", "--quiet", "--check", "."], {}),
        "imports": ([str(bin_dir / "lint-imports")], {}),
        "page templates": (
            [
                *PYTHON,
                "-m",
                "djlint",
                "--lint",
                "--quiet",
                "--profile=jinja",
                f"--extend-exclude={own}",
                "templates",
            ],
            {},
        ),
        "library templates": ([*PYTHON, "-m", "djlint", "--lint", "--quiet", "--profile=django", own], {}),
        "migrations": ([*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
        "deployment": ([*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        "API schema": (
            [*MANAGE, "spectacular", "--validate", "--fail-on-warn", "--file", str(api_schema)],
            {},
        ),
    }


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one check; what it prints is shown only where it fails."""
    began = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = result.returncode == 0
    said = f"{'ok  ' if good else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)\n"
    sys.stdout.write(said if good else said + result.stdout)  # in one piece: two checks run at a time
    sys.stdout.flush()
    return good


def main() -> int:
    """Run them all; 1 where one failed."""
    with tempfile.TemporaryDirectory(prefix="noticeboard-lint-") as folder:
        schema = Path(folder) / "schema.yml"
        data = {"DATA_DIR": folder}
        with ThreadPoolExecutor(max_workers=2) as pool:
            begun = [
                pool.submit(passes, name, command, data | environment)
                for name, (command, environment) in checks(schema).items()
            ]
        results = [check.result() for check in begun]
        committed = ROOT / "docs" / "api" / "schema.yml"
        if schema.exists() and (not committed.exists() or committed.read_bytes() != schema.read_bytes()):
            sys.stdout.write("FAIL docs/api/schema.yml is not the API as it is: make schema\n")
            results.append(False)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
