"""The store keeps what was made for a key, forgets what nobody asked for, and takes no harm from a damaged file."""

from itertools import pairwise
from pathlib import Path

import pytest

from gen import store
from gen.store import Store


def run(folder: Path | None, *keys: str) -> tuple[list[int], int]:
    """Ask a table for the length of each key; return the values and how many were made."""
    with Store(folder).table("lengths") as table:
        return [table.get(key, lambda key=key: len(key)) for key in keys], len(table.made)  # type: ignore[misc]


def test_a_value_is_made_once_and_then_found(tmp_path: Path) -> None:
    assert run(tmp_path, "a", "bb") == ([1, 2], 2)
    assert run(tmp_path, "a", "bb") == ([1, 2], 0)
    assert run(tmp_path, "a", "bb", "") == ([1, 2, 0], 1)
    assert run(tmp_path, "") == ([0], 0)


def test_many_values_are_made_at_once_as_far_as_no_run_made_them(tmp_path: Path) -> None:
    items = {str(number): number for number in range(100)}
    with Store(tmp_path).table("doubles") as table:
        assert table.every(items, lambda number: number * 2) == {key: number * 2 for key, number in items.items()}
        assert len(table.made) == 100
    with Store(tmp_path).table("doubles") as table:
        assert table.every({"7": 0, "new": 9}, lambda number: number * 2) == {"7": 14, "new": 18}
        assert len(table.made) == 1


def test_what_a_run_did_not_ask_for_is_forgotten(tmp_path: Path) -> None:
    run(tmp_path, "a", "bb")
    run(tmp_path, "bb")
    assert run(tmp_path, "a", "bb") == ([1, 2], 1)


def test_without_a_folder_nothing_is_kept() -> None:
    assert run(None, "a") == ([1], 1)
    assert run(None, "a") == ([1], 1)


def test_what_changed_is_added_to_the_file_until_that_is_as_long_as_the_table(tmp_path: Path) -> None:
    keys, path = [f"{number:04}" for number in range(500)], tmp_path / "lengths"
    run(tmp_path, *keys)
    first = path.read_bytes()
    run(tmp_path, *keys[1:], "new")
    assert path.read_bytes().startswith(first)
    assert len(first) < path.stat().st_size < len(first) * 1.1
    assert run(tmp_path, *keys[1:], "new") == ([4] * 499 + [3], 0)
    assert run(tmp_path, *keys[1:]) == ([4] * 499, 0)
    assert run(tmp_path, *keys[1:], "new") == ([4] * 499 + [3], 1), "what was taken out is gone"
    sizes = []
    for turn in range(60):
        keys = [*keys[10:], *(f"{turn:02}-{number:02}" for number in range(10))]
        assert run(tmp_path, *keys)[1] == 10
        sizes.append(path.stat().st_size)
    assert run(tmp_path, *keys)[1] == 0
    assert max(sizes) <= 2.2 * len(first)
    assert any(after < before for before, after in pairwise(sizes)), "it was written anew"


def test_a_damaged_addition_is_an_empty_table(tmp_path: Path) -> None:
    keys = [str(number) for number in range(100)]
    run(tmp_path, *keys)
    run(tmp_path, *keys, "new")
    path = tmp_path / "lengths"
    path.write_bytes(path.read_bytes()[:-1])
    assert run(tmp_path, *keys, "new")[1] == 101
    assert run(tmp_path, *keys, "new")[1] == 0


@pytest.mark.parametrize("keep", [0, 5, 32, 40, 41, -1])
def test_a_file_cut_short_is_an_empty_table(tmp_path: Path, keep: int) -> None:
    run(tmp_path, "a", "bb")
    path = tmp_path / "lengths"
    path.write_bytes(path.read_bytes()[:keep])
    assert run(tmp_path, "a", "bb") == ([1, 2], 2)
    assert run(tmp_path, "a", "bb") == ([1, 2], 0)


def test_a_file_with_one_wrong_byte_is_an_empty_table(tmp_path: Path) -> None:
    run(tmp_path, "a", "bb")
    path = tmp_path / "lengths"
    damaged = bytearray(path.read_bytes())
    damaged[-3] ^= 1
    path.write_bytes(damaged)
    assert run(tmp_path, "a", "bb") == ([1, 2], 2)


def test_another_version_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, "a")
    monkeypatch.setattr(store, "version", lambda: "another")
    assert run(tmp_path, "a") == ([1], 1)


