"""The cache in a real Redis, and without one."""

import os
import shutil
import socket
import subprocess
import time

import pytest
from django.core.cache import caches
from django.core.management import call_command

from config.settings import base

pytestmark = pytest.mark.django_db

PORT = 20379


@pytest.fixture
def redis_server(tmp_path):
    """A real Redis on loopback; without one skip in words, or fail when REQUIRE_REDIS=1."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        words = "No redis-server or valkey-server here."
        pytest.fail(words) if os.environ.get("REQUIRE_REDIS") == "1" else pytest.skip(words)
    server = start(program, tmp_path)
    yield server
    server.terminate()
    server.wait(5)


def start(program, folder):
    options = ["--port", str(port()), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port())) == 0:
                return server
        time.sleep(0.05)
    server.terminate()
    raise AssertionError("Redis did not start.")


def port():
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return PORT + int(worker)


@pytest.fixture
def redis_cache(settings):
    """Our cache as production sets it, on the test's Redis."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "core.cache.SteadyRedisCache", "LOCATION": f"redis://127.0.0.1:{port()}/0"},
        "database": base._table,
    }
    call_command("createcachetable", verbosity=0)
    return caches["default"]


def test_what_is_kept_comes_back(redis_server, redis_cache):
    redis_cache.set("a", {"n": 1})
    assert (
        redis_cache.get("a"),
        redis_cache.add("a", 2),
        redis_cache.incr("b", 1) if redis_cache.add("b", 1) else 0,
    ) == (
        {"n": 1},
        False,
        2,
    )


def test_without_redis_the_database_stands_in(redis_cache):
    redis_cache.set("a", 1)
    assert redis_cache.get("a") == 1
    assert caches["database"].get("a") == 1
    assert redis_cache.add("a", 2) is False


def test_redis_that_goes_away_breaks_no_page_and_keeps_the_limit(redis_server, redis_cache, client):
    assert client.get("/readyz").status_code == 200
    redis_server.terminate()
    redis_server.wait(5)
    assert client.get("/readyz").status_code == 200
    for _ in range(12):
        answer = client.post("/account/login/", {"login": "niemand@voorbeeld.test", "password": "verkeerd"})
    assert answer.status_code in {422, 429}
    assert "<h1" in answer.content.decode()


def test_redis_is_asked_again_after_a_pause(redis_server, redis_cache):
    redis_cache.leave_alone(ConnectionError())
    redis_cache.set("a", "in the table")
    redis_cache.away_until = 0
    assert redis_cache.get("a") is None


@pytest.fixture
def table(settings):
    """The table in the database, as an installation without Redis has it."""
    settings.CACHES = {**settings.CACHES, "default": base._table}
    call_command("createcachetable", verbosity=0)
    return caches["default"]


def test_the_map_of_the_site_is_fetched_once(table, django_assert_num_queries):
    table.set("wagtail_site_root_paths", [1], version=2)
    table.get("wagtail_site_root_paths", version=2)
    with django_assert_num_queries(0):
        assert table.get("wagtail_site_root_paths", version=2) == [1]


def test_a_moved_site_is_seen_at_once_where_it_was_moved(table):
    table.set("wagtail_site_root_paths", [1], version=2)
    table.get("wagtail_site_root_paths", version=2)
    table.delete("wagtail_site_root_paths", version=2)
    assert table.get("wagtail_site_root_paths", version=2) is None


def test_other_values_are_always_asked_of_the_table(table):
    table.set("count", 1)
    table.set("count", 2)
    assert table.get("count") == 2
