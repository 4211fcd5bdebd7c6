"""Pages to read: all groups, one group, one topic, a post's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from core.once import remember
from intervision.forum.actions import add_post, mark_read
from intervision.forum.diffs import changes_of
from intervision.forum.forms import ReplyForm
from intervision.forum.models import DraftTarget, Group, Post, Topic
from intervision.forum.permissions import may_moderate, may_reply, takes_part
from intervision.forum.queries import groups_visible_to, posts_visible_to, topic_page, with_unread
from intervision.forum.reader_queries import (
    OpenedTopic,
    company_of,
    draft_count,
    news_for,
    opened,
    posts_on_page,
    readable_groups,
)
from intervision.forum.references import QuoteToken
from intervision.forum.rendering import show
from intervision.forum.views.sheets import attempt, blank_sheet, look_ahead, member, status_of
from intervision.forum.words import day, moment
from notifications.actions import mark_read_about
from notifications.queries import unread_count

NEWS_SHOWN = 10
PAGES_AROUND = 2


@dataclass(frozen=True)
class Pages:
    """The pages of a topic around the one that is read."""

    now: int
    last: int

    @property
    def around(self) -> range:
        """Return the numbers to show, this page in their middle."""
        return range(max(1, self.now - PAGES_AROUND), self.end + 1)

    @property
    def end(self) -> int:
        """Return the last number of those around."""
        return min(self.last, self.now + PAGES_AROUND)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the reader's groups and what is new in them."""
    user = member(request)
    if not takes_part(user):
        raise PermissionDenied
    groups = sorted(readable_groups(user), key=lambda group: (group.is_open, group.name))
    context = {"groups": groups, "news": news_for(user, limit=NEWS_SHOWN), "drafts": draft_count(user)}
    return render(request, "forum/index.html", context)


@require_GET
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the topics of a group: the pinned ones, then the newest first, a page at a time."""
    user = member(request)
    found = get_object_or_404(groups_visible_to(user), pk=pk)
    topics = with_unread(Topic.objects.filter(group=found), user)
    older_than = _number(request.GET.get("voor"))
    page = topic_page(topics.filter(is_pinned=False), older_than=older_than)
    pinned = topic_page(topics.filter(is_pinned=True)).topics if older_than is None else []
    context = {
        "group": found,
        "pinned": pinned,
        "page": page,
        "older_than": older_than,
        "older_url": f"{found.get_absolute_url()}?voor={page.older_than}" if page.older_than else "",
        **_company(found),
    }
    return render(request, "forum/group.html", context)


@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page of a topic with a sheet to answer on, and take the answer."""
    user = member(request)
    found = opened(user, pk)
    if found is None:
        raise Http404
    if request.method != "POST":
        remember(user)
        return _topic_page(request, found, _reply_sheet(request, found, user), user)
    form = ReplyForm(request.POST)
    if "preview" in request.POST:
        look_ahead(form, user=user, group=found.group)
    elif answer := attempt(form, lambda confirmed: _answer(found, form, user, confirmed)):
        return redirect(answer.get_absolute_url())
    return _topic_page(request, found, form, user)


@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a post's place in its topic."""
    return redirect(get_object_or_404(posts_visible_to(member(request)), pk=pk).get_absolute_url())


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was changed in a post, change by change."""
    visible = posts_visible_to(member(request)).filter(deletion="").select_related("topic__group", "author")
    found = get_object_or_404(visible, pk=pk)
    context = {"post": found, "topic": found.topic, "group": found.topic.group, "changes": changes_of(found)}
    return render(request, "forum/history.html", context)


def _topic_page(request: HttpRequest, topic: OpenedTopic, form: ReplyForm, user: User) -> HttpResponse:
    pages = Pages(_page(request, topic), topic.page_count)
    listed = posts_on_page(topic, pages.now)
    posts = show(listed, topic, user, seen_upto=topic.upto if topic.read_at else None)
    if request.method == "GET" and listed and listed[-1].number > topic.upto:
        mark_read(topic, upto=listed[-1].number, by=user)
        if unread_count(user):
            mark_read_about(topic, by=user)
    context = {
        "topic": topic,
        "group": topic.group,
        "posts": posts,
        "form": form,
        "pages": pages,
        "first_number": listed[0].number if listed else 1,
        "may_reply": may_reply(user, topic),
        "may_moderate": may_moderate(user, topic),
        "started": day(topic.created_at),
        "read_at": moment(topic.read_at) if topic.read_at else "",
        **_company(topic.group),
    }
    return render(request, "forum/topic.html", context, status=status_of(form))


def _answer(topic: Topic, form: ReplyForm, user: User, confirmed: bool) -> Post:
    text = form.cleaned_data["body"]
    return add_post(topic, text=text, by=user, client_token=form.token, confirmed=confirmed)


def _reply_sheet(request: HttpRequest, topic: OpenedTopic, user: User) -> ReplyForm:
    quoted = _number(request.GET.get("citeer"))
    begin = str(QuoteToken(quoted)) if quoted else ""
    where: dict[str, Any] = {"kind": DraftTarget.REPLY, "target_id": topic.pk, "group": topic.group}
    return blank_sheet(ReplyForm, user=user, begin=begin, has_draft=topic.has_draft, **where)


def _company(group: Group) -> dict[str, Any]:
    """Return who may read along: for a closed group the people, for an open one only that it is everybody."""
    return {"readers": [] if group.is_open else company_of(group)}


def _page(request: HttpRequest, topic: Topic) -> int:
    asked = topic.page_count if request.method == "POST" else _number(request.GET.get("pagina")) or 1
    return min(max(asked, 1), topic.page_count)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
