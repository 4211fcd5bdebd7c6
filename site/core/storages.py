"""Two storages from the first migration: public files, and private ones behind a permission view (decision 10).

Local disk by default; any S3-compatible store when `STORAGE_URL` names one (`core.object_store`).
"""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class DiskStorage(FileSystemStorage):
    """A folder on local disk, named by a setting and read each time, so that a test can give it another one."""

    accel_folder = ""
    folder_setting = ""

    @property
    def base_location(self) -> str:
        """Return the folder."""
        return str(getattr(settings, self.folder_setting))

    @property
    def location(self) -> str:
        """Return the folder as an absolute path; names are resolved inside it and never outside."""
        return os.path.abspath(self.base_location)


@deconstructible(path="core.storages.PublicStorage")
class PublicStorage(DiskStorage):
    """Files that anybody may fetch at their own address."""

    accel_folder = "public"
    folder_setting = "PUBLIC_UPLOADS"


@deconstructible(path="core.storages.PrivateStorage")
class PrivateStorage(DiskStorage):
    """Files without an address: a view checks who asks, then hands them out."""

    accel_folder = "private"
    folder_setting = "PRIVATE_UPLOADS"

    def url(self, name: str | None) -> str:
        """Refuse: whoever needs an address asks the room that owns the file."""
        message = "A private file has no address of its own."
        raise ValueError(message)


class PublicObjectStorage(S3Storage):
    """Public files in the object store, at plain addresses; the bucket's policy opens this prefix."""


class PrivateObjectStorage(S3Storage):
    """Private files in the object store; an address is signed and lasts a minute at most."""


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under hashed names, whose addresses are worked out once per process: pages name dozens of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file; while files are collected and in DEBUG it is worked out anew."""
        if force or settings.DEBUG:
            return str(super().url(name, force))
        found = self._addresses.get(name)
        if found is None:
            found = self._addresses[name] = str(super().url(name))
        return found

    def save_manifest(self) -> None:
        """Write down which file has which name; addresses known until now may be old."""
        super().save_manifest()
        self._addresses.clear()


def private_storage() -> Storage:
    """Return the private storage; given to file fields as a callable, so that migrations name no place."""
    return storages["private"]


def public_storage() -> Storage:
    """Return the public storage."""
    return storages["default"]
