"""Files and episodes that pinned pages and snippets show. They are not pinned themselves, but kept for as long as an edition shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import ProtectedError
from wagtail.fields import StreamField
from wagtail.models import Revision

from courses.catalogue.models import CourseEdition, EditionFile
from media.library.models import Download, Film, Picture, Sound
from media.podcast.models import EpisodePage

KEPT: tuple[type[models.Model], ...] = (Picture, Download, Sound, Film, EpisodePage)


def files_shown(revisions: Iterable[Revision]) -> set[tuple[type[models.Model], int]]:
    """Return model and primary key of every file and episode that these revisions show."""
    return {found for revision in revisions for found in _shown_by(revision.as_object())}


def _shown_by(version: models.Model) -> Iterator[tuple[type[models.Model], int]]:
    for field in version._meta.concrete_fields:
        if isinstance(field, StreamField):
            for model, pk, *_path in field.extract_references(field.value_from_object(version)):
                if model in KEPT:
                    yield model, int(pk)
        elif isinstance(field, models.ForeignKey) and field.related_model in KEPT:
            pk = field.value_from_object(version)
            if pk is not None:
                yield field.related_model, int(pk)


def keep_files(edition: CourseEdition) -> None:
    """Write down which files and episodes this edition shows."""
    revisions = Revision.objects.filter(pk__in=edition.items.values("revision"))
    types = {model: ContentType.objects.get_for_model(model) for model in KEPT}
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, content_type=types[model], object_id=pk)
        for model, pk in sorted(files_shown(revisions), key=lambda found: (found[0].__name__, found[1]))
    )


def editions_showing(thing: models.Model) -> models.QuerySet[CourseEdition]:
    """Return the editions that show this file or episode."""
    shown = EditionFile.objects.filter(
        content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk
    )
    return CourseEdition.objects.filter(pk__in=shown.values("edition"))


def names_of_editions_showing(thing: Any) -> list[str]:
    """Return the names of the editions that show this file, for words to editors."""
    return [str(edition) for edition in editions_showing(thing).order_by("title", "number")[:5]]


def refuse_to_lose(sender: type[models.Model], instance: models.Model, **_signal: Any) -> None:
    """Refuse to delete what an edition shows, whichever way it is tried; raises ProtectedError."""
    editions: set[models.Model] = set(editions_showing(instance))
    if editions:
        message = f"Editions show {instance._meta.label} {instance.pk}."
        raise ProtectedError(message, editions)
