"""The sections of a board pack, which items of an agenda may be about. Plain Python."""

from enum import StrEnum


class Section(StrEnum):
    """A section that a council may choose and order; cover and contents always come first, papers last."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    MATTERS = "matters"
    DEADLINES = "deadlines"
    SUMMARY = "summary"
    EXCEPTIONS = "exceptions"
    COMPLETED = "completed"
    SLOW = "slow"
    PLAN = "plan"
    TESTING = "testing"
    RISKS = "risks"
    ATTENDANCE = "attendance"

    @property
    def heading(self) -> str:
        """The section's heading."""
        return _HEADINGS[self]

    @property
    def flows(self) -> bool:
        """Whether it follows on the same page; the others begin a page of their own."""
        return self in _FLOWING


_HEADINGS = {
    Section.AGENDA: "Agenda",
    Section.MINUTES: "Minutes of the last meeting",
    Section.MATTERS: "Matters arising",
    Section.DEADLINES: "Deadlines of the notice",
    Section.SUMMARY: "Where the plan stands",
    Section.EXCEPTIONS: "Exceptions",
    Section.COMPLETED: "Completed since the last board",
    Section.SLOW: "Objectives slow to progress",
    Section.PLAN: "The plan",
    Section.TESTING: "Independent testing since the last board",
    Section.RISKS: "Risks and issues",
    Section.ATTENDANCE: "Attendance",
}
_FLOWING = {
    Section.MATTERS,
    Section.DEADLINES,
    Section.COMPLETED,
    Section.SLOW,
    Section.RISKS,
    Section.ATTENDANCE,
}


def offered() -> list[tuple[str, str]]:
    """What an item may be about, as (code, heading): every section but the agenda itself."""
    return [(section.value, section.heading) for section in Section if section is not Section.AGENDA]
