"""The build: what an output is made of is all that it shows; refused records write nothing; one build at a time."""

import gc
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from mkdocs.exceptions import ConfigurationError

from gen.build import GARBAGE, alone, build, extra_hooks, fewer_collections, render
from gen.collection import Collection
from gen.findings import RejectedError
from gen.fingerprint import Fingerprints
from gen.model import Model
from gen.outputs import key_of
from gen.pages import Batch, File, Page
from gen.pages.output import members
from gen.pages.plan import plan
from gen.render import Renderer
from gen.site import load_site
from gen.store import Store
from tests.conftest import PROJECT, TOY
from tests.test_fingerprint import changed, with_entry

Made = dict[str, tuple[str, str | bytes]]
"""What each file was made of, and its content."""


def outputs(collection: Collection) -> Made:
    """Make every file of `build/docs` in memory."""
    site = load_site(TOY)
    renderer, prints = Renderer(collection, site), Fingerprints(collection, site)
    made: Made = {}
    for output in plan(collection, site, Store(None)):
        if isinstance(output, Batch):
            made |= {file.path: (prints.of(output.of()), file.content()) for file in output.files()}
        else:
            key = key_of(output, prints)
            for item in members(output):
                made[item.path] = (key, renderer.page(item) if isinstance(item, Page) else item.content())
    return made


@pytest.fixture(scope="module")
def before(toy: Collection) -> Made:
    return outputs(toy)


@pytest.mark.parametrize(
    ("table", "key", "values"),
    [
        ("records", "example2023fast", {"title": "Other Towers"}),
        ("records", "example2023fast", {"authors": ["Ada Example", "Otto Other"]}),
        ("records", "example2023fast", {"year": 2024, "month": 12}),
        ("records", "example2023fast", {"venue": "toyw"}),
        ("records", "example2023fast", {"system": "Other"}),
        ("records", "example2023fast", {"kind": "theory"}),
        ("records", "example2023fast", {"language": "nl"}),
        ("records", "example2023fast", {"notice": {"kind": "retracted", "why": "Other."}}),
        ("records", "example2023fast", {"topics": ["bridges"]}),
        ("records", "example2023fast", {"summary": "Other."}),
        ("records", "example2023fast", {"benchmarks": ["Other"], "builds_on": ["Other"]}),
        ("records", "example2023fast", {"results": [{"kind": "size", "metric": "other", "value": "12 MB"}]}),
        ("records", "example2023fast", {"relations": [{"to": "z2024math", "kind": "uses", "why": "Other."}]}),
        ("records", "sample2024slow", {"annotated": None, "added": "2026-12-12"}),
        ("records", "sample2024slow", {"links": {"code": "https://example.org/other"}, "former_ids": ["other"]}),
        ("topics", "towers", {"title": "Other"}),
        ("topics", "blocks", {"title": "Other", "scope": "Other"}),
        ("topics", "towers", {"title": "Other", "former_ids": ["other"]}),
        ("topics", "towers", {"start_here": [{"paper": "z2024math", "why": "Other."}]}),
        ("paths", "first-tower", {"title": "Other", "steps": [{"paper": "z2024math", "take": "T."}] * 2}),
        ("venues", "toyconf", {"short": "Other"}),
        ("venues", "toyconf", {"name": "Other", "type": "book", "publisher": "Other"}),
        ("people", "ada-example", {"show_variants": "no"}),
        ("people", "ada-example", {"orcid": "0000-0001-5109-3700"}),
        ("people", "ada-example", {"name": "Otto Other", "script": "Otro", "variants": []}),
    ],
)
def test_no_output_changes_that_is_said_to_be_made_of_the_same(
    toy: Collection, before: Made, table: str, key: str, values: dict[str, object]
) -> None:
    """Else a build after that edit would leave the output as it was."""
    old: Model = getattr(toy, table)[key]
    after = outputs(with_entry(toy, table, key, changed(old, **values)))
    both = before.keys() & after.keys()
    stale = {path for path in both if before[path][0] == after[path][0] != "" and before[path][1] != after[path][1]}
    assert stale == set()
    assert any(before[path][1] != after[path][1] for path in both)


