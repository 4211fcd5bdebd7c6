"""The shared cache in Redis, with the database standing in while Redis is away.

Rate limits live in the cache, so an absent Redis must neither break a page nor open a door: for a few seconds at a
time every process then uses the table that installations without Redis use, which all processes share too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

STAND_IN = "database"
PAUSE_SECONDS = 5.0
TIMEOUT_SECONDS = 0.25
NEAR_KEY = "wagtail_site_root_paths"
NEAR_SECONDS = 5.0
ABSENT = (RedisConnectionError, RedisTimeoutError)
METHODS = (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
)

log = structlog.get_logger(__name__)


class SteadyRedisCache(RedisCache):
    """Django's Redis cache that goes on in the database when Redis does not answer."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": TIMEOUT_SECONDS,
            "socket_timeout": TIMEOUT_SECONDS,
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.away_until = 0.0

    def leave_alone(self, error: Exception) -> None:
        """Do without Redis for a few seconds."""
        self.away_until = time.monotonic() + PAUSE_SECONDS
        log.warning("redis_away", error=type(error).__name__, seconds=PAUSE_SECONDS)


def _steady(name: str) -> Callable[..., Any]:
    """Return a method that asks Redis, and the stand-in where Redis is away."""
    ask_redis = getattr(RedisCache, name)

    @wraps(ask_redis)
    def method(self: SteadyRedisCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return ask_redis(self, *args, **kwargs)
            except ABSENT as error:
                self.leave_alone(error)
        return getattr(caches[STAND_IN], name)(*args, **kwargs)

    return method


for _name in METHODS:
    setattr(SteadyRedisCache, _name, _steady(_name))


class NearTableCache(DatabaseCache):
    """The table in the database, with Wagtail's map of the site kept in the process for a few seconds.

    Wagtail asks for that map several times a page; without Redis each would be a query. It changes when the site's root
    moves, and then other processes follow within `NEAR_SECONDS`.
    """

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self.near: dict[str, tuple[float, Any]] = {}

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, from nearby when it is the site's map."""
        if not key.startswith(NEAR_KEY):
            return super().get(key, default, version)
        until, value = self.near.get(key, (0.0, None))
        if time.monotonic() >= until:
            value = super().get(key, default, version)
            self.near[key] = (time.monotonic() + NEAR_SECONDS, value)
        return value

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value; what is nearby is asked anew."""
        self.near.pop(key, None)
        super().set(key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value here at once."""
        self.near.pop(key, None)
        return bool(super().delete(key, version))

    def clear(self) -> None:
        """Forget everything."""
        self.near.clear()
        super().clear()
