"""Wagtail's groups, derived from roles.

Wagtail asks groups what somebody may do with pages, pictures and snippets. People never join a group by hand: membership
follows the roles they hold now (`sync_user`), and what a group may do is written down here (`set_up`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as ModelPermission
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from accounts.models import Role, User
from accounts.permissions import current_assignments, held_roles

GROUPS: dict[Role, str] = {
    Role.EDITOR: "Redactie",
    Role.MEDICAL_REVIEWER: "Medische redactie",
    Role.ADMINISTRATOR: "Beheer",
}
_EDIT = {"add", "change"}
PAGE_ACTIONS: dict[Role, set[str]] = {
    Role.EDITOR: _EDIT,
    Role.MEDICAL_REVIEWER: _EDIT | {"publish", "lock", "unlock", "bulk_delete"},
    Role.ADMINISTRATOR: {"lock", "unlock"},
}
FILE_ACTIONS: dict[Role, set[str]] = {
    Role.EDITOR: _EDIT | {"choose"},
    Role.MEDICAL_REVIEWER: _EDIT | {"choose", "delete"},
    Role.ADMINISTRATOR: {"choose"},
}
SNIPPET_ACTIONS: dict[Role, set[str]] = {
    Role.EDITOR: _EDIT,
    Role.MEDICAL_REVIEWER: _EDIT | {"publish", "delete"},
    Role.ADMINISTRATOR: set(),
}
TRANSLATE = {
    ("wagtail_localize", "submit_translation"),
    ("wagtailadmin", "access_admin"),
}
HOUSEKEEPING = {
    ("wagtailadmin", "access_admin"),
    *(
        ("wagtailcore", f"{verb}_{what}")
        for verb in ("add", "change", "delete")
        for what in ("site", "locale")
    ),
    *(
        ("wagtailcore", f"{verb}_{what}")
        for verb in ("add", "change")
        for what in ("workflow", "task", "collection")
    ),
    *(("wagtailredirects", f"{verb}_redirect") for verb in ("add", "change", "delete")),
}
HOUSE_RULES: dict[Role, set[tuple[str, str]]] = {
    Role.EDITOR: TRANSLATE,
    Role.MEDICAL_REVIEWER: TRANSLATE,
    Role.ADMINISTRATOR: HOUSEKEEPING,
}
FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"), ("wagtailmedia", "media"))


def group_names(user: User) -> set[str]:
    """Return the groups that the person's present roles amount to; a role for less than the whole site counts too."""
    return {GROUPS[role] for role, _scope in held_roles(user) if role in GROUPS}


def sync_user(user: User) -> None:
    """Make the person a member of exactly the groups that their roles amount to."""
    wanted = set(Group.objects.filter(name__in=group_names(user)))
    if set(user.groups.all()) != wanted:
        user.groups.set(wanted)


def sync_all() -> int:
    """Bring everybody's groups in line with roles that began or ended; return how many people were looked at.

    Only people who have a group, or hold a role that gives one, are looked at.
    """
    holders = current_assignments().filter(role__in=GROUPS).values("user")
    people = User.objects.filter(Q(groups__isnull=False) | Q(pk__in=holders)).distinct()
    for user in people:
        sync_user(user)
    return len(people)


def set_up() -> None:
    """Make the groups and give them exactly the permissions written down here; safe to run at any time."""
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    for role, name in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(_model_permissions(role))
        _set_page_permissions(group, PAGE_ACTIONS[role])
        _set_file_permissions(group, FILE_ACTIONS[role])


def _model_permissions(role: Role) -> QuerySet[ModelPermission]:
    wanted = Q(pk__in=[])
    for app, codename in HOUSE_RULES[role]:
        wanted |= Q(content_type__app_label=app, codename=codename)
    for model in get_snippet_models():
        codenames = [f"{verb}_{model._meta.model_name}" for verb in SNIPPET_ACTIONS[role]]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=codenames)
    return ModelPermission.objects.filter(wanted)


def _named(app: str, model: str, verbs: Iterable[str]) -> QuerySet[ModelPermission]:
    codenames = [f"{verb}_{model}" for verb in verbs]
    return ModelPermission.objects.filter(content_type__app_label=app, codename__in=codenames)


def _set_page_permissions(group: Group, verbs: set[str]) -> None:
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return
    wanted = _named("wagtailcore", "page", verbs)
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _set_file_permissions(group: Group, verbs: set[str]) -> None:
    root = Collection.objects.filter(depth=1).first()
    if root is None:
        return
    wanted = {found for app, model in FILE_MODELS for found in _named(app, model, verbs)}
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=root, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
