"""How an Office file becomes a PDF: by LibreOffice, kept from the network, other files and too much of the machine.

What is sent is not to be trusted: a document can name pictures, templates and sections that live elsewhere, carry
macros, or be a few kilobytes that unfold without end. No Django, no database.
"""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from boards.pdfs import PdfRefused

logger = logging.getLogger(__name__)

SECONDS = 120
MEMORY = 2 * 2**30
"""Bytes of address space: twice what a Word file with 43 MB of pictures was seen to need."""
OUTPUT = 100 * 2**20
"""Bytes of any one file that it writes."""
FOLDER = 300 * 2**20
"""Bytes of its whole folder: the document, its profile, what it keeps in between and the PDF."""
_KINDS = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/rtf",
)
# the shell's units: -v kilobytes, -f blocks of 512 bytes, -t seconds of CPU
_LIMITED = (
    f"ulimit -v {MEMORY // 1024} && ulimit -f {OUTPUT // 512} && ulimit -t {SECONDS} && ulimit -c 0 && "
    'exec "$@"'
)
# LibreOffice's own settings: no links followed, no macros, and a proxy that is not there for whatever asks all the same
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def is_office(content_type: str) -> bool:
    """Whether LibreOffice can turn a file of this type into PDF; one with macros is not tried."""
    return content_type.startswith(_KINDS) and not content_type.endswith(".macroEnabled.12")


def converter() -> str | None:
    """LibreOffice's program on this machine, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(content: bytes, suffix: str) -> bytes:
    """The PDF that LibreOffice makes of an Office file, in a folder and a profile of its own, under the limits above.

    Raises PdfRefused, in words for whoever sent it, where it is not there, makes none, or passes a limit.
    """
    program = converter()
    if program is None:
        raise PdfRefused("LibreOffice is not there to turn it into PDF. Send it as PDF.")
    with tempfile.TemporaryDirectory(prefix="noticeboard-paper-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"paper{suffix}"
        source.write_bytes(content)
        _write_settings(folder / "profile" / "user")
        said = _run(program, source)
        made = folder / "paper.pdf"
        if not made.exists():
            logger.warning("LibreOffice made no PDF: %s", said[-500:])
            raise PdfRefused(
                "This file could not be turned into PDF: it is damaged, protected by a password, or too large to "
                "work out. Save it as PDF, and send that."
            )
        if made.stat().st_size >= OUTPUT:
            raise PdfRefused(_TOO_LARGE)
        return made.read_bytes()


_TOO_LARGE = (
    "This file is too large to be turned into PDF here. Save it as PDF with smaller pictures, or in parts."
)


def _run(program: str, source: Path) -> bytes:
    """Run LibreOffice on a file beside which it may write; says what it said. Raises PdfRefused past a limit."""
    folder = source.parent
    command = [
        *("/bin/sh", "-c", _LIMITED, "sh"),
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        *("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)),
        str(source),
    ]
    with (folder / "said").open("w+b") as said:
        run = subprocess.Popen(  # noqa: S603 - our own words and a file of our own naming
            command,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
            env=_surroundings(folder),
            cwd=folder,
        )
        try:
            _wait(run, folder)
        finally:
            _end(run)
        said.seek(0)
        return said.read(100_000)


def _surroundings(folder: Path) -> dict[str, str]:
    """What LibreOffice is told of the machine: nothing of the service's own settings."""
    known = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {**known, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}


def _wait(run: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            run.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise PdfRefused(
                    "Turning this file into PDF took too long. Save it as PDF, and send that."
                ) from None
            if _size(folder) > FOLDER:
                raise PdfRefused(_TOO_LARGE) from None
        else:
            return


def _size(folder: Path) -> int:
    found = 0
    for inside, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # it writes and deletes meanwhile
                found += (Path(inside) / name).lstat().st_size
    return found


def _end(run: "subprocess.Popen[bytes]") -> None:
    """End it and whatever it started: LibreOffice starts a program of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()


def _write_settings(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
