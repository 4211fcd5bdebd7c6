"""The papers of this room: a certificate as PDF, the picture of the badge."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import pdf
from courses.learning.badges import absolute
from courses.learning.models import Certificate

BADGE_PPI = 200
QR_COLOUR = "#12302f"


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return a certificate as a PDF/UA-1 in its own language; the same certificate gives the same bytes."""
    with translation.override(certificate.language):
        data = _certificate_data(certificate)
    return pdf.render("learning/certificate.typ", data, made_at=certificate.issued_at)


def _certificate_data(certificate: Certificate) -> dict[str, Any]:
    url = verification_url(certificate)
    name = certificate.holder_name
    return {
        "title": _("Certificate of %(name)s") % {"name": name},
        "issuer": settings.WAGTAIL_SITE_NAME,
        "logo": pdf.drawing("brand/logo.svg"),
        "lang": certificate.language,
        "name": name,
        "course": certificate.course_title,
        "words": {
            "kind": _("Certificate"),
            "did": _("completed this training:"),
            "with": _("For it was done:"),
            "qr_alt": _("QR code that leads to the page on which this certificate can be checked"),
            "check": _("Check this certificate"),
            "check_more": _("The page says whether it still holds."),
        },
        "criteria": certificate.criteria,
        "facts": _facts(certificate),
        "qr": _qr(url),
        "url": url,
        "shown_url": url.split("//", 1)[-1].rstrip("/"),
    }


def _facts(certificate: Certificate) -> list[dict[str, str]]:
    earned_on = timezone.localdate(certificate.earned_at)
    facts = [{"label": _("Earned on"), "value": date_format(earned_on, "DATE_FORMAT")}]
    if certificate.hours is not None:
        facts.insert(0, {"label": _("Size"), "value": hours_in_words(certificate)})
    return [*facts, {"label": _("Code"), "value": certificate.shown_code}]


def hours_in_words(certificate: Certificate) -> str:
    """Return the hours on a certificate as people write them; empty when it says none."""
    if certificate.hours is None:
        return ""
    hours = certificate.hours.normalize()
    shown = number_format(f"{hours:f}")
    return ngettext("%(hours)s hour", "%(hours)s hours", int(hours)) % {"hours": shown}


def verification_url(certificate: Certificate) -> str:
    """Return the public address at which a certificate can be checked, in its own language."""
    with translation.override(certificate.language):
        return absolute(reverse("learning:certificate", args=[certificate.shown_code]))


def _qr(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, dark=QR_COLOUR, xmldecl=False)
    return out.getvalue().decode()


@cache
def badge_picture() -> bytes:
    """Return the picture of the badge as PNG, without a credential in it."""
    data = {"mark": pdf.drawing("brand/favicon.svg")}
    return pdf.render_png("learning/badge.typ", data, ppi=BADGE_PPI)
