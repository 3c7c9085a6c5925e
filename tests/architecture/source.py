"""What the architecture tests look at: the files of this project, and what its code says."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))


def project_files(*suffixes: str) -> list[Path]:
    """The files that Git keeps or would keep, with these endings; all of them without any."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [ROOT / line for line in listed]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def variables_read(path: Path) -> Iterator[str]:
    """The environment variables that a settings file reads: env.kind("NAME"), secret("NAME"), os.environ.get("NAME")."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        called = ast.unparse(node.func)
        if re.fullmatch(r"env\.\w+|os\.environ\.get", called):
            yield node.args[0].value
        elif called == "secret":
            yield node.args[0].value
            yield f"{node.args[0].value}_FILE"
