"""Which text fields the gate guards, and how (decision 3).

Every room registers its own text fields from `AppConfig.ready` (in its `policies.py`)::

    from patientdata.policy import Policy, register

    register({"forum.Post.body": Policy.BLOCK, "forum.Topic.title": Policy.BLOCK})
    register({"forum.Topic.kind_note": Policy.OFF}, reason="Chosen from a list that editors keep.")

BLOCK is for what members, staff and visitors type; the action that stores it calls `gate.require_clean`. WARN is for
editorial content: Wagtail's admin warns after saving, for pages and snippets alike, with nothing to do in the room.
OFF needs a reason. A test walks all models and fails for a text field without a policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Policy(StrEnum):
    """What the gate does with findings in a field."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class FieldPolicy:
    """The policy of one field and, for OFF, why."""

    field: str
    policy: Policy
    reason: str = ""


class UnknownField(LookupError):
    """Somebody asked the gate about a field that no room registered."""


_policies: dict[str, FieldPolicy] = {}


def register(policies: Mapping[str, Policy], *, reason: str = "") -> None:
    """Set the policy of fields named `app_label.Model.field`; `reason` is required where one of them is OFF."""
    for field, policy in policies.items():
        if field.count(".") != 2:
            message = f"{field!r} does not name a field as app_label.Model.field"
            raise ValueError(message)
        if policy is Policy.OFF and not reason.strip():
            message = f"{field} is switched off without a reason"
            raise ValueError(message)
        entry = FieldPolicy(field, policy, reason if policy is Policy.OFF else "")
        if _policies.setdefault(field.lower(), entry) != entry:
            message = f"{field} has two different policies"
            raise ValueError(message)


def policy_of(field: str) -> FieldPolicy:
    """Return the policy of `app_label.Model.field`; raises `UnknownField` when nobody registered it."""
    try:
        return _policies[field.lower()]
    except KeyError:
        message = f"{field} has no patient-data policy; register it in its room's AppConfig.ready"
        raise UnknownField(message) from None


def all_policies() -> list[FieldPolicy]:
    """Return every registered policy, by field."""
    return [_policies[field] for field in sorted(_policies)]


def warned_fields(model: type[models.Model]) -> list[str]:
    """Return the names of a model's fields, inherited ones included, whose policy is WARN."""
    owners = [model, *model._meta.get_parent_list()]
    return [
        field.name
        for owner in owners
        for field in owner._meta.local_fields
        if (entry := _policies.get(f"{owner._meta.label_lower}.{field.name}".lower()))
        and entry.policy is Policy.WARN
    ]
