"""Blocks that change under pinned revisions: which are held, what still reads, what an edition says of itself."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Revision

from core.block_changes import CANNOT_READ, Holder, register_holder, unknown_in
from courses.catalogue.models import CourseEdition, CoursePage, EditionItem
from courses.catalogue.pinning import content_digest, digest_line


def register() -> None:
    """Say which revisions editions hold, to whoever rewrites blocks."""
    register_holder("catalogue", Holder(held=held_revisions, changed=renew_digests))


def held_revisions(connection: Any) -> set[int]:
    """Return the revisions that some edition pins; none before the table of editions is made."""
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
    if EditionItem._meta.db_table not in there:
        return set()
    return set(EditionItem.objects.using(connection.alias).values_list("revision_id", flat=True).distinct())


def renew_digests(connection: Any, revisions: set[int]) -> None:
    """Compute anew what editions say they hold, so that publishing without a change still cuts nothing."""
    if not revisions & held_revisions(connection):
        return
    items = EditionItem.objects.using(connection.alias)
    touched = items.filter(revision__in=revisions).values_list("edition_id", flat=True)
    for edition in set(touched):
        found = hashlib.sha256()
        rows = items.filter(edition=edition).order_by("position")
        for kind, key, block_id, content in rows.values_list("kind", "key", "block_id", "revision__content"):
            found.update(digest_line(kind, key, block_id, content_digest(content)))
        CourseEdition.objects.using(connection.alias).filter(pk=edition).update(digest=found.hexdigest())


@dataclass(frozen=True)
class Unreadable:
    """A pinned revision that no longer reads whole: what it is of, who follows it, what is the matter."""

    revision: int
    title: str
    editions: tuple[str, ...]
    matter: str


def unreadable_revisions(course: CoursePage | None = None) -> Iterator[Unreadable]:
    """Yield every pinned revision (of one course) of which a learner would miss something or everything, with the reason.

    Two queries and a walk over the stored blocks of each pinned revision, once however many editions pin it.
    """
    editions: dict[int, list[str]] = defaultdict(list)
    items = EditionItem.objects.filter(edition__course=course) if course else EditionItem.objects.all()
    rows = items.select_related("edition").order_by("edition__title", "edition__number")
    for item in rows.only("revision_id", "edition__title", "edition__number"):
        editions[item.revision_id].append(str(item.edition))
    found = Revision.objects.filter(pk__in=items.values("revision")).order_by("pk")
    for revision in found.select_related("content_type").iterator(chunk_size=200):
        for matter in _matters(revision):
            names = tuple(dict.fromkeys(editions[revision.pk]))
            yield Unreadable(revision.pk, revision.object_str, names, matter)


def _matters(revision: Revision) -> Iterator[str]:
    model = revision.content_type.model_class()
    if model is None:
        yield "its kind is gone"
        return
    for one in model._meta.get_fields():
        if isinstance(one, StreamField) and revision.content.get(one.name):
            try:
                stored = json.loads(revision.content[one.name])
                unknown = list(unknown_in(one.stream_block, stored))
            except CANNOT_READ as reason:
                unknown = [f"unreadable ({reason})"]
            yield from (f"{one.name}: {path}" for path in dict.fromkeys(unknown))
