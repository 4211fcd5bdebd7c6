"""Telling people about a post, inside the house."""

from __future__ import annotations

from intervision.forum.models import Post


def tell_about(post: Post, *, mentioned: list[int]) -> None:
    """Leave a notice for those mentioned and for the author of the topic."""
