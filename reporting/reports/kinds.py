"""The kinds of report there are: who writes them to whom, in which sections, showing which facts. Plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from councils.rights import Thing
from councils.roles import Role


class Topic(StrEnum):
    """What facts a section can show."""

    BOARDS = "boards"
    STANDING = "standing"
    OBJECTIVES = "objectives"
    MOVED = "moved"
    COMPLETED = "completed"
    SLIPPED = "slipped"
    OFF_TRACK = "off_track"
    SLOW = "slow"
    PARTNERS = "partners"
    DEADLINES = "deadlines"
    TESTING = "testing"
    PARTNERSHIP = "partnership"
    AREA = "area"  # one area of the notice: the section's own
    REQUIREMENTS = "requirements"


FOR_COUNCIL = "For the council"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a kind: `ask` says to the author what belongs there; `required` that it must not stay empty.

    `each_area`: one section for every heading of the notice stands in its place.
    """

    code: str
    heading: str
    ask: str
    topics: tuple[Topic, ...] = ()
    required: bool = True
    each_area: bool = False

    @property
    def judges(self) -> bool:
        """Whether its author says of every requirement whether it is met."""
        return Topic.REQUIREMENTS in self.topics


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report.

    `drafts` and `signature` are what one must be allowed to write, `readers` what one must be allowed to read once it
    is submitted; `told` are the roles that are told then. `live`: the figures are the live plan's, where its author
    sees that; else those of the last frozen position. `notes`: testing not yet shared may be shown to its author.
    `from_board`: it comes from the board, whose name stands over it; others come from the council or a partner.
    """

    code: str
    title: str
    author: str
    to: str
    drafts: Thing
    signature: Thing
    readers: Thing
    told: frozenset[Role]
    parts: tuple[Part, ...]
    holder: str  # how notices name who owes it
    recipient: str  # how notices name who gets it; an empty one fits too
    what: str = r"report"
    live: bool = True
    notes: bool = False
    to_board: bool = False
    from_board: bool = False
    signs_as: str = ""

    def sender(self, council: str, board: str) -> tuple[str, ...]:
        """The lines over a report: who writes it."""
        if self.from_board and board:
            return (board, council, self.signs_as)
        if self.live:
            return (council,) if self.signs_as == FOR_COUNCIL else (council, self.signs_as)
        return (self.signs_as, council)

    def post(self, board: str) -> str:
        """What stands under the signer's name."""
        return f"{self.signs_as}, {board}" if self.from_board and board else self.signs_as

    def asked_by(self, duty_holder: str, recipient: str, deliverable: str) -> bool:
        """Whether a duty, by the words of its notice, asks for this kind of report."""
        return bool(
            re.search(self.holder, duty_holder, re.IGNORECASE)
            and (not recipient or re.search(self.recipient, recipient, re.IGNORECASE))
            and re.search(self.what, deliverable, re.IGNORECASE)
        )


_SUMMARY = Part(
    "summary",
    "Summary",
    "What the reader must know if they read nothing else: is it better than at the last report, and what worries you.",
    (Topic.STANDING,),
)
_PROGRESS = Part(
    "progress",
    "Progress against the plan",
    "What moved and why. Put a reference such as [A1.2] behind a claim, so that it can be followed.",
    (Topic.OBJECTIVES, Topic.MOVED, Topic.COMPLETED, Topic.SLIPPED, Topic.OFF_TRACK),
)
_AREAS = Part(
    "areas",
    "Commentary",
    "What has been done under this heading of the notice, and what is still to be done.",
    (Topic.AREA,),
    each_area=True,
)
_REQUIREMENTS = Part(
    "requirements",
    "Whether each requirement is met",
    "Judge each requirement below; say here what the judgements rest on.",
    (Topic.REQUIREMENTS,),
    required=False,
)
_MEASURES = Part(
    "measures",
    "Measures",
    "What the agreed measures say, and which are off target: Noticeboard keeps none, so the numbers are yours to give. "
    "Left empty, this section is left out.",
    required=False,
)
_TESTING = Part(
    "testing",
    "Independent testing and validation",
    "What was tested, how, and what it found.",
    (Topic.TESTING,),
)
_DEADLINES = Part(
    "deadlines",
    "What the notice asked for, and when",
    "What was met, what was missed and why.",
    (Topic.DEADLINES,),
    required=False,
)
_CONCLUSION = Part(
    "conclusion",
    "Conclusion and next steps",
    "Your judgement, what the council and its partners must do next, and what you ask of the reader.",
)
_SLOW = Part(
    "slow",
    "Objectives slow to progress",
    "Why each is slow, and what will be done about it.",
    (Topic.SLOW, Topic.OFF_TRACK),
)
_PARTNERS = Part(
    "partners",
    "Contributions to be strengthened, by partner",
    "What each partner has to bring and has not yet brought.",
    (Topic.PARTNERS,),
)

