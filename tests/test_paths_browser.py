"""Progress on reading paths: kept in the browser, shown on the path and in the list of paths."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_steps_that_were_read_are_remembered(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}paths/first-tower/")
    progress = page.locator("[data-progress]")
    expect(progress).to_be_hidden()
    boxes = page.locator(".gl-done input")
    steps = boxes.count()
    assert steps == page.locator(".gl-steps > li").count() >= 2
    boxes.nth(1).check()
    expect(progress).to_have_text(f"1 of {steps} read")
    page.reload()
    expect(boxes.nth(0)).not_to_be_checked()
    expect(boxes.nth(1)).to_be_checked()
    page.goto(f"{toy_address}paths/")
    expect(page.locator("[data-progress=first-tower]")).to_have_text(f"1 of {steps} read")
    expect(page.locator(".gl-cards li").first).to_contain_text(f" {steps} steps 1 of {steps} read")
    page.go_back()
    boxes.nth(1).uncheck()
    expect(progress).to_be_hidden()


@pytest.mark.parametrize("stored", ["{", '"text"', "[1, null]", '["gone2020paper"]'])
def test_what_is_stored_wrong_counts_as_nothing(page: Page, toy_address: str, stored: str) -> None:
    page.goto(f"{toy_address}paths/")
    page.evaluate("stored => localStorage.setItem('gloss./gloss/read.first-tower', stored)", stored)
    page.goto(f"{toy_address}paths/first-tower/")
    expect(page.locator(".gl-done input").first).not_to_be_checked()
    expect(page.locator("[data-progress]")).to_be_hidden()


def test_steps_tell_what_was_read_after_back(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}paths/first-tower/")
    boxes = page.locator(".gl-done input")
    boxes.nth(0).check()
    stored = page.evaluate("localStorage.getItem('gloss./gloss/read.first-tower')")
    boxes.nth(0).uncheck()
    page.goto(f"{toy_address}paths/")
    page.evaluate("stored => localStorage.setItem('gloss./gloss/read.first-tower', stored)", stored)
    page.go_back()
    expect(page.locator("[data-progress]")).to_contain_text("1 of")
    page.wait_for_load_state("networkidle")
    expect(boxes.nth(0)).to_be_checked(timeout=2000)
