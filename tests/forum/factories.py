"""Makes groups, topics and posts for tests, by the actions that people use; the gate's questions are answered."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actions import assign_role
from accounts.models import Role, ScopeKind, User
from intervision.forum.actions import add_member, add_post, create_group, start_topic
from intervision.forum.models import Group, GroupKind, Post, Topic, TopicKind
from tests.accounts.factories import UserFactory


def make_group(
    *, members: Sequence[User] = (), facilitator: User | None = None, kind: GroupKind = GroupKind.INTERVISION
) -> Group:
    """Make a group with these members; the facilitator gets the role for this group only."""
    group = create_group(kind=kind, name="Groep Rijnoever", purpose="Oefenen met elkaar", by=None)
    for user in members:
        add_member(group, user=user, by=None)
    if facilitator:
        assign_role(facilitator, Role.FACILITATOR, by=None, scope=(ScopeKind.GROUP, group.pk))
    return group


def make_topic(
    group: Group, by: User, *, title: str = "Hoe begin je?", text: str = "Wat zeg je als eerste?"
) -> Topic:
    """Start a question in a group."""
    return start_topic(group, kind=TopicKind.QUESTION, title=title, text=text, by=by, confirmed=True)


def make_post(topic: Topic, by: User, text: str = "Ik vraag eerst hoe het gaat.") -> Post:
    """Answer in a topic."""
    return add_post(topic, text=text, by=by, confirmed=True)


def poh(name: str = "") -> User:
    """Make a practice nurse."""
    return UserFactory.create(poh=True, **({"display_name": name} if name else {}))
