"""Django's registration of this room."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """User, roles and permissions, consent ledger, own-data export and erasure."""

    name = "accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room offers to the house, and keep groups in step with the code at each migration."""
        from accounts import registrations

        registrations.register_all()
        # Of all apps with models, Django's auth comes late enough for every permission of ours to exist.
        post_migrate.connect(_set_up_groups, sender=apps.get_app_config("auth"))
        pre_save.connect(registrations.keep_kind_only, sender=apps.get_model("usersessions", "UserSession"))


def _set_up_groups(**_kwargs: Any) -> None:
    from accounts import groups

    groups.set_up()
