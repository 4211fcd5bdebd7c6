"""What a page sends by itself: stored once, for its own person only, and refused in words otherwise."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.browsers import keeping_key, owner_word
from courses.catalogue.queries import pinned_lesson
from courses.learning.actions import check_answer, leave
from courses.learning.models import Answer, Attempt, Reflection
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_course_with, make_enrolment, make_question_of
from tests.courses.test_answers import answer as give
from tests.courses.test_answers import option
from tests.courses.test_quiz_rules import Sitting

pytestmark = pytest.mark.django_db


class Page:
    """A page of a lesson, as its script sends what changes on it."""

    def __init__(self, person, address):
        self.person, self.address = person, address
        self.writer, self.sequence = uuid.uuid4(), 0
        self.client = Client()
        self.client.force_login(person)

    def stamp(self, **more):
        self.sequence += 1
        return {
            "change": uuid.uuid4(),
            "writer": self.writer,
            "sequence": self.sequence,
            "base": 0,
            "owner": owner_word(self.person.pk),
            **more,
        }

    def send(self, **fields):
        response = self.client.post(self.address, {"number": "1", **self.stamp(), **fields})
        return response.status_code, response.json()


@pytest.fixture
def page(enrolment, question):
    return Page(enrolment.user, keep_url(enrolment, question, question))


@pytest.fixture
def thought(enrolment, outline, lesson):
    parts = pinned_lesson(outline, lesson).parts
    block = next(part.block_id for part in parts if part.kind == "reflection")
    return Page(enrolment.user, reverse("learning:keep_reflection", args=[enrolment.pk, lesson.id, block]))


def keep_url(enrolment, exercise, question):
    return reverse("learning:keep_answer", args=[enrolment.pk, exercise.id, question.id])


def another(page):
    """The same person's lesson in another window."""
    return Page(page.person, page.address)


def chosen():
    return Answer.objects.get().chosen


def test_a_change_is_stored_and_the_page_hears_what_stands_there(page, question):
    status, told = page.send(option=option(question, "A"))
    assert (status, told["outcome"], told["version"]) == (200, "saved", 1)
    assert told["chosen"] == chosen() == [option(question, "A")]


def test_a_change_sent_twice_is_stored_once(page, question):
    change = page.stamp(option=option(question, "A"))
    for _time in range(3):
        assert page.send(**change)[0] == 200
    assert Answer.objects.get().version == 1
    assert Attempt.objects.count() == 1


def test_a_change_that_arrives_late_does_not_cover_the_newer_one(page, question):
    older = page.stamp(option=option(question, "A"))
    page.send(option=option(question, "B"))
    assert page.send(**older)[1]["outcome"] == "saved"
    assert chosen() == [option(question, "B")]


def test_an_answer_given_elsewhere_meanwhile_is_told_and_both_are_kept(page, question):
    page.send(option=option(question, "A"))
    status, told = another(page).send(option=option(question, "B"))
    assert (status, told["outcome"], told["chosen"]) == (409, "overtaken", [option(question, "A")])
    assert "ergens anders" in told["words"]
    assert another(page).send(option=option(question, "B"), base=told["version"])[0] == 200
    assert chosen() == [option(question, "B")]


def test_what_is_already_fixed_stays_and_the_same_once_more_is_fine(page, enrolment, question):
    give(enrolment, question, question, "A")
    assert page.send(option=option(question, "A"))[0] == 200
    status, told = page.send(option=option(question, "B"))
    assert (status, told["outcome"]) == (409, "over")
    assert "ingeleverd" in told["words"]
    assert chosen() == [option(question, "A")]


@pytest.mark.parametrize(
    "forged",
    [
        {"owner": ""},
        {"change": "x"},
        {"writer": ""},
        {"sequence": "0"},
        {"sequence": "1e9"},
        {"base": "-1"},
        {"base": str(2**60)},
    ],
)
def test_a_forged_stamp_is_refused_in_words(forged, page, question):
    status, told = page.send(option=option(question, "A"), **forged)
    assert (status, told["outcome"]) == (422, "refused")
    assert told["words"]
    assert not Answer.objects.exclude(chosen=[]).exists()


