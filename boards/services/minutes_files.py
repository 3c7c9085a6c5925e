"""Minutes as PDF and Word: made by a job for whoever asked, from what they may see, and kept for those alone."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from boards.models import Minutes
from boards.seen import Sight, sight_of
from boards.services.minutes import WITHHELD, body_seen
from boards.services.records import Act
from councils.access import Access, access_of
from councils.models import Council, User
from councils.rights import Thing
from files.services import store_file
from jobs.models import Job
from jobs.run import JobRefused, JobRun
from jobs.services import queue_once
from plans.exporting.letters import Block, Bullets, Grid, Heading, Letter, Words, letter_page, write_letter
from plans.exporting.press import PrintingFailed
from plans.exporting.printing import render

MAKE = "boards.minutes_file"
FORMATS = {"pdf": "PDF", "docx": "Word document"}
_PARTS = {"chair": "chair", "observer": "participant observer", "support": "support"}


class _Asker:
    """Somebody who asked for a file, as rights are asked of them now."""

    def __init__(self, user: User, council: Council, today: dt.date) -> None:
        self.user, self.council = user, council
        self.access: Access = access_of(user, today=today)


@transaction.atomic
def ask_for_minutes(*, act: Act, minutes: Minutes, kind: str) -> Job:
    """Have minutes made as a file, "pdf" or "docx"; the job under way where that was just asked. Returns at once."""
    assert act.by is not None  # noqa: S101 - a page asks, for somebody
    arguments = {"minutes": minutes.pk, "format": kind, "by": act.by.pk}
    meeting = minutes.meeting
    return queue_once(
        kind=MAKE,
        council=act.council,
        thing=Thing.MEETING_PAPERS,
        title=f"Minutes of {meeting.on.day} {meeting.on:%B %Y} as a {FORMATS[kind]}",
        back_url=reverse("boards:minutes", kwargs={"council": act.council.slug, "meeting": meeting.pk}),
        arguments=arguments,
        by=act.by,
        now=act.now,
    )


def make_minutes_file(run: JobRun) -> dict[str, Any]:
    """The job: the minutes as whoever asked may see them at this moment. Raises JobRefused where they may not."""
    minutes = Minutes.objects.select_related("meeting__board__council").get(pk=run.arguments["minutes"])
    council = minutes.meeting.board.council
    user = User.objects.get(pk=run.arguments["by"])
    now = run.clock()
    sight = sight_of(_Asker(user, council, timezone.localdate(now)))
    if minutes.state == Minutes.State.DRAFT and not sight.drafts:
        raise JobRefused("These minutes are a draft that members do not have yet.")
    body = body_seen(minutes, sight)
    letter = minutes_letter(minutes, body, council=council, now=now)
    kind = run.arguments["format"]
    try:
        content = (
            render(letter_page(letter), lambda step: run.progress(0, 0, step))
            if kind == "pdf"
            else write_letter(letter)
        )
    except PrintingFailed as failed:
        raise RuntimeError(f"the minutes of {minutes.meeting} could not be drawn: {failed}") from failed
    with transaction.atomic():
        run.result_file = store_file(
            council=council,
            thing=_who_may_read(minutes, body, sight),
            name=_name(minutes, kind),
            content=content,
            by=user,
            now=now,
        )
        run.complete({"sections": len(body["sections"])})
    return {"sections": len(body["sections"])}


def _who_may_read(minutes: Minutes, body: dict[str, Any], sight: Sight) -> Thing:
    """What somebody must be allowed to read to fetch the file: as much as stands in it."""
    if sight.drafts and minutes.state != Minutes.State.APPROVED:
        return Thing.MEETING_DRAFTS  # it may have words that members were not given yet
    return Thing.RESTRICTED_PAPERS if sight.restricted and has_restricted(body) else Thing.MEETING_PAPERS


def has_restricted(body: dict[str, Any]) -> bool:
    """Whether minutes have something that not everybody may read."""
    return any(
        section["restricted"]
        or any(row["restricted"] for row in (*section["decisions"], *section["matters"]))
        for section in body["sections"]
    )


def _name(minutes: Minutes, kind: str) -> str:
    meeting = minutes.meeting
    draft = "" if minutes.state == Minutes.State.APPROVED else "draft-"
    return f"{slugify(meeting.board.name)[:60]}-{draft}minutes-{meeting.on.isoformat()}.{kind}"


def minutes_letter(minutes: Minutes, body: dict[str, Any], *, council: Council, now: dt.datetime) -> Letter:
    """Minutes as a document, from their body (`body_seen`): a draft says so on every page."""
    day = _day(dt.date.fromisoformat(body["on"]))
    approved = minutes.state == Minutes.State.APPROVED
    if approved and minutes.approved_on:
        standing = f"Approved by the board on {_day(minutes.approved_on)}."
    elif minutes.state == Minutes.State.CIRCULATED:
        standing = "Draft minutes, given to members; not approved by the board yet."
    else:
        standing = "A draft that members do not have yet; not approved by the board."
    return Letter(
        over=f"{council.name}, {body['board']}",
        title=f"{'Minutes' if approved else 'Draft minutes'} of the meeting of {day}",
        mark="" if approved else "Draft: not approved by the board",
        standing=standing,
        made_at=now,
        blocks=(*_sitting(body, council), *_sections(body)),
    )


def _sitting(body: dict[str, Any], council: Council) -> list[Block]:
    where = ", ".join(words for words in (body["starts_at"], body["place"]) if words)
    blocks: list[Block] = [Words(f"Meeting {body['number']}{f', {where}' if where else ''}")]
    if body["quorate"] is False:
        blocks.append(Words("The meeting was inquorate."))
    for heading, rows in (
        ("Present", [row for row in body["attendance"] if _there(row)]),
        ("In attendance", [row for row in body["attendance"] if row["capacity"] == "guest"]),
        ("Apologies", [row for row in body["attendance"] if row["state"] == "apologies"]),
        ("Absent without apologies", [row for row in body["attendance"] if row["state"] == "absent"]),
    ):
        if rows:
            blocks.append(Heading(heading))
            blocks.append(Bullets(tuple(_person(row, council) for row in rows)))
    return blocks


def _there(row: dict[str, Any]) -> bool:
    return row["state"] in {"present", "deputy"} and row["capacity"] != "guest"


def _person(row: dict[str, Any], council: Council) -> tuple[str, str]:
    # a chair of no organisation is independent of the council
    independent = row["capacity"] == "chair" and not row["organisation"]
    outsider = independent or row["capacity"] == "observer"
    where = row["organisation"] or ("" if outsider else council.name)
    part = "independent chair" if independent else _PARTS.get(row["capacity"], "")
    if part in row["role"].casefold():
        part = ""
    words = ", ".join(word for word in (row["role"], where, part) if word)
    words = words[:1].upper() + words[1:]
    if row["state"] == "deputy" and row["deputy"]:
        return f"{row['deputy']} for {row['name']}", words
    if row["state"] == "deputy":
        words = f"{words} (a deputy came)" if words else "a deputy came"
    return row["name"], words


def _sections(body: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    asked: list[dict[str, Any]] = []
    for section in body["sections"]:
        withheld = section["restricted"] and section["heading"] == WITHHELD
        mark = " (restricted)" if section["restricted"] and not withheld else ""
        blocks.append(Heading(f"{section['number']} {section['heading']}{mark}".strip()))
        if section["text"]:
            blocks.append(Words(section["text"]))
        blocks += [Words(row["text"], lead=f"Decision {row['ref']}:") for row in section["decisions"]]
        blocks += [Words(_asked(row), lead=f"Matter {row['number']}:") for row in section["matters"]]
        asked += section["matters"]
        if not (section["text"] or section["decisions"] or section["matters"]):
            blocks.append(
                Words(
                    "Not in this copy." if withheld else "Nothing was recorded under this item.", quiet=True
                )
            )
    if asked:
        rows = tuple((str(row["number"]), row["text"], row["owner"], _due(row)) for row in asked)
        blocks.append(Heading("What was asked for"))
        blocks.append(Grid("", ("Matter", "What", "By", "Due"), (10, 50, 22, 18), rows))
    return blocks


def _asked(row: dict[str, Any]) -> str:
    due = f", by {_due(row)}" if row["due"] else ""
    return f"{row['text']} ({row['owner']}{due})"


def _due(row: dict[str, Any]) -> str:
    return _day(dt.date.fromisoformat(row["due"])) if row["due"] else "No day set"


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"
