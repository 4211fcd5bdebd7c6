"""What accounts, and the libraries that nobody else speaks for, hold about a person (decision 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import consent
from accounts.groups import sync_user
from accounts.models import ConsentState, Purpose, RoleAssignment, User
from accounts.permissions import forget_grants
from core.personal_data import PersonalData

WITH_ACCOUNT = _("As long as the account exists.")
PROOF = _("Kept as proof of what was agreed; after erasure it no longer says with whom.")
WORK_RECORD = _("Kept with the work it belongs to; after erasure it no longer says by whom.")

type Eraser = Callable[[User], None]


def entries() -> list[PersonalData]:
    """Return the entries of this room and of the libraries."""
    return [*_own_entries(), *_library_entries()]


def _own_entries() -> list[PersonalData]:
    return [
        _entry("accounts.RoleAssignment", "user", ["role", "scope_kind", "starts_at", "ends_at"], _end_roles),
        _entry(
            "accounts.ConsentState", "subject", ["purpose", "study", "given", "changed_at"], _withdraw_all
        ),
        _entry(
            "accounts.ConsentEntry",
            "subject",
            ["purpose", "study", "given", "text_version", "language", "at"],
            retention=PROOF,
        ),
        _entry("accounts.Invitation", "invited_by", ["role", "created_at", "used"], retention=WORK_RECORD),
        _entry(
            "accounts.InvitationUse",
            "user",
            ["at", "invitation__email", "invitation__role"],
            _forget_invitations,
        ),
        _entry("accounts.RecoveryRequest", "user", ["created_at", "used_at"], retention=PROOF),
        *(
            _entry("accounts.RecoveryRequest", name, ["created_at"], retention=PROOF)
            for name in ("opened_by", "first_approver", "second_approver")
        ),
        _entry("accounts.User_groups", "user", ["group__name"], _leave_groups),
        _entry("accounts.User_user_permissions", "user", ["permission__codename"]),
    ]


def _library_entries() -> list[PersonalData]:
    delete = [
        ("account.EmailAddress", "user", ["email", "verified"]),
        ("mfa.Authenticator", "user", ["type", "created_at", "last_used_at"]),
        ("wagtailusers.UserProfile", "user", ["preferred_language", "current_time_zone"]),
        ("wagtailcore.PageSubscription", "user", ["page__title"]),
        ("wagtailcore.APIToken", "user", ["pk"]),
        ("wagtailcore.UploadedFile", "uploaded_by_user", ["pk"]),
        ("wagtailadmin.EditingSession", "user", ["last_seen_at"]),
        ("wagtailadmin.FormState", "user", ["pk"]),
    ]
    keep = [
        ("wagtailcore.Page", "owner", ["title", "first_published_at"]),
        ("wagtailcore.Page", "locked_by", ["title"]),
        ("wagtailcore.Revision", "user", ["object_str", "created_at"]),
        ("wagtailcore.PageLogEntry", "user", ["action", "label", "timestamp"]),
        ("wagtailcore.ModelLogEntry", "user", ["action", "label", "timestamp"]),
        ("wagtailcore.Comment", "user", ["text", "created_at"]),
        ("wagtailcore.Comment", "resolved_by", ["resolved_at"]),
        ("wagtailcore.CommentReply", "user", ["text", "created_at"]),
        ("wagtailcore.WorkflowState", "requested_by", ["status", "created_at"]),
        ("wagtailcore.TaskState", "finished_by", ["status", "finished_at"]),
        ("wagtail_localize.StringTranslation", "last_translated_by", ["updated_at"]),
        ("wagtail_localize.SegmentOverride", "last_translated_by", ["updated_at"]),
        ("wagtailimages.Image", "uploaded_by_user", ["title", "created_at"]),
        ("wagtaildocs.Document", "uploaded_by_user", ["title", "created_at"]),
        ("wagtailmedia.Media", "uploaded_by_user", ["title", "created_at"]),
    ]
    return [
        *(_entry(model, field, columns, _deleter(model, field)) for model, field, columns in delete),
        *(_entry(model, field, columns, retention=WORK_RECORD) for model, field, columns in keep),
        _entry("usersessions.UserSession", "user", ["created_at", "user_agent"], _end_sessions),
    ]


def _entry(
    model: str, field: str, columns: list[str], erase: Eraser | None = None, *, retention: Any = WITH_ACCOUNT
) -> PersonalData:
    """Describe one relation; without `erase` its rows stay, tied to a person without name or address."""

    def export(user: User) -> Iterable[dict[str, Any]]:
        return _rows(model, field, user).values(*columns)

    return PersonalData(model, field, export=export, erase=erase or _stays, retention=retention)


def _rows(model: str, field: str, user: User) -> models.QuerySet[Any]:
    found: models.QuerySet[Any] = apps.get_model(model)._base_manager.filter(**{field: user})
    return found


def _stays(_user: User) -> None:
    """Leave the rows: the user row that they point at no longer says who it was."""


def _deleter(model: str, field: str) -> Eraser:
    def erase(user: User) -> None:
        _rows(model, field, user).delete()

    return erase


def _end_roles(user: User) -> None:
    RoleAssignment.objects.filter(user=user).delete()
    forget_grants(user)


def _leave_groups(user: User) -> None:
    forget_grants(user)
    sync_user(user)


def _withdraw_all(user: User) -> None:
    for held in ConsentState.objects.filter(subject=user, given=True):
        consent.withdraw(user, Purpose(held.purpose), study=held.study)


def _forget_invitations(user: User) -> None:
    """Take the address off the invitations that the person accepted."""
    for use in user.invitations_accepted.select_related("invitation"):
        use.invitation.email = f"{user.audit_id}@gewist.invalid"
        use.invitation.save(update_fields=["email", "updated_at"])


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
