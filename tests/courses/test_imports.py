"""A list of people for a cohort: looked at row by row, used as a whole or not at all."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.privacy import erase
from accounts.models import Invitation, Role, ScopeKind
from core.models import AuditEntry, OutboxMail
from courses.learning import actions, queries
from courses.learning.actions import imports
from courses.learning.errors import ListInUseError, NotAllowedError
from courses.learning.models import Enrolment, ImportRow, ImportState, PeopleImport, Verdict
from courses.learning.people_files import FileRefusedError
from tests.accounts.factories import PASSWORD, UserFactory
from tests.courses.factories import in_cohort, running_cohort
from tests.courses.test_people_files import sheet

pytestmark = pytest.mark.django_db

MIXED = """\ufeffE-mail;Naam;Telefoon
nieuw@x.test;Nieuw Iemand;06
er-al@x.test;Er Al;06
nieuw@x.test;Nogmaals;06
NIEUW@X.TEST;In hoofdletters;06
;Zonder Adres;06
geen adres;Kapot;06
eerder@x.test;Eerder Genodigd;06
lang@x.test;{long};06
"""


@pytest.fixture
def cohort():
    found = running_cohort()
    in_cohort(found, email="er-al@x.test")
    return found


@pytest.fixture
def trainer():
    return UserFactory.create(trainer=True)


@pytest.fixture
def mixed(cohort, trainer):
    actions.invite_learner(cohort, email="eerder@x.test", name="", role=Role.POH, language="nl", by=trainer)
    OutboxMail.objects.all().delete()
    return MIXED.format(long="L" * 101).encode()


def taken_in(cohort, trainer, content, **told):
    given = {"role": Role.POH, "language": "nl", **told}
    return actions.read_list(cohort, content, by=trainer, **given)


def many(count):
    return "e-mail,naam\n" + "".join(f"mens{number}@x.test,Mens {number}\n" for number in range(count))


def upload(client, cohort, content, name="lijst.csv"):
    data = {"file": SimpleUploadedFile(name, content), "role": "poh", "language": "nl"}
    return client.post(reverse("learning:read_list", args=[cohort.pk]), data)


# --- looking ----------------------------------------------------------------------------------------------------------


def test_each_row_is_judged_and_nobody_is_invited_yet(cohort, trainer, mixed):
    before = Invitation.objects.count()
    found = taken_in(cohort, trainer, mixed)
    assert list(found.rows.values_list("line", "verdict", "twin")) == [
        (2, Verdict.INVITE, None),
        (3, Verdict.HERE, None),
        (4, Verdict.DOUBLE, 2),
        (5, Verdict.DOUBLE, 2),
        (6, Verdict.NO_ADDRESS, None),
        (7, Verdict.BAD_ADDRESS, None),
        (8, Verdict.AGAIN, None),
        (9, Verdict.LONG_NAME, None),
    ]
    assert found.unused == ["Telefoon"]
    assert Invitation.objects.count() == before
    assert not OutboxMail.objects.exists()


def test_the_page_says_of_each_row_in_words_what_happens(client_for, cohort, trainer, mixed):
    desk = client_for(trainer)
    page = desk.get(upload(desk, cohort, mixed)["Location"]).text
    for words in (
        "Er kunnen 2 mensen worden uitgenodigd",
        "Hetzelfde adres staat op regel 2.",
        "Op deze regel staat geen adres.",
        "Dit adres kan niet kloppen.",
        "Zit al in dit cohort.",
        "Telefoon",
        "geen adres",
    ):
        assert words in page, words
    only_bad = desk.get(f"{reverse('learning:people_list', args=[PeopleImport.objects.get().pk])}?toon=fout")
    assert "nieuw@x.test" in only_bad.text
    assert "Nieuw Iemand" not in only_bad.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Er staat niemand in dit bestand."),
        (b"e-mail;naam\n", "Er staat niemand in dit bestand."),
        (b"\xd0\xcf\x11\xe0", "oude Excel"),
        (b"naam\nNoor", "e-mail"),
        (b"x" * 5_000_001, "5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_nothing_is_kept(
    content, words, client_for, cohort, trainer
):
    answer = upload(client_for(trainer), cohort, content)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])
    assert not PeopleImport.objects.exists()


def test_a_file_that_breaks_halfway_leaves_nothing_half_read(cohort, trainer, monkeypatch):
    monkeypatch.setattr("courses.learning.people_files.MOST_ROWS", 600)
    with pytest.raises(FileRefusedError):
        taken_in(cohort, trainer, many(601).encode())
    assert not PeopleImport.objects.exists()
    assert not ImportRow.objects.exists()


def test_a_workbook_does_as_well(client_for, cohort, trainer):
    content = sheet(["E-mail", "Naam"], ["nieuw@x.test", "Nieuw Iemand"])
    assert upload(client_for(trainer), cohort, content, "lijst.xlsx").status_code == 302
    assert ImportRow.objects.get().verdict == Verdict.INVITE


# --- using ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def using(django_capture_on_commit_callbacks):
    """Use a list, with what follows the transaction."""

    def use(found, trainer):
        with django_capture_on_commit_callbacks(execute=True):
            actions.use_list(found, by=trainer)
        found.refresh_from_db()
        return found

    return use


@pytest.mark.usefixtures("our_mailers")
def test_using_a_list_invites_everybody_whose_row_is_good_once(cohort, trainer, mixed, using):
    found = using(taken_in(cohort, trainer, mixed), trainer)
    assert (found.state, found.invited) == (ImportState.DONE, 2)
    mails = OutboxMail.objects.order_by("recipient")
    assert [mail.recipient for mail in mails] == ["eerder@x.test", "nieuw@x.test"]
    assert "Hallo Nieuw Iemand," in mails[1].text
    assert "Voorjaar" in mails[1].text
    assert Invitation.objects.filter(scope_kind=ScopeKind.COHORT, scope_id=cohort.pk).count() == 2
    assert AuditEntry.objects.filter(action="learning.list_used").count() == 1
    using(found, trainer)
    imports.carry_out.call(found.pk)
    assert OutboxMail.objects.count() == 2


@pytest.mark.usefixtures("our_mailers")
def test_a_link_of_such_a_list_leads_into_the_course(cohort, trainer, using):
    using(taken_in(cohort, trainer, b"e-mail,naam\nnieuw@x.test,Nieuw Iemand"), trainer)
    link = (
        "/account/uitnodiging/" + OutboxMail.objects.get().text.split("/account/uitnodiging/")[1].split()[0]
    )
    page = Client().get(link)
    assert 'value="Nieuw Iemand"' in page.text
    answer = {
        "display_name": "Nieuw",
        "language": "nl",
        "sign_in_with": "password",
        "password": PASSWORD,
        "agree": "on",
    }
    Client().post(link, answer)
    assert Enrolment.objects.get(user__email="nieuw@x.test").cohort == cohort


def test_when_storing_fails_nobody_is_invited_and_one_can_try_again(cohort, trainer, using, monkeypatch):
    found = taken_in(cohort, trainer, many(3).encode())
    kept = imports.invite_all

    def breaks(*args, **kwargs):
        kept(*args, **kwargs)
        message = "the disk is full"
        raise DatabaseError(message)

    monkeypatch.setattr(imports, "invite_all", breaks)
    assert using(found, trainer).state == ImportState.FAILED
    assert not Invitation.objects.exists()
    assert not OutboxMail.objects.exists()
    monkeypatch.setattr(imports, "invite_all", kept)
    assert using(found, trainer).invited == 3


def test_who_came_in_since_the_list_was_read_is_not_invited(cohort, trainer, using):
    found = taken_in(cohort, trainer, many(2).encode())
    in_cohort(cohort, email="mens0@x.test")
    assert using(found, trainer).invited == 1
    assert found.rows.get(line=2).verdict == Verdict.HERE


def test_who_may_no_longer_invite_by_then_invites_nobody(cohort, trainer, django_capture_on_commit_callbacks):
    found = taken_in(cohort, trainer, many(2).encode())
    with django_capture_on_commit_callbacks() as later:
        actions.use_list(found, by=trainer)
    trainer.assignments.all().delete()
    for callback in later:
        callback()
    found.refresh_from_db()
    assert found.state == ImportState.FAILED
    assert not Invitation.objects.exists()


def test_a_dropped_list_is_forgotten_and_not_used(client_for, cohort, trainer):
    found = taken_in(cohort, trainer, many(2).encode())
    client_for(trainer).post(reverse("learning:drop_list", args=[found.pk]))
    assert not ImportRow.objects.exists()
    with pytest.raises(ListInUseError):
        actions.use_list(found, by=trainer)


def test_nobody_reads_or_uses_the_list_of_another_cohort(client_for, cohort, trainer):
    found = taken_in(cohort, trainer, many(2).encode())
    stranger = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, cohort.pk + 1))
    assert client_for(stranger).get(reverse("learning:people_list", args=[found.pk])).status_code == 404
    for act in (actions.use_list, actions.drop_list):
        with pytest.raises(NotAllowedError):
            act(found, by=stranger)


def test_while_it_is_at_work_the_page_says_how_far_it_is(client_for, cohort, trainer):
    found = taken_in(cohort, trainer, many(4).encode())
    PeopleImport.objects.filter(pk=found.pk).update(state=ImportState.WORKING, checked=1)
    desk, address = client_for(trainer), reverse("learning:people_list", args=[found.pk])
    assert 'value="1"' in desk.get(address).text
    part = desk.get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    PeopleImport.objects.filter(pk=found.pk).update(state=ImportState.DONE)
    assert desk.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_erasure_reaches_the_rows_of_lists(cohort, trainer):
    taken_in(cohort, trainer, b"e-mail;naam\nER-AL@x.test;Er Al\nnieuw@x.test;Nieuw")
    person = Enrolment.objects.get(user__email="er-al@x.test").user
    erase(person, by=person)
    assert list(ImportRow.objects.values_list("address", flat=True)) == ["nieuw@x.test"]


def test_rows_are_forgotten_after_a_week_and_the_list_after_ninety_days(cohort, trainer):
    taken_in(cohort, trainer, many(2).encode())
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert actions.forget_lists() == 2
        assert PeopleImport.objects.exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=91)):
        actions.forget_lists()
    assert not PeopleImport.objects.exists()


# --- ten thousand -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("our_mailers")
def test_ten_thousand_rows_are_read_and_used_in_bounded_time_and_queries(
    cohort, trainer, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    content = many(10_000).encode()
    begun = time.monotonic()
    with django_assert_max_num_queries(400):
        found = taken_in(cohort, trainer, content)
    with django_assert_max_num_queries(700), django_capture_on_commit_callbacks():
        actions.use_list(found, by=trainer)
        imports.carry_out.call(found.pk)
    found.refresh_from_db()
    assert (found.total, found.invited) == (10_000, 10_000)
    assert Invitation.objects.count() == OutboxMail.objects.count() == 10_000
    assert time.monotonic() - begun < 120


@pytest.mark.usefixtures("our_mailers")
def test_a_longer_list_needs_no_more_memory_than_its_own_text(
    cohort, trainer, django_capture_on_commit_callbacks
):
    peaks = []
    for rows in (600, 1800):
        found = taken_in(cohort, trainer, many(rows).encode())
        with django_capture_on_commit_callbacks():
            actions.use_list(found, by=trainer)
            tracemalloc.start()
            imports.carry_out.call(found.pk)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        Invitation.objects.all().delete()
    assert peaks[1] < 1.6 * peaks[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_list_costs_the_same_with_one_and_three_rows(
    rows, client_for, cohort, trainer, django_assert_num_queries
):
    found = taken_in(cohort, trainer, many(rows).encode())
    desk, address = client_for(trainer), reverse("learning:people_list", args=[found.pk])
    desk.get(address)
    with django_assert_num_queries(7):
        desk.get(address)


def test_pages_of_rows_follow_each_other_by_line(cohort, trainer, monkeypatch):
    monkeypatch.setattr("courses.learning.queries.imports.PAGE", 2)
    found = taken_in(cohort, trainer, many(5).encode())
    first = queries.row_page(found)
    second = queries.row_page(found, after=first.after)
    third = queries.row_page(found, after=second.after)
    lines = [row.line for page in (first, second, third) for row in page.rows]
    assert lines == [2, 3, 4, 5, 6]
    assert third.after is None
