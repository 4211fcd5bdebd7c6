"""What accounts puts on the list of next steps: a passkey for who sees much, and recoveries that wait for agreement."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission, can, needs_second_factor
from accounts.queries import recoveries_visible_to
from core.next_steps import NextStep, Wing


def steps_for(user: User) -> Iterator[NextStep]:
    """Return what somebody could do about accounts now; nothing and no question asked for a POH or GP."""
    if needs_second_factor(user) and not Authenticator.objects.filter(user=user).exists():
        yield NextStep(
            key="accounts.passkey",
            wing=Wing.ACCOUNT,
            icon="lock",
            title=_("Make a passkey"),
            text=_("Your role can see more than one practice: a password alone is too little."),
            url=reverse("mfa_add_webauthn"),
            minutes=2,
            weight=20,
            action=_("Make a passkey"),
        )
    if can(user, Permission.RECOVER_ACCOUNT):
        yield from _recoveries(user)


def _recoveries(user: User) -> Iterator[NextStep]:
    waiting = recoveries_visible_to(user).filter(second_approver=None)
    count = waiting.exclude(user=user).exclude(first_approver=user).count()
    if not count:
        return
    text = ngettext(
        "%(count)s person waits for your agreement.", "%(count)s people wait for your agreement.", count
    )
    yield NextStep(
        key="accounts.recoveries",
        wing=Wing.ACCOUNT,
        icon="lock",
        title=_("Help somebody back in"),
        text=text % {"count": count},
        url=reverse("accounts:recoveries"),
        minutes=5,
        weight=85,
        action=_("To the requests"),
    )
