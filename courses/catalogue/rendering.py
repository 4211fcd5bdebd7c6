"""From the blocks of a lesson to what its screen is made of.

What is the same for everybody becomes HTML, which may be kept; an exercise or a reflection becomes a part of its own,
which the learner's screen fills with what that person did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from wagtail.rich_text import expand_db_html

from courses.exercises.showing import Asked, with_keys

MARGIN = frozenset({"source", "term"})
EXERCISES = frozenset({"question", "quiz"})


@dataclass(frozen=True)
class Part:
    """A piece of a lesson's screen: `kind` is html, question, quiz or reflection.

    `questions` holds what is asked in a draft's exercise, for previews; a pinned lesson takes them from its edition.
    """

    kind: str
    block_id: str = ""
    html: str = ""
    title: str = ""
    text: str = ""
    questions: tuple[Asked, ...] = ()


Finder = Callable[[Any], Any]
Pinned = Mapping[tuple[str, int], Any]
"""Versions of snippets to show, by the label of their model and their primary key."""


def lesson_parts(stream: Any, *, pinned: Pinned | None = None) -> list[Part]:
    """Return the parts of a lesson in order; a snippet that is not in `pinned` is shown as it stands."""
    find = _finder(pinned or {})
    return [_part(block, margin, find) for block, margin in _with_margins(stream)]


def _finder(pinned: Pinned) -> Finder:
    return lambda snippet: pinned.get((snippet._meta.label_lower, snippet.pk), snippet)


def case_html(case: Any, *, find: Finder = lambda snippet: snippet) -> str:
    """Return a case drawn, with its sources."""
    notes = [_note(child, find) for child in case.sources]
    return render_to_string("catalogue/blocks/case.html", {"case": case, "notes": notes})


def _with_margins(stream: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Pair each block with the sources and words that follow it; one that nothing precedes stands alone."""
    block: Any = None
    margin: list[Any] = []
    for child in stream:
        if child.block_type in MARGIN:
            margin.append(child)
            continue
        if block is not None or margin:
            yield block, margin
        block, margin = child, []
    if block is not None or margin:
        yield block, margin


def _part(block: Any, margin: list[Any], find: Finder) -> Part:
    kind = block.block_type if block is not None else ""
    if kind in EXERCISES:
        return _exercise(block, find)
    if kind == "reflection":
        return Part(
            kind=kind, block_id=str(block.id), title=block.value["prompt"], text=block.value["hint"] or ""
        )
    content = _block_html(block, find) if block is not None else ""
    notes = [_note(child, find) for child in margin]
    html = render_to_string("catalogue/blocks/noted.html", {"content": content, "notes": notes, "kind": kind})
    return Part(kind="html", block_id=str(block.id) if block is not None else "", html=html)


def _exercise(block: Any, find: Finder) -> Part:
    if block.value is None:
        return Part(kind="html", block_id=str(block.id))
    value = find(block.value)
    if block.block_type == "question":
        return Part(kind="question", block_id=str(block.id), questions=tuple(with_keys([value])))
    asked = tuple(with_keys(value.question_list()))
    return Part(kind="quiz", block_id=str(block.id), title=value.title, text=value.intro, questions=asked)


def _block_html(block: Any, find: Finder) -> str:
    if block.block_type == "text":
        return render_to_string("catalogue/blocks/text.html", {"html": expand_db_html(block.value.source)})
    if block.block_type == "case":
        return case_html(find(block.value), find=find) if block.value else ""
    if block.block_type == "figures":
        rows = [{**row, "source": find(row["source"])} for row in block.value["rows"] if row["source"]]
        return render_to_string("catalogue/blocks/figures.html", {"value": block.value, "rows": rows})
    return str(block.render())


def _note(child: Any, find: Finder) -> dict[str, Any]:
    if child.block_type == "source":
        source = child.value["source"]
        return {"source": find(source) if source else None, "note": child.value["note"]}
    return {"term": child.value}
