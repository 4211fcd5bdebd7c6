"""Building stones of lessons."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtailmedia.blocks import AudioChooserBlock

from pages.blocks import DrawingBlock
from pages.blocks.choosers import ReadyChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "blockquote"]
INLINE_FEATURES = ["bold", "italic", "link"]


class PictureBlock(blocks.StructBlock):
    """A picture with the words that stand in for it and a caption."""

    picture = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "catalogue/blocks/picture.html"


class CalloutBlock(blocks.StructBlock):
    """One thought of the lesson that must stay."""

    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[
            ("thought", _("one thought to keep")),
            ("heard", _("you will hear this: a misunderstanding and an answer")),
            ("mind", _("mind this: safety")),
        ],
        default="thought",
    )
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=[*INLINE_FEATURES, "ul"])

    class Meta:
        icon = "pick"
        label = _("call-out")
        template = "catalogue/blocks/callout.html"
        label_format = "{title}"


class SourceBlock(blocks.StructBlock):
    """Where the text above it comes from."""

    source = ReadyChooserBlock("pages.Source", label=_("source"))
    note = blocks.CharBlock(
        label=_("what was taken from it"),
        required=False,
        max_length=240,
        help_text=_("For example which table, or what readers should keep in mind."),
    )

    class Meta:
        icon = "link"
        label = _("source")


class TermBlock(blocks.StructBlock):
    """A word and what it means, in the margin."""

    term = blocks.CharBlock(label=_("word"), max_length=60)
    meaning = blocks.TextBlock(label=_("meaning"), rows=2, max_length=300)
    edition = blocks.CharBlock(
        label=_("from which edition"), required=False, max_length=80, help_text=_("For example “MI-4, 2023”.")
    )

    class Meta:
        icon = "openquote"
        label = _("word explained")
        label_format = "{term}"


class EpisodeBlock(blocks.StructBlock):
    """An episode of the podcast as a step of the lesson; what is heard is the episode as it stands, not pinned."""

    episode = blocks.PageChooserBlock(label=_("episode"), page_type="podcast.EpisodePage")
    question = blocks.TextBlock(
        label=_("what to listen for"),
        required=False,
        rows=2,
        max_length=300,
        help_text=_("One question to keep in mind while listening."),
    )

    class Meta:
        icon = "media"
        label = _("episode")
        template = "catalogue/blocks/episode.html"


class AudioBlock(blocks.StructBlock):
    """A sound of the library that is no episode, with its words to read."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    sound = AudioChooserBlock(label=_("sound"))
    text = blocks.RichTextBlock(
        label=_("what is said"),
        features=INLINE_FEATURES,
        help_text=_("Word for word, with who speaks; for whoever cannot or may not listen now."),
    )
    question = blocks.TextBlock(
        label=_("what to listen for"),
        required=False,
        rows=2,
        max_length=300,
        help_text=_("One question to keep in mind while listening."),
    )

    class Meta:
        icon = "media"
        label = _("sound")
        template = "catalogue/blocks/audio.html"
        label_format = "{title}"


