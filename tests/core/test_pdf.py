"""PDFs are tagged, titled, in a language, and in our own fonts."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pypdf
import pytest
import typst

from core import pdf

WORDS = {
    "kind": "Certificaat",
    "did": "rondde deze training af:",
    "with": "Daarvoor is gedaan:",
    "qr_alt": "QR-code",
    "check": "Controleer dit certificaat",
    "check_more": "De pagina zegt of het nog geldt.",
}
MADE_AT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def sample(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Certificaat van Noor Yılmaz Şahin",
        "issuer": "Trede",
        "logo": pdf.drawing("brand/logo.svg"),
        "lang": "nl",
        "name": "Noor Yılmaz Şahin",
        "course": "Een training",
        "words": WORDS,
        "criteria": ["Alle lessen gedaan"],
        "facts": [{"label": "Datum", "value": "24 november 2026"}],
        "qr": pdf.drawing("brand/logo.svg"),
        "url": "https://trede.test/",
        "shown_url": "trede.test",
    } | changed


def made(**changed: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(
        io.BytesIO(pdf.render("learning/certificate.typ", sample(**changed), made_at=MADE_AT))
    )


def fonts_in(reader) -> set[str]:
    found = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(font.get_object()["/BaseFont"].split("+")[-1])
    return found


def test_a_pdf_uses_our_own_fonts_and_no_other():
    """A WOFF2 or a missing weight would silently become another face (decision 30)."""
    assert fonts_in(made()) == {
        "FrauncesSemiBold",
        "AtkinsonHyperlegibleNextBold",
        "AtkinsonHyperlegibleNextRegular",
    }


def test_a_pdf_is_tagged_titled_and_in_its_language():
    root = made(lang="fr").trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert made().metadata.title == "Certificaat van Noor Yılmaz Şahin"


def test_names_with_letters_beyond_latin_1_are_legible():
    assert "Noor Yılmaz Şahin" in made().pages[0].extract_text()


def test_the_longest_names_and_lists_stay_on_one_page():
    crowded = made(
        name="Anna-Wilhelmina " * 6, course="Een heel lange titel " * 12, criteria=["Een regel " * 9] * 9
    )
    assert len(crowded.pages) == 1
    assert "Controleer dit certificaat" in crowded.pages[0].extract_text()


def test_the_same_facts_give_the_same_bytes():
    first, second = (pdf.render("learning/certificate.typ", sample(), made_at=MADE_AT) for _ in range(2))
    assert first == second


def test_a_document_without_a_title_is_refused():
    """Typst itself holds us to PDF/UA-1."""
    with pytest.raises(typst.TypstError, match="title"):
        made(title="")
