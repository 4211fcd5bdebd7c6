"""Who people are, what they may do, who was invited and what they agreed to."""

from accounts.models.consent import ConsentEntry, ConsentState, Purpose
from accounts.models.invitations import Invitation, InvitationUse
from accounts.models.people import User, UserManager
from accounts.models.recovery import RecoveryRequest
from accounts.models.roles import Role, RoleAssignment, ScopeKind

__all__ = [
    "ConsentEntry",
    "ConsentState",
    "Invitation",
    "InvitationUse",
    "Purpose",
    "RecoveryRequest",
    "Role",
    "RoleAssignment",
    "ScopeKind",
    "User",
    "UserManager",
]
