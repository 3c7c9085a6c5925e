"""What to do first in a council that is new here: steps that are ticked by themselves. Plain Python, no Django."""

from dataclasses import dataclass

from reporting.home.needs import To


@dataclass(frozen=True)
class Step:
    """One step of setting a council up."""

    words: str
    why: str
    link: str
    done: bool


@dataclass(frozen=True)
class Setup:
    """Which steps of setting a council up are done."""

    plan: bool
    notice: bool
    board: int | None  # a board with members and a meeting is `ready`
    ready: bool
    leads: bool
    round: bool
    coming: int | None = None


def first_steps(setup: Setup, to: To) -> list[Step]:
    """What to do in a council that is new here; none once everything is done."""
    board = to("boards:board", board=setup.board) if setup.board else to("boards:add")
    opens = to("boards:round", meeting=setup.coming) if setup.coming else board
    steps = [
        Step("Read the plan in", "Your own Word, Excel or PDF file", to("plans:add"), setup.plan),
        Step(
            "Read the notice in", "It says what is due, from whom and when", to("notices:add"), setup.notice
        ),
        Step("Set up the board", "Its members and its first meeting", board, setup.ready),
        Step(
            "Invite those who lead actions",
            "They update their own actions; others can answer by a link",
            to("councils:people"),
            setup.leads,
        ),
        Step("Open the first update round", "Every lead is asked once, with a link", opens, setup.round),
    ]
    return [] if all(step.done for step in steps) else steps
