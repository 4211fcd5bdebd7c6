"""Registration numbers, points, and lists for registers: after the day, once, corrections apart."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.utils import timezone

from accounts.actions.privacy import erase
from accounts.models import Role, ScopeKind
from courses.learning.actions import points as actions
from courses.learning.actions.points import (
    NotGrantedError,
    NothingNewError,
    NumberRefusedError,
    TooEarlyError,
    make_lists,
    save_number,
)
from courses.learning.errors import NotAllowedError
from courses.learning.models import (
    Accreditation,
    CoachingMoment,
    Cohort,
    CountsFor,
    Enrolment,
    PresenceRow,
    Register,
    RegistrationNumber,
    Seat,
)
from courses.learning.queries import points as queries
from courses.learning.queries.points import occasion_rows, occasions, points_of
from courses.learning.tasks.certificates import issue_certificates
from tests.accounts.factories import UserFactory
from tests.courses.certified import (
    attend,
    make_certified_course,
    make_cohort,
    make_earner,
    make_training_day,
)
from tests.courses.factories import make_enrolment

pytestmark = pytest.mark.django_db


def make_register(name="Beroepsregister", **facts):
    given = {"pattern": r"[0-9]{6}", "format_text": "zes cijfers", "format_text_fr": "six chiffres", **facts}
    return Register.objects.create(name=name, **given)


def make_accreditation(register, course, counts_for=CountsFor.TRAINING_DAY, *, granted=True, **facts):
    day = timezone.localdate() - dt.timedelta(days=100)
    given = {"points": "6.0", "valid_from": day, **facts}
    if granted:
        given |= {"accreditation_id": "A-1", "granted_on": day}
    return Accreditation.objects.create(register=register, course=course, counts_for=counts_for, **given)


class World:
    """A register that granted six points for a training day, at which three people were; two have a number."""

    def __init__(self) -> None:
        self.leader = UserFactory.create(project_leader=True)
        self.register = make_register()
        self.course = make_certified_course()
        self.accreditation = make_accreditation(self.register, self.course)
        self.cohort = make_cohort(self.course)
        self.day = make_training_day(self.cohort)
        self.enrolments = [self.learner(name, number) for name, number in PEOPLE]

    def learner(self, name, number):
        enrolment = make_enrolment(UserFactory.create(poh=True, display_name=name), self.course)
        enrolment.cohort = self.cohort
        enrolment.save()
        attend(enrolment, self.day)
        if number:
            save_number(self.register, number=number, by=enrolment.user)
        return enrolment

    def occasion(self):
        return occasions(self.accreditation, self.leader)[0]

    def lists(self, by=None):
        return make_lists(self.occasion(), by=by or self.leader)


PEOPLE = [("=Noor", "111111"), ("Sanne", "222222"), ("Ömer", "")]


@pytest.fixture
def world():
    return World()


def told(batch):
    return list(batch.rows.order_by("pk").values_list("change", "name", "number", "former_number"))


# numbers


def test_a_number_is_kept_as_the_register_writes_it():
    user, register = UserFactory.create(poh=True), make_register(pattern="[A-Z]{2}[0-9]{4}")
    assert save_number(register, number=" #ab 1234 ", by=user).number == "AB1234"


@pytest.mark.parametrize("number", ["", "12345", "1234567", "12345a", "１２３４５６", "x" * 200])
def test_a_number_that_looks_different_is_refused(number):
    register = make_register()
    with pytest.raises(NumberRefusedError) as refused:
        save_number(register, number=number, by=UserFactory.create())
    assert refused.value.reason == "format"


def test_somebody_else_s_number_is_refused_and_one_s_own_may_be_changed():
    register, user = make_register(), UserFactory.create()
    save_number(register, number="123456", by=user)
    with pytest.raises(NumberRefusedError) as refused:
        save_number(register, number="12 34 56", by=UserFactory.create())
    assert refused.value.reason == "doubled"
    save_number(register, number="654321", by=user)
    assert RegistrationNumber.objects.get().number == "654321"


def test_the_same_number_in_two_registers_is_nobody_s_mistake():
    user = UserFactory.create()
    for name in ("Een", "Twee"):
        save_number(make_register(name), number="123456", by=user)
    assert RegistrationNumber.objects.filter(user=user).count() == 2


def test_a_closed_register_takes_none():
    with pytest.raises(NumberRefusedError) as refused:
        save_number(make_register(active=False), number="123456", by=UserFactory.create())
    assert refused.value.reason == "closed"


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("", "12", "Een nummer van Beroepsregister ziet er anders uit: zes cijfers."),
        ("/fr", "12", "Un numéro de Beroepsregister se présente autrement\u00a0: six chiffres."),
        ("", "123456", "Iemand anders heeft dit nummer van Beroepsregister al ingevuld."),
    ],
)
def test_the_reason_stands_beside_what_was_typed(client, language, number, words):
    register = make_register()
    save_number(register, number="123456", by=UserFactory.create())
    client.force_login(UserFactory.create(poh=True))
    answer = client.post(f"{language}/mijn/punten/", {"register": register.pk, "number": number})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{number}"' in page
    assert RegistrationNumber.objects.count() == 1


def test_one_s_own_number_can_be_taken_away_and_nobody_else_s(client):
    number = save_number(make_register(), number="123456", by=UserFactory.create())
    client.force_login(UserFactory.create(poh=True))
    assert client.post(f"/mijn/punten/weg/{number.pk}/").status_code == 404
    client.force_login(number.user)
    client.post(f"/mijn/punten/weg/{number.pk}/")
    assert not RegistrationNumber.objects.exists()


# points


def test_points_count_once_granted_and_within_their_term(world):
    (one,) = points_of(world.enrolments[0].user)
    assert [(line.granted, line.told) for line in one.lines] == [(True, False)]
    assert one.totals == [("", 6)]
    world.lists()
    (one,) = points_of(world.enrolments[0].user)
    assert [line.told for line in one.lines] == [True]
    world.accreditation.valid_until = world.accreditation.valid_from
    world.accreditation.save()
    assert points_of(world.enrolments[0].user)[0].lines == ()


def test_what_was_not_granted_says_so_and_adds_nothing(world):
    make_accreditation(world.register, world.course, CountsFor.TRAINING_DAY, granted=False, category="B")
    (one,) = points_of(world.enrolments[0].user)
    assert sorted(line.granted for line in one.lines) == [False, True]
    assert one.totals == [("", 6)]


def test_categories_never_make_up_for_each_other(world):
    make_accreditation(world.register, world.course, CountsFor.TRAINING_DAY, category="B", points="2")
    (one,) = points_of(world.enrolments[0].user)
    assert one.totals == [("", 6), ("B", 2)]


def test_coachings_and_the_certificate_give_points_too():
    register, course = make_register(), make_certified_course()
    make_accreditation(register, course, CountsFor.COACHING, points="1")
    make_accreditation(register, course, CountsFor.COURSE, points="12")
    enrolment = make_earner(UserFactory.create(poh=True), course)
    issue_certificates.call()
    save_number(register, number="123456", by=enrolment.user)
    (one,) = points_of(enrolment.user)
    assert one.totals == [("", 15)]


def test_a_list_of_coachings_names_each_persons_own_day(client):
    register, course = make_register(), make_certified_course()
    accreditation = make_accreditation(register, course, CountsFor.COACHING, points="1")
    days = [timezone.localdate() - dt.timedelta(days=number) for number in (3, 9)]
    for number, day in enumerate(days):
        enrolment = make_enrolment(UserFactory.create(poh=True, display_name=f"Mens {number}"), course)
        cohort = Cohort.objects.first() or make_cohort(course)
        Enrolment.objects.filter(pk=enrolment.pk).update(cohort=cohort)
        save_number(register, number=f"12345{number}", by=enrolment.user)
        held_at = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
        CoachingMoment.objects.create(enrolment=enrolment, number=1, due_on=day, held_at=held_at)
    leader = UserFactory.create(project_leader=True)
    client.force_login(leader)
    assert "ieder op een eigen dag" in client.get(f"/project/training/punten/{accreditation.pk}/").text
    (row,) = occasion_rows(accreditation, leader)
    (batch,) = make_lists(row.occasion, by=leader)
    assert list(batch.rows.order_by("pk").values_list("held_on", flat=True)) == days
    file = client.get(f"/project/training/punten/lijst/{batch.pk}/presentie.xlsx")
    cells = list(openpyxl.load_workbook(io.BytesIO(b"".join(file))).active.values)
    assert [one[3].date() for one in cells[1:]] == days


@pytest.mark.parametrize("count", [1, 3])
def test_points_cost_the_same_for_one_register_and_for_three(count, world, django_assert_num_queries):
    user = world.enrolments[2].user
    for number in range(count):
        register = make_register(f"Register {number}")
        make_accreditation(register, world.course)
        save_number(register, number="333333", by=user)
    with django_assert_num_queries(6):
        assert len(points_of(user)) == count


# lists


def test_a_list_holds_who_was_there_and_has_a_number(world):
    (row,) = occasion_rows(world.accreditation, world.leader)
    assert (row.present, row.numbered, row.told) == (3, 2, 0)
    (batch,) = world.lists()
    assert told(batch) == [("add", "=Noor", "111111", ""), ("add", "Sanne", "222222", "")]
    (row,) = occasion_rows(world.accreditation, world.leader)
    assert (row.present, row.numbered, row.told) == (3, 2, 2)


def test_making_it_again_doubles_nobody(world):
    world.lists()
    with pytest.raises(NothingNewError):
        world.lists()
    save_number(world.register, number="333333", by=world.enrolments[2].user)
    (batch,) = world.lists()
    assert told(batch) == [("add", "Ömer", "333333", "")]
    assert PresenceRow.objects.count() == 3


def test_the_same_list_is_the_same_file(world, client):
    (batch,) = world.lists()
    client.force_login(world.leader)

    def file():
        return b"".join(client.get(f"/project/training/punten/lijst/{batch.pk}/presentie.xlsx"))

    first = file()
    world.learner("Later", "444444")
    world.enrolments[0].user.display_name = "Iemand anders"
    world.enrolments[0].user.save()
    world.lists()
    assert file() == first


def test_corrections_stand_apart(world):
    world.lists()
    save_number(world.register, number="999999", by=world.enrolments[0].user)
    Seat.objects.filter(enrolment=world.enrolments[1]).update(attended_at=None)
    save_number(world.register, number="333333", by=world.enrolments[2].user)
    added, corrected = world.lists()
    assert told(added) == [("add", "Ömer", "333333", "")]
    assert corrected.corrects
    assert told(corrected) == [("number", "=Noor", "999999", "111111"), ("withdraw", "Sanne", "222222", "")]
    with pytest.raises(NothingNewError):
        world.lists()
    Seat.objects.filter(enrolment=world.enrolments[1]).update(attended_at=timezone.now())
    (again,) = world.lists()
    assert told(again) == [("add", "Sanne", "222222", "")]


def test_lists_are_the_same_however_small_the_pieces_in_which_they_are_written(world, monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 1)
    monkeypatch.setattr(queries, "PIECE", 1)
    world.lists()
    Seat.objects.update(attended_at=None)
    (corrected,) = world.lists()
    assert told(corrected) == [("withdraw", "=Noor", "111111", ""), ("withdraw", "Sanne", "222222", "")]
    assert corrected.rows_count == 2
    Seat.objects.update(attended_at=timezone.now())
    (again,) = world.lists()
    assert told(again) == [("add", "=Noor", "111111", ""), ("add", "Sanne", "222222", "")]


def test_before_the_day_is_over_there_is_no_list(world):
    world.day.starts_at = timezone.now() - dt.timedelta(hours=1)
    world.day.ends_at = timezone.now() + dt.timedelta(hours=6)
    world.day.save()
    with pytest.raises(TooEarlyError):
        world.lists()


def test_before_it_is_granted_there_is_no_list(world):
    Accreditation.objects.update(granted_on=None, accreditation_id="")
    with pytest.raises(NotGrantedError):
        world.lists()


def test_a_cancelled_day_is_no_occasion(world):
    world.day.cancelled_at = timezone.now()
    world.day.save()
    assert occasions(world.accreditation, world.leader) == []


@pytest.mark.parametrize("who", ["trainer", "poh", "editor"])
def test_others_make_no_lists(world, who):
    with pytest.raises(NotAllowedError):
        world.lists(by=UserFactory.create(roles=[Role(who)]))


def test_a_leader_of_another_round_has_no_occasion_here(world):
    other = UserFactory.create(roles=[Role.PROJECT_LEADER], scope=(ScopeKind.ROUND, 99))
    assert occasions(world.accreditation, other) == []
    with pytest.raises(NotAllowedError):
        world.lists(by=other)


@pytest.mark.parametrize(
    ("paste", "expected"), [("hash", "#111111\n#222222\n"), ("plain", "111111\n222222\n")]
)
def test_the_pasted_list_is_as_the_register_takes_it(world, client, paste, expected):
    Register.objects.update(paste_form=paste)
    (batch,) = world.lists()
    client.force_login(world.leader)
    answer = client.get(f"/project/training/punten/lijst/{batch.pk}/nummers.txt")
    assert b"".join(answer).decode() == expected
    assert expected in client.get(f"/project/training/punten/lijst/{batch.pk}/").content.decode()


def test_the_spreadsheet_runs_no_formula(world, client):
    (batch,) = world.lists()
    client.force_login(world.leader)
    content = b"".join(client.get(f"/project/training/punten/lijst/{batch.pk}/presentie.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[2]][:2] == ["111111", "'=Noor"]
    assert sheet["F2"].value == 6


def test_the_screen_makes_the_list_and_then_says_that_all_is_told(world, client):
    client.force_login(world.leader)
    address = f"/project/training/punten/{world.accreditation.pk}/"
    page = client.get(address).content.decode()
    assert "Maak de lijst" in page
    made = client.post(f"{address}lijst/", {"occasion": f"meeting:{world.day.pk}"})
    assert made["Location"].startswith("/project/training/punten/lijst/")
    again = client.post(f"{address}lijst/", {"occasion": f"meeting:{world.day.pk}"}, follow=True)
    assert "nog geen nummer van dit register in: Ömer" in again.content.decode()
    assert client.post(f"{address}lijst/", {"occasion": "meeting:999"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_occasions_cost_the_same_for_one_and_for_three(world, count, django_assert_num_queries):
    for _number in range(count - 1):
        make_training_day(world.cohort)
    with django_assert_num_queries(4):
        assert len(occasion_rows(world.accreditation, world.leader)) == count


def test_erasure_takes_name_and_number_off_the_lists(world):
    (batch,) = world.lists()
    holder = world.enrolments[0].user
    erase(holder, by=holder)
    assert told(batch) == [("add", "", "", ""), ("add", "Sanne", "222222", "")]
    assert not RegistrationNumber.objects.filter(number="111111").exists()
    with pytest.raises(NothingNewError):
        world.lists()
