"""What a session remembers about where it runs: the kind of device, nothing else.

allauth would store the network address and the browser's full description. A person who looks for a session that is not
theirs is helped by "Chrome on a phone"; nobody needs the rest.
"""

from __future__ import annotations

from typing import Any

NO_ADDRESS = "0.0.0.0"  # noqa: S104 -- stands for "not kept", nothing listens on it
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
PHONES = ("iPhone", "Android", "Mobile")
TABLETS = ("iPad", "Tablet")
COMPUTER, PHONE, TABLET = "computer", "phone", "tablet"
KINDS = {
    f"{browser}/{device}"
    for browser in ("", *(name for _mark, name in BROWSERS))
    for device in (COMPUTER, PHONE, TABLET)
}


def kind_of_device(description: str) -> str:
    """Return browser and kind of device, such as `Firefox/computer`, from a browser's description of itself."""
    browser = next((name for mark, name in BROWSERS if mark in description), "")
    if any(mark in description for mark in TABLETS):
        return f"{browser}/{TABLET}"
    return f"{browser}/{PHONE if any(mark in description for mark in PHONES) else COMPUTER}"


def keep_kind_only(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Before a session's row is stored, drop the network address and shorten the description."""
    instance.ip = NO_ADDRESS
    if instance.user_agent not in KINDS:
        instance.user_agent = kind_of_device(instance.user_agent)
