"""An editor writes a lesson, looks at it, sends it to the medical reviewer, who publishes it; learners get it pinned."""

from __future__ import annotations

import pytest

from accounts.groups import set_up, sync_user
from courses.catalogue.models import LessonPage, ModulePage
from pages.workflow import ensure_workflow
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_edition, make_enrolment, make_small_course


@pytest.fixture
def course(transactional_db):
    set_up()
    ensure_workflow()
    found = make_small_course()
    make_edition(found)
    return found


def at_the_desk(**role):
    person = UserFactory.create(**role)
    sync_user(person)
    return person


def choose_action(page, selector):
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    page.locator(selector).click()
    page.wait_for_load_state()


def test_an_editor_writes_a_lesson_and_a_reviewer_publishes_it(page, sign_in, course):
    module = ModulePage.objects.get()
    sign_in(page, at_the_desk(editor=True))
    page.goto(f"/beheer/pages/add/catalogue/lessonpage/{module.pk}/")
    page.locator("#id_title").fill("Een nieuwe les")
    page.locator("#id_lead").fill("Dit moet blijven hangen.")
    page.locator("#id_minutes").fill("12")
    page.locator("[data-side-panel-toggle='preview']").first.click()
    shown = page.frame_locator("#w-preview-iframe")
    shown.get_by_role("heading", name="Een nieuwe les").wait_for()
    shown.get_by_text("Dit moet blijven hangen.").wait_for()
    choose_action(page, "button[name='action-submit']")
    page.wait_for_url(f"**/beheer/pages/{module.pk}/**")
    lesson = LessonPage.objects.get(title="Een nieuwe les")
    assert not lesson.live

    sign_in(page, at_the_desk(medical_reviewer=True))
    page.goto(f"/beheer/pages/{lesson.pk}/edit/")
    choose_action(page, "[data-workflow-action-name='approve']:not([data-workflow-action-modal-url])")
    page.wait_for_url(f"**/beheer/pages/{module.pk}/**")
    lesson.refresh_from_db()
    assert lesson.live

    page.goto(f"/beheer/training/{course.pk}/edities/")
    page.get_by_role("button", name="Geef een nieuwe editie uit").click()
    page.get_by_text("Editie 2 is uitgegeven").wait_for()

    learner = UserFactory.create(poh=True)
    make_enrolment(learner, course)
    sign_in(page, learner)
    page.goto("/training/cursus/module/een-nieuwe-les/")
    page.get_by_text("Dit moet blijven hangen.").wait_for()
