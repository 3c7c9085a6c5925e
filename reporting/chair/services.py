"""Writing the chair's own page: notes, ticks, own questions, carrying over. The log never says what they say."""

from dataclasses import dataclass

from django.db import transaction

from boards.models import Meeting
from boards.services.records import Act, Refused, add, change
from reporting.chair.questions import Question, Topic
from reporting.models import ChairQuestion


@dataclass(frozen=True)
class Kept:
    """A question on the page: as it stands in the facts (None: the chair's own), and what the chair did with it."""

    question: Question | None
    row: ChairQuestion | None

    @property
    def asked(self) -> bool:
        return self.row is not None and self.row.asked_at is not None

    @property
    def left_out(self) -> bool:
        return self.row is not None and self.row.left_out_at is not None

    @property
    def note(self) -> str:
        return self.row.note if self.row else ""

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0

    @property
    def name(self) -> str:
        """What forms call it: its row, or the case that it is about."""
        if self.row is not None:
            return f"row-{self.row.pk}"
        return self.question.key if self.question else ""

    @property
    def about(self) -> str:
        return self.question.about if self.question else self.row.about if self.row else ""

    @property
    def case(self) -> str:
        return self.question.case if self.question else self.row.case if self.row else ""

    @property
    def ask(self) -> str:
        return self.question.ask if self.question else self.row.ask if self.row else ""

    @property
    def link(self) -> str:
        return self.question.link if self.question else self.row.link if self.row else ""


@dataclass(frozen=True)
class Page:
    """Everything on the chair's page for a meeting: what was carried over or is the chair's own, then by topic."""

    own: tuple[Kept, ...]
    topics: tuple[tuple[Topic, tuple[Kept, ...]], ...]
    left_out: tuple[Kept, ...]

    @property
    def every(self) -> list[Kept]:
        return [*self.own, *(kept for _, found in self.topics for kept in found)]

    @property
    def asked(self) -> int:
        return sum(kept.asked for kept in self.every)

    def named(self, name: str) -> Kept | None:
        """The question that a form means, if it is on the page."""
        return next((kept for kept in (*self.every, *self.left_out) if kept.name == name), None)


def page_of(meeting: Meeting, found: dict[Topic, list[Question]]) -> Page:
    """What the facts ask, beside what the chair keeps; a case that has gone stays if something was noted of it."""
    rows = list(
        ChairQuestion.objects.filter(meeting=meeting).select_related("carried_from__meeting").order_by("id")
    )
    by_key = {row.key: row for row in rows if row.key}
    current = {question.key for asked in found.values() for question in asked}
    own = [Kept(None, row) for row in rows if row.key not in current]
    topics, left = [], [kept for kept in own if kept.left_out]
    for topic, asked in found.items():
        kept = [Kept(question, by_key.get(question.key)) for question in asked]
        left += [one for one in kept if one.left_out]
        topics.append((topic, tuple(one for one in kept if not one.left_out)))
    return Page(
        tuple(kept for kept in own if not kept.left_out),
        tuple((topic, kept) for topic, kept in topics if kept),
        tuple(left),
    )


@transaction.atomic
def add_own(*, act: Act, meeting: Meeting, ask: str, note: str = "") -> ChairQuestion:
    """A question of the chair's own. Raises Refused without words; the same words twice are one question."""
    ask = ask.strip()
    if not ask:
        raise Refused({"ask": "Write the question"})
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    same = ChairQuestion.objects.filter(meeting=locked, key="", ask=ask).first()
    return same or add(
        ChairQuestion(meeting=locked, ask=ask, note=note.strip(), made_at=act.now, made_by=act.by),
        act=act,
        private=True,
    )


def _held(act: Act, meeting: Meeting, kept: Kept) -> ChairQuestion:
    """The locked row of a question, made now if the chair has done nothing with it yet."""
    rows = ChairQuestion.objects.select_for_update(of=("self",)).filter(meeting=meeting)
    if kept.row is not None:
        return rows.get(pk=kept.row.pk)
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    question = kept.question
    assert question is not None  # noqa: S101 - without a row it comes from the facts
    return rows.filter(key=question.key).first() or add(
        ChairQuestion(
            meeting=meeting,
            key=question.key,
            about=question.about,
            case=question.case,
            ask=question.ask,
            link=question.link,
            made_at=act.now,
            made_by=act.by,
        ),
        act=act,
        private=True,
    )


@transaction.atomic
def tick(*, act: Act, meeting: Meeting, kept: Kept, asked: bool) -> ChairQuestion:
    """The question was asked, or was not after all. Twice is once."""
    row = _held(act, meeting, kept)
    if (row.asked_at is not None) == asked:
        return row
    return change(row, {"asked_at": act.now if asked else None}, act=act, private=True)


@transaction.atomic
def leave_out(*, act: Act, meeting: Meeting, kept: Kept, out: bool) -> ChairQuestion:
    """The question is not for this meeting, or is again."""
    row = _held(act, meeting, kept)
    if (row.left_out_at is not None) == out:
        return row
    return change(row, {"left_out_at": act.now if out else None}, act=act, private=True)


@transaction.atomic
def write_note(*, act: Act, meeting: Meeting, kept: Kept, note: str, made_from: int) -> ChairQuestion:
    """What the chair notes of a question. Raises Conflict where the chair's support wrote meanwhile, or vice versa."""
    row = _held(act, meeting, kept)
    return change(row, {"note": note.strip()}, act=act, made_from=max(made_from, 1), private=True)


def next_after(meeting: Meeting) -> Meeting | None:
    """The next planned meeting of the same board."""
    later = meeting.board.meetings.filter(state=Meeting.State.PLANNED, on__gt=meeting.on)
    return later.order_by("on").first()


@transaction.atomic
def carry_over(*, act: Act, meeting: Meeting, kept: Kept) -> Meeting:
    """Take a question along to the next planned meeting, with its note. Twice is once. Raises Refused without one."""
    target = next_after(meeting)
    if target is None:
        raise Refused({"carry": "No later meeting is planned: plan one first"})
    row = _held(act, meeting, kept)
    if ChairQuestion.objects.filter(carried_from=row).exists():
        return target
    Meeting.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if row.key and ChairQuestion.objects.filter(meeting=target, key=row.key).exists():
        return target
    again = ChairQuestion(
        meeting=target,
        key=row.key,
        about=row.about,
        case=row.case,
        ask=row.ask,
        link=row.link,
        note=row.note,
        carried_from=row,
        made_at=act.now,
        made_by=act.by,
    )
    add(again, act=act, private=True)
    return target


def carry_all(*, act: Act, meeting: Meeting, page: Page) -> tuple[int, Meeting]:
    """Take along everything that is the chair's own or noted and was not asked; says how much. Raises Refused."""
    chosen = [kept for kept in page.every if kept.row and not kept.asked and (kept.note or not kept.row.key)]
    target = next_after(meeting)
    if target is None:
        raise Refused({"carry": "No later meeting is planned: plan one first"})
    with transaction.atomic():
        for kept in chosen:
            carry_over(act=act, meeting=meeting, kept=kept)
    return len(chosen), target
