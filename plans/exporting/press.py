"""The press: a process kept ready with WeasyPrint imported, which forks for every document.

Starting Python and importing WeasyPrint takes longer than laying out a page, so each process that prints does it once;
the memory of a document goes back to the machine with the fork that drew it. `run_child` is the side of those who
print; the press itself is this module run by itself.
"""

import atexit
import gc
import importlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

LONGEST = 20 * 60
"""Seconds after which a rendering is given up."""
_PAGE = re.compile(r"Page (\d+)")
_ENDED = "Ended with "
Progress = Callable[[str], None]
_Press = subprocess.Popen[str]
_ready: list[_Press] = []
os.register_at_fork(after_in_child=_ready.clear)  # a press is asked through the pipes of who started it


class PrintingFailed(Exception):  # noqa: N818 - what happened
    """The process that draws pages ended without a PDF; its last words are the message."""


def run_child(module: str, source: Path, target: Path, *, progress: Progress | None = None) -> None:
    """Have `in_child(source, target)` of a module write what `source` says into `target`, in a process of its own.

    `progress` is called with what is being done, several times a minute and more. Raises PrintingFailed where it ends
    without the target, also where it takes longer than LONGEST.
    """
    begun, press = time.monotonic(), _press()
    timer = threading.Timer(LONGEST, _kill, [press])
    timer.start()
    try:
        code, last = _asked(press, [module, str(source), str(target)], progress)
    except BaseException:
        _stop(press)
        raise
    finally:
        timer.cancel()
    if code is None:
        _stop(press)
        if time.monotonic() - begun >= LONGEST:
            last = f"it took longer than {LONGEST // 60} minutes; the last that was said: {last}"
    elif _ready:
        press.communicate()  # others printed at the same time: one is enough to keep
    else:
        _ready.append(press)
    if code or not target.exists():
        raise PrintingFailed(last or "the process that draws pages ended")


def dismiss() -> None:
    """End the presses of this process that wait for work."""
    while (press := _taken()) is not None:
        press.communicate()


atexit.register(dismiss)


def _taken() -> _Press | None:
    try:
        return _ready.pop()
    except IndexError:  # threads may ask at the same time
        return None


def _press() -> _Press:
    """One that waits for work, or a new one."""
    while (press := _taken()) is not None:
        if press.poll() is None:
            return press
        press.communicate()
    return subprocess.Popen(
        [sys.executable, "-m", "plans.exporting.press"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",  # libraries may say what is no UTF-8
        start_new_session=True,  # so that it is stopped together with its fork
    )


def _asked(press: _Press, work: list[str], progress: Progress | None) -> tuple[int | None, str]:
    """How the fork ended, None where the press itself did; and the last that was said."""
    assert press.stdin is not None  # noqa: S101 - asked for
    assert press.stderr is not None  # noqa: S101 - asked for
    last = ""
    try:
        press.stdin.write(json.dumps(work) + "\n")
        press.stdin.flush()
    except BrokenPipeError:
        return None, "the process that draws pages could not be started"
    for line in press.stderr:
        if line.startswith(_ENDED):
            return int(line.removeprefix(_ENDED)), last
        last = line.strip() or last
        if progress and (page := _PAGE.search(line)):
            progress(f"Laying out page {page[1]}")
        elif progress and line.startswith("Step"):
            progress("Drawing the pages" if "PDF" in line else "Preparing the pages")
    return None, last


def _kill(press: _Press) -> None:
    """End a press with its fork, which lives on where the press alone has died."""
    if press.returncode is None:  # nobody has waited for it yet, so its number is nobody else's
        os.killpg(press.pid, signal.SIGKILL)


def _stop(press: _Press) -> None:
    _kill(press)
    press.communicate()


def serve() -> None:
    """Fork for every line of standard input, a JSON list of module, source and target, until there is no more.

    Who asks waits for the end of one document before asking for the next, or is gone: then nobody waits for it.
    """
    import weasyprint  # noqa: F401, PLC0415 - what the press is kept for

    gc.freeze()
    for line in sys.stdin:
        lives, held = os.pipe()
        fork = os.fork()
        if not fork:
            os.close(lives)  # `held` is closed when the fork ends, however it does
            module, source, target = json.loads(line)
            importlib.import_module(module).in_child(Path(source), Path(target))
            return
        os.close(held)
        if sys.stdin in select.select([sys.stdin, lives], [], [])[0]:  # only its end: who asked is gone
            os.kill(fork, signal.SIGKILL)
        os.close(lives)
        code = os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])
        sys.stderr.write(f"\n{_ENDED}{code}\n")  # on a line of its own, whatever the fork was saying


if __name__ == "__main__":
    serve()
