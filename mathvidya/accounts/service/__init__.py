"""Verbs of the accounts slice."""

from mathvidya.accounts.service.codes import IssuedCode, Redemption, issue_code, redeem_code
from mathvidya.accounts.service.invitations import Invited, invite, invite_again, redeem_invitation
from mathvidya.accounts.service.links import give_consent, unlink, withdraw_consent
from mathvidya.accounts.service.people import (
    change_password,
    create_person,
    edit_own,
    edit_person,
    register,
)
from mathvidya.accounts.service.rights import disable, enable, lock_person, unlock
from mathvidya.accounts.service.sessions import (
    Grant,
    end_sessions,
    forget_old_sessions,
    refresh,
    revoke_own_sessions,
    revoke_session,
    sign_out,
)
from mathvidya.accounts.service.sign_in import Device, sign_in

__all__ = [
    "Device",
    "Grant",
    "Invited",
    "IssuedCode",
    "Redemption",
    "change_password",
    "create_person",
    "disable",
    "edit_own",
    "edit_person",
    "enable",
    "end_sessions",
    "forget_old_sessions",
    "give_consent",
    "invite",
    "invite_again",
    "issue_code",
    "lock_person",
    "redeem_code",
    "redeem_invitation",
    "refresh",
    "register",
    "revoke_own_sessions",
    "revoke_session",
    "sign_in",
    "sign_out",
    "unlink",
    "unlock",
    "withdraw_consent",
]
