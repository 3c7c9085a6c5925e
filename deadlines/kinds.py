"""The kinds of event that deadlines count from, and the words for them. Kinds are open:
an unknown one gets plain words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """The words of one kind of event; `dated` has a place for the date."""

    noun: str
    plural: str
    dated: str


NOTICE_ISSUED = "notice_issued"
ENDS = frozenset({"notice_lifted", "notice_cancelled", "notice_rescinded", "notice_replaced"})

KINDS: dict[str, Kind] = {
    NOTICE_ISSUED: Kind("the notice", "notices", "the notice issued on {}"),
    "notice_amended": Kind("the amendment of the notice", "amendments", "the notice amended on {}"),
    "notice_lifted": Kind("the lifting of the notice", "liftings", "the notice lifted on {}"),
    "notice_cancelled": Kind("the notice's cancellation", "cancellations", "the notice cancelled on {}"),
    "notice_rescinded": Kind("the notice's rescission", "rescissions", "the notice rescinded on {}"),
    "notice_replaced": Kind("the notice's replacement", "replacements", "the notice replaced on {}"),
    "inspection_published": Kind(
        "the inspection report's publication", "inspection reports", "the inspection report published on {}"
    ),
    "inspection_reported": Kind(
        "the date on the inspection report", "inspection reports", "the inspection report dated {}"
    ),
    "inspection_ended": Kind(
        "the end of the inspection's fieldwork", "inspections", "the inspection ended on {}"
    ),
    "board_held": Kind("board", "boards", "the board of {}"),
    "review_held": Kind("review", "reviews", "the review of {}"),
    "review_requested": Kind("request for a review", "requests for a review", "the review requested on {}"),
    "discussion_held": Kind(
        "performance challenge discussion",
        "performance challenge discussions",
        "the challenge discussion of {}",
    ),
    "visit_held": Kind("monitoring visit", "monitoring visits", "the monitoring visit of {}"),
    "report_submitted": Kind("report", "reports", "the report submitted on {}"),
    "report_requested": Kind("request for a report", "requests for a report", "the report requested on {}"),
    "adviser_placed": Kind("the placing of an adviser", "advisers", "the adviser placed on {}"),
    "commissioner_appointed": Kind(
        "the appointment of a commissioner", "commissioners", "the commissioner appointed on {}"
    ),
    "failure_found": Kind(
        "a failure to comply", "failures to comply", "the failure to comply that was found on {}"
    ),
    "member_appointed": Kind(
        "appointment of a member", "appointments of members", "the member appointed on {}"
    ),
    "terms_changed": Kind(
        "change of the terms of reference",
        "changes of the terms of reference",
        "the terms of reference changed on {}",
    ),
    "testing_provided": Kind(
        "provision for testing", "provisions for testing", "the provision for testing of {}"
    ),
}


def words(kind: str) -> Kind:
    """The words for a kind of event; for a kind not in the table they are made from its name."""
    known = KINDS.get(kind)
    if known is not None:
        return known
    plain = kind.replace("_", " ")
    return Kind(plain, plain, f"the event “{plain}” on {{}}")
