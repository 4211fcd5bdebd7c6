"""Write the name lists of the patient-data gate from the package Faker (MIT licence).

    .venv/bin/python tools/vendor_names.py

Faker is a development tool only; the running site reads the text files that this script wrote.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import faker

HERE = Path(__file__).resolve().parents[1] / "site" / "patientdata" / "data"
PEOPLE = {
    "dutch": ["nl_NL", "nl_BE"],
    "french_maghreb": ["fr_FR", "fr_BE", "fr_DZ"],
    "turkish": ["tr_TR"],
    "polish": ["pl_PL"],
}
LAST_NAME_LISTS = ["last_names", "male_last_names", "female_last_names", "unisex_last_names"]
NOBILITY = re.compile(r"\bvan\b.*[A-Z]|\bvon\b|\bThe\b|,|[^\w' -]")
PARTICLES = {
    "van",
    "de",
    "den",
    "der",
    "het",
    "ten",
    "ter",
    "te",
    "la",
    "le",
    "da",
    "dos",
    "d'",
    "'s",
    "op",
    "in",
}
PLACEHOLDERS = {"Doe"}
CITIES = {"nl_NL": "cities", "nl_BE": "cities"}
LICENCE = """# {what}
# Written by tools/vendor_names.py from Faker {version}, https://github.com/joke2k/faker, providers {providers}.
# Faker is free software under the MIT licence, copyright (c) 2012 Daniele Faraglia and contributors:
# permission is granted, free of charge, to use, copy, modify, merge, publish and distribute it, provided that this
# notice is kept; it comes as is, without warranty of any kind.
"""


def provider(kind: str, locale: str) -> Any:
    """Return Faker's provider class for one sort of data in one locale."""
    return importlib.import_module(f"faker.providers.{kind}.{locale}").Provider


def first_names(locales: list[str]) -> set[str]:
    """Return the given names of these locales, a double name as its parts."""
    names = {name for locale in locales for name in provider("person", locale).first_names}
    return {part for name in names for part in re.split(r"[ -]", name) if len(part) > 1}


def last_names(locales: list[str]) -> set[str]:
    """Return the family names of these locales without their particles; historical nobility is left out."""
    found = set()
    for locale in locales:
        person = provider("person", locale)
        for name in (name for kind in LAST_NAME_LISTS for name in getattr(person, kind, ())):
            if not NOBILITY.search(name):
                found |= {
                    part
                    for part in re.split(r"[ -]", name)
                    if len(part) > 1 and part.lower() not in PARTICLES
                }
    return found - PLACEHOLDERS


def write(name: str, what: str, providers: list[str], lines: set[str]) -> None:
    """Write one list with its licence note, sorted, one entry a line."""
    head = LICENCE.format(what=what, version=faker.VERSION, providers=", ".join(providers))
    (HERE / f"{name}.txt").write_text(head + "\n".join(sorted(lines)) + "\n", encoding="utf-8")


def main() -> None:
    """Write all lists."""
    HERE.mkdir(exist_ok=True)
    for people, locales in PEOPLE.items():
        write(f"first_names_{people}", "Given names", locales, first_names(locales))
        write(f"last_names_{people}", "Family names", locales, last_names(locales))
    towns = {town for locale, kind in CITIES.items() for town in getattr(provider("address", locale), kind)}
    write("towns", "Towns of the Netherlands and Belgium", list(CITIES), towns)
    words = {word for locale in ("nl_NL", "fr_FR") for word in provider("lorem", locale).word_list}
    write("words", "Frequent Dutch and French words", ["nl_NL", "fr_FR"], words)


if __name__ == "__main__":
    main()
