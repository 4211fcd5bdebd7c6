"""What editors keep for the public site."""

from pages.models.glossary import GlossaryTerm
from pages.models.home import HomePage
from pages.models.information import ContentPage, MedicalIndexPage, MedicalPage
from pages.models.source import Source, SourceKind
from pages.models.stamp import PublicStamp

__all__ = [
    "ContentPage",
    "GlossaryTerm",
    "HomePage",
    "MedicalIndexPage",
    "MedicalPage",
    "PublicStamp",
    "Source",
    "SourceKind",
]
