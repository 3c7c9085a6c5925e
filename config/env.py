"""The environment, read once and typed. docs/settings.md lists every variable; a test compares the two."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def secret(name: str, default: str) -> str:
    """A secret from NAME, or from the file that NAME_FILE points at (Docker and Kubernetes secrets)."""
    path = env.str(f"{name}_FILE", "")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    value: str = env.str(name, default)
    return value
