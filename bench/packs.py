"""The board pack beside Chromium's print of the same HTML, a draft beside a whole pack, and what asking for one costs.

Run as `python -m bench.packs`: it prints ratios and fails past a bound of issue 6. Beside Chromium, which hides its
CPU seconds, the clock counts and the two take turns; drafts are in CPU seconds, children's included.
"""

import datetime as dt
import io
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from bench.pages import _council, _signed_in
from bench.printing import chromium_print
from bench.support.plans import BEGUN
from bench.support.seconds import seconds_of_children
from bench.support.site import Bounds, serve
from bench.working import _months
from boards.models import Meeting
from boards.services import agenda, bodies, meetings, papers
from boards.services.records import Act
from councils.models import Council
from plans.exporting.printing import render
from reporting.models import Pack
from reporting.packs.basis import Basis
from reporting.packs.chapters import chapters_of
from reporting.packs.collect import collect
from reporting.packs.document import as_html
from reporting.packs.drafts import printed_draft
from reporting.packs.facts import USUAL_ORDER, PackFacts, PackRisk
from reporting.packs.making import printed

ROUNDS, ASKED = 3, 6
ACTIONS, MONTHS, PAPERS, PAGES = 106, 12, 10, 20
BESIDE_BOUND, DRAFT_BOUND, MEMORY_BOUND = 3, 0.45, 8
_WORDS = "What the review found, what was done about it since, and what the board is asked to decide. "
_RUN = (
    "import django; django.setup(); from django.utils import timezone; from jobs.services import run_job; "
    "run_job('{}', clock=timezone.now)"
)
FOUND = 302


def _paper() -> bytes:
    """A paper of many pages of words."""
    page = "<h1>Report to the board</h1>" + f"<p>{_WORDS * 6}</p>" * 4
    html = f"<html lang=en><title>Report</title><style>h1{{break-before:page}}</style>{page * PAGES}</html>"
    content = render(html)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == PAGES, len(pdf.pages)  # noqa: S101
    return content


def _meeting(council: Council) -> Meeting:
    """A meeting a year after the plan began, with its papers."""
    act = Act(council, None, timezone.make_aware(dt.datetime.combine(BEGUN, dt.time(9))))
    fields = {"name": "Improvement Board", "begun_on": BEGUN, "of_notice": True, "kind": "improvement"}
    board = bodies.make_board(act=act, values=fields, every=4, unit="weeks")
    on = BEGUN + dt.timedelta(days=30 * (MONTHS + 1))
    meeting = meetings.plan_meeting(act=act, board_id=board.pk, on=on, values={})
    content = _paper()
    for number in range(PAPERS):
        item = agenda.add_item(act=act, meeting_id=meeting.pk, values={"title": f"Report {number + 1}"})
        document = ContentFile(content, name=f"report-{number + 1}.pdf")
        papers.add_paper(act=act, item_id=item.pk, title=f"Report {number + 1}", document=document)
    return meeting


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of the children it waited for."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + seconds_of_children()


def _clock(work: Callable[[], object]) -> float:
    begun = dt.datetime.now(dt.UTC)
    work()
    return (dt.datetime.now(dt.UTC) - begun).total_seconds()


def _beside_chromium(bounds: Bounds, facts: PackFacts) -> None:
    html = as_html(facts)

    def theirs() -> None:
        with pikepdf.open(io.BytesIO(chromium_print(html))) as pack:
            for paper in facts.papers:
                with pikepdf.open(io.BytesIO(paper.content)) as source:
                    pack.pages.extend(source.pages)
            pack.save(io.BytesIO())

    pairs = [(_clock(lambda: printed(facts)), _clock(theirs)) for _ in range(ROUNDS)]
    ratio = median(mine for mine, _ in pairs) / median(other for _, other in pairs)
    bounds.at_most(
        f"pack of {ACTIONS} actions and {PAPERS} papers", ratio, BESIDE_BOUND, "of Chromium's and a merge"
    )


def _drafts(bounds: Bounds, facts: PackFacts) -> None:
    printed_draft(facts)
    whole, board, plan = [], [], []
    for number in range(ROUNDS):
        risk = PackRisk("1", "Risk", f"Changed for draft {number}", 9, "Watched", "The director")
        with_risk, with_update = replace(facts, risks=(risk,)), _updated(facts, f"Changed for draft {number}")
        whole.append(_seconds(partial(printed, facts)))
        board.append(_seconds(partial(printed_draft, with_risk)))
        plan.append(_seconds(partial(printed_draft, with_update)))
    for name, seconds in (("risks", board), ("longest part of the plan", plan)):
        ratio = median(seconds) / median(whole)
        bounds.at_most(f"draft with its {name} changed", ratio, DRAFT_BOUND, "of a whole pack")


def _updated(facts: PackFacts, words: str) -> PackFacts:
    """The same pack with other progress of an action in the longest chapter of the plan, and nowhere else."""
    longest = max(chapters_of(facts), key=lambda one: one.actions)
    objective = next(o for theme in longest.themes for o in theme.objectives if o.actions)
    action = replace(objective.actions[0], progress=words)
    objective = replace(objective, actions=(action, *objective.actions[1:]))
    figures = facts.figures
    assert figures is not None  # noqa: S101
    themes = tuple(
        replace(theme, objectives=tuple(objective if o.id == objective.id else o for o in theme.objectives))
        for theme in figures.table.themes
    )
    return replace(facts, figures=replace(figures, table=replace(figures.table, themes=themes)))


def _asking(bounds: Bounds, council: Council, meeting: Meeting) -> None:
    """Drafts asked for, watched and taken by a browser in this process, made in others as a worker does."""
    client = _signed_in(council)
    page = f"/councils/{council.slug}/board/meetings/{meeting.pk}/pack/"
    held = []
    for _ in range(ASKED):
        client.get(page)
        answer = client.post(f"{page}make/draft", {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})
        assert answer.status_code == FOUND, answer.status_code  # noqa: S101
        pack = Pack.objects.latest("pk")
        client.get(answer["Location"])
        subprocess.run([sys.executable, "-c", _RUN.format(pack.job_id)], check=True, timeout=600)
        pack.refresh_from_db()
        assert pack.ready, pack.problem  # noqa: S101
        client.get(page)
        taken = client.get(f"/files/{pack.whole_id}/")
        size = len(taken.getvalue())
        assert pack.whole is not None  # noqa: S101
        assert size == pack.whole.size, (size, taken.status_code)  # noqa: S101
        held.append(_memory())
    grown = held[-1] - held[1]
    bounds.at_most(f"memory that {ASKED - 2} more packs left in the web process", grown, MEMORY_BOUND, "MB")


def _memory() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024**2


def main() -> int:
    """Print a line for each bound; 1 where one is missed, else 0."""
    serve()
    council = _council("Packham", ACTIONS)
    _months(council, MONTHS)
    meeting = _meeting(council)
    basis = Basis(meeting.on, timezone.now())
    facts = collect(
        meeting, basis, sections=USUAL_ORDER, restricted=True, edition="Draft", made_on=meeting.on
    )
    bounds = Bounds()
    _beside_chromium(bounds, facts)
    _drafts(bounds, facts)
    _asking(bounds, council, meeting)
    return bounds.code


if __name__ == "__main__":
    sys.exit(main())
