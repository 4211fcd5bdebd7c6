"""Measures the gate on labelled sentences.

A line marks a passage as `{kind|words}` or `{kind|words|tag}`; a line without marks is clean. A passage counts as found
when findings of any kind overlap at least half of it; a clean sentence counts as flagged by any finding (decision 3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

from patientdata.gate import findings
from patientdata.kinds import Finding

MARK = re.compile(r"\{(?P<kind>[a-z_]+)\|(?P<words>[^|}]+)(?:\|(?P<tag>[a-z]+))?\}")


@dataclass(frozen=True, slots=True)
class Label:
    """One passage that a reader marked; `tag` is empty or `lower`, `foreign`, `disguised`."""

    kind: str
    start: int
    end: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its labels; none means clean."""

    text: str
    labels: tuple[Label, ...]


@dataclass
class Result:
    """Counts per kind (and kind with tag) of passages and of those found, and what went wrong."""

    total: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    flagged: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    false_alarms: list[tuple[str, str]] = field(default_factory=list)

    def recall(self, name: str) -> float:
        """Return the share of passages of this kind that were found."""
        return self.found[name] / self.total[name] if self.total[name] else 1.0

    @property
    def flagged_share(self) -> float:
        """Return the share of clean sentences with any finding."""
        return self.flagged / self.clean if self.clean else 0.0


def read(path: Path) -> list[Sentence]:
    """Read a file of labelled sentences; lines that begin with `#` are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [parse(line) for line in lines if line.strip() and not line.startswith("#")]


def parse(line: str) -> Sentence:
    """Return the sentence of one line, its marks taken out."""
    text, labels, position = "", [], 0
    for match in MARK.finditer(line):
        text += line[position : match.start()]
        labels.append(Label(match["kind"], len(text), len(text) + len(match["words"]), match["tag"] or ""))
        text += match["words"]
        position = match.end()
    return Sentence(text + line[position:], tuple(labels))


def measure(sentences: Iterable[Sentence]) -> Result:
    """Run the gate over the sentences and count."""
    result = Result()
    for sentence in sentences:
        found = findings(sentence.text)
        if sentence.labels:
            for label in sentence.labels:
                _count(result, sentence, label, found)
        else:
            result.clean += 1
            result.flagged += bool(found)
            words = [f"{one.kind}: {sentence.text[one.start : one.end]}" for one in found]
            result.false_alarms += [(word, sentence.text) for word in words]
    return result


def _count(result: Result, sentence: Sentence, label: Label, found: list[Finding]) -> None:
    covered = sum(max(0, min(one.end, label.end) - max(one.start, label.start)) for one in found)
    name = f"{label.kind} ({label.tag})" if label.tag else label.kind
    result.total[name] += 1
    if covered * 2 >= label.end - label.start:
        result.found[name] += 1
    else:
        result.missed.append((f"{name}: {sentence.text[label.start : label.end]}", sentence.text))


def p95_milliseconds(
    sentences: list[Sentence], *, length: int = 5000, runs: int = 100
) -> tuple[float, float]:
    """Return the 95th percentile of elapsed and of processor time, in ms, for texts of `length` characters."""
    words = "\n".join(sentence.text for sentence in sentences)
    whole = words * (length * 2 // len(words) + 2)
    step = max(1, len(words) // runs)
    elapsed, processor = [], []
    for run in range(runs):
        text = whole[run * step : run * step + length]
        start, cpu = perf_counter(), process_time()
        findings(text)
        elapsed.append((perf_counter() - start) * 1000)
        processor.append((process_time() - cpu) * 1000)
    return sorted(elapsed)[int(runs * 0.95)], sorted(processor)[int(runs * 0.95)]
