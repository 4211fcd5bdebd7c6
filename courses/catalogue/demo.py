"""Loads the demo's courses from `demo/catalogue/` (decision 20).

`sources.yaml`, `cases.yaml` and the files of `questions/` hold what lessons choose; each folder with a `course.yaml` is
a course, each folder in it with a `module.yaml` a module, its files `<number>-<slug>.<language>.yaml` are lessons. The
same place in a Dutch and a French file gets the same block id, and the same letter of a question the same option uuid.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

import yaml
from django.conf import settings
from wagtail.models import Locale, Page

from core.demo import DemoReport
from core.fields import BlocksField
from courses.catalogue.actions import cut_edition
from courses.catalogue.blocks import CaseSources, CaseWords
from courses.catalogue.demo_bank import RULES, bank, question_fields, rules_of, stable_id
from courses.catalogue.models import Case, CourseIndexPage, CoursePage, LessonPage, ModulePage
from courses.exercises.models import Question, Quiz
from media.library.models import Film, Picture, Sound
from media.podcast.models import EpisodePage
from pages.demo import bring_in_line, settle
from pages.models import Source
from pages.tree import home
from pages.written import Writer, to_html

FOLDER = Path("demo") / "catalogue"
LANGUAGES = ("nl", "fr")
SNIPPETS: dict[str, tuple[Any, str]] = {
    "exercises.Question": (Question, "question"),
    "exercises.Quiz": (Quiz, "quiz"),
    "catalogue.Case": (Case, "case"),
}


def load(report: DemoReport) -> None:
    """Bring sources, questions and courses in line with the files; what people edited since is left alone."""
    root = settings.BASE_DIR / FOLDER
    for key, fields in _read(root / "sources.yaml").items():
        settle(Source.objects.filter(key=key).first() or Source(key=key), fields, report)
    for key, versions in _read(root / "cases.yaml").items():
        _load_case(key, versions, report)
    questions, quizzes = bank(root / "questions")
    for key, versions in questions.items():
        _load_question(key, versions, report)
    for key, versions in quizzes.items():
        _load_quiz(key, versions, report)
    for language, fields in _read(root / "index.yaml").items():
        page = _page(CourseIndexPage, "index", home(language), slug="training")
        _settle_page(page, home(language), fields, report)
    for folder in sorted(path.parent for path in root.glob("*/course.yaml")):
        _load_course(folder, report)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _load_case(key: str, versions: dict[str, Any], report: DemoReport) -> None:
    portrait = Picture.objects.filter(title=versions.get("portrait", "")).first()
    for language in LANGUAGES:
        if language not in versions:
            continue
        given = versions[language]
        writer = Writer(partial(_find, language=language))
        said = [{"quote": {"words": words, "moment": moment}} for moment, words in given["said"]]
        sources = [{"source": source} for source in versions.get("sources", [])]
        fields = {
            "title": given["title"],
            "person": given["person"],
            "portrait": portrait,
            "situation": to_html(given["situation"]),
            "said": writer.stream(CaseWords(), said, f"case/{key}/said"),
            "sources": writer.stream(CaseSources(), sources, f"case/{key}/sources"),
        }
        _settle_snippet(Case, "case", key, language, fields, report)


def _load_question(key: str, versions: dict[str, Any], report: DemoReport) -> None:
    for language in LANGUAGES:
        if language not in versions:
            continue
        fields = question_fields(key, versions, language)
        _settle_snippet(Question, "question", key, language, fields, report)


def _load_quiz(key: str, versions: dict[str, Any], report: DemoReport) -> None:
    for language in LANGUAGES:
        if language in versions:
            chosen = _chosen(key, versions["questions"], language)
            fields = {**RULES, **rules_of(versions), "intro": "", **versions[language], "questions": chosen}
            _settle_snippet(Quiz, "quiz", key, language, fields, report)


def _chosen(key: str, questions: list[str], language: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "question",
            "id": str(stable_id("chosen", key, name)),
            "value": _find("exercises.Question", name, language),
        }
        for name in questions
    ]


def _settle_snippet(
    model: type[Question] | type[Quiz] | type[Case],
    kind: str,
    key: str,
    language: str,
    fields: dict[str, Any],
    report: DemoReport,
) -> None:
    """Store and publish a question, quiz or case unless somebody edited it."""
    locale = Locale.objects.get(language_code=language)
    identity = {"translation_key": stable_id(kind, key), "locale": locale}
    row = model.objects.filter(**identity).first() or model(**identity, live=False)
    if bring_in_line(row, fields, f"{model._meta.verbose_name} {fields['title']}", report):
        row.full_clean()
        row.save()
        row.save_revision().publish()


def _find(label: str, key: str, language: str) -> int:
    """Return the id of a snippet by its key in the files, a film by its title; LookupError for an unknown one."""
    if label == "pages.Source":
        wanted = Source.objects.filter(key=key)
    elif label == "library.Film":
        wanted = Film.objects.filter(title=key)
    else:
        model, kind = SNIPPETS[label]
        wanted = model.objects.filter(translation_key=stable_id(kind, key), locale__language_code=language)
    found = wanted.values_list("pk", flat=True).first()
    if found is None:
        message = f"No {label} is called {key}"
        raise LookupError(message)
    return int(found)


def _load_course(folder: Path, report: DemoReport) -> None:
    """Load a course from the bottom up, so that publishing its page last cuts an edition of all of it."""
    facts = _read(folder / "course.yaml")
    for language in LANGUAGES:
        if language not in facts:
            continue
        index = CourseIndexPage.objects.child_of(home(language)).get()
        place = f"course/{facts['slug']}"
        course = _page(CoursePage, place, index, slug=facts["slug"])
        made = _settle_page(course, index, facts[language], report, publish=False, seed=place)
        changed = [_load_module(module, course, place, report) for module in _modules(folder)]
        if made:
            course.save_revision().publish()
        elif any(changed):
            cut_edition(course, by=None)


def _modules(folder: Path) -> Iterator[Path]:
    return iter(sorted(path.parent for path in folder.glob("*/module.yaml")))


def _load_module(folder: Path, course: CoursePage, above: str, report: DemoReport) -> bool:
    facts, language = _read(folder / "module.yaml"), course.locale.language_code
    if language not in facts:
        return False
    place = f"{above}/{facts['slug']}"
    module = _page(ModulePage, place, course, slug=facts["slug"])
    changed = [_settle_page(module, course, facts[language], report, seed=place)]
    for path in sorted(folder.glob(f"[0-9]*.{language}.yaml")):
        slug = path.name.split(".")[0].partition("-")[2]
        lesson = _page(LessonPage, f"{place}/{slug}", module, slug=slug)
        changed.append(_settle_page(lesson, module, _read(path), report, seed=f"{place}/{slug}"))
    return any(changed)


def _page(model: type[Page], place: str, parent: Page, *, slug: str) -> Page:
    """Return the page of this place in the parent's language, new when there is none."""
    identity = {"translation_key": stable_id("page", place), "locale": parent.locale}
    return model.objects.filter(**identity).first() or model(**identity, slug=slug, live=False)


