"""What waits for somebody, from facts: small providers, each a pure function. Plain Python, no Django.

A provider takes facts and `to`, which makes the address of a page from its name, and returns needs. `in_order` puts
them in order of need: what is overdue first, then by day, then what has no day in the order of the providers.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

To = Callable[..., str]
SOON = dt.timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that somebody is to do: what, why, where, by when. `due` is inclusive."""

    what: str
    why: str
    link: str
    due: dt.date | None = None

    def overdue(self, today: dt.date) -> bool:
        return self.due is not None and self.due < today


def in_order(needs: Iterable[Need]) -> list[Need]:
    """What has a day by that day, so that what is overdue comes first; then what has none."""
    return sorted(needs, key=lambda need: need.due or dt.date.max)


def plural(count: int, one: str, many: str = "") -> str:
    """3 actions, 1 action."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def day(on: dt.date) -> str:
    """16 June 2015"""
    return f"{on.day} {on:%B %Y}"


@dataclass(frozen=True, slots=True)
class OwnActions:
    """What a lead is asked about: how many, how many are answered, until when, and for which board."""

    asked: int
    answered: int
    pressing: int  # not answered, and overdue or off track
    answer_by: dt.date | None
    label: str


def own_actions(own: OwnActions, to: To) -> list[Need]:
    """The actions that somebody leads and has not answered for."""
    waiting = own.asked - own.answered
    if not waiting:
        return []
    pressing = f", {own.pressing} of them overdue or off track" if own.pressing else ""
    why = f"For {own.label}: {own.answered} of {own.asked} done{pressing}"
    return [
        Need(f"{plural(waiting, 'action')} of yours to update", why, to("plans:my_actions"), own.answer_by)
    ]


@dataclass(frozen=True, slots=True)
class OwedMatter:
    """A matter arising that somebody owes."""

    pk: int
    number: int
    text: str
    due_on: dt.date | None


def own_matters(matters: Iterable[OwedMatter], to: To) -> list[Need]:
    """The matters arising that somebody owes the board."""
    return [
        Need(
            f"Matter {matter.number}: {matter.text}",
            "The board asked you for it",
            to("boards:matter", matter=matter.pk),
            matter.due_on,
        )
        for matter in matters
    ]


@dataclass(frozen=True, slots=True)
class Question:
    """A challenge that is open: a question about an action, answered or not."""

    pk: int
    ref: str
    question: str
    answered: bool
    mine: bool  # it is about an action that the reader leads


def questions(asked: Iterable[Question], to: To, *, accepts: bool) -> list[Need]:
    """Questions about one's own actions; for those who ask, the answers that wait to be accepted."""
    found = []
    for one in asked:
        link = to("plans:challenge", pk=one.pk)
        if one.mine and not one.answered:
            found.append(Need(f"A question about {one.ref} to answer", one.question, link))
        elif accepts and one.answered:
            found.append(Need(f"An answer about {one.ref} to accept, or to ask again", one.question, link))
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of reference that somebody has not acknowledged."""

    board: int
    name: str
    number: int


def terms_to_read(terms: Iterable[Terms], to: To) -> list[Need]:
    """Terms of reference to read and acknowledge."""
    return [
        Need(
            f"Read the terms of reference of {one.name}",
            f"You have not said yet that you have read version {one.number}",
            to("boards:members", board=one.board) + "#terms",
        )
        for one in terms
    ]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as its preparation goes."""

    pk: int
    on: dt.date
    circulated: bool = False
    items: int = 0
    round_state: str = ""  # "": none opened
    asked: int = 0
    answered: int = 0
    answer_by: dt.date | None = None
    position_on: dt.date | None = None
    pack: str = ""  # "": none; draft, published


@dataclass(frozen=True)
class Board:
    """The board's business: its next meeting, those not recorded, minutes that wait."""

    coming: Sitting | None = None
    to_record: tuple[tuple[int, dt.date], ...] = ()
    minutes: tuple[
        tuple[int, dt.date, str], ...
    ] = ()  # meetings held whose minutes are not approved, and why
    empty_seats: tuple[str, ...] = ()
    number: int | None = None


