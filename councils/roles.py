"""Who people are to a council. Plain Python."""

from enum import StrEnum


class Role(StrEnum):
    """A role is held from a date to a date, for one council or nationally."""

    PROGRAMME_MANAGER = "programme_manager"
    PROGRAMME_OFFICE = "programme_office"
    ACTION_LEAD = "action_lead"
    COUNCIL_LEADER = "council_leader"
    LEAD_MEMBER = "lead_member"
    CHIEF_EXECUTIVE = "chief_executive"
    DIRECTOR = "director"
    COUNCIL_VIEWER = "council_viewer"
    BOARD_CHAIR = "board_chair"
    CHAIRS_SUPPORT = "chairs_support"
    BOARD_MEMBER = "board_member"
    INDEPENDENT_VALIDATOR = "independent_validator"
    SAFEGUARDING_CHAIR = "safeguarding_chair"
    DFE_OFFICIAL = "dfe_official"
    DFE_ADVISER = "dfe_adviser"
    COMMISSIONER = "commissioner"
    MINISTERS_OFFICE = "ministers_office"
    SCRUTINY_VIEWER = "scrutiny_viewer"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return LABELS[self]

    @property
    def national(self) -> bool:
        """Held for all councils at once, never for one."""
        return self in NATIONAL


LABELS = {
    Role.PROGRAMME_MANAGER: "Programme manager",
    Role.PROGRAMME_OFFICE: "Programme office",
    Role.ACTION_LEAD: "Action lead",
    Role.COUNCIL_LEADER: "Leader of the council",
    Role.LEAD_MEMBER: "Lead member for children's services",
    Role.CHIEF_EXECUTIVE: "Chief executive",
    Role.DIRECTOR: "Director of Children's Services",
    Role.COUNCIL_VIEWER: "Council viewer",
    Role.BOARD_CHAIR: "Independent board chair",
    Role.CHAIRS_SUPPORT: "Chair's support",
    Role.BOARD_MEMBER: "Board member",
    Role.INDEPENDENT_VALIDATOR: "Independent validator",
    Role.SAFEGUARDING_CHAIR: "Safeguarding partnership chair",
    Role.DFE_OFFICIAL: "DfE official",
    Role.DFE_ADVISER: "DfE adviser",
    Role.COMMISSIONER: "Commissioner",
    Role.MINISTERS_OFFICE: "Minister's office",
    Role.SCRUTINY_VIEWER: "Scrutiny viewer",
    Role.ADMINISTRATOR: "Administrator",
}

NATIONAL = frozenset({Role.DFE_OFFICIAL, Role.MINISTERS_OFFICE, Role.ADMINISTRATOR})

# a programme manager invites within the own council and these roles; an administrator invites all others
COUNCIL_ROLES = frozenset(
    {
        Role.PROGRAMME_MANAGER,
        Role.PROGRAMME_OFFICE,
        Role.ACTION_LEAD,
        Role.COUNCIL_LEADER,
        Role.LEAD_MEMBER,
        Role.CHIEF_EXECUTIVE,
        Role.DIRECTOR,
        Role.COUNCIL_VIEWER,
        Role.BOARD_MEMBER,
        Role.SCRUTINY_VIEWER,
    }
)
