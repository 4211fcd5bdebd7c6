"""Which sources a page rests on: its own, and those of questions, quizzes and cases that it chooses, however deep.

A page under an editor's hands is read from its blocks themselves (`citations_of`). All pages together are read from
Wagtail's reference index (`pages_to_check`): the same answer a moment later, for a fixed number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from pages.models import Source

DEEPEST = 4  # page, quiz, question, source
type Way = tuple[models.Model, ...]
type Node = tuple[int, str]


@dataclass
class Citation:
    """A source of a page that needs looking at, and where it stands.

    `ways` are the snippets between page and source, the page's own block being the empty way; `overdue` says that it
    should have been checked again, `unconfirmed` that the medical reviewer never confirmed it as it stands.
    """

    source: Source
    overdue: bool
    unconfirmed: bool
    ways: list[Way] = field(default_factory=list)

    @property
    def through(self) -> list[models.Model]:
        """Return the snippets that hold the source, each once; those in which an editor finds it back."""
        return list({(type(way[-1]), way[-1].pk): way[-1] for way in self.ways if way}.values())

    @property
    def direct(self) -> bool:
        """Say whether it stands in the page's own blocks as well."""
        return any(not way for way in self.ways)


def citations_of(thing: models.Model, today: dt.date | None = None) -> list[Citation]:
    """Return the sources to look at of a page or snippet as it stands in memory, the overdue ones first.

    A fixed number of queries: one for the sources and one per kind of snippet and level.
    """
    ways: dict[int, list[Way]] = defaultdict(list)
    level: list[tuple[models.Model, Way]] = [(thing, ())]
    for _depth in range(DEEPEST):
        below: dict[type[models.Model], list[tuple[str, Way]]] = defaultdict(list)
        for one, way in level:
            for model, pk in _chosen_by(one):
                if model is Source:
                    ways[int(pk)].append(way)
                else:
                    below[model].append((pk, way))
        level = list(_loaded(below))
    found = Source.objects.in_bulk(ways)
    return _citations(((source, ways[pk]) for pk, source in found.items()), today)


def _chosen_by(thing: models.Model) -> set[tuple[type[models.Model], str]]:
    """Return model and key of every snippet that a page or snippet chooses, in its blocks or in a field."""
    carriers = set(get_snippet_models())
    found: set[tuple[type[models.Model], str]] = set()
    for one in thing._meta.concrete_fields:
        if isinstance(one, StreamField):
            chosen = one.extract_references(one.value_from_object(thing))
            found |= {(model, str(pk)) for model, pk, *_path in chosen if model in carriers}
        elif isinstance(one, models.ForeignKey) and one.related_model in carriers:
            pk = one.value_from_object(thing)
            found |= {(one.related_model, str(pk))} if pk is not None else set()
    return found


def _loaded(
    wanted: dict[type[models.Model], list[tuple[str, Way]]],
) -> Iterator[tuple[models.Model, Way]]:
    for model, rows in wanted.items():
        known = {
            str(pk): one for pk, one in model._default_manager.in_bulk({pk for pk, _way in rows}).items()
        }
        yield from ((known[pk], (*way, known[pk])) for pk, way in rows if pk in known)


def _citations(rows: Iterable[tuple[Source, list[Way]]], today: dt.date | None) -> list[Citation]:
    today = today or timezone.localdate()
    found = [Citation(source, source.overdue(today), not source.verified, ways) for source, ways in rows]
    needy = [one for one in found if one.overdue or one.unconfirmed]
    return sorted(
        needy, key=lambda one: (not one.overdue, one.source.review_due or dt.date.max, str(one.source))
    )


def pages_to_check(today: dt.date | None = None) -> dict[int, list[Citation]]:
    """Return the sources to look at by the page's primary key; five queries or so, however many pages there are."""
    needy = {
        str(one.source.pk): one for one in _citations(((one, []) for one in Source.objects.all()), today)
    }
    graph = _Graph.of_snippets()
    ways = {page: graph.ways_to_sources((graph.page_type, page), needy) for page in graph.pages()}
    names = graph.load({node for found in ways.values() for _pk, way in found for node in way})
    return {
        int(page): _citations(_by_source(found, needy, names).values(), today)
        for page, found in ways.items()
        if found
    }


def _by_source(
    found: Sequence[tuple[str, tuple[Node, ...]]], needy: dict[str, Citation], names: dict[Node, models.Model]
) -> dict[str, tuple[Source, list[Way]]]:
    rows: dict[str, tuple[Source, list[Way]]] = {}
    for pk, way in found:
        known = tuple(names[node] for node in way if node in names)
        rows.setdefault(pk, (needy[pk].source, []))[1].append(known)
    return rows


@dataclass
class _Graph:
    """What chooses which snippet, as the reference index knows it: nodes are content type and key."""

    chosen: dict[Node, set[Node]]
    page_type: int
    source_type: int

    @classmethod
    def of_snippets(cls) -> _Graph:
        types = ContentType.objects.get_for_models(Page, Source, *get_snippet_models())
        snippets = [found.pk for model, found in types.items() if model is not Page]
        rows = ReferenceIndex.objects.filter(to_content_type__in=snippets).values_list(
            "base_content_type_id", "object_id", "to_content_type_id", "to_object_id"
        )
        chosen: dict[Node, set[Node]] = defaultdict(set)
        for base, pk, to, to_pk in rows.distinct():
            chosen[base, pk].add((to, to_pk))
        return cls(chosen, types[Page].pk, types[Source].pk)

    def pages(self) -> list[str]:
        """Return the keys of the pages that choose a snippet."""
        return [pk for kind, pk in self.chosen if kind == self.page_type]

    def ways_to_sources(
        self, node: Node, needy: dict[str, Any], way: tuple[Node, ...] = ()
    ) -> list[tuple[str, tuple[Node, ...]]]:
        """Return the key of each source below a node that is among `needy`, with the snippets in between."""
        found: list[tuple[str, tuple[Node, ...]]] = []
        for below in sorted(self.chosen.get(node, ())):
            if below[0] == self.source_type:
                found += [(below[1], way)] if below[1] in needy else []
            elif len(way) < DEEPEST and below not in way:
                found += self.ways_to_sources(below, needy, (*way, below))
        return found

    def load(self, nodes: set[Node]) -> dict[Node, models.Model]:
        """Return the snippets at these nodes; one query per kind."""
        found: dict[Node, models.Model] = {}
        for kind in {kind for kind, _pk in nodes}:
            model = ContentType.objects.get_for_id(kind).model_class()
            if model is not None:
                known = model._default_manager.in_bulk([pk for of, pk in nodes if of == kind])
                found |= {(kind, str(pk)): one for pk, one in known.items()}
        return found
