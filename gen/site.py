"""What the generator knows of the site around the records: its folders, name, address and repository."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader

from gen.checks.suggest import did_you_mean
from gen.citation.formats import SUFFIXES
from gen.document import START, Position, position_in, position_of
from gen.values import names_host
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

    def formats_of(self, page: str) -> tuple[str, ...]:
        """Return the formats that a page's papers are written in, by their suffixes: of one paper and of all, all."""
        if not page or page.startswith("papers/"):
            return SUFFIXES
        wanted = self.people_formats if page.startswith("people/") else self.list_formats
        return SUFFIXES if wanted is None else tuple(suffix for suffix in SUFFIXES if suffix in wanted)

    def edit_url(self, path: str) -> str:
        """Return where a file of the repository is edited on the web."""
        return f"{self.repository}/edit/{self.branch}/{path}" if self.repository else ""

    def issue_url(self, form: str, **fields: str) -> str:
        """Return where an issue is opened on the web, with fields of its form filled in, as GitHub has it.

        Args:
            form: its name in `.github/ISSUE_TEMPLATE`, without suffix; where there is none, an empty issue is opened.
            fields: values by the ids of the fields.
        """
        query = urlencode({"template": f"{form}.yml", **fields})
        return f"{self.repository}/issues/new?{query}" if self.repository else ""


def settings(root: Path) -> Mapping[str, Any]:
    """Return what `mkdocs.yml` below `root` says; parsed once while it says the same.

    Raises:
        ConfigurationError: there is no `mkdocs.yml`, or it can't be read.
    """
    path = root / "mkdocs.yml"
    if path.exists() and not path.is_file():  # a folder, or a pipe, for which one would wait
        raise ConfigurationError(f"The site's settings can't be read: {path} is no file; put a file in its place")
    try:
        return _parsed(path.read_bytes(), tuple(sorted(os.environ.items())))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no mkdocs.yml in {root}; name a bibliography's folder by --root, or make one by `gen init`"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"The site's settings can't be read: {error}") from error


