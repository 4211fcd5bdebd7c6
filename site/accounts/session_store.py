"""Sessions in the database, as Django keeps them; reading one, which every page does, is a prepared question."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from core.prepared import Slots, prepared


@prepared
def _session(slot: Slots, _variant: None) -> QuerySet[Session]:
    return Session.objects.filter(
        session_key=slot("key", CharField()), expire_date__gt=slot("now", DateTimeField())
    )


class SessionStore(db.SessionStore):
    """Django's store with its look-up prepared."""

    def _get_session_from_db(self) -> Session | None:
        found = _session.first(None, key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
