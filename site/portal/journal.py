"""Where a copy of a journal entry can go besides the trainer: an intervision group, or the researchers.

Training, intervision and research do not know each other; the portal stands above all three and joins them.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Purpose, User
from courses.learning.models import JournalShare, ShareAudience
from courses.learning.queries import shared_with_research
from courses.learning.sharing import Destination, Receiver, SharingRefusedError, Shown
from intervision.forum.actions import start_topic
from intervision.forum.actions.posts import empty
from intervision.forum.errors import TextRefused
from intervision.forum.models import Deletion, Group, GroupKind, Post, TopicKind
from intervision.forum.permissions import takes_part
from intervision.forum.queries import groups_visible_to
from intervision.research.models import Study
from intervision.research.outside import HandedOver
from intervision.research.rendering import week_of_day

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_AT_THE_START = re.compile(r"^([-+=]|\d+[.)])", re.MULTILINE)


def groups_of(writer: User) -> Iterator[Destination]:
    """Offer the intervision groups in which the writer takes part."""
    if not takes_part(writer):
        return
    for group in groups_visible_to(writer).filter(kind=GroupKind.INTERVISION).order_by("name", "pk"):
        yield Destination(
            ShareAudience.GROUP,
            group.pk,
            group.name,
            _("As a new topic, a lesson learned, under your name. Everybody in this group reads it."),
        )


def as_a_topic(writer: User, day: dt.date, text: str) -> Shown:
    """A group sees who wrote it, a title of ours and the words."""
    return Shown(name=writer.display_name, when=_("today"), title=_topic_title(), text=text)


def _topic_title() -> str:
    return _("Lesson learned, from my journal")


def post_in_group(share: JournalShare) -> str:
    """Start a topic with the copy; the receipt is the id of its first post."""
    writer = share.entry.writer
    group = Group.objects.get(pk=share.target_id)
    try:
        topic = start_topic(
            group,
            kind=TopicKind.LESSON,
            title=_topic_title(),
            text=literally(share.text),
            by=writer,
            client_token=uuid.uuid5(uuid.NAMESPACE_OID, f"journal-share-{share.pk}"),
            confirmed=True,
        )
    except TextRefused as refused:
        raise SharingRefusedError(" ".join(refused.messages)) from refused
    return str(topic.posts.values_list("pk", flat=True).get(number=1))


def take_out_of_group(share: JournalShare) -> None:
    """Empty the first post of the topic; what colleagues answered stays theirs."""
    post = Post.objects.filter(pk=int(share.receipt or 0), deletion=Deletion.NONE).first()
    if post is not None:
        empty(post, Deletion.AUTHOR)


def literally(text: str) -> str:
    """Return Markdown that shows exactly these words: no list, heading, quotation, mention or link comes of them."""
    lines = (line.strip() for line in text.splitlines())
    escaped = _MARKS.sub(r"\\\1", "\n".join(lines).replace("&", "&amp;"))
    return _AT_THE_START.sub(_break_mark, escaped).replace("@", "&#64;").replace("://", ":&#47;/")


def _break_mark(found: re.Match[str]) -> str:
    mark = found[1]
    return f"{mark[:-1]}\\{mark[-1]}"


def studies(_writer: User) -> Iterator[Destination]:
    """Offer every study; each asks for consent to its own reading of shared entries."""
    for study in Study.objects.order_by("name", "pk"):
        yield Destination(
            ShareAudience.RESEARCH,
            study.pk,
            study.name,
            _("The researchers of this study read it, under a pseudonym and with the week only."),
            purpose=Purpose.READ_SHARED,
            study=study.consent_key,
        )


def as_researchers_see_it(_writer: User, day: dt.date, text: str) -> Shown:
    """Researchers see a pseudonym, the week and the words."""
    return Shown(name=_("a pseudonym"), when=week_of_day(day), text=text)


def from_journals(study: Study) -> list[HandedOver]:
    """Return the copies handed to a study by people who agree now."""
    return [
        HandedOver(
            subject_id=share.entry.writer_id, day=share.day, handed_at=share.created_at, text=share.text
        )
        for share in shared_with_research(study.pk, study.consent_key)
    ]


RECEIVERS = (
    Receiver(
        ShareAudience.GROUP,
        label=gettext_lazy("My intervision group"),
        destinations=groups_of,
        shown=as_a_topic,
        deliver=post_in_group,
        withdraw=take_out_of_group,
    ),
    Receiver(
        ShareAudience.RESEARCH,
        label=gettext_lazy("The researchers"),
        destinations=studies,
        shown=as_researchers_see_it,
    ),
)
