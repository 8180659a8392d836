"""MkDocs' part: the pages written by hand, the theme's files, and the shells that generated pages are put into."""

import hashlib
import os
import pickle
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gen.by_hand import by_hand
from gen.folders import sources
from gen.generated_page import front_matter
from gen.shell import SAMPLES, Shell, cut, emptied, mark_canonical, sample, sample_path
from gen.site import PROJECT, Site, settings
from gen.store import version
from gen.write import Writer

if TYPE_CHECKING:  # importing MkDocs takes longer than what is left to do when nothing of its part changed
    from mkdocs.structure.pages import Page


@dataclass(slots=True)
class Theme:
    """What MkDocs made."""

    shells: dict[str, Shell] = field(default_factory=dict)
    """By the Markdown file of the page that each was cut from."""

    def of(self, path: str) -> Shell:
        """Return the shell of a generated page's Markdown file."""
        return self.shells.get(path) or self.shells[sample_path(_depth(path))]

    def take(self, html: str, page: "Page", generated: Collection[str]) -> str:
        """Keep a page that is a shell, and return what is to be written of a page: nothing of a shell."""
        path = page.file.src_uri
        if path.startswith(SAMPLES):
            self.shells[path] = cut(mark_canonical(html, page.canonical_url))
        elif path in generated:
            self.shells[path] = cut(html)
        else:
            return html
        return ""


def _depth(path: str) -> int:
    """Return how many folders the page of a Markdown file lies below the site's root."""
    return path.count("/") + (not is_index(path))


def is_index(path: str) -> bool:
    """Return whether the page of a Markdown file stands at the address of its folder."""
    return f"/{path}".endswith("/index.md")


def write_sources(site: Site, nav: Any, generated: Iterable[str]) -> Path:
    """Write the folder that MkDocs reads: pages by hand, the generated ones of the navigation, a sample of each depth.

    Args:
        site: tells where the folders are.
        nav: the navigation, as the settings have it.
        generated: paths of all generated pages below `build/docs`.
    """
    folder = site.root / "build" / "theme"
    writer = Writer(folder)
    paths = set(generated)
    for path, source in by_hand(site):
        writer.write(path, source.read_bytes())
    for path in sorted(paths & {"index.md", *in_navigation(nav)}):
        writer.write(path, emptied((site.build_docs / path).read_text(encoding="utf-8")))
    for depth in sorted({_depth(path) for path in paths} - {0}):
        writer.write(sample_path(depth), sample())
    writer.finish()
    return folder


def navigation(site: Site) -> set[str]:
    """Return the pages that the site's settings name in the navigation, and the home page."""
    return {"index.md", *in_navigation(settings(site.root).get("nav"))}


def in_navigation(nav: Any) -> Iterator[str]:
    """Yield the pages that the navigation names, at any depth of it."""
    match nav:
        case str():
            yield nav
        case list():
            for item in nav:
                yield from in_navigation(item)
        case dict():
            yield from in_navigation(list(nav.values()))


def theme_key(site: Site, generated: Iterable[str], links: Iterable[str] = (), *, strict: bool) -> str:
    """Return a digest of all that MkDocs' part depends on; where it is the same, MkDocs needn't run again.

    Args:
        site: the settings.
        generated: paths of all generated pages below `build/docs`.
        links: what pages by hand link to of all that was generated (`gen.by_hand.linked`).
        strict: whether MkDocs is to end with an error if it warns.
    """
    written = (site.root / "mkdocs.yml").read_bytes()
    digest = hashlib.sha256(f"{version()}\n{strict}\n".encode() + written)
    said = settings(site.root)  # with the values of the variables that they name
    digest.update(pickle.dumps(said))  # what an alias repeats is in it once
    for path, source in sorted(by_hand(site)):
        digest.update(os.fsencode(path) + b"\0" + source.read_bytes())
    digest.update(repr(list(links)).encode())
    for name, file in _read_by_mkdocs(site):
        digest.update(os.fsencode(name) + b"\0" + file.read_bytes())
    paths = set(generated)
    digest.update(repr(sorted({_depth(path) for path in paths})).encode())
    for path in sorted(navigation(site).intersection(paths)):  # a title there stands around every page
        digest.update(front_matter((site.build_docs / path).read_text(encoding="utf-8")).encode())
    return digest.hexdigest()


def _read_by_mkdocs(site: Site) -> Iterator[tuple[str, Path]]:
    """Yield the theme's templates and files, and the programs that the settings name as hooks.

    Each comes with a name that is the same wherever the bibliography lies: shards of one build are made in many places.
    """
    said = settings(site.root)
    theme = said.get("theme")
    named = theme.get("custom_dir") if isinstance(theme, dict) else None
    folders = [PROJECT / "templates" / "theme", site.root / "templates" / "theme"]
    folders += [site.root / named] if isinstance(named, str) else []
    for folder in dict.fromkeys(map(Path.resolve, folders)):
        yield from ((path, folder / path) for path in sources(folder))
    hooks = said.get("hooks")
    for hook in hooks if isinstance(hooks, list) else []:
        if isinstance(hook, str) and (site.root / hook).is_file():
            yield hook, site.root / hook


_PLUGINS = {"search", "material/search"}
"""Plugins that read nothing but pages."""
_EXTENSIONS = re.compile(
    r"(markdown\.extensions\.)?(abbr|admonition|attr_list|codehilite|def_list|extra|fenced_code|footnotes|legacy_attrs|"
    r"legacy_em|md_in_html|meta|nl2br|sane_lists|smarty|tables|toc|wikilinks)|pymdownx\.(?!snippets|b64)[\w.]+"
)
"""Extensions that do likewise: all that come with Python-Markdown and pymdownx, but for two that include files."""


def reads_more(site: Site) -> bool:
    """Whether MkDocs' part may depend on files that are not in its key: a plugin's, or those that pages include."""
    said = settings(site.root)
    plugins, extensions = (_named(said.get(name)) for name in ("plugins", "markdown_extensions"))
    return not plugins <= _PLUGINS or not all(map(_EXTENSIONS.fullmatch, extensions))


def _named(listed: Any) -> set[str]:
    """Return the names in a list of plugins or extensions, some of which have settings below them."""
    names = listed if isinstance(listed, list | dict) else []
    return {str(next(iter(name), "")) if isinstance(name, dict) else str(name) for name in names}
