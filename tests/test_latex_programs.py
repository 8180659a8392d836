"""Real programs over the whole real bibliography: BibTeX, biber and LaTeX take it untouched, and show all of it."""

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

from gen.citation.citations import Citations
from gen.citation.citations import write as entry
from gen.collection import Collection
from gen.names import parse_name
from gen.record import Record
from gen.source import Source
from gen.text.latex import latex_words
from gen.text.plain import plain
from tests.generated import VENUES

pytestmark = pytest.mark.latex

DOCUMENT = r"""\documentclass{{article}}
\usepackage[paperwidth=200cm,paperheight=100cm,margin=1cm]{{geometry}}
\usepackage[T1]{{fontenc}}\usepackage{{lmodern,amsmath,amssymb,textcomp}}
{preamble}
\pdfgentounicode=1 \input{{glyphtounicode}}
\hyphenpenalty=10000 \exhyphenpenalty=10000
\begin{{document}}\nocite{{*}}
{body}
\end{{document}}
"""


def run(folder: Path, *command: str) -> str:
    """Run a program and return its output, which holds no error."""
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=200, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    log = folder / "paper.log"
    told = log.read_text(encoding="utf-8", errors="replace") if log.exists() else said
    assert done.returncode == 0, (said + told)[-2000:]
    return said


def write(folder: Path, suffix: str, collection: Collection, preamble: str, body: str) -> None:
    records = collection.records.values()
    (folder / "whole.bib").write_text(Citations(collection).file(records, suffix), encoding="utf-8")
    (folder / "paper.tex").write_text(DOCUMENT.format(preamble=preamble, body=body), encoding="utf-8")


