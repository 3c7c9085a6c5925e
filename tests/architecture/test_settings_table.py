"""docs/settings.md lists what the code reads, no more and no less."""

import re

from tests.architecture.source import ROOT, variables_read


def documented() -> list[str]:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)


def test_every_variable_that_is_read_stands_in_the_table_once_and_in_order():
    files = [*(ROOT / "config").glob("*.py"), ROOT / "gunicorn.conf.py"]
    read = {name for file in files for name in variables_read(file)}
    assert documented() == sorted(read)


def test_nothing_but_settings_reads_the_environment():
    allowed = {"config/settings.py", "config/env.py"}
    rooms = ROOT.glob("*/apps.py")
    offenders = [
        f"{file.relative_to(ROOT)}: {name}"
        for folder in [*(path.parent for path in rooms), ROOT / "config"]
        for file in folder.rglob("*.py")
        if file.relative_to(ROOT).as_posix() not in allowed
        for name in variables_read(file)
    ]
    assert offenders == []
