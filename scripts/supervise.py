"""Run the processes of the Procfile together under honcho: all start, all stop; where one dies, all do."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from honcho.environ import parse_procfile
from honcho.manager import SIGNALS, Manager

from scripts.processes import die_with_parent

ROOT = Path(__file__).resolve().parent.parent


def _as_if_asked_to_stop(number: int, frame: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> int:
    """Run until told to stop, which is exit code 0, or until one dies: its exit code."""
    if "MAKELEVEL" in os.environ:  # started by make: even `kill -9` of make stops everything
        die_with_parent()
    # a closed terminal; honcho by itself would die of it and leave the processes behind
    signal.signal(signal.SIGHUP, _as_if_asked_to_stop)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONUNBUFFERED": "1",
    }
    manager = Manager()
    for name, command in parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    manager.loop()
    told = {each["rc"] for each in SIGNALS.values()}
    return 0 if manager.returncode in told else manager.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
