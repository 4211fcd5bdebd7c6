"""Reads the demo's bank of questions from `demo/catalogue/questions/*.yaml` into the fields of questions and quizzes.

A question names its `kind` (one right answer when it names none), `level` and `source`, and per language title, prompt and
`why`. What else it holds follows from the kind: `options` with the letters of the `right` ones; for an order the options in
the right order; `pairs`; `accepted` and `near` forms; a `picture` with `spots`; a `model` answer with `points`. The
theme is the module in the file's name (`m5-more.yaml`: M5).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from courses.exercises.scoring import Kind
from media.library.models import Picture
from pages.models import Source
from pages.written import to_html

PICTURES = Path("demo") / "library" / "pictures.yaml"
RULES: dict[str, Any] = {
    "draw": None,
    "pass_percent": None,
    "attempts": None,
    "minutes": None,
    "required_all": False,
}
_SPACE = uuid.UUID("5a3c3f6e-9d0e-4a35-8f0c-5e0c2b7b4f11")


def stable_id(*place: str) -> uuid.UUID:
    """Return the id that this place of the demo always has."""
    return uuid.uuid5(_SPACE, "/".join(place))


def bank(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return questions and quizzes of all files by their keys; LookupError when two of them share one."""
    questions: dict[str, Any] = {}
    quizzes: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        given = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        theme = path.stem.partition("-")[0].upper()
        asked = {key: {"theme": theme, **facts} for key, facts in (given.get("questions") or {}).items()}
        for found, new in ((questions, asked), (quizzes, given.get("quizzes") or {})):
            if twice := found.keys() & new.keys():
                message = f"{path.name}: {', '.join(sorted(twice))} stands in another file too"
                raise LookupError(message)
            found.update(new)
    return questions, quizzes


def rules_of(versions: dict[str, Any]) -> dict[str, Any]:
    """Return the rules that a quiz names."""
    return {name: versions[name] for name in RULES if name in versions}


def question_fields(key: str, versions: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the fields of one question in one language."""
    given, kind = versions[language], Kind(versions.get("kind", "single"))
    return {
        "title": given["title"],
        "kind": kind.value,
        "level": versions.get("level", ""),
        "theme": versions.get("theme", ""),
        "prompt": given["prompt"],
        "options": list(_blocks(key, kind, versions, given)),
        "keep_order": bool(versions.get("keep_order", False)),
        "number": _decimal(versions["right"]) if kind is Kind.NUMBER else None,
        "tolerance": _decimal(versions.get("tolerance", 0)),
        "unit": given.get("unit", ""),
        "right_feedback": given.get("right_feedback", ""),
        "else_feedback": given.get("else_feedback", ""),
        "picture": _picture(versions["picture"]) if kind is Kind.HOTSPOT else None,
        "model_answer": to_html(given.get("model", "")),
        "explanation": to_html(given.get("why", "")),
        "source": Source.objects.get(key=versions["source"]) if versions.get("source") else None,
    }


def _decimal(given: Any) -> Decimal:
    return Decimal(str(given))


def _picture(key: str) -> Picture:
    """Return the picture of this key (its own, or the name of its file) in the library; LookupError without one."""
    for entry in yaml.safe_load((settings.BASE_DIR / PICTURES).read_text(encoding="utf-8")):
        if key in {entry.get("key"), Path(entry["file"]).stem}:
            found = Picture.objects.filter(title=entry["title"]).first()
            if found is not None:
                return found
    message = f"No picture of the demo is called {key}"
    raise LookupError(message)


def _blocks(
    key: str, kind: Kind, versions: dict[str, Any], given: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the blocks of a question in stored form; the same letter gets the same uuid in every language."""
    for place, (letter, name, value) in enumerate(_values(kind, versions, given)):
        yield {"type": name, "id": str(stable_id("option", key, letter or f"{name}-{place}")), "value": value}


def _values(
    kind: Kind, versions: dict[str, Any], given: dict[str, Any]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield letter, type and value of each block; `right` holds the letters of those that are."""
    if kind in {Kind.SINGLE, Kind.MULTIPLE}:
        for letter, (text, feedback) in given["options"].items():
            yield letter, "option", {"text": text, "right": letter in versions["right"], "feedback": feedback}
    elif kind is Kind.ORDER:
        for letter, (text, feedback) in given["options"].items():
            yield letter, "step", {"text": text, "feedback": feedback}
    elif kind is Kind.MATCH:
        for letter, (left, right, feedback) in given["pairs"].items():
            yield letter, "pair", {"left": left, "right": right, "feedback": feedback}
    elif kind is Kind.HOTSPOT:
        for letter, (text, feedback) in given["options"].items():
            spot = {
                side: float(versions["spots"][letter][side]) for side in ("left", "top", "width", "height")
            }
            right = letter in versions["right"]
            yield letter, "spot", {"text": text, "right": right, "feedback": feedback, **spot}
    else:
        yield from _typed(given)


def _typed(given: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for form in given.get("accepted", []):
        yield "", "accepted", {"text": str(form)}
    for letter, (form, feedback) in given.get("near", {}).items():
        yield letter, "near", {"text": str(form), "feedback": feedback}
    for point in given.get("points", []):
        yield "", "point", {"text": point}
