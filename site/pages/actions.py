"""What people do with sources, with its rules."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from accounts.models import User
from accounts.permissions import Permission, can
from core import audit
from pages.models import Source


@transaction.atomic
def verify_source(source: Source, *, by: User, review_due: dt.date | None = None) -> Source:
    """Confirm that what the site says after this source was held against the document itself.

    The confirmation holds for the facts as they stand now. `review_due` sets the next check. Raises
    `PermissionDenied` for anybody but a medical reviewer.
    """
    if not can(by, Permission.REVIEW_MEDICAL):
        raise PermissionDenied
    source.reviewed_on = timezone.localdate()
    source.review_due = review_due or source.review_due
    source.verified_at, source.verified_by = timezone.now(), by
    source.verified_facts = source.facts_checksum()
    source.save()
    source.save_revision(user=by, log_action=False)
    audit.record("pages.source_verified", by=by, obj=source, after={"facts": source.verified_facts})
    return source


@transaction.atomic
def withdraw_verification(source: Source, *, by: User) -> Source:
    """Take the confirmation back, for example because the document has a new edition."""
    if not can(by, Permission.REVIEW_MEDICAL):
        raise PermissionDenied
    source.verified_at, source.verified_by, source.verified_facts = None, None, ""
    source.save()
    audit.record("pages.source_unverified", by=by, obj=source)
    return source


@transaction.atomic
def submit_translation(translation: Translation, *, by: User) -> Page:
    """Hand a translated page to the medical reviewer; nothing of it is published by this.

    The translation is stored as a draft with what has been translated so far, and the page's workflow is started, or
    taken up again after remarks. Raises `PermissionDenied` for somebody who may not edit the page.
    """
    page = translation.get_target_instance()
    if not isinstance(page, Page) or not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    translation.save_target(user=by, publish=False)
    page = page.specific_class.objects.get(pk=page.pk)
    state = page.current_workflow_state
    if state is None:
        page.get_workflow().start(page, by)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        state.current_task_state.revision = page.get_latest_revision()
        state.current_task_state.save(update_fields=["revision"])
    audit.record("pages.translation_submitted", by=by, obj=page)
    return page
