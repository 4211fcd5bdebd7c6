"""Pictures, documents, sound and film that editors keep."""

from media.library.models.files import Audience, Download, Guarded, KeptWhileUsed, Picture, Rendition, Sound
from media.library.models.films import Captions, Film

__all__ = [
    "Audience",
    "Captions",
    "Download",
    "Film",
    "Guarded",
    "KeptWhileUsed",
    "Picture",
    "Rendition",
    "Sound",
]
