"""What makes all that is kept stale: any change to a page, or to what pages show."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site, TaskState
from wagtail.signals import page_published, page_unpublished, post_page_move

from core import kept
from pages.cache import forget_public_pages, memory
from pages.models import GlossaryTerm, PublicStamp, Source

# A draft changes these fields of the live row and nothing that a visitor sees.
OF_A_DRAFT = {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}


def connect() -> None:
    """Listen to everything that may change a public page, and let all that is kept depend on the stamp."""
    kept.owned_by(read=PublicStamp.current, renew=forget_public_pages)
    kept.shows(GlossaryTerm, Source, Site, Locale, Redirect, Collection, PageViewRestriction, TaskState)
    post_save.connect(_after_save, dispatch_uid="pages.purge.save")
    post_delete.connect(_after_delete, dispatch_uid="pages.purge.delete")
    for signal in (
        page_published,
        page_unpublished,
    ):  # once more: listeners before this one may have changed rows
        signal.connect(forget_public_pages, dispatch_uid="pages.purge.publish")
    post_page_move.connect(forget_public_pages, dispatch_uid="pages.purge.move")
    m2m_changed.connect(_after_delete, dispatch_uid="pages.purge.m2m")


def _after_save(
    sender: type[models.Model], raw: bool = False, update_fields: Any = None, **_signal: Any
) -> None:
    only_draft = update_fields is not None and set(update_fields) <= OF_A_DRAFT
    if _is_shown(sender) and not raw and not only_draft:
        forget_public_pages()


def _after_delete(sender: type[models.Model], **_signal: Any) -> None:
    if _is_shown(sender):
        forget_public_pages()


def _is_shown(model: type[models.Model]) -> bool:
    return kept.is_shown(model) or issubclass(model, Page)


def forget_everything() -> None:
    """Empty this process's memory; for tests and for a change of templates."""
    memory.clear()
    kept.forget()
