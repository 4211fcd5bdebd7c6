"""Looks through what an editor saved, where the policy is WARN: plain text, rich text, blocks and JSON alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from patientdata.gate import findings
from patientdata.policy import warned_fields
from patientdata.reports import Passage, report

SHOWN = 5
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Warned:
    """The passages in one field of an editor's page or snippet."""

    label: str
    passages: tuple[Passage, ...]


def warnings_for(instance: models.Model) -> list[Warned]:
    """Return what the gate found in the fields of this page or snippet whose policy is WARN; only certain findings.

    Uncertain ones are left out here: an editor names colleagues, authors and places all day.
    """
    warned = []
    for name in warned_fields(type(instance)):
        text = "\n".join(texts_in(getattr(instance, name)))
        certain = [finding for finding in findings(text) if finding.certain]
        if certain:
            label = str(instance._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # text fields have one
            warned.append(Warned(label, report(text, certain).passages[:SHOWN]))
    return warned


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a field's value, without markup."""
    if isinstance(value, StreamValue):
        value = value.get_prep_value()
    elif isinstance(value, RichText):
        value = value.source
    if isinstance(value, str):
        yield unescape(TAG.sub(" ", value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"id", "type"}:
                yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
