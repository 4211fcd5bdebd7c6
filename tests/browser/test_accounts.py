"""Signing in in a real browser: by password, by mailed code, by passkey; and axe on the account pages."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from accounts.actions.invitations import invite
from accounts.models import Role, User
from accounts.permissions import SITE
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "422 (Unprocessable"
OVER = "410 (Gone"


def fill_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def with_virtual_key(page: Page) -> None:
    """Give the browser a fingerprint reader that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    page.wait_for_url(lambda url: "logout" not in url)  # what is still unsent is looked for first


def test_by_password(page: Page, complaints, axe) -> None:
    user = UserFactory(poh=True)
    complaints.expected.append(REFUSED)
    fill_in(page, user, "verkeerd wachtwoord")
    expect(page.get_by_label("E-mail")).to_have_value(user.email)
    axe(page)
    fill_in(page, user)
    expect(page).to_have_url(re.compile(r"/mijn/$"))


def test_by_mailed_code(page: Page, mailoutbox, axe) -> None:
    user = UserFactory(poh=True)
    page.goto("/account/login/")
    page.get_by_role("link", name="Mail mij een code").click()
    axe(page)
    page.get_by_role("main").get_by_role("textbox").fill(user.email)
    page.get_by_role("button", name="Stuur de code").click()
    expect(page.get_by_role("heading", name="Typ de code")).to_be_visible()
    axe(page)
    code = next(
        line
        for line in mailoutbox[-1].body.splitlines()
        if re.fullmatch(r"[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}", line)
    )
    page.get_by_role("main").get_by_role("textbox").fill(code)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    expect(page).to_have_url(re.compile(r"/mijn/$"))


def test_a_passkey_is_made_and_signs_in(page: Page, axe) -> None:
    user = UserFactory(poh=True)
    with_virtual_key(page)
    fill_in(page, user)
    expect(page).to_have_url(re.compile(r"/mijn/$"))
    page.goto("/account/2fa/webauthn/add/")
    axe(page)
    page.get_by_label("Naam van deze passkey").fill("Telefoon")
    page.get_by_role("button", name="Maak de passkey").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    axe(page)
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page).to_have_url(re.compile(r"/mijn/$"))
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("paragraph").filter(has_text="Telefoon")).to_be_visible()
    axe(page)
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() == 1


def test_a_passkey_that_does_not_work_is_told_in_words(page: Page) -> None:
    page.goto("/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('stopped')); }")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_text("Dat lukte niet, of het is afgebroken.")).to_be_visible()


def test_an_editor_must_make_a_passkey_and_then_gets_to_the_desk(page: Page, settings, axe) -> None:
    settings.REQUIRE_MFA = True
    user = UserFactory(editor=True)
    with_virtual_key(page)
    fill_in(page, user)
    expect(page.get_by_role("heading", name="Nog één stap voor jouw rol")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Maak een passkey").click()
    page.get_by_role("button", name="Maak de passkey").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    page.goto("/beheer/")
    expect(page).to_have_url(re.compile(r"/beheer/$"))


def test_an_invitation_is_accepted_in_french(page: Page, mailoutbox, complaints, axe) -> None:
    boss = UserFactory(administrator=True)
    invite("elise@voorbeeld.test", Role.TRAINER, scope=SITE, language="fr", by=boss)
    found = re.search(r"https?://[^/]+(/fr/account/\S+)", mailoutbox[-1].body)
    assert found
    page.goto(found.group(1))
    axe(page)
    page.get_by_label("Nom", exact=False).first.fill("Élise Vandamme")
    page.get_by_label("Mot de passe", exact=False).last.fill(PASSWORD)
    page.get_by_label("J’accepte ces règles").check()
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page).to_have_url(re.compile(r"/fr/mijn/$"))
    sign_out_french(page)
    complaints.expected.append(OVER)
    page.goto(found.group(1))
    expect(page.get_by_role("heading", name="Cette invitation ne fonctionne plus")).to_be_visible()
    axe(page)


def sign_out_french(page: Page) -> None:
    page.goto("/fr/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(lambda url: "logout" not in url)


OWN = [
    "/account/",
    "/account/gegevens/",
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/sessions/",
    "/account/privacy/",
    "/account/privacy/wissen/",
    "/account/toestemming/read_posts/",
    "/account/leden/",
    "/account/herstelverzoeken/",
    "/project/uitnodigen/",
    "/fr/account/privacy/",
    "/fr/account/leden/",
]
PUBLIC = [
    "/account/login/",
    "/account/password/reset/",
    "/account/herstel/",
    "/fr/account/login/",
    "/account/signup/",
]


def test_every_account_page_passes_axe(page: Page, axe) -> None:
    boss = UserFactory(administrator=True, display_name="Pieter Dijkgraaf")
    for address in PUBLIC:
        page.goto(address)
        axe(page)
    fill_in(page, boss)
    for address in [*OWN, f"/account/leden/{boss.pk}/"]:
        page.goto(address)
        axe(page)


def test_on_a_small_screen_nothing_sticks_out(page: Page) -> None:
    boss = UserFactory(administrator=True, display_name="Pieter Dijkgraaf")
    fill_in(page, boss)
    page.set_viewport_size({"width": 320, "height": 700})
    for address in [*PUBLIC[:1], *OWN]:
        page.goto(address)
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not too_wide, address
