"""Django's registration of this room."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """User, roles and permissions, consent ledger, own-data export and erasure."""

    name = "accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room offers to the house, and keep groups in step with the code at each migration."""
        from accounts import demo
        from accounts.permissions import Permission, can
        from core import gallery
        from core.demo import register_demo

        register_demo("accounts", 10, demo.load)
        gallery.open_to(lambda user: can(user, Permission.VIEW_GALLERY))
        # Of all apps with models, Django's auth comes late enough for every permission of ours to exist.
        post_migrate.connect(_set_up_groups, sender=apps.get_app_config("auth"))


def _set_up_groups(**_kwargs: Any) -> None:
    from accounts import groups

    groups.set_up()
