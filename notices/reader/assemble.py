"""From drafts to proposals: the same duty told twice becomes one, links get their keys, questions their
answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from deadlines.events import Happening
from deadlines.months import Period
from deadlines.obligations import CircularScheduleError, Obligation, dependency_order
from deadlines.schedules.base import Schedule
from deadlines.schedules.family import ByCalendar, NotYetAgreed, Together, cadence_of
from notices.reader.clauses import Clause
from notices.reader.detect import details
from notices.reader.draft import Asking, Context, Draft
from notices.reader.reading import Option, Proposal, Question

_ONE_DUTY = ("meeting", "review", "attendance", "discussion", "power")
CHAIRS_REPORT = Happening("report_submitted", "chair")


def assembled(drafts: Sequence[Draft]) -> tuple[tuple[Proposal, ...], tuple[Question, ...]]:
    """The proposals with their keys, in the order of the notice, and what has to be asked about them."""
    merged = _merged(drafts)
    keyed = list(zip(_keys(merged), merged, strict=True))
    context = _context(keyed)
    chairs = [key for key, draft in keyed if _is_chairs_report(draft)]
    proposals, questions = [], []
    for key, draft in keyed:
        met_by = CHAIRS_REPORT if chairs == [key] else draft.met_by
        proposals.append(_proposal(key, draft, context, met_by))
        questions += _questions(key, draft, context)
    circles = _circles(proposals)
    kept = [
        replace(one, schedule=NotYetAgreed(one.schedule.sentence())) if one.key in circles else one
        for one in proposals
    ]
    return tuple(kept), (*questions, *_contradictions(keyed, context), *circles.values())


def _circles(proposals: Sequence[Proposal]) -> dict[str, Question]:
    """Duties that wait for each other: the later one is asked about, so that the others have dates."""
    found: dict[str, Question] = {}
    for one in reversed(proposals):
        rest = [Obligation(other.key, other.schedule) for other in proposals if other.key not in found]
        known = {obligation.key for obligation in rest}
        settled = [obligation for obligation in rest if _reaches(obligation, known)]
        try:
            dependency_order(settled)
        except CircularScheduleError as error:
            if one.schedule.links():
                text = f"{str(error).capitalize()}. When is this one due?"
                asked = Question(
                    "circle", text, "Agree a date and record it", (), one.key, one.requirement, one.quote
                )
                found[one.key] = replace(asked, blocks=True)
        else:
            break
    return found


def _reaches(obligation: Obligation, known: set[str]) -> bool:
    return all(link.obligation in known for link in obligation.schedule.links())


def detailed(drafts: Sequence[Draft], clauses: Iterable[Clause]) -> list[Draft]:
    """The drafts, a report also asked for by the provisions beside it that only say what it has to hold."""
    found = list(drafts)
    for clause in clauses:
        parent = clause.provision.requirement.parent
        if parent is None or not details(clause):
            continue
        beside = [
            place
            for place, draft in enumerate(found)
            if draft.what == "report" and draft.clause.provision.requirement.parent == parent
        ]
        if beside and all(draft.clause.ref != clause.ref for draft in found):
            found[beside[-1]] = found[beside[-1]].with_also((clause.ref,))
    return found


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    merged: list[Draft] = []
    for draft in drafts:
        place = next((place for place, one in enumerate(merged) if _same(one, draft)), None)
        if place is None:
            merged.append(draft)
        else:
            merged[place] = _fuller(merged[place], draft)
    return merged


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts are one duty: of the same people, about the same thing, at dates that agree."""
    if (one.what, one.holder) != (other.what, other.holder):
        return False
    alike = one.deliverable == other.deliverable
    if one.what in _ONE_DUTY:
        about_one = alike or one.what != "power"
    else:
        alike = alike or one.holder == "Safeguarding board chair"
        about_one = one.what == "report" and one.recipient == other.recipient and alike
    if not about_one:
        return False
    ours, theirs = _parts(one), _parts(other)
    return ours <= theirs or theirs <= ours


_ANY = Context(Period.weeks(4), "review", "chair", "board", "assessment", "discussion")


def _parts(draft: Draft) -> frozenset[Schedule]:
    """The schedules of a draft, as if everything it may name were there."""
    schedule = draft.schedule(_ANY)
    return frozenset(schedule.parts if isinstance(schedule, Together) else (schedule,))


