"""The expected rating: what dates and facts imply of an action, whatever is claimed. Plain Python, no Django.

Design, *Ratings*: past its end and not complete is off track; start passed and still not started is behind; a claim
of completion needs something that shows it, where the plan asks for that. With no readable date it cannot be worked
out, and why is said instead of a colour. Nobody's rating is ever overwritten by it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from plans.rag import Standing
from plans.recurring import recurrence
from plans.rows import ActionRow, Code, concern

EVIDENCE_RULE = "complete_without_evidence"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is implied and why. `standing` is None where it cannot be worked out; `code` is the plan's own code for
    that standing, None where its scale has none.
    """

    standing: Standing | None
    why: str
    code: Code | None = None

    @property
    def words(self) -> str:
        """The standing as a page says it where the plan has no code of its own for it."""
        return self.standing.label if self.standing else "Cannot be worked out"

    def worse_than(self, rating: Code | None) -> bool:
        """Whether dates and facts imply something that worries more than what is reported."""
        if self.standing is None or rating is None or rating.standing is None:
            return False
        implied = Code("", "", "", rating.colour, self.standing, is_mark=False)
        return concern(implied) < concern(rating)


def expected(
    action: ActionRow,
    *,
    on: dt.date,
    last_board: dt.date | None = None,
    scale: Iterable[Code] = (),
    evidence_asked: bool = False,
) -> Expected:
    """What dates and facts imply of an action on a day. An end is inclusive: on its last day nothing is late.

    `evidence_asked` says whether the plan asks that completion be shown (rule `complete_without_evidence`).
    """
    standing, why = _worked_out(action, on, last_board, evidence_asked=evidence_asked)
    if action.rating and standing and action.rating.standing is standing:
        return Expected(standing, why, action.rating)  # of several codes of one standing, the reported one
    return Expected(standing, why, code_for(standing, scale) if standing else None)


def code_for(standing: Standing, scale: Iterable[Code]) -> Code | None:
    """The plan's own code of a standing: the first that means it; for at risk without one, that of off track.

    Complete and complete and embedded stand in for one another; a scale without any of them gives None.
    """
    instead = {
        Standing.AT_RISK: (Standing.AT_RISK, Standing.OFF_TRACK),
        Standing.EMBEDDED: (Standing.EMBEDDED, Standing.COMPLETE),
        Standing.COMPLETE: (Standing.COMPLETE, Standing.EMBEDDED),
    }.get(standing, (standing,))
    codes = list(scale)
    return next((code for wanted in instead for code in codes if code.standing is wanted), None)


def _worked_out(
    action: ActionRow, on: dt.date, last_board: dt.date | None, *, evidence_asked: bool
) -> tuple[Standing | None, str]:
    if action.finished:
        return _claimed_complete(action, evidence_asked=evidence_asked)
    if action.recurs and (found := recurrence(action.recurs, on=on, last_board=last_board)):
        return _recurring(action, found.sentence, found.before, found.last)
    if action.ends_on is None:
        words = f"No date can be read from “{action.timeline}”" if action.timeline else "It has no date"
        return None, words
    if action.ends_on < on:
        return Standing.OFF_TRACK, f"Past its end, {day(action.ends_on)}, and not complete"
    return _before_its_end(action, on, action.ends_on)


def _before_its_end(action: ActionRow, on: dt.date, ends_on: dt.date) -> tuple[Standing, str]:
    begun = action.reported_on is not None and not _says_not_started(action)
    if action.starts_on and action.starts_on < on and not begun:
        return Standing.AT_RISK, f"Due to start on {day(action.starts_on)} and not begun"
    if action.late_step:
        return Standing.AT_RISK, f"A milestone of {day(action.late_step)} has passed and was not reached"
    if action.starts_on and action.starts_on > on and not begun:
        return Standing.NOT_STARTED, f"Does not start before {day(action.starts_on)}"
    return Standing.ON_TRACK, f"Within its dates: due {day(ends_on)}"


def _claimed_complete(action: ActionRow, *, evidence_asked: bool) -> tuple[Standing | None, str]:
    if evidence_asked and not action.evidence:
        return None, "Reported complete, with nothing here that shows it"
    standing = action.rating.standing if action.rating else None
    shown = f", with {action.evidence} of evidence" if action.evidence > 1 else ""
    return standing, f"Reported complete{shown or (', with evidence' if action.evidence else '')}"


def _recurring(
    action: ActionRow, sentence: str, before: dt.date | None, last: dt.date | None
) -> tuple[Standing, str]:
    """Behind where nothing was reported for the time it last fell due."""
    if last is None:
        return Standing.ON_TRACK, f"It recurs, {sentence}, and has not fallen due yet"
    reported = action.reported_on
    behind = reported is None or (reported <= before if before else reported < last)
    if behind:
        said = f"last reported for {day(reported)}" if reported else "nothing has been reported"
        return Standing.OFF_TRACK, f"It recurs, {sentence}: due on {day(last)}, {said}"
    return Standing.ON_TRACK, f"It recurs, {sentence}: last due on {day(last)}"


def _says_not_started(action: ActionRow) -> bool:
    return action.rating is not None and action.rating.standing is Standing.NOT_STARTED


def day(on: dt.date) -> str:
    """A day in a sentence: "31 January 2015"."""
    return f"{on.day} {on:%B %Y}"
