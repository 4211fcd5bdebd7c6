"""Reading `STORAGE_URL`: where an S3-compatible store is and how to sign in to it.

`s3://KEY:SECRET@host[:port]/bucket[/prefix]?region=eu-west-1&tls=0`. Pure, so that settings may use it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SIGNED_SECONDS = 60


class BadStorageUrlError(ValueError):
    """The address of the object store cannot be read; the message says what is missing."""


def options(url: str) -> dict[str, Any]:
    """Return django-storages' options for the bucket that this address names.

    Raises `BadStorageUrlError` for another scheme or a missing bucket.
    """
    parts = urlsplit(url)
    bucket, _slash, prefix = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not parts.hostname or not bucket:
        message = "STORAGE_URL must look like s3://KEY:SECRET@host/bucket?region=…"
        raise BadStorageUrlError(message)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "endpoint_url": origin(url),
        "bucket_name": bucket,
        "location": prefix,
        "region_name": asked.get("region", "us-east-1"),
        "addressing_style": asked.get("addressing", "path"),
        "signature_version": "s3v4",
        "file_overwrite": False,
        "querystring_expire": SIGNED_SECONDS,
    }


def origin(url: str) -> str:
    """Return scheme, host and port of the store, as a browser meets it (for the security policy too)."""
    parts = urlsplit(url)
    insecure = parse_qs(parts.query).get("tls") == ["0"]
    port = f":{parts.port}" if parts.port else ""
    return f"{'http' if insecure else 'https'}://{parts.hostname}{port}"


def storages_for(url: str) -> dict[str, dict[str, Any]]:
    """Return the `default` (public) and `private` entries of `STORAGES`: local disk, or the object store."""
    if not url:
        return {
            "default": {"BACKEND": "core.storages.PublicStorage"},
            "private": {"BACKEND": "core.storages.PrivateStorage"},
        }
    found = options(url)
    base = f"{found['location']}/".lstrip("/")
    return {
        "default": {
            "BACKEND": "core.storages.PublicObjectStorage",
            "OPTIONS": {**found, "location": f"{base}public", "querystring_auth": False},
        },
        "private": {
            "BACKEND": "core.storages.PrivateObjectStorage",
            "OPTIONS": {**found, "location": f"{base}private", "querystring_auth": True},
        },
    }