_OFFICE = frozenset({Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE, Role.DIRECTOR})
_DEPARTMENT = frozenset({Role.DFE_OFFICIAL, Role.DFE_ADVISER, Role.COMMISSIONER})
_BOARD = frozenset({Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT, Role.BOARD_MEMBER})

_COUNCIL = r"^(the )?council\b|authority"
_CHAIR = r"^(?!.*(safeguarding|lscb)).*\bchair\b"

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            code="chair",
            title="Chair’s report to the Minister",
            author="the board’s chair",
            to="The Minister",
            drafts=Thing.CHAIRS_REPORTS,
            signature=Thing.CHAIRS_SIGNATURE,
            readers=Thing.REPORTS_TO_MINISTER,
            told=_OFFICE | {Role.MINISTERS_OFFICE, Role.DFE_OFFICIAL},
            holder=_CHAIR,
            recipient=r"minister|secretary of state|department",
            live=False,
            notes=True,
            from_board=True,
            signs_as="Independent chair",
            parts=(
                _SUMMARY,
                Part(
                    "boards",
                    "The work of the board",
                    "Which boards were held, who came, and what the board decided.",
                    (Topic.BOARDS,),
                ),
                _PROGRESS,
                _AREAS,
                _REQUIREMENTS,
                _MEASURES,
                _TESTING,
                Part(
                    "partnership",
                    "The safeguarding partnership",
                    "What the partnership’s chair reports, and what you make of it.",
                    (Topic.PARTNERSHIP,),
                    required=False,
                ),
                _DEADLINES,
                _CONCLUSION,
            ),
        ),
        Kind(
            code="board",
            title="Council’s progress report to the board",
            author="the council",
            to="The board",
            drafts=Thing.COUNCILS_REPORTS,
            signature=Thing.COUNCILS_SIGNATURE,
            readers=Thing.REPORTS_TO_BOARD,
            told=_OFFICE | _BOARD,
            holder=_COUNCIL,
            recipient=r"\bboard\b",
            what=r"progress|objectives|vacanc",
            to_board=True,
            signs_as=FOR_COUNCIL,
            parts=(_SUMMARY, _PROGRESS, _SLOW, _PARTNERS, _MEASURES, _DEADLINES, _CONCLUSION),
        ),
        Kind(
            code="department",
            title="Council’s progress report to the Department",
            author="the council",
            to="The Department for Education",
            drafts=Thing.COUNCILS_REPORTS,
            signature=Thing.COUNCILS_SIGNATURE,
            readers=Thing.REPORTS_TO_DEPARTMENT,
            told=_OFFICE | _DEPARTMENT,
            holder=_COUNCIL,
            recipient=r"department|secretary of state|minister",
            what=r"report\b.*\bprogress|progress\b.*\breport",
            signs_as=FOR_COUNCIL,
            parts=(
                _SUMMARY,
                _PROGRESS,
                _AREAS,
                _REQUIREMENTS,
                _SLOW,
                _MEASURES,
                _TESTING,
                _DEADLINES,
                _CONCLUSION,
            ),
        ),
        Kind(
            code="leader",
            title="Leader’s report on progress",
            author="the Leader of the council",
            to="The Department for Education",
            drafts=Thing.LEADERS_REPORTS,
            signature=Thing.LEADERS_REPORTS,
            readers=Thing.REPORTS_TO_DEPARTMENT,
            told=_OFFICE | _DEPARTMENT,
            holder=r"\bleader\b",
            recipient=r"department|secretary of state|minister",
            signs_as="Leader of the council",
            parts=(
                _SUMMARY,
                _PROGRESS,
                Part(
                    "leadership",
                    "Leadership and resources",
                    "What members and officers have done, and what it is given to do it with.",
                    (Topic.BOARDS,),
                ),
                _DEADLINES,
                _CONCLUSION,
            ),
        ),
        Kind(
            code="director",
            title="Director’s six-month assessment",
            author="the Director of Children’s Services",
            to="The Department for Education",
            drafts=Thing.COUNCILS_REPORTS,
            signature=Thing.COUNCILS_SIGNATURE,
            readers=Thing.REPORTS_TO_DEPARTMENT,
            told=_OFFICE | _DEPARTMENT,
            holder=r"\bdirector\b",
            recipient=r"department|secretary of state|minister|board",
            what=r"assess|report",
            signs_as="Director of Children’s Services",
            parts=(
                _SUMMARY,
                _PROGRESS,
                Part(
                    "difference",
                    "What is different for children",
                    "What children, families and staff would say has changed in these six months.",
                    (Topic.TESTING,),
                ),
                _SLOW,
                _CONCLUSION,
            ),
        ),
        Kind(
            code="culture",
            title="Self-assessment of culture",
            author="the council",
            to="The Department for Education",
            drafts=Thing.COUNCILS_REPORTS,
            signature=Thing.COUNCILS_SIGNATURE,
            readers=Thing.REPORTS_TO_DEPARTMENT,
            told=_OFFICE | _DEPARTMENT,
            holder=_COUNCIL,
            recipient=r"department|secretary of state|minister|board",
            what=r"\bculture",
            signs_as=FOR_COUNCIL,
            parts=(
                _SUMMARY,
                Part(
                    "voices",
                    "What staff, children and families say",
                    "Surveys, conversations, exit interviews: what was asked, who answered, what they said.",
                ),
                Part(
                    "practice",
                    "How we work now, and how we did",
                    "What has shifted in how people work together, and how you know.",
                    (Topic.TESTING,),
                ),
                _CONCLUSION,
            ),
        ),
        Kind(
            code="partnership",
            title="Safeguarding partnership chair’s report to the board",
            author="the safeguarding partnership’s chair",
            to="The board",
            drafts=Thing.PARTNERSHIP_REPORTS,
            signature=Thing.PARTNERSHIP_REPORTS,
            readers=Thing.REPORTS_TO_BOARD,
            told=_OFFICE | _BOARD,
            holder=r"safeguarding|lscb",
            recipient=r"\bboard\b",
            what=r"report|progress",
            live=False,
            to_board=True,
            signs_as="Chair of the safeguarding partnership",
            parts=(
                _SUMMARY,
                Part(
                    "effectiveness",
                    "How effective the partnership is",
                    "What the partnership set out to do in this period, what it did and what difference it made.",
                ),
                Part(
                    "learning",
                    "Lessons and multi-agency audits",
                    "What reviews and audits taught, and what is asked of whom.",
                    required=False,
                ),
                _PARTNERS,
                _CONCLUSION,
            ),
        ),
    )
}
AUTHORS = tuple(dict.fromkeys(kind.drafts for kind in KINDS.values()))


def kind_asked_by(duty_holder: str, recipient: str, deliverable: str) -> Kind | None:
    """The kind of report that a duty asks for, by its words; None where it asks for something else.

    The more particular kinds are asked first: a self-assessment of culture is no progress report.
    """
    found = [kind for kind in KINDS.values() if kind.asked_by(duty_holder, recipient, deliverable)]
    return min(found, key=lambda kind: _PARTICULAR.index(kind.code), default=None)


_PARTICULAR = ("culture", "director", "leader", "partnership", "chair", "department", "board")


def parts_of(kind: Kind, chosen: Sequence[Mapping[str, str]] | None) -> list[tuple[Part, str]]:
    """The sections of a kind with their headings, as a council has chosen them; the kind's own without a choice."""
    if chosen is None:
        return [(part, part.heading) for part in kind.parts]
    known = {part.code: part for part in kind.parts}
    return [
        (known[row["code"]], row.get("heading") or known[row["code"]].heading)
        for row in chosen
        if row.get("code") in known
    ]


def part_of(kind: Kind, code: str) -> Part:
    """The part that a stored section belongs to; a section of an area is "areas:3". Raises KeyError."""
    return {part.code: part for part in kind.parts}[code.partition(":")[0]]
