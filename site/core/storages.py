"""Two storages from the first migration: public files, and private ones behind a permission view (decision 10)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible


@deconstructible(path="core.storages.PublicStorage")
class PublicStorage(FileSystemStorage):
    """Files that anybody may fetch at their own address."""

    def __init__(self, **options: Any) -> None:
        super().__init__(location=str(settings.PUBLIC_UPLOADS), base_url=settings.MEDIA_URL, **options)


@deconstructible(path="core.storages.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Files without an address: a view checks who asks, then hands them out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(location=str(settings.PRIVATE_UPLOADS), base_url=None, **options)


def private_storage() -> Storage:
    """Return the private storage; given to file fields as a callable, so that migrations name no place."""
    return storages["private"]


def public_storage() -> Storage:
    """Return the public storage."""
    return storages["default"]
