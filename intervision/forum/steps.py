"""What the forum puts on a member's list of next steps."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.models import User
from core.next_steps import NextStep, Wing
from intervision.forum.permissions import takes_part
from intervision.forum.reader_queries import news_for, unanswered_for


def steps_for(user: User) -> Iterator[NextStep]:
    """Return: read what is new, and answer the question that waits longest."""
    if not takes_part(user):
        return
    if news := news_for(user):
        yield _read(len(news))
    if waiting := unanswered_for(user):
        yield NextStep(
            key=f"forum.unanswered.{waiting.pk}",
            wing=Wing.INTERVISION,
            icon="talk",
            title=gettext("Answer a colleague's question"),
            text=gettext("Nobody answered yet: “%(title)s”") % {"title": waiting.title},
            url=waiting.get_absolute_url(),
            minutes=5,
            weight=40,
            action=gettext("To the question"),
        )


def _read(count: int) -> NextStep:
    text = ngettext("%(count)s topic has new messages.", "%(count)s topics have new messages.", count)
    return NextStep(
        key="forum.news",
        wing=Wing.INTERVISION,
        icon="talk",
        title=gettext("Read what is new in your intervision"),
        text=text % {"count": count},
        url=reverse("forum:index"),
        minutes=3 * min(count, 5),
        weight=35,
        action=gettext("To intervision"),
    )
