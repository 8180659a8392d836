"""A build in parts gives what one build gives; parts that don't belong together are refused."""

import shutil
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.edits import differences
from gen.build import build
from gen.cli import main
from gen.shards import ABOUT, Shard, parse
from tests.conftest import TOY, copy_collection, edit_note, replace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def parts(folder: Path, of: int) -> list[str]:
    """Build all parts, each from a copy of its own, as on a machine of its own."""
    made = []
    for part in range(1, of + 1):
        root = copy_collection(TOY, folder / f"{part}-{of}")
        made.append(str(build(root, shard=Shard(part, of)).archive))
    return made


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Both parts of a build in two."""
    return parts(tmp_path_factory.mktemp("two"), 2)


@pytest.mark.parametrize("of", [1, 2, 3])
def test_parts_joined_are_what_one_build_makes(toy_site: Path, tmp_path: Path, two: list[str], of: int) -> None:
    made = two if of == 2 else parts(tmp_path, of)
    root = copy_collection(TOY, tmp_path / "joined")
    result = run("merge", "--root", str(root), *reversed(made))
    assert result.exit_code == 0, result.output
    assert differences(root / "site", toy_site) == []
    assert result.output.startswith(f"{of} part{'s' if of > 1 else ''}, ")


def test_a_part_has_the_same_bytes_each_time(tmp_path: Path, two: list[str]) -> None:
    root = copy_collection(TOY, tmp_path / "again")
    again = build(root, shard=Shard(2, 2)).archive
    assert again is not None
    assert again.read_bytes() == Path(two[1]).read_bytes()
    assert not (root / "site").exists()


def test_a_build_after_a_part_is_whole_again(toy_site: Path, tmp_path: Path) -> None:
    root = copy_collection(TOY, tmp_path / "toy")
    build(root, shard=Shard(1, 3))
    build(root)
    assert differences(root / "site", toy_site) == []


def test_parts_that_do_not_belong_together_are_refused(tmp_path: Path, two: list[str]) -> None:
    root = copy_collection(TOY, tmp_path / "joined")
    edited = copy_collection(TOY, tmp_path / "edited")
    edit_note(edited)
    other = str(build(edited, shard=Shard(2, 2)).archive)
    three = str(build(copy_collection(TOY, tmp_path / "three"), shard=Shard(3, 3)).archive)
    cut = tmp_path / "cut.tar"
    cut.write_bytes(Path(two[1]).read_bytes()[:-200_000])
    shutil.copy(TOY / "people.yaml", tmp_path / "people.tar")
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.add(TOY / "people.yaml", "people.yaml")
    others = []
    for number, about in enumerate(("[]", '{"part": 1, "of": "x", "made_of": "", "files": 1}', "[" * 99_999)):
        others.append(str(tmp_path / f"other{number}.tar"))
        (tmp_path / ABOUT).write_text(about, encoding="utf-8")
        with tarfile.open(others[-1], "w") as tar:
            tar.add(tmp_path / ABOUT, ABOUT)
    for given, told in {
        (two[0],): "part 2 of 2 is missing; 1 given",
        (two[0], two[0]): "part 1 is given twice",
        (two[0], three): "these are parts of builds into different numbers of parts; give all parts of one build",
        (two[0], other): "these parts were made of different records, settings or versions; build them anew",
        (two[0], str(tmp_path / "people.tar")): "can't be read as a part of a build",
        (two[0], str(tmp_path / "other.tar")): "is no part of a build; give what `gen build --shard` left in build/",
        (two[0], others[0]): "is no part of a build",
        (two[0], others[1]): "is no part of a build",
        (two[0], others[2]): "can't be read as a part of a build",
        (two[0], str(tmp_path / "none.tar")): "none.tar; give what `gen build --shard` left in build/",
        (two[0], str(cut)): "make it anew",
    }.items():
        result = run("merge", "--root", str(root), *given)
        assert result.exit_code == 1
        assert told in result.output, given
        assert result.output.startswith("Error: ")
        assert result.output.count("\n") == 1
        assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("site/../../outside", tarfile.REGTYPE),
        ("site/inside", tarfile.SYMTYPE),
        ("site/inside", tarfile.LNKTYPE),
        ("site/inside", tarfile.DIRTYPE),
    ],
)
def test_a_part_that_holds_no_mere_files_of_a_site_is_refused(
    tmp_path: Path, two: list[str], name: str, kind: bytes
) -> None:
    root, changed = copy_collection(TOY, tmp_path / "joined"), tmp_path / "changed.tar"
    with tarfile.open(two[1]) as tar, tarfile.open(changed, "w") as written:
        for number, member in enumerate(tar):
            read = tar.extractfile(member)
            if number == 1:  # the first one tells what the archive is
                member.name, member.type, member.linkname, member.size = name, kind, "../../outside", 0
            written.addfile(member, read)
    result = run("merge", "--root", str(root), two[0], str(changed))
    assert result.output == f"Error: {changed} holds {name}, which is no file of a site; make it anew\n"
    assert not (root / "build" / "outside").exists()
    assert not (root / "site").exists()


@pytest.mark.parametrize("written", ["0/2", "3/2", "2", "a/b", "1/0", "/"])
def test_what_is_no_part_of_a_whole_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="is no part of a whole; write 2/4 for the second part of four"):
        parse(written)
    assert "write 2/4 for the second part of four" in run("build", "--shard", written, "--root", str(TOY)).output


def named_in_navigation(folder: Path) -> Path:
    """Return a copy whose navigation names a paper and a topic; MkDocs takes their titles from the pages."""
    root = copy_collection(TOY, folder)
    named = "  - papers/sample2024slow.md\n  - Blocks: topics/blocks.md\n  - topics/towers.md\nvalidation"
    replace(root, "mkdocs.yml", "validation", named)
    return root


def test_every_part_has_the_pages_that_the_navigation_names(tmp_path: Path) -> None:
    whole = named_in_navigation(tmp_path / "whole")
    build(whole)
    home = (whole / "site" / "index.html").read_text(encoding="utf-8")
    assert '<a href="./papers/sample2024slow/" class="md-tabs__link">Slow ' in home
    roots = [named_in_navigation(tmp_path / str(part)) for part in (1, 2, 3)]
    made = [str(build(root, shard=Shard(part, 3)).archive) for part, root in enumerate(roots, 1)]
    assert run("merge", "--root", str(roots[0]), *made).exit_code == 0
    assert differences(roots[0] / "site", whole / "site") == []
