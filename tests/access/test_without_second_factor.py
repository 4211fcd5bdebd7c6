"""Where a second factor is demanded, nothing that a visitor may not see opens to somebody above POH and GP without one."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from accounts.middleware import WITHOUT_SECOND_FACTOR
from tests.access.table import Row
from tests.access.test_access import ADDRESSES, EXACT, ROWS, address_of, ask, was_refused
from tests.access.walk import Address
from tests.access.worlds import World

pytestmark = pytest.mark.xdist_group("access")

CLOSED = [row for row in ROWS if not row.lets_in("visitor")]
OPEN_TO_LOOK_AT = ("library:", "wagtaildocs_serve")
"""Beginnings of the names that are open by their view, and closed by what stands there."""


@pytest.fixture(autouse=True)
def _demanded(settings) -> None:
    settings.REQUIRE_MFA = True


def stopped(response: HttpResponse) -> bool:
    """Say whether the answer leads to the second factor, or refuses."""
    target = response.get("Location", "").removeprefix("/fr")
    return target == reverse("accounts:second_factor") or was_refused(response)


def is_closed(name: str) -> bool:
    """Say whether this name is closed to visitors, and not needed to get a second factor."""
    return not name.startswith(WITHOUT_SECOND_FACTOR) and any(row.covers(name) for row in CLOSED)


def address(member: Address) -> str:
    """Return a made-up address, empty where a part of it cannot be made up."""
    try:
        return member.made_up()
    except (NoReverseMatch, AttributeError):
        return ""


@pytest.mark.parametrize("who", ["trainer", "administrator"])
def test_no_closed_address_of_the_house_opens(who: str, clients: dict[str, Client], db: None) -> None:
    found = {place for member in ADDRESSES if is_closed(member.name) and (place := address(member))}
    assert len(found) > 300
    walk = [Row(place, set()) for place in sorted(found)]
    assert [row.name for row in walk if not stopped(ask(clients[who], row, row.name))] == []


@pytest.mark.parametrize("row", [row for row in EXACT if row.name.startswith(OPEN_TO_LOOK_AT)], ids=str)
def test_what_stands_at_an_open_address_stays_closed(
    row: Row, world: World, clients: dict[str, Client]
) -> None:
    place = address_of(row, world)
    assert not resolve(place).func.login_required  # type: ignore[attr-defined] # set by Django's decorator
    response = ask(clients["administrator"], row, place)
    assert stopped(response) != row.lets_in("visitor"), response.status_code
