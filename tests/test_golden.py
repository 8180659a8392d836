"""Golden pages: the body of one of each kind, as rendered, compared whole. `make golden` writes them anew."""

import os
from pathlib import Path

import pytest

from gen.collection import Collection
from gen.pages import Page
from gen.pages.plan import plan
from gen.render import Renderer
from gen.site import load_site
from tests.conftest import TOY

GOLDEN = Path(__file__).parent / "golden"
PAGES = {
    "home": "index.md",
    "record-full": "papers/example2023fast.md",
    "record-draft": "papers/van1999thesis.md",
    "record-markup": "papers/z2024math.md",
    "topic": "topics/towers.md",
    "area": "topics/blocks.md",
    "path": "paths/first-tower.md",
    "person": "people/ada-example.md",
    "venue": "venues/toyconf.md",
    "systems": "systems/index.md",
}


@pytest.fixture(scope="module")
def pages(toy: Collection) -> dict[str, Page]:
    """The toy site's pages by path."""
    return {page.path: page for page in plan(toy, load_site(TOY)) if isinstance(page, Page)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_rendered_as_before(name: str, pages: dict[str, Page], renderer: Renderer) -> None:
    rendered = renderer.page(pages[PAGES[name]]).partition("\n---\n\n")[2]
    golden = GOLDEN / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(rendered, encoding="utf-8")
    assert rendered == golden.read_text(encoding="utf-8"), "run `make golden` if the change is meant"


def test_every_golden_page_has_its_page() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.md")) == sorted(PAGES)
