"""What may lie in the repository, and how long a file may be."""

import re

import pytest

from tests.architecture.source import project_files, relative

REGISTRY_HOSTS = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg|debian)\.(?:org|com|net)\b")


def test_no_file_is_longer_than_one_reader_takes_in():
    too_long = {}
    for path in project_files(".py", ".html", ".js", ".css"):
        if "migrations" in path.parts:
            continue
        ceiling = 600 if relative(path).startswith("tests/") else 400
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > ceiling:
            too_long[relative(path)] = lines
    assert too_long == {}


def test_no_file_names_the_address_of_a_package_registry():
    naming = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture, a font
            continue
        if REGISTRY_HOSTS.search(text):
            naming.append(relative(path))
    assert naming == []


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml", "poetry.lock", "yarn.lock"])
def test_no_lock_that_records_addresses_is_kept(name):
    assert [relative(path) for path in project_files() if path.name == name] == []


def test_the_npm_lock_records_no_address():
    locks = [path for path in project_files(".json") if path.name == "package-lock.json"]
    assert [relative(path) for path in locks] == ["package-lock.json"]
    assert '"resolved"' not in locks[0].read_text(encoding="utf-8")


def test_third_party_browser_files_come_from_packages_not_from_here():
    kept = [relative(path) for path in project_files(".js", ".css", ".woff", ".woff2", ".ttf")]
    assert [
        path
        for path in kept
        if ".min." in path or "vendor" in path or path.endswith(("woff", "woff2", "ttf"))
    ] == []


def test_each_locked_package_has_a_hash():
    for lock in [path for path in project_files(".txt") if path.parent.name == "requirements"]:
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(r"^\S+==", text, flags=re.MULTILINE)
        hashed = re.findall(r"^\S+==\S+(?: ;[^\n]*)? \\\n    --hash=sha256:", text, flags=re.MULTILINE)
        assert len(pins) == len(hashed) > 0, relative(lock)
