"""Make the pictures of the demo's library from the house's drawings; the results are committed.

Usage: `python tools/make_demo_pictures.py [file …]`, all of them without names. Needs Chromium. Covers are square, 1400
pixels, as directories of podcasts ask. A picture with a `conversation` becomes speech balloons, and the place of each
balloon is printed in per cent, as a question about that picture asks; one with a `letter` becomes a typed letter, with the
place of each sentence.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "site" / "static" / "pictures"
TARGET = ROOT / "demo" / "library"
FONT = ROOT / "site" / "static" / "fonts" / "atkinson-hyperlegible-next-latin-wght-normal.woff2"
WIDTH = 1400
COLOURS = 128
# Who speaks, and where the head is in the drawing of the consultation.
HEADS = {"poh": "126 80 156 156", "patient": "442 84 156 156"}
CONVERSATION = """
@font-face{font-family:House;font-weight:200 800;src:url(data:font/woff2;base64,%(font)s)}
html,body{margin:0}
main{box-sizing:border-box;width:%(width)spx;padding:56px 48px;background:#f3e8d6;font:500 58px/1.3 House}
div{display:flex;align-items:flex-end;gap:34px;margin-top:44px}
div:first-child{margin-top:0}
svg{flex:none;width:150px;height:150px;border-radius:50%%;background:#fbdcbe}
p{position:relative;max-width:960px;margin:0;text-wrap:balance;padding:38px 46px;border-radius:44px;background:#fffdf8;color:#16302f}
p::after{content:"";position:absolute;bottom:34px;left:-19px;border:20px solid transparent;border-right-color:#fffdf8;border-left:0}
.poh{flex-direction:row-reverse}
.poh p{background:#1c5a5a;color:#fffdf8}
.poh p::after{left:auto;right:-19px;border:20px solid transparent;border-left-color:#1c5a5a;border-right:0}
"""
LETTER = """
@font-face{font-family:House;font-weight:200 800;src:url(data:font/woff2;base64,%(font)s)}
html,body{margin:0}
main{box-sizing:border-box;width:%(width)spx;padding:64px;background:#f3e8d6;font:500 54px/1.35 House;color:#16302f}
article{padding:0 72px 72px;background:#fffdf8;border-radius:12px;overflow:hidden}
header{display:flex;align-items:center;gap:36px;margin:0 -72px 40px;padding:36px 72px;background:#1c5a5a;color:#fffdf8}
header svg{flex:none;width:150px;height:150px;border-radius:50%%}
header small{display:block;font-size:42px;font-weight:400}
div{margin-top:30px}
p{margin:14px -20px 0;padding:14px 20px}
footer{margin-top:34px;font-weight:700}
"""
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def main() -> None:
    """Draw every picture that `pictures.yaml` names."""
    wanted = yaml.safe_load((TARGET / "pictures.yaml").read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, NAMES)))
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=os.getuid() != 0)
        page = browser.new_page()
        for picture in wanted:
            if sys.argv[1:] and picture["file"] not in sys.argv[1:]:
                continue
            if "conversation" in picture:
                draw_conversation(page, picture["conversation"], TARGET / picture["file"])
            elif "letter" in picture:
                draw_letter(page, picture["letter"], TARGET / picture["file"])
            else:
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
    keep(page.screenshot(), target)


def draw_conversation(page: Page, lines: list[dict[str, str]], target: Path) -> None:
    """Draw who says what as speech balloons, and print where each balloon is."""
    drawing = (DRAWINGS / "consultation.svg").read_text(encoding="utf-8")
    inside = drawing[drawing.index("</title>") + len("</title>") :]
    spoken = "".join(balloon(*line, inside) for given in lines for line in given.items())
    draw_words(page, CONVERSATION, spoken, target)


def draw_letter(page: Page, letter: dict[str, Any], target: Path) -> None:
    """Draw a typed letter, and print where each of its sentences is."""
    drawing = (DRAWINGS / "landscape.svg").read_text(encoding="utf-8")
    sun = drawing.replace('viewBox="0 0 1440 440"', 'viewBox="970 150 290 290"', 1)
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in letter["sentences"])
    draw_words(
        page,
        LETTER,
        f"<article><header>{sun}<span>{escape(letter['from'])}<small>{escape(letter['note'])}</small></span></header>"
        f"<div>{escape(letter['greeting'])}</div>{sentences}<footer>{escape(letter['signed'])}</footer></article>",
        target,
    )


def draw_words(page: Page, style: str, inside: str, target: Path) -> None:
    """Draw HTML in the house's typeface, and print where each paragraph is."""
    style = style % {"width": WIDTH, "font": b64encode(FONT.read_bytes()).decode()}
    page.set_viewport_size({"width": WIDTH, "height": 800})
    page.set_content(f"<style>{style}</style><main>{inside}</main>")
    page.evaluate("document.fonts.load('58px House')")
    whole = page.locator("main").bounding_box()
    for place, paragraph in enumerate(page.locator("p").all(), start=1):
        print(place, per_cent(paragraph.bounding_box(), whole))
    keep(page.locator("main").screenshot(), target)


def balloon(who: str, words: str, drawing: str) -> str:
    """Return one line of a conversation as HTML, with the head of who says it."""
    head = f'<svg viewBox="{HEADS[who]}">{drawing}'
    return f'<div class="{who}">{head}<p>{escape(words)}</p></div>'


def per_cent(box: Any, whole: Any) -> dict[str, float]:
    """Return a place in the picture in per cent of its width and height."""
    return {
        "left": round(100 * (box["x"] - whole["x"]) / whole["width"], 1),
        "top": round(100 * (box["y"] - whole["y"]) / whole["height"], 1),
        "width": round(100 * box["width"] / whole["width"], 1),
        "height": round(100 * box["height"] / whole["height"], 1),
    }


def keep(screenshot: bytes, target: Path) -> None:
    """Store a picture with few colours, so that it stays small."""
    shot = Image.open(io.BytesIO(screenshot)).convert("RGB")
    small = shot.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    small.quantize(COLOURS).save(target, optimize=True)
    print(target.name, shot.size, target.stat().st_size)


if __name__ == "__main__":
    main()
