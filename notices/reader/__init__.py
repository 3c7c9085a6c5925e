"""The notice reader: bytes in, a typed reading out. Rules alone, no network, no Django;
nothing takes effect.
"""

import re
from collections.abc import Sequence

from deadlines.schedules.base import Schedule
from deadlines.schedules.family import NotYetAgreed
from notices.reader.assemble import assembled, detailed
from notices.reader.blocks import Block, Kind, blocks_of, laid_out
from notices.reader.clauses import clauses_of
from notices.reader.errors import UnreadableNotice
from notices.reader.gather import drafts_of
from notices.reader.opening import evidence_of, opening_of
from notices.reader.questions import (
    about_a_table,
    about_a_threat,
    about_an_amendment,
    about_the_impossible,
    about_the_inspection,
    about_the_notice,
)
from notices.reader.reading import NoticeReading, Proposal, Question
from notices.reader.source import read_lines, table_in
from notices.reader.tree import body_of, provisions_of

__all__ = ["NoticeReading", "UnreadableNotice", "left_open", "read_notice"]

_DIRECTION = r"(?:statutory\s+)?direction(?:\s+(?:under|pursuant\s+to)\b.{0,80})?"
_NAMES = rf"(?:improvement\s+notice|notice\s+to\s+improve|{_DIRECTION})"
_TITLE = re.compile(
    rf"^\W*(?:(?:\w+\s+){{0,4}}(?:to|of)\s+(?:the\s+)?)?"
    rf"(?:(?:revised|amended|further|second|third|new|(?:non-)?statutory|SEND|reissued)\s+)*"
    rf"{_NAMES}(?:\s*[:–-]\s*.{{0,80}})?\W*$",
    re.IGNORECASE,
)
_THIS_NOTICE = re.compile(
    r"\bthis\s+(?:\w+\s+){0,2}(?:notice|direction|letter)\b|\b(?:notice|direction)\b[^.;]{0,120}\bamended\s+as\s+follows",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:notice|direction)[^.;]{0,60}?\bis\s+(?:being\s+|hereby\s+)?(?:issued|given|made)\b|"
    r"\b(?:constitutes|serves\s+as|is|issu\w+)\b[^.;]{0,40}\b(?:an?|the)\s+(?:\w+\s+)?improvement\s+notice\b|"
    r"\bdirects?\s+the\s+(?:council|authority)\b",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r"\bcomply\s+with\b|\b(?:must|shall|should|will|required|expect(?:ed)?|directs)\b|\b(?:is|are)\s+to\s+be\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"^\s*to\s*:", re.IGNORECASE)


def read_notice(data: bytes, filename: str) -> NoticeReading:
    """Read a notice from a text, Word (.docx) or text PDF file, whatever its name says.

    Raises UnreadableNotice (with `code` and a plain message) for a file that is no notice, holds two, is a
    scan,
    protected, damaged or of another format. Nothing else is raised. Source: issue 5, item 2.
    """
    lines = read_lines(data, filename)
    blocks = blocks_of(lines)
    text = laid_out(blocks)
    _refuse_what_is_no_notice(blocks, text)
    body = body_of(blocks)
    opening = opening_of(blocks, body)
    evidence = evidence_of(blocks, body[1])
    provisions = provisions_of(blocks)
    clauses = clauses_of(provisions)
    drafts = drafts_of(clauses)
    proposals, asked = assembled(detailed(drafts, clauses))
    dates = {day for day, _ in opening.dates}
    issued_on = min(dates) if len(dates) == 1 else None
    return NoticeReading(
        text=text,
        council=opening.council,
        addressee=opening.addressee,
        issued_on=issued_on,
        signatory=opening.signatory,
        evidence=evidence,
        requirements=tuple(provision.requirement for provision in provisions),
        obligations=proposals,
        questions=(
            *about_the_notice(opening, evidence),
            *about_a_table(table_in(data, lines)),
            *about_an_amendment(text),
            *about_a_threat(text, proposals),
            *asked,
            *about_the_inspection(evidence, proposals),
            *about_the_impossible(proposals, issued_on),
        ),
    )


def left_open(proposal: Proposal, questions: Sequence[Question]) -> Schedule:
    """The schedule of a proposal when its questions stay unanswered: "not yet agreed" where one blocks it."""
    for question in questions:
        if question.obligation == proposal.key and question.blocks:
            if isinstance(proposal.schedule, NotYetAgreed):
                return proposal.schedule
            return NotYetAgreed(question.words)
    return proposal.schedule


def _refuse_what_is_no_notice(blocks: Sequence[Block], text: str) -> None:
    titles = sum(bool(_TITLE.match(block.text)) for block in blocks)
    spoken = len(_THIS_NOTICE.findall(text))
    if not (spoken and _BINDS.search(text) and (titles or _ISSUED.search(text))):
        raise UnreadableNotice(
            "no_notice",
            "This does not read as an improvement notice: nothing in it says that a notice is issued, "
            "or what must be done to comply with it. Upload the notice itself.",
        )
    addressed = sum(bool(_ADDRESSED.match(block.text)) for block in blocks)
    signed = sum(block.kind is Kind.SIGNED for block in blocks)
    if titles > 1 and max(addressed, signed) > 1:
        raise UnreadableNotice(
            "two_notices", f"This file holds {titles} notices. Upload each one as a file of its own."
        )
