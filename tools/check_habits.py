"""The habits that no other tool checks: short files and functions, reasons beside exceptions, nothing left for later."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = 400
FUNCTION_LINES = 60
TEXT = {".py", ".js", ".css", ".html", ".md", ".toml", ".yaml", ".yml", ".sh", ".txt", ".service", ".conf"}
MEASURED = {".py", ".js", ".css", ".html"}
LEFT_ALONE = ("site/static/js/vendor/", "requirements/", "LICENSE", "site/patientdata/lists/")
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
EXCEPTION = re.compile(
    r"#\s*(noqa|type:\s*ignore)(:?\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|\[[\w,\s-]+\])?(?P<reason>.*)"
)
SKIPPED = re.compile(r"pytest\.mark\.(skip|xfail)|unittest\.skip")
ABSOLUTE = re.compile(r"(?<![\w.])/(home|root|Users)/\w+")


def main() -> int:
    """Print every lapse; return 1 when there is any."""
    lapses = [lapse for path in tracked() for lapse in check(path)]
    print("\n".join(lapses))
    return 1 if lapses else 0


def tracked() -> Iterator[Path]:
    """Yield the text files in the repository, new ones too."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(listed.stdout.splitlines()):
        path = ROOT / name
        if path.suffix in TEXT and not name.startswith(LEFT_ALONE) and path.is_file():
            yield path


def check(path: Path) -> Iterator[str]:
    """Yield the lapses of one file."""
    where = path.relative_to(ROOT).as_posix()
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix in MEASURED and "/migrations/" not in where and len(lines) > FILE_LINES:
        yield f"{where}: {len(lines)} lines, more than {FILE_LINES}: make it a package"
    for number, line in enumerate(lines, start=1):
        yield from (f"{where}:{number}: {lapse}" for lapse in check_line(line, path))
    if path.suffix == ".py" and "/migrations/" not in where:
        yield from (f"{where}:{lapse}" for lapse in long_functions("\n".join(lines)))


def check_line(line: str, path: Path) -> Iterator[str]:
    """Yield the lapses on one line."""
    if path == Path(__file__).resolve():
        return
    if LATER.search(line):
        yield "something is left for later; do it, or write it down where work is planned"
    if path.suffix == ".py":
        exception = EXCEPTION.search(line)
        if exception and not re.search(r"\w{3}", exception["reason"]):
            yield "an exception without its reason: `# noqa: RULE -- because …`"
        if SKIPPED.search(line):
            yield "a test that does not run"
    if ABSOLUTE.search(line):
        yield "an address on somebody's own machine"


def long_functions(source: str) -> Iterator[str]:
    """Yield the functions that are too long, as `line: what`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{node.lineno}: {node.name} has {length} lines, more than {FUNCTION_LINES}"


if __name__ == "__main__":
    sys.exit(main())
