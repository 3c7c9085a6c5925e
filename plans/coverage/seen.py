"""Coverage the way one person may see it: bounded like the plan they see (design, *Who sees what*).

Those who read the live plan see links as they stand and what is proposed. All others see the links that were known
when the plan was last frozen, and no proposals: nobody above the council watches half-made links.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from councils.rights import Thing, Verb
from plans.coverage.asked import Source, SourceKey, Target
from plans.coverage.offering import open_proposals
from plans.coverage.proposing import Proposal
from plans.coverage.queries import book_of, left_of, sources_of
from plans.coverage.standing import Answer, Book, Left, Line, answers, lines_of
from plans.seen import Asker, Seen, plan_seen_by
from plans.table import ActionRow


@dataclass(frozen=True)
class Coverage:
    """A plan against all that asks something of its council."""

    seen: Seen
    sources: tuple[Source, ...]
    book: Book
    left: Mapping[int, Left]
    split: Mapping[int, int]
    may_decide: bool

    @cached_property
    def lines(self) -> dict[SourceKey, tuple[Line, ...]]:
        """What answers each provision, by source."""
        if self.seen.table is None:
            return {}
        table = self.seen.table
        return {source.key: lines_of(source, self.book, table, self.left) for source in self.sources}

    @cached_property
    def answers(self) -> dict[Target, tuple[Answer, ...]]:
        """What each objective and action answers; those that answer nothing are not in it."""
        found: dict[Target, list[Answer]] = {}
        for source in self.sources:
            for target, answer in answers(source, self.lines.get(source.key, ())):
                found.setdefault(target, []).append(answer)
        return {target: tuple(given) for target, given in found.items()}

    def source(self, asked: str) -> Source | None:
        """The source that an address asks for; the first where it asks for none, None for one that is not there."""
        if not asked:
            return next(iter(self.sources), None)
        return next((source for source in self.sources if str(source.key) == asked), None)

    def proposals(self, source: Source) -> dict[str, tuple[Proposal, ...]]:
        """What is proposed and not decided, by provision; nothing to those who do not see the live plan."""
        if not self.seen.live or self.seen.table is None:
            return {}
        lines = self.lines[source.key]
        return open_proposals(source, lines, self.book, self.seen.table, self.split)

    def answering_nothing(self, source: Source) -> list[ActionRow]:
        """The actions that answer no provision of a source, in the plan's order."""
        table = self.seen.table
        answering = {action.id for line in self.lines.get(source.key, ()) for action in line.actions}
        return [action for action in table.actions if action.id not in answering] if table else []

    @property
    def last_decision(self) -> int:
        """The number of the last decision that is seen, for forms that decide."""
        return self.book.decisions[-1].id if self.book.decisions else 0


def coverage_seen_by(asker: Asker, *, today: dt.date, as_at: dt.date | None = None) -> Coverage:
    """Coverage of the council's open plan for whoever asks, live, as at an earlier day or as last frozen."""
    seen = plan_seen_by(asker, today=today, as_at=as_at)
    return coverage_of(asker, seen, today=today)


def coverage_of(asker: Asker, seen: Seen, *, today: dt.date) -> Coverage:
    """The same, of a plan that was loaded already.

    The notice itself may be read by all who read a plan, so its words are those in force today, or on the day that was
    asked for.
    """
    may = asker.access.may
    council = asker.council
    sources = sources_of(council, on=seen.as_at or today) if may(Verb.READ, Thing.NOTICE, council) else []
    may_decide = seen.live and may(Verb.WRITE, Thing.LIVE_PLAN, council)
    if seen.plan is None or seen.table is None:
        return Coverage(seen, tuple(sources), Book(()), {}, {}, may_decide=False)
    book = book_of(seen.plan, on=None if seen.live else seen.table.on, recorded_until=seen.until)
    left, split = left_of(seen.plan, on=seen.table.on)
    return Coverage(seen, tuple(sources), book, left, split, may_decide)


def what_it_answers(asker: Asker, seen: Seen, target: Target, *, today: dt.date) -> tuple[Answer, ...]:
    """The provisions that an objective or action of a plan answers, as far as whoever asks sees."""
    return coverage_of(asker, seen, today=today).answers.get(target, ())
