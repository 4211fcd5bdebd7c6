"""Loads substances and tables of equivalents from `medicines/data/`; every value arrives unconfirmed.

`equivalents.json` is the reference data as it was read; `words.json` adds names, sources and cautions in both languages.
Loading again changes nothing that people edited: a substance that exists keeps its texts, and a table only gets a new
version when the figures differ.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from core.demo import DemoReport
from medicines.actions import store_table
from medicines.models import Brand, Equivalent, HalfLife, Strength, Substance, SubstanceKind

DATA = Path(__file__).parent / "data"
KINDS = {"benzodiazepine": SubstanceKind.BENZODIAZEPINE, "Z-drug": SubstanceKind.Z_DRUG}
TABLES = ("ASH", "VA", "NK", "WHO", "SCO", "NO")
COUNTRIES = {"nl": "nl", "be": "be", "country_not_stated": ""}
FORMS = {"not stated": ""}
_RANGE = re.compile(r"\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?")


@transaction.atomic
def load(report: DemoReport) -> None:
    """Bring substances and tables in line with the data files."""
    Loading(report).run()


@dataclass
class Loading:
    """One load: the files, and what was done."""

    report: DemoReport

    def run(self) -> None:
        """Load sources, substances, then tables."""
        for row in self.data["substances"]:
            self.settle_substance(row)
        for key in TABLES:
            self.settle_table(key)

    @cached_property
    def data(self) -> dict[str, Any]:
        return _read("equivalents.json")

    @cached_property
    def words(self) -> dict[str, Any]:
        return _read("words.json")

    @cached_property
    def sources(self) -> dict[str, Any]:
        """The sources by their key in the data, made where they are missing."""
        return {key: self._source(given) for key, given in self.words["sources"].items()}

    def _source(self, given: dict[str, Any]) -> Any:
        model = apps.get_model("pages", "Source")
        fields = {name: value for name, value in given.items() if name not in {"key", "short"}}
        found, made = model._default_manager.get_or_create(key=given["key"], defaults=fields)
        if made:
            self.report.made.append(f"pages.Source {given['title']}")
        return found

    def settle_substance(self, row: dict[str, Any]) -> None:
        """Make a substance with its facts; one that exists is left as it is."""
        if Substance.objects.filter(slug=row["id"]).exists():
            return
        substance = Substance(**self._fields(row))
        substance.save()
        substance.save_revision()
        self.report.made.append(f"medicines.Substance {substance.name}")

    def _fields(self, row: dict[str, Any]) -> dict[str, Any]:
        names = self.words["names"][row["id"]]
        return {
            "slug": row["id"],
            "name": names["nl"],
            "name_fr": names["fr"],
            "kind": KINDS[row["class"]],
            "half_life_class": row["half_life"]["class"].removeprefix("classed "),
            "brands": self._brands(row),
            "half_lives": self._half_lives(row),
            "strengths": self._strengths(row),
            **self._caution(row["id"]),
        }

    def _caution(self, slug: str) -> dict[str, Any]:
        for given in self.words["cautions"]:
            if slug in given["substances"]:
                source = self.sources[given["source"]]
                return {"caution": given["nl"], "caution_fr": given["fr"], "caution_source": source}
        return {}

    def _brands(self, row: dict[str, Any]) -> list[Brand]:
        brands = row["brands"]
        if not brands["source"]:
            return []
        source = self.sources[brands["source"]]
        return [
            Brand(country=country, name=name, source=source)
            for key, country in COUNTRIES.items()
            for name in brands[key]
        ]

    def _half_lives(self, row: dict[str, Any]) -> list[HalfLife]:
        given = row["half_life"]
        if not given["hours"]:
            return []
        main, _bracket, other = given["hours"].partition("(SCO:")
        lives = [_half_life(main, self.sources[given["source"]])]
        if other:
            own, _slash, metabolites = other.rstrip(") ").partition("/")
            lives.append(
                HalfLife(hours=own.strip(), metabolite_hours=metabolites.strip(), source=self.sources["SCO"])
            )
        return lives

    def _strengths(self, row: dict[str, Any]) -> list[Strength]:
        return [
            Strength(
                country=COUNTRIES[country],
                form=FORMS.get(entry["form"], entry["form"]),
                mg=Decimal(str(mg)),
                may_be_halved=row["may_halve"],
                source=self.sources[entry["source"]],
            )
            for country, entries in row["strengths_mg"].items()
            for entry in entries
            for mg in entry.get("mg") or [entry["mg_per_ml"]]
        ]

    def settle_table(self, key: str) -> None:
        """Store one source's table, a new version when its figures changed."""
        meta = next(source for source in self.data["sources"] if source["id"] == key)
        by_slug = {substance.slug: substance for substance in Substance.objects.all()}
        rows = [
            _equivalent(by_slug[row["id"]], row, key)
            for row in self.data["substances"]
            if _is_in_table(row, key)
        ]
        printed = meta.get("printed_for_diazepam_mg")
        table = store_table(
            self.sources[key],
            short_name=self.words["sources"][key]["short"],
            rows=rows,
            printed_for_mg=None if printed is None else Decimal(str(printed)),
        )
        if table:
            self.report.made.append(f"medicines.EquivalenceTable {table}")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found


def _half_life(words: str, source: Any) -> HalfLife:
    """Split “5-30; metabolites up to 120-200” into the hours of the substance and of its metabolites."""
    own, _sign, metabolites = words.rpartition("metabolite") if "metabolite" in words else (words, "", "")
    first, second = _RANGE.search(own), _RANGE.search(metabolites)
    return HalfLife(
        hours=first[0] if first else "", metabolite_hours=second[0] if second else "", source=source
    )


def _is_in_table(row: dict[str, Any], key: str) -> bool:
    return key in row["equivalents"] or key in row.get("not_readable_in", ())


def _equivalent(substance: Substance, row: dict[str, Any], key: str) -> Equivalent:
    value = row["equivalents"].get(key)
    low, high = value if isinstance(value, list) else (value, None)
    pair = row.get("printed_pairs", {}).get(key, {})
    figures = {
        "low": low,
        "high": high,
        "pair_mg": pair.get("mg"),
        "pair_diazepam_mg": pair.get("diazepam_mg"),
    }
    return Equivalent(
        substance=substance,
        **{name: None if figure is None else Decimal(str(figure)) for name, figure in figures.items()},
    )
