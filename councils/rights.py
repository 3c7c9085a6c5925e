"""Who sees and does what: the table *Who sees what* of the design, in one place. Plain Python.

Every view, endpoint, file, task and template asks `allowed` (through `councils.access.Access`); nobody asks
for a role.
"""

from collections.abc import Iterable
from enum import StrEnum

from councils.roles import Role


class Verb(StrEnum):
    READ = "read"
    WRITE = "write"


class Thing(StrEnum):
    """What rights are about. A file, an endpoint and a page about the same thing name the same Thing."""

    COUNCIL = "council"  # that the council is here, its name, its key dates
    LIVE_PLAN = "live_plan"  # the plan as it is being typed
    OWN_ACTIONS = "own_actions"  # the actions one leads
    FROZEN_PLAN = "frozen_plan"  # positions, packs, minutes
    PLAN_SOURCE = "plan_source"  # documents that a plan was read from, and what was found in them
    KEY_DATES = "key_dates"  # events that deadlines count from
    NOTICE = "notice"  # inspections, the chain of instruments, what they ask for, what was agreed
    NOTICE_SOURCE = "notice_source"  # notices on their way in: files, proposals, corrections
    DEADLINES = "deadlines"  # what is due, when and why; meeting, waiving and opening again
    OWN_CALENDAR = "own_calendar"  # a private calendar of deadlines, for oneself
    REMINDERS = "reminders"  # who is told of deadlines, and how long before or after
    BOARD = "board"  # boards, members, meetings, what they resolved and asked for
    BOARD_FREQUENCY = "board_frequency"  # agreeing or refusing how often a board meets
    SAVED_LISTS = "saved_lists"  # lists that one keeps of a plan
    OWN_PART = "own_part"  # one's own part in a board: terms acknowledged, matters one owes
    MEETING_DRAFTS = "meeting_drafts"  # agendas, papers and minutes not yet given to members; notes taken
    MEETING_PAPERS = "meeting_papers"  # agendas, papers and minutes that members have
    RESTRICTED_PAPERS = "restricted_papers"  # restricted items and their papers
    ROUND = "round"  # who was asked for updates and who has answered
    TESTING = "testing"  # independent testing: days, and what was found, once shared
    TESTING_NOTES = "testing_notes"  # the testers' own notes and findings before they are shared
    TESTING_DAYS = "testing_days"  # recording days provided
    ASSURANCE = "assurance"  # the rating that testing accepts
    CHAIRS_PAGE = "chairs_page"  # what the chair means to challenge at a meeting: the chair's own
    EXCEPTION_REPORT = "exception_report"  # what is off track, slipped or overdue, for the Director
    NEWSLETTER = "newsletter"  # what staff and schools are told after each board
    EVIDENCE = "evidence"  # files and links that support what is said of an action
    CHALLENGE = "challenge"  # questions about what does not add up, and the answers
    REPORTS = "reports"  # owed and submitted; which ones the Things that follow say
    REPORTS_TO_MINISTER = "reports_to_minister"  # submitted
    REPORTS_TO_DEPARTMENT = "reports_to_department"  # submitted
    REPORTS_TO_BOARD = "reports_to_board"  # submitted
    CHAIRS_REPORTS = "chairs_reports"  # the chair's drafts, which are nobody else's
    CHAIRS_SIGNATURE = "chairs_signature"
    COUNCILS_REPORTS = "councils_reports"  # the council's own drafts
    COUNCILS_SIGNATURE = "councils_signature"
    LEADERS_REPORTS = "leaders_reports"  # the Leader's own
    PARTNERSHIP_REPORTS = "partnership_reports"  # the safeguarding partnership chair's own
    SCRUTINY = "scrutiny"  # what the council published to its scrutiny committee; recommendations and answers
    SCRUTINY_TAKEN_BACK = "scrutiny_taken_back"  # what it no longer shows to the committee
    PEOPLE = "people"  # people, organisations, roles, invitations of one council
    USERS = "users"  # all users, national roles, reference data
    CHANGE_LOG = "change_log"  # who changed and who looked
    REDACTION = "redaction"  # blacking out what should never have been written, without reading it


