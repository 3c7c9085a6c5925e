"""A notice as a person has made it so far: what the reader proposed, corrected and answered. Plain Python.

`proposal` is what `NoticeReading.as_json()` of the reader gave, with its `text`; `choices` what people said since:

    about         issued_on, kind, decided_by, addressee, grounds, of the inspection body, inspection_kind, reported_on,
                  published_on, overall; and of an amendment rest: whether what it does not name "stays" or "goes"
    answers       by the question's number: "proposal", "open", or the number of an option
    obligations   by key: corrected fields, and "dropped"
    requirements  by ref: corrected fields
    added         obligations that the reader did not find, each whole
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from deadlines.codec import ScheduleJsonError, from_json, to_json
from deadlines.months import Period
from deadlines.obligations import CircularScheduleError, Obligation, UnknownObligationError, dependency_order
from deadlines.schedules.base import Schedule
from deadlines.schedules.family import NotYetAgreed, cadence_of

PROPOSAL, OPEN = "proposal", "open"
EDITABLE = (
    "duty_holder",
    "recipient",
    "deliverable",
    "force",
    "schedule",
    "requirement",
    "agreed_by",
    "note",
)


@dataclass(frozen=True)
class DraftRequirement:
    """One provision as it will be stored; `depth` is how far it stands in the tree."""

    ref: str
    heading: str
    text: str
    parent: str | None
    start: int
    end: int
    depth: int = 0


@dataclass(frozen=True)
class DraftQuestion:
    """One question with what was answered: "" not yet, "proposal", "open", or an option's number."""

    number: int
    code: str
    text: str
    proposal: str
    options: tuple[tuple[str, dict[str, Any] | None], ...]
    obligation: str | None
    quote: tuple[int, int] | None
    blocks: bool
    words: str = ""
    answer: str = ""


@dataclass(frozen=True)
class DraftObligation:
    """One obligation as it would be stored if it were confirmed now.

    `proposed` is the schedule that the reader proposed; `schedule` what holds with the answers given, "not yet
    agreed" while a question that it rests on is open.
    """

    key: str
    requirement: str
    also: tuple[str, ...]
    duty_holder: str
    recipient: str
    deliverable: str
    force: str
    schedule: Schedule
    proposed: Schedule | None
    met_by: dict[str, str] | None
    quote: str
    start: int
    end: int
    agreed_by: str = ""
    note: str = ""
    dropped: bool = False
    corrected: bool = False
    added: bool = False
    questions: tuple[DraftQuestion, ...] = ()

    @property
    def sentence(self) -> str:
        """When it is due, in words."""
        return self.schedule.sentence()

    @property
    def open_questions(self) -> tuple[DraftQuestion, ...]:
        """Those nobody has answered."""
        return tuple(question for question in self.questions if not question.answer)


@dataclass(frozen=True)
class Draft:
    """The whole notice as it would be stored now."""

    text: str
    council: str | None
    about: dict[str, str]
    requirements: tuple[DraftRequirement, ...]
    obligations: tuple[DraftObligation, ...]
    questions: tuple[DraftQuestion, ...] = field(default=())
    rest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kept(self) -> tuple[DraftObligation, ...]:
        """The obligations that would be stored."""
        return tuple(one for one in self.obligations if not one.dropped)

    @property
    def open_questions(self) -> tuple[DraftQuestion, ...]:
        """All that nobody has answered, about obligations that are kept or about the notice."""
        kept = {one.key for one in self.kept}
        return tuple(
            q for q in self.questions if not q.answer and (q.obligation is None or q.obligation in kept)
        )

    def by_requirement(self) -> dict[str, list[DraftObligation]]:
        """Obligations by the provision they come from."""
        found: dict[str, list[DraftObligation]] = {}
        for one in self.obligations:
            found.setdefault(one.requirement, []).append(one)
        return found

    def obligation(self, key: str) -> DraftObligation | None:
        """The obligation with this key, dropped or not."""
        return next((one for one in self.obligations if one.key == key), None)


