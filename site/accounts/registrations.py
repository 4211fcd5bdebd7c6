"""What this room offers to the house: demo accounts, personal data, links, periodic work, arrival desks."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import demo, landing, personal_data, steps, tasks
from accounts.models import Role, User
from accounts.permissions import Permission, can, invitable_roles
from accounts.sessions import keep_kind_only
from core import gallery, next_steps, tick
from core import personal_data as registry
from core.demo import register_demo
from core.navigation import Audience, NavItem, Place, register

DAILY = 24 * 60

__all__ = ["keep_kind_only", "register_all"]


def register_all() -> None:
    """Register everything, once the apps are loaded."""
    register_demo("accounts", 10, demo.load)
    registry.register(*personal_data.entries())
    gallery.open_to(lambda user: can(user, Permission.VIEW_GALLERY))
    next_steps.register("accounts", steps.steps_for)
    tick.register("accounts.follow_terms", tasks.follow_terms)
    tick.register("accounts.forget_unanswered", tasks.forget_unanswered, every=DAILY)
    for role in (Role.EDITOR, Role.MEDICAL_REVIEWER):
        landing.register(role, "wagtailadmin_home")
    authenticator_added.connect(after_adding_second_factor)
    _register_links()


def _register_links() -> None:
    def item(
        label: object, target: str, order: int, icon: str, permission: Permission | None = None
    ) -> NavItem:
        allowed = (lambda user: can(user, permission)) if permission else None
        return NavItem(
            label,  # type: ignore[arg-type] # lazily translated
            target,
            place=Place.ACCOUNT,
            audience=Audience.MEMBER,
            order=order,
            icon=icon,
            allowed=allowed,
        )

    register(
        item(_("My account"), "accounts:home", 10, "user"),
        item(_("My data and privacy"), "accounts:privacy", 20, "lock"),
        item(_("Members"), "accounts:members", 60, "user", Permission.MANAGE_USERS),
        item(_("Recovery requests"), "accounts:recoveries", 65, "lock", Permission.RECOVER_ACCOUNT),
        NavItem(
            _("Invite"),
            "accounts:invite",
            place=Place.ACCOUNT,
            audience=Audience.MEMBER,
            order=50,
            icon="letter",
            allowed=lambda user: bool(invitable_roles(user)),
        ),
    )


def after_adding_second_factor(
    request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: object
) -> None:
    """Count the new factor as shown in this session, and end every other one: those were begun without it."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
