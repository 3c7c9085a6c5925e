"""Writing: accounts, invitations, roles held, people and organisations. One transaction and one log entry
an act.
"""

from councils.services.accounts import AccountExistsError, create_account, set_active
from councils.services.demo import make_demo_accounts
from councils.services.holdings import AlreadyHeldError, NotAllowedError, end_role, give_role
from councils.services.invitations import (
    InvitationError,
    accept_invitation,
    invite,
    revoke_invitation,
    send_again,
)
from councils.services.people import (
    ChangedMeanwhileError,
    save_council_sharing,
    save_organisation,
    save_person,
)

__all__ = [
    "AccountExistsError",
    "AlreadyHeldError",
    "ChangedMeanwhileError",
    "InvitationError",
    "NotAllowedError",
    "accept_invitation",
    "create_account",
    "end_role",
    "give_role",
    "invite",
    "make_demo_accounts",
    "revoke_invitation",
    "save_council_sharing",
    "save_organisation",
    "save_person",
    "send_again",
    "set_active",
]