class VideoBlock(blocks.StructBlock):
    """A film of the library with its captions, and its words to read."""

    film = ReadyChooserBlock("library.Film", label=_("film"))
    question = blocks.TextBlock(
        label=_("what to look for"),
        required=False,
        rows=2,
        max_length=300,
        help_text=_("One question to keep in mind while watching."),
    )
    seen = blocks.TextBlock(
        label=_("what there is to see"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=_("What somebody who cannot see the picture misses, when the words do not say it."),
    )

    class Meta:
        icon = "media"
        label = _("film")
        template = "catalogue/blocks/video.html"


class QuoteBlock(blocks.StructBlock):
    """One thing that the person of a case says."""

    words = blocks.TextBlock(label=_("words"), rows=2, max_length=400)
    moment = blocks.CharBlock(
        label=_("when"), required=False, max_length=80, help_text=_("For example “on the phone”.")
    )

    class Meta:
        icon = "openquote"
        label = _("words")
        label_format = "{words}"


class CaseWords(blocks.StreamBlock):
    """What the person of a case says, in order."""

    quote = QuoteBlock()

    class Meta:
        max_num = 8


class CaseSources(blocks.StreamBlock):
    """What the medical facts of a case rest on."""

    source = SourceBlock()


class ReflectionBlock(blocks.StructBlock):
    """A question that somebody answers for themselves alone."""

    prompt = blocks.TextBlock(label=_("question"), rows=2, max_length=300)
    hint = blocks.TextBlock(label=_("hint"), required=False, rows=2, max_length=300)

    class Meta:
        icon = "edit"
        label = _("reflection")
        label_format = "{prompt}"


class ChecklistBlock(blocks.StructBlock):
    """Things to do or to look at in the practice."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    items = blocks.ListBlock(blocks.CharBlock(label=_("line"), max_length=240), label=_("lines"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("checklist")
        template = "catalogue/blocks/checklist.html"
        label_format = "{title}"


class DownloadBlock(blocks.StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(label=_("document"))
    text = blocks.CharBlock(label=_("what it is for"), required=False, max_length=200)

    class Meta:
        icon = "download"
        label = _("download")
        template = "catalogue/blocks/download.html"


class FigureRow(blocks.StructBlock):
    """One figure as one source gives it."""

    label = blocks.CharBlock(label=_("what"), max_length=120)
    value = blocks.CharBlock(
        label=_("figure"), max_length=40, help_text=_("As it must be read: “24 %” or “4 weeks”.")
    )
    percent = blocks.FloatBlock(
        label=_("length of the bar"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Per cent; leave empty when this is not a share of a hundred."),
    )
    source = ReadyChooserBlock("pages.Source", label=_("source"))
    note = blocks.CharBlock(label=_("note"), required=False, max_length=200)


class FiguresBlock(blocks.StructBlock):
    """Figures of different sources side by side, never averaged."""

    title = blocks.CharBlock(label=_("title"), max_length=160)
    intro = blocks.TextBlock(label=_("introduction"), required=False, rows=2, max_length=300)
    rows = blocks.ListBlock(FigureRow(), label=_("figures"), min_num=2, max_num=10)

    class Meta:
        icon = "table"
        label = _("sources side by side")
        template = "catalogue/blocks/figures.html"
        label_format = "{title}"


class LessonBlocks(blocks.StreamBlock):
    """What a lesson is made of, in the editor's order."""

    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES, icon="pilcrow", group=_("Telling"))
    picture = PictureBlock(group=_("Telling"))
    drawing = DrawingBlock(group=_("Telling"))
    callout = CalloutBlock(group=_("Telling"))
    figures = FiguresBlock(group=_("Telling"))
    case = ReadyChooserBlock("catalogue.Case", label=_("case"), icon="user", group=_("Telling"))
    episode = EpisodeBlock(group=_("Telling"))
    audio = AudioBlock(group=_("Telling"))
    video = VideoBlock(group=_("Telling"))
    source = SourceBlock(group=_("In the margin"))
    term = TermBlock(group=_("In the margin"))
    question = ReadyChooserBlock("exercises.Question", label=_("question"), icon="help", group=_("Doing"))
    quiz = ReadyChooserBlock("exercises.Quiz", label=_("quiz"), icon="tasks", group=_("Doing"))
    reflection = ReflectionBlock(group=_("Doing"))
    checklist = ChecklistBlock(group=_("Taking along"))
    download = DownloadBlock(group=_("Taking along"))

    class Meta:
        block_counts = {"quiz": {"max_num": 1}}

    def clean(self, value: Any) -> Any:
        """Refuse the same question or quiz twice: an answer could not tell the two apart."""
        cleaned = super().clean(value)
        seen: set[tuple[str, int]] = set()
        for child in cleaned:
            if child.block_type in {"question", "quiz"} and child.value is not None:
                key = (child.block_type, child.value.pk)
                if key in seen:
                    twice = ValidationError(_("The same question or quiz stands in this lesson twice."))
                    raise StreamBlockValidationError(non_block_errors=[twice])
                seen.add(key)
        return cleaned


class ComingModule(blocks.StructBlock):
    """A module that is announced and not yet there."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.CharBlock(label=_("the question it answers"), max_length=200)


class CourseBlocks(blocks.StreamBlock):
    """What the overview of a course tells."""

    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)
    goals = blocks.ListBlock(
        blocks.CharBlock(label=_("goal"), max_length=200),
        label=_("what you learn"),
        icon="list-ul",
        template="catalogue/blocks/goals.html",
    )
    coming = blocks.ListBlock(
        ComingModule(),
        label=_("modules to come"),
        icon="date",
        template="catalogue/blocks/coming.html",
    )
