"""What the forum tells the house at start: gate policies, personal data, navigation, next steps, demo content."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import scopes
from accounts.models import ScopeKind
from core import next_steps, personal_data
from core.demo import register_demo
from core.navigation import Audience, NavItem, Place
from core.navigation import register as register_navigation
from intervision.forum import demo, notices, privacy, steps
from intervision.forum.permissions import may_manage_groups, takes_part
from intervision.forum.queries import group_names, groups_to_staff
from notifications.kinds import register as register_notices
from patientdata.policy import Policy
from patientdata.policy import register as register_policies


def register_all() -> None:
    """Register everything, once."""
    _register_policies()
    personal_data.register(*privacy.ENTRIES)
    register_navigation(
        NavItem(
            _("Intervision"),
            "forum:index",
            audience=Audience.MEMBER,
            order=40,
            icon="talk",
            allowed=takes_part,
        ),
        NavItem(
            _("Groups"),
            "forum:groups",
            place=Place.ACCOUNT,
            audience=Audience.MEMBER,
            order=45,
            icon="talk",
            allowed=may_manage_groups,
        ),
    )
    register_notices(*notices.KINDS)
    next_steps.register("forum", steps.steps_for)
    scopes.register(ScopeKind.GROUP, choices_for=groups_to_staff, labels=group_names)
    register_demo("forum", 90, demo.load)


def _register_policies() -> None:
    typed = ["Group.name", "Group.purpose", "Topic.title", "Post.source", "Draft.title", "Draft.body"]
    register_policies({f"forum.{field}": Policy.BLOCK for field in typed})
    made = ["Post.html", "Post.plain_text", "PostRevision.source", "PostRevision.plain_text"]
    register_policies(
        {f"forum.{field}": Policy.OFF for field in made},
        reason="Made from forum.Post.source, which passed the gate when it was typed.",
    )
    register_policies(
        {
            f"forum.{field}": Policy.OFF
            for field in ("Group.demo_key", "Topic.demo_key", "Post.demo_checksum")
        },
        reason="Written by the loader of the demo content; nobody types here.",
    )