def test_every_file_of_the_generator_is_in_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "__file__", str(tmp_path / "store.py"))
    found = set()
    for path, text in (("store.py", ""), ("citation/names.txt", "Kalman"), ("citation/names.txt", "Bayes")):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
        found.add(store.version.__wrapped__())
    assert len(found) == 3
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "templates").write_text("compiled")
    assert store.version.__wrapped__() in found


def test_after_an_error_the_old_table_stays(tmp_path: Path) -> None:
    run(tmp_path, "a")
    with pytest.raises(ZeroDivisionError), Store(tmp_path).table("lengths") as table:
        table.put("bb", 1 // 0)
    assert run(tmp_path, "a") == ([1], 0)
    assert [path.name for path in tmp_path.iterdir()] == ["lengths"]


def test_what_is_held_is_written_when_all_is_ready(tmp_path: Path) -> None:
    run(tmp_path, "a", "bb")
    before = (tmp_path / "lengths").read_bytes()
    order = []

    def ready() -> None:
        order.append("ready")
        assert (tmp_path / "lengths").read_bytes() == before
        assert not (tmp_path / "others").exists()

    with Store(tmp_path).later(ready) as held:
        with held.table("lengths") as table:
            assert table.get("a", lambda: 7) == 1, "what is there is read as ever"
            table.get("ccc", lambda: 3)
        held.save("others", {"d": 4})
        order.append("made")
    assert order == ["made", "ready"]
    assert run(tmp_path, "a", "ccc") == ([1, 3], 0)
    assert Store(tmp_path).load("others") == {"d": 4}


def test_what_is_held_goes_after_an_error(tmp_path: Path) -> None:
    run(tmp_path, "a")

    def refused() -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError), Store(tmp_path).later(refused) as held, held.table("lengths") as table:
        table.get("bb", lambda: 2)
    with pytest.raises(ZeroDivisionError), Store(tmp_path).later(lambda: None) as held:
        held.save("others", {"d": 1 // 0})
    assert Store(tmp_path).load("lengths") == {"a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["lengths"]


def test_tables_are_changed_without_being_loaded(tmp_path: Path) -> None:
    keys = [f"{number:04}" for number in range(500)]
    run(tmp_path, *keys)
    first = (tmp_path / "lengths").read_bytes()
    with Store(tmp_path).amending("lengths") as (changes,):
        assert not (tmp_path / "lengths").exists(), "nobody takes it for true while it isn't"
        changes.came["new"] = 3
        changes.gone.append("0000")
    Store(tmp_path).add("lengths", store.Changes({"newer": 5}))
    assert (tmp_path / "lengths").read_bytes().startswith(first)
    assert run(tmp_path, *keys[1:], "new", "newer") == ([4] * 499 + [3, 5], 0)
    for number in range(300):
        Store(tmp_path).add("lengths", store.Changes({f"key {number}": number}))
    assert (tmp_path / "lengths").stat().st_size < 3 * len(first)
    assert Store(tmp_path).load("lengths")["key 299"] == 299


def test_tables_whose_change_failed_are_gone(tmp_path: Path) -> None:
    run(tmp_path, "a", "bb")
    with pytest.raises(ZeroDivisionError), Store(tmp_path).amending("lengths") as (changes,):
        changes.came["c"] = 1 // len(changes.gone)
    assert not Store(tmp_path).has("lengths")
    assert run(tmp_path, "a", "bb") == ([1, 2], 2)
    with pytest.raises(FileNotFoundError), Store(tmp_path).amending("lengths", "others"):
        pass


@pytest.mark.parametrize("first", [10, 10**6])
def test_a_damaged_table_that_is_changed_stays_unusable(tmp_path: Path, first: int) -> None:
    """Whether what changed is added to it or not: it must not become a table of these few entries."""
    run(tmp_path, "a", "bb")
    path = tmp_path / "lengths"
    data = path.read_bytes()
    path.write_bytes(bytes(32) + first.to_bytes(8, "little") + data[40:])
    with Store(tmp_path).amending("lengths") as (changes,):
        changes.came["c"] = 3
    assert Store(tmp_path).load("lengths") == {}


def test_without_a_folder_nothing_is_changed() -> None:
    with Store(None).amending("lengths") as (changes,):
        changes.came["a"] = 1
    Store(None).add("lengths", store.Changes({"a": 1}))
    assert not Store(None).has("lengths")
