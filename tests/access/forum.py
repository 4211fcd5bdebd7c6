"""Who may open the addresses of the forum.

The world's intervision group has the POH as its member; the facilitator holds that role for the whole site, so for this
group too.
"""

from __future__ import annotations

from uuid import UUID

from intervision.forum.actions import save_draft
from intervision.forum.models import Draft, DraftTarget, Group, Post, Topic
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.forum.factories import make_group, make_topic

COMPANY = {"poh", "facilitator"}
AUTHOR = {"poh"}
MANAGERS = {"facilitator", "project_leader"}


@thing
def forum_group(world: World) -> Group:
    return make_group(members=[world.people["poh"]])


@thing
def forum_topic(world: World) -> Topic:
    return make_topic(world.forum_group, world.people["poh"])


@thing
def forum_post(world: World) -> Post:
    return world.forum_topic.posts.get()


@thing
def forum_draft(world: World) -> Draft:
    return save_draft(
        kind=DraftTarget.REPLY,
        target_id=world.forum_topic.pk,
        title="",
        body="Begin",
        seen_version=0,
        client_token=UUID("6f1c1f7c-1d0a-4a7e-9a7e-0d9b4a8d2f10"),
        by=world.people["poh"],
    )


def group(world: World) -> dict[str, int]:
    return {"pk": world.forum_group.pk}


def topic(world: World) -> dict[str, int]:
    return {"pk": world.forum_topic.pk}


def post(world: World) -> dict[str, int]:
    return {"pk": world.forum_post.pk}


ROWS = [
    Row("forum:groups", MANAGERS),
    Row("forum:new_group", MANAGERS),
    Row("forum:manage_group", MANAGERS, make=group),
    Row("forum:let_in", MANAGERS, make=group, method="post", data={"email": "poh@demo.test"}),
    Row(
        "forum:end_membership",
        MANAGERS,
        make=lambda world: {
            **group(world),
            "membership": world.forum_group.memberships.filter(ends_at=None).get().pk,
        },
        method="post",
    ),
    Row("forum:index", COMPANY),
    Row("forum:group", COMPANY, make=group),
    Row("forum:new_topic", COMPANY, make=group),
    Row("forum:preview", COMPANY, make=group, method="post", data={"body": "Hoi"}),
    Row("forum:people", COMPANY, make=group, method="post"),
    Row("forum:topic", COMPANY, make=topic),
    Row("forum:topic", COMPANY, make=topic, method="post", data={"body": "Dank je wel."}),
    Row("forum:topic_state", {"facilitator"}, make=topic, method="post", data={"do": "close"}),
    Row("forum:post", COMPANY, make=post),
    Row("forum:edit", AUTHOR, make=post),
    Row("forum:delete", COMPANY, make=post),
    Row("forum:history", COMPANY, make=post),
    Row("forum:quote", COMPANY, make=post, method="post"),
    Row("forum:drafts", COMPANY),
    Row("forum:discard_draft", AUTHOR, make=lambda world: {"pk": world.forum_draft.pk}, method="post"),
    Row(
        "forum:save_draft",
        COMPANY,
        make=lambda world: {"kind": "reply", "target_id": world.forum_topic.pk},
        method="post",
        data={"body": "Hoi"},
    ),
]
