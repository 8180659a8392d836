"""The Content-Security-Policy: on every page, without a hole for inline script, and nothing of the site breaks it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

KINDS = (
    "",
    "papers/",
    "papers/example2023fast/",
    "topics/",
    "topics/towers/",
    "years/",
    "years/2023/",
    "venues/",
    "people/",
    "people/a-to-z/e/",
    "systems/",
    "benchmarks/",
    "contribute/fields/",
    "contribute/checks/",
)
"""One page of each kind that has something of its own, in the toy site; `kinds` adds what exists besides."""

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
});
"""


def kinds(site: Path) -> list[str]:
    """One page of each folder of the site, so that a page kind added later is looked at too."""
    found = {page.parent.relative_to(site).parts[:1]: page.parent for page in sorted(site.rglob("index.html"))}
    others = {f"{folder.relative_to(site).as_posix()}/".removeprefix("./") for folder in found.values()}
    return sorted(others | set(KINDS))


def test_every_page_carries_the_policy(toy_site: Path) -> None:
    for page in toy_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            continue  # the page of a former id: no script, no style
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
        assert policy, page
        assert text.index("Content-Security-Policy") < text.index("<script")
        assert "unsafe" not in policy[1]
        for directive in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "script-src 'self'"):
            assert directive in policy[1]


def test_no_page_holds_inline_script_style_or_handler(toy_site: Path) -> None:
    for page in toy_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        inline = [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "json" not in tag]
        assert inline == [], page
        assert not re.search(r"<style|<[a-z][^>]*\s(?:style|on[a-z]+)=", text), page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_kind_of_page_violates_the_policy(toy_site: Path, toy_address: str, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.add_init_script(VIOLATIONS)
    said: list[str] = []
    page.on(
        "console",
        lambda message: (
            said.append(f"{message.text} {message.location}") if message.type in ("error", "warning") else None
        ),
    )
    for kind in kinds(toy_site):
        page.goto(toy_address + kind)
        shown = page.locator("body").get_attribute("data-md-color-scheme")
        assert shown == {"light": "default", "dark": "slate"}[scheme], kind
        assert page.evaluate("window.violations") == [], kind
        assert said == [], kind


@pytest.mark.browser
def test_the_chosen_scheme_is_there_from_the_first_paint(toy_address: str, page: Page) -> None:
    page.goto(toy_address)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    page.locator("label[for=__palette_1]").first.click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(f"{toy_address}papers/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


@pytest.mark.browser
def test_a_first_visit_is_in_the_readers_scheme_from_the_first_paint(toy_address: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(toy_address)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert page.locator("body").get_attribute("data-md-color-primary") == "custom"


@pytest.mark.browser
def test_the_policy_stops_a_script_that_slipped_through(toy_address: str, page: Page) -> None:
    page.add_init_script(VIOLATIONS)
    page.goto(toy_address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=\"window.ran = 1\">')")
    page.wait_for_function("window.violations.length > 0")
    assert page.evaluate("window.ran") is None
