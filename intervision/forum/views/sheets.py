"""A sheet to write on, from the first look at it to what was refused: shared by all writing pages."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.models import User
from intervision.forum.errors import TextRefused, TopicIsClosed
from intervision.forum.forms import WritingForm
from intervision.forum.guarding import PassagesFound, require_clean_sheet
from intervision.forum.models import Draft, DraftTarget, Group
from intervision.forum.queries import draft_for
from intervision.forum.rendering import preview
from intervision.forum.texts import prepare, references_to_names
from intervision.forum.words import moment


def member(request: HttpRequest) -> User:
    """Return the person who is signed in; the login middleware lets nobody else this far."""
    assert isinstance(request.user, User)  # noqa: S101 -- a promise to the type checker
    return request.user


def blank_sheet[F: WritingForm](
    form: type[F],
    *,
    user: User,
    kind: DraftTarget,
    target_id: int,
    group: Group,
    begin: str = "",
    has_draft: bool = True,
    **initial: Any,
) -> F:
    """Return a form that goes on where the writer's draft stopped; `begin` is put under it (a quote).

    `has_draft` is False when the caller knows that there is none.
    """
    draft = draft_for(user, kind, target_id) if has_draft else None
    values: dict[str, Any] = {**initial, "client_token": uuid.uuid4(), "version": 0}
    if draft:
        values["body"] = references_to_names(draft.body, group)
        values["client_token"], values["version"] = draft.client_token, draft.version
        values["title"] = draft.title
    if begin:
        values["body"] = f"{values.get('body', '')}\n\n{begin}\n\n".lstrip("\n")
    sheet = form(initial=values)
    sheet.saved_words = _saved_words(draft) if draft else ""
    return sheet


def attempt[T](form: WritingForm, act: Callable[[bool], T]) -> T | None:
    """Do what the form asks; None when it is refused, with the reason in the form and what was typed kept.

    `act` takes whether the writer answered the gate's questions: it is tried without, and again with, when every
    passage that the gate asked about was answered for.
    """
    if not form.is_valid():
        return None
    try:
        try:
            return act(False)
        except PassagesFound as found:
            return None if form.show_findings(found.places) else act(True)
    except TextRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused)
    except TopicIsClosed:
        form.add_error(None, gettext("This topic was closed meanwhile. Your text is still here, to copy."))
    return None


def look_ahead(form: WritingForm, *, user: User, group: Group) -> None:
    """Put a preview of the text in the form, if the gate lets it pass; nothing is stored."""
    form.preview = attempt(form, lambda confirmed: _preview(form, user, group, confirmed))


def status_of(form: WritingForm) -> int:
    """Return the status of an answer with this form: fine, too large, or to be mended."""
    if not form.is_bound:
        return 200
    if form.has_error("body", "too_long"):
        return 413
    return 400 if form.errors else 200


def _preview(form: WritingForm, user: User, group: Group, confirmed: bool) -> SafeString:
    prepared = prepare(form.cleaned_data["body"], by=user, group=group)
    title = form.cleaned_data.get("title", "")
    require_clean_sheet(source=prepared.source, title=title, confirmed=confirmed)
    return preview(prepared)


def _saved_words(draft: Draft) -> str:
    return gettext("Draft saved %(when)s, on all your devices") % {"when": moment(draft.saved_at)}
