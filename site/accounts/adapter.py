"""How allauth behaves in this house."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from accounts import landing
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no; an account is made when an invitation is accepted."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where a person goes after signing in."""
        if not isinstance(request.user, User):
            return settings.LOGIN_URL
        return landing.address_for(request.user)


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys carry the name of the house, not of the host."""

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Return what a passkey is made for."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}
