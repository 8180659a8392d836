"""The ledger of ids: entered once, missed for ever."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from gen.checking import check_collection
from gen.cli import main
from gen.collection import Collection
from gen.findings import as_text
from gen.ledger import HEADER, LEDGER, enter, promised, read_ledger
from tests.cases import GOOD, LAYOUT, another, write
from tests.conftest import TOY, replace


def findings(root: Path) -> list[str]:
    return [as_text(found) for found in check_collection(root, drafts=True)[1]]


def findings_of(root: Path) -> list[str]:
    """Return what is said of the good collection, but for its layout and doubles."""
    return [as_text(found) for found in check_collection(root)[1] if found.check not in LAYOUT]


def test_a_collection_without_the_file_keeps_no_ledger(toy_copy: Path) -> None:
    assert read_ledger(toy_copy) is None
    assert findings(toy_copy) == []


def test_the_command_enters_new_ids_and_keeps_the_old(toy_copy: Path) -> None:
    (toy_copy / LEDGER).write_text("# old\ngone2001\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["ids", "--root", str(toy_copy)])
    assert done.exit_code == 0
    assert "example2023fast\n" in done.output
    text = (toy_copy / LEDGER).read_text(encoding="utf-8")
    assert text.startswith("# old\n")
    assert "gone2001\n" in text
    assert text.splitlines()[1:] == sorted(text.splitlines()[1:])
    (toy_copy / LEDGER).write_text(text + "\n# the last", encoding="utf-8")
    assert CliRunner().invoke(main, ["ids", "--root", str(toy_copy)]).output == ""
    assert (toy_copy / LEDGER).read_text(encoding="utf-8") == text + "\n# the last", "nothing is new"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{HEADER}\nb2\n"),
        ("a1\nc3\n", f"{HEADER}\na1\nb2\nc3\n"),
        ("# Ours\n\n# too\nc3\n", "# Ours\n\n# too\nb2\nc3\n"),
        ("# Ours\na1\n# of c3\nc3\n# the end", "# Ours\na1\nb2\n# of c3\nc3\n# the end\n"),
        ("# Ours\r\nc3\r\n  a1 \r\n# of c3\r\nc3\r\n", "# Ours\na1\nb2\n# of c3\nc3\n"),
        ("# Ours", "# Ours\nb2\n"),
        ("\ufeff# Über\na1\n", "# Über\na1\nb2\n"),
    ],
)
def test_an_id_is_entered_where_it_belongs_and_comments_stay(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / LEDGER).write_bytes(before.encode())
    assert enter(tmp_path, ["b2"]) == ["b2"]
    assert (tmp_path / LEDGER).read_bytes().decode() == after


def test_a_ledger_that_can_not_be_read_is_left_alone_and_told(toy_copy: Path) -> None:
    text = "# Bücher\nexample2023fast\n".encode("cp1252")
    (toy_copy / LEDGER).write_bytes(text)
    told = "ids.txt:1:4: unreadable-file: the file is not UTF-8 from here on; save it as UTF-8"
    assert findings(toy_copy) == [told]
    assert CliRunner().invoke(main, ["ids", "--root", str(toy_copy)]).output == f"Error: {told}\n"
    assert fixed(toy_copy) == f"{told}\n1 finding.\n"
    assert (toy_copy / LEDGER).read_bytes() == text


@pytest.mark.parametrize(
    ("put", "what"),
    [
        (lambda place: place.symlink_to(TOY / "mkdocs.yml"), "this is a link, not a file"),
        (lambda place: place.symlink_to("nowhere"), "this is a link, not a file"),
        (os.mkfifo, "this is no file"),
        (Path.mkdir, "this is no file"),
    ],
)
def test_only_a_file_is_read_as_the_ledger(toy_copy: Path, put: Callable[[Path], None], what: str) -> None:
    put(toy_copy / LEDGER)
    told = f"ids.txt:1:1: unreadable-file: {what}; put the file itself here"
    assert findings(toy_copy) == [told]
    assert CliRunner().invoke(main, ["ids", "--root", str(toy_copy)]).output == f"Error: {told}\n"
    assert fixed(toy_copy) == f"{told}\n1 finding.\n"


def test_an_unresolved_merge_of_the_ledger_is_told_and_left(toy_copy: Path) -> None:
    text = "a2020\n<<<<<<< HEAD\nb2020\n=======\nc2020\n>>>>>>> theirs\n"
    (toy_copy / LEDGER).write_text(text, encoding="utf-8")
    told = (
        "ids.txt:2:1: unreadable-file: this line marks an unresolved merge; keep one side and delete the marker lines"
    )
    assert findings(toy_copy) == [told]
    assert CliRunner().invoke(main, ["ids", "--root", str(toy_copy)]).output == f"Error: {told}\n"
    assert (toy_copy / LEDGER).read_text(encoding="utf-8") == text


def test_a_line_of_the_ledger_that_is_no_id_is_told(toy_copy: Path) -> None:
    CliRunner().invoke(main, ["ids", "--root", str(toy_copy)])
    with (toy_copy / LEDGER).open("a", encoding="utf-8") as ledger:
        ledger.write("see papers\n")
    [told] = findings(toy_copy)
    assert told.endswith(":1: vanished-id: 'see papers' is no id; write one id a line, or delete this line")


def fixed(root: Path) -> str:
    return CliRunner().invoke(main, ["check", "--fix", "--root", str(root)]).output


def test_fixing_enters_ids_where_a_ledger_is_kept(toy_copy: Path) -> None:
    assert fixed(toy_copy) == "11 records, no findings.\n"
    assert not (toy_copy / LEDGER).exists()
    (toy_copy / LEDGER).write_text(HEADER, encoding="utf-8")
    replace(toy_copy, "papers/2023/example2023fast.yaml", "venue: toyconf", "venue: ToyConf")
    assert fixed(toy_copy) == ("mended papers/2023/example2023fast.yaml\nmended ids.txt\n11 records, no findings.\n"), (
        "also the id of a record that had to be mended first"
    )


@pytest.mark.parametrize("name", ["2024/Sample2024Slow", "2023/sample2024slowly"])
def test_an_id_that_may_have_to_change_is_not_entered_yet(toy_copy: Path, name: str) -> None:
    (toy_copy / LEDGER).write_text(HEADER, encoding="utf-8")
    record = toy_copy / "papers" / "2024" / "sample2024slow.yaml"
    for path in toy_copy.glob("*/**/*.yaml"):
        text = path.read_text(encoding="utf-8").replace(record.stem, Path(name).name)
        path.write_text(text, encoding="utf-8")
    record.rename(toy_copy / "papers" / f"{name}.yaml")
    fixed(toy_copy)
    CliRunner().invoke(main, ["ids", "--root", str(toy_copy)])
    entered = (read_ledger(toy_copy) or {}).keys()
    assert Path(name).name not in entered
    papers = [name for name in entered if "/" not in name]
    assert len(papers) == 11, "ten other ids and a former one"


def test_the_id_of_a_record_whose_authors_are_still_to_be_written_is_not_entered(toy_copy: Path) -> None:
    (toy_copy / LEDGER).write_text(HEADER, encoding="utf-8")
    path = "papers/2024/sample2024slow.yaml"
    replace(toy_copy, path, "authors: [", "authors: [TODO, ")
    assert "sample2024slow" not in fixed(toy_copy)
    assert "sample2024slow" not in (read_ledger(toy_copy) or {})
    replace(toy_copy, path, "authors: [TODO, ", "authors: [")
    fixed(toy_copy)
    assert "sample2024slow" in (read_ledger(toy_copy) or {})


def test_no_ledger_is_begun_where_no_bibliography_is(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["ids", "--root", str(tmp_path)])
    assert done.exit_code == 1
    assert "mkdocs.yml" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_byte_order_mark_is_no_id(toy_copy: Path) -> None:
    (toy_copy / LEDGER).write_text(f"\ufeff{HEADER}", encoding="utf-8")
    assert read_ledger(toy_copy) == {}


def test_a_vanished_id_is_found_unless_it_is_a_former_id(toy_copy: Path) -> None:
    CliRunner().invoke(main, ["ids", "--root", str(toy_copy)])
    old = toy_copy / "papers/2019/li2019chapter.yaml"
    new = old.with_name("li2019blocks.yaml")
    text = old.read_text(encoding="utf-8")
    old.unlink()
    new.write_text(text, encoding="utf-8")
    line = (toy_copy / LEDGER).read_text(encoding="utf-8").splitlines().index("li2019chapter") + 1
    assert findings(toy_copy) == [
        f"ids.txt:{line}:1: vanished-id: the published id 'li2019chapter' has vanished; "
        "add 'former_ids: [li2019chapter]' to the record it became, put the record back (with a 'notice' if the "
        "paper was retracted), or delete this line if it never was published",
        "papers/2019/li2019blocks.yaml:2:1: unlisted-id: the id 'li2019blocks' is not in ids.txt; "
        "run 'python -m gen ids', or add it there as a line",
    ]
    new.write_text(f"{text.rstrip()}\nformer_ids: [li2019chapter]\n", encoding="utf-8")
    CliRunner().invoke(main, ["ids", "--root", str(toy_copy)])
    assert findings(toy_copy) == []


STEPS = "[{paper: doe2023towers, take: A}, {paper: roe2023other, take: B}]"
PATH = f"title: T\nreader: R\ngoal: G\nintroduction: I\nsteps: {STEPS}\n"
FOUR = {**GOOD, **another("roe2023other"), "paths/way.yaml": PATH}
KEPT = "doe2023towers\npaths/way\nroe2023other\ntopics/blocks\ntopics/towers\nvenues/toyconf\n"


def test_what_else_has_an_id_is_entered_and_asked_for(tmp_path: Path) -> None:
    assert findings_of(write(tmp_path, {**FOUR, "ids.txt": KEPT})) == []
    fewer = KEPT.replace("topics/blocks\n", "").replace("venues/toyconf\n", "")
    assert findings_of(write(tmp_path, {"ids.txt": f"{fewer}papers/x\n"})) == [
        "ids.txt:5:1: vanished-id: 'papers/x' is no id; write one id a line, or delete this line",
        *(
            f"{path}:1:1: unlisted-id: the id '{name}' is not in ids.txt; "
            "run 'python -m gen ids', or add it there as a line"
            for path, name in (("topics/blocks.yaml", "topics/blocks"), ("venues.yaml", "venues/toyconf"))
        ),
    ]


@pytest.mark.parametrize(
    ("folder", "kind", "path", "text"),
    [
        ("topics", "topic", "topics/towers.yaml", GOOD["topics/towers.yaml"] + "former_ids: [old]\n"),
        ("paths", "path", "paths/way.yaml", PATH + "former_ids: [old]\n"),
        ("venues", "venue", "venues.yaml", GOOD["venues.yaml"].replace("aliases", "former_ids: [old], aliases")),
    ],
)
def test_what_else_has_vanished_is_found_too(tmp_path: Path, folder: str, kind: str, path: str, text: str) -> None:
    assert findings_of(write(tmp_path, {**FOUR, "ids.txt": f"{KEPT}{folder}/old\n"})) == [
        f"ids.txt:7:1: vanished-id: the published id '{folder}/old' has vanished; add 'former_ids: [old]' to the "
        f"{kind} it became, put the {kind} back, or delete this line if it never was published"
    ]
    assert findings_of(write(tmp_path, {path: text})) == []


def test_nothing_vanished_with_a_table_or_file_that_can_not_be_read(tmp_path: Path) -> None:
    ledger = "doe2023towers\ntopics/blocks\ntopics/towers\nvenues/toyconf\n"
    broken = {"venues.yaml": "toyconf: [\n", "topics/blocks.yaml": "title: [\n"}
    told = findings_of(write(tmp_path, {**GOOD, **broken, "ids.txt": ledger}))
    assert not [line for line in told if "vanished-id" in line]


def test_a_venue_under_a_key_that_can_not_stay_is_not_entered_yet(tmp_path: Path) -> None:
    venues = GOOD["venues.yaml"].replace("toyconf:", "Toy_Conf:")
    write(tmp_path, {**GOOD, "venues.yaml": venues, "mkdocs.yml": "site_name: T\n"})
    CliRunner().invoke(main, ["ids", "--root", str(tmp_path)])
    assert list(read_ledger(tmp_path) or {}) == ["doe2023towers", "topics/blocks", "topics/towers"]


def test_every_real_id_is_entered(real: Collection) -> None:
    assert promised(real) <= (read_ledger(real.root) or {}).keys()
