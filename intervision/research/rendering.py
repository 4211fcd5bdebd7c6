"""Posts as researchers may see them: pseudonyms, the week instead of the moment, nothing of those who did not agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from intervision.forum.rendering import fill, html_of, no_quote, quote_block
from intervision.research.models import DeskMark, Participant, Study
from intervision.research.outside import HandedOver
from intervision.research.queries import SourcePost, participants_among, pseudonyms_of, quotes_in


@dataclass(frozen=True)
class Source:
    """One source on the researcher's page; holds no id of a person."""

    pseudonym: str
    number: int
    kind: str
    title: str
    week: str
    is_edited: bool
    is_new: bool
    body: SafeString


def show(posts: Sequence[SourcePost], study: Study, mark: DeskMark) -> list[Source]:
    """Return sources ready for the page: two queries, however many there are."""
    people = pseudonyms_of(study)
    quotes = {
        (quote.post_id, quote.position): quote for quote in quotes_in([post.pk for post in posts], study)
    }
    quoted = {
        key: quote_block(
            escape(people[quote.target.author_id].pseudonym), quote.target.plain_text[quote.start : quote.end]
        )
        for key, quote in quotes.items()
        if quote.target.author_id in people
    }
    return [_source(post, people, quoted, mark) for post in posts if post.author_id in people]


def week_of(post: SourcePost) -> str:
    """Return the week in which a post was written, as in week 47 of 2026; never the day or the time."""
    return week_of_day(timezone.localdate(post.created_at))


def week_of_day(day: dt.date) -> str:
    """Return the week of a day, as in week 47 of 2026."""
    year, week, _day = day.isocalendar()
    return gettext("week %(week)d of %(year)d") % {"week": week, "year": year}


def _source(
    post: SourcePost,
    people: dict[int, Participant],
    quoted: dict[tuple[int, int], SafeString],
    mark: DeskMark,
) -> Source:
    who = people[post.author_id or 0]
    own_title = post.topic.author_id in people
    return Source(
        pseudonym=who.pseudonym,
        number=who.number,
        kind=post.topic.get_kind_display(),
        title=post.topic.title if own_title else "",
        week=week_of(post),
        is_edited=post.edited_at is not None,
        is_new=_is_new(post, mark),
        body=fill(
            html_of(post),
            lambda position: quoted.get((post.pk, position)) or _left_out(),
            lambda user: _mention(people.get(user)),
        ),
    )


def _is_new(post: SourcePost, mark: DeskMark) -> bool:
    if mark.before_upto is None or mark.before_at is None:
        return False
    return post.pk > mark.before_upto or post.agreed_at > mark.before_at


def _left_out() -> SafeString:
    return no_quote(gettext("[quotation left out: its author did not agree]"))


def _mention(participant: Participant | None) -> SafeString:
    name = participant.pseudonym if participant else gettext("colleague")
    return format_html('<span class="mention">[{}]</span>', name)


@dataclass(frozen=True)
class HandedText:
    """A text that somebody handed over, as researchers read it; holds no id of a person."""

    pseudonym: str
    number: int
    week: str
    text: str


def show_handed_over(texts: Sequence[HandedOver], study: Study) -> list[HandedText]:
    """Return what was handed over ready for the page: one query, however many texts."""
    people = participants_among(study, {text.subject_id for text in texts})
    return [
        HandedText(
            pseudonym=people[text.subject_id].pseudonym,
            number=people[text.subject_id].number,
            week=week_of_day(text.day),
            text=text.text,
        )
        for text in texts
        if text.subject_id in people
    ]
