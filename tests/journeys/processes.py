"""Which processes a process has started, and which of them still run. Linux."""

from pathlib import Path


def family(root: int) -> list[int]:
    """That process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = _fields(stat)
        if fields:
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting.extend(children.get(process, []))
    return found


def alive(processes: list[int]) -> list[int]:
    """Those that still run; one that only waits for its parent to take notice does not."""
    return [each for each in processes if _fields(Path(f"/proc/{each}/stat"))[:1] not in ([], ["Z"])]


def command(process: int) -> str:
    """How it was started; empty where it is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def _fields(stat: Path) -> list[str]:
    """What follows the name: state, parent, ... Empty where the process is gone."""
    try:
        return stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
