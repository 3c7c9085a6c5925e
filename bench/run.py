"""Run every bench in this folder, one after the other, each in a process of its own.

A bench is a module here with a `main()` that prints ratios and returns 1 where a limit is passed, else 0.
Ratios to something measured in the same run say more than times: machines differ, and so do their neighbours.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run them all; 1 where one of them passed its limit."""
    names = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in {"__init__", "run"})
    codes = [
        subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=False).returncode
        for name in names
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
