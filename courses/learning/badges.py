"""Open Badges 3.0: a certificate as a verifiable credential, signed as a JWT (RS256).

Whoever holds the credential can have it verified without asking us, with the keys at `/.well-known/jwks.json`. Whether it
was withdrawn since stands in the status list that it names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openbadgeslib import baking
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3Signer,
    OpenBadgeCredential,
    build_status_list_credential,
    sign_status_list_credential,
    status_entry,
)

from courses.catalogue.models import ItemKind
from courses.learning.badge_keys import ALGORITHM, private_pem
from courses.learning.models import BadgeKey, Certificate

REVOCATION = "revocation"
STATUS_HOURS = 24
STATUS_TTL = 30_000  # milliseconds: a reader asks again after half a minute


def absolute(path: str) -> str:
    """Return an address with the site's own name before it, whoever asks."""
    return f"{settings.SITE_URL}{path}"


def issuer() -> Issuer:
    """Return who issues: the platform."""
    return Issuer(
        id=absolute(reverse("learning_machines:issuer")),
        name=settings.WAGTAIL_SITE_NAME,
        url=settings.SITE_URL,
    )


def achievement(certificate: Certificate) -> Achievement:
    """Return what was achieved: the course in its language, with what it asked."""
    with translation.override(certificate.language):
        asked = ". ".join(certificate.criteria) or certificate.course_title
        return achievement_of(course_key(certificate), certificate.course_title, asked)


def achievement_of(key: str, title: str, asked: str) -> Achievement:
    """Return a course as an achievement, in the language that is active."""
    return Achievement(
        id=absolute(reverse("learning_machines:achievement", args=[key])),
        name=title,
        description=_("A blended training for general practice."),
        criteria_narrative=asked,
        achievement_type="Certificate",
        image_url=absolute(reverse("learning_machines:badge_picture")),
    )


def course_key(certificate: Certificate) -> str:
    """Return the name of the course across editions and languages."""
    return str(certificate.edition.items.filter(kind=ItemKind.COURSE).values_list("key", flat=True).get())


def sign(certificate: Certificate) -> str:
    """Return the signed credential of a certificate."""
    credential = OpenBadgeCredential(
        id=f"urn:uuid:{certificate.credential_id}",
        issuer=issuer(),
        recipient_id=None,
        identifiers=[IdentityObject(certificate.holder_name, identity_type="name", hashed=False)],
        achievement=achievement(certificate),
        issuance_date=certificate.issued_at,
        credential_status=[
            status_entry(status_url(certificate.key_id), REVOCATION, certificate.status_index)
        ],
    )
    return OB3Signer(private_pem(certificate.key), algorithm=ALGORITHM).sign(credential)


def status_url(key: int) -> str:
    """Return the address of the status list that belongs to a key, by the key's primary key."""
    return absolute(reverse("learning_machines:status_list", args=[key]))


def signed_status_list(key: BadgeKey, withdrawn: Iterable[int]) -> str:
    """Return the status list of a key, signed by it: a bit per certificate, set where it is no longer good."""
    now = timezone.now()
    document: dict[str, Any] = build_status_list_credential(
        issuer().id,
        status_url(key.pk),
        REVOCATION,
        withdrawn,
        issued=now,
        valid_until=now + dt.timedelta(hours=STATUS_HOURS),
        ttl=STATUS_TTL,
    )
    return str(sign_status_list_credential(document, private_pem(key), ALGORITHM))


def picture_with(certificate: Certificate, png: bytes) -> bytes:
    """Return a PNG with the signed credential baked into it, as badge wallets read it."""
    baked: bytes = baking.bake_png(png, certificate.jwt, keyword=baking.ITXT_KEYWORD_OB3)
    return baked
