"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register


def register_policies() -> None:
    """Register every text field of pictures, documents and sounds, and the names of their files."""
    register(
        {
            "library.Picture.title": Policy.WARN,
            "library.Picture.description": Policy.WARN,
            "library.Picture.alt_text": Policy.WARN,
            "library.Picture.rights": Policy.WARN,
            "library.Picture.consent": Policy.WARN,
            "library.Download.title": Policy.WARN,
            "library.Sound.title": Policy.WARN,
            "library.Film.title": Policy.WARN,
            "library.Captions.text": Policy.WARN,
        }
    )
    register(
        {
            "library.Picture.file": Policy.BLOCK,
            "library.Download.file": Policy.BLOCK,
            "library.Sound.file": Policy.BLOCK,
            "library.Film.file": Policy.BLOCK,
        }
    )
    register(
        {
            "library.Picture.file_hash": Policy.OFF,
            "library.Rendition.filter_spec": Policy.OFF,
            "library.Rendition.focal_point_key": Policy.OFF,
            "library.Download.file_hash": Policy.OFF,
            "library.Sound.mime": Policy.OFF,
            "library.Sound.peaks": Policy.OFF,
        },
        reason="Computed from the file; nobody types here.",
    )
