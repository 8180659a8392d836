"""Zensical, the successor of MkDocs' theme, builds the same pages of the tree that the generator wrote.

It reads `mkdocs.yml`, Markdown and our theme's templates, and calls no Python. What differs is named here, and
docs/design.md says what moving would take.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

PAGE = "gl-page"
"""The class of the element that holds what the generator wrote of a page."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ATTRIBUTES = ("href", "src", "content", "title")

THEME = ("assets/stylesheets/", "assets/javascripts/", "mkdocs-")
"""Where the theme's own files lie, which are of another release there, and how a generator is named."""
OWN_FILES = {"sitemap.xml", "search.json"}
"""An empty sitemap in the place of ours, since the theme empties MkDocs' template of it, and a search index."""

LINK = re.compile(r"(?<=\]\()([\w-]+)\.md")
"""A link of a page written by hand to a page beside it."""


@dataclass
class Seen(HTMLParser):
    """What a page says and where it leads."""

    head: list[tuple[str, str]] = field(default_factory=list)
    """Attributes of the elements in its head: description, citation, preview, other forms of its papers."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """The same of the elements in its content."""
    around: set[str] = field(default_factory=set)
    """Where its header, navigation and footer lead."""
    anchors: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._in_head = True
        self._depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note where it leads."""
        values = {name: value or "" for name, value in attributes}
        self._in_head &= tag != "body"
        if self._depth and tag not in VOID:
            self._depth += 1
        elif PAGE in values.get("class", "").split():
            self._depth = 1
        if self._in_head or self._depth:
            noted = self.head if self._in_head else self.links
            noted += [(tag, values[name].removeprefix("./")) for name in ATTRIBUTES if name in values]
        elif tag == "a" and "href" in values:
            self.around.add(values["href"].removeprefix("./"))
        if self._depth and "id" in values:
            self.anchors.append(values["id"])

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take an element without content, as SVG has them."""
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Notice the end of the content."""
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        """Note the text."""
        if self._depth:
            self.words += data.split()


def seen(path: Path) -> Seen:
    page = Seen()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    page.head = [item for item in page.head if not any(part in item[1] for part in THEME)]
    # The skip link, and the contents of a page, which we leave to its own headings, are Zensical's.
    page.around = {link for link in page.around if not link.startswith("#")}
    return page


def generated(path: Path) -> bool:
    return path.read_text(encoding="utf-8").startswith("---\ngenerated: true\n")


def zensical(root: Path, folder: Path) -> Path:
    """Build the `build/docs` of a bibliography with Zensical below another folder, and return the site's."""
    docs = folder / "docs"
    shutil.copytree(root / "build" / "docs", docs, copy_function=os.link)
    # Zensical takes the addresses in a page's HTML to be relative to its file and mends them for `x/`; an
    # `x/index.md` stands where its page will, so nothing is mended.
    moved = {path.stem for path in docs.rglob("*.md") if path.name != "index.md" and generated(path)}
    for path in docs.rglob("*.md"):
        if not generated(path):
            text = path.read_text(encoding="utf-8")
            path.unlink()
            path.write_text(LINK.sub(lambda link: link[1] + "/index.md" if link[1] in moved else link[0], text))
        elif path.name != "index.md":
            page = path.with_suffix("") / "index.md"
            page.parent.mkdir(exist_ok=True)
            path.rename(page)
    settings = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    del settings["hooks"]
    settings |= {"docs_dir": "docs", "site_dir": "site"}
    settings["theme"]["variant"] = "classic"
    settings["nav"] = [{"Home": "index.md"}, {"Topics": "topics/index.md"}, {"About": "about.md"}]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def theirs(toy_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy site as Zensical makes it."""
    return zensical(toy_site.parent, tmp_path_factory.mktemp("zensical"))


def test_there_are_the_same_pages_and_files(toy_site: Path, theirs: Path) -> None:
    def files(folder: Path) -> set[str]:
        paths = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        return {path for path in paths if not path.startswith(THEME)}

    assert files(theirs) ^ files(toy_site) <= OWN_FILES
    pages = [path for path in files(toy_site) if path.endswith(".html")]
    assert len(pages) > 50
    others = files(toy_site) - OWN_FILES - set(pages)
    assert len(others) > 100
    for path in others:
        assert (theirs / path).read_bytes() == (toy_site / path).read_bytes(), path


def test_every_page_says_the_same_and_leads_to_the_same_places(toy_site: Path, theirs: Path) -> None:
    for path in toy_site.rglob("*.html"):
        name = path.relative_to(toy_site)
        ours, other = seen(path), seen(theirs / name)
        assert other.words == ours.words, name
        assert other.links == ours.links, name
        assert other.anchors == ours.anchors, name
        assert other.head == ours.head, name
        assert other.around == ours.around, name


def test_pages_keep_their_policy_and_their_names(theirs: Path) -> None:
    for path in theirs.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in text:
            assert "default-src 'none'" in text, path
            assert ("<title>" in text and " · Toy</title>" in text) or path.parent == theirs, path