_OFFICE = frozenset({Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE, Role.DIRECTOR})
_LEADERS = frozenset({Role.COUNCIL_LEADER, Role.LEAD_MEMBER, Role.CHIEF_EXECUTIVE})
_COUNCIL = _OFFICE | _LEADERS | {Role.ACTION_LEAD, Role.COUNCIL_VIEWER}
_CHAIR = frozenset({Role.BOARD_CHAIR, Role.CHAIRS_SUPPORT})
_BOARD = frozenset({Role.BOARD_MEMBER, Role.SAFEGUARDING_CHAIR, Role.INDEPENDENT_VALIDATOR})
_DEPARTMENT = frozenset({Role.DFE_OFFICIAL, Role.DFE_ADVISER, Role.COMMISSIONER})
_TESTERS = _CHAIR | {Role.INDEPENDENT_VALIDATOR}
_CASE_READERS = _COUNCIL | _CHAIR | _BOARD | _DEPARTMENT
_LEADER = frozenset({Role.COUNCIL_LEADER})
_PARTNERSHIP = frozenset({Role.SAFEGUARDING_CHAIR})
_MINISTER = frozenset({Role.MINISTERS_OFFICE})
_SIGNS_FOR_COUNCIL = frozenset({Role.DIRECTOR, Role.PROGRAMME_MANAGER})