@pytest.mark.parametrize("number", ["0", "2", "99", "-1", "x", "1.0", "٣", ""])
def test_a_forged_attempt_is_refused_in_words(number, page, question):
    status, told = page.send(option=option(question, "A"), number=number)
    assert (status, told["outcome"]) == (409, "over")
    assert told["words"]
    assert not Attempt.objects.exists()


def test_a_score_or_a_time_sent_along_is_not_read(page, question):
    page.send(
        option=option(question, "A"),
        outcome="right",
        right="1",
        passed="1",
        checked_at="2001-01-01T00:00",
        now="2001-01-01T00:00",
        version="99",
    )
    stored = Answer.objects.get()
    assert (stored.outcome, stored.checked_at, stored.version) == ("", None, 1)
    assert (stored.attempt.right, stored.attempt.passed, stored.attempt.handed_in_at) == (0, None, None)


def test_an_option_that_does_not_exist_is_refused_in_words(page):
    status, told = page.send(option="verzonnen")
    assert (status, told["outcome"]) == (422, "refused")
    assert "hoort niet bij de vraag" in told["words"]


def test_what_somebody_left_on_a_shared_pc_is_refused_for_whoever_signs_in_next(page, question):
    kept = page.stamp(option=option(question, "A"), number="1")
    page.client.force_login(UserFactory.create(poh=True))
    response = page.client.post(page.address, kept)
    assert (response.status_code, response.json()["outcome"]) == (403, "stranger")
    assert "iemand anders" in response.json()["words"]
    assert not Attempt.objects.exists()


def test_another_persons_attempt_does_not_exist_even_under_ones_own_name(page, question):
    stranger = Page(UserFactory.create(poh=True), page.address)
    status, told = stranger.send(option=option(question, "A"))
    assert (status, told["outcome"]) == (404, "gone")
    assert not Attempt.objects.exists()


def test_after_leaving_the_course_nothing_more_is_stored(page, enrolment, question):
    page.send(option=option(question, "A"))
    leave(enrolment, by=enrolment.user)
    assert page.send(option=option(question, "B"))[1]["outcome"] == "gone"
    assert chosen() == [option(question, "A")]


def test_a_question_of_another_exercise_is_refused(enrolment, quiz, question):
    page = Page(enrolment.user, keep_url(enrolment, quiz, question))
    assert page.send(option=option(question, "A"))[1]["outcome"] == "gone"


def test_what_was_waiting_until_the_time_was_up_is_told(client_for):
    here = Sitting(questions=2, minutes=10)
    place = here.drawn(here.begin())[0]
    person = here.enrolment.user
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        page = Page(person, keep_url(here.enrolment, here.item, place))
        status, told = page.send(option=option(place, "B"))
    assert (status, told["outcome"]) == (409, "over")
    assert "De tijd is om" in told["words"]
    assert Attempt.objects.get().right == 0


def test_typed_words_that_may_tell_who_a_patient_is_are_left_out_and_that_is_said(db):
    question = make_question_of("open")
    enrolment = make_enrolment(UserFactory.create(poh=True), make_course_with(question))
    item = next(found for found in outline_items(enrolment) if found.kind == "question")
    status, told = Page(enrolment.user, keep_url(enrolment, item, item)).send(
        text="Bel 06-12345678 terug.\r\n"
    )
    assert (status, told["text"]) == (200, "Bel [weggelaten] terug.\n")
    assert "zonder de woorden" in told["words"]
    assert "06-12345678" not in Answer.objects.get().text


def outline_items(enrolment):
    from courses.learning.queries import outline_of

    return outline_of(enrolment).items


