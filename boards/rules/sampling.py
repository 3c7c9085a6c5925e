"""Which actions independent testing should look at next: claimed complete, not tested yet, high risk first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """What is known of an action that could be tested."""

    number: int
    ref: str
    objective: int
    complete: bool  # its reported rating stands for complete, or complete and embedded
    overdue: bool
    of_notice: bool  # marked as asked for by the notice
    evidence: bool
    tested_on: dt.date | None  # the day of the last test that found something out about it
    reported_on: dt.date | None


@dataclass(frozen=True)
class Chosen:
    """An action proposed for a sample, with how much speaks for it and why in words."""

    candidate: Candidate
    weight: int
    because: str


def sample(candidates: Iterable[Candidate], *, size: int, board: dt.date | None = None) -> list[Chosen]:
    """At most `size` actions to test, those for which most speaks first, spread over objectives.

    Only actions claimed complete qualify, and not those tested since they were last reported on. `board`: the
    last board; what was claimed since then is new and weighs more. The same facts give the same sample.
    """
    weighed = sorted(
        (chosen for row in candidates if (chosen := _weighed(row, board)) is not None),
        key=lambda chosen: (-chosen.weight, chosen.candidate.ref, chosen.candidate.number),
    )
    found: list[Chosen] = []
    rounds = 0
    while len(found) < size and len(found) < len(weighed):
        rounds += 1  # from each objective one more, so that one objective does not fill the sample
        taken: dict[int, int] = {}
        for chosen in weighed:
            objective = chosen.candidate.objective
            taken[objective] = taken.get(objective, 0) + 1
            if taken[objective] == rounds and len(found) < size:
                found.append(chosen)
    return sorted(found, key=lambda chosen: (-chosen.weight, chosen.candidate.ref))


def _weighed(row: Candidate, board: dt.date | None) -> Chosen | None:
    if not row.complete:
        return None
    if row.tested_on is not None and (row.reported_on is None or row.reported_on <= row.tested_on):
        return None
    reasons = ["claimed complete"]
    weight = 1
    if row.tested_on is None:
        weight += 3
        reasons.append("never tested")
    else:
        reasons.append("reported on again since it was tested")
    if row.of_notice:
        weight += 3
        reasons.append("asked for by the notice")
    if not row.evidence:
        weight += 2
        reasons.append("no evidence with it")
    if row.overdue:
        weight += 1
        reasons.append("came late")
    if board is not None and row.reported_on is not None and row.reported_on > board:
        weight += 1
        reasons.append("new since the last board")
    return Chosen(row, weight, ", ".join(reasons))
