"""What `--fix` mends, and what it leaves alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.checking import check_collection
from gen.collection import Collection
from gen.drafting.venues import VenueMatcher
from gen.dump import dump
from gen.fixing import fix, fix_collection
from gen.record import Record
from gen.source import parse
from tests.conftest import PROJECT

MESSY = """# Header comment.

year: 2024{spaces}
# about the title
title: “Smart Title”  # behind it
authors: [A B, no]
arxiv: 2401.10000
venue: "TC" # an alias
summary: |-
  Keeps two spaces{spaces}
  at the end of its line.
added: 2026-01-01""".format(spaces="  ")
CLEAN = """# Header comment.

# about the title
title: "Smart Title"  # behind it
authors: [A B, "no"]
year: 2024
venue: toyconf # an alias
arxiv: "2401.10000"
summary: |-
  Keeps two spaces{spaces}
  at the end of its line.
added: 2026-01-01
""".format(spaces="  ")


def test_everything_at_once(toy: Collection) -> None:
    matcher = VenueMatcher(toy.venues)
    for raw in (MESSY, MESSY.replace("\n", "\r\n"), "\ufeff" + MESSY):
        assert fix("papers/2024/a2024b.yaml", raw.encode(), Record, matcher).decode() == CLEAN
    assert fix("papers/2024/a2024b.yaml", CLEAN.encode(), Record, matcher).decode() == CLEAN


@pytest.mark.parametrize("text", ["title: a: b\n", "\xff", "title: [\n", "- a\n", "title: *x\n", "a: 1\na: 2\n"])
def test_what_cannot_be_read_stays(text: str) -> None:
    raw = text.encode("latin-1")
    assert fix("papers/2024/a2024b.yaml", raw, Record) == raw


def test_spaces_of_another_kind_before_a_field_become_spaces() -> None:
    raw = "title: A\nlinks:\n  pdf: x\n\u00a0 code: \u00a0y\nsummary: |\n  \u3000text\nsteps:\n\u3000- x\n"
    mended = "title: A\nlinks:\n  pdf: x\n  code: \u00a0y\nsummary: |\n  \u3000text\nsteps:\n  - x\n"
    assert fix("papers/2024/a2024b.yaml", raw.encode(), Record).decode() == mended


def test_typographic_quotes_around_several_lines_stay() -> None:
    raw = "title: \u201cTwo\n  Lines\u201d\nauthors: [A B]\nyear: 2024\n".encode()
    assert fix("papers/2024/a2024b.yaml", raw, Record) == raw


def test_links_and_what_is_no_record_are_left_alone(toy_copy: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("year: 2024  \n")
    folder = toy_copy / "papers" / "2024"
    (folder / "link2024.yaml").symlink_to(outside)
    (folder / "loop2024.yaml").symlink_to("loop2024.yaml")
    (folder / "huge2024.yaml").write_bytes(b"a: b  \n" * 200_000)
    (folder / "folder2024.yaml").mkdir()
    collection, _ = check_collection(toy_copy)
    assert fix_collection(toy_copy, collection) == []
    assert outside.read_text() == "year: 2024  \n"


def test_real_records_stay_as_they_are(real: Collection) -> None:
    matcher = VenueMatcher(real.venues)
    for record in list(real.records.values())[::10]:
        raw = (PROJECT / record.source.path).read_bytes()
        assert fix(record.source.path, raw, Record, matcher) == raw


lines = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" #:'\"“”"), min_size=1).map(str.strip)


@given(
    st.permutations(["title", "system", "language", "pages", "doi"]),
    st.lists(lines.filter(bool), min_size=5, max_size=5),
)
def test_nothing_is_lost(order: list[str], values: list[str]) -> None:
    text = "".join(dump({name: value}) for name, value in zip(order, values, strict=True))
    before = parse("x.yaml", text.encode())
    after = parse("x.yaml", fix("x.yaml", text.encode(), Record))
    assert not after.faults
    assert after.value == before.value or any(value[0] in "“”" for value in values)
