"""Former addresses: whatever stood there leads on, and can still be taken away."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from gen.collection import Collection, gather
from gen.pages import File, Output
from gen.pages.moved import former_addresses
from gen.pages.output import members
from gen.pages.plan import plan
from gen.reading import read_collection
from gen.site import Site, load_site
from tests.cases import GOOD, another, write
from tests.conftest import TOY

STEPS = "steps: [{paper: doe2023towers, take: A}, {paper: roe2023other, take: B}]\n"
PATH = f"title: T\nreader: R\ngoal: G\nintroduction: I\n{STEPS}"
RENAMED: dict[str, str | bytes] = {
    **another("roe2023other"),
    "topics/blocks.yaml": GOOD["topics/blocks.yaml"] + "former_ids: [bricks]\n",
    "topics/towers.yaml": GOOD["topics/towers.yaml"] + "former_ids: [spires, high]\n",
    "paths/way.yaml": PATH + "former_ids: [road]\n",
    "venues.yaml": GOOD["venues.yaml"].replace("aliases", "former_ids: [oldconf], aliases"),
    "people.yaml": "jane-doe: {name: Jane Doe, variants: ['Doe, J.', Janet Doe], former_ids: [jane-roe]}\n",
}
"""The good collection with a second record, in which everything has another address than before."""


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(TOY)


def collected(root: Path, files: Mapping[str, str | bytes]) -> Collection:
    return gather(read_collection(write(root, {**GOOD, **files})))


def files_of(outputs: list[Output]) -> dict[str, File]:
    return {item.path: item for output in outputs for item in members(output) if isinstance(item, File)}


def test_a_former_id_of_a_paper_leads_on(toy: Collection, site: Site) -> None:
    html = str(files_of(list(plan(toy, site)))["papers/example2022fast/index.html"].content())
    assert 'content="0; url=../../papers/example2023fast/"' in html
    assert "O(n log n) &amp; Beyond" in html
    assert '<link rel="canonical" href="https://example.org/toy/papers/example2023fast/">' in html
    assert "noindex" not in html, "else it would say that nothing is to be known of the address, and where it is now"


def test_a_site_without_an_address_names_the_present_page_from_the_former_one(toy: Collection, site: Site) -> None:
    html = str(files_of(list(plan(toy, replace(site, url=""))))["topics/spires/index.html"].content())
    assert '<link rel="canonical" href="../../topics/towers/">' in html


@pytest.mark.parametrize(
    ("former", "present", "title"),
    [
        ("topics/spires", "topics/towers", "Towers"),
        ("topics/high", "topics/towers", "Towers"),
        ("topics/bricks", "topics/blocks", "Blocks"),
        ("paths/road", "paths/way", "T"),
        ("venues/oldconf", "venues/toyconf", "ToyConf"),
        ("people/jane-roe", "people/jane-doe", "Jane Doe"),
        ("people/janet-doe", "people/jane-doe", "Jane Doe"),
        ("people/j-doe", "people/jane-doe", "Jane Doe"),
    ],
)
def test_every_former_address_leads_on_with_its_files(
    tmp_path: Path, site: Site, former: str, present: str, title: str
) -> None:
    files = files_of(list(plan(collected(tmp_path, RENAMED), site)))
    html = str(files[f"{former}/index.html"].content())
    assert f'url=../../{present}/"' in html
    assert f">{title}</a>" in html
    forms = ["bib", "biblatex.bib", "ris", "csl.json", *(["xml"] if "topics" in former else [])]
    for form in forms:
        assert files[f"{former}.{form}"].content() == files[f"{present}.{form}"].content()


def test_parts_of_long_lists_and_pages_of_an_area_lead_on(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = "results: [{kind: speed, metric: m, value: '2'}]\n"
    files = {**RENAMED, **another("poe2023new", add=figures)}
    monkeypatch.setattr("gen.cuts.NOTES", 1)
    monkeypatch.setattr("gen.pages.results.LIMIT", 0)
    paths = files_of(list(plan(collected(tmp_path, files), site)))
    assert 'url=../../../topics/towers/part_1/"' in str(paths["topics/spires/part_1/index.html"].content())
    assert 'url=../../../results/speed/blocks/"' in str(paths["results/speed/bricks/index.html"].content())


def test_who_has_no_page_any_more_is_led_to_in_the_list(tmp_path: Path, site: Site) -> None:
    files: dict[str, str | bytes] = {"people.yaml": "jane-doe: {name: Jane Doe, former_ids: [jane-roe]}\n"}
    found = files_of(list(plan(collected(tmp_path, files), site)))
    for name in ("jane-doe", "jane-roe"):
        html = str(found[f"people/{name}/index.html"].content())
        assert 'url=../../people/a-to-z/d/#jane-doe"' in html
        assert 'rel="canonical" href="https://example.org/toy/people/a-to-z/d/"' in html
        assert f"people/{name}.bib" not in found


def test_what_a_spelling_would_have_as_address_stays_with_who_has_it_and_may_be_too_long(tmp_path: Path) -> None:
    long = f"Jane {'D' * 250}"
    people = f"jane-doe: {{name: Jane Doe, variants: [Jane Roe, J. Doe, {long}]}}\n"
    people += "j-poe: {name: J. Poe, former_ids: [j-doe]}\n"
    other = another("roe2023other", ("[Jane Doe,", "['Roe, Jane', J. Poe,"))
    found = former_addresses(collected(tmp_path, {**other, "people.yaml": people}))
    assert found == {
        "people/a-to-z/d/#jane-doe": ["people/jane-doe/"],
        "people/a-to-z/p/#j-poe": ["people/j-poe/", "people/j-doe/"],
    }
