"""The overview of a course: a follower reads the edition that they follow, everybody reads what a certificate asks."""

from __future__ import annotations

import pytest

from courses.catalogue.models import CoursePage, LessonPage, ModulePage
from pages.models import PublicStamp
from tests.accounts.factories import UserFactory
from tests.courses.certified import make_certified_course, set_rules
from tests.courses.factories import block, make_course, make_edition, make_enrolment, make_small_course

pytestmark = pytest.mark.django_db
ADDRESS = "/training/cursus/"


@pytest.fixture
def learner(client_for, enrolment):
    return client_for(enrolment.user)


def rewrite(course: CoursePage, **changes) -> None:
    course = CoursePage.objects.get(pk=course.pk)
    for name, value in changes.items():
        setattr(course, name, value)
    course.save_revision().publish()


def test_a_follower_reads_the_title_and_the_words_of_their_own_edition(learner, enrolment, client):
    body = [block("text", "<p>Een heel nieuw verhaal.</p>")]
    rewrite(enrolment.course, title="Heel anders", lead="Nu over iets anders.", audience="Artsen", body=body)
    own, public = learner.get(ADDRESS), client.get(ADDRESS)
    assert own.status_code == public.status_code == 200
    for words in ("Heel anders", "Nu over iets anders.", "Artsen", "Een heel nieuw verhaal."):
        assert words in public.text
        assert words not in own.text
    for words in ("Een training", "Waarover.", "Verder waar ik was"):
        assert words in own.text


def test_a_follower_keeps_the_overview_of_a_course_that_is_published_no_longer(
    learner, enrolment, client_for
):
    enrolment.course.unpublish()
    page = learner.get(ADDRESS)
    assert page.status_code == 200
    assert "Een training" in page.text
    for other in (client_for(None), client_for(UserFactory.create(poh=True))):
        assert other.get(ADDRESS).status_code == 404
    assert learner.get(ADDRESS).status_code == 200


def test_a_module_of_a_course_that_is_published_no_longer_still_leads_into_it(learner, enrolment, client):
    enrolment.course.unpublish()
    assert learner.get(f"{ADDRESS}module/")["Location"] == f"{ADDRESS}module/een/"
    assert client.get(f"{ADDRESS}module/").status_code == 404


def test_the_address_that_a_follower_knows_stays_when_the_course_is_renamed(learner, enrolment, client):
    rewrite(enrolment.course, slug="elders", title="Heel anders")
    assert "Een training" in learner.get(ADDRESS).text
    assert client.get(ADDRESS).status_code == 404
    assert "Heel anders" in client.get("/training/elders/").text


def test_another_course_at_the_old_address_does_not_take_a_followers_overview(learner, enrolment, client):
    rewrite(enrolment.course, slug="elders")
    make_course("cursus", title="De opvolger")
    assert "De opvolger" in client.get(ADDRESS).text
    assert "De opvolger" not in learner.get(ADDRESS).text
    assert "Les een" in learner.get(ADDRESS).text


def test_a_module_that_is_gone_leads_to_the_address_that_the_follower_knows(learner, enrolment):
    rewrite(enrolment.course, slug="elders")
    module = ModulePage.objects.get()
    assert learner.get(f"/training/elders/{module.slug}/")["Location"] == f"{ADDRESS}module/een/"


def test_a_course_without_certificate_says_so(client):
    make_edition(make_small_course())
    assert "Deze training geeft geen certificaat." in client.get(ADDRESS).text


def test_a_course_says_in_one_line_what_its_certificate_asks(client):
    make_certified_course()
    line = (
        "Certificaat van 26 uur voor: alle 3 lessen gedaan, trainingsdag bijgewoond, "
        "minstens 3 coachingsmomenten gehouden en de toets gehaald."
    )
    assert line in client.get(ADDRESS).text


def test_practice_samples_are_named_where_the_certificate_asks_for_them(client):
    make_certified_course(certificate_samples=4)
    assert (
        "minstens 4 keer oefenwerk met feedback van een trainer en de toets gehaald."
        in client.get(ADDRESS).text
    )


def test_a_follower_reads_what_their_own_edition_asks(client_for, client):
    course = make_certified_course(certificate_hours=None, certificate_training_day=False)
    reader = client_for(make_enrolment(UserFactory.create(poh=True), course).user)
    set_rules(
        CoursePage.objects.get(), certificate_coachings=0, certificate_lessons=False, certificate_hours=1
    )
    assert "Certificaat voor: alle 3 lessen gedaan, minstens 3 coachingsmomenten" in reader.get(ADDRESS).text
    assert "Certificaat van 1 uur voor: de toets gehaald." in client.get(ADDRESS).text


def test_visitors_get_what_an_edition_cut_by_hand_says_at_once():
    course = make_certified_course()
    lesson = LessonPage.objects.get(slug="een")
    lesson.title = "Anders"
    lesson.save_revision().publish()
    before = PublicStamp.current()
    make_edition(course)
    assert course.editions.count() == 2
    assert PublicStamp.current() != before


def test_the_line_costs_nothing_more_once_the_edition_is_known(client_for, django_assert_num_queries):
    course = make_certified_course()
    reader = client_for(make_enrolment(UserFactory.create(poh=True), course).user)
    reader.get(ADDRESS)
    with django_assert_num_queries(9) as cost:
        reader.get(ADDRESS)
    assert not any("wagtailcore_revision" in query["sql"] for query in cost.captured_queries)
