"""Pictures, documents and sound."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, get_upload_to
from wagtail.images.models import WagtailImageField as ImageModelField
from wagtailmedia.models import AbstractMedia

from core.storages import private_storage
from media.library.checks import check_document, check_name, check_nobody_named, clean_picture, measure_sound
from media.library.holding import held_by


class Audience(models.TextChoices):
    """Who may fetch a file at its own address."""

    EVERYONE = "everyone", _("everybody, visitors too")
    MEMBERS = "members", _("people with an account")
    DESK = "desk", _("the editors' desk only")


class Guarded(models.Model):
    """A file in the private storage that says who may have it."""

    audience = models.CharField(
        _("who may fetch it"),
        max_length=20,
        choices=Audience.choices,
        default=Audience.MEMBERS,
        help_text=_(
            "An episode opens its own sound when it is published; this choice is for all other uses."
        ),
    )

    class Meta:
        abstract = True


class KeptWhileUsed(models.Model):
    """A file that something published needs: it cannot be deleted before that lets go of it."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete; raises `PermissionDenied` in words while something holds on to it."""
        refuse_held(self)
        try:
            return super().delete(*args, **kwargs)
        except models.ProtectedError as error:
            users = ", ".join(sorted({f"“{user}”" for user in error.protected_objects}))
            raise PermissionDenied(
                gettext("This file is in use by %(users)s. Take it out there first.") % {"users": users}
            ) from error


def refuse_held(item: models.Model) -> None:
    """Raise `PermissionDenied` in words when an edition of a course needs this file as it is."""
    holders = held_by(item)
    if holders:
        raise PermissionDenied(
            gettext("This file cannot be deleted: people follow it in %(holders)s.")
            % {"holders": ", ".join(holders[:5])}
        )


class Picture(KeptWhileUsed, AbstractImage):
    """A picture with the words that stand in for it and the right to show it.

    The original stays private; what pages show are renditions, and those are public files.
    """

    file = ImageModelField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
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
    consent = models.CharField(
        _("consent of who is shown"),
        max_length=200,
        blank=True,
        help_text=_("For a recognisable person: where the signed consent is kept. Never a name."),
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "rights",
        "consent",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new file is turned upright and loses its metadata first. Raises `UploadRefusedError`."""
        if is_new(self.file):
            check_file_name(self)
            cleaned = clean_picture(self.file.file, short_name(self.file))
            self.file = cleaned
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> ContentFile[bytes]:
        """Return the file of a rendition; Wagtail leaves its temporary one open."""
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)

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


class Download(KeptWhileUsed, Guarded, AbstractDocument):
    """A file to download; private until its audience says otherwise."""

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)

    admin_form_fields = ("title", "file", "audience", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new file must be what its ending says. Raises `UploadRefusedError`."""
        if is_new(self.file):
            check_file_name(self)
            check_document(self.file.file, short_name(self.file))
            self._set_document_file_metadata()
        super().save(*args, **kwargs)


class Sound(KeptWhileUsed, Guarded, AbstractMedia):
    """A sound file; its facts are measured on upload, not typed.

    `duration` is in seconds, `bitrate` in bits a second, `size` in bytes; `sound_starts_at` is the first byte after
    the tag; `peaks` are 0–100, one for each bar of the drawn wave; `loudness` in LUFS and `true_peak` in dBTP are
    measured in the background where ffmpeg is present.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to="sound", storage=private_storage)
    mime = models.CharField(_("kind"), max_length=40, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    bitrate = models.PositiveIntegerField(_("bit rate"), default=0, editable=False)
    sound_starts_at = models.PositiveIntegerField(default=0, editable=False)
    loudness = models.FloatField(_("loudness"), null=True, blank=True, editable=False)
    true_peak = models.FloatField(_("true peak"), null=True, blank=True, editable=False)
    peaks = models.JSONField(default=list, blank=True, editable=False)
    measured_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    admin_form_fields = ("title", "file", "audience", "collection", "tags")

    class Meta:
        verbose_name = _("sound")
        verbose_name_plural = _("sounds")

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new file is measured first. Raises `UploadRefusedError` when it is no whole sound."""
        if is_new(self.file):
            self.take_facts()
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        """Return the address behind which a permission view stands."""
        return reverse("library:sound", args=[self.uuid, self.file_extension.lower()])

    @property
    def sources(self) -> list[dict[str, str]]:
        """Return address and media type, for `<audio>`."""
        return [{"src": self.url, "type": self.mime}]

    def take_facts(self) -> None:
        """Fill in what the file says about itself."""
        check_file_name(self)
        facts = measure_sound(self.file.file, short_name(self.file))
        self.type = "audio"
        self.duration = facts.seconds
        self.bitrate = facts.bitrate
        self.size = facts.size
        self.mime = facts.mime
        self.sound_starts_at = facts.sound_starts_at
        self.loudness = self.true_peak = self.measured_at = None
        self.peaks = []


def is_new(file: Any) -> bool:
    """Say whether this file was just given and is not stored yet."""
    return bool(file) and not file._committed


def check_file_name(item: Picture | Download | Sound) -> None:
    """Refuse a name that hides something or names a person."""
    check_name(short_name(item.file))
    check_nobody_named(f"{item._meta.label}.file", short_name(item.file))


def short_name(file: Any) -> str:
    """Return the name of a file that is not stored yet."""
    return str(file.name)
