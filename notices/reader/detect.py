"""Which obligations a clause holds: one detector a family, each looking for its own words."""

import re
from collections.abc import Callable, Iterator, Sequence

from deadlines.events import Happening
from deadlines.obligations import Force
from deadlines.schedules.family import AmountInEachMonth, NotYetAgreed, OnlyOnce, Standing, Together, WithEach
from notices.reader.asking import BOARD, REVIEW, always, each_board
from notices.reader.clauses import Clause
from notices.reader.draft import Asking, Draft
from notices.reader.mention import Mention
from notices.reader.paces import NOTICE
from notices.reader.phrases import recipient_of, shortened, whole_item
from notices.reader.reports import AGREED, AMENDS, reports_in
from notices.reader.timing import (
    changes_some_day,
    changing,
    conditional,
    of_deliverable,
    of_happenings,
    standing,
)
from notices.reader.words import CENTRAL, roles_in

_MEETS = re.compile(
    r"\b(?:meets?|convenes?|meetings?\s+(?:of\s+the\s+(?:improvement\s+)?board\s+)?(?:\w+\s+){0,3}(?:held|take\s+place|convened)|"
    r"(?:there\s+(?:will|shall|must|should)\s+be|hold)\b[^.;]{0,40}?\bmeetings?\s+of\s+the\s+(?:improvement\s+)?board)\b",
    re.IGNORECASE,
)
_NEAR = 60
_ATTENDS = re.compile(r"\battends?\b|\bparticipant observer\b|\bas an observer\b", re.IGNORECASE)
_WILL_ATTEND = re.compile(r"\b(?P<modal>will|must|shall|should|may)\s+(?:also\s+)?attend", re.IGNORECASE)
# of officials, "will" says what to expect
_FORCES = {
    "will": Force.EXPECTED,
    "must": Force.MUST,
    "shall": Force.MUST,
    "should": Force.SHOULD,
    "may": Force.MAY,
}
_REVIEWS = re.compile(r"\breview(?:s|ed)?\b", re.IGNORECASE)
# a report that comes before a review says nothing of when that is held
_BEFORE_REVIEW = re.compile(
    r"\b(?:before|prior\s+to|in\s+advance\s+of|ahead\s+of)\s+[^,.;]{0,40}?\breviews?\b", re.IGNORECASE
)
_DISCUSSIONS = re.compile(
    r"\b(?:performance\s+)?(?:challenge\s+)?discussions?\b|\b(?:monitoring|keep[- ]in[- ]touch|"
    r"challenge|stocktake)\s+"
    r"(?:visits?|meetings?)\b|\bvisit\s+the\s+(?:council|authority)\b",
    re.IGNORECASE,
)
_UP_TO_DATE = re.compile(
    r"\b(?:kept|keep\w*|remain\w*|maintain\w*|ensure)\b[^.;]{0,120}?\bup[\s-]to[\s-]date\b|\bon\s+track\b|\bat\s+all\s+times\b|"
    r"\balways\b|\b(?:kept|keep)\b[^.;]{0,40}\bunder\s+(?:regular\s+|constant\s+)?review\b|\bon\s+an\s+on-?going\s+basis\b|"
    r"\b(?:for|throughout)\s+the\s+(?:duration|life|lifetime|period)\s+of\b",
    re.IGNORECASE,
)
_VARIES = re.compile(r"\b(?:vary|change|amend)\b[^.;]{0,40}\bfrequency\b", re.IGNORECASE)
_POWERS = re.compile(
    r"\b(?:statutory )?powers?\b[^.;]{0,60}\b(?:intervention|direction|direct)\b|\b(?:s\.?|section)\s?497A\b",
    re.IGNORECASE,
)
_ADVISES = re.compile(r"\badvise\b[^.;]{0,60}\b(?:action|follow|next steps?)\b", re.IGNORECASE)
_WORKS_WITH = re.compile(
    r"\b(?:work|co-?operate|engage)\w*\s+(?:\w+\s+)?with\b[^.;]{0,30}\b(?P<whom>advis[eo]r|commissioner)",
    re.IGNORECASE,
)
_DETAILS = re.compile(
    r"^(?:the\s+|these\s+|such\s+)?report(?:s|ing)?\b[^.;]*?\b(?:includes?|covers?|contains?)\b|"
    r"^[^.;]{0,40}\bhighlight\b",
    re.IGNORECASE,
)
_INTERVALS = ("every", "times", "calendar", "opens", "within", "dated", "on_request")
_BOUNDS = ("first", "lasting", "until_day", "thereafter")
_WHEN = (
    *_INTERVALS,
    *_BOUNDS,
    "by_month",
    "month_start",
    "before_end",
    "lead",
    "before",
    "after_each",
    "each_meeting",
    "nth",
)
_FAILURE = Happening("failure_found")
_SHORTEST = 25
# the ways of saying when a meeting or review is held
HELD = ("every", "times", "calendar", "dated", "within", *_BOUNDS)

