"""The nets of `tests/conftest.py` hold."""

from __future__ import annotations

import socket
import warnings

import pytest
from django.template import Context, engines
from pytest_socket import SocketConnectBlockedError
from wagtail.models import Locale, Page, Site

from tests.templates_checked import ROOT


def test_nothing_leaves_the_machine():
    with (
        socket.socket() as outward,
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        outward.connect(("192.0.2.1", 443))


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning, match="careful"):
        warnings.warn("careful", UserWarning, stacklevel=1)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("{{ unknown }}", "unknown"),
        ("{% with a=unknown %}{{ a }}{% endwith %}", "unknown"),
        ('{{ known|add:"1" }}{{ known.missing }}', "known.missing"),
        ('{{ unknown|default:"x" }}{% if unknown %}{% endif %}', None),
        ("{{ known }}", None),
    ],
)
def test_an_unknown_variable_is_noted(unknown_variables, source, complaint):
    engine = engines["django"].engine
    template = engine.from_string(source)
    for node in template.nodelist:
        node.origin.name = str(ROOT / "templates/example.html")
    template.render(Context({"known": "a"}))
    found = unknown_variables.take()
    assert bool(found) == bool(complaint)
    assert all(f"uses {complaint}, " in line for line in found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committing_test_finds_what_migrations_made(time):
    assert Page.objects.filter(depth=1).exists()
    assert Site.objects.filter(is_default_site=True).exists()
    assert Locale.objects.exists()
    Page.objects.all().delete()
