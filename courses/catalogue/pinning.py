"""What a course holds at this moment: its published pages and every snippet that their blocks reference.

The snippets are read from the blocks themselves, not from Wagtail's reference index, which a task fills later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.models import DraftStateMixin, Page, Revision

from courses.catalogue.models import Case, CoursePage, ItemKind
from courses.catalogue.models.opening import opening_rule
from courses.exercises.models import Question, Quiz
from pages.models import Source

KINDS: dict[type[models.Model], ItemKind] = {
    Quiz: ItemKind.QUIZ,
    Question: ItemKind.QUESTION,
    Source: ItemKind.SOURCE,
    Case: ItemKind.CASE,
}
# Left out of the digest: facts about storing and checking, not what a learner reads.
VOLATILE = frozenset(
    [
        "latest_revision",
        "live_revision",
        "created_at",
        "updated_at",
        "first_published_at",
        "last_published_at",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "live",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "reviewed_on",
        "review_due",
        "verified_at",
        "verified_by",
        "verified_facts",
        "wagtail_admin_comments",
        "alias_of",
        "worth_repeating",
    ]
)


@dataclass
class Pin:
    """One thing of a course at the revision that would be pinned, with what stands below it."""

    kind: ItemKind
    key: str
    title: str
    revision: Revision
    slug: str = ""
    minutes: int = 0
    block_id: str = ""
    rule: dict[str, Any] = field(default_factory=dict)
    below: list[Pin] = field(default_factory=list)

    def walk(self) -> Iterator[Pin]:
        """Yield this and everything below it, depth first."""
        yield self
        for pin in self.below:
            yield from pin.walk()


@dataclass
class Plan:
    """A course as it would be pinned now; `left_out` names what blocks choose but nobody published."""

    root: Pin
    left_out: list[str] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """Return the minutes of all lessons together."""
        return sum(pin.minutes for pin in self.root.walk() if pin.kind is ItemKind.LESSON)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of everything pinned."""
        found = hashlib.sha256()
        for pin in self.root.walk():
            found.update(digest_line(pin.kind, pin.key, pin.block_id, content_digest(pin.revision.content)))
        return found.hexdigest()


def digest_line(kind: str, key: str, block_id: str, content: str) -> bytes:
    """Return what one pinned thing adds to the digest of its edition; `content` is the digest of its words."""
    return f"{kind}|{key}|{block_id}|{content}\n".encode()


def content_digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of what a revision says, without the facts of its storing."""
    kept = {name: value for name, value in content.items() if name not in VOLATILE}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()


def plan_edition(course: CoursePage) -> Plan:
    """Read the course as it is published now, with its live modules and lessons in order."""
    plan = Plan(root=_pin_page(course, ItemKind.COURSE))
    for module in _live_children(course):
        below = _pin_page(module, ItemKind.MODULE)
        below.below = [_pin_lesson(lesson, plan) for lesson in _live_children(module)]
        if below.below:
            plan.root.below.append(below)
    return plan


def _live_children(page: Page) -> Any:
    return page.get_children().live().order_by("path").specific()


def _pin_page(page: Any, kind: ItemKind) -> Pin:
    revision = revision_of(page)
    content = revision.content
    return Pin(
        kind=kind,
        key=item_key(page),
        title=content["title"],
        slug=content["slug"],
        minutes=content.get("minutes", 0),
        rule=opening_rule(content),
        revision=revision,
    )


def _pin_lesson(lesson: Any, plan: Plan) -> Pin:
    pin = _pin_page(lesson, ItemKind.LESSON)
    pin.below = list(_pin_snippets(pin.revision.as_object().body, plan))
    return pin


def _pin_snippets(stream: Any, plan: Plan) -> Iterator[Pin]:
    for block_id, snippet in referenced(stream):
        if isinstance(snippet, DraftStateMixin) and not snippet.live:
            plan.left_out.append(str(snippet))
            continue
        yield _pin_snippet(snippet, block_id, plan)


def _pin_snippet(snippet: Any, block_id: str, plan: Plan) -> Pin:
    revision = revision_of(snippet)
    version = revision.as_object()
    pin = Pin(
        kind=KINDS[type(snippet)],
        key=item_key(snippet),
        title=version.title,
        revision=revision,
        block_id=block_id,
    )
    if isinstance(version, Case):
        pin.below = list(_pin_snippets(version.sources, plan))
    if isinstance(version, Quiz):
        pin.below = list(_pin_snippets(version.questions, plan))
    if isinstance(version, Question) and version.source is not None:
        pin.below = [_pin_snippet(version.source, "", plan)]
    return pin


def item_key(thing: Any) -> str:
    """Return what names a page or snippet across editions and languages (`EditionItem.key`)."""
    if isinstance(thing, Page):
        return str(thing.translation_key)
    return f"{thing._meta.label_lower}:{getattr(thing, 'translation_key', thing.pk)}"


def referenced(stream: Any) -> Iterator[tuple[str, models.Model]]:
    """Yield the id of each block of a stream with every pinnable snippet that it chooses, nested ones too."""
    for child in stream:
        for found in _snippets_in(child.block, child.value):
            yield str(child.id or ""), found


def _snippets_in(block: Any, value: Any) -> Iterator[models.Model]:
    if value is None:
        return
    if type(value) in KINDS:
        yield value
    elif isinstance(block, StructBlock):
        for name, below in block.child_blocks.items():
            yield from _snippets_in(below, value.get(name)) if hasattr(value, "get") else iter(())
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _snippets_in(block.child_block, item)
    elif isinstance(block, StreamBlock):
        for child in value:
            yield from _snippets_in(child.block, child.value)


def revision_of(thing: Any) -> Revision:
    """Return the revision that holds what is published of a page or snippet now; make one where none does."""
    if isinstance(thing, DraftStateMixin):
        if thing.live_revision_id is not None:
            return thing.live_revision
        revision = thing.save_revision(changed=False, clean=False)
        type(thing).objects.filter(pk=thing.pk).update(live_revision=revision)
        return revision
    latest = thing.latest_revision
    if latest is not None and content_digest(latest.content) == content_digest(thing.serializable_data()):
        return latest
    return thing.save_revision(changed=False, clean=False)
