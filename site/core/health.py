"""Is the house alive, and is it ready to serve?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core.tick import HEARTBEAT

STALE = timedelta(minutes=5)


def failings() -> dict[str, str]:
    """Return what keeps the house from serving, by part; empty when all is well."""
    found = {}
    if problem := database_problem():
        found["database"] = problem
    elif not cache_works():
        found["cache"] = "unavailable"
    return found


def warnings() -> dict[str, str]:
    """Return what is late without stopping anybody: the tick."""
    beat = cache.get(HEARTBEAT)
    late = beat is None or timezone.now() - datetime.fromisoformat(beat) > STALE
    return {"tick": "late"} if late else {}


def database_problem() -> str:
    """Return why the database cannot serve, or an empty string."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unavailable"
    return "migrations wait" if waiting else ""


def cache_works() -> bool:
    """Say whether the cache gives back what is put in."""
    try:
        cache.set("core:ready", "1", timeout=60)
        return bool(cache.get("core:ready") == "1")
    except (OSError, DatabaseError):
        return False
