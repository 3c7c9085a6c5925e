"""Schedules that nobody can satisfy: said before anybody is chased for them."""

from collections.abc import Iterable
from datetime import date

from deadlines.facts import Facts
from deadlines.obligations import Obligation, occurrences
from deadlines.sentences import day_in_words


def impossible(obligations: Iterable[Obligation], facts: Facts, horizon: date) -> dict[str, str]:
    """Why an obligation cannot be met as it stands, by key: a deadline before the notice bound anybody.

    Deadlines up to `horizon` (included) are looked at. Empty where all can be met or no notice is issued
    yet. Raises what `occurrences` raises. Source: issue 5, 'Bad input'.
    """
    start = facts.starts_on
    if start is None:
        return {}
    reasons = {}
    for key, found in occurrences(obligations, facts, horizon).items():
        early = next((one for one in found if one.due < start), None)
        if early is not None:
            due, issued = day_in_words(early.due), day_in_words(start)
            reasons[key] = f"It falls due on {due}, before the notice was issued on {issued}. {early.because}"
    return reasons
