"""Loads the demo's shows and episodes from `demo/podcast/` (decision 20)."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from core import kept
from core.demo import DemoReport
from media.library.models import Picture, Sound
from media.podcast.models import (
    Chapter,
    EpisodePage,
    EpisodePerson,
    PodcastIndexPage,
    RelatedPage,
    ShowPage,
    Story,
    Transcript,
    Voice,
)

FOLDER = Path("demo") / "podcast"
LANGUAGES = ("nl", "fr")
SPACE = uuid.UUID("7d1a3c6e-52a8-4f0e-9a71-6f4d5c1b2e90")
OWN_PARTS = ("people", "chapters", "transcripts", "related")


def load(report: DemoReport) -> None:
    """Bring entrance, shows and episodes in line with the files; what people edited since is left alone."""
    given = yaml.safe_load((settings.BASE_DIR / FOLDER / "podcast.yaml").read_text(encoding="utf-8"))
    for language in LANGUAGES:
        Loader(language, report).load(given)


@dataclass
class Loader:
    """Loads everything in one language."""

    language: str
    report: DemoReport

    def load(self, given: dict[str, Any]) -> None:
        """Load the entrance and what stands below it."""
        words = {**given["entrance"][self.language], "slug": given["entrance"]["slug"]}
        entrance = self.settle(PodcastIndexPage, "entrance", self.home(), words)
        for show in given["shows"]:
            cover = Picture.objects.filter(title=show["artwork"]).first()
            fields = {**show["fields"], **show[self.language], "artwork": cover}
            page = self.settle(ShowPage, f"show/{show['key']}", entrance, fields)
            for episode in show["episodes"]:
                self.load_episode(episode, page)

    def load_episode(self, given: dict[str, Any], show: Page) -> None:
        """Load one episode with its sound, texts and chapters."""
        folder = settings.BASE_DIR / FOLDER / given["folder"]
        words = dict(given[self.language])
        fields = {
            **words,
            "number": given["number"],
            "season": 1,
            "story": Story.COMPOSED,
            "voice": Voice.SYNTHETIC,
            "sound": self.sound(folder, words["title"]),
            "chapters": read_chapters(folder / f"{self.language}.chapters.txt"),
            "transcripts": [
                (text, (folder / f"{self.language}.{text}.vtt").read_text(encoding="utf-8"))
                for text in LANGUAGES
            ],
            "people": [(row["name"], row["part"], row["about"]) for row in words["people"]],
            "related": self.pages_called(words["related"]),
        }
        aired = timezone.now() - dt.timedelta(days=given["days_ago"])
        self.settle(EpisodePage, f"episode/{given['folder']}", show, fields, aired_at=aired)

    def settle(self, model: type[Page], key: str, parent: Page, fields: dict[str, Any], **once: Any) -> Page:
        """Make the page, or refresh it unless somebody edited it; `once` holds only at its making."""
        known: Page | None = model.objects.filter(translation_key=self.key(key), locale=self.locale).first()
        name = f"{model._meta.verbose_name} {fields['title']}"
        wanted = {
            field: stored_form(model, field, value, f"{key}/{self.language}")
            for field, value in fields.items()
        }
        if known is not None:
            if known.latest_revision is not None and known.latest_revision.user_id is not None:
                self.report.left_alone.append(name)
                return known
            if all(present(known, field) == value for field, value in wanted.items()):
                return known
        (self.report.refreshed if known else self.report.made).append(name)
        page = known or model(translation_key=self.key(key), locale=self.locale, live=False, **once)
        fill(page, wanted)
        if known is None:
            parent.add_child(instance=page)
        page.save_revision(clean=True).publish()
        page.refresh_from_db()
        return page

    def sound(self, folder: Path, title: str) -> Sound:
        """Return the sound of an episode, stored when it is not there yet or its file changed."""
        data = (folder / f"{self.language}.mp3").read_bytes()
        sound = Sound.objects.filter(title=title).first() or Sound(title=title)
        if sound.pk is None or not holds(sound, data):
            sound.file = ContentFile(data, name=f"{folder.name}-{self.language}.mp3")
            sound.save()
            peaks = json.loads((folder / f"{self.language}.peaks.json").read_text(encoding="utf-8"))
            Sound.objects.filter(pk=sound.pk, peaks=[]).update(peaks=peaks)
            kept.changed()
        return sound

    def pages_called(self, slugs: list[str]) -> list[int]:
        """Return the ids of top pages of this language by slug; those that are not there are left out."""
        found = self.home().get_children().filter(slug__in=slugs)
        return list(found.order_by("path").values_list("pk", flat=True))

    def home(self) -> Page:
        """Return the home of this language."""
        root: Page = Site.objects.get(is_default_site=True).root_page
        home: Page = root if root.locale == self.locale else root.get_translation(self.locale)
        return home

    @property
    def locale(self) -> Locale:
        """Return the locale."""
        found: Locale = Locale.objects.get(language_code=self.language)
        return found

    def key(self, name: str) -> uuid.UUID:
        """Return the translation key of a page of the demo."""
        return uuid.uuid5(SPACE, name)


def holds(sound: Sound, data: bytes) -> bool:
    """Say whether the stored sound is this file."""
    if sound.size != len(data) or not sound.file.storage.exists(str(sound.file.name)):
        return False
    with sound.file.open("rb") as file:
        return bool(file.read() == data)


def read_chapters(path: Path) -> list[tuple[int, str]]:
    """Return beginnings in milliseconds and titles."""
    rows = (line.split(" ", 1) for line in path.read_text(encoding="utf-8").splitlines())
    return [(round(float(start) * 1000), title) for start, title in rows]


def stored_form(model: type[Page], field: str, value: Any, seed: str) -> Any:
    """Return a value as the page keeps it; blocks get ids that stay the same with each load."""
    if field != "notes":
        return value
    return [
        {"type": kind, "value": inside, "id": str(uuid.uuid5(SPACE, f"{seed}/{position}"))}
        for position, block in enumerate(value)
        for kind, inside in block.items()
    ]


def present(page: Page, field: str) -> Any:
    """Return what the page holds now, in the form of `stored_form`."""
    if field == "notes":
        return page.notes.stream_block.get_prep_value(page.notes)
    if field == "people":
        return [(row.name, row.part, row.about) for row in page.people.all()]
    if field == "chapters":
        return [(row.start_ms, row.title) for row in page.chapters.order_by("start_ms")]
    if field == "transcripts":
        return [(row.language, row.text) for row in page.transcripts.order_by("-language")]
    if field == "related":
        return [row.page_id for row in page.related.all()]
    return getattr(page, field)


def fill(page: Page, wanted: dict[str, Any]) -> None:
    """Put the values in the page, its rows of people, chapters, texts and pages too."""
    for field, value in wanted.items():
        if field not in OWN_PARTS:
            setattr(page, field, json.dumps(value) if field == "notes" else value)
    if not isinstance(page, EpisodePage):
        return
    page.people = [EpisodePerson(name=n, part=p, about=a) for n, p, a in wanted["people"]]
    page.chapters = [Chapter(start_ms=start, title=title) for start, title in wanted["chapters"]]
    page.transcripts = [Transcript(language=language, text=text) for language, text in wanted["transcripts"]]
    page.related = [RelatedPage(page_id=pk) for pk in wanted["related"]]
