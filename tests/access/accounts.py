"""Who may open the addresses of accounts, allauth's own among them."""

from __future__ import annotations

from accounts.actions.invitations import invite
from accounts.actions.recovery import open_recovery
from accounts.models import Invitation, RecoveryRequest, Role, ScopeKind
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.practices.factories import PracticeFactory

ALL, IN = {"everyone"}, {"signed_in"}

LEADERS, ADMIN = {"project_leader", "administrator"}, {"administrator"}


@thing
def invitation(world: World) -> Invitation:
    practice, inviter = PracticeFactory.create(), world.people["project_leader"]
    scope = (ScopeKind.PRACTICE, practice.pk)
    return invite("nieuw@access.test", Role.POH, scope=scope, language="nl", by=inviter)


@thing
def recovery(world: World) -> RecoveryRequest:
    return open_recovery(world.people["gp"], by=None)


def _member(world: World) -> dict[str, int]:
    return {"pk": world.people["trainer"].pk}


def _invitation(world: World) -> dict[str, int]:
    return {"pk": world.invitation.pk}


def _recovery(world: World) -> dict[str, int]:
    return {"pk": world.recovery.pk}


def _assignment(world: World) -> dict[str, int]:
    trainer = world.people["trainer"]
    return {"pk": trainer.pk, "assignment_pk": trainer.assignments.get().pk}


ROWS = [
    Row("accounts:home", IN),
    Row("accounts:profile", IN),
    Row("accounts:second_factor", IN),
    Row("accounts:privacy", IN),
    Row("accounts:download", IN, method="post"),
    Row("accounts:erase", IN),
    Row("accounts:consent", IN, make=lambda world: {"purpose": "read_posts"}),
    Row("accounts:invitation", ALL, make=lambda world: {"token": "x"}, note="410 for a link that is over."),
    Row("accounts:recovery_ask", ALL),
    Row(
        "accounts:recovery_link", ALL, make=lambda world: {"token": "x"}, note="410 for a link that is over."
    ),
    Row("accounts:members", ADMIN),
    Row("accounts:member", ADMIN, make=_member),
    Row("accounts:end_role", ADMIN, make=_assignment, method="post"),
    Row("accounts:close_account", ADMIN, make=_member, method="post"),
    Row("accounts:open_account", ADMIN, make=_member, method="post"),
    Row("accounts:open_recovery", ADMIN, make=_member, method="post"),
    Row("accounts:recoveries", ADMIN),
    Row("accounts:approve_recovery", ADMIN, make=_recovery, method="post"),
    Row("accounts:refuse_recovery", ADMIN, make=_recovery, method="post"),
    Row("accounts:invite", LEADERS),
    Row("accounts:resend_invitation", LEADERS, make=_invitation, method="post"),
    Row("accounts:withdraw_invitation", LEADERS, make=_invitation, method="post"),
    Row("account_login", ALL),
    Row("account_logout", ALL, note="A visitor is sent home."),
    Row("account_inactive", ALL),
    Row("account_signup", ALL, note="Says that people come by invitation."),
    Row("account_reauthenticate", IN),
    Row("account_email", IN),
    Row("account_email_verification_sent", ALL),
    Row("account_change_password", IN),
    Row("account_set_password", IN),
    Row("account_reset_password", ALL),
    Row("account_confirm_login_code", ALL, answers={302}),
    Row("account_confirm_email", ALL, make=lambda world: {"key": "a:b:c"}),
    Row("account_reset_password_from_key_done", ALL),
    Row("account_reset_password_from_key", ALL, make=lambda world: {"uidb36": "1", "key": "a-b"}),
    Row("account_reset_password_done", ALL),
    Row("account_request_login_code", ALL),
    Row("mfa_index", IN),
    Row("mfa_authenticate", ALL, answers={302}, note="Without a pending sign-in: back to the start of it."),
    Row("mfa_reauthenticate", IN),
    Row("mfa_activate_totp", IN),
    Row("mfa_deactivate_totp", IN, answers={404}, note="404 for who has none."),
    Row("mfa_view_recovery_codes", IN, answers={404}, note="404 for who has none."),
    Row("mfa_generate_recovery_codes", IN),
    Row("mfa_download_recovery_codes", IN, answers={404}, note="404 for who has none."),
    Row("mfa_list_webauthn", IN),
    Row("mfa_add_webauthn", IN),
    Row("mfa_reauthenticate_webauthn", IN),
    Row("mfa_remove_webauthn", IN, make=lambda world: {"pk": 999_999}, answers={404}, note="Own keys only."),
    Row("mfa_edit_webauthn", IN, make=lambda world: {"pk": 999_999}, answers={404}, note="Own keys only."),
    Row("mfa_login_webauthn", ALL, answers={302}, note="Answers the script of the sign-in page only."),
    Row("usersessions_list", IN),
    Row("wagtailadmin_login", ALL, answers={302}, note="Leads to the ordinary sign-in."),
    Row("wagtailadmin_logout", ALL),
    Row("wagtailadmin_account", {"editors"}),
    Row("wagtailadmin_password_reset", ALL),
    Row("wagtailadmin_password_reset_confirm", ALL, make=lambda world: {"uidb64": "a", "token": "b"}),
    Row("wagtailadmin_password_reset_done", ALL),
    Row("wagtailadmin_password_reset_complete", ALL),
    Row("desk_password_reset_*", ALL),
    Row("desk_users_*", {"nobody"}),
]