def draft_of(proposal: Mapping[str, Any], choices: Mapping[str, Any], *, amends: bool = False) -> Draft:
    """The notice as it stands with what people chose. Pure; choices that fit nothing any more are passed over.

    An amendment (`amends`) may repeat a day that has passed since the notice was issued: nobody is asked about that. Of
    one that names only what it changes, the notice with that put in where the `rest` is said to stay.
    """
    rest = proposal.get("rest", {})
    stays = choices.get("about", {}).get("rest") or (
        "stays" if rest.get("sure") and "proposal" in rest else ""
    )
    if stays == "stays" and "proposal" in rest:
        proposal = rest["proposal"]
    asked = _questions(proposal, choices.get("answers", {}))
    questions = tuple(one for one in asked if not (amends and one.code == "impossible_date"))
    corrected = choices.get("obligations", {})
    obligations = [
        _obligation(one, corrected.get(one["key"], {}), questions) for one in proposal["obligations"]
    ]
    for one in choices.get("added", ()):
        changed = {**one, **corrected.get(one["key"], {})}
        obligations.append(_added(changed))
    return Draft(
        text=proposal["text"],
        council=proposal["council"],
        about=_about(proposal) | dict(choices.get("about", {})) | {"rest": stays},
        requirements=_requirements(proposal["requirements"], choices.get("requirements", {})),
        obligations=tuple(obligations),
        questions=questions,
        rest=rest,
    )


def faults(draft: Draft) -> dict[str, str]:
    """What keeps the draft from being stored, by the key of the obligation ("issued_on" for the date).

    Circles and links to what was dropped are named here, before anybody is chased for them.
    """
    found = {}
    if not draft.about.get("issued_on"):
        found["issued_on"] = "Enter the day on which the notice was issued"
    if draft.rest and not draft.about.get("rest"):
        found["rest"] = "Say whether what this document does not name stays as it is"
    engine = {one.key: Obligation(one.key, one.schedule) for one in draft.kept}
    for key, obligation in engine.items():
        missing = [link.obligation for link in obligation.schedule.links() if link.obligation not in engine]
        if missing:
            found[key] = f"It counts from {missing[0]}, which is left out: choose another schedule"
    sound = [one for key, one in engine.items() if key not in found]
    try:
        dependency_order(sound)
    except CircularScheduleError as error:
        for key in engine:
            if key in str(error):
                found[key] = (
                    f"{str(error)[:1].upper()}{str(error)[1:]}: choose another schedule for one of them"
                )
    except UnknownObligationError:
        pass  # it counts from one that is named above already
    return found