def preparing(board: Board, to: To, *, today: dt.date) -> list[Need]:
    """What those who serve the board have to do for the next meeting: the update round, agenda and papers, the pack."""
    coming = board.coming
    if coming is None:
        return []
    needs = _round(coming, to, today)
    return needs + _papers(coming, to) if coming.on - today <= SOON else needs


def recording(board: Board, to: To) -> list[Need]:
    """What is left of meetings that were, and who is missing on the board."""
    needs = [
        Need(
            f"Record the meeting of {day(on)}",
            "Its day has passed; deadlines count it once it is recorded as held",
            to("boards:record", meeting=pk),
            on,
        )
        for pk, on in board.to_record
    ]
    for pk, on, state in board.minutes:
        what, why = _MINUTES[state]
        needs.append(Need(f"{what} of {day(on)}", why, to("boards:minutes", meeting=pk)))
    if board.empty_seats and board.number is not None:
        many = len(board.empty_seats) > 1
        what = f"Fill {len(board.empty_seats)} empty seats" if many else "Fill an empty seat"
        needs.append(
            Need(
                f"{what} on the board", "; ".join(board.empty_seats), to("boards:members", board=board.number)
            )
        )
    return needs


def challenging(coming: Sitting | None, to: To) -> list[Need]:
    """The chair's own preparation for the next meeting."""
    if coming is None:
        return []
    why = "Off track, moved, overdue, untested: each with a question worth asking. Only you see it"
    return [
        Need(
            f"What to challenge on {day(coming.on)}",
            why,
            to("reporting:challenge", meeting=coming.pk),
            coming.on,
        )
    ]


_MINUTES = {
    "none": ("Draft the minutes", "The meeting is recorded as held and has no minutes"),
    "draft": ("Give members the draft minutes", "They are written and not with members yet"),
    "circulated": ("Approve the minutes", "A later meeting was held, and they are not approved"),
}
OPENS_BEFORE = dt.timedelta(days=21)
PAPERS_BEFORE = dt.timedelta(days=7)


def _round(coming: Sitting, to: To, today: dt.date) -> list[Need]:
    page = to("boards:round", meeting=coming.pk)
    if coming.round_state == "closed":
        return []
    if not coming.round_state:
        if coming.on - today > OPENS_BEFORE:
            return []
        return [Need("Open the update round", f"Leads are asked for the board of {day(coming.on)}", page)]
    waiting = coming.asked - coming.answered
    if waiting:
        why = f"{coming.answered} of {coming.asked} answered for the board of {day(coming.on)}"
        verb = "waits" if waiting == 1 else "wait"
        return [Need(f"{plural(waiting, 'action')} still {verb} for an update", why, page, coming.answer_by)]
    why = f"All {coming.asked} are answered; closing freezes what the board will see"
    return [Need("Close the update round", why, page, coming.position_on)]


def _papers(coming: Sitting, to: To) -> list[Need]:
    needs, by = [], coming.on - PAPERS_BEFORE
    board = f"The board meets on {day(coming.on)}"
    if not coming.circulated:
        words = (
            f"; the agenda has {plural(coming.items, 'item')}" if coming.items else "; the agenda is empty"
        )
        link = to("boards:agenda", meeting=coming.pk)
        needs.append(Need("Give members agenda and papers", board + words, link, by))
    if coming.pack != "published":
        what = "Publish the pack" if coming.pack else "Make the pack"
        needs.append(Need(what, board, to("reporting:pack", meeting=coming.pk), by))
    return needs


def reading(coming: Sitting | None, to: To, *, today: dt.date) -> list[Need]:
    """What a member has to read before the next meeting, once they have been given it."""
    if coming is None or coming.on < today:
        return []
    if coming.pack == "published":
        what, link = "Read the pack", to("reporting:pack", meeting=coming.pk)
    elif coming.circulated:
        what, link = "Read agenda and papers", to("boards:meeting", meeting=coming.pk)
    else:
        return []
    return [Need(f"{what} for {day(coming.on)}", "The board meets on that day", link, coming.on)]


