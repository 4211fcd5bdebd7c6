"""What people see of certificates: the holder's screen and papers, the page on which anybody checks one."""

from __future__ import annotations

import io

import pypdf
import pytest

from accounts.actions.privacy import erase
from courses.learning.actions.certificates import issue_if_earned, reissue, revoke
from courses.learning.models import Certificate, RevocationReason
from tests.accounts.factories import UserFactory
from tests.courses.certified import make_certified_course, make_earner
from tests.courses.factories import make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    enrolment = make_earner(UserFactory.create(poh=True, display_name="Noor Haverkamp"))
    return issue_if_earned(enrolment) or Certificate.objects.get(enrolment=enrolment)


@pytest.fixture
def leader():
    return UserFactory.create(project_leader=True)


def test_anybody_with_the_code_reads_whose_it_is_and_that_it_holds(client, certificate):
    answer = client.get(f"/certificaat/{certificate.shown_code}/")
    page = answer.content.decode()
    for part in (
        "Noor Haverkamp",
        "Een training",
        "26 uur",
        certificate.shown_code,
        "Dit certificaat geldt.",
    ):
        assert part in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert '<meta name="robots" content="noindex' in page
    assert "no-store" in answer["Cache-Control"]


def test_the_code_may_be_typed_as_one_likes(client, certificate):
    for typed in (certificate.code, certificate.code.lower(), certificate.shown_code.lower()):
        assert client.get(f"/certificaat/{typed}/").status_code == 200


def test_the_page_is_there_in_french(client, certificate):
    page = client.get(f"/fr/certificaat/{certificate.shown_code}/").content.decode()
    assert "Ce certificat est valable." in page
    assert "26 heures" in page


def test_an_unknown_code_is_not_found_and_who_tries_many_is_held_up(client, certificate, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "certificate": "3/m/ip"}
    answers = [client.get(f"/certificaat/AAAA-AAAA-AAAA-AAA{letter}/").status_code for letter in "BCDE"]
    assert answers == [404, 404, 404, 429]


def test_withdrawn_is_seen_at_once_with_the_reason_and_without_the_note(client, certificate, leader):
    note = "Aanwezigheid bleek niet te kloppen."
    revoke(certificate, because=RevocationReason.FACTS, note=note, confirmed=False, by=leader)
    page = client.get(f"/certificaat/{certificate.code}/").content.decode()
    assert "ingetrokken op" in page
    assert "de feiten bleken anders te zijn" in page
    assert note not in page
    assert "geldt." not in page


def test_a_replaced_copy_says_so_and_does_not_lead_to_the_new_name(client, certificate, leader):
    holder = certificate.enrolment.user
    holder.display_name = "Noor de Wit"
    holder.save()
    copy = reissue(certificate, by=leader)
    page = client.get(f"/certificaat/{certificate.code}/").content.decode()
    assert "Dit exemplaar is vervangen op" in page
    assert copy.shown_code not in page
    assert "Noor de Wit" not in page


def test_after_erasure_the_code_says_no_more_than_that_it_was_there(client, certificate):
    holder = certificate.enrolment.user
    erase(holder, by=holder)
    answer = client.get(f"/certificaat/{certificate.code}/")
    assert answer.status_code == 410
    assert "Noor" not in answer.content.decode()


def test_the_holder_gets_the_paper_with_the_same_facts(client, certificate):
    client.force_login(certificate.enrolment.user)
    answer = client.get(f"/mijn/certificaten/{certificate.pk}/certificaat.pdf")
    assert answer["Content-Disposition"].startswith('attachment; filename="een-training-')
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    text = reader.pages[0].extract_text()
    for part in ("Noor Haverkamp", "Een training", "26 uur", certificate.shown_code, "Alle 3 lessen gedaan"):
        assert part in text
    assert reader.metadata.title == "Certificaat van Noor Haverkamp"
    assert len(reader.pages) == 1


def test_the_paper_leads_to_the_public_page(client, certificate, settings):
    settings.SITE_URL = "https://trede.test"
    client.force_login(certificate.enrolment.user)
    answer = client.get(f"/mijn/certificaten/{certificate.pk}/certificaat.pdf")
    page = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0]
    links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
    assert links == [f"https://trede.test/certificaat/{certificate.shown_code}/"]


@pytest.mark.parametrize("file", ["certificaat.pdf", "bewijs.jwt", "bewijs.json", "insigne.png"])
def test_papers_are_the_holder_s_alone(client, certificate, file):
    address = f"/mijn/certificaten/{certificate.pk}/{file}"
    client.force_login(UserFactory.create(poh=True))
    assert client.get(address).status_code == 404
    client.force_login(certificate.enrolment.user)
    assert client.get(address).status_code == 200


def test_the_screen_says_what_is_still_needed(client):
    user = UserFactory.create(poh=True)
    make_enrolment(user, make_certified_course())
    client.force_login(user)
    page = client.get("/mijn/certificaten/").content.decode()
    for words in ("Nog 3 lessen te gaan.", "Nog 3 coachingsmomenten te gaan.", "0 van de 4 gedaan."):
        assert words in page


def test_the_screen_tells_of_another_name(client, certificate):
    holder = certificate.enrolment.user
    client.force_login(holder)
    assert "een andere naam" not in client.get("/mijn/certificaten/").content.decode()
    holder.display_name = "Noor de Wit"
    holder.save()
    assert "een andere naam" in client.get("/mijn/certificaten/").content.decode()
