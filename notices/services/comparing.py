"""What confirming an amendment would change, before anybody confirms it."""

from dataclasses import dataclass, replace

from notices.amending import PlainDuty, differences, matched_duties, matched_provisions
from notices.drafting import Draft, DraftObligation, DraftRequirement
from notices.models import Correction, NoticeReading, NoticeVersion, Obligation, Requirement
from notices.services.carrying import corrections_of
from notices.services.confirming import as_read, draft_duty, plain
from notices.services.reading import as_chosen


@dataclass(frozen=True)
class WouldChange:
    """Provisions and duties of the version in force beside those of a draft; `again` are duties whose words changed
    since somebody put them right: what was put right does not hold for the new words.
    """

    added: tuple[DraftRequirement, ...]
    removed: tuple[Requirement, ...]
    changed: tuple[tuple[Requirement, DraftRequirement], ...]
    duties_added: tuple[DraftObligation, ...]
    duties_removed: tuple[Obligation, ...]
    duties_changed: tuple[tuple[Obligation, DraftObligation, tuple[str, ...]], ...]
    again: tuple[DraftObligation, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        provisions = self.added or self.removed or self.changed
        return not (provisions or self.duties_added or self.duties_removed or self.duties_changed)


def would_change_of(reading: NoticeReading) -> WouldChange | None:
    """What confirming a reading would change of the notice that it amends; None where it amends none."""
    before = reading.instrument.versions.order_by("-number").first() if reading.instrument else None
    return would_change(before, as_chosen(reading)) if before else None


def would_change(before: NoticeVersion, draft: Draft) -> WouldChange:
    """What the draft, confirmed as the next version, changes. It matches as `confirm` does."""
    old = list(before.requirements.order_by("order"))
    by_ref, now = {one.ref: one for one in old}, {one.ref: one for one in draft.requirements}
    places = matched_provisions(old, draft.requirements)
    stored = list(before.obligations.select_related("requirement").order_by("order"))
    keys = {one.key: one.ref for one in old}
    read = {one.key: as_read(one, keys) for one in stored}
    matched = matched_duties(list(read.values()), [draft_duty(one) for one in draft.kept], places)
    by_key = {one.key: one for one in stored}
    pairs = [(by_key[matched[one.key]], one) for one in draft.kept if one.key in matched]
    found = [(was, one, _differs(was, read[was.key], one)) for was, one in pairs]
    still = {was.pk for was, _ in pairs}
    words = {ref: now[new].text for new, ref in places.items()}
    return WouldChange(
        added=tuple(one for one in draft.requirements if one.ref not in places),
        removed=tuple(one for one in old if one.ref not in places.values()),
        changed=tuple(
            (by_ref[ref], now[new])
            for new, ref in places.items()
            if _words(by_ref[ref].text) != _words(now[new].text)
        ),
        duties_added=tuple(one for one in draft.kept if one.key not in matched),
        duties_removed=tuple(one for one in stored if one.pk not in still and _goes(one, words)),
        duties_changed=tuple(one for one in found if one[2] and not one[0].withdrawn),
        again=tuple(one for was, one, fields in found if fields and corrections_of(was)),
    )


def _differs(was: Obligation, read: PlainDuty, one: DraftObligation) -> tuple[str, ...]:
    """In what a duty would differ; one that reads as it first did goes on as it was put right since."""
    new = replace(draft_duty(one), place="", key=was.key)
    if not differences(replace(read, place="", key=was.key), new):
        return ()
    return differences(replace(plain(was), place=""), new)


def _goes(one: Obligation, words: dict[str, str]) -> bool:
    """Whether a duty that no duty of the draft is would end: one that a person added stays with its words."""
    if one.withdrawn:
        return False
    added = any(each.kind == Correction.Kind.ADDED for each in corrections_of(one))
    return not (added and _words(words.get(one.requirement.ref, "")) == _words(one.requirement.text))


def _words(text: str) -> str:
    return " ".join(text.split())
