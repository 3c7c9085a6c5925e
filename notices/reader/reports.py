"""Reports and whatever else is written or told that a clause asks to be given, to whom and when."""

import re
from collections.abc import Iterator
from dataclasses import replace

from deadlines.obligations import Force
from deadlines.schedules.family import WithEach
from notices.reader.asking import BOARD, each_board, regular, with_the_review
from notices.reader.clauses import Clause, modal_of
from notices.reader.draft import Asking, Draft, Later
from notices.reader.mention import Mention
from notices.reader.paces import is_followed
from notices.reader.phrases import deliverable_of, recipient_of
from notices.reader.timing import conditional, of_deliverable
from notices.reader.words import CENTRAL, roles_in

_REPORT = re.compile(
    r"(?<!inspection )(?<!inspector )(?<!ofsted )\b(?:report(?:s|ing|ed)?\b|updates?\b|"
    r"(?:self-)?assessments?\b|statements?\b|"
    r"self-evaluations?\b|briefings?\b|dashboards?\b|scorecards?\b|summary\b|summaries\b|communication\b|commentary\b|returns?\b|letters?\b|minutes\b|writes?\b(?=\s+to\b))",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:information|feedback|results|data\s?sets?|data|evidence)\b", re.IGNORECASE)
# a report that is only named: to count from, or to come with
_ANOTHERS = re.compile(
    r"\b(?:receipt of|alongside|together with|date of|publication of|of each|of every|(?:in|of|from) (?:the|that|this))"
    r"\s+(?:(?!(?:must|shall|should|will|to)\b)[\w’']+\s+){0,3}$",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\b(?:provid|submit|suppl|send|sent|gives?\b|given|report(?:s|ed|ing)?\b(?!\s+of)|present|produc|publish|"
    r"shar(?:e|ed|ing)\b|made\s+available|receiv|writ|issue)",
    re.IGNORECASE,
)
_SUPPLEMENTED = re.compile(r"\bsupplemented by\s+", re.IGNORECASE)
_RECEIVED_FROM = re.compile(r"\breceives?\b[^.;]*?\bfrom\s+(?:the\s+)?", re.IGNORECASE)
AGREED = re.compile(
    r"\bagree(?:d|s)?\b[^.;]{0,160}\b(?:frequency|intervals?|scope|data\s?set|milestones|deadlines|standards)\b|"
    r"\b(?:frequency|intervals?|data\s?set|standards)\b[^.;]{0,80}\bbe\s+agreed\b",
    re.IGNORECASE,
)
AMENDS = re.compile(r"\b(?:amend(?:ment|ing|ed)?)\b[^.;]{0,40}\bnotice\b", re.IGNORECASE)
_ATTENDS = re.compile(r"\battends?\b", re.IGNORECASE)
_AND = re.compile(r"\band\s+(?:to\s+)?$", re.IGNORECASE)
_TWO = 2
_ALSO = re.compile(r"\balso\b", re.IGNORECASE)


def reports_in(clause: Clause) -> Iterator[Draft]:
    """Anything written or told that is to be given: with an interval, or where one has to be agreed."""
    if AGREED.search(clause.text) or AMENDS.search(clause.text) or clause.force is Force.MAY:
        return
    supplement = _SUPPLEMENTED.search(clause.text)
    noun = _noun(clause, supplement.end() if supplement else 0)
    lead = clause.lead if clause.lead is not None and not clause.own else None
    gives = _GIVES.search(clause.text) or (lead and _GIVES.search(lead.text))
    if noun is None or not gives or clause.of_kind("standing", "failure"):
        return
    holder = (_supplementing(clause.text[supplement.end() :]) if supplement else None) or clause.holder
    recipient = recipient_of(clause.text, holder) or (recipient_of(lead.text, holder) if lead else None)
    if received := _RECEIVED_FROM.search(clause.text):
        # "the chair shall receive a report from the Director": the Director owes it
        givers = [role for start, _, role in roles_in(clause.text) if start == received.end()]
        holder, recipient = (givers[0], holder) if givers else (holder, recipient)
    if recipient is None and _ALSO.search(clause.text) and clause.before and clause.before.holder == holder:
        recipient = recipient_of(clause.before.text, holder)
    for words, times in _each_to_its_own(clause):
        to = recipient if words is clause.text else recipient_of(words, holder) or recipient
        yield from _given(replace(clause, times=times), noun, holder, to, supplement=supplement is not None)


def _given(
    clause: Clause, noun: re.Match[str], holder: str, recipient: str | None, *, supplement: bool
) -> Iterator[Draft]:
    """One report to a recipient, by each way in which the words say when."""
    said = [mention for mention in _ways(clause, holder, noun.start()) if mention.kind != "regular"]
    if (holder in CENTRAL and not (recipient and said)) or not (recipient or said or supplement):
        return
    made = of_deliverable(said) or (
        [with_the_review()] if supplement else [_no_interval(clause, holder, recipient)]
    )
    for way in made:
        schedule, asking = conditional([*clause.times], *way)
        yield Draft(
            clause, "report", holder, deliverable_of(clause.text, noun), schedule, recipient, None, asking
        )


def _each_to_its_own(clause: Clause) -> Iterator[tuple[str, tuple[Mention, ...]]]:
    """The words to each recipient who has an interval of its own: "monthly to the board, quarterly to the Minister"."""
    intervals = [one for one in clause.times if one.kind in ("every", "times")]
    second = intervals[-1].start if len(intervals) == _TWO and not is_followed(clause.times) else 0
    if not _AND.search(clause.text[:second]):
        yield clause.text, clause.times
        return
    for start, end in ((0, second), (second, len(clause.text))):
        yield clause.text[start:end], tuple(one for one in clause.times if start <= one.start < end)


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


def _ways(clause: Clause, holder: str, noun: int) -> list[Mention]:
    """The ways of saying when that bear on a report; a lead time says more than "before" the same thing."""
    ways = [
        one
        for one in clause.times
        if one.kind not in ("until", "appropriate", "more", "adviser", "failure", "condition")
    ]
    if _ATTENDS.search(clause.text[:noun]):
        ways = [one for one in ways if one.start > noun or one.kind != "each_meeting"]
    for more, less in (("lead", "before"), ("after_each", "each_meeting")):
        if any(one.kind == more for one in ways):
            ways = [one for one in ways if one.kind != less]
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