@dataclass(frozen=True, slots=True)
class Duty:
    """A deadline of the notice that the reader answers for."""

    what: str
    because: str
    obligation: int
    due: dt.date
    overdue: bool
    after_another: bool = False  # an earlier one of its kind is being written


def duties(owed: Iterable[Duty], to: To, *, today: dt.date) -> list[Need]:
    """Deadlines of the notice that are overdue or fall due in four weeks."""
    return [
        Need(
            one.what,
            f"After the one that is being written. {one.because}" if one.after_another else one.because,
            to("notices:deadline", obligation=one.obligation, due=one.due.isoformat()),
            one.due,
        )
        for one in owed
        if one.overdue or today <= one.due <= today + SOON
    ]


@dataclass(frozen=True, slots=True)
class Writing:
    """A report that the reader writes: how far it is, when it is due, and which deadline it is for.

    `moves` says what its day waits for, where that was a forecast which has passed.
    """

    pk: int
    title: str
    state: str
    due: dt.date | None
    obligation: str = ""
    moves: str = ""


_NEXT = {"draft": "Write", "validated": "Sign", "signed": "Submit"}


def reports(writing: Iterable[Writing], to: To) -> list[Need]:
    """Reports that wait for their author."""
    return [
        Need(
            f"{_NEXT.get(one.state, 'Write')}: {one.title}",
            one.moves or "Its facts are filled in; the words are yours",
            to("reporting:report", report=one.pk),
            None if one.moves else one.due,
        )
        for one in writing
    ]


@dataclass(frozen=True)
class Testing:
    """Independent testing as its testers see it."""

    board: int
    planned: tuple[tuple[int, str, dt.date], ...] = ()  # tests whose day has come
    unshared: tuple[tuple[int, str], ...] = ()  # done, and not shared
    claims: int = 0  # actions claimed complete and never tested


def testing(facts: Testing, to: To) -> list[Need]:
    """Tests to write up or to share, and claims that nobody has tested."""
    needs = [
        Need(f"Write up {title}", "Its day has come", to("boards:test", test=pk), on)
        for pk, title, on in facts.planned
    ]
    needs += [
        Need(
            f"Share {title} for factual accuracy",
            "It is done; nobody else sees it",
            to("boards:test", test=pk),
        )
        for pk, title in facts.unshared
    ]
    if facts.claims:
        why = f"{plural(facts.claims, 'action')} claimed complete that nobody has tested"
        needs.append(Need("Plan a test", why, to("boards:plan_test", board=facts.board)))
    return needs


@dataclass(frozen=True)
class Office:
    """What only those who keep the plan see to."""

    findings: int = 0
    matters_overdue: int = 0
    board: int | None = None


def keeping(office: Office, to: To) -> list[Need]:
    """What waits in the plan and the board's log for those who keep them."""
    needs = []
    if office.findings:
        what = plural(office.findings, "open finding")
        needs.append(Need(what, "In the documents that were read in", to("plans:findings")))
    if office.matters_overdue and office.board is not None:
        what = f"{plural(office.matters_overdue, 'matter')} arising overdue"
        link = to("boards:matters", board=office.board) + "?show=overdue"
        needs.append(Need(what, "Asked for by the board; their owners are reminded", link))
    return needs


@dataclass(frozen=True, slots=True)
class Asked:
    """A change of frequency that the council asks of the Department."""

    pk: int
    board: str
    words: str
    from_on: dt.date


def to_decide(asked: Iterable[Asked], to: To) -> list[Need]:
    """What the Department has to agree or refuse."""
    return [
        Need(
            f"Agree or refuse: {one.board} asks to meet {one.words}",
            f"From {day(one.from_on)}; until then deadlines stay as they are",
            to("boards:decide_frequency", frequency=one.pk),
            one.from_on,
        )
        for one in asked
    ]
