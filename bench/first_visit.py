"""What a first visit brings over the wire, counted by a real browser."""

from __future__ import annotations

import shutil

from playwright.sync_api import sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MEASURE = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map(entry => [entry.name, entry.encodedBodySize])"""
KINDS = {"fonts": (".woff2", ".woff"), "pictures": (".svg", ".png", ".jpg", ".webp", ".avif", ".ico")}


def first_visit(port: int, address: str = "/") -> dict[str, int] | None:
    """Return bytes of page and code, fonts and pictures as sent; None where there is no browser."""
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        return None
    total = {"page": 0, "fonts": 0, "pictures": 0, "files": 0}
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser)
        page = started.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://localhost:{port}{address}", wait_until="networkidle")
        for name, size in page.evaluate(MEASURE):
            total[_kind(name)] += size
            total["files"] += 1
        started.close()
    return total


def _kind(name: str) -> str:
    plain = name.partition("?")[0].partition("#")[0]
    return next((kind for kind, endings in KINDS.items() if plain.endswith(endings)), "page")
