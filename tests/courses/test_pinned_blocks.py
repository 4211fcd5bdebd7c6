"""When a block changes, what editions pinned changes with it; what cannot be read is told and never skipped silently."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse
from wagtail.blocks.migrations.operations import (
    RemoveStreamChildrenOperation,
    RenameStreamChildrenOperation,
    RenameStructChildrenOperation,
)
from wagtail.models import Revision

from accounts.groups import set_up, sync_user
from core.block_changes import MigrateBlocks, UnreadableBlocksError, rewritten
from courses.catalogue.actions import cut_edition
from courses.catalogue.models import CourseEdition, CoursePage, LessonPage
from courses.catalogue.pinned_blocks import unreadable_revisions
from courses.catalogue.queries import outline, pinned_lesson, question_spec
from courses.exercises.models import Question
from tests.accounts.factories import UserFactory
from tests.courses.factories import block, make_edition, make_small_course, make_source

pytestmark = pytest.mark.django_db
CALLOUT = {"kind": "thought", "title": "Onthoud dit", "text": "<p>Eerst luisteren.</p>"}


def migrate(model: str, field: str, *operations, app: str = "catalogue") -> None:
    """Run the operation as a migration does, on the models as migrations know them."""
    apps = MigrationLoader(connection).project_state().apps
    MigrateBlocks(app, model, field, list(operations)).code(apps, connection.schema_editor())


def as_before(thing, **fields) -> None:
    """Put blocks in a row and in all its revisions as an older version of the code stored them."""
    for name, blocks in fields.items():
        table, column = type(thing)._meta.db_table, type(thing)._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {name} = %s WHERE {column} = %s", [json.dumps(blocks), thing.pk]
            )
        for revision in Revision.objects.for_instance(thing):
            revision.content[name] = json.dumps(blocks)
            revision.save(update_fields=["content"])


@pytest.fixture
def course() -> CoursePage:
    """A course that was pinned and has moved on: an older revision is the one that people follow."""
    course = make_small_course()
    lesson = LessonPage.objects.get(slug="een")
    lesson.save_revision().publish()
    make_edition(course)
    lesson.lead = "Intussen verder."
    lesson.save_revision().publish()
    return course


@pytest.fixture
def edition(course) -> CourseEdition:
    return course.editions.get()


def pinned_text(edition: CourseEdition) -> str:
    found = outline(edition.pk, edition.uuid)
    return "".join(part.html for part in pinned_lesson(found, found.lessons[0]).parts)


def test_a_renamed_block_is_told_before_and_shown_again_after_its_migration(edition):
    as_before(LessonPage.objects.get(slug="een"), body=[block("thought", CALLOUT)])
    told = list(unreadable_revisions())
    assert [(one.matter, one.editions) for one in told] == [("body: thought", ("Een training 1",))]
    migrate("LessonPage", "body", (RenameStreamChildrenOperation("thought", "callout"), ""))
    assert "Eerst luisteren." in pinned_text(edition)
    assert not list(unreadable_revisions())
    assert LessonPage.objects.get(slug="een").body[0].block_type == "callout"


def test_a_removed_block_goes_and_the_rest_of_the_pinned_lesson_stays(edition):
    text = block("text", "<p>Dit blijft.</p>")
    as_before(LessonPage.objects.get(slug="een"), body=[block("poll", {"question": "Wie?"}), text])
    assert [one.matter for one in unreadable_revisions()] == ["body: poll"]
    migrate("LessonPage", "body", (RemoveStreamChildrenOperation("poll"), ""))
    assert "Dit blijft." in pinned_text(edition)
    assert not list(unreadable_revisions())


def test_a_field_inside_a_block_is_renamed_in_pinned_lessons_too(edition):
    old = {"source": make_source("Diep").pk, "remark": "Tabel 3."}
    figures = {
        "title": "a",
        "intro": "",
        "rows": [{"type": "item", "value": {"label": "b", "amount": "4 weken"}}],
    }
    as_before(LessonPage.objects.get(slug="een"), body=[block("source", old), block("figures", figures)])
    matters = [one.matter for one in unreadable_revisions()]
    assert matters == ["body: source.remark", "body: figures.rows.item.amount"]
    migrate(
        "LessonPage",
        "body",
        (RenameStructChildrenOperation("remark", "note"), "source"),
        (RenameStructChildrenOperation("amount", "value"), "figures.rows.item"),
    )
    assert "Tabel 3." in pinned_text(edition)
    assert not list(unreadable_revisions())


def test_a_question_keeps_its_key_through_a_change_of_its_blocks(edition):
    question = Question.objects.get(title="Vraag 0")
    keys = [child.id for child in question.options]
    old = [{**found, "type": "choice"} for found in question.options.get_prep_value()]
    as_before(question, options=old)
    migrate("Question", "options", (RenameStreamChildrenOperation("choice", "option"), ""), app="exercises")
    found = outline(edition.pk, edition.uuid)
    spec = question_spec(found.exercises_of(found.lessons[0])[0])
    assert [option.key for option in spec.options] == keys
    assert [option.text for option in spec.options if option.right] == ["B"]


def test_publishing_after_a_migration_without_another_change_cuts_no_edition(course):
    cut_edition(course, by=None)
    assert course.editions.count() == 2
    lesson = LessonPage.objects.get(slug="een")
    as_before(lesson, body=[*lesson.body.get_prep_value(), block("thought", CALLOUT)])
    migrate("LessonPage", "body", (RenameStreamChildrenOperation("thought", "callout"), ""))
    assert not cut_edition(course, by=None).new


def broken_pin(edition: CourseEdition) -> Revision:
    revision = edition.items.get(slug="een").revision
    revision.content["body"] = json.dumps([block("source", "not the shape of a source")])
    revision.save(update_fields=["content"])
    return revision


def test_a_pinned_revision_that_cannot_be_rewritten_stops_the_migration_and_is_named(edition):
    revision = broken_pin(edition)
    with pytest.raises(UnreadableBlocksError) as told:
        migrate("LessonPage", "body", (RenameStructChildrenOperation("remark", "note"), "source"))
    assert f"revision {revision.pk}, Les een" in str(told.value)


def test_a_revision_that_nobody_follows_is_left_whole_and_named(edition, capsys):
    lesson = LessonPage.objects.get(slug="een")
    draft = lesson.save_revision()
    stored = json.dumps([block("thought", CALLOUT), block("source", "not a source")])
    draft.content["body"] = stored
    draft.save(update_fields=["content"])
    operations = [
        (RenameStreamChildrenOperation("thought", "callout"), ""),
        (RenameStructChildrenOperation("remark", "note"), "source"),
    ]
    migrate("LessonPage", "body", *operations)
    draft.refresh_from_db()
    assert draft.content["body"] == stored
    assert f"revision {draft.pk}, Les een" in capsys.readouterr().err


def test_the_command_says_that_all_reads_or_names_what_does_not(edition, capsys):
    call_command("check_editions")
    assert "reads whole" in capsys.readouterr().out
    as_before(LessonPage.objects.get(slug="een"), body=[block("thought", CALLOUT)])
    with pytest.raises(CommandError, match="1 places"):
        call_command("check_editions")
    assert "body: thought (Een training 1)" in capsys.readouterr().err


def test_editors_see_on_the_screen_of_editions_what_people_miss(edition, client_for):
    set_up()
    person = UserFactory.create(editor=True)
    sync_user(person)
    address = reverse("catalogue_editions", args=[edition.course_id])
    assert "body: thought" not in client_for(person).get(address).text
    as_before(LessonPage.objects.get(slug="een"), body=[block("thought", CALLOUT)])
    assert "Les een: body: thought (Een training 1)" in client_for(person).get(address).text


def test_what_cannot_be_parsed_at_all_is_told_as_well(edition):
    revision = edition.items.get(slug="een").revision
    revision.content["body"] = "{not json"
    revision.save(update_fields=["content"])
    assert ["unreadable" in one.matter for one in unreadable_revisions()] == [True]


@pytest.mark.parametrize(
    "raw",
    [
        [],
        [{"type": "figures", "value": {"rows": []}}],
        [{"type": "figures", "value": {"rows": [{"amount": 1}]}}],
    ],
)
def test_empty_lists_and_lists_of_old_are_walked(raw):
    operation = RenameStructChildrenOperation("amount", "value")
    assert "amount" not in json.dumps(rewritten(raw, ["figures", "rows", "item"], operation))


def test_reading_all_pins_takes_the_same_queries_for_one_and_for_three_editions(
    course, django_assert_num_queries
):
    with django_assert_num_queries(2):
        list(unreadable_revisions())
    for number in range(2):
        lesson = LessonPage.objects.get(slug="een")
        lesson.lead = f"Versie {number}"
        lesson.save_revision().publish()
        cut_edition(course, by=None)
    assert course.editions.count() == 3
    with django_assert_num_queries(2):
        list(unreadable_revisions())
