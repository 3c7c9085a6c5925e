"""What a person is asked to confirm of a document that was read: of an amendment, the notice with it put in as well."""

from typing import Any

from notices.consolidating import Consolidated, Held, consolidated, named_alone
from notices.models import Instrument
from notices.reader import NoticeReading, UnreadableNotice, read_notice

# what an amendment says of itself, and not the notice that it changes
_ITS_OWN = ("issued_on", "signatory", "addressee")


def proposed(found: NoticeReading, instrument: Instrument | None) -> dict[str, Any]:
    """The proposal as it is stored; of a document that names only what it changes with `rest`.

    That holds the `changes` it makes in words; `proposal`, read from the notice with them put in, or the `problem` that
    keeps them from being put in; and whether it is `sure` that the rest of the notice stays: the document says so
    itself. The version amended is the instrument's latest.
    """
    proposal = found.as_json() | {"text": found.text}
    before = instrument.versions.order_by("-number").first() if instrument else None
    if before is None:
        return proposal
    held = [
        Held(one.ref, one.start, one.end, one.parent.ref if one.parent else None)
        for one in before.requirements.select_related("parent").order_by("order")
    ]
    sure = consolidated(found.text, before.text, held)
    own = [Held(one.ref, one.quote.start, one.quote.end, one.parent) for one in found.requirements]
    merged = sure or named_alone(found.text, own, before.text, held)
    if merged is None:
        return proposal
    return proposal | {"rest": _rest(merged, proposal, sure=sure is not None)}


def _rest(merged: Consolidated, proposal: dict[str, Any], *, sure: bool) -> dict[str, Any]:
    told = [change.told for change in merged.changes]
    if not merged.text:
        return {"changes": told, "problem": merged.problem, "sure": sure}
    try:
        whole = read_notice(merged.text.encode(), "notice as amended")
    except UnreadableNotice as refused:
        return {"changes": told, "problem": str(refused), "sure": sure}
    own = {name: proposal[name] for name in _ITS_OWN if proposal[name]}
    general = [
        one for one in proposal["questions"] if one["obligation"] is None and one["code"] != "amendment"
    ]
    asked = [one for one in whole.as_json()["questions"] if one["obligation"] is not None]
    read = whole.as_json() | {"text": whole.text, "issued_on": None} | own | {"questions": [*general, *asked]}
    return {"changes": told, "proposal": read, "sure": sure}
