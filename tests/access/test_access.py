"""Every address × every role, by real answers, against the table."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from config import urls
from tests.access.table import WHO, Row, all_rows, unknown_words
from tests.access.walk import Address, addresses
from tests.access.worlds import World

pytestmark = pytest.mark.xdist_group("access")

ROWS = all_rows()
EXACT = [row for row in ROWS if not row.is_family]
FAMILIES = [row for row in ROWS if row.is_family]
ADDRESSES = addresses()
NAMED_EXACTLY = {row.name for row in EXACT}
UNNAMED_LIBRARY_ROUTES = ("beheer/",)


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals without their page: a thousand of them are asked for, and only their status counts here."""
    monkeypatch.setattr(urls, "handler403", lambda request, exception=None: HttpResponse(status=403))


def ask(client: Client, row: Row, address: str) -> HttpResponse:
    """Ask for the address, and undo whatever the answer did."""
    with transaction.atomic():
        response: HttpResponse = getattr(client, row.method)(address, row.data or {})
        if response.streaming:
            list(response)  # read to its end, which closes the file behind it
        transaction.set_rollback(True)
    return response


def was_refused(response: HttpResponse) -> bool:
    """Say whether the answer is a refusal: 403, 404, or the way to the sign-in page or (in the admin) its home."""
    if response.status_code == 302:
        target, desk = response["Location"].split("?")[0], reverse("wagtailadmin_home")
        asked = response.request["PATH_INFO"]  # type: ignore[attr-defined] # the test client's own addition
        return target == reverse("account_login") or (target == desk and asked.startswith(desk))
    return response.status_code in {401, 403, 404}


def verdict(row: Row, who: str, response: HttpResponse, *, strict: bool = True) -> str:
    """Return what is wrong with the answer, or nothing."""
    status = response.status_code
    if status >= 500:
        return f"{who} broke it ({status})"
    refused = was_refused(response) and status not in row.answers
    if row.lets_in(who) and strict:
        if refused:
            return f"{who} may open it but was refused ({status})"
        if status == 405:
            return f"{who} got 405: give the row the method that this address takes"
    elif not row.lets_in(who) and not refused:
        return f"{who} may not open it but got in ({status} {response.get('Location', '')})"
    return ""


def address_of(row: Row, world: World) -> str:
    given = row.make(world) if row.make else {}
    return (
        reverse(row.name, args=given) if isinstance(given, tuple) else reverse(row.name, kwargs=dict(given))
    )


@pytest.mark.parametrize("row", EXACT, ids=str)
def test_address_opens_for_those_in_its_row_and_for_nobody_else(
    row: Row, world: World, clients: dict[str, Client]
) -> None:
    address = address_of(row, world)
    wrong = [verdict(row, who, ask(clients[who], row, address)) for who in WHO]
    assert not any(wrong), f"{row} ({address}): " + "; ".join(filter(None, wrong))


@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("row", FAMILIES, ids=str)
def test_library_family_lets_nobody_else_in(row: Row, world: World, clients: dict[str, Client]) -> None:
    wrong = [
        f"{member.name} ({address}): {found}"
        for member in ADDRESSES
        if row.covers(member.name) and member.name not in NAMED_EXACTLY
        for address in [_made_up(member)]
        for who in WHO
        if not row.lets_in(who)
        if (found := verdict(row, who, ask(clients[who], row, address), strict=False))
    ]
    assert not wrong, "\n".join(wrong)


def _made_up(member: Address) -> str:
    try:
        return member.made_up()
    except NoReverseMatch:
        pytest.fail(
            f"No address could be made up for '{member.name}' ({member.route}). "
            "Add its parameter to GUESSES in tests/access/walk.py."
        )


@pytest.mark.parametrize("name", sorted({entry.name for entry in ADDRESSES}))
def test_every_url_name_has_a_row(name: str) -> None:
    if not name:
        strays = [
            entry.route
            for entry in ADDRESSES
            if not entry.name and not entry.route.removeprefix("fr/").startswith(UNNAMED_LIBRARY_ROUTES)
        ]
        assert not strays, (
            f"These addresses have no name: {strays}. Give each path() a name= and a row in tests/access."
        )
        return
    assert any(row.covers(name) for row in ROWS), (
        f"The URL name '{name}' has no row in the access table. Say who may open it: add "
        f'Row("{name}", allowed={{…}}, make=lambda world: {{…}}) to ROWS in tests/access/<room>.py.'
    )


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row_speaks_about_something_that_exists(row: Row) -> None:
    assert any(row.covers(entry.name) for entry in ADDRESSES), f"No address is called '{row.name}' any more."
    assert not unknown_words(row), f"'{row.name}' allows {unknown_words(row)}, which are no roles."
