"""Pages to write: a new topic, a change, taking a post away; and what the editor asks while writing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from intervision.forum.actions import delete_post, edit_post, start_topic
from intervision.forum.errors import EditConflict
from intervision.forum.forms import EditForm, ReplyForm, TopicForm
from intervision.forum.models import DraftTarget, Group, Post, Topic, TopicKind
from intervision.forum.permissions import may_delete, may_edit
from intervision.forum.queries import groups_visible_to, posts_visible_to, readers_of
from intervision.forum.references import QuoteToken
from intervision.forum.texts import references_to_names, relocate
from intervision.forum.views.sheets import attempt, blank_sheet, look_ahead, member, status_of

PEOPLE_OFFERED = 8


@require_http_methods(["GET", "POST"])
def new_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a topic in a group."""
    user = member(request)
    group = get_object_or_404(groups_visible_to(user), pk=pk)
    if request.method != "POST":
        form = blank_sheet(TopicForm, user=user, kind=DraftTarget.TOPIC, target_id=group.pk, group=group)
    elif "preview" in request.POST:
        form = TopicForm(request.POST)
        look_ahead(form, user=user, group=group)
    else:
        form = TopicForm(request.POST)
        if topic := attempt(form, lambda confirmed: _start(group, form, user, confirmed)):
            return redirect(topic)
    return render(request, "forum/new_topic.html", {"group": group, "form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own post."""
    user = member(request)
    post = get_object_or_404(posts_visible_to(user).select_related("topic__group", "author"), pk=pk)
    if not may_edit(user, post):
        raise PermissionDenied
    if request.method != "POST":
        return _edit_page(request, post, _edit_sheet(post, user))
    form = EditForm(request.POST)
    if "preview" in request.POST:
        look_ahead(form, user=user, group=post.topic.group)
        return _edit_page(request, post, form)
    try:
        changed = attempt(form, lambda confirmed: _change(post, form, user, confirmed))
    except EditConflict as conflict:
        form.add_error(None, gettext("This message was changed elsewhere since you opened it."))
        return _edit_page(request, conflict.post, form, conflict=True)
    return redirect(changed.get_absolute_url()) if changed else _edit_page(request, post, form)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take a post's text away."""
    user = member(request)
    post = get_object_or_404(posts_visible_to(user).select_related("topic__group", "author"), pk=pk)
    if not may_delete(user, post):
        raise PermissionDenied
    if request.method == "POST":
        delete_post(post, by=user)
        messages.success(request, gettext("The message is gone. Its place in the topic stays."))
        return redirect(post.get_absolute_url())
    context = {"post": post, "topic": post.topic, "group": post.topic.group}
    return render(request, "forum/delete.html", context)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a piece of page with the text as it would look, or with what the gate found."""
    user = member(request)
    group = get_object_or_404(groups_visible_to(user), pk=pk)
    form = ReplyForm(request.POST)
    look_ahead(form, user=user, group=group)
    return render(request, "forum/_findings.html", {"form": form}, status=status_of(form))


@require_POST
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Return how to quote a selected passage of a post (in the request's body: addresses end up in logs)."""
    post = get_object_or_404(posts_visible_to(member(request)).filter(deletion=""), pk=pk)
    passage = "\n".join(line.strip() for line in request.POST.get("passage", "").splitlines() if line.strip())
    place = relocate(passage, post.plain_text, near=0)
    token = QuoteToken(post.pk, post.revision, *place) if place else QuoteToken(post.pk)
    return JsonResponse({"token": str(token)})


@require_POST
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Return readers of a group whose name holds what was typed after an @."""
    user = member(request)
    group = get_object_or_404(groups_visible_to(user), pk=pk)
    typed = request.POST.get("typed", "").strip()[:50]
    found = readers_of(group).filter(display_name__icontains=typed).exclude(pk=user.pk)
    offered = list(found.order_by("display_name", "pk")[:PEOPLE_OFFERED])
    names = [person.display_name for person in offered]
    return JsonResponse({"people": [_offer(person, names) for person in offered]})


def _offer(person: User, names: list[str]) -> dict[str, str]:
    name = person.display_name
    write = f"@{name}" if names.count(name) == 1 else f"[[@{person.pk}]]"
    return {"name": name, "title": person.work_title, "write": write}


def _start(group: Group, form: TopicForm, user: User, confirmed: bool) -> Topic:
    return start_topic(
        group,
        kind=TopicKind(form.cleaned_data["kind"]),
        title=form.cleaned_data["title"],
        text=form.cleaned_data["body"],
        by=user,
        client_token=form.token,
        confirmed=confirmed,
    )


def _change(post: Post, form: EditForm, user: User, confirmed: bool) -> Post:
    data = form.cleaned_data
    return edit_post(
        post, text=data["body"], seen_revision=data["seen_revision"], by=user, confirmed=confirmed
    )


def _edit_sheet(post: Post, user: User) -> EditForm:
    group = post.topic.group
    body = references_to_names(post.source, group)
    where: dict[str, Any] = {"kind": DraftTarget.EDIT, "target_id": post.pk, "group": group}
    return blank_sheet(EditForm, user=user, body=body, seen_revision=post.revision, **where)


def _edit_page(request: HttpRequest, post: Post, form: EditForm, *, conflict: bool = False) -> HttpResponse:
    context = {
        "post": post,
        "topic": post.topic,
        "group": post.topic.group,
        "form": form,
        "conflict": conflict,
    }
    return render(request, "forum/edit.html", context, status=409 if conflict else status_of(form))
