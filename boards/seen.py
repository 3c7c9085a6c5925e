"""What one person may see of boards: drafts, restricted items, testing notes (design, *Who sees what*)."""

from dataclasses import dataclass
from typing import Protocol

from councils.access import Access
from councils.models import Council, User
from councils.rights import Thing, Verb


class Asker(Protocol):
    """Whoever asks about one council: a page's request that passed its guard, or an endpoint."""

    @property
    def access(self) -> Access: ...
    @property
    def council(self) -> Council: ...
    @property
    def user(self) -> User: ...


@dataclass(frozen=True)
class Sight:
    """What of a board's business somebody sees, and what they may do."""

    writes: bool  # boards, meetings, agendas, what was decided
    drafts: bool  # agendas, papers and minutes that members do not have yet; notes taken
    restricted: bool  # restricted items and their papers
    rounds: bool  # who has answered
    testing_notes: bool  # the testers' notes before they are shared
    testing_days: bool  # records days provided
    decides_frequency: bool
    people: bool  # may add people and organisations of the council


def sight_of(asker: Asker) -> Sight:
    """What whoever asks sees of this council's boards."""

    def may(verb: Verb, thing: Thing) -> bool:
        return asker.access.may(verb, thing, asker.council)

    return Sight(
        writes=may(Verb.WRITE, Thing.BOARD),
        drafts=may(Verb.READ, Thing.MEETING_DRAFTS),
        restricted=may(Verb.READ, Thing.RESTRICTED_PAPERS),
        rounds=may(Verb.READ, Thing.ROUND),
        testing_notes=may(Verb.READ, Thing.TESTING_NOTES),
        testing_days=may(Verb.WRITE, Thing.TESTING_DAYS),
        decides_frequency=may(Verb.WRITE, Thing.BOARD_FREQUENCY),
        people=may(Verb.WRITE, Thing.PEOPLE),
    )
