"""`make screenshots`: the pictures in `docs/pictures`, taken of the running demo by the system's Chromium.

Run `make run` in another window first; `SITE_URL` names another address.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DEFAULT_PASSWORD = "Motiverend-2026!"  # the demo's public password
COLOURS = 256
"""The site is drawn in few colours; a palette makes a picture a third as heavy."""
SHOTS = [
    ("home", "poh@demo.test", "/mijn/", 1280),
    ("home-phone", "poh@demo.test", "/mijn/", 360),
    ("public", "", "/", 1280),
    (
        "lesson",
        "poh@demo.test",
        "/training/motiverend-aan-de-slag/waarom-benzos-waarom-nu/een-op-de-vijf/",
        1280,
    ),
    ("episode", "", "/podcast/afbouwen/het-doosje-naast-mijn-bed/", 1280),
    ("forum", "poh@demo.test", "/intervisie/", 1280),
]


def flags() -> list[str]:
    """Return Chromium's flags: quiet on the network, and without its sandbox where root runs it."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet


def main() -> int:
    """Take every picture."""
    site = os.environ.get("SITE_URL") or f"http://localhost:{os.environ.get('PORT') or 8000}"
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        print("No Chromium was found: install the package chromium.")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=flags())
        for name, email, address, width in SHOTS:
            shoot(started, f"{site}{address}", email, width, PICTURES / f"{name}.png")
            print(f"docs/pictures/{name}.png")
        started.close()
    return 0


def shoot(browser: Browser, address: str, email: str, width: int, target: Path) -> None:
    """Take one picture, signed in as somebody of the demo or as a visitor."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="nl-NL", reduced_motion="reduce")
    page.goto(address)
    if email:
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(address)
        page.goto(address)  # once more: without the word of welcome that covers a corner
    page.screenshot(path=target, scale="css")
    page.close()
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
