"""An editor looks at a lesson as each learner would, and at the sources that need looking at."""

from __future__ import annotations

import pytest

from accounts.groups import set_up, sync_user
from courses.catalogue.models import CoursePage, LessonPage
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_edition, make_small_course


@pytest.fixture
def lesson(transactional_db) -> LessonPage:
    set_up()
    make_edition(make_small_course())
    return LessonPage.objects.get(slug="een")


def test_an_editor_looks_as_each_learner_would(page, sign_in, axe, lesson):
    editor = UserFactory.create(editor=True)
    sync_user(editor)
    sign_in(page, editor)
    page.goto(f"/beheer/pages/{lesson.pk}/edit/")
    page.locator("[data-side-panel-toggle='preview']").first.click()
    shown = page.frame_locator("#w-preview-iframe")
    shown.get_by_role("heading", name="Les een", level=1).wait_for()
    page.locator("#id_preview_mode").select_option("half")
    shown.get_by_text("een deelnemer die halverwege is").wait_for()
    for state in ("new", "half", "done", "locked"):
        page.goto(f"/beheer/pages/{lesson.pk}/view_draft/?mode={state}")
        axe(page)
    assert page.locator("main button:enabled").count() == 0
    page.goto(f"/beheer/pages/{CoursePage.objects.get().pk}/view_draft/?mode=half")
    axe(page)

    page.goto("/beheer/rapporten/bronnen/")
    page.get_by_role("link", name="Les een").wait_for()
    page.get_by_role("link", name="Uitgever: Richtlijn (2026)").first.click()
    page.get_by_role("heading", name="Het document").wait_for()
