"""Schedules that nobody can satisfy: said before anybody is chased for them."""

from collections.abc import Iterable
from datetime import date

from deadlines.facts import Facts
from deadlines.obligations import Obligation, occurrences
from deadlines.occurrence import Occurrence
from deadlines.sentences import day_in_words


def impossible(obligations: Iterable[Obligation], facts: Facts, horizon: date) -> dict[str, str]:
    """Why an obligation cannot be met as it stands, by key: a deadline before the notice bound anybody.

    Deadlines up to `horizon` (included) are looked at. Empty where all can be met or no notice is issued
    yet. Raises what `occurrences` raises. Source: issue 5, 'Bad input'.
    """
    start = facts.starts_on
    if start is None:
        return {}
    found = occurrences(obligations, facts, horizon)
    reasons = {
        key: next(filter(None, (too_early(one, start) for one in dated)), None)
        for key, dated in found.items()
    }
    return {key: why for key, why in reasons.items() if why}


def too_early(one: Occurrence, issued: date) -> str | None:
    """Why one occurrence cannot be met, a notice having been issued on a day; None where it can be."""
    if one.due >= issued:
        return None
    due, day = day_in_words(one.due), day_in_words(issued)
    return f"It falls due on {due}, before the notice was issued on {day}. {one.because}"
