"""What editors keep for the public site."""

from pages.models.home import HomePage
from pages.models.source import Source, SourceKind

__all__ = ["HomePage", "Source", "SourceKind"]
