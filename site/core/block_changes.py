"""Migrations that rewrite stored blocks, in every row and in every revision, those that somebody pinned included.

`MigrateBlocks` stands in a migration of the room whose blocks changed and takes Wagtail's own operations
(`wagtail.blocks.migrations.operations`). It walks the stored form alone, since migrations of this house know no block
definitions (`core.fields.BlocksField`). Wagtail's `MigrateStreamData` logs a revision that it cannot read and stores
what it had changed until then; here every such revision is named, none is half changed, and one that somebody holds
stops the migration.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.migrations import RunPython
from django.db.models import F
from django.db.models.functions import Cast
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.blocks.migrations.operations import BaseBlockOperation
from wagtail.blocks.migrations.utils import InvalidBlockDefError

CHUNK = 200
CANNOT_READ = (InvalidBlockDefError, AttributeError, IndexError, KeyError, TypeError, ValueError)
type Operations = Sequence[tuple[BaseBlockOperation, str]]


class UnreadableBlocksError(Exception):
    """Blocks of a row, or of a revision that somebody holds, that could not be changed; names each of them."""


@dataclass(frozen=True)
class Holder:
    """Who holds revisions: `held` says which by primary key, `changed` is told which of them were rewritten."""

    held: Callable[[Any], set[int]]
    changed: Callable[[Any, set[int]], None]


_holders: dict[str, Holder] = {}


def register_holder(name: str, holder: Holder) -> None:
    """Let a room say which revisions must never be left behind; both functions take the database connection."""
    _holders[name] = holder


def rewritten(raw: Any, path: Sequence[str], operation: BaseBlockOperation) -> Any:
    """Return the stored form of a stream with an operation applied wherever the path leads.

    A path is the names of blocks from the top, `item` for the children of a list. Raises one of CANNOT_READ for
    something in the way that has not the shape of a block.
    """
    if not path:
        return operation.apply(raw)
    name, rest = path[0], path[1:]
    if isinstance(raw, dict):
        return {key: rewritten(one, rest, operation) if key == name else one for key, one in raw.items()}
    if not isinstance(raw, list):
        message = f"“{name}” was looked for in a {type(raw).__name__}"
        raise TypeError(message)
    return [_child(one, name, rest, operation) for one in raw]


def _child(child: Any, name: str, rest: Sequence[str], operation: BaseBlockOperation) -> Any:
    bare = not isinstance(child, dict) or "type" not in child  # lists kept their items so before Wagtail 2.16
    if bare:
        return rewritten(child, rest, operation) if name == "item" else child
    return {**child, "value": rewritten(child["value"], rest, operation)} if child["type"] == name else child


class MigrateBlocks(RunPython):
    """Rewrite the blocks of one field, in rows and in all revisions; going back does nothing."""

    def __init__(self, app_label: str, model_name: str, field_name: str, operations: Operations) -> None:
        """Take the field, and each of Wagtail's operations with the path to the block whose value it gets."""
        self.app_label, self.model_name, self.field_name = app_label, model_name, field_name
        self.operations = operations
        super().__init__(self.rewrite, RunPython.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Describe the operation for a squashed migration."""
        given = [self.app_label, self.model_name, self.field_name, self.operations]
        return self.__class__.__qualname__, given, {}

    def rewrite(self, apps: Any, editor: Any) -> None:
        """Rewrite everything, or raise UnreadableBlocksError and leave everything as it was."""
        self._rewrite_rows(apps.get_model(self.app_label, self.model_name))
        done, left = self._rewrite_revisions(apps.get_model("wagtailcore", "Revision"))
        held = {pk for holder in _holders.values() for pk in holder.held(editor.connection)}
        _tell(left, held)
        for holder in _holders.values():
            holder.changed(editor.connection, done)

    def _rewrite_rows(self, model: type[models.Model]) -> None:
        rows = model._default_manager.annotate(stored_blocks=Cast(F(self.field_name), models.JSONField()))
        for pk, raw in rows.values_list("pk", "stored_blocks").iterator(chunk_size=CHUNK):
            try:
                changed = self._changed(raw)
            except CANNOT_READ as reason:
                message = f"{model._meta.label} {pk}, {self.field_name}: {reason}"
                raise UnreadableBlocksError(message) from reason
            if changed != raw:
                value = StreamValue(StreamBlock([]), changed, is_lazy=True)
                model._default_manager.filter(pk=pk).update(**{self.field_name: value})

    def _rewrite_revisions(self, model: Any) -> tuple[set[int], dict[int, str]]:
        """Return the revisions that were rewritten, and those that could not be, with the reason."""
        kind = {"content_type__app_label": self.app_label, "content_type__model": self.model_name.lower()}
        done: set[int] = set()
        left: dict[int, str] = {}
        for revision in model.objects.filter(**kind).order_by("pk").iterator(chunk_size=CHUNK):
            try:
                if self._rewrite_content(revision.content):
                    model.objects.filter(pk=revision.pk).update(content=revision.content)
                    done.add(revision.pk)
            except CANNOT_READ as reason:
                left[revision.pk] = f"{revision.object_str} ({revision.created_at:%Y-%m-%d}): {reason}"
        return done, left

    def _rewrite_content(self, content: dict[str, Any]) -> bool:
        """Rewrite the field in a revision's content; say whether that changed anything."""
        if content.get(self.field_name) is None:
            return False  # from before the field was there
        raw = json.loads(content[self.field_name])
        changed = self._changed(raw)
        content[self.field_name] = json.dumps(changed)
        return bool(changed != raw)

    def _changed(self, raw: Any) -> Any:
        for operation, path in self.operations:
            raw = rewritten(raw, path.split(".") if path else [], operation)
        return raw


def _tell(left: dict[int, str], held: set[int]) -> None:
    """Name the revisions that were left as they were; raise when somebody holds one of them."""
    pinned = [f"revision {pk}, {words}" for pk, words in left.items() if pk in held]
    if pinned:
        message = "These pinned revisions cannot be rewritten; nothing was changed:\n" + "\n".join(pinned)
        raise UnreadableBlocksError(message)
    for pk, words in left.items():
        sys.stderr.write(f"Left as it was, for nobody follows it: revision {pk}, {words}\n")


def unknown_in(block: Any, raw: Any, path: str = "") -> Iterator[str]:
    """Yield the path of everything in the stored form of a block that its definition does not know.

    Wagtail leaves such parts out without a word when a page is drawn.
    """
    children = getattr(block, "child_blocks", None)
    if isinstance(block, StreamBlock):
        for child in raw if isinstance(raw, list) else ():
            yield from _unknown_child(children, str(child.get("type")), child.get("value"), path)
    elif children is not None:
        for name, value in raw.items() if isinstance(raw, dict) else ():
            yield from _unknown_child(children, name, value, path)
    elif hasattr(block, "child_block"):
        for value in _items(raw):
            yield from unknown_in(block.child_block, value, _joined(path, "item"))


def _unknown_child(children: Any, name: str, value: Any, path: str) -> Iterator[str]:
    here = _joined(path, name)
    if name in children:
        yield from unknown_in(children[name], value, here)
    else:
        yield here


def _items(raw: Any) -> Iterable[Any]:
    for child in raw if isinstance(raw, list) else ():
        yield child["value"] if isinstance(child, dict) and child.get("type") == "item" else child


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
