"""The obligations of all clauses: items take their lead's duty or date, a condition leaves the day open."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deadlines.schedules.family import NotYetAgreed, Standing, Together
from notices.reader.asking import always
from notices.reader.clauses import Clause
from notices.reader.detect import DETECTORS, HELD, anything_dated, meeting_in
from notices.reader.draft import Asking, Draft
from notices.reader.mention import Mention
from notices.reader.paces import starting
from notices.reader.phrases import whole_item
from notices.reader.timing import of_deliverable
from notices.reader.tree import OPENING

# what must be ensured, or what arrangements are made to ensure, goes on once it is in place
_GOES_ON = re.compile(
    r"^\s*ensur\w+\b|\b(?:arrangements|systems?|processes|procedures)\b[^.;]{0,40}\bto\s+ensure\b",
    re.IGNORECASE,
)


def drafts_of(clauses: Sequence[Clause]) -> list[Draft]:
    """The obligations of all clauses. Items that only say when ("(a) within a month; and") take their lead's duty."""
    found: list[Draft] = []
    told: set[int] = set()
    before: Clause | None = None
    for clause in clauses:
        if not (clause.own or (clause.lead and clause.lead.own)) and OPENING.search(clause.text):
            continue  # that the notice is served, and on what grounds, binds nobody yet
        lead = clause.lead
        if lead is not None and _only_when(clause):
            previous = before if before is not None and before.lead == lead else None
            found += [replace(draft, clause=clause) for draft in _of_clause(_led(lead, clause, previous))]
            told.add(lead.start)
        else:
            found += _of_clause(clause)
        before = clause
    return [draft for draft in found if draft.clause.start not in told or draft.clause.times]


def _only_when(clause: Clause) -> bool:
    """Whether an item says nothing but when."""
    left = clause.text
    for mention in clause.times:
        left = left.replace(mention.words, " ")
    return (
        bool(clause.times) and not clause.own and not re.sub(r"\b(?:and|or|then|at|by|in|on)\b|\W", "", left)
    )


def _led(lead: Clause, item: Clause, previous: Clause | None) -> Clause:
    """The duty of a lead at the time that one of its items says, going on from the item before where it says so."""
    end = len(lead.text.rstrip(" :"))
    times = [replace(mention, start=end, end=end) for mention in item.times]
    since = next(
        (day for one in reversed(previous.times if previous else ()) if (day := starting(one))), None
    )
    if since is not None:
        times.insert(0, Mention("since", "", end - 1, end - 1, anchor=since))
    return replace(lead, text=lead.text[:end], provision=item.provision, times=(*lead.times, *times))


def _of_clause(clause: Clause) -> list[Draft]:
    """An item under a dated list is one; else each family looks; else its date counts."""
    if not clause.own and _dated(clause):
        return [*_item_of_dated_list(clause)]
    meetings = [*meeting_in(clause)]
    # the interval of a meeting is that of nothing else in its sentence
    rest = (
        replace(clause, times=tuple(one for one in clause.times if one.kind not in HELD))
        if meetings
        else clause
    )
    found = meetings + [draft for detector in DETECTORS for draft in detector(rest)]
    if all(draft.what == "standing" for draft in found):
        found += anything_dated(clause)
    return [_only_if(draft) for draft in found]


def _only_if(draft: Draft) -> Draft:
    """A duty that waits for something no event tells of ("should a manager leave"): when is asked, never invented."""
    conditions = draft.clause.of_kind("condition")
    if not conditions or draft.what == "power" or draft.clause.of_kind("adviser", "commissioner", "failure"):
        return draft
    limits = [one.words for one in draft.clause.of_kind("within")]
    words = " … ".join([conditions[0].words, *limits])
    asking = Asking(
        "condition",
        f"“{conditions[0].words}”: has this happened, and by which day is this due then?",
        "Not yet: a date is recorded once it happens",
        words=words,
    )
    return replace(draft, schedule=always(NotYetAgreed(words)), asking=(asking,))


def _dated(clause: Clause) -> bool:
    return any(mention.kind in ("within", "dated", "by_month", "month_start") for mention in clause.above)


def _item_of_dated_list(clause: Clause) -> Iterator[Draft]:
    """As in "Within two months, the Council must: (i) ..."; what must be ensured then goes on standing."""
    if clause.before is not None or clause.provision.block.text.endswith(":"):
        return
    goes_on = _GOES_ON.search(clause.text)
    for later, asking in of_deliverable([*clause.above, *clause.times]):
        schedule = (lambda context, later=later: Together((later(context), Standing()))) if goes_on else later
        yield Draft(clause, "item", clause.holder, whole_item(clause.text), schedule, asking=asking)
