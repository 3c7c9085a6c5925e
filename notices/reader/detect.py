"""Which obligations a clause holds: one detector a family, each looking for its own words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from deadlines.events import Happening
from deadlines.obligations import Force
from deadlines.schedules.family import AmountInEachMonth, NotYetAgreed, Standing, Together, WithEach
from notices.reader.clauses import Clause, modal_of
from notices.reader.draft import Asking, Draft, Later
from notices.reader.phrases import deliverable_of, recipient_of, shortened, whole_item
from notices.reader.times import Mention
from notices.reader.timing import (
    BOARD,
    NOTICE,
    REVIEW,
    always,
    conditional,
    each_board,
    of_deliverable,
    of_happenings,
    regular,
    standing,
    with_the_review,
)
from notices.reader.words import CENTRAL, roles_in

_MEETS = re.compile(
    r"\b(?:meets?|meetings?\s+(?:\w+\s+){0,3}(?:held|take place|convened)|convenes?)\b", re.IGNORECASE
)
_NEAR = 60
_ATTENDS = re.compile(r"\battends?\b|\bparticipant observer\b|\bas an observer\b", re.IGNORECASE)
_REVIEWS = re.compile(r"\breview(?:s|ed)?\b", re.IGNORECASE)
_DISCUSSIONS = re.compile(
    r"\b(?:performance\s+)?(?:challenge\s+)?discussions?\b|\b(?:monitoring|keep[- ]in[- ]touch|"
    r"challenge|stocktake)\s+"
    r"(?:visits?|meetings?)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?<!inspection )(?<!inspector )(?<!ofsted )\b(?:report(?:s|ing|ed)?\b|updates?\b|"
    r"(?:self-)?assessments?\b|statements?\b|"
    r"communication\b|commentary\b|returns?\b|letters?\b|minutes\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:information|feedback|results|data|evidence)\b", re.IGNORECASE)
# a report that is only named: to count from, or to come with
_ANOTHERS = re.compile(
    r"\b(?:receipt of|alongside|together with|date of|publication of|of each|of "
    r"every)\s+(?:[\w’']+\s+){0,3}$",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\b(?:provid|submit|suppl|send|sent|gives?\b|given|report(?:s|ed|ing)?\b(?!\s+of)|present|produc|publish|"
    r"shar(?:e|ed|ing)\b|made\s+available|receiv|writ|issue)",
    re.IGNORECASE,
)
_SUPPLEMENTED = re.compile(r"\bsupplemented by\s+", re.IGNORECASE)
_RECEIVED_FROM = re.compile(r"\breceives?\b[^.;]*?\bfrom\s+(?:the\s+)?", re.IGNORECASE)
_UP_TO_DATE = re.compile(
    r"\b(?:kept|keep|remain)\s+up\s+to\s+date\b|\bon\s+track\b|\bat\s+all\s+times\b", re.IGNORECASE
)
_AGREED = re.compile(
    r"\bagree(?:d|s)?\b[^.;]{0,160}\b(?:frequency|intervals?|scope|data\s?set|milestones|deadlines|standards)\b|"
    r"\b(?:frequency|intervals?|data\s?set|standards)\b[^.;]{0,80}\bagreed\b",
    re.IGNORECASE,
)
_VARIES = re.compile(r"\b(?:vary|change|amend)\b[^.;]{0,40}\bfrequency\b", re.IGNORECASE)
_AMENDS = re.compile(r"\b(?:amend(?:ment|ing|ed)?)\b[^.;]{0,40}\bnotice\b", re.IGNORECASE)
_POWERS = re.compile(
    r"\b(?:statutory )?powers?\b[^.;]{0,60}\b(?:intervention|direction|direct)\b|\bs\.?\s?497A\b",
    re.IGNORECASE,
)
_ADVISES = re.compile(r"\badvise\b[^.;]{0,60}\b(?:action|follow|next steps?)\b", re.IGNORECASE)
_WORKS_WITH = re.compile(r"\bwork\s+with\b[^.;]{0,20}\badvis[eo]r", re.IGNORECASE)
_DETAILS = re.compile(
    r"^(?:the\s+|these\s+|such\s+)?report(?:s|ing)?\b[^.;]*?\b(?:includes?|covers?|contains?)\b|"
    r"^[^.;]{0,40}\bhighlight\b",
    re.IGNORECASE,
)
_INTERVALS = ("every", "times", "opens", "within", "on_request")

Detector = Callable[[Clause], Iterator[Draft]]


def drafts_of(clause: Clause) -> list[Draft]:
    """The obligations of a clause. An item under a dated list is one; else each family looks;
    else its date counts.
    """
    if not clause.own and _dated(clause):
        return [*_item_of_dated_list(clause)]
    found = [draft for detector in _DETECTORS for draft in detector(clause)]
    return found or [*_anything_dated(clause)]


def details(clause: Clause) -> bool:
    """Whether a clause only says what a report beside it has to hold: "Reporting should include ..."."""
    return bool(_DETAILS.search(clause.text)) and not clause.times


def _dated(clause: Clause) -> bool:
    return any(mention.kind in ("within", "dated", "by_month", "month_start") for mention in clause.above)


def _item_of_dated_list(clause: Clause) -> Iterator[Draft]:
    """As in "Within two months, the Council must: (i) ..."; what must be ensured then goes on standing."""
    if clause.before is not None or clause.provision.block.text.endswith(":"):
        return
    goes_on = re.match(r"ensur\w+\b", clause.text, re.IGNORECASE)
    for later, asking in of_deliverable([*clause.above, *clause.times]):
        schedule = (lambda context, later=later: Together((later(context), Standing()))) if goes_on else later
        yield Draft(clause, "item", clause.holder, whole_item(clause.text), schedule, asking=asking)


def _meeting(clause: Clause) -> Iterator[Draft]:
    verb = _MEETS.search(clause.text)
    if not verb or not any(role == "Improvement board" for _, _, role in roles_in(clause.text)):
        return
    times = [mention for mention in clause.times if -_NEAR <= mention.start - verb.end() <= _NEAR]
    schedule = of_happenings(
        BOARD, [mention for mention in times if mention.kind in ("every", "times", "first")]
    )
    asking = tuple(
        Asking(
            "until_day",
            f"“{one.words}”: what holds after that day?",
            "Another frequency, agreed then",
            blocks=False,
        )
        for one in clause.of_kind("until_day")
    )
    if schedule is not None:
        yield Draft(clause, "meeting", "Improvement board", "Board meeting", always(schedule), asking=asking)


def _attendance(clause: Clause) -> Iterator[Draft]:
    verb = _ATTENDS.search(clause.text)
    central = [role for _, _, role in roles_in(clause.text) if role in CENTRAL]
    if (
        not verb
        or not central
        or not re.search(r"\b(?:board|meetings?|observer)\b", clause.text, re.IGNORECASE)
    ):
        return
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
        asking=asking,
    )


def _review(clause: Clause) -> Iterator[Draft]:
    times = clause.of_kind(*_INTERVALS)
    central = [role for _, _, role in roles_in(clause.text) if role in CENTRAL]
    if not _REVIEWS.search(clause.text) or not times or not (clause.holder in CENTRAL or central):
        return
    if re.search(
        r"\b(?:council|board)\b[^,.;]{0,30}\b(?:must|shall|should|will)\s+review\b",
        clause.text,
        re.IGNORECASE,
    ):
        return
    schedule = of_happenings(REVIEW, times)
    if schedule is None:
        return
    holder = clause.holder if clause.holder in CENTRAL else central[-1]
    asking: tuple[Asking, ...] = ()
    if clause.of_kind("on_request"):
        text = "Does a review held on request start the interval again?"
        asking = (Asking("request_resets", text, "Each one says so when it is recorded", blocks=False),)
    opens = REVIEW if clause.of_kind("opens") else None
    force = Force.EXPECTED if holder in CENTRAL and clause.force is Force.MUST else None
    yield Draft(
        clause, "review", holder, "Review of progress", always(schedule), None, force, asking, met_by=opens
    )


def _discussion(clause: Clause) -> Iterator[Draft]:
    named = _DISCUSSIONS.search(clause.text)
    if not named or clause.holder not in CENTRAL:
        return
    of = Happening("visit_held" if "visit" in named[0].lower() else "discussion_held")
    schedule = of_happenings(of, clause.of_kind("every", "times", "first"))
    if schedule is not None:
        yield Draft(clause, "discussion", clause.holder, named[0].capitalize(), always(schedule), "Council")


def _report(clause: Clause) -> Iterator[Draft]:
    """Anything written or told that is to be given: with an interval, or where one has to be agreed."""
    if _AGREED.search(clause.text) or _AMENDS.search(clause.text) or clause.force is Force.MAY:
        return
    supplement = _SUPPLEMENTED.search(clause.text)
    noun = _noun(clause, supplement.end() if supplement else 0)
    if noun is None or not _GIVES.search(clause.text) or clause.of_kind("standing", "failure"):
        return
    holder = (_supplementing(clause.text[supplement.end() :]) if supplement else None) or clause.holder
    recipient = recipient_of(clause.text, holder)
    if received := _RECEIVED_FROM.search(clause.text):
        # "the chair shall receive a report from the Director": the Director owes it
        givers = [role for start, _, role in roles_in(clause.text) if start == received.end()]
        holder, recipient = (givers[0], holder) if givers else (holder, recipient)
    said = [mention for mention in _ways(clause, holder) if mention.kind != "regular"]
    if holder in CENTRAL or not (recipient or said or supplement):
        return
    made = of_deliverable(said) or (
        [with_the_review()] if supplement else [_no_interval(clause, holder, recipient)]
    )
    for later, asking in made:
        schedule = conditional([*clause.times], later)
        yield Draft(
            clause, "report", holder, deliverable_of(clause.text, noun), schedule, recipient, None, asking
        )


def _noun(clause: Clause, start: int) -> re.Match[str] | None:
    """What is given: after the binding word, of a passive before it too;
    a report sooner than mere information.
    """
    modal = modal_of(clause.text)
    passive = modal is not None and re.match(r"\w+\s+(?:also\s+)?be\b", clause.text[modal[1] :])
    after = start if passive or modal is None else max(start, modal[1])
    places = dict.fromkeys((after, start))
    found = (
        match for word in (_REPORT, _TOLD) for place in places for match in word.finditer(clause.text, place)
    )
    return next((match for match in found if not _ANOTHERS.search(clause.text[: match.start()])), None)


def _ways(clause: Clause, holder: str) -> list[Mention]:
    """The ways of saying when that bear on a report; a lead time says more than "before" the same thing."""
    ways = [
        one
        for one in clause.times
        if one.kind not in ("until", "until_day", "appropriate", "more", "adviser", "failure")
    ]
    if any(one.kind == "lead" for one in ways):
        ways = [one for one in ways if one.kind != "before"]
    if holder == "Safeguarding board chair":
        # its report in parallel with the chair's is the one that informs it
        ways = [replace(one, kind="informs") if one.kind == "alongside" else one for one in ways]
    return ways


def _supplementing(after: str) -> str | None:
    """Whose report supplements another's: "a Council report", "a report from the Leader of the Council"."""
    told = re.search(r"\bfrom (?:the )?", after)
    roles = roles_in(after)
    named = [role for start, _, role in roles if told and start >= told.start()]
    return next(iter(named or [role for _, _, role in roles]), None)


