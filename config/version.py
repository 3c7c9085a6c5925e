"""The version, kept in pyproject.toml alone."""

import tomllib

from config.env import BASE_DIR

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
