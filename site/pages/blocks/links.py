"""Links that work in both languages."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

_GOOD_ADDRESS = re.compile(r"^(/|#|https://|tel:\+?\d|mailto:)")


class AddressBlock(blocks.CharBlock):
    """An address on this site (from the first slash), on this page (from the #) or elsewhere (https)."""

    def clean(self, value: Any) -> Any:
        """Refuse what a browser could not follow or should not run."""
        cleaned = super().clean(value)
        if cleaned and not _GOOD_ADDRESS.match(cleaned):
            raise ValidationError(_("An address starts with /, #, https://, tel: or mailto:."))
        return cleaned

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Offer nothing for translation: an address follows the reader's language by itself."""
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """Keep the address as it is."""
        return value


class LinkValue(blocks.StructValue):
    """What an editor chose to link to."""

    @property
    def href(self) -> str:
        """Return the address in the reader's language; empty when there is nothing to go to."""
        page = self.get("page")
        if page is not None:
            return _page_address(page)
        address = str(self.get("address") or "")
        return reverse("wagtail_serve", args=[address[1:]]) if address.startswith("/") else address


def _page_address(page: Any) -> str:
    if not page.live:
        return ""
    here = page if page.locale.language_code == get_language() else page.localized
    return str(here.url or "")


class LinkBlock(blocks.StructBlock):
    """A button or a link: to a page, or to an address."""

    label = blocks.CharBlock(
        label=_("words"),
        max_length=80,
        help_text=_("What the reader clicks on; says where it leads, never “click here”."),
    )
    page = blocks.PageChooserBlock(
        label=_("page"), required=False, help_text=_("A page of this site. Follows the reader's language.")
    )
    address = AddressBlock(
        label=_("or address"),
        required=False,
        max_length=300,
        help_text=_("Used when no page is chosen: /training/, #call or https://…"),
    )

    class Meta:
        label = _("link")
        icon = "link"
        value_class = LinkValue
        template = "pages/blocks/link.html"


class OptionalLinkBlock(LinkBlock):
    """A link that an editor may leave out."""

    label = blocks.CharBlock(
        label=_("words"), required=False, max_length=80, help_text=_("What the reader clicks on.")
    )
