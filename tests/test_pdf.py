"""Where PDFs lie."""

from pathlib import Path
from typing import Any

import pytest

from gen.collection import Collection
from gen.pdf import pdf
from gen.record import Record
from gen.source import Source


def record(**fields: Any) -> Record:
    values = {"title": "Wind", "authors": ["Jane Doe"], "year": 2020, **fields}
    return Record.model_validate(values, context={"source": Source("papers/2020/doe2020wind.yaml", Path())})


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("https://openreview.net/forum?id=-P7G-8dmSh4", "https://openreview.net/pdf?id=-P7G-8dmSh4"),
        ("https://aclanthology.org/2021.acl-long.392/", "https://aclanthology.org/2021.acl-long.392.pdf"),
        ("https://aclanthology.org/N19-1423", "https://aclanthology.org/N19-1423.pdf"),
        (
            "https://proceedings.neurips.cc/paper_files/paper/2019/hash/9d8df7-Abstract.html",
            "https://proceedings.neurips.cc/paper_files/paper/2019/file/9d8df7-Paper.pdf",
        ),
        (
            "https://proceedings.neurips.cc/paper_files/paper/2022/hash/13b2f8-Abstract-Datasets_and_Benchmarks.html",
            "https://proceedings.neurips.cc/paper_files/paper/2022/file/13b2f8-Paper-Datasets_and_Benchmarks.pdf",
        ),
        (
            "https://openaccess.thecvf.com/content/CVPR2022/html/Sung_VL-Adapter_CVPR_2022_paper.html",
            "https://openaccess.thecvf.com/content/CVPR2022/papers/Sung_VL-Adapter_CVPR_2022_paper.pdf",
        ),
        ("https://openreview.net/forum?id=a&noteId=b", None),
        ("https://aclanthology.org/events/acl-2021/", None),
        ("https://example.org/2020.pdf", None),
    ],
)
def test_a_host_with_a_rule_tells_by_the_page(page: str, file: str | None) -> None:
    assert pdf(record(links={"paper": page})) == file


def test_what_a_record_names_goes_first_and_arxiv_last() -> None:
    paper = "https://openreview.net/forum?id=a"
    named = {"paper": paper, "pdf": "https://example.org/a.pdf"}
    assert pdf(record(links=named, arxiv="2001.00001")) == "https://example.org/a.pdf"
    assert pdf(record(links={"paper": paper}, arxiv="2001.00001")) == "https://openreview.net/pdf?id=a"
    assert pdf(record(arxiv="2001.00001")) == "https://arxiv.org/pdf/2001.00001"
    assert pdf(record(doi="10.1234/a")) is None


def test_most_real_papers_have_one(real: Collection) -> None:
    assert sum(pdf(record) is not None for record in real.records.values()) > 0.8 * len(real.records)
