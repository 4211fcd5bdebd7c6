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
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

STAND_IN = "database"
PAUSE_SECONDS = 5.0
TIMEOUT_SECONDS = 0.25
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
