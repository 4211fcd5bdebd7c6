"""When a module or lesson opens: fields that editors fill in, pinned with the edition."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page

LONGEST_WAIT = 366
OPENING_FIELDS = ("opens_after", "opens_on", "opens_days", "opens_after_day")


class Opening(models.Model):
    """Conditions that must all hold before learners can read this; without any it is open from the start."""

    opens_after = models.ForeignKey(
        Page,
        verbose_name=_("after another lesson or module"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Opens once this is done. It must stand earlier in the same course."),
    )
    opens_on = models.DateField(
        _("from a date"), null=True, blank=True, help_text=_("The same day for everybody who follows it.")
    )
    opens_days = models.PositiveSmallIntegerField(
        _("days after the start"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_WAIT)],
        help_text=_(
            "Counted from the first day of the cohort; from one's own start for who follows it alone."
        ),
    )
    opens_after_day = models.BooleanField(
        _("after the training day"),
        default=False,
        db_default=False,
        help_text=_("Opens for who was at the training day."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a condition that could never come true."""
        super().clean()
        page: Any = self
        if self.opens_after is not None and page.pk and not _stands_before(self.opens_after, page):
            words = _("Choose a lesson or module that stands earlier in the same course.")
            raise ValidationError({"opens_after": words})


def _stands_before(other: Page, page: Page) -> bool:
    """Say whether `other` stands earlier in the same course and does not hold `page`."""
    course = page.path[: -page.steplen * (page.depth - COURSE_DEPTH)]
    return other.path.startswith(course) and other.path < page.path and not page.path.startswith(other.path)


COURSE_DEPTH = 4  # root, home, list of courses, course


def opening_panel() -> MultiFieldPanel:
    """Return the editor's panel with these fields."""
    kinds = ["catalogue.LessonPage", "catalogue.ModulePage"]
    return MultiFieldPanel(
        [
            PageChooserPanel("opens_after", page_type=kinds),
            FieldPanel("opens_on"),
            FieldPanel("opens_days"),
            FieldPanel("opens_after_day"),
        ],
        heading=_("When it opens"),
        help_text=_(
            "All conditions that you fill in must hold. Learners read what is missing, in a sentence."
        ),
        classname="collapsed",
    )


def opening_rule(content: dict[str, Any]) -> dict[str, Any]:
    """Return the conditions in a revision's content as they are pinned: only those that are set.

    `after` is the other page's key across editions and languages; a page that is gone counts for nothing.
    """
    rule: dict[str, Any] = {}
    if content.get("opens_after"):
        key = Page.objects.filter(pk=content["opens_after"]).values_list("translation_key", flat=True).first()
        rule |= {"after": str(key)} if key else {}
    rule |= {"on": content["opens_on"]} if content.get("opens_on") else {}
    rule |= {"days": content["opens_days"]} if content.get("opens_days") else {}
    rule |= {"day": True} if content.get("opens_after_day") else {}
    return rule
