"""What may go wrong in the forum, each with a sentence for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from intervision.forum.models import Draft, Post

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class TextRefused(ValidationError):
    """A title or text cannot be stored as it is; the message says what to do. `field` is where it was typed."""

    def __init__(self, message: str | _StrPromise, *, code: str, field: str = "body") -> None:
        super().__init__(message, code=code)
        self.field = field


class GroupFullError(Exception):
    """The intervision group has as many people as fit in a meeting."""


class TopicIsClosed(Exception):
    """The topic takes no more posts and changes."""


class DraftConflict(Exception):
    """The draft was saved on another device since this one read it; `draft` is what stands there now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("draft saved elsewhere")
        self.draft = draft


class EditConflict(Exception):
    """The post was changed since this writer opened it; `post` holds the present text."""

    def __init__(self, post: Post) -> None:
        super().__init__("post changed meanwhile")
        self.post = post