@lru_cache(maxsize=1)
def _parsed(raw: bytes, _variables: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
    """Return the settings, which may name variables of the environment."""
    text = ""
    try:
        text = raw.decode("utf-8-sig")
        found = yaml.load(text, get_yaml_loader(_Loader))  # noqa: S506 - it makes nothing but values
    except UnicodeDecodeError as error:
        raise _unreadable(
            position_of(raw, error.start), "the file is not UTF-8 from here on; save it as UTF-8"
        ) from error
    except yaml.reader.ReaderError as error:
        raise _unreadable(position_in(text, error.position), _odd(error.character)) from error
    except yaml.MarkedYAMLError as error:
        if place := merge_mark(text):
            raise _unreadable(place, "; ".join(MERGE)) from error
        said = ", ".join(filter(None, (error.context, error.problem)))
        raise _unreadable(_place(error.problem_mark), f"this is not YAML: {said}") from error
    except RecursionError as error:
        raise ConfigurationError("mkdocs.yml is nested too deep to be read; write it flatter") from error
    if not isinstance(found, dict | None):
        raise ConfigurationError("mkdocs.yml holds no settings, as `site_name: Towers` is one")
    if found and "INHERIT" in found:
        raise ConfigurationError("INHERIT in mkdocs.yml is not followed; write all settings into it")
    return found or {}


class _Loader(yaml.SafeLoader):
    """Reads the settings as MkDocs does, but makes nothing of tags that name what Python has.

    Whoever only checks the records of a folder must not run what stands in its settings.
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return the value of a node.

        Raises:
            ConfigurationError: it can't be read, or an escape put into it what neither a page nor a feed can hold.
        """
        place = _place(node.start_mark)
        try:
            value = super().construct_object(node, deep)
        except (ArithmeticError, AttributeError, LookupError, ValueError) as error:  # a day that no calendar has
            raise _unreadable(place, f"this value can't be read ({error}); put quotes around a text") from error
        if isinstance(value, str) and (odd := self.NON_PRINTABLE.search(value)):
            raise _unreadable(place, _odd(ord(odd[0])))
        return value


def _nothing(_loader: _Loader, _tag: str, _node: yaml.Node) -> None:
    """Stand for what MkDocs alone needs."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _nothing)
_Loader.add_multi_constructor("!relative", _nothing)


def _unreadable(place: Position, what: str) -> ConfigurationError:
    return ConfigurationError(f"mkdocs.yml:{place.line}:{place.column}: {what}")


def _place(mark: yaml.Mark | None) -> Position:
    """Return the place of a mark; the value of a variable has none."""
    return Position(mark.line + 1, mark.column + 1) if mark else START


def _odd(character: int) -> str:
    return f"the character U+{character:04X} is not allowed; delete it"


def load_site(root: Path) -> Site:
    """Read the settings below `root`.

    Raises:
        ConfigurationError: there is no `mkdocs.yml`, it can't be read, or a setting has a value of a wrong kind.
    """
    found = settings(root)
    name, url = _setting(found, "site_name", ""), _address(found, "site_url")
    if not name:
        raise ConfigurationError("mkdocs.yml has no site_name; write one, as `site_name: Towers`")
    if "&" in url:
        raise ConfigurationError(f"site_url in mkdocs.yml can't hold an ampersand, as {url!r} does; write %26 for it")
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
    for kind in formats if isinstance(formats, dict) else ():
        if kind not in _LISTS:
            raise ConfigurationError(
                f"extra.formats.{kind} in mkdocs.yml is no setting; "
                + did_you_mean(str(kind), _LISTS, f"those there are {' and '.join(_LISTS)}")
            )
    return Site(
        root=root,
        name=name,
        description=_setting(found, "site_description", "") or name,
        url=url if not url or url.endswith("/") else f"{url}/",
        repository=_address(found, "repo_url").rstrip("/"),
        branch=_setting(extra, "extra.branch", "") or "main",
        drafts=_setting(extra, "extra.drafts", False),
        list_formats=_suffixes(formats, _LISTS[0]),
        people_formats=_suffixes(formats, _LISTS[1]),
    )


_KEPT = {"docs_dir": "docs", "site_dir": "site", "use_directory_urls": True}
"""Settings of MkDocs that generated pages, and the way they are published, depend on."""
_LISTS = ("lists", "people")
"""What `extra.formats` chooses formats for."""
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


def _address(found: Mapping[str, Any], name: str) -> str:
    """Return a web address of the settings, or nothing where they have none.

    Raises:
        ConfigurationError: it is another text.
    """
    url = _setting(found, name, "")
    if not url:
        return url
    if not url.startswith(("https://", "http://")):
        raise ConfigurationError(f"{name} in mkdocs.yml must start with https:// or http://, not {url!r}")
    if odd := _NEVER.search(url):
        raise ConfigurationError(
            f"{name} in mkdocs.yml can't hold {odd[0]!r}; write it as {quote(odd[0])}, or leave it out"
        )
    if not names_host(url):
        raise ConfigurationError(f"{name} in mkdocs.yml must name a host, such as https://example.org/, not {url!r}")
    return url


_NEVER = re.compile(r"""[\s<>"'`{}|\\^]""")
"""What no address holds as such."""


def _suffixes(formats: object, name: str) -> tuple[str, ...] | None:
    """Return the formats that the settings choose for a kind of list, or for all kinds; None if they leave it open."""
    chosen = formats.get(name) if isinstance(formats, dict) else formats
    if chosen is None:
        return None
    if not isinstance(chosen, list) or not all(suffix in SUFFIXES for suffix in chosen):
        raise ConfigurationError(f"extra.formats.{name} in mkdocs.yml must be a list of {', '.join(SUFFIXES)}")
    return tuple(chosen)
