"""Write what the browser's half of the patient-data gate needs, from the Python half, so that the two cannot drift.

    .venv/bin/python tools/gate_patterns.py

Makes `site/static/js/patientdata-data.js`: the patterns of the detectors, the word lists, the number plans of the
neighbouring countries and the words on screen in both languages. A test fails when the file is not what this script makes.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "site" / "static" / "js" / "patientdata-data.js"
REGIONS = {
    "NL": 31,
    "BE": 32,
    "FR": 33,
    "DE": 49,
    "LU": 352,
    "GB": 44,
    "TR": 90,
    "MA": 212,
    "PL": 48,
    "SR": 597,
}
PERSONAL = ("fixed_line", "mobile", "voip", "personal_number", "pager", "voicemail")
HEAD = "// Made by tools/gate_patterns.py from site/patientdata; never edited by hand.\n"


def prepare() -> None:
    """Make Django's settings and translations available."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()


def javascript(pattern: re.Pattern[str]) -> list[str]:
    """Return a pattern as the source and flags of a JavaScript regular expression."""
    source = re.sub(r"\(\?P<(\w+)>", r"(?<\1>", pattern.pattern)
    source = re.sub(r"\(\?P=(\w+)\)", r"\\k<\1>", source)
    return [source, "i" if pattern.flags & re.IGNORECASE else ""]


def patterns(module: ModuleType) -> dict[str, list[str]]:
    """Return every compiled pattern of a module, by name."""
    return {
        name: javascript(value)
        for name, value in sorted(vars(module).items())
        if isinstance(value, re.Pattern)
    }


def phone_plans() -> dict[str, dict[str, Any]]:
    """Return per country the patterns of numbers that reach a person and of those that do not."""
    from phonenumbers import PhoneMetadata

    plans = {}
    for region, code in REGIONS.items():
        plan = PhoneMetadata.metadata_for_region(region)
        wanted = [getattr(plan, kind) for kind in PERSONAL]
        sources = [kind.national_number_pattern for kind in wanted if kind and kind.national_number_pattern]
        plans[region] = {"code": str(code), "personal": f"(?:{'|'.join(sources)})"}
    return plans


def lists() -> dict[str, Any]:
    """Return the word lists, each as one line."""
    from patientdata import lexicon

    names = ("first_names", "last_names", "common", "followers", "towns", "allowed")
    return {name: "|".join(sorted(getattr(lexicon, name)())) for name in names}


def small_sets() -> dict[str, Any]:
    """Return the sets and tables that stand in the code."""
    from patientdata import contacts, dates, folding, name_words, names, numbers

    return {
        "abbreviations": sorted(names.ABBREVIATIONS),
        "anonymous": sorted(name_words.ANONYMOUS),
        "bsnShapes": sorted("-".join(map(str, shape)) for shape in numbers.BSN_SHAPES),
        "cueReach": 40,
        "ibanLengths": numbers.IBAN_LENGTHS,
        "latestBirthYear": dates.LATEST_BIRTH_YEAR,
        "lookAlikes": folding.LOOK_ALIKES,
        "particles": sorted(name_words.PARTICLES),
        "rrnShapes": sorted("-".join(map(str, shape)) for shape in numbers.RRN_SHAPES),
        "runningText": list(name_words.RUNNING_TEXT),
        "sentenceWords": sorted(name_words.SENTENCE_WORDS),
        "strongParticles": sorted(name_words.STRONG_PARTICLES),
        "units": sorted(contacts.UNITS),
        "measures": sorted(contacts.MEASURES),
        "unusedLetters": sorted(contacts.UNUSED_LETTERS),
        "verbs": sorted(names.VERBS),
    }


def words() -> dict[str, dict[str, Any]]:
    """Return what the browser says, per language."""
    from django.utils import translation

    from patientdata.live_words import live_words

    found = {}
    for language in ("nl", "fr"):
        with translation.override(language):
            found[language] = live_words()
    return found


def render() -> str:
    """Return the text of the module."""
    from patientdata import contacts, dates, name_words, names, numbers

    modules = {
        "numbers": numbers,
        "contacts": contacts,
        "dates": dates,
        "nameWords": name_words,
        "names": names,
    }
    data = {
        "patterns": {name: patterns(module) for name, module in modules.items()},
        "phonePlans": phone_plans(),
        "sets": small_sets(),
        "words": words(),
        "lists": lists(),
    }
    parts = (
        f"export const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in data.items()
    )
    return HEAD + "".join(parts)


if __name__ == "__main__":
    prepare()
    TARGET.write_text(render(), encoding="utf-8")
