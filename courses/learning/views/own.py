"""What every screen of a learner starts with: who asks, and what is theirs."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from courses.catalogue.models import ItemKind
from courses.catalogue.queries import Item, Outline
from courses.learning import queries
from courses.learning.models import Enrolment


def learner(request: HttpRequest) -> User:
    """Return the person who asks."""
    return cast("User", request.user)


def own(request: HttpRequest, pk: int) -> Enrolment:
    """Return the person's own open enrolment; anybody else's does not exist for them."""
    return get_object_or_404(queries.enrolments_of(request.user), pk=pk)


def item_of(outline: Outline, pk: int, *kinds: ItemKind) -> Item:
    """Return an item of an edition, of one of these kinds; anything else does not exist."""
    item = outline.by_id.get(pk)
    if item is None or item.kind not in kinds:
        raise Http404
    return item
