"""What is the same for everybody, kept in this process for as long as nothing public changes.

The menu, the address of a page, the text of a published page: made once, and used by every page until the public stamp
changes. The stamp is a row that the room of the public pages owns (`pages.models.PublicStamp`), renewed in the
transaction that publishes, moves or changes something that everybody sees. A request reads it once, at its first
question, so it never sees anything older than what was published before it began, in whichever process. Outside a
request, and in a request that changes something public itself, nothing is kept and everything is made anew.

    menus: Shelf[str, list[Link]] = Shelf(most=20)
    found = menus.get(language, lambda: make(language))

What is kept may depend on its key alone, never on who asks, and nobody changes it: every request gets the same object.
A room says in its `AppConfig.ready` which models stand in what is kept (`shows(Picture, Sound)`): each save and each
deletion of such a row renews the stamp. Who writes such rows in bulk says so (`changed()`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import DatabaseError, models
from django.http import HttpRequest
from django.utils.translation import get_language

type Stamp = Hashable
type PageKey = tuple[int, str, str | None]


class _Now(threading.local):
    """What this thread knows of the request that it is answering."""

    within = False
    stamp: Stamp | None = None
    asked = False


_now = _Now()
_shelves: list[Shelf[Any, Any]] = []
_owners: list[tuple[Callable[[], Stamp], Callable[[], None]]] = []
_shown: set[type[models.Model]] = set()


class Shelf[K: Hashable, V]:
    """Things of one kind by their key, all made under the same stamp; at most `most` of them."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._held: tuple[Stamp | None, dict[K, V]] = (None, {})
        self._lock = threading.Lock()
        _shelves.append(self)

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the thing of this key, made now where it is not there or no longer holds; None is not kept."""
        stamp = current_stamp()
        if stamp is None:
            return make()
        of_stamp, things = self._held
        if of_stamp == stamp:
            try:
                return things[key]
            except KeyError:
                pass
        made = make()
        if made is not None and current_stamp() == stamp:  # making it changed nothing public
            self._put(stamp, key, made)
        return made

    def _put(self, stamp: Stamp, key: K, made: V) -> None:
        with self._lock:
            of_stamp, things = self._held
            if of_stamp != stamp:
                things = {}
                self._held = (stamp, things)
            if len(things) >= self._most:
                things.pop(next(iter(things)))
            things[key] = made

    def clear(self) -> None:
        """Forget everything on this shelf."""
        with self._lock:
            self._held = (None, {})


def of_page[V](
    shelf: Shelf[PageKey, V], page: models.Model, request: HttpRequest, make: Callable[[], V]
) -> V:
    """Return what a published page shows to everybody, by page, host and language; of a draft in preview, made anew."""
    if not page.pk or getattr(request, "is_preview", False):
        return make()
    return shelf.get((page.pk, request.get_host(), get_language()), make)


def current_stamp() -> Stamp | None:
    """Return the stamp under which this request may keep and use things; None when it may not."""
    if not _now.within:
        return None
    if not _now.asked:
        _now.asked = True
        _now.stamp = _read()
    return _now.stamp


def _read() -> Stamp | None:
    try:
        return _owners[-1][0]() if _owners else None
    except DatabaseError:
        return None


def owned_by(*, read: Callable[[], Stamp], renew: Callable[[], None]) -> None:
    """Say how the stamp is read and renewed; the room that owns it calls this once."""
    _owners.append((read, renew))


def shows(*shown: type[models.Model]) -> None:
    """Have every save and deletion of these models' rows renew the stamp: what is kept shows them."""
    _shown.update(shown)


def is_shown(model: type[models.Model]) -> bool:
    """Say whether what is kept shows rows of this model."""
    return model in _shown


def changed() -> None:
    """Renew the stamp: something that is kept was changed in a way that no signal tells of."""
    if _owners:
        _owners[-1][1]()


def public_change() -> None:
    """Keep and use nothing more in this request: it changes what everybody sees."""
    _now.asked, _now.stamp = True, None


def forget() -> None:
    """Clear every shelf of this process; for tests, and for what the stamp does not know of."""
    for shelf in _shelves:
        shelf.clear()


def begin_request(**_signal: Any) -> None:
    """Let this thread keep and use things from now on."""
    _now.within, _now.asked, _now.stamp = True, False, None


def end_request(**_signal: Any) -> None:
    """Let this thread keep and use nothing any more."""
    _now.within, _now.asked, _now.stamp = False, False, None


request_started.connect(begin_request, dispatch_uid="core.kept.begin")
request_finished.connect(end_request, dispatch_uid="core.kept.end")