def _fuller(one: Draft, other: Draft) -> Draft:
    """The one that says more, or that has a binding word of its own, with the other's reference beside it."""
    more = (len(_parts(other)), other.clause.own) > (len(_parts(one)), one.clause.own)
    kept, left = (other, one) if more else (one, other)
    asking = {asked.code: asked for asked in (*left.asking, *kept.asking)}
    refs = (*left.also, left.clause.ref)
    return replace(
        kept.with_also(tuple(ref for ref in refs if ref != kept.clause.ref)), asking=tuple(asking.values())
    )


def _keys(drafts: Iterable[Draft]) -> list[str]:
    """The provision's reference; a second obligation of the same provision gets a number."""
    counts: dict[str, int] = {}
    keys = []
    for draft in drafts:
        ref = draft.clause.ref
        counts[ref] = counts.get(ref, 0) + 1
        keys.append(ref if counts[ref] == 1 else f"{ref} #{counts[ref]}")
    return keys


def _is_chairs_report(draft: Draft) -> bool:
    return draft.what == "report" and draft.holder == "Board chair"


def _context(keyed: Sequence[tuple[str, Draft]]) -> Context:
    def first(what: str) -> str | None:
        return next((key for key, draft in keyed if draft.what == what), None)

    meeting = next((draft for _, draft in keyed if draft.what == "meeting"), None)
    chairs = [key for key, draft in keyed if _is_chairs_report(draft)]
    recurring = [key for key, draft in keyed if _is_chairs_report(draft) and _recurs(draft)]
    assessments = [key for key, draft in keyed if draft.what == "report" and "ssessment" in draft.deliverable]
    return Context(
        cadence=_cadence(meeting),
        review=first("review"),
        chairs_report=next(iter(recurring or chairs), None),
        board=first("meeting"),
        assessment=next(iter(assessments), None),
        discussion=first("discussion"),
    )


def _recurs(draft: Draft) -> bool:
    return not draft.schedule(_ANY).bounded()


def _cadence(meeting: Draft | None) -> Period | None:
    """The pace at which the board meets, for what is still to come."""
    schedule = meeting.schedule(_ANY) if meeting else NotYetAgreed()
    monthly = Period(months=1) if isinstance(schedule, ByCalendar) else None
    return cadence_of(schedule, "board_held") or monthly


def _proposal(key: str, draft: Draft, context: Context, met_by: Happening | None) -> Proposal:
    return Proposal(
        key=key,
        requirement=draft.clause.ref,
        duty_holder=draft.holder,
        recipient=draft.recipient,
        deliverable=draft.deliverable,
        force=draft.binding,
        schedule=draft.schedule(context),
        quote=draft.quote,
        also=draft.also,
        met_by=met_by,
    )


def _questions(key: str, draft: Draft, context: Context) -> list[Question]:
    schedule = draft.schedule(context)
    asking = draft.asking
    if not asking and isinstance(schedule, NotYetAgreed):
        text = f"“{schedule.words}”: when is this due?" if schedule.words else "When is this due?"
        asking = (Asking("no_date", text, "Agree a date or an interval and record it"),)
    return [
        Question(
            code=asked.code,
            text=asked.text,
            proposal=asked.proposal,
            options=asked.options(context),
            obligation=key,
            requirement=draft.clause.ref,
            quote=draft.quote,
            blocks=asked.blocks,
            words=asked.words,
        )
        for asked in asking
    ]


def _contradictions(keyed: Sequence[tuple[str, Draft]], context: Context) -> list[Question]:
    """Two clauses that give the same meeting or review different intervals: one of them has to give way."""
    questions = []
    for place, (key, draft) in enumerate(keyed):
        for other_key, other in keyed[:place]:
            if draft.what in ("meeting", "review") and (draft.what, draft.holder) == (
                other.what,
                other.holder,
            ):
                first, second = other.schedule(context).sentence(), draft.schedule(context).sentence()
                text = f"{other_key} says {first}; {key} says {second}. Which one holds?"
                asked = Question(
                    "contradiction",
                    text,
                    f"{other_key}: {first}",
                    (
                        Option(f"{other_key}: {first}", other.schedule(context)),
                        Option(f"{key}: {second}", draft.schedule(context)),
                    ),
                    key,
                    draft.clause.ref,
                    draft.quote,
                )
                words = " and ".join(one.words for one in draft.clause.of_kind("every", "times"))
                questions.append(replace(asked, blocks=True, words=words))
    return questions
