"""Pages about people: a council's, all of them, and the doors in."""

from councils.views.accounts import (
    account,
    accounts,
    close_account,
    end_role_nationally,
    invite_nationally,
    open_account,
    revoke_nationally,
    send_again_nationally,
)
from councils.views.entrance import accept, demo_sign_in
from councils.views.people import (
    add_organisation,
    add_person,
    edit_organisation,
    edit_person,
    end_role_here,
    invite_here,
    people,
    revoke_here,
    send_again_here,
    sharing,
)
from councils.views.tokens import make_token, revoke_token, tokens

__all__ = [
    "accept",
    "account",
    "accounts",
    "add_organisation",
    "add_person",
    "close_account",
    "demo_sign_in",
    "edit_organisation",
    "edit_person",
    "end_role_here",
    "end_role_nationally",
    "invite_here",
    "invite_nationally",
    "make_token",
    "open_account",
    "people",
    "revoke_here",
    "revoke_nationally",
    "revoke_token",
    "send_again_here",
    "send_again_nationally",
    "sharing",
    "tokens",
]
