"""The notice reader: bytes in, a typed reading out. Rules alone, no network, no Django;
nothing takes effect.
"""

import re
from collections.abc import Iterator, Sequence

from deadlines.schedules.base import Anchor, Schedule
from deadlines.schedules.family import NotYetAgreed, Together, Within
from deadlines.sentences import day_in_words, listed
from notices.reader.assemble import assembled
from notices.reader.blocks import Block, Kind, blocks_of, laid_out
from notices.reader.clauses import clauses_of
from notices.reader.detect import drafts_of
from notices.reader.errors import UnreadableNotice
from notices.reader.opening import Opening, evidence_of, opening_of
from notices.reader.reading import Evidence, NoticeReading, Proposal, Question
from notices.reader.source import read_lines
from notices.reader.tree import body_of, provisions_of

__all__ = ["NoticeReading", "UnreadableNotice", "left_open", "read_notice"]

_TITLE = re.compile(
    r"^\W*(?:statutory\s+)?(?:improvement\s+notice|(?:statutory\s+)?direction)\W*$", re.IGNORECASE
)
_THIS_NOTICE = re.compile(r"\bthis\s+(?:improvement\s+|statutory\s+)?(?:notice|direction)\b", re.IGNORECASE)
_ISSUED = re.compile(
    r"\b(?:notice|direction)[^.;]{0,60}?\bis\s+(?:being\s+|hereby\s+)?(?:issued|given|made)\b", re.IGNORECASE
)
_COMPLY = re.compile(r"\bcomply\s+with\b|\bmust\b|\brequired\b", re.IGNORECASE)
_PUBLICATION = re.compile(r"\bpublication\s+of\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\s*to\s*:", re.IGNORECASE)


def read_notice(data: bytes, filename: str) -> NoticeReading:
    """Read a notice from a text, Word (.docx) or text PDF file, whatever its name says.

    Raises UnreadableNotice (with `code` and a plain message) for a file that is no notice, holds two, is a
    scan,
    protected, damaged or of another format. Nothing else is raised. Source: issue 5, item 2.
    """
    blocks = blocks_of(read_lines(data, filename))
    text = laid_out(blocks)
    _refuse_what_is_no_notice(blocks, text)
    body = body_of(blocks)
    opening = opening_of(blocks, body)
    evidence = evidence_of(blocks, body[1])
    provisions = provisions_of(blocks)
    drafts = [draft for clause in clauses_of(provisions) for draft in drafts_of(clause)]
    proposals, asked = assembled(drafts)
    dates = {day for day, _ in opening.dates}
    return NoticeReading(
        text=text,
        council=opening.council,
        addressee=opening.addressee,
        issued_on=min(dates) if len(dates) == 1 else None,
        signatory=opening.signatory,
        evidence=evidence,
        requirements=tuple(provision.requirement for provision in provisions),
        obligations=proposals,
        questions=(
            *_about_the_notice(opening, evidence),
            *asked,
            *_about_the_inspection(evidence, proposals),
        ),
    )


def left_open(proposal: Proposal, questions: Sequence[Question]) -> Schedule:
    """The schedule of a proposal when its questions stay unanswered: "not yet agreed" where one blocks it."""
    for question in questions:
        if question.obligation == proposal.key and question.blocks:
            if isinstance(proposal.schedule, NotYetAgreed):
                return proposal.schedule
            return NotYetAgreed(proposal.schedule.sentence())
    return proposal.schedule


def _refuse_what_is_no_notice(blocks: Sequence[Block], text: str) -> None:
    titles = sum(bool(_TITLE.match(block.text)) for block in blocks)
    spoken = len(_THIS_NOTICE.findall(text))
    if not (spoken and _COMPLY.search(text) and (titles or _ISSUED.search(text))):
        raise UnreadableNotice(
            "no_notice",
            "This does not read as an improvement notice: nothing in it says that a notice is issued or what must be "
            "done to comply with it. Upload the notice itself.",
        )
    addressed = sum(bool(_ADDRESSED.match(block.text)) for block in blocks)
    signed = sum(block.kind is Kind.SIGNED for block in blocks)
    if titles > 1 and max(addressed, signed) > 1:
        raise UnreadableNotice(
            "two_notices", f"This file holds {titles} notices. Upload each one as a file of its own."
        )


def _about_the_notice(opening: Opening, evidence: Sequence[Evidence]) -> Iterator[Question]:
    days = sorted({day for day, _ in opening.dates})
    if len(days) > 1:
        given = listed([day_in_words(day) for day in days])
        yield Question(
            "issue_date", f"The notice gives {given}. On which day was it issued?", day_in_words(days[-1])
        )
    elif not days:
        words = dict.fromkeys(word for one in evidence for word in one.date_words)
        proposal = (
            f"A day after the inspection it rests on was known ({listed(list(words))})" if words else ""
        )
        yield Question(
            "issue_date",
            "This copy is not dated. On which day was the notice issued?",
            proposal or "See the covering letter",
        )
    if opening.council is None:
        yield Question("council", "To which council is this notice addressed?", "Choose the council")
    if opening.signatory is None:
        yield Question("signatory", "This copy does not say who signed it. Who did?", "See the signed copy")


def _about_the_inspection(evidence: Sequence[Evidence], proposals: Sequence[Proposal]) -> Iterator[Question]:
    """Which of the inspection's dates an anchor means, where there is more than one or none that is whole."""
    resting = [
        one
        for one in proposals
        if _anchored(one.schedule, "inspection_published") and not _PUBLICATION.search(one.quote.text)
    ]
    several = [one for one in evidence if one.dated and (one.published_on or len(one.date_words) > 1)]
    for one in several:
        said = listed(list(one.date_words))
        text = f"The inspection has more than one date ({said}). Which one counts?"
        yield from _asked("inspection_date", text, one, resting, blocks=True)
    known = [one for one in evidence if one.published_on]
    if not known and not several:
        for one in evidence:
            text = f"The notice dates the inspection only “{listed(list(one.date_words))}”. On which day was it published?"
            yield from _asked("inspection_date", text, one, resting, blocks=True)


def _asked(
    code: str, text: str, evidence: Evidence, resting: Sequence[Proposal], *, blocks: bool
) -> Iterator[Question]:
    proposal = "The day its report was published"
    yield Question(code, text, proposal, quote=evidence.quote)
    for one in resting:
        yield Question(code, text, proposal, (), one.key, one.requirement, one.quote, blocks)


def _anchored(schedule: Schedule, kind: str) -> bool:
    parts = schedule.parts if isinstance(schedule, Together) else (schedule,)
    return any(isinstance(part, Within) and part.anchor == Anchor(kind) for part in parts)
