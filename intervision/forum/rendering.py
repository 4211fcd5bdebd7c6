"""Posts as one particular reader may see them: quotes and mentions are filled in here, two queries a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from accounts.models import User
from intervision.forum.markdown import VERSION, render
from intervision.forum.models import Deletion, Mention, Post, Quote, Topic
from intervision.forum.permissions import is_own, may_moderate, may_reply
from intervision.forum.queries import posts_visible_to
from intervision.forum.reader_queries import NamedPost
from intervision.forum.references import MARK, OBJECT, OPEN_MARK, QUOTE_PARAGRAPH
from intervision.forum.texts import Prepared
from intervision.forum.words import moment

type QuoteWriter = Callable[[int], SafeString]
type MentionWriter = Callable[[int], SafeString]


@dataclass(slots=True)
class ShownPost:
    """A post with everything that its row in a topic needs, worked out once; `key` is its id as text."""

    pk: int
    key: str
    author_id: int | None
    author_name: str
    when: str
    body: SafeString
    tombstone: str
    is_deleted: bool
    is_edited: bool
    is_new: bool
    starts_new: bool
    may_edit: bool
    may_delete: bool


def show(
    posts: Iterable[NamedPost], topic: Topic, reader: User, *, seen_upto: int | None = None
) -> list[ShownPost]:
    """Return a topic's posts ready for a reader's screen.

    `seen_upto` is the number up to which they read before, None when they never did.
    """
    listed = list(posts)
    bodies = _bodies(listed, reader)
    moderates, open_now = may_moderate(reader, topic), may_reply(reader, topic)
    nobody = gettext("former member")
    return [
        ShownPost(
            pk=post.pk,
            key=str(post.pk),
            author_id=post.author_id,
            author_name=post.author_name or nobody,
            when=moment(post.created_at),
            body=bodies[post.pk],
            tombstone=tombstone(post) if post.is_deleted else "",
            is_deleted=post.is_deleted,
            is_edited=post.edited_at is not None,
            is_new=seen_upto is not None and post.number > seen_upto,
            starts_new=bool(seen_upto) and post.number == (seen_upto or 0) + 1,
            may_edit=open_now and is_own(reader, post),
            may_delete=not post.is_deleted and (moderates or is_own(reader, post)),
        )
        for post in listed
    ]


def tombstone(post: Post) -> str:
    """Return the sentence that stands in an emptied post's place."""
    return {
        Deletion.AUTHOR: gettext("The author took this message away."),
        Deletion.FACILITATOR: gettext("The facilitator took this message away."),
        Deletion.ERASED: gettext("This member left; their messages are erased."),
    }[Deletion(post.deletion)]


def fill(html: str, quote: QuoteWriter, mention: MentionWriter) -> SafeString:
    """Put quotes and mentions in the place of their marks; `html` is a post's cleaned HTML."""
    if OPEN_MARK not in html:
        return mark_safe(html)  # noqa: S308 -- cleaned by nh3 at save
    filled = QUOTE_PARAGRAPH.sub(lambda found: quote(int(found[1])), html)
    filled = MARK.sub(
        lambda found: quote(int(found[2])) if found[1] == "q" else mention(int(found[2])), filled
    )
    return mark_safe(filled)  # noqa: S308 -- cleaned by nh3 at save; the writers return escaped text


def html_of(post: Post) -> str:
    """Return a post's cleaned HTML, made anew when it comes from an older version of the cleaner."""
    return post.html if post.html_version == VERSION else render(post.source).html


def quote_block(who: SafeString, passage: str) -> SafeString:
    """Return a quotation of a passage; references inside it become an ellipsis."""
    words = escape(passage.replace(OBJECT, "[…]")).replace("\n", "<br>")
    return format_html('<blockquote class="post__quote">{}: {}</blockquote>', who, mark_safe(words))  # noqa: S308 -- escaped on the line above


def no_quote(why: str) -> SafeString:
    """Return what stands in the place of a quotation that this reader does not get."""
    return format_html('<blockquote class="post__quote post__quote--gone">{}</blockquote>', why)


def _bodies(posts: Sequence[Post], reader: User) -> dict[int, SafeString]:
    bodies = {post.pk: html_of(post) for post in posts}
    referring = [pk for pk, html in bodies.items() if OPEN_MARK in html]
    if not referring:
        return {pk: mark_safe(html) for pk, html in bodies.items()}  # noqa: S308 -- cleaned by nh3 at save
    quotes = _quotes(referring, reader)
    names = _names(referring)
    return {
        pk: fill(html, _writer_of(quotes, pk), lambda user: _named(names.get(user)))
        for pk, html in bodies.items()
    }


def _writer_of(quotes: dict[tuple[int, int], SafeString], pk: int) -> QuoteWriter:
    return lambda position: quotes.get((pk, position)) or _absent()


def _quotes(posts: list[int], reader: User) -> dict[tuple[int, int], SafeString]:
    found = Quote.objects.filter(post__in=posts, target__in=posts_visible_to(reader))
    return {
        (quote.post_id, quote.position): _quoted(quote) for quote in found.select_related("target__author")
    }


def _quoted(quote: Quote) -> SafeString:
    target = quote.target
    if target.is_deleted:
        return no_quote(gettext("A message that was quoted here is gone."))
    name = target.author.display_name if target.author else gettext("former member")
    who = format_html('<a href="{}">{}</a>', target.get_absolute_url(), name)
    if quote.is_lost:
        return format_html(
            '<blockquote class="post__quote post__quote--gone">{}: {}</blockquote>',
            who,
            gettext("changed this passage later."),
        )
    return quote_block(who, target.plain_text[quote.start : quote.end])


def _absent() -> SafeString:
    return no_quote(gettext("A message that was quoted here is gone."))


def _names(posts: list[int]) -> dict[int, str]:
    found = Mention.objects.filter(post__in=posts, user__erased_at=None)
    return dict(found.values_list("user_id", "user__display_name"))


def _named(name: str | None) -> SafeString:
    if name is None:
        return format_html('<span class="mention mention--gone">@{}</span>', gettext("former member"))
    return format_html('<span class="mention">@{}</span>', name)


def preview(prepared: Prepared) -> SafeString:
    """Return a text that is not stored yet, as it would look to its writer."""
    people = dict(User.objects.filter(pk__in=prepared.mentioned).values_list("pk", "display_name"))
    quotes = [
        _quoted(Quote(target=anchor.target, start=anchor.start, end=anchor.end, is_lost=anchor.is_lost))
        for anchor in prepared.anchors
    ]
    return fill(
        prepared.rendered.html,
        lambda place: quotes[place] if place < len(quotes) else _absent(),
        lambda user: _named(people.get(user)),
    )
