"""Pages for machines."""

import logging
import logging.config

import pytest
import structlog
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.settings import base
from core import logs
from core.tick import HEARTBEAT

pytestmark = pytest.mark.django_db


def test_alive(client):
    assert client.get("/healthz").content == b"ok\n"


def test_ready_when_database_and_cache_serve(client):
    cache.set(HEARTBEAT, timezone.now().isoformat())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "failing": {}, "late": {}})


def test_not_ready_while_a_migration_waits(client):
    MigrationRecorder.Migration.objects.filter(app="forum").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, {"database": "migrations wait"})


@pytest.mark.parametrize(
    ("part", "failing"), [("database", {"database": "unavailable"}), ("cache", {"cache": "unavailable"})]
)
def test_not_ready_when_the_database_or_the_cache_is_away(part, failing, client, settings):
    if part == "cache":
        table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"}
        settings.CACHES = {"default": table}
        answer = client.get("/readyz")
    else:

        def refuse(execute, *args):
            raise OperationalError("gone")

        with connection.execute_wrapper(refuse):
            answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, failing)


def test_ready_names_a_tick_that_is_late(client):
    cache.delete(HEARTBEAT)
    assert client.get("/readyz").json()["late"] == {"tick": "late"}


@pytest.mark.parametrize(
    ("public", "token", "given", "status"),
    [
        (True, "", "", 200),
        (False, "", "", 404),
        (False, "", "Bearer ", 404),
        (False, "secret", "", 404),
        (False, "secret", "Bearer wrong", 404),
        (False, "secret", "Bearer secret", 200),
    ],
)
def test_who_sees_the_metrics(public, token, given, status, client, settings):
    settings.METRICS_PUBLIC, settings.METRICS_TOKEN = public, token
    assert client.get("/metrics", headers={"Authorization": given}).status_code == status


@pytest.mark.parametrize(("contact", "status"), [("", 404), ("mailto:veilig@demo.test", 200)])
def test_security_contact(contact, status, client, settings):
    settings.SECURITY_CONTACT = contact
    answer = client.get("/.well-known/security.txt")
    assert answer.status_code == status
    assert (b"Contact: mailto:veilig@demo.test" in answer.content) == (status == 200)


@pytest.mark.parametrize(("shown", "status"), [(True, 200), (False, 404)])
def test_the_post_box_exists_in_development_only(shown, status, client, settings):
    settings.SHOW_POSTBOX = shown
    assert client.get("/postbus/").status_code == status


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        ("GET /zoeken/?q=mevrouw+jansen", "GET /zoeken/"),
        ("GET /account/uitnodiging/pQ3xT8vZ1mN4kL7sR2wY/", "GET /account/uitnodiging/…/"),
        ("GET /kalender/9f8e7d6c5b4a39281706.ics", "GET /kalender/….ics"),
        ("GET /kalender/pQxTvZmNkLsRwYaBcDeFgHiJ.ics", "GET /kalender/….ics"),
        (
            "GET /training/motiverend-aan-de-slag-met-benzoreductie/",
            "GET /training/motiverend-aan-de-slag-met-benzoreductie/",
        ),
        ("GET /medische-informatie/veilig-minderen/", "GET /medische-informatie/veilig-minderen/"),
        ("GET /intervisie/onderwerp/1234/", "GET /intervisie/onderwerp/1234/"),
    ],
)
def test_no_search_term_or_token_reaches_the_log(address, logged):
    assert logs.without_secrets(address) == logged


def test_nothing_about_a_person_reaches_the_log():
    event = {
        "event": "request_started",
        "ip": "127.0.0.9",
        "user_agent": "x",
        "user_id": 4,
        "request": "GET /",
    }
    assert logs.without_people(None, "info", event) == {"event": "request_started", "request": "GET /"}


def test_what_django_itself_logs_is_cleaned_too():
    record = logging.LogRecord(
        "django.request", 30, "x", 1, "Not Found: %s", ("/a/pQ3xT8vZ1mN4kL7sR2wY/",), None
    )
    logs.WithoutSecrets().filter(record)
    assert record.getMessage() == "Not Found: /a/…/"


def test_every_line_that_is_written_passes_the_cleaning():
    assert base.LOGGING["handlers"]["console"]["filters"] == ["without_secrets"]


def test_an_address_with_a_token_that_is_not_found_is_logged_without_it(client, capfd):
    logging.config.dictConfig(base.LOGGING)
    client.get("/account/uitnodiging/pQ3xT8vZ1mN4kL7sR2wY/")
    client.get("/bestaat-niet/pQ3xT8vZ1mN4kL7sR2wY/?q=mevrouw")
    written = capfd.readouterr().err
    assert "bestaat-niet" in written
    assert "pQ3xT8vZ1mN4kL7sR2wY" not in written
    assert "mevrouw" not in written


def test_an_error_is_logged_where_it_arose_and_without_what_it_says(capfd):
    logging.config.dictConfig(base.LOGGING)
    try:
        try:
            raise KeyError("mevrouw Jansen, 12-03-1956")
        except KeyError as cause:
            raise ValueError("noor@voorbeeld.test") from cause
    except ValueError:
        structlog.get_logger("ours").exception("our_own")
        logging.getLogger("django.request").exception("Djangos own")
    written = capfd.readouterr().err
    assert written.count("builtins.ValueError") == 2
    assert written.count("builtins.KeyError") == 2
    assert "test_an_error_is_logged_where_it_arose" in written
    for said in ("Jansen", "1956", "noor@"):
        assert said not in written
