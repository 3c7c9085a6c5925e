"""The rooms of the design, in settings, in the import contracts and on disk, are the same."""

import tomllib

from django.conf import settings

from tests.architecture.source import ROOMS, ROOT

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
# top to bottom, as the design has them
ORDER = [
    "config", "reporting", "reviews", "boards", "plans", "indicators", "notices",
    "jobs", "files", "notifications", "councils", "history", "deadlines",
]  # fmt: skip


def test_every_room_is_installed():
    assert sorted(settings.ROOMS) == ROOMS


def test_every_room_is_under_the_import_contracts():
    assert LINTER["root_packages"] == ORDER
    assert sorted(set(ORDER) - {"config", "deadlines"}) == ROOMS


def test_the_layers_are_those_of_the_design():
    layers = [each for each in LINTER["contracts"] if each["type"] == "layers" and "containers" not in each]
    assert [each["layers"] for each in layers] == [ORDER]
