"""Known pairs: what is one paper, and what only looks like it."""

import inspect
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from gen.checking import check_collection
from gen.checks.duplicates import may_double
from gen.collection import Collection
from gen.duplicates import Seen, near_titles, normal_title
from gen.pages.reach import index
from tests.conftest import PROJECT


class Paper(NamedTuple):
    title: str
    authors: tuple[str, ...] = ("Ada Example", "Bob Sample")
    year: int = 2023
    arxiv: str | None = None
    doi: str | None = None
    also_titled: tuple[str, ...] = ()


def matched(one: Paper, other: Paper) -> str | None:
    seen = Seen()
    seen.add("one", one)
    match = seen.match(other)
    return match.why if match else None


SAME = [
    (
        Paper("Fast Towers", arxiv="2301.00001"),
        Paper("Slow Bridges", ("C D",), arxiv="2301.00001"),
        "the same arXiv id",
    ),
    (Paper("Fast Towers", doi="10.1/ABC"), Paper("Other", ("C D",), doi="10.1/abc"), "the same DOI"),
    (Paper("Schrödinger's Towers in $O(n)$"), Paper("SCHRODINGERS TOWERS IN O(n)"), "the same title"),
    (Paper("{SpecTr}: \\emph{Fast} Towers"), Paper("SpecTr: fast towers", year=2024), "the same title"),
    (Paper("Towers"), Paper("Stacks", also_titled=("Towers",)), "the same title"),
    (Paper("Reformer"), Paper("Reformer: The Efficient Tower"), "the same title but for the subtitle"),
    (Paper("Reformer – The Efficient Tower"), Paper("Reformer"), "the same title but for the subtitle"),
    (Paper("Anonymous Towers", ("others",)), Paper("Anonymous towers"), "the same title"),
    (
        Paper("Learning Tower Graphs in Polynomial Time & Sample Complexity"),
        Paper("Learning Tower Graphs in Polynomial Time and Sample Complexity", ("Sample, B.",)),
        "nearly the same title and authors in common",
    ),
    (
        Paper("On Non-Convex Stacking of Wooden Blocks"),
        Paper("Nonconvex Stacking of Wooden Blocks"),
        "nearly the same title and authors in common",
    ),
    (
        Paper("Efficient Stacking of Heterogeneous Blocks"),
        Paper("Efficient Stacking of Heterogenous Block"),
        "nearly the same title and authors in common",
    ),
]
OTHER = [
    (Paper("A Theory of Towers, Part I"), Paper("A Theory of Towers, Part II")),
    (Paper("Stacking Blocks by Hand 2"), Paper("Stacking Blocks by Hand 3")),
    (Paper("Deep Towers"), Paper("Deep Towers", ("Carl Other",), 2019)),
    (Paper("Anonymous Towers", ("others",), 2020), Paper("Anonymous Towers", ("Carl Other",), 2023)),
    (Paper("Fast Supervised Stacking of Blocks"), Paper("Fast Unsupervised Stacking of Blocks")),
    (
        Paper("A Survey on Efficient Inference for Large Towers"),
        Paper("A Survey on Efficient Training for Large Towers"),
    ),
    (Paper("Towers: A Survey of Blocks"), Paper("Towers: A Theory of Bridges")),
    (Paper("Reformer"), Paper("Reformer: The Efficient Tower", ("Carl Other",))),
    (Paper("PaLM: Scaling Towers"), Paper("PaLM 2: Scaling Towers")),
    (Paper("Stacking 3D Blocks in Rooms"), Paper("Stacking 2D Blocks in Rooms")),
    (Paper("Hello"), Paper("Hallo")),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_one_paper(one: Paper, other: Paper, why: str) -> None:
    assert matched(one, other) == why
    assert matched(other, one) == why


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_different_papers(one: Paper, other: Paper) -> None:
    assert matched(one, other) is None
    assert matched(other, one) is None


def test_the_real_collection_has_no_doubles(real: Collection) -> None:
    seen = Seen()
    for record in real.records.values():
        assert seen.match(record) is None, record.id
        seen.add(record.id, record)


def test_normal_title() -> None:
    assert normal_title(r"Émile's {T}owers: 100% \textbf{bold} & \"{o}") == "emiles towers 100 bold o"
    assert not near_titles("fast towers", "vast towers")


def test_finding_names_both_records(toy_copy: Path) -> None:
    double = toy_copy / "papers/2024/zed2024fast.yaml"
    double.write_text('title: Other\nauthors: [A B]\nyear: 2024\narxiv: "2305.00001"\nadded: 2026-04-01\n')
    _, findings = check_collection(toy_copy, drafts=True)
    assert [(finding.path, finding.line, finding.check, finding.what, finding.mend) for finding in findings] == [
        (
            "papers/2024/zed2024fast.yaml",
            4,
            "duplicate-paper",
            "'zed2024fast' and 'example2023fast' (papers/2023/example2023fast.yaml) have the same arXiv id",
            "keep one of the two records",
        )
    ]


SEVERAL = f"""
from typing import NamedTuple

from gen.duplicates import Seen

{inspect.getsource(Paper)}
seen = Seen()
for written in ("Fasst Wonderful Towers", "Fast Wonderfull Towers", "Fast Wonderful Towerss"):
    seen.add(written, Paper(written + " Colorful Bricks", ("Ada Example", "Bob Sample", "Cy Third")))
match = seen.match(Paper("Fast Wonderful Towers Colorful Bricks", ("Ada Example", "Bob Sample", "Cy Third")))
print(match.id)
"""


def test_of_several_doubles_the_same_one_is_named_in_every_run() -> None:
    printed = set()
    for seed in range(3):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", SEVERAL]
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
        printed.add(done.stdout)
    assert len(printed) == 1


def test_no_record_may_be_another_one_under_its_own_title(real: Collection) -> None:
    titles = list(index(real).by_id())
    assert [record.id for record in real.records.values() if may_double(record, real.records, titles)] == []


def test_a_title_is_doubted_where_the_comparison_with_all_papers_finds_a_double(real: Collection) -> None:
    titles, found = list(index(real).by_id()), []
    pairs = [pair for author in list(real.authors.values())[:400] for pair in pairwise(author.records)]
    for one, other in pairs[:40]:
        seen, head = Seen(), other.title.partition(":")[0]
        for record in real.records.values():
            if record.id != one.id:
                seen.add(record.id, record)
        for title in (other.title.upper(), head, f"{head}: Again", f"On {other.title}", f"{other.title} of Zebras"):
            edited = one.model_copy(update={"title": title})
            found.append(may_double(edited, real.records, titles))
            assert found[-1] == (seen.match(edited) is not None), title
    assert min(found.count(True), found.count(False)) > 20
