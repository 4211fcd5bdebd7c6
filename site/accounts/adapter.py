"""How allauth behaves in this house."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no; an account is made when an invitation is accepted."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where a person goes after signing in: their own home."""
        try:
            return reverse("portal:home")
        except NoReverseMatch:
            return "/"