Detector = Callable[[Clause], Iterator[Draft]]


def details(clause: Clause) -> bool:
    """Whether a clause only says what a report beside it has to hold: "Reporting should include ..."."""
    return bool(_DETAILS.search(clause.text)) and not clause.times


def meeting_in(clause: Clause) -> Iterator[Draft]:
    verb = _MEETS.search(clause.text)
    if not verb or not any(role == "Improvement board" for _, _, role in roles_in(clause.text)):
        return
    times = [
        mention
        for mention in clause.times
        if -_NEAR <= mention.start - verb.end() <= _NEAR or mention.kind in _BOUNDS
    ]
    held = [mention for mention in times if mention.kind in HELD]
    if changes_some_day(held):
        later, asking = changing(BOARD, held)
        yield Draft(clause, "meeting", "Improvement board", "Board meeting", later, asking=asking)
        return
    schedule = of_happenings(BOARD, held)
    if schedule is not None:
        yield Draft(
            clause,
            "meeting",
            "Improvement board",
            "Board meeting",
            always(schedule),
            asking=_afterwards(held),
            met_by=_told_by(BOARD, held),
        )
        return
    for later, asking in of_deliverable(
        [one for one in times if one.kind in ("times", "termly", "ambiguous")]
    ):
        yield Draft(clause, "meeting", "Improvement board", "Board meeting", later, asking=asking)


def _afterwards(times: Sequence[Mention]) -> tuple[Asking, ...]:
    """What is asked of a pace that ends on a day with nothing said of what comes then."""
    ends = [one for one in times if one.kind == "until_day"]
    if not ends or len([one for one in times if one.kind in ("every", "times")]) > 1:
        return ()
    text = f"“{ends[0].words}”: what holds after that day?"
    return (Asking("until_day", text, "Another frequency, agreed then", blocks=False),)


def _told_by(of: Happening, times: Sequence[Mention]) -> Happening | None:
    """Which events meet it, where its days come from the calendar or the words and not from events themselves."""
    return of if any(one.kind in ("calendar", "opens", "dated", "within") for one in times) else None


def _attendance(clause: Clause) -> Iterator[Draft]:
    verb = _ATTENDS.search(clause.text)
    central = [role for _, _, role in roles_in(clause.text) if role in CENTRAL]
    if (
        not verb
        or not central
        or not re.search(r"\b(?:board|meetings?|observer)\b", clause.text, re.IGNORECASE)
    ):
        return
    modal = _WILL_ATTEND.search(clause.text)
    force = _FORCES.get(modal["modal"].lower()) if modal else None
    asking: tuple[Asking, ...] = ()
    open_words = clause.of_kind("appropriate")
    if open_words:
        words = open_words[0].words
        text = f"“{words}”: at which boards is an official expected?"
        each = Asking("where_appropriate", text, "At each board", each_board, words=words)
        asking = (each,)
    yield Draft(
        clause,
        "attendance",
        central[0],
        "Attendance at the board as observer",
        lambda context: WithEach(BOARD, context.cadence),
        "Improvement board",
        force,
        asking,
    )


def _review(clause: Clause) -> Iterator[Draft]:
    times = clause.of_kind(*_INTERVALS)
    text = _BEFORE_REVIEW.sub(" ", clause.text)
    central = [role for _, _, role in roles_in(text) if role in CENTRAL]
    if not _REVIEWS.search(text) or not times or not (clause.holder in CENTRAL or central):
        return
    if re.search(
        r"\b(?:council|board)\b[^,.;]{0,30}\b(?:must|shall|should|will)\s+review\b",
        clause.text,
        re.IGNORECASE,
    ):
        return
    held = [one for one in clause.times if one.kind in (*HELD, *_INTERVALS)]
    schedule = of_happenings(REVIEW, held)
    if schedule is None:
        return
    holder = clause.holder if clause.holder in CENTRAL else central[-1]
    asking: tuple[Asking, ...] = ()
    if clause.of_kind("on_request"):
        text = "Does a review held on request start the interval again?"
        asking = (Asking("request_resets", text, "Each one says so when it is recorded", blocks=False),)
    force = Force.EXPECTED if holder in CENTRAL and clause.force is Force.MUST else None
    yield Draft(
        clause,
        "review",
        holder,
        "Review of progress",
        always(schedule),
        None,
        force,
        asking,
        met_by=_told_by(REVIEW, held),
    )


