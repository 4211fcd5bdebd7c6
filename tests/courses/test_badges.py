"""A credential is verified by anybody with the published keys alone; what was withdrawn stands in the status list."""

from __future__ import annotations

import json

import jwt
import pytest
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from jwt import PyJWK
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from courses.learning.actions.certificates import issue_if_earned, reissue, revoke
from courses.learning.badge_keys import new_key, private_pem, signing_key, thumbprint
from courses.learning.models import Certificate, RevocationReason
from tests.accounts.factories import UserFactory
from tests.courses.certified import make_earner

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(settings):
    settings.SITE_URL = "https://trede.test"
    enrolment = make_earner(UserFactory.create(poh=True, display_name="Noor Haverkamp"))
    return issue_if_earned(enrolment) or Certificate.objects.get(enrolment=enrolment)


@pytest.fixture
def leader():
    return UserFactory.create(project_leader=True)


def verifier_from(published: bytes, token: str) -> OB3Verifier:
    """All that a stranger has: the key set as it was once fetched, and the credential."""
    keys = {key["kid"]: key for key in json.loads(published)["keys"]}
    named = thumbprint(jwt.get_unverified_header(token)["jwk"])
    return OB3Verifier(PyJWK(keys[named]).key)


def verify(client, token: str, *, status: bool = False):
    published = client.get("/.well-known/jwks.json").content
    verifier = verifier_from(published, token)
    credential = verifier.verify(token)
    if status:
        verifier.check_status(
            credential,
            verify_list=True,
            download=lambda url: client.get(url.removeprefix("https://trede.test")).content,
        )
    return credential


def test_a_credential_is_verified_with_the_key_set_alone(client, certificate, django_assert_num_queries):
    published = client.get("/.well-known/jwks.json").content
    with django_assert_num_queries(0):
        credential = verifier_from(published, certificate.jwt).verify(certificate.jwt)
    assert credential.achievement.name == "Een training"
    assert [one.identity_hash for one in credential.identifiers] == ["Noor Haverkamp"]
    assert credential.issuer.id == "https://trede.test/badges/uitgever/"
    assert credential.id == f"urn:uuid:{certificate.credential_id}"
    assert "@" not in json.dumps(credential.raw["credentialSubject"]["identifier"])


def test_the_key_set_holds_nothing_private(client, certificate):
    (key,) = client.get("/.well-known/jwks.json").json()["keys"]
    assert set(key) == {"kty", "n", "e", "use", "alg", "kid"}
    assert (key["alg"], key["use"], key["kid"]) == ("RS256", "sig", thumbprint(key))


def test_a_forged_name_does_not_verify(client, certificate):
    head, _body, signature = certificate.jwt.split(".")
    said = jwt.decode(certificate.jwt, options={"verify_signature": False})
    said["credentialSubject"]["identifier"][0]["identityHash"] = "Iemand Anders"
    body = jwt.utils.base64url_encode(json.dumps(said).encode()).decode()
    with pytest.raises(OB3VerificationError):
        verify(client, f"{head}.{body}.{signature}")


def test_withdrawn_shows_in_the_status_list_at_once(
    client, certificate, leader, django_capture_on_commit_callbacks
):
    verify(client, certificate.jwt, status=True)
    with django_capture_on_commit_callbacks(execute=True):
        revoke(certificate, because=RevocationReason.FACTS, note="", confirmed=False, by=leader)
    with pytest.raises(OB3VerificationError, match="revocation"):
        verify(client, certificate.jwt, status=True)


def test_the_status_list_is_kept_for_less_than_a_minute(client, certificate):
    answer = client.get(f"/badges/status/{certificate.key_id}/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/vc+jwt", "public, max-age=20")
    assert client.get("/badges/status/999/").status_code == 404


def test_a_replaced_copy_no_longer_counts_and_the_new_one_does(
    client, certificate, leader, django_capture_on_commit_callbacks
):
    holder = certificate.enrolment.user
    holder.display_name = "Noor de Wit"
    holder.save()
    with django_capture_on_commit_callbacks(execute=True):
        copy = reissue(certificate, by=leader)
    verify(client, copy.jwt, status=True)
    with pytest.raises(OB3VerificationError):
        verify(client, certificate.jwt, status=True)


def test_an_older_key_stays_published_and_a_leaked_one_does_not(client, certificate):
    call_command("badge_keys", "new", verbosity=0)
    assert signing_key() != certificate.key
    verify(client, certificate.jwt, status=True)
    call_command("badge_keys", "withdraw", certificate.key.kid, verbosity=0)
    assert [key["kid"] for key in client.get("/.well-known/jwks.json").json()["keys"]] == [signing_key().kid]
    with pytest.raises(KeyError):
        verify(client, certificate.jwt)


def test_the_database_alone_signs_nothing(settings):
    key = new_key(by=None)
    assert b"PRIVATE KEY" in private_pem(key)
    assert "PRIVATE" not in key.private_key
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another one, as on a stolen copy of the database"
    with pytest.raises(InvalidToken):
        private_pem(key)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert b"PRIVATE KEY" in private_pem(key)


def test_the_picture_carries_the_credential(client, certificate):
    client.force_login(certificate.enrolment.user)
    png = client.get(f"/mijn/certificaten/{certificate.pk}/insigne.png").content
    token = OB3Verifier.extract_token_from_png(png)
    assert token == certificate.jwt
    verify(client, token)


def test_issuer_and_achievement_can_be_looked_up(client, certificate):
    assert client.get("/badges/uitgever/").json()["name"] == "Trede"
    said = verify(client, certificate.jwt)
    path = said.achievement.id.removeprefix("https://trede.test")
    assert client.get(path).json()["id"] == said.achievement.id
    assert client.get("/badges/prestatie/00000000-0000-0000-0000-000000000000/").status_code == 404
    assert client.get("/badges/beeld.png")["Content-Type"] == "image/png"
