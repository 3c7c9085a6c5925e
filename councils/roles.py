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
    def description(self) -> str:
        """What the role is for, in one line, for whoever has to choose it."""
        return DESCRIPTIONS[self]

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

DESCRIPTIONS = {
    Role.PROGRAMME_MANAGER: "Runs the improvement programme: keeps the plan and invites people.",
    Role.PROGRAMME_OFFICE: "Helps to keep the plan; cannot invite people.",
    Role.ACTION_LEAD: "Reads the council's plan and updates the actions they lead.",
    Role.COUNCIL_LEADER: "Reads the council's plan.",
    Role.LEAD_MEMBER: "Reads the council's plan.",
    Role.CHIEF_EXECUTIVE: "Reads the council's plan.",
    Role.DIRECTOR: "Reads and keeps the plan, and answers for it.",
    Role.COUNCIL_VIEWER: "Reads the council's plan.",
    Role.BOARD_CHAIR: "Reads the plan as last put to the board; the live plan when the council shares it.",
    Role.CHAIRS_SUPPORT: "Sees what the chair sees.",
    Role.BOARD_MEMBER: "Reads the plan as it was last put to the board.",
    Role.INDEPENDENT_VALIDATOR: "Reads the plan as it was last put to the board, and tests what it says.",
    Role.SAFEGUARDING_CHAIR: "Reads the plan as it was last put to the board.",
    Role.DFE_OFFICIAL: "Reads every council's plan as it was last put to its board.",
    Role.DFE_ADVISER: "Reads this council's plan as it was last put to the board.",
    Role.COMMISSIONER: "Reads this council's plan as it was last put to the board.",
    Role.MINISTERS_OFFICE: "Reads the reports that were submitted to Ministers.",
    Role.SCRUTINY_VIEWER: "Reads what is published to scrutiny.",
    Role.ADMINISTRATOR: "Looks after users, roles and reference data; sees no council's case.",
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
