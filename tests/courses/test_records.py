"""Learning records: what a statement says, taken out as a file and told to a record store, under pseudonyms."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid

import pytest
import time_machine
from django.utils import timezone

from accounts.actions.privacy import erase
from accounts.models import Role, ScopeKind
from core.models import AuditEntry
from courses.exercises.models import Quiz
from courses.learning.actions.certificates import revoke
from courses.learning.models import (
    Certificate,
    ExportPurpose,
    Pseudonym,
    RevocationReason,
    Seat,
    StatementVoid,
)
from courses.learning.records import telling
from courses.learning.records.pseudonyms import told
from courses.learning.records.sources import happenings
from courses.learning.records.telling import BATCH, SETTLED, tell_all
from courses.learning.tasks.certificates import issue_certificates
from courses.learning.tasks.records import tell_record_store
from tests.accounts.factories import UserFactory
from tests.courses.certified import do_all_lessons, make_earner
from tests.courses.factories import make_enrolment, make_small_course
from tests.courses.record_store import AUTH, record_store

pytestmark = pytest.mark.django_db

IRI = re.compile(r"https?://[^\s<>]+")
VERBS = {"initialized", "experienced", "answered", "completed", "passed", "failed", "attended", "earned"}


@pytest.fixture
def store(settings):
    with record_store() as server:
        settings.LRS_URL, settings.LRS_AUTH = server.url, AUTH
        yield server


@pytest.fixture
def earner():
    enrolment = make_earner(UserFactory.create(poh=True, display_name="Noor", email="noor@voorbeeld.test"))
    issue_certificates.call()
    return enrolment


@pytest.fixture
def later():
    """Move to a moment at which what was just done has settled."""
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5), tick=True) as clock:
        yield clock


def statements(purpose=ExportPurpose.EVALUATION, **enrolment):
    return list(told(happenings(**enrolment), purpose))


def check(statement):
    """Hold a statement to what xAPI 1.0.3 asks."""
    assert uuid.UUID(statement["id"]).version == 5
    assert set(statement) <= {"id", "actor", "verb", "object", "result", "context", "timestamp", "version"}
    assert set(statement["actor"]) == {"objectType", "account"}
    assert set(statement["actor"]["account"]) == {"homePage", "name"}
    assert IRI.fullmatch(statement["actor"]["account"]["homePage"])
    assert IRI.fullmatch(statement["verb"]["id"])
    thing = statement["object"]
    assert thing["objectType"] == "Activity"
    assert IRI.fullmatch(thing["id"])
    assert IRI.fullmatch(thing["definition"]["type"])
    assert set(thing["definition"]["name"]) == {"nl"}
    assert dt.datetime.fromisoformat(statement["timestamp"]).tzinfo is not None
    for around in statement["context"]["contextActivities"].values():
        assert all(IRI.fullmatch(one["id"]) for one in around)
    score = statement.get("result", {}).get("score")
    if score:
        assert 0 <= score["scaled"] <= 1
        assert score["min"] <= score["raw"] <= score["max"]


def words(found):
    return [one["verb"]["display"]["en"] for one in found]


# what is said


def test_every_statement_keeps_to_the_standard_and_every_verb_occurs(earner):
    do_all_lessons(make_enrolment(UserFactory.create(poh=True), earner.course), letter="A")
    found = statements()
    for one in found:
        check(one)
    assert set(words(found)) >= VERBS - {"passed", "failed"}
    assert len({one["id"] for one in found}) == len(found)


def test_a_quiz_with_a_pass_mark_is_passed_or_failed():
    course = make_small_course()
    quiz = Quiz.objects.get()
    quiz.pass_percent = 80
    quiz.save_revision().publish()
    for letter in "AB":
        do_all_lessons(make_enrolment(UserFactory.create(poh=True), course), letter=letter)
    found = [one for one in statements() if one["object"]["definition"]["type"].endswith("assessment")]
    assert words(found) == ["failed", "passed"]
    assert [one["result"]["score"]["scaled"] for one in found] == [0, 1]


def test_nothing_says_who_it_was_or_what_was_answered(earner):
    earner.reflections.create(
        item=earner.edition.items.filter(kind="lesson").first(), block_id="b", text="Mijn gedachte"
    )
    text = json.dumps(statements(), ensure_ascii=False)
    user = earner.user
    for secret in ("Noor", "noor@voorbeeld.test", str(user.audit_id), "Mijn gedachte", "response"):
        assert secret not in text


def test_the_same_happening_has_the_same_id_again_and_another_for_another_purpose(earner):
    first, again = statements(), statements()
    assert first == again
    other = statements(ExportPurpose.LRS)
    assert not {one["id"] for one in first} & {one["id"] for one in other}
    assert not {one["actor"]["account"]["name"] for one in first} & {
        one["actor"]["account"]["name"] for one in other
    }


# as a file


def test_a_leader_takes_out_valid_json_and_it_is_written_down(client, earner):
    client.force_login(UserFactory.create(project_leader=True))
    answer = client.post("/project/training/uitvoer/", {"cohort": ""})
    found = json.loads(b"".join(answer))
    assert found == statements()
    assert answer["Content-Disposition"].endswith('.json"')
    assert AuditEntry.objects.filter(action="learning.records_taken_out").count() == 1


def test_without_anything_it_is_an_empty_array(client):
    client.force_login(UserFactory.create(administrator=True))
    assert json.loads(b"".join(client.post("/project/training/uitvoer/", {"cohort": ""}))) == []


def test_a_leader_of_another_round_takes_out_nothing(client, earner):
    client.force_login(UserFactory.create(roles=[Role.PROJECT_LEADER], scope=(ScopeKind.ROUND, 99)))
    assert json.loads(b"".join(client.post("/project/training/uitvoer/", {"cohort": ""}))) == []
    assert client.post("/project/training/uitvoer/", {"cohort": earner.cohort_id}).status_code == 422


def test_after_erasure_the_file_holds_nothing_of_the_person(earner):
    assert statements()
    erase(earner.user, by=earner.user)
    assert statements() == []
    assert not Pseudonym.objects.exists()


# to a record store


def test_the_store_gets_everything_once(store, earner, later):
    assert tell_all() == len(store.statements) == len(statements(ExportPurpose.LRS))
    assert {one["id"]: one for one in statements(ExportPurpose.LRS)} == store.statements
    before = store.requests
    assert tell_all() == 0
    assert store.requests == before


def test_what_is_not_settled_yet_waits(store, earner):
    tell_all()
    assert set(words(store.holding)) == {"attended", "earned"}


def test_a_store_that_is_away_gets_the_rest_next_time(store, earner, later):
    store.fail = [503]
    tell_record_store.call()
    assert store.statements == {}
    store.fail = [200, 500]
    for _run in range(3):
        tell_record_store.call()
    assert store.statements == {one["id"]: one for one in statements(ExportPurpose.LRS)}


def test_a_lost_answer_doubles_nothing(store, earner, later):
    store.lose = 3
    for _run in range(6):
        tell_record_store.call()
    assert store.statements == {one["id"]: one for one in statements(ExportPurpose.LRS)}


def test_a_batch_of_which_the_store_knows_one_otherwise_goes_one_by_one(store, earner, later):
    """It was told before under another title: the store keeps what it has and takes the rest."""
    (first, *_rest) = statements(ExportPurpose.LRS)
    store.statements[first["id"]] = {**first, "object": {"objectType": "Activity", "id": "https://oud.test/"}}
    tell_all()
    assert len(store.statements) == len(statements(ExportPurpose.LRS))
    assert store.statements[first["id"]]["object"]["id"] == "https://oud.test/"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "file:///etc", "ftp://x"])
def test_an_address_where_nothing_listens_is_no_error(settings, earner, address):
    settings.LRS_URL = address
    tell_record_store.call()


def test_a_wrong_key_sends_nothing_on(store, earner, settings):
    settings.LRS_AUTH = "sleutel:fout"
    tell_record_store.call()
    assert store.statements == {}


def test_without_a_store_nothing_happens(earner, settings):
    settings.LRS_URL = ""
    tell_record_store.call()
    assert not Pseudonym.objects.filter(purpose=ExportPurpose.LRS).exists()


def test_a_long_backlog_goes_in_batches(store, later):
    course = make_small_course()
    for _number in range(BATCH + 3):
        make_enrolment(UserFactory.create(poh=True), course)
    later.shift(SETTLED + dt.timedelta(seconds=1))
    tell_all()
    assert words(store.holding) == ["initialized"] * (BATCH + 3)
    assert store.requests == 2


# taken back


def test_erasure_voids_what_the_store_has_and_nothing_more_is_sent(store, earner, later):
    other = make_enrolment(UserFactory.create(poh=True), earner.course)
    later.shift(SETTLED + dt.timedelta(seconds=1))
    tell_all()
    mine = {
        one["id"]
        for one in store.holding
        if one["actor"]["account"]["name"]
        == str(Pseudonym.objects.get(user=earner.user, purpose="lrs").value)
    }
    erase(earner.user, by=earner.user)
    tell_all()
    assert store.voided == mine
    assert {one["actor"]["account"]["name"] for one in store.holding} == {
        str(Pseudonym.objects.get(user=other.user, purpose="lrs").value)
    }
    assert not Pseudonym.objects.filter(user=earner.user).exists()
    before = len(store.statements)
    tell_all()
    assert len(store.statements) == before


def test_erasure_before_anything_was_sent_sends_nothing(store, earner, later):
    erase(earner.user, by=earner.user)
    tell_all()
    assert store.statements == {}


def test_erasure_while_statements_are_on_their_way_takes_them_back(store, earner, later):
    """The rows were read, the person goes, the statements arrive: they are voided in the same run."""
    sent = telling.put([one for one in happenings(pk=earner.pk) if one.kind == "began"])
    erase(earner.user, by=earner.user)
    assert StatementVoid.objects.count() == 0
    sent.check()
    assert StatementVoid.objects.count() == 1
    telling.send_voids()
    assert store.holding == []


def test_attendance_that_was_taken_back_is_voided_and_told_anew_under_another_id(store, earner, later):
    tell_all()
    attended = [one for one in store.holding if "attended" in one["verb"]["id"]]
    seat = Seat.objects.get(enrolment=earner)
    when, seat.attended_at = seat.attended_at, None
    seat.save()
    tell_all()
    assert len(store.voided) == 1
    seat.attended_at = when
    seat.save()
    tell_all()
    again = [one for one in store.holding if "attended" in one["verb"]["id"]]
    assert len(again) == len(attended)
    assert {one["id"] for one in again} != {one["id"] for one in attended}
    tell_all()
    assert len(store.voided) == 1


def test_a_withdrawn_certificate_is_voided(store, earner, later):
    tell_all()
    assert "earned" in words(store.holding)
    leader = UserFactory.create(project_leader=True)
    revoke(Certificate.objects.get(), because=RevocationReason.MISTAKE, note="", confirmed=False, by=leader)
    tell_all()
    assert "earned" not in words(store.holding)