def _no_interval(clause: Clause, holder: str, recipient: str | None) -> tuple[Later, tuple[Asking, ...]]:
    """Progress that the council reports to its board goes to each one;
    any other interval has to be agreed.
    """
    board = recipient is not None and "board" in recipient.lower()
    words = clause.of_kind("regular")
    progress = re.search(r"\bprogress\b", clause.text, re.IGNORECASE)
    if board and progress and not words and holder == "Council" and not clause.of_kind("adviser"):
        asking = Asking(
            "each_meeting", "Is progress reported to each board?", "At each board", each_board, blocks=False
        )
        return (lambda context: WithEach(BOARD, context.cadence)), (asking,)
    later, asked = regular(words[0].words if words else "", board)
    return later, (asked,)


def _testing(clause: Clause) -> Iterator[Draft]:
    for mention in clause.of_kind("amount"):
        schedule = AmountInEachMonth(mention.count, mention.unit, Happening("testing_provided"), NOTICE)
        yield Draft(
            clause, "provision", clause.holder, shortened(clause.text[mention.start :]), always(schedule)
        )


def _standing(clause: Clause) -> Iterator[Draft]:
    if _UP_TO_DATE.search(clause.text) and not clause.of_kind("within", "dated", "every"):
        yield Draft(clause, "standing", clause.holder, whole_item(clause.text), standing())


def _agreement(clause: Clause) -> Iterator[Draft]:
    if not _AGREED.search(clause.text) or _VARIES.search(clause.text):
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
    if clause.force is Force.MAY and _AMENDS.search(clause.text):
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
        later = conditional([*clause.times, *clause.above], standing())
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
    if _WORKS_WITH.search(clause.text):
        yield Draft(
            clause,
            "adviser",
            clause.holder,
            "Work with the adviser",
            conditional([*clause.times], standing()),
        )


def _anything_dated(clause: Clause) -> Iterator[Draft]:
    """Nothing special, but the clause says when: an aim, a plan by a date, a validation before the end."""
    if clause.text.endswith(":") and not clause.provision.leaf:
        return  # the list under it carries the date
    for later, asking in of_deliverable(list(clause.times)):
        schedule = conditional([*clause.times], later)
        recipient = recipient_of(clause.text, clause.holder)
        yield Draft(
            clause, "dated", clause.holder, whole_item(clause.text), schedule, recipient, None, asking
        )


_DETECTORS: tuple[Detector, ...] = (
    _meeting,
    _attendance,
    _discussion,
    _review,
    _report,
    _testing,
    _standing,
    _agreement,
    _amendment,
    _powers,
    _advice,
    _adviser,
)