def new_key(draft: Draft, requirement: str) -> str:
    """A key for one more obligation of a provision: its reference, or that with a number."""
    taken = {one.key for one in draft.obligations}
    numbers = (f"{requirement} #{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (requirement, *numbers) if key not in taken)


def _about(proposal: Mapping[str, Any]) -> dict[str, str]:
    """What the notice says of itself, for a person to confirm: the one inspection that tells most is proposed."""
    evidence = max(
        proposal["evidence"], key=lambda one: bool(one["published_on"]) + bool(one["dated"]), default=None
    )
    about = {
        "issued_on": proposal["issued_on"] or "",
        "kind": _kind(proposal),
        "decided_by": proposal["signatory"] or "",
        "addressee": proposal["addressee"] or "",
        "grounds": "",
        "body": "",
        "inspection_kind": "inspection",
        "reported_on": "",
        "published_on": "",
        "overall": "",
    }
    if evidence:
        about["body"] = evidence["what"].removesuffix("inspection").strip() or "Ofsted"
        about["reported_on"] = evidence["dated"] or ""
        about["published_on"] = evidence["published_on"] or ""
        about["overall"] = evidence["judgement"] or ""
        about["grounds"] = evidence.get("judged_in") or evidence["quote"]
    return about


def _kind(proposal: Mapping[str, Any]) -> str:
    """What kind of instrument it calls itself."""
    if any(one["code"] == "minded_to" for one in proposal["questions"]):
        return "minded_to"
    head = proposal["text"][:200]
    return "direction" if re.search(r"\bdirection\b", head, re.IGNORECASE) else "notice"


def _questions(proposal: Mapping[str, Any], answers: Mapping[str, str]) -> tuple[DraftQuestion, ...]:
    found = []
    for number, one in enumerate(proposal["questions"]):
        span = one["span"]
        question = DraftQuestion(
            number=number,
            code=one["code"],
            text=one["text"],
            proposal=one["proposal"],
            options=tuple((option["label"], option["schedule"]) for option in one["options"]),
            obligation=one["obligation"],
            quote=(span[0], span[1]) if span else None,
            blocks=one["blocks"],
            words=one["words"],
        )
        answer = str(answers.get(str(number), ""))
        found.append(replace(question, answer=answer if _answers(question, answer) else ""))
    return tuple(found)


def _answers(question: DraftQuestion, answer: str) -> bool:
    """Whether this is one of the answers that the question offers."""
    return answer in (PROPOSAL, OPEN) or (answer.isdecimal() and int(answer) < len(question.options))


def _obligation(
    one: Mapping[str, Any], corrected: Mapping[str, Any], questions: Iterable[DraftQuestion]
) -> DraftObligation:
    about = tuple(question for question in questions if question.obligation == one["key"])
    proposed = from_json(one["schedule"])
    schedule = _answered(proposed, about)
    if "schedule" in corrected:
        schedule = _schedule(corrected["schedule"], schedule)
        # whoever says when it is due has answered what was asked about that
        about = tuple(replace(q, answer=q.answer or PROPOSAL) for q in about)
    return DraftObligation(
        key=one["key"],
        requirement=corrected.get("requirement", one["requirement"]),
        also=tuple(one["also"]),
        duty_holder=corrected.get("duty_holder", one["duty_holder"]),
        recipient=corrected.get("recipient", one["recipient"] or ""),
        deliverable=corrected.get("deliverable", one["deliverable"]),
        force=corrected.get("force", one["force"]),
        schedule=schedule,
        proposed=proposed,
        met_by=one["met_by"],
        quote=one["quote"],
        start=one["span"][0],
        end=one["span"][1],
        agreed_by=corrected.get("agreed_by", ""),
        note=corrected.get("note", ""),
        dropped=bool(corrected.get("dropped")),
        corrected=any(name in corrected for name in EDITABLE),
        questions=about,
    )


def _added(one: Mapping[str, Any]) -> DraftObligation:
    return DraftObligation(
        key=one["key"],
        requirement=one["requirement"],
        also=(),
        duty_holder=one["duty_holder"],
        recipient=one.get("recipient", ""),
        deliverable=one["deliverable"],
        force=one["force"],
        schedule=_schedule(one["schedule"], NotYetAgreed()),
        proposed=None,
        met_by=None,
        quote=one.get("quote", ""),
        start=one.get("start", 0),
        end=one.get("end", 0),
        agreed_by=one.get("agreed_by", ""),
        note=one.get("note", ""),
        dropped=bool(one.get("dropped")),
        added=True,
    )


def _schedule(data: Any, otherwise: Schedule) -> Schedule:
    """A stored choice as a schedule; one that this version cannot read leaves what stood before."""
    try:
        return from_json(data)
    except ScheduleJsonError:
        return otherwise


def _answered(proposed: Schedule, questions: Sequence[DraftQuestion]) -> Schedule:
    """The schedule with the answers given; one open question that it rests on makes it "not yet agreed"."""
    schedule = proposed
    for question in questions:
        chosen = question.options[int(question.answer)][1] if question.answer.isdecimal() else None
        if chosen is not None:
            schedule = from_json(chosen)
    left = next((one for one in questions if one.blocks and one.answer in ("", OPEN)), None)
    if left is None or isinstance(schedule, NotYetAgreed):
        return schedule
    return NotYetAgreed(left.words or proposed.sentence())


def as_stored(schedule: Schedule) -> dict[str, Any]:
    """The schedule as the database keeps it."""
    return to_json(schedule)


def _requirements(
    proposed: Iterable[Mapping[str, Any]], corrected: Mapping[str, Any]
) -> tuple[DraftRequirement, ...]:
    found: list[DraftRequirement] = []
    depths: dict[str, int] = {}
    for one in proposed:
        changed = {**one, **corrected.get(one["ref"], {})}
        parent = changed["parent"]
        depths[one["ref"]] = depths.get(parent, -1) + 1 if parent else 0
        found.append(
            DraftRequirement(
                ref=one["ref"],
                heading=changed["heading"],
                text=changed["text"],
                parent=parent,
                start=one["span"][0],
                end=one["span"][1],
                depth=depths[one["ref"]],
            )
        )
    return tuple(found)


def board_pace(schedules: Iterable[Schedule]) -> Period | None:
    """How often the board meets, as the first schedule of its meetings says; None where none does."""
    return next(filter(None, (cadence_of(schedule, "board_held") for schedule in schedules)), None)