def test_what_does_not_say_what_it_is_made_of_is_made_every_time(toy: Collection) -> None:
    prints = Fingerprints(toy, load_site(TOY))
    assert key_of(File("a", str), prints) == ""
    assert key_of(File("a", str, lambda: object()), prints) == ""
    assert key_of(File("a", str, lambda: "x"), prints) != ""
    assert key_of(Page("a/", "t", "T", show=lambda: {"x": object()}), prints) == ""
    keys = {key_of(Page("a/", *shown), prints) for shown in (("t", "T"), ("t", "U"), ("u", "T"), ("t", "T", "D"))}
    assert len(keys) == 4


@pytest.mark.parametrize("run", [build, render])
def test_records_with_findings_write_nothing(toy_copy: Path, run: Callable[[Path], object]) -> None:
    (toy_copy / "papers" / "2024" / "z2024math.yaml").write_text("title: [\n")
    with pytest.raises(RejectedError, match=r"^1 finding$") as caught:
        run(toy_copy)
    assert [finding.path for finding in caught.value.findings] == ["papers/2024/z2024math.yaml"]
    assert not (toy_copy / "site").exists()
    assert not (toy_copy / "build" / "docs").exists()


def test_nothing_of_a_build_is_kept_from_the_collector() -> None:
    with fewer_collections():
        gc.freeze()
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


WAITING = """
import sys
from pathlib import Path
from gen.build import alone
with alone(Path(sys.argv[1])):
    print("in")
"""


def test_a_second_build_of_a_folder_waits_for_the_first(toy_copy: Path) -> None:
    command = [sys.executable, "-c", WAITING, str(toy_copy)]
    with alone(toy_copy):
        other = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        assert other.stdout
        told = other.stdout.readline()
        assert told == "Another build of this folder is going on; this one starts when it has ended.\n"
        assert other.poll() is None
    assert other.communicate()[0] == "in\n"


def test_without_settings_no_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^There is no mkdocs\.yml in "), alone(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("written", "added"),
    [
        ("", ["{own}"]),
        ("hooks: [mine.py]\n", ["mine.py", "{own}"]),
        ("hooks: [{own}]\n", None),
        ("hooks: [mine.py, {own}]\n", None),
    ],
)
def test_our_hook_is_added_to_settings_that_lack_it(tmp_path: Path, written: str, added: list[str] | None) -> None:
    own = str(PROJECT / "gen" / "hooks.py")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: X\n{written.format(own=own)}")
    assert extra_hooks(tmp_path) == ({} if added is None else {"hooks": [name.format(own=own) for name in added]})


def test_the_collector_of_garbage_is_left_as_it_was() -> None:
    usual = gc.get_threshold()
    with suppress(KeyError), fewer_collections():
        assert gc.get_threshold()[0] == GARBAGE
        gc.freeze()
        raise KeyError
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_a_name_that_ends_like_an_index_has_its_address(toy_copy: Path) -> None:
    record = toy_copy / "papers" / "2024" / "sample2024slow.yaml"
    kept = [line for line in record.read_text(encoding="utf-8").splitlines() if not line.startswith(("arxiv", "doi"))]
    text = re.sub("^authors: .*", "authors: [Index, Jane Doe]", "\n".join(kept) + "\n", flags=re.MULTILINE)
    for name, title in (("sample2024index", "Bridges of Wood"), ("sample2024again", "Rivers in Winter")):
        other = re.sub("^title: .*", f"title: {title}", text, flags=re.MULTILINE)
        record.with_name(f"{name}.yaml").write_text(other, encoding="utf-8")
    (toy_copy / "ids.txt").unlink(missing_ok=True)
    (toy_copy / "docs" / "notes").mkdir()
    (toy_copy / "docs" / "notes" / "README.md").write_text("# Notes\n", encoding="utf-8")
    build(toy_copy)
    site = toy_copy / "site"
    assert (site / "papers" / "sample2024index" / "index.html").exists()
    assert (site / "people" / "index-person" / "index.html").exists()
    assert (site / "notes" / "index.html").exists()
    assert "/toy/notes/</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
