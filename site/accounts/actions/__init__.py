"""Everything that changes accounts, a module per thing that people do; each action is audited in its transaction."""

from accounts.actions.roles import LastAdministratorError, assign_role, end_role, move_role

__all__ = ["LastAdministratorError", "assign_role", "end_role", "move_role"]
