"""A new bibliography: `init`, `import`, `build`, and a template overridden."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.utils.yaml import yaml_load

from gen.build import build
from gen.cli import main
from gen.ledger import HEADER, LEDGER
from gen.scaffold import scaffold
from tests.conftest import PROJECT

BIB = """@inproceedings{doe2020wind, title={Wind in Towers}, author={Jane Doe}, year={2020}, booktitle={NeurIPS}}
@article{roe2021rain, title={Rain on Bridges}, author={Jane Roe}, year={2021}, journal={Annals of Rain}}
"""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new bibliography with two papers, made and built by three commands."""
    folder = tmp_path_factory.mktemp("new")
    (folder / "my.bib").write_text(BIB)
    root = folder / "papers: mine"
    run("init", str(root))
    run("import", str(folder / "my.bib"), "--root", str(root))
    (root / "templates" / "theme" / "partials").mkdir(parents=True)
    (root / "templates" / "years.md.j2").write_text("# My years {: #top }\n")
    (root / "templates" / "theme" / "partials" / "logo.html").write_text("<b>My logo</b>")
    build(root, strict=True)
    return root


def test_three_commands_make_a_site(collection: Path) -> None:
    page = (collection / "site/papers/doe2020wind/index.html").read_text(encoding="utf-8")
    assert "Wind in Towers" in page
    assert "Advances in Neural Information Processing Systems" in page
    assert (collection / "site/venues/annals-of-rain/index.html").exists()
    listed = (collection / "site/map/index.html").read_text(encoding="utf-8").partition("gl-map-list")[2]
    assert '<a href="../papers/roe2021rain/">' in listed
    assert "<ul></ul>" not in "".join(listed.split())
    home = (collection / "site/index.html").read_text(encoding="utf-8")
    assert "<title>papers: mine: A bibliography</title>" in home
    assert "2 papers" in home
    assert "each with a note" not in home
    assert "Search the papers" in home
    assert "Browse all papers" in home
    assert "There is no topic yet" in (collection / "site/topics/index.html").read_text(encoding="utf-8")


def test_an_empty_bibliography_is_built(tmp_path: Path) -> None:
    run("init", str(tmp_path / "new"))
    build(tmp_path / "new", strict=True)
    assert "0 papers" in (tmp_path / "new" / "site" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "new" / "site" / "map" / "index.html").exists()


def test_one_template_is_overridden(collection: Path) -> None:
    years = (collection / "site/years/index.html").read_text(encoding="utf-8")
    assert "My years" in years
    assert "My logo" in years
    assert "gl-" in (collection / "site/papers/doe2020wind/index.html").read_text(encoding="utf-8")


def test_settings_follow_the_projects_own(tmp_path: Path) -> None:
    scaffold(tmp_path / "new", "New")
    with (tmp_path / "new/mkdocs.yml").open() as file, (PROJECT / "mkdocs.yml").open() as other:
        new, own = yaml_load(file), yaml_load(other)
    for name in ("markdown_extensions", "extra_css", "extra_javascript", "use_directory_urls", "edit_uri", "plugins"):
        assert new.get(name) == own.get(name), name
    own["theme"].pop("custom_dir")
    assert new["theme"] == own["theme"]


def test_workflows_pin_the_projects_actions(tmp_path: Path) -> None:
    written = scaffold(tmp_path / "new", "New")
    assert ".github/workflows/deploy.yml" in written
    own = "".join(path.read_text() for path in (PROJECT / ".github/workflows").glob("*.yml"))
    for path in (tmp_path / "new/.github/workflows").glob("*.yml"):
        text = path.read_text()
        assert "__" not in text
        for line in text.splitlines():
            if "uses:" in line:
                assert line.partition("uses:")[2].strip() in own, line


def test_the_makefile_calls_a_generator_that_is_there(collection: Path, tmp_path: Path) -> None:
    """`make check` and `make new` as a stranger types them, with a generator whose tools are installed.

    It stands where make would put it, in a folder whose name has a blank and a colon.

    These tests may themselves be run by make, which would say in its output that one make runs another.
    """
    (tmp_path / "Makefile").write_text(".venv/browser.stamp:\n\t@:\n")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "gen").symlink_to(PROJECT / "gen")
    (collection / ".gloss").symlink_to(tmp_path)

    def make(*arguments: str) -> str:
        command = ["make", *arguments]
        own = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        done = subprocess.run(command, cwd=collection, env=own, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert make("check") == "2 records, no findings.\n"
    told = make("new", 'TITLE=It\'s a "Tower" of $k$')
    assert told.startswith("wrote papers/")
    assert "\nLook it over, then run: " in told, "a draft without a note holds no TODO"
    [draft] = (collection / f"papers/{datetime.date.today().year}").iterdir()
    assert 'Tower\\" of $k$' in draft.read_text(encoding="utf-8")
    (collection / "a $k.bib").write_text(BIB)
    assert make("import", "FILE=a $k.bib").count("a $k.bib:") == 2


def test_a_new_bibliography_keeps_its_ids(collection: Path) -> None:
    assert (
        collection / LEDGER
    ).read_text() == f"{HEADER}\ndoe2020wind\nroe2021rain\nvenues/annals-of-rain\nvenues/neurips\n"


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert result.exit_code == 1
    assert result.output == f"Error: {tmp_path} is not empty; name a new folder\n"
