"""A person's own data: all of it as a download, and erasing the person."""

from __future__ import annotations

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from accounts.actions.roles import require_another_administrator
from accounts.models import User
from accounts.permissions import forget_grants
from core import audit, outbox, personal_data

ERASED_DOMAIN = "gewist.invalid"


def export(user: User) -> bytes:
    """Return a zip with one JSON file: what every room holds about the person, and how long it is kept."""
    found = {
        "made_at": timezone.now(),
        "parts": [
            {
                "what": entry.model,
                "as": entry.field,
                "kept": entry.retention,
                "rows": list(entry.export(user)),
            }
            for entry in personal_data.entries()
        ],
    }
    text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trede.json", text)
    audit.record("accounts.own_data_exported", by=user, obj=user)
    return packed.getvalue()


@transaction.atomic
def erase(user: User, *, by: User) -> None:
    """Erase the person: every room's rows as registered, then name, address and ways to sign in.

    The row itself stays, without anything that says who it was, so that conversations and the audit trail hold together;
    the audit trail knows only the opaque id. The row is locked first, so that whatever begins something for a person can
    lock it too and look whether they are still there. Raises `LastAdministratorError`.
    """
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    require_another_administrator(user)
    for entry in personal_data.entries():
        entry.erase(user)
    outbox.forget_recipient(user.email)
    user.email = f"{user.audit_id}@{ERASED_DOMAIN}"
    user.display_name = ""
    user.work_title = ""
    user.is_active = False
    user.last_login = None
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    forget_grants(user)
    audit.record("accounts.erased", by=by, obj=user)