def _discussion(clause: Clause) -> Iterator[Draft]:
    named = _DISCUSSIONS.search(clause.text)
    if not named or clause.holder not in CENTRAL:
        return
    of = Happening("visit_held" if "visit" in named[0].lower() else "discussion_held")
    schedule = of_happenings(of, clause.of_kind(*HELD))
    if schedule is not None:
        what = "Visit" if named[0].lower().startswith("visit") else named[0].capitalize()
        yield Draft(clause, "discussion", clause.holder, what, always(schedule), "Council")


def _testing(clause: Clause) -> Iterator[Draft]:
    for mention in clause.of_kind("amount"):
        schedule = AmountInEachMonth(mention.count, mention.unit, Happening("testing_provided"), NOTICE)
        yield Draft(
            clause, "provision", clause.holder, shortened(clause.text[mention.start :]), always(schedule)
        )


def _standing(clause: Clause) -> Iterator[Draft]:
    found = _UP_TO_DATE.search(clause.text)
    dated = clause.of_kind("within", "dated", "every")
    if found and (not dated or "date" in found[0].lower()):
        yield Draft(clause, "standing", clause.holder, whole_item(clause.text), standing())


def _agreement(clause: Clause) -> Iterator[Draft]:
    if not AGREED.search(clause.text) or _VARIES.search(clause.text):
        return
    by = re.search(r"\bagreed by (?:the )?", clause.text)
    named = [role for start, _, role in roles_in(clause.text) if by and start == by.end()]
    recipient = next(iter(named), None) or recipient_of(clause.text, clause.holder) or "Improvement board"
    proposal = "Agree it at a board and record it"
    asking = Asking("to_be_agreed", "What has been agreed, and when is it to be agreed again?", proposal)
    later = always(NotYetAgreed("agreed", f"the {recipient[0].lower()}{recipient[1:]}"))
    yield Draft(
        clause, "agreement", clause.holder, whole_item(clause.text), later, recipient, None, (asking,)
    )


def _amendment(clause: Clause) -> Iterator[Draft]:
    if clause.force is Force.MAY and AMENDS.search(clause.text):
        yield Draft(
            clause,
            "power",
            "Department for Education",
            "Amendment of the notice",
            always(WithEach(REVIEW)),
            "Council",
        )


def _powers(clause: Clause) -> Iterator[Draft]:
    if clause.force is Force.MAY and _POWERS.search(clause.text):
        times = [*clause.times, *clause.above]
        failed = any(one.kind in ("condition", "failure") for one in times)
        later = always(OnlyOnce(_FAILURE, Standing())) if failed else standing()
        central = [role for _, _, role in roles_in(clause.text) if role in CENTRAL]
        yield Draft(
            clause,
            "power",
            "Minister" if "Minister" in central else "Department for Education",
            "Statutory direction",
            later,
            "Council",
        )


def _advice(clause: Clause) -> Iterator[Draft]:
    if clause.holder in CENTRAL and _ADVISES.search(clause.text):
        after = Together((WithEach(REVIEW), WithEach(Happening("discussion_held"))))
        yield Draft(clause, "advice", clause.holder, "Advice on follow-up action", always(after), "Minister")


def _adviser(clause: Clause) -> Iterator[Draft]:
    named = _WORKS_WITH.search(clause.text)
    if named:
        whom = "commissioner" if named["whom"].lower() == "commissioner" else "adviser"
        schedule, _ = conditional([*clause.times], standing())
        yield Draft(clause, "adviser", clause.holder, f"Work with the {whom}", schedule)


def _item(clause: Clause) -> str:
    """What a clause asks for, without the words at its end that say when: the schedule says that."""
    text = clause.text.rstrip(" .;")
    for mention in reversed(clause.times):
        if mention.kind in _WHEN and mention.end >= len(text) and mention.start > _SHORTEST:
            text = text[: mention.start].rstrip(" ,")
            text = re.sub(r"\s+(?:and|or|but)$", "", text)
        elif (
            mention.kind in _WHEN
            and text[: mention.start].endswith(", ")
            and text[mention.end :].startswith(",")
        ):
            text = text[: mention.start - 2] + text[mention.end + 1 :]
    return whole_item(text)


def anything_dated(clause: Clause) -> Iterator[Draft]:
    """Nothing special, but the clause says when: an aim, a plan by a date, a validation before the end."""
    if clause.text.endswith(":") and not clause.provision.leaf:
        return  # the list under it carries the date
    for way in of_deliverable(list(clause.times)):
        schedule, asking = conditional([*clause.times], *way)
        recipient = recipient_of(clause.text, clause.holder)
        yield Draft(clause, "dated", clause.holder, _item(clause), schedule, recipient, None, asking)


DETECTORS: tuple[Detector, ...] = (
    _attendance,
    _discussion,
    _review,
    reports_in,
    _testing,
    _standing,
    _agreement,
    _amendment,
    _powers,
    _advice,
    _adviser,
)
