"""The plan as a PDF: beside Chromium's print of the same page, and how its cost grows with the plan.

Run as `python -m bench.printing`: it prints ratios and fails past a bound of issue 4. As in the product, the first
print of a process starts what draws, and later ones fork it; Chromium is started each time. It hides its CPU seconds,
so beside it the clock counts and the two take turns; growth is in CPU seconds.
"""

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import django

from bench.support.seconds import seconds_of_children

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-pdf-header-footer",
)
ROUNDS, BESIDE_BOUND, GROWTH_BOUND = 5, 2.6, 1.1
SMALL, LARGE = 440, 4400


def _page(actions: int) -> str:
    from bench.support.plans import reading  # noqa: PLC0415 - after django.setup()
    from plans.exporting.book import Book  # noqa: PLC0415
    from plans.exporting.page import page_of  # noqa: PLC0415
    from plans.rag import Palette  # noqa: PLC0415
    from plans.rows import ActionRow, Code, Lead, ObjectiveRow, ThemeRow  # noqa: PLC0415
    from plans.table import assemble  # noqa: PLC0415

    read = reading(actions)
    codes = {
        e.code: Code(e.code, e.name, e.meaning, e.palette or Palette.WHITE, e.standing, is_mark=e.is_mark)
        for e in read.scale
    }
    numbers = {
        key: n for n, key in enumerate([*(t.key for t in read.themes), *(o.key for o in read.objectives)])
    }
    on = dt.date(2015, 3, 20)
    rows = [
        ActionRow(
            number,
            numbers[a.objective or ""],
            number,
            a.ref or "",
            a.activity,
            a.outcome,
            "",
            a.timeline,
            a.start,
            a.end,
            tuple(Lead(lead.name) for lead in a.leads),
            codes[a.rating or "A"],
            (),
            a.progress,
            on,
            1,
            overdue=False,
        )
        for number, a in enumerate(read.actions)
    ]
    objectives = [
        ObjectiveRow(
            numbers[o.key], numbers[o.theme or ""], number, o.ref or "", o.title, o.text, codes["A"], 1
        )
        for number, o in enumerate(read.objectives)
    ]
    themes = [ThemeRow(numbers[t.key], number, t.title) for number, t in enumerate(read.themes)]
    table = assemble(
        on=on, scale=list(codes.values()), themes=themes, objectives=objectives, actions=rows, last_board=None
    )
    made_at = dt.datetime(2015, 3, 20, tzinfo=dt.UTC)
    return page_of(
        Book("Testshire Council", "Improvement plan", table, actions, "As at 20 March 2015", made_at, "")
    )


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the processes that draw."""
    before = seconds_of_children()
    work()
    return seconds_of_children() - before


def _clock(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def chromium_print(html: str) -> bytes:
    """What Chromium prints of a page."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        source.write_text(html, encoding="utf-8")
        command = [
            CHROMIUM,
            *ARGUMENTS,
            f"--user-data-dir={folder}/own",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return target.read_bytes()


def main() -> int:
    """Print the ratios; 1 where one is past its bound."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from plans.exporting.printing import render  # noqa: PLC0415

    page = _page(106)
    first = _clock(lambda: render(page))
    pairs = [(_clock(lambda: render(page)), _clock(lambda: chromium_print(page))) for _ in range(ROUNDS)]
    beside = median(mine for mine, _ in pairs) / median(theirs for _, theirs in pairs)
    small_page, large_page = _page(SMALL), _page(LARGE)
    small = [_seconds(lambda: render(small_page)) for _ in range(3)]
    large = _seconds(lambda: render(large_page))
    growth = (large / LARGE) / (median(small) / SMALL)
    print(
        f"the first PDF of a process, which starts what draws: {first / median(c for _, c in pairs):.2f} of Chromium's"
    )
    print(f"PDF of 106 actions: {beside:.2f} of Chromium's print of the same page (at most {BESIDE_BOUND})")
    print(f"a row at {LARGE:,} actions: {growth:.2f} of one at {SMALL} (at most {GROWTH_BOUND})")
    return int(beside > BESIDE_BOUND or growth > GROWTH_BOUND)


if __name__ == "__main__":
    sys.exit(main())
