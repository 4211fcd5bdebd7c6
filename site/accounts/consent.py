"""Asking for consent, giving it, withdrawing it, and asking the database who gave it (decision 27).

The texts are data: `consent_texts/<purpose>/<version>.<language>.yaml`. A text that somebody may have agreed to is never
edited; a new version is a new file, and consent to an older version stands until it is withdrawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import ConsentEntry, ConsentState, Purpose, User
from core import audit

TEXTS = Path(__file__).parent / "consent_texts"


@dataclass(frozen=True)
class ConsentText:
    """One version of what somebody is asked to agree to, in one language."""

    purpose: Purpose
    version: int
    language: str
    title: str
    question: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    rights: tuple[str, ...]
    agree: str
    digest: str


@dataclass(frozen=True)
class Standing:
    """What a person's consent is now: given or not, and by which ledger row (none when never asked)."""

    given: bool
    entry: ConsentEntry | None = None


class UnknownConsentTextError(LookupError):
    """There is no such version of the text in this language."""


@cache
def text(purpose: Purpose, language: str, version: int | None = None) -> ConsentText:
    """Return a version of a text, the newest when none is named; raises `UnknownConsentTextError`."""
    chosen = latest_version(purpose) if version is None else version
    source = TEXTS / purpose / f"{chosen}.{language}.yaml"
    if not source.exists():
        message = f"No text {chosen} for {purpose} in {language}"
        raise UnknownConsentTextError(message)
    raw = source.read_bytes()
    found: dict[str, Any] = yaml.safe_load(raw)
    found |= {name: tuple(found[name]) for name in ("paragraphs", "points", "rights")}
    digest = hashlib.sha256(raw).hexdigest()
    return ConsentText(purpose=purpose, version=chosen, language=language, digest=digest, **found)


def latest_version(purpose: Purpose) -> int:
    """Return the number of the newest text for a purpose."""
    return max(int(path.name.split(".")[0]) for path in (TEXTS / purpose).glob("*.yaml"))


def give(user: User, agreed_to: ConsentText, *, study: str = "") -> ConsentState:
    """Write down that the person agrees to this text; agreeing again to the same version changes nothing."""
    return _append(user, agreed_to, study=study, given=True)


def withdraw(user: User, purpose: Purpose, *, study: str = "") -> ConsentState | None:
    """Write down that the person no longer agrees; without a consent there is nothing to withdraw."""
    held = ConsentState.objects.filter(subject=user, purpose=purpose, study=study, given=True)
    current = held.select_related("entry").first()
    if current is None:
        return None
    entry = current.entry
    return _append(user, text(purpose, entry.language, entry.text_version), study=study, given=False)


@transaction.atomic
def _append(user: User, about: ConsentText, *, study: str, given: bool) -> ConsentState:
    User.objects.select_for_update().get(pk=user.pk)  # one change of mind at a time
    key: dict[str, Any] = {"subject": user, "purpose": about.purpose, "study": study}
    held = ConsentState.objects.filter(**key).select_related("entry").first()
    if held and held.given == given and held.entry.text_version == about.version:
        return held
    entry = ConsentEntry.objects.create(
        **key,
        given=given,
        text_version=about.version,
        text_digest=about.digest,
        language=about.language,
    )
    state, _made = ConsentState.objects.update_or_create(
        **key, defaults={"given": given, "entry": entry, "changed_at": entry.at}
    )
    after = {"purpose": str(about.purpose), "study": study, "version": about.version}
    audit.record("accounts.consent_given" if given else "accounts.consent_withdrawn", by=user, after=after)
    for listener in _listeners:
        listener(state)
    return state


def state(user: User, purpose: Purpose, *, study: str = "") -> Standing:
    """Return what the person's consent is now."""
    held = ConsentState.objects.filter(subject=user, purpose=purpose, study=study).select_related("entry")
    found = held.first()
    return Standing(found.given, found.entry) if found else Standing(given=False)


def has_consent(user: User, purpose: Purpose, *, study: str = "") -> bool:
    """Say whether the person agrees now."""
    return ConsentState.objects.filter(subject=user, purpose=purpose, study=study, given=True).exists()


def has_consent_q(purpose: Purpose, *, author: str = "author", study: str = "") -> Q:
    """Return the condition that the person in field `author` of the queried model agrees now.

    `Post.objects.filter(has_consent_q(Purpose.READ_POSTS))`. Research queries use nothing else.
    """
    return Q(Exists(_given(purpose, OuterRef(author), study)))


def _given(purpose: Purpose, subject: Any, study: str) -> Any:
    return ConsentState.objects.filter(subject=subject, purpose=purpose, study=study, given=True)


_listeners: list[Callable[[ConsentState], None]] = []


def on_change(listener: Callable[[ConsentState], None]) -> None:
    """Have a room told, within the same transaction, when somebody's consent changes."""
    if listener not in _listeners:
        _listeners.append(listener)
