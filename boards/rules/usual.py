"""The agenda that improvement boards usually have, for a council that begins with none (domain notes, 1.3)."""

from dataclasses import dataclass

from boards.pack_sections import Section


@dataclass(frozen=True)
class UsualItem:
    """One standing item; `section` names the part of the pack it is about, `parts` are numbered under it."""

    title: str
    purpose: str
    minutes: int | None = None
    section: Section | None = None
    parts: tuple["UsualItem", ...] = ()


USUAL_AGENDA = (
    UsualItem("Welcome, apologies and declarations of interest", "note", 5),
    UsualItem("Minutes of the last meeting", "decide", 5, Section.MINUTES),
    UsualItem("Matters arising", "discuss", 10, Section.MATTERS),
    UsualItem(
        "Progress of the improvement plan",
        "discuss",
        parts=(
            UsualItem("Where the plan stands", "discuss", 15, Section.SUMMARY),
            UsualItem("Exceptions", "discuss", 20, Section.EXCEPTIONS),
            UsualItem("Completed since the last board", "note", 5, Section.COMPLETED),
        ),
    ),
    UsualItem("Deep dive", "discuss", 30),
    UsualItem("Independent testing and validation", "discuss", 10, Section.TESTING),
    UsualItem("Risks and issues", "discuss", 10, Section.RISKS),
    UsualItem("Deadlines of the notice and forward plan", "note", 5, Section.DEADLINES),
    UsualItem("Any other business and next meeting", "note", 5),
)
