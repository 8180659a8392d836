"""What the generator knows of the site around the records: its folders, name, address and repository."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from gen.yaml_slips import MERGE, merge_mark

T = TypeVar("T")

PROJECT = Path(__file__).resolve().parent.parent
"""The folder of the generator's own templates and assets, which a bibliography elsewhere uses unless it has
a file of the same name."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site's settings, from `mkdocs.yml`."""

    root: Path
    name: str
    description: str
    """What the site is, or its name where the settings don't say."""
    url: str
    """Public address with a slash at its end, or empty where it isn't known."""
    repository: str
    """Address of the repository without a slash at its end, or empty."""
    branch: str
    drafts: bool
    """Whether records that are not annotated yet are shown as such instead of being findings."""
    list_formats: tuple[str, ...] | None = None
    """Formats of the citations beside each list of papers, by the suffix of their files; all if None."""
    people_formats: tuple[str, ...] | None = None
    """The same beside the pages of people, of which a large collection has most."""

    @property
    def docs(self) -> Path:
        """Pages and assets written by hand."""
        return self.root / "docs"

    @property
    def templates(self) -> list[Path]:
        """Folders of Jinja templates; a file in an earlier one takes the place of one in a later."""
        return list(dict.fromkeys((self.root.resolve() / "templates", PROJECT / "templates")))

    @property
    def build_docs(self) -> Path:
        """Where everything that MkDocs reads is written."""
        return self.root / "build" / "docs"

    @property
    def output(self) -> Path:
        """Where the finished site stands."""
        return self.root / "site"

    def written(self, page: str, suffixes: Iterable[str]) -> tuple[str, ...]:
        """Return the formats that the papers of a page's list are written in; those of the whole are in all."""
        wanted = self.people_formats if page.startswith("people/") else self.list_formats
        return tuple(suffix for suffix in suffixes if not page or wanted is None or suffix in wanted)

    def edit_url(self, path: str) -> str:
        """Return where a file of the repository is edited on the web."""
        return f"{self.repository}/edit/{self.branch}/{path}" if self.repository else ""


def settings(root: Path) -> Mapping[str, Any]:
    """Return what `mkdocs.yml` below `root` says; parsed once while it says the same.

    Raises:
        ConfigurationError: there is no `mkdocs.yml`, or it can't be read.
    """
    try:
        return _parsed((root / "mkdocs.yml").read_bytes(), tuple(sorted(os.environ.items())))
    except OSError as error:
        raise ConfigurationError(f"The site's settings can't be read: {error}") from error


@lru_cache(maxsize=1)
def _parsed(text: bytes, _variables: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
    """Return the settings, which may name variables of the environment."""
    try:
        found = yaml_load(BytesIO(text))
    except ConfigurationError as error:
        cause = error.__cause__ or error.__context__
        mark = cause.problem_mark if isinstance(cause, yaml.MarkedYAMLError) else None
        if not isinstance(cause, yaml.MarkedYAMLError) or mark is None:
            raise
        if place := merge_mark(text.decode(errors="replace")):
            raise ConfigurationError(f"mkdocs.yml:{place.line}:{place.column}: {'; '.join(MERGE)}") from error
        said = ", ".join(filter(None, (cause.context, cause.problem)))
        raise ConfigurationError(f"mkdocs.yml:{mark.line + 1}:{mark.column + 1}: this is not YAML: {said}") from error
    except (AttributeError, TypeError, ValueError) as error:  # what MkDocs' reader doesn't expect
        if b"INHERIT" in text:
            raise ConfigurationError("INHERIT in mkdocs.yml is not followed; write all settings into it") from error
        raise ConfigurationError(f"mkdocs.yml holds no settings, as `site_name: Towers` is one: {error}") from error
    if not isinstance(found, dict):
        raise ConfigurationError("mkdocs.yml holds no settings, as `site_name: Towers` is one")
    return found


def load_site(root: Path) -> Site:
    """Read the settings below `root`.

    Raises:
        ConfigurationError: there is no `mkdocs.yml`, it can't be read, or a setting has a value of a wrong kind.
    """
    found = settings(root)
    name, url = _setting(found, "site_name", ""), _setting(found, "site_url", "")
    if not name:
        raise ConfigurationError("mkdocs.yml has no site_name; write one, as `site_name: Towers`")
    if url and not url.startswith(("https://", "http://")):
        raise ConfigurationError(f"site_url in mkdocs.yml must start with https:// or http://, not {url!r}")
    for setting, usual in _KEPT.items():
        if _setting(found, setting, usual) != usual:
            raise ConfigurationError(f"{setting} in mkdocs.yml can't be changed; leave it out, so that it is {usual!r}")
    hooks: list[object] = _setting(found, "hooks", [])
    for hook in hooks:
        if not isinstance(hook, str):
            raise ConfigurationError(f"hooks in mkdocs.yml must be a list of files, not of {hook!r}")
    said: dict[str, Any] = _setting(found, "extra", {})
    extra = {f"extra.{name}": value for name, value in said.items()}
    formats = extra.get("extra.formats") or {}
    return Site(
        root=root,
        name=name,
        description=_setting(found, "site_description", "") or name,
        url=url if not url or url.endswith("/") else f"{url}/",
        repository=_setting(found, "repo_url", "").rstrip("/"),
        branch=_setting(extra, "extra.branch", "") or "main",
        drafts=_setting(extra, "extra.drafts", False),
        list_formats=_suffixes(formats, "lists"),
        people_formats=_suffixes(formats, "people"),
    )


_KEPT = {"docs_dir": "docs", "site_dir": "site", "use_directory_urls": True}
"""Settings of MkDocs that generated pages, and the way they are published, depend on."""
_KINDS = {
    str: "a text",
    bool: "true or false",
    list: "a list",
    dict: "settings with a name each, as `branch: main` is one",
}


def _setting(found: Mapping[str, Any], name: str, default: T) -> T:
    """Return a setting, or what it is where nobody sets it; of the same type as that.

    Raises:
        ConfigurationError: it is of another type.
    """
    value = found.get(name)
    if value is None:
        return default
    if not isinstance(value, type(default)):
        raise ConfigurationError(f"{name} in mkdocs.yml must be {_KINDS[type(default)]}, not {value!r}")
    return value


SUFFIXES = ("bib", "biblatex.bib", "ris", "csl.json")
"""Formats that citations are written in (`gen.citation.formats`)."""


def _suffixes(formats: object, name: str) -> tuple[str, ...] | None:
    """Return the formats that the settings choose for a kind of list, or for all kinds; None if they leave it open."""
    chosen = formats.get(name) if isinstance(formats, dict) else formats
    if chosen is None:
        return None
    if not isinstance(chosen, list) or not all(suffix in SUFFIXES for suffix in chosen):
        raise ConfigurationError(f"extra.formats.{name} in mkdocs.yml must be a list of {', '.join(SUFFIXES)}")
    return tuple(chosen)
