"""What researchers may see: posts whose authors agree at this very moment, and nothing else (decisions 6 and 27)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.consent import has_consent_q
from accounts.models import ConsentState, Purpose, Role, ScopeKind, User
from accounts.permissions import Permission, Somebody, can, current_assignments, scope_ids
from intervision.forum.models import Deletion, Post, Quote
from intervision.research.models import DeskMark, Participant, Study

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

SOURCES_A_PAGE = 20


class Consented(TypedDict):
    """What `sources_of` adds: since when the author agrees."""

    agreed_at: dt.datetime


class Newest(TypedDict):
    """What `mark_of` adds: the id of the study's newest source, 0 when there is none."""

    newest: int


type MarkAndNewest = "WithAnnotations[DeskMark, Newest]"
type SourcePost = "WithAnnotations[Post, Consented]"


@dataclass(frozen=True)
class SourcePage:
    """A page of sources, the newest first; `older_than` is the key of the next page, None at the end."""

    posts: list[SourcePost]
    older_than: int | None


def studies_to_staff(user: Somebody) -> list[tuple[int, str]]:
    """Return the studies for which this person may hand out roles, with their names."""
    if not can(user, Permission.MANAGE_USERS):
        return []
    return list(Study.objects.order_by("name", "pk").values_list("pk", "name"))


def own_study(user: Somebody) -> Study | None:
    """Return the project's own study for those who look after studies: the one that the house's consent is about."""
    if not can(user, Permission.MANAGE_STUDIES):
        return None
    return Study.objects.filter(consent_key="").first()


def researchers_of(study: Study) -> QuerySet[User]:
    """Return who reads in a study now, by name."""
    here = Q(scope_kind=ScopeKind.SITE) | Q(scope_kind=ScopeKind.STUDY, scope_id=study.pk)
    roles = current_assignments().filter(here, user=OuterRef("pk"), role=Role.RESEARCHER)
    return User.objects.filter(Exists(roles), is_active=True).order_by("display_name", "pk")


def study_names(ids: Collection[int]) -> dict[int, str]:
    """Return what these studies are called."""
    return dict(Study.objects.filter(pk__in=ids).values_list("pk", "name"))


def studies_visible_to(user: Somebody) -> QuerySet[Study]:
    """Return the studies in which this person reads what was consented to."""
    own = scope_ids(user, Permission.READ_CONSENTED, ScopeKind.STUDY)
    return Study.objects.all() if own is None else Study.objects.filter(pk__in=own)


def consented_posts(study: Study, *, author: str = "author") -> QuerySet[Post]:
    """Return the posts that still have a text and whose authors agree to this study now."""
    agreed = has_consent_q(Purpose.READ_POSTS, author=author, study=study.consent_key)
    return Post.objects.filter(agreed, deletion=Deletion.NONE)


def sources_of(study: Study) -> QuerySet[SourcePost]:
    """Return the study's sources with what their rows need, the newest first."""
    state = ConsentState.objects.filter(
        subject=OuterRef("author"), purpose=Purpose.READ_POSTS, study=study.consent_key, given=True
    )
    posts = consented_posts(study).annotate(agreed_at=Subquery(state.values("changed_at")[:1]))
    return posts.select_related("topic").order_by("-pk")


def new_since(posts: QuerySet[SourcePost], mark: DeskMark) -> QuerySet[SourcePost]:
    """Return the sources that came since a researcher's visit before: later posts, and those of people who agreed later."""
    if mark.before_upto is None or mark.before_at is None:
        return posts.none()
    return posts.filter(Q(pk__gt=mark.before_upto) | Q(agreed_at__gt=mark.before_at))


def new_since_visit(posts: QuerySet[SourcePost], mark: DeskMark) -> QuerySet[SourcePost]:
    """Return the sources that came after a researcher's last visit: what the next one shows as new."""
    return posts.filter(Q(pk__gt=mark.seen_upto) | Q(agreed_at__gt=mark.seen_at))


def source_page(posts: QuerySet[SourcePost], *, older_than: int | None = None) -> SourcePage:
    """Return a page of sources by post id; `older_than` is where the former page ended."""
    if older_than is not None:
        posts = posts.filter(pk__lt=older_than)
    found = list(posts[: SOURCES_A_PAGE + 1])
    more = len(found) > SOURCES_A_PAGE
    return SourcePage(found[:SOURCES_A_PAGE], found[SOURCES_A_PAGE - 1].pk if more else None)


def newest_source(study: Study) -> int:
    """Return the id of the study's newest source, 0 when there is none."""
    return _newest_first(study).first() or 0


def _newest_first(study: Study) -> QuerySet[Post, int]:
    return consented_posts(study).order_by("-pk").values_list("pk", flat=True)


def mark_of(researcher: User, study: Study) -> MarkAndNewest | None:
    """Return how far a researcher read in a study, with the id of its newest source; None before the first visit."""
    newest = Coalesce(Subquery(_newest_first(study)[:1]), 0)
    return DeskMark.objects.filter(researcher=researcher, study=study).annotate(newest=newest).first()


def pseudonyms_of(study: Study) -> dict[int, Participant]:
    """Return the participants who agree now, by user id."""
    agreed = has_consent_q(Purpose.READ_POSTS, author="subject", study=study.consent_key)
    return {participant.subject_id: participant for participant in study.participants.filter(agreed)}


def unnamed_subjects(study: Study) -> list[int]:
    """Return the ids of people who agree and have no pseudonym in this study yet."""
    agreeing = ConsentState.objects.filter(
        purpose=Purpose.READ_POSTS, study=study.consent_key, given=True, subject__erased_at=None
    )
    named = study.participants.values("subject_id")
    return list(agreeing.exclude(subject__in=named).values_list("subject_id", flat=True))


def quotes_in(posts: list[int], study: Study) -> QuerySet[Quote]:
    """Return the quotations in these posts of passages whose authors agree too."""
    agreed = has_consent_q(Purpose.READ_POSTS, author="target__author", study=study.consent_key)
    found = Quote.objects.filter(agreed, post__in=posts, target__deletion=Deletion.NONE, is_lost=False)
    return found.select_related("target")


def participants_among(study: Study, subjects: Collection[int]) -> dict[int, Participant]:
    """Return the pseudonyms of these people in a study, by user id."""
    found = study.participants.filter(subject__in=subjects)
    return {participant.subject_id: participant for participant in found}
