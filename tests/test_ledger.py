"""The ledger of ids: entered once, missed for ever."""

from pathlib import Path

from click.testing import CliRunner

from gen.checking import check_collection
from gen.cli import main
from gen.collection import Collection
from gen.findings import as_text
from gen.fixing import fix_collection
from gen.ledger import HEADER, LEDGER, promised, read_ledger


def findings(root: Path) -> list[str]:
    return [as_text(found) for found in check_collection(root, drafts=True)[1]]


def test_a_collection_without_the_file_keeps_no_ledger(toy_copy: Path) -> None:
    assert read_ledger(toy_copy) is None
    assert findings(toy_copy) == []


def test_the_command_enters_new_ids_and_keeps_the_old(toy_copy: Path) -> None:
    (toy_copy / LEDGER).write_text("# old\ngone2001\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["ids", "--root", str(toy_copy)])
    assert done.exit_code == 0
    assert "example2023fast\n" in done.output
    text = (toy_copy / LEDGER).read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert "gone2001\n" in text
    assert text.splitlines()[1:] == sorted(text.splitlines()[1:])
    assert CliRunner().invoke(main, ["ids", "--root", str(toy_copy)]).output == ""


def test_fixing_enters_ids_where_a_ledger_is_kept(toy_copy: Path, toy: Collection) -> None:
    assert fix_collection(toy_copy, toy) == []
    assert not (toy_copy / LEDGER).exists()
    (toy_copy / LEDGER).write_text(HEADER, encoding="utf-8")
    assert fix_collection(toy_copy, toy) == [LEDGER]
    assert findings(toy_copy) == []


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
        "add 'former_ids: [li2019chapter]' to the record it became, or put the record back",
        "papers/2019/li2019blocks.yaml:2:1: unlisted-id: the id 'li2019blocks' is not in ids.txt; "
        "run 'python -m gen ids', or add it there as a line",
    ]
    new.write_text(f"{text.rstrip()}\nformer_ids: [li2019chapter]\n", encoding="utf-8")
    CliRunner().invoke(main, ["ids", "--root", str(toy_copy)])
    assert findings(toy_copy) == []


def test_every_real_id_is_entered(real: Collection) -> None:
    assert promised(real) <= (read_ledger(real.root) or {}).keys()
