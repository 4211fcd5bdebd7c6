"""How allauth behaves in this house."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import landing
from accounts.models import User
from core.mail import rehearse

UNKNOWN_ACCOUNT, LOGIN_CODE = "account/email/unknown_account", "account/email/login_code"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no; an account is made when an invitation is accepted."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail; where there is no account, do the work of one and take it back, so that time tells nothing."""
        if template_prefix == UNKNOWN_ACCOUNT:
            code = self.generate_login_code()
            rehearse(self.render_mail(LOGIN_CODE, email, {**context, "email": email, "code": code}))
        else:
            super().send_mail(template_prefix, email, context)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where a person goes after signing in."""
        if not isinstance(request.user, User):
            return settings.LOGIN_URL
        return landing.address_for(request.user)

    def is_reauthentication_required(self, *, app: str = "") -> bool:
        """Ask nobody to show who they are again within minutes of signing in, as when a first passkey is made."""
        records = get_authentication_records(context.request, context.request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return bool(time.time() - newest > app_settings.REAUTHENTICATION_TIMEOUT)


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys carry the name of the house, not of the host."""

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Return what a passkey is made for."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Return the name that a new passkey gets until its owner gives it another."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Encrypt an app's secret or the seed of recovery codes before it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was stored."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Return the box for secrets: locked with the house's key, opened with that or an earlier one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"accounts.mfa:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
