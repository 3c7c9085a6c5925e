"""Run the processes of the Procfile together: all start, all stop, and none outlives this one.

Each is the leader of a process group of its own, so whatever it started goes with it. One that dies after it
had been up for a while is started anew; one that dies at once takes all down: trying again would not help.
"""

import ctypes
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
PROCFILE = ROOT / "Procfile"
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0  # seconds from asking a process to stop to stopping it
SETTLED = 10.0  # seconds up, after which a death is an accident
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def procfile(text: str) -> dict[str, list[str]]:
    """Name and command of each line `name: command`. Raises ValueError on a line that is none."""
    commands = {}
    for line in text.splitlines():
        name, colon, command = line.partition(":")
        if not colon or not command.strip():
            raise ValueError(f"no 'name: command': {line!r}")
        commands[name.strip()] = shlex.split(command)
    return commands


def die_with_parent(with_signal: signal.Signals = signal.SIGTERM) -> None:
    """Have Linux send this process a signal when its parent dies, however that dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(with_signal))


@dataclass
class Child:
    process: "subprocess.Popen[bytes]"
    since: float


class Supervisor:
    """Keeps the given commands running until it is told to stop."""

    def __init__(self, commands: Mapping[str, list[str]], environment: Mapping[str, str]) -> None:
        self._commands = commands
        self._environment = {
            **environment,
            "PATH": f"{Path(sys.executable).parent}:{environment.get('PATH', '')}",
        }
        self._children: dict[str, Child] = {}
        self._asked = False

    def run(self) -> int:
        """Start all, wait, stop all. The exit code: 0 when told to stop, else that of the one that failed."""
        for each in STOPPING:
            signal.signal(each, self._ask)
        code = 0
        try:
            for name in self._commands:
                self._start(name)
            while not self._asked and code == 0:
                time.sleep(0.2)
                code = self._look_after()
        finally:
            self._stop_all()
        return code

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True

    def _start(self, name: str) -> None:
        if self._asked:
            return
        process = subprocess.Popen(
            self._commands[name], cwd=ROOT, env=self._environment, process_group=0, preexec_fn=die_with_parent
        )
        self._children[name] = Child(process, time.monotonic())
        _say(f"{name} started ({process.pid})")

    def _look_after(self) -> int:
        """Start anew what died by accident. The exit code of one that cannot run, else 0."""
        for name, child in list(self._children.items()):
            code = child.process.poll()
            if code is None:
                continue
            _signal_group(child.process.pid, signal.SIGKILL)  # what it leaves behind
            _say(f"{name} ended with {code}")
            if time.monotonic() - child.since < SETTLED:
                return abs(code) or 1
            self._start(name)
        return 0

    def _stop_all(self) -> None:
        for child in self._children.values():
            child.process.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self._children.values():
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
            _signal_group(child.process.pid, signal.SIGKILL)
            child.process.wait()
        _say("all stopped")


def _signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # none left
        os.killpg(leader, number)


def _say(message: str) -> None:
    sys.stderr.write(f"noticeboard: {message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    if "MAKELEVEL" in os.environ:  # started by make: even `kill -9` of make stops everything
        die_with_parent()
    sys.exit(Supervisor(procfile(PROCFILE.read_text(encoding="utf-8")), os.environ).run())
