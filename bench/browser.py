"""Chromium as the tests and measurements drive it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium")
"""The shell is Chromium without what a person at the screen needs, and takes half of the processor's time."""


@contextmanager
def launched(*args: str) -> Iterator[Browser]:
    """Start Debian's Chromium with further arguments, and end it."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert path, f"install the package {PROGRAMS[0]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                *args,
            ],
        )
        yield browser
        browser.close()