def letters(text: str) -> str:
    """Return what a comparison of set text with a title goes by: letters, digits and accents, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def assert_all_is_set(folder: Path, collection: Collection) -> None:
    """Assert that the PDF shows each title's words and each first author's family name."""
    run(folder, "pdftotext", "-raw", "paper.pdf", "paper.txt")
    shown = letters((folder / "paper.txt").read_text(encoding="utf-8"))
    for record in collection.records.values():
        for word in re.findall(r"[^\s/–—-]+", re.sub(r"\$.*?\$", " ", record.title)):
            assert letters(word) in shown, (record.id, word)
        if record.title.isascii() and "$" not in record.title:
            assert letters(plain(record.title)) in shown, record.id
        for name in record.named_authors[:1]:
            assert letters(parse_name(name).family) in shown, record.id


@pytest.mark.parametrize("style", ["plain", "alpha", "abbrv", "unsrt"])
def test_bibtex_takes_the_whole_without_a_warning(style: str, real: Collection, tmp_path: Path) -> None:
    body = rf"\bibliographystyle{{{style}}}\bibliography{{whole}}"
    write(tmp_path, "bib", real, "", body)
    (tmp_path / "paper.aux").write_text(
        f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{whole}}\n", encoding="utf-8"
    )
    said = run(tmp_path, "bibtex", "paper")
    assert "arning" not in said, said
    assert "rror" not in said, said
    listing = (tmp_path / "paper.bbl").read_text(encoding="utf-8")
    assert listing.count("\\bibitem") == len(real.records)
    run(tmp_path, "pdflatex", "-interaction=batchmode", "-halt-on-error", "paper")
    assert_all_is_set(tmp_path, real)


def test_biber_and_biblatex_take_the_whole_without_a_warning(real: Collection, tmp_path: Path) -> None:
    preamble = r"\usepackage[backend=biber,style=numeric,maxbibnames=99]{biblatex}\addbibresource{whole.bib}"
    write(tmp_path, "biblatex.bib", real, preamble, r"\printbibliography")
    run(tmp_path, "pdflatex", "-interaction=batchmode", "-halt-on-error", "paper")
    said = run(tmp_path, "biber", "--validate-datamodel", "paper")
    assert "WARN" not in said, said[-3000:]
    assert "ERROR" not in said, said[-3000:]
    run(tmp_path, "pdflatex", "-interaction=batchmode", "-halt-on-error", "paper")
    assert_all_is_set(tmp_path, real)


def test_latex_has_every_command_that_a_character_becomes(tmp_path: Path) -> None:
    written = {c: latex_words(c, ascii_only=True) for c in map(chr, range(0xA0, 0x20000))}
    commands = [(c, latex) for c, latex in written.items() if "\\" in latex and unicodedata.is_normalized("NFC", c)]
    body = "\n\n".join(rf"\typeout{{U+{ord(c):04X}}}x{latex}" for c, latex in commands)
    (tmp_path / "paper.tex").write_text(DOCUMENT.format(preamble=r"\tracinglostchars=2", body=body), encoding="utf-8")
    command = ("pdflatex", "-interaction=nonstopmode", "-draftmode", "paper")
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=200, check=False).stdout.decode("latin-1")
    wrong = re.findall(r"^(U\+\w+)\n+((?:!|Missing character|LaTeX Font Warning).*)", said, re.MULTILINE)
    assert len(commands) > 1000
    assert not wrong
    assert "\n!" not in said


ODD = {
    "title": '"Why Should I Trust You?" Frank-Wolfe and Gaussians',
    "authors": ["danah boyd", "Florence d'Alché-Buc", "Daumé, III, Hal", "Vincent van Toy"],
    "year": 2023,
    "pages": "429-57",
    "volume": "12",
    "number": "3",
}
"""Names, a title and pages that programs set wrongly where they stand in a file as they are written."""


def write_odd(folder: Path, suffix: str, preamble: str, body: str) -> None:
    """Write a paper that cites an odd record of each type."""
    entries = []
    for kind, venue in {**VENUES, "preprint": None}.items():
        record = Record.model_validate(ODD, context={"source": Source(f"papers/2023/{kind}.yaml", Path())})
        entries.append(entry(record, venue, suffix))
    (folder / "whole.bib").write_text("\n".join(entries), encoding="utf-8")
    (folder / "paper.tex").write_text(DOCUMENT.format(preamble=preamble, body=body), encoding="utf-8")


def test_bibtex_sets_odd_names_and_titles_right(tmp_path: Path) -> None:
    write_odd(tmp_path, "bib", "", "")
    aux = "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{whole}\n"
    (tmp_path / "paper.aux").write_text(aux, encoding="utf-8")
    said = run(tmp_path, "bibtex", "paper")
    assert "arning" not in said, said
    listing = " ".join((tmp_path / "paper.bbl").read_text(encoding="utf-8").split())
    assert (
        listing.count("danah {boyd}, Florence {d'Alch{\\'e}-Buc}, Hal Daum{\\'e}, III, and Vincent van Toy.")
        == len(VENUES) + 1
    )
    title = r"``\{Why\} [Ss]hould \{I\} [Tt]rust [Yy]ou\?'' \{Frank\}-\{Wolfe\} and \{Gaussians\}"
    assert len(re.findall(title, listing)) == len(VENUES) + 1, listing
    assert "429--457" in listing


def test_biber_sets_odd_names_right_and_knows_each_field(tmp_path: Path) -> None:
    preamble = r"\usepackage[backend=biber,style=authoryear,maxbibnames=99]{biblatex}\addbibresource{whole.bib}"
    write_odd(tmp_path, "biblatex.bib", preamble, r"\printbibliography")
    run(tmp_path, "pdflatex", "-interaction=batchmode", "-halt-on-error", "paper")
    said = run(tmp_path, "biber", "--validate-datamodel", "paper")
    assert "WARN" not in said, said
    assert "ERROR" not in said, said
    run(tmp_path, "pdflatex", "-interaction=batchmode", "-halt-on-error", "paper")
    run(tmp_path, "pdftotext", "-raw", "paper.pdf", "paper.txt")
    shown = (tmp_path / "paper.txt").read_text(encoding="utf-8")
    assert "boyd, danah, Florence d’Alché-Buc, Hal Daumé III, and Vincent van Toy (2023a)" in shown, shown
