"""Each kind of page: what axe finds in light and in dark, what a narrow window cuts off, whether focus is seen."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from gen.vendor import NPM
from tests.conftest import PROJECT, copy_collection, serve
from tests.conftest import TOY as TOY_FOLDER
from tests.kinds import REAL, TOY, unmet

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

AXE = """
async (tags) => {
  const { violations } = await axe.run(document, {
    runOnly: tags, resultTypes: ["violations"], rules: { "target-size": { enabled: tags.length > 1 } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(
    ({ target, any, all, none }) => `${id}: ${target.join(" ")}: ${[...any, ...all, ...none][0]?.message}`));
}
"""

# What changes with the color scheme is color alone: the other rules need no second run.
DARK = """
() => {
  document.body.dataset.mdColorScheme = "slate";
  for (const change of document.getAnimations()) change.finish();
}
"""

TOO_WIDE = """
() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
    .map((element) => `${element.tagName} ${element.className}`);
}
"""

UNSEEN_FOCUS = """
() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']", seen = new Set(), unseen = [];
  for (const element of document.querySelectorAll(all)) {
    const sort = `${element.tagName} ${element.closest("[class]")?.getAttribute("class")} ${element.type}`;
    // A mark in a picture is filled anew instead, and reached by arrow keys.
    if (seen.has(sort) || element.ownerSVGElement || !element.checkVisibility()) continue;
    element.focus();
    if (document.activeElement !== element) continue;
    seen.add(sort);
    // A switch is outlined on the word beside its radio button, which itself is transparent.
    const marks = [element, element.nextElementSibling].filter(Boolean).map((mark) => getComputedStyle(mark));
    if (!marks.some((mark) => mark.outlineStyle !== "none" && parseFloat(mark.outlineWidth) > 1)) unseen.push(sort);
  }
  return unseen;
}
"""


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    """One browser page for all tests here."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def opened(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto("about:blank")  # an address that differs in its fragment only would not be loaded anew
    tab.goto(address)
    if "?q=" in address:
        tab.wait_for_selector("#results [data-paper]")
    if "#ids" in address:
        tab.wait_for_selector(".gl-pick")


def faults(tab: Page) -> dict[str, Any]:
    """Return what is wrong with the page that is open, by where it was found."""
    found = {}
    tab.evaluate((NPM / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found["light"] = tab.evaluate(AXE, TAGS)
    tab.keyboard.press("Tab")
    found["focus"] = tab.evaluate(UNSEEN_FOCUS)
    tab.evaluate(DARK)
    found["dark"] = tab.evaluate(
        AXE.replace("runOnly: tags", 'runOnly: ["color-contrast", "link-in-text-block"]'), ["-"]
    )
    for width in (390, 320):
        tab.set_viewport_size({"width": width, "height": 800})
        found[f"{width} pixels"] = tab.evaluate(TOO_WIDE)
    return {where: what for where, what in found.items() if what}


def test_every_kind_of_page_is_looked_at(toy_site: Path, real_site: Path) -> None:
    assert unmet(toy_site, TOY) == []
    assert unmet(real_site, TOY + REAL) == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", TOY)
def test_a_kind_of_page(tab: Page, toy_address: str, kind: str) -> None:
    opened(tab, toy_address + kind)
    assert faults(tab) == {}


@pytest.mark.browser
@pytest.mark.parametrize("kind", REAL)
def test_a_kind_of_page_with_many_papers(tab: Page, real_address: str, kind: str) -> None:
    opened(tab, real_address + kind)
    assert faults(tab) == {}


CUT = "from gen import cli, cuts, entities; cuts.PAPERS = cuts.NOTES = entities.MOST = 2; cuts.LINES = 1; cli.main()"
"""A program that builds as if few papers were many."""


@pytest.fixture(scope="module")
def cut_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the served toy site with its lists cut into parts."""
    root = copy_collection(TOY_FOLDER, tmp_path_factory.mktemp("cut") / "toy")
    subprocess.run([sys.executable, "-c", CUT, "build", "--root", str(root)], cwd=PROJECT, check=True)
    yield from serve(root / "site", "cut")


PARTS = [
    "topics/towers/",
    "topics/towers/part_1/",
    "papers/part_2/",
    "people/part_1/",
    "systems/part_1/",
    "years/2024/",
]


@pytest.mark.browser
@pytest.mark.parametrize("kind", PARTS)
def test_a_kind_of_page_of_a_long_list(tab: Page, cut_address: str, kind: str) -> None:
    opened(tab, cut_address + kind)
    assert tab.locator(".gl-parts").count() == 1
    assert faults(tab) == {}


@pytest.mark.browser
def test_the_tests_are_awake(tab: Page, toy_address: str) -> None:
    opened(tab, toy_address)
    tab.evaluate(
        """() => {
          const text = '<p class="gl-faulty"><img src="data:,"><a href="#x">faulty</a> text</p>';
          document.querySelector(".gl-page").insertAdjacentHTML("beforeend", text);
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(".gl-faulty { width: 500px; color: #999 } .gl-faulty a { outline: 0 !important }");
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    found = faults(tab)
    assert any(line.startswith("image-alt") for line in found["light"])
    assert any(line.startswith("color-contrast") for line in found["light"])
    assert found["focus"] == ["A gl-faulty "]
    assert {"P gl-faulty"} <= set(found["390 pixels"])
