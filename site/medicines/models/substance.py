"""Benzodiazepines and Z-drugs, with what is known of each and from where.

Sources are rows of `pages.Source`, named by label: this room stands below `pages`, and one source is kept once.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import RevisionMixin
from wagtail.search import index

from core.models import TimeStamped


class SubstanceKind(models.TextChoices):
    """The two families."""

    BENZODIAZEPINE = "benzodiazepine", _("benzodiazepine")
    Z_DRUG = "z_drug", _("Z-drug")


class HalfLifeClass(models.TextChoices):
    """How long a substance works, in the words of the lists."""

    ULTRA_SHORT = "ultra-short", _("ultra-short")
    SHORT = "short", _("short")
    SHORT_INTERMEDIATE = "short-intermediate", _("short to intermediate")
    INTERMEDIATE = "intermediate", _("intermediate")
    LONG_INTERMEDIATE = "long-intermediate", _("intermediate to long")
    LONG = "long", _("long")


class Country(models.TextChoices):
    """Where a brand or strength is sold; empty when the source does not say."""

    NL = "nl", _("Netherlands")
    BE = "be", _("Belgium")


class Form(models.TextChoices):
    """What a strength is sold as; empty when the source does not say."""

    TABLET = "tablet", _("tablet")
    CAPSULE_AND_TABLET = "capsule and tablet", _("capsule and tablet")
    RETARD = "retard", _("slow-release tablet")
    DROPS = "drops", _("drops, per ml")
    EXPIDET = "Expidet", _("melting tablet (Expidet)")


class Substance(RevisionMixin, index.Indexed, TimeStamped, ClusterableModel):
    """A benzodiazepine or Z-drug."""

    slug = models.SlugField(
        _("name in the address"), unique=True, help_text=_("The international name, in small letters.")
    )
    name = models.CharField(_("name in Dutch"), max_length=60, help_text=_("As it stands on Dutch packages."))
    name_fr = models.CharField(
        _("name in French"), max_length=60, help_text=_("As it stands on French packages.")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=SubstanceKind.choices, help_text=_("Which family it belongs to.")
    )
    half_life_class = models.CharField(
        _("half-life class"),
        max_length=30,
        choices=HalfLifeClass.choices,
        blank=True,
        help_text=_("As the source calls it."),
    )
    caution = models.CharField(
        _("caution in Dutch"), max_length=200, blank=True, help_text=_("What a professional must mind first.")
    )
    caution_fr = models.CharField(
        _("caution in French"), max_length=200, blank=True, help_text=_("The same sentence in French.")
    )
    caution_source = models.ForeignKey(
        "pages.Source",
        verbose_name=_("source of the caution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where that stands."),
    )

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("name_fr"),
        index.RelatedFields("brands", [index.SearchField("name")]),
    ]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_fr")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("kind"), FieldPanel("half_life_class")]),
        MultiFieldPanel(
            [FieldPanel("caution"), FieldPanel("caution_fr"), FieldPanel("caution_source")],
            heading=_("Caution"),
        ),
        InlinePanel("brands", heading=_("Brands"), label=_("brand")),
        InlinePanel("half_lives", heading=_("Half-lives"), label=_("half-life")),
        InlinePanel("strengths", heading=_("Strengths"), label=_("strength")),
    ]

    class Meta:
        verbose_name = _("substance")
        verbose_name_plural = _("substances")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """Return the name in the reader's language."""
        return self.name_fr if get_language() == "fr" else self.name

    @property
    def local_caution(self) -> str:
        """Return the caution in the reader's language."""
        return (self.caution_fr if get_language() == "fr" else "") or self.caution


class _Sourced(models.Model):
    """A fact about a substance with its source."""

    source = models.ForeignKey(
        "pages.Source",
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where this stands."),
    )

    class Meta:
        abstract = True


class Brand(_Sourced):
    """A name under which a substance is sold."""

    substance = ParentalKey(Substance, on_delete=models.CASCADE, related_name="brands")
    country = models.CharField(
        _("country"),
        max_length=2,
        choices=Country.choices,
        blank=True,
        help_text=_("Leave empty when the source does not say."),
    )
    name = models.CharField(_("brand"), max_length=60, help_text=_("As it stands on the package."))

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class HalfLife(_Sourced):
    """How long it takes until half of it is gone, in hours, as one source says."""

    substance = ParentalKey(Substance, on_delete=models.CASCADE, related_name="half_lives")
    hours = models.CharField(
        _("hours"),
        max_length=40,
        blank=True,
        help_text=_("A range as the source prints it, for example 12-15."),
    )
    metabolite_hours = models.CharField(
        _("hours of its metabolites"), max_length=40, blank=True, help_text=_("When they work as well.")
    )

    class Meta:
        verbose_name = _("half-life")
        verbose_name_plural = _("half-lives")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.hours or self.metabolite_hours


class Strength(_Sourced):
    """A strength in which a substance is sold, in milligrams."""

    substance = ParentalKey(Substance, on_delete=models.CASCADE, related_name="strengths")
    country = models.CharField(
        _("country"),
        max_length=2,
        choices=Country.choices,
        blank=True,
        help_text=_("Leave empty when the source does not say."),
    )
    form = models.CharField(
        _("form"),
        max_length=20,
        choices=Form.choices,
        blank=True,
        help_text=_("Leave empty when the source does not say."),
    )
    mg = models.DecimalField(_("mg"), max_digits=7, decimal_places=3, help_text=_("Milligrams in one piece."))
    may_be_halved = models.BooleanField(
        _("may be halved"), null=True, blank=True, help_text=_("Unknown counts as no.")
    )

    class Meta:
        verbose_name = _("strength")
        verbose_name_plural = _("strengths")
        ordering = ["country", "form", "mg"]

    def __str__(self) -> str:
        return f"{self.mg.normalize():f} mg"
