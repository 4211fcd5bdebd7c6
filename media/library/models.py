"""Pictures, documents and sound that editors keep."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtailmedia.models import AbstractMedia


class Picture(AbstractImage):
    """A picture with the words that stand in for it and the right to show it."""

    alt_text = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_(
            "What somebody who cannot see the picture needs to know. Leave empty only for decoration."
        ),
    )
    rights = models.CharField(
        _("rights"), max_length=200, blank=True, help_text=_("Who made it and under which licence.")
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "alt_text", "rights")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """Return the words that stand in for the picture; empty for decoration."""
        return self.alt_text


class Rendition(AbstractRendition):
    """A picture cut and scaled for one use."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]


class Download(AbstractDocument):
    """A file to download."""

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class Sound(AbstractMedia):
    """A sound file; its facts are measured on upload, not typed."""

    admin_form_fields = ("title", "file", "collection", "thumbnail", "tags")

    class Meta:
        verbose_name = _("sound")
        verbose_name_plural = _("sounds")