_TABLE: dict[tuple[Verb, Thing], frozenset[Role]] = {
    (Verb.READ, Thing.COUNCIL): frozenset(Role),
    (Verb.READ, Thing.LIVE_PLAN): _COUNCIL,
    (Verb.WRITE, Thing.LIVE_PLAN): _OFFICE,
    (Verb.WRITE, Thing.OWN_ACTIONS): _OFFICE | {Role.ACTION_LEAD},
    (Verb.READ, Thing.FROZEN_PLAN): _CASE_READERS,
    (Verb.WRITE, Thing.FROZEN_PLAN): _OFFICE,
    (Verb.READ, Thing.PLAN_SOURCE): _OFFICE,
    (Verb.WRITE, Thing.PLAN_SOURCE): _OFFICE,
    (Verb.READ, Thing.KEY_DATES): _CASE_READERS,
    (Verb.WRITE, Thing.KEY_DATES): _OFFICE,
    (Verb.READ, Thing.NOTICE): _CASE_READERS,
    (Verb.WRITE, Thing.NOTICE): _OFFICE,
    (Verb.READ, Thing.NOTICE_SOURCE): _OFFICE,
    (Verb.WRITE, Thing.NOTICE_SOURCE): _OFFICE,
    (Verb.READ, Thing.DEADLINES): _CASE_READERS,
    (Verb.WRITE, Thing.DEADLINES): _OFFICE,
    (Verb.WRITE, Thing.OWN_CALENDAR): _CASE_READERS,
    (Verb.READ, Thing.REMINDERS): _OFFICE,
    (Verb.WRITE, Thing.REMINDERS): _OFFICE,
    (Verb.READ, Thing.BOARD): _CASE_READERS,
    (Verb.WRITE, Thing.BOARD): _OFFICE | _CHAIR,
    (Verb.WRITE, Thing.BOARD_FREQUENCY): frozenset({Role.DFE_OFFICIAL}),
    (Verb.WRITE, Thing.OWN_PART): _CASE_READERS,
    (Verb.READ, Thing.SAVED_LISTS): _CASE_READERS,
    (Verb.WRITE, Thing.SAVED_LISTS): _CASE_READERS,
    (Verb.READ, Thing.MEETING_DRAFTS): _OFFICE | _CHAIR,
    (Verb.WRITE, Thing.MEETING_DRAFTS): _OFFICE | _CHAIR,
    (Verb.READ, Thing.MEETING_PAPERS): _CASE_READERS,
    (Verb.READ, Thing.RESTRICTED_PAPERS): _OFFICE
    | _LEADERS
    | _CHAIR
    | {Role.SAFEGUARDING_CHAIR}
    | _DEPARTMENT,
    (Verb.READ, Thing.ROUND): _OFFICE,
    (Verb.WRITE, Thing.ROUND): _OFFICE,
    (Verb.READ, Thing.TESTING): _CASE_READERS,
    (Verb.READ, Thing.TESTING_NOTES): _TESTERS,
    (Verb.WRITE, Thing.TESTING_NOTES): _TESTERS,
    (Verb.WRITE, Thing.TESTING_DAYS): _OFFICE,
    (Verb.WRITE, Thing.ASSURANCE): _TESTERS,
    (Verb.READ, Thing.CHAIRS_PAGE): _CHAIR,
    (Verb.WRITE, Thing.CHAIRS_PAGE): _CHAIR,
    (Verb.READ, Thing.EXCEPTION_REPORT): _OFFICE | _LEADERS,
    (Verb.READ, Thing.NEWSLETTER): _OFFICE,
    (Verb.WRITE, Thing.NEWSLETTER): _OFFICE,
    (Verb.READ, Thing.EVIDENCE): _COUNCIL | _TESTERS,
    (Verb.READ, Thing.CHALLENGE): _COUNCIL | _TESTERS,
    (Verb.WRITE, Thing.CHALLENGE): _OFFICE | _TESTERS,
    (Verb.READ, Thing.REPORTS): _CASE_READERS | _MINISTER,
    (Verb.WRITE, Thing.REPORTS): _OFFICE | _CHAIR | _LEADER | _PARTNERSHIP,
    (Verb.READ, Thing.REPORTS_TO_MINISTER): _OFFICE | _LEADERS | _CHAIR | _DEPARTMENT | _MINISTER,
    (Verb.READ, Thing.REPORTS_TO_DEPARTMENT): _OFFICE | _LEADERS | _DEPARTMENT | _MINISTER,
    (Verb.READ, Thing.REPORTS_TO_BOARD): _CASE_READERS | _MINISTER,
    (Verb.READ, Thing.CHAIRS_REPORTS): _CHAIR,
    (Verb.WRITE, Thing.CHAIRS_REPORTS): _CHAIR,
    (Verb.WRITE, Thing.CHAIRS_SIGNATURE): frozenset({Role.BOARD_CHAIR}),
    (Verb.READ, Thing.COUNCILS_REPORTS): _OFFICE,
    (Verb.WRITE, Thing.COUNCILS_REPORTS): _OFFICE,
    (Verb.WRITE, Thing.COUNCILS_SIGNATURE): _SIGNS_FOR_COUNCIL,
    (Verb.READ, Thing.LEADERS_REPORTS): _LEADER,
    (Verb.WRITE, Thing.LEADERS_REPORTS): _LEADER,
    (Verb.READ, Thing.PARTNERSHIP_REPORTS): _PARTNERSHIP,
    (Verb.WRITE, Thing.PARTNERSHIP_REPORTS): _PARTNERSHIP,
    (Verb.READ, Thing.SCRUTINY): _CASE_READERS | {Role.SCRUTINY_VIEWER},
    (Verb.WRITE, Thing.SCRUTINY): _OFFICE,
    (Verb.READ, Thing.SCRUTINY_TAKEN_BACK): _OFFICE,
    (Verb.READ, Thing.PEOPLE): _OFFICE | {Role.ADMINISTRATOR},
    (Verb.WRITE, Thing.PEOPLE): frozenset({Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}),
    (Verb.READ, Thing.USERS): frozenset({Role.ADMINISTRATOR}),
    (Verb.WRITE, Thing.USERS): frozenset({Role.ADMINISTRATOR}),
    (Verb.READ, Thing.CHANGE_LOG): _OFFICE,
    (Verb.READ, Thing.REDACTION): _OFFICE | {Role.ADMINISTRATOR},
    (Verb.WRITE, Thing.REDACTION): frozenset({Role.ADMINISTRATOR}),
}

# "when the council shares it" and "unless the council opens it": what a council may open, and to whom
_SHARED_WITH_CHAIR = _CHAIR
_OPENED_TO_DFE = frozenset({Role.DFE_OFFICIAL})


def allowed(
    roles: Iterable[Role],
    verb: Verb,
    thing: Thing,
    *,
    shared_with_chair: bool = False,
    opened_to_dfe: bool = False,
) -> bool:
    """Whether somebody who holds these roles for a council (national ones included) may do this to that.

    `shared_with_chair` and `opened_to_dfe` say what the council itself has opened: its live plan, to be read.
    """
    held = frozenset(roles)
    if held & _TABLE.get((verb, thing), frozenset()):
        return True
    if (verb, thing) == (Verb.READ, Thing.LIVE_PLAN):
        return bool(
            (shared_with_chair and held & _SHARED_WITH_CHAIR) or (opened_to_dfe and held & _OPENED_TO_DFE)
        )
    return False