def _settle_page(
    page: Page,
    parent: Page,
    given: dict[str, Any],
    report: DemoReport,
    *,
    publish: bool = True,
    seed: str = "index",
) -> bool:
    """Store a page unless somebody edited it; say whether anything changed."""
    fields = _fields(page, given, seed)
    if not bring_in_line(page, fields, f"{page._meta.verbose_name} {given['title']}", report):
        return False
    if not page.pk:
        parent.add_child(instance=page)
    if publish:
        page.save_revision(clean=True).publish()
    return True


def _fields(page: Page, given: dict[str, Any], seed: str) -> dict[str, Any]:
    language = page.locale.language_code
    writer = Writer(partial(_find, language=language))
    fields = {}
    for name, value in given.items():
        field = page._meta.get_field(name)
        is_stream = isinstance(field, BlocksField)
        if is_stream:
            value = writer.stream(field.stream_block, _with_media(value, language), f"{seed}/{name}")
        fields[name] = value
    return fields


def _with_media(given: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Put rows in place of an episode's address and a sound's title; what is not loaded is left out."""
    found = []
    for entry in given:
        ((kind, value),) = entry.items()
        if kind in {"episode", "audio"}:
            row = _episode(value["episode"], language) if kind == "episode" else _sound(value["sound"])
            if row is None:
                continue
            entry = {kind: {**value, "episode" if kind == "episode" else "sound": row.pk}}
        found.append(entry)
    return found


def _episode(slug: str, language: str) -> EpisodePage | None:
    found = EpisodePage.objects.filter(slug=slug, locale__language_code=language, live=True)
    return cast("EpisodePage | None", found.first())


def _sound(title: str) -> Sound | None:
    return Sound.objects.filter(title=title).first()
