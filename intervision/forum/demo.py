"""Loads the demo groups and their conversations from `demo/forum/`, by the actions that people use.

The gate reads along: what it is certain of stops the load. Where it only asks, whoever reviewed the files has answered.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions import assign_role, move_role
from accounts.models import Role, RoleAssignment, ScopeKind, User
from core.demo import DemoReport
from intervision.forum.actions import (
    add_member,
    add_post,
    create_group,
    edit_post,
    mark_read,
    pin_topic,
    start_topic,
)
from intervision.forum.models import Group, GroupKind, Membership, Post, Topic, TopicKind
from intervision.forum.references import QuoteToken
from intervision.forum.texts import relocate

FOLDER = Path("demo") / "forum"
AN_HOUR = dt.timedelta(hours=1)
_QUOTE = re.compile(r"\{\{quote (\d+): (.+?)\}\}", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One post of a demo topic: `number` from 1, `at` the moment that it seems to be written."""

    topic: dict[str, Any]
    number: int
    author: str
    at: dt.datetime
    text: str

    @property
    def token(self) -> uuid.UUID:
        """Return the token by which this post is found again."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"demo/forum/{self.topic['key']}/{self.number}")

    @property
    def checksum(self) -> str:
        """Return the checksum of the text as the file has it."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@transaction.atomic
def load(report: DemoReport) -> None:
    """Make groups, topics and posts that are not there yet, in the order of time; refresh what nobody changed."""
    folder = settings.BASE_DIR / FOLDER
    people = {user.email: user for user in User.objects.filter(email__endswith="@demo.test")}
    for entry in yaml.safe_load((folder / "groups.yaml").read_text(encoding="utf-8")):
        _load_group(entry, people, report)
    files = sorted(folder.glob("[0-9]*.yaml"))
    topics = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]
    fresh = {topic["key"] for topic in topics if not Topic.objects.filter(demo_key=topic["key"]).exists()}
    for line in sorted((line for topic in topics for line in _lines(topic)), key=lambda line: line.at):
        _load_line(line, people[line.author], report)
    for topic in topics:
        if topic["key"] in fresh:
            _finish(topic, people)


def _lines(topic: dict[str, Any]) -> list[Line]:
    return [
        Line(topic, number, post["author"], _moment(post), _unwrapped(post["text"]))
        for number, post in enumerate(topic["posts"], start=1)
    ]


def _unwrapped(text: str) -> str:
    """Return the text with its paragraphs on one line each; in a post a line end is a line end."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def _moment(post: dict[str, Any]) -> dt.datetime:
    """Return the moment of a post: so many days ago at this time, never in the future."""
    day = timezone.localdate() - dt.timedelta(days=post["days_ago"])
    at = timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(post["at"])))
    return min(at, timezone.now())


def _load_group(entry: dict[str, Any], people: dict[str, User], report: DemoReport) -> None:
    group = Group.objects.filter(demo_key=entry["key"]).first()
    if group is None:
        group = create_group(
            kind=GroupKind(entry["kind"]), name=entry["name"], purpose=entry["purpose"], by=None
        )
        Group.objects.filter(pk=group.pk).update(demo_key=entry["key"])
        report.made.append(f"group {entry['key']}")
    for address in entry.get("members", []):
        if not Membership.objects.filter(group=group, user=people[address]).exists():
            add_member(group, user=people[address], by=None)
    _appoint(people[entry["facilitator"]], group)


def _appoint(facilitator: User, group: Group) -> None:
    here = (ScopeKind.GROUP, group.pk)
    held = RoleAssignment.objects.filter(user=facilitator, role=Role.FACILITATOR)
    if held.filter(scope_kind=ScopeKind.SITE, ends_at=None).exists():
        move_role(facilitator, Role.FACILITATOR, to=here, by=None)
    elif not held.filter(scope_kind=ScopeKind.GROUP, scope_id=group.pk).exists():
        assign_role(facilitator, Role.FACILITATOR, by=None, scope=here)


def _load_line(line: Line, author: User, report: DemoReport) -> None:
    post = Post.objects.filter(client_token=line.token).select_related("author").first()
    if post is None:
        topic = Topic.objects.filter(demo_key=line.topic["key"]).select_related("group").first()
        if topic is not None and topic.is_closed:
            return
        post = _post(topic, line, author)
        _backdate(post, line)
        report.made.append(f"{line.topic['key']} {line.number}")
    elif post.demo_checksum != line.checksum:
        _refresh(post, line, report)


def _post(topic: Topic | None, line: Line, author: User) -> Post:
    if topic is not None:
        return add_post(topic, text=_text(line, topic), by=author, client_token=line.token, confirmed=True)
    started = start_topic(
        Group.objects.get(demo_key=line.topic["group"]),
        kind=TopicKind(line.topic["kind"]),
        title=line.topic["title"],
        text=line.text,
        by=author,
        client_token=line.token,
        confirmed=True,
    )
    Topic.objects.filter(pk=started.pk).update(demo_key=line.topic["key"], created_at=line.at)
    return started.posts.get()


def _backdate(post: Post, line: Line) -> None:
    Post.objects.filter(pk=post.pk).update(created_at=line.at, demo_checksum=line.checksum)
    Topic.objects.filter(pk=post.topic_id).update(last_post_at=line.at)


def _refresh(post: Post, line: Line, report: DemoReport) -> None:
    """Bring a post up to the file's text, unless somebody changed or emptied it here."""
    name = f"{line.topic['key']} {line.number}"
    if post.is_deleted or post.author is None or post.revision > 1 or post.topic.is_closed:
        report.left_alone.append(name)
        return
    edit_post(post, text=_text(line, post.topic), seen_revision=post.revision, by=post.author, confirmed=True)
    post.former_texts.all().delete()
    Post.objects.filter(pk=post.pk).update(demo_checksum=line.checksum, revision=1, edited_at=None)
    post.quoted_by.update(revision=1)
    report.refreshed.append(name)


def _text(line: Line, topic: Topic) -> str:
    """Return the text with its quotations as references to posts that stand there already."""
    return _QUOTE.sub(lambda found: _quotation(topic, int(found[1]), " ".join(found[2].split())), line.text)


def _quotation(topic: Topic, number: int, passage: str) -> str:
    post = topic.posts.get(number=number)
    place = relocate(passage, post.plain_text, near=0)
    return str(QuoteToken(post.pk, post.revision, *place) if place else QuoteToken(post.pk))


def _finish(entry: dict[str, Any], people: dict[str, User]) -> None:
    """Pin what is pinned, and let everybody have read as far as the file says."""
    topic = Topic.objects.select_related("group").get(demo_key=entry["key"])
    if entry.get("pinned"):
        pin_topic(topic, by=people["begeleider@demo.test"])
    for address, upto in entry.get("read", {}).items():
        last = topic.posts.get(number=upto)
        mark_read(topic, upto=upto, by=people[address])
        topic.read_marks.filter(user=people[address]).update(read_at=last.created_at + AN_HOUR)
