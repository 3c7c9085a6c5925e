"""What the system itself must have: looked for, and installed through apt where this user may."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """A Debian package, and how to see that what it brings is there already."""

    package: str
    present: Callable[[], bool]


def postgresql_command(name: str) -> Path | None:
    """PostgreSQL's newest server command of that name; Debian keeps them off the PATH. None: not there."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1]
    found = shutil.which(name)
    return Path(found) if found else None


def chromium() -> Path | None:
    """The browser that journeys drive; None where there is none."""
    found = shutil.which("chromium")
    return Path(found) if found else None


def _library(soname: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return present


def _a_font() -> bool:
    return any(Path("/usr/share/fonts").rglob("*.ttf"))


# WeasyPrint draws PDFs with these
RUN = (
    Need("libpango-1.0-0", _library("libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", _library("libharfbuzz-subset.so.0")),
    Need("fontconfig", lambda: shutil.which("fc-list") is not None),
    Need("fonts-dejavu-core", _a_font),
)
TEST = (
    *RUN,
    Need("postgresql", lambda: postgresql_command("initdb") is not None),
    Need("redis-server", lambda: shutil.which("redis-server") is not None),
    Need("chromium", lambda: chromium() is not None),
)


def missing(needs: tuple[Need, ...]) -> list[str]:
    """The packages among these whose work nothing on this machine does."""
    return [need.package for need in needs if not need.present()]


def _apt() -> list[str] | None:
    """How this user may call apt-get; None where they may not, or where there is none."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if run("sudo", "-n", "true", quiet=True):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


def install(packages: list[str]) -> bool:
    """Install Debian packages. False, with what to type printed, where this user may not or it went wrong."""
    apt = _apt()
    if apt is not None:
        say(f"installing {', '.join(packages)} through apt")
        run(*apt, "-q", "update", quiet=True)
        if run(*apt, "-q", "install", "-y", "--no-install-recommends", *packages):
            return True
    say(f"please have an administrator run: apt-get install --no-install-recommends {' '.join(packages)}")
    return False


def ensure(purpose: str) -> None:
    """Have what that purpose needs. Tests need all of it; the product runs without, but draws no PDFs."""
    lacking = missing(TEST if purpose == "test" else RUN)
    if lacking and not install(lacking):
        if purpose == "test":
            sys.exit("set-up: the tests need these packages")
        say("going on without: PDFs cannot be made until they are there")


def say(message: str) -> None:
    """One line to whoever watches the set-up."""
    sys.stderr.write(f"set-up: {message}\n")
    sys.stderr.flush()


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Whether a command went well. False too where there is no such command."""
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, check=False, stdout=output, stderr=output).returncode == 0
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    ensure(sys.argv[1])