def test_a_thought_is_stored_in_the_same_way(thought):
    assert thought.send(text="Ik luister te kort.")[1]["version"] == 1
    status, told = another(thought).send(text="Iets anders.")
    assert (status, told["outcome"], told["text"]) == (409, "overtaken", "Ik luister te kort.")
    assert thought.send(text="Ik luister te kort. Morgen langer.")[0] == 200
    assert Reflection.objects.get().text == "Ik luister te kort. Morgen langer."


def test_a_thought_passes_the_gate_and_has_its_length(thought):
    assert "zonder de woorden" in thought.send(text="Bel 06-12345678.")[1]["words"]
    assert "06-12345678" not in Reflection.objects.get().text
    status, told = thought.send(text="x" * 4001)
    assert (status, told["outcome"]) == (422, "refused")
    assert "te lang" in told["words"]


def test_a_block_that_asks_for_no_thought_is_refused(enrolment, lesson):
    address = reverse("learning:keep_reflection", args=[enrolment.pk, lesson.id, uuid.uuid4()])
    assert Page(enrolment.user, address).send(text="Zomaar.")[1]["outcome"] == "gone"
    assert not Reflection.objects.exists()


def test_saving_a_thought_with_the_button_covers_nothing_that_was_not_seen(thought, client_for):
    thought.send(text="Geschreven op de telefoon.")
    button = thought.address.removesuffix("bewaren/")
    refused = thought.client.post(button, {"text": "Op de pc.", "base": "0"})
    assert refused.status_code == 422
    for words in ("in een ander venster", "Op de pc."):
        assert words in refused.text
    assert Reflection.objects.get().text == "Geschreven op de telefoon."
    assert thought.client.post(button, {"text": "Op de pc.", "base": "1"}).status_code == 302
    assert Reflection.objects.get().text == "Op de pc."


def test_checking_covers_nothing_that_was_not_seen_either(page, question):
    page.send(option=option(question, "A"))
    button = page.address.removesuffix("bewaren/")
    pressed = {"number": "1", "check": "1", "option": option(question, "B"), "base": "0"}
    refused = page.client.post(button, pressed)
    assert (refused.status_code, Answer.objects.get().checked_at) == (422, None)
    assert "ergens anders" in refused.text
    assert page.client.post(button, {**pressed, "writer": page.writer}).status_code == 302
    assert Answer.objects.get().outcome == "right"


def test_an_answer_is_saved_in_at_most_six_queries(enrolment, quiz, outline, django_assert_max_num_queries):
    """The whole request: session, person with roles, the place, the answer, and where the person is now."""
    first, second = outline.questions_of(quiz)
    pages = [Page(enrolment.user, keep_url(enrolment, quiz, item)) for item in (first, second)]
    for page, item in zip(pages, (first, second), strict=True):
        page.send(option=option(item, "A"))
    for page, item in zip(pages, (first, second), strict=True):
        with django_assert_max_num_queries(6):
            status, _told = page.send(option=option(item, "B"))
        assert status == 200
    assert {tuple(found.chosen) for found in Answer.objects.all()} == {
        (option(first, "B"),),
        (option(second, "B"),),
    }


def test_the_key_of_what_a_browser_keeps_is_each_persons_own_and_only_on_their_pages(
    client, client_for, enrolment
):
    person, other = enrolment.user, UserFactory.create(poh=True)
    assert len({keeping_key(person.pk), keeping_key(other.pk)}) == 2
    assert len(bytes.fromhex(keeping_key(person.pk))) == 32
    address = reverse("portal:home")
    assert keeping_key(person.pk) in client_for(person).get(address).text
    assert keeping_key(person.pk) not in client_for(other).get(address).text
    assert "data-unsent-key" not in client.get("/").text


def test_the_gate_holds_when_a_kept_text_is_checked_later(enrolment, page, question):
    page.send(option=option(question, "B"))
    assert (
        check_answer(Answer.objects.get(), Answer.objects.get().given, by=enrolment.user).outcome == "right"
    )
