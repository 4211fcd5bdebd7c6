"""The keys that sign credentials: made here, kept encrypted, published for good."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from openbadgeslib.keys import KeyRSA, public_jwk_from_pem

from accounts.models import User
from core import audit
from courses.learning.models import BadgeKey

ALGORITHM = "RS256"  # the one that every verifier of Open Badges 3.0 must know
KEY_BITS = 3072
PURPOSE = b"trede badge keys"


def signing_key() -> BadgeKey:
    """Return the key that signs now; the first time, make one."""
    found = BadgeKey.objects.filter(active=True).first()
    if found is not None:
        return found
    try:
        return new_key(by=None)
    except IntegrityError:  # another process was first; its key is the one
        return BadgeKey.objects.get(active=True)


@transaction.atomic
def new_key(*, by: User | None) -> BadgeKey:
    """Make a key that signs from now on; former ones sign no new credential, only their own status list."""
    private, public = KeyRSA(key_size=KEY_BITS).generate_keypair()
    jwk = _public_part(public)
    BadgeKey.objects.filter(active=True).update(active=False)
    key = BadgeKey.objects.create(
        kid=jwk["kid"], public_jwk=jwk, private_key=_cipher().encrypt(private).decode()
    )
    audit.record("learning.badge_key_made", by=by, obj=key, after={"kid": key.kid})
    return key


def private_pem(key: BadgeKey) -> bytes:
    """Return the private half; raises `cryptography.fernet.InvalidToken` when SECRET_KEY is not the one of then."""
    return _cipher().decrypt(key.private_key.encode())


def public_keys() -> dict[str, Any]:
    """Return every key that was not withdrawn as a JSON Web Key Set."""
    published = BadgeKey.objects.filter(withdrawn_at=None).order_by("pk")
    return {"keys": list(published.values_list("public_jwk", flat=True))}


@transaction.atomic
def withdraw_key(kid: str, *, by: User | None) -> BadgeKey:
    """Publish a key no more because it leaked: what it signed no longer verifies. Raises BadgeKey.DoesNotExist.

    Certificates that it signed need a new copy; the next one is signed by a new key.
    """
    key = BadgeKey.objects.select_for_update().get(kid=kid)
    key.active, key.withdrawn_at = False, timezone.now()
    key.save(update_fields=["active", "withdrawn_at"])
    audit.record("learning.badge_key_withdrawn", by=by, obj=key, after={"kid": key.kid})
    return key


def _public_part(public_pem: bytes) -> dict[str, Any]:
    jwk = {
        name: value for name, value in public_jwk_from_pem(public_pem).items() if name in {"kty", "n", "e"}
    }
    return {**jwk, "use": "sig", "alg": ALGORITHM, "kid": thumbprint(jwk)}


def thumbprint(jwk: dict[str, Any]) -> str:
    """Return the name of an RSA key by its own digits (RFC 7638)."""
    facts = json.dumps({name: jwk[name] for name in ("e", "kty", "n")}, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(facts.encode()).digest()).rstrip(b"=").decode()


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
