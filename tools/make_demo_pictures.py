"""Make the pictures of the demo's library from the house's drawings; the results are committed.

Usage: `python tools/make_demo_pictures.py`. Needs Chromium. Covers are square, 1400 pixels, as directories of podcasts ask.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "site" / "static" / "pictures"
TARGET = ROOT / "demo" / "library"
WIDTH = 1400
COLOURS = 128
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def main() -> None:
    """Draw every picture that `pictures.yaml` names."""
    wanted = yaml.safe_load((TARGET / "pictures.yaml").read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, NAMES)))
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=os.getuid() != 0)
        page = browser.new_page()
        for picture in wanted:
            draw(page, picture["drawing"], TARGET / picture["file"])
        browser.close()


def draw(page: Page, drawing: str, target: Path) -> None:
    """Draw one picture as a small PNG."""
    svg = (DRAWINGS / drawing).read_text(encoding="utf-8")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if box is None:
        raise SystemExit(f"{drawing} has no viewBox")
    height = round(WIDTH * float(box[2]) / float(box[1]))
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.set_content(
        f"<style>html,body{{margin:0}}svg{{display:block;width:{WIDTH}px;height:{height}px}}</style>{svg}"
    )
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = shot.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    small.quantize(COLOURS).save(target, optimize=True)
    print(target.name, shot.size, target.stat().st_size)


if __name__ == "__main__":
    main()
