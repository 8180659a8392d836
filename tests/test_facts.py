"""Facts from arXiv and Crossref: answers of their documented forms, and a server that misbehaves."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from gen.cli import main
from gen.facts.arxiv import fetch_arxiv, read_feed
from gen.facts.clean import clean_line, organization, spoken_name, written_name
from gen.facts.client import Client, FetchError, NotFoundError, another_paper
from gen.facts.crossref import fetch_doi, read_work
from gen.facts.facts import arxiv_id, doi, find_arxiv_id
from gen.facts.languages import language_tag
from gen.names import parse_name

ANSWERS = Path(__file__).parent / "answers"
ATOM = (ANSWERS / "arxiv.xml").read_bytes()


XML = "application/atom+xml"
WAYS = {
    "busy": (429, XML, ATOM),
    "down": (503, XML, ATOM),
    "forbidden": (403, XML, ATOM),
    "empty": (200, XML, (ANSWERS / "arxiv-empty.xml").read_bytes()),
    "html": (200, "text/html", ATOM),
    "huge": (200, XML, b"<feed>" + b" " * 300_000),
    "half": (200, XML, ATOM[:900]),
    "bomb": (200, XML, b'<!DOCTYPE x [<!ENTITY a "aaaa">]><feed>&a;</feed>'),
    "works": (200, "application/json", (ANSWERS / "crossref.json").read_bytes()),
    "endless": (200, "application/json", b'{"message": {"DOI": "10.1234/x", "issued": {"date-parts": [[1e999]]}}}'),
    "squared": (503, XML, ATOM),
    "odd": (200, "application/json", b'{"message": []}'),
    "works-many": (200, "application/json", b'{"message": {"items": [{"DOI": "10.1234/a"}, {"DOI": "10.1234/b"}]}}'),
    "other": (200, XML, ATOM.replace(b"abs/2401.00042v3", b"abs/2401.00043v1")),
    "nameless": (200, XML, ATOM.replace(b"abs/2401.00042v3", b"abs/")),
    "many": (200, XML, ATOM.replace(b"</feed>", ATOM[ATOM.index(b"<entry>") :])),
    "absent": (404, "text/plain", b"Resource not found."),
}


class Misbehaving(BaseHTTPRequestHandler):
    """Answers by the first word of the path; counts what it was asked."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        way = self.path.split("/")[1].split("?")[0]
        self.asked.append(way)
        status, kind, body = WAYS.get(way, (200, "application/atom+xml; charset=utf-8", ATOM))
        if way == "busy" and self.asked.count(way) > 1:
            status = 200
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) + (5000 if way == "cut" else 0)))
        if status == 429:
            self.send_header("Retry-After", "2")
        if way == "squared":
            self.send_header("Retry-After", "\xb2")
        if way == "slow":
            self.server.release.wait(5)  # type: ignore[attr-defined]
        with contextlib.suppress(OSError):
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a running server."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    running.release = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.release.set()  # type: ignore[attr-defined]
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def client() -> Client:
    """A client that never really waits and tells how long it would have."""
    Misbehaving.asked.clear()
    waits: list[float] = []
    return Client(timeout=0.5, tries=3, max_bytes=100_000, sleep=waits.append)


def test_arxiv(server: str, client: Client) -> None:
    facts = fetch_arxiv("https://arxiv.org/abs/2401.00042v2", client, f"{server}/good")
    assert facts.title == "StackFast: Stacking Blocks in $O(n \\log n)$ & Beyond, by Gödel's Hand"
    assert facts.authors == ["Zoë Zwölf", "Guy van der Toy"]
    assert (facts.year, facts.month, facts.arxiv, facts.doi) == (2024, 1, "2401.00042", "10.1234/stack.42")
    assert facts.venue == "ToyConf 2024"
    assert facts.notes == [
        "its comment on arXiv says 'Accepted at ToyConf 2024; 12 pages'; check the venue and the year"
    ]


def test_crossref(server: str, client: Client) -> None:
    facts = fetch_doi("https://doi.org/10.1234/TOY.7", client, f"{server}/works")
    assert facts.title == "Stacking E. coli & k-Blocks: A Study"
    assert facts.authors == ["José Müller", "van der Berg, Jr., Ludwig", "{The Toy Consortium}"]
    assert (facts.year, facts.month, facts.venue, facts.venue_type) == (2022, 7, "Journal of Toys", "journal")
    assert (facts.volume, facts.number, facts.pages, facts.arxiv) == ("12", "3", "101-110", "2201.00007")
    assert facts.notes == ["Crossref marks none of these authors as the first, so the first may be missing; check them"]


def test_crossref_without_authors() -> None:
    work = json.loads((ANSWERS / "crossref.json").read_bytes())["message"] | {"author": [], "title": []}
    facts = read_work(work)
    assert facts.authors == ["others"]
    assert facts.notes == ["Crossref names no author; add them"]


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("down", "HOST answered 503 (Service Unavailable); tried 3 times, try again later"),
        ("forbidden", "HOST answered 403 (Forbidden)"),
        ("slow", "HOST did not answer within 0.5 seconds; tried 3 times, try again later"),
        ("html", "HOST answered with text/html instead of application/atom+xml"),
        ("huge", "the answer of HOST is larger than 100,000 bytes"),
        ("cut", "the connection to HOST failed; tried 3 times, try again later"),
        ("half", "the answer of arXiv is cut off or is no XML"),
        ("bomb", "the answer of arXiv declares entities, which no feed of its needs"),
        ("empty", "arXiv has no paper 2401.00042"),
        ("absent", "arXiv has no paper 2401.00042"),
    ],
)
def test_arxiv_misbehaves(server: str, client: Client, way: str, told: str) -> None:
    with pytest.raises(FetchError) as error:
        fetch_arxiv("2401.00042", client, f"{server}/{way}")
    assert str(error.value) == told.replace("HOST", server.removeprefix("http://"))


ARXIV_ANOTHER = (
    "arXiv was asked for 2401.00042 and answered with 2401.00043; nothing was written; "
    "if that is the paper you mean, ask for it by --arxiv 2401.00043; if not, check the id, or try again later"
)
ARXIV_NAMELESS = (
    "arXiv was asked for 2401.00042 and answered with a paper without an id; nothing was written; "
    "check the id, or try again later"
)
ARXIV_SEVERAL = (
    "arXiv was asked for 2401.00042 and answered with 2 papers; nothing was written; check the id, or try again later"
)
CROSSREF_ANOTHER = (
    "Crossref was asked for 10.1234/toy.8 and answered with 10.1234/toy.7; nothing was written; "
    "if that is the paper you mean, ask for it by --doi 10.1234/toy.7; if not, check the id, or try again later"
)
CROSSREF_SEVERAL = (
    "Crossref was asked for 10.1234/toy.8 and answered with 2 papers; nothing was written; "
    "check the id, or try again later"
)


@pytest.mark.parametrize(
    ("option", "asked", "way", "told"),
    [
        ("--arxiv", "2401.00042v2", "other", ARXIV_ANOTHER),
        ("--doi", "10.48550/arXiv.2401.00042", "other", ARXIV_ANOTHER),
        ("--arxiv", "2401.00042", "nameless", ARXIV_NAMELESS),
        ("--arxiv", "2401.00042", "many", ARXIV_SEVERAL),
        ("--doi", "https://doi.org/10.1234/toy.8", "works", CROSSREF_ANOTHER),
        ("--doi", "10.1234/toy.8", "works-many", CROSSREF_SEVERAL),
    ],
)
def test_an_answer_about_another_paper_writes_nothing(
    server: str, toy_copy: Path, monkeypatch: pytest.MonkeyPatch, option: str, asked: str, way: str, told: str
) -> None:
    monkeypatch.setenv("GLOSS_ARXIV_API", f"{server}/{way}")
    monkeypatch.setenv("GLOSS_CROSSREF_API", f"{server}/{way}")
    before = sorted((path, path.read_bytes()) for path in toy_copy.rglob("*") if path.is_file())
    result = CliRunner().invoke(main, ["new", option, asked, "--root", str(toy_copy)])
    assert (result.exit_code, result.output) == (1, f"Error: {told}\n")
    assert sorted((path, path.read_bytes()) for path in toy_copy.rglob("*") if path.is_file()) == before


def test_an_id_may_be_written_in_other_ways_than_the_answer_has_it(server: str, client: Client) -> None:
    assert fetch_arxiv("2401.00042v1", client, f"{server}/good").arxiv == "2401.00042"
    assert fetch_doi("10.1234/Toy.7", client, f"{server}/works").doi == "10.1234/toy.7"
    old = ATOM.replace(b"abs/2401.00042v3", b"abs/math/0309136v1")
    assert read_feed(old, "math.GT/0309136").arxiv == "math/0309136"


def test_a_command_that_a_message_names_is_safe_to_copy() -> None:
    told = str(another_paper("Crossref", "10.1234/x", "10.1234/$(reboot);", "--doi"))
    assert "ask for it by --doi '10.1234/$(reboot);';" in told


def test_a_busy_server_is_asked_again(server: str) -> None:
    Misbehaving.asked.clear()
    waits: list[float] = []
    facts = fetch_arxiv("2401.00042", Client(sleep=waits.append), f"{server}/busy")
    assert facts.year == 2024
    assert waits == [2.0]


def test_nobody_answers(client: Client) -> None:
    with pytest.raises(FetchError, match=r"^the connection to 127\.0\.0\.1:1 failed; tried 3 times, try again later$"):
        fetch_arxiv("2401.00042", client, "http://127.0.0.1:1/query")


@pytest.mark.parametrize("base", ["nowhere", "http://[::1", "http://"])
def test_what_is_no_address_can_not_be_asked(client: Client, base: str) -> None:
    with pytest.raises(FetchError, match=r"could not be asked \(\w+\)$"):
        fetch_arxiv("2401.00042", client, base)


def test_crossref_misbehaves(server: str, client: Client) -> None:
    with pytest.raises(NotFoundError, match=r"^Crossref has no work 10\.1234/x$"):
        fetch_doi("10.1234/x", client, f"{server}/absent")
    with pytest.raises(FetchError, match=r"^the answer of Crossref is cut off or of an unknown form$"):
        fetch_doi("10.1234/x", client, f"{server}/odd")


def test_what_no_server_should_say_is_told_as_well(server: str, client: Client) -> None:
    with pytest.raises(FetchError, match=r"^the answer of Crossref is cut off or of an unknown form$"):
        fetch_doi("10.1234/x", client, f"{server}/endless")
    waits: list[float] = []
    with pytest.raises(FetchError, match="answered 503"):
        fetch_arxiv("2401.00042", Client(tries=2, sleep=waits.append), f"{server}/squared")
    assert waits == [1.0]


@pytest.mark.parametrize("text", ["", "2401", "hello", "2401.1", "../../etc", "2401.00042 or 1"])
def test_no_id(text: str, client: Client) -> None:
    with pytest.raises(FetchError, match=r"is no arXiv id; write it as 2310\.15141$"):
        fetch_arxiv(text, client)
    with pytest.raises(FetchError, match=r"is no DOI; write it as"):
        fetch_doi(text, client)


def test_identifiers() -> None:
    assert arxiv_id("arXiv:2310.15141v12") == "2310.15141"
    assert arxiv_id("https://arxiv.org/pdf/cs.CL/0112017v1.pdf") == "cs.CL/0112017"
    assert arxiv_id("10.48550/arXiv.2310.15141") == "2310.15141"
    assert find_arxiv_id("CoRR, abs/2310.15141, arXiv preprint arXiv:2310.15141v1") == "2310.15141"
    assert find_arxiv_id("Volume 2310.15141") is None
    assert find_arxiv_id("arXiv:٢٣١٠.١٥١٤١") is arxiv_id("٢٣١٠.١٥١٤١") is doi("10.١٢٣٤/x") is None
    assert doi("doi:10.1145/3539618.3591977.") == "10.1145/3539618.3591977"
    assert doi("10.1145%2f3539618") == "10.1145/3539618"
    assert doi("https://doi.org/10.1145/3539618?download=true#abs") == "10.1145/3539618"
    assert doi("https://doi.org/10.1002%2F%28SICI%291097") == "10.1002/(SICI)1097"
    assert doi("https://example.org/find?doi=10.1145%2F3539618") == "10.1145/3539618"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("MÃ¼ller &amp;amp; SÃ¶hne", "Müller & Söhne"),
        ("Mu¨ller, M¨uller, Naı¨ve", "Müller, Müller, Naïve"),
        ("<scp>Fast</scp> H<sub>2</sub>O, a < b > c", "Fast H2O, a < b > c"),
        ("<tex-math>$n^2$</tex-math> steps", "$n^2$ steps"),
        ("a\u200b b\u202e\x00 c\ufeff", "a b c"),
        ("a\u200cb \u200d\u0915 \u0915\u094d\u200d\u0937", "ab \u0915 \u0915\u094d\u200d\u0937"),
        ("A  title\n with space", "A title with space"),
        ("a <!-- <b>c</b> --> d <!-- e", "a d <!-- e"),
        ('<mml:math id="a"><mml:mi>n</mml:mi><mml:mo>!</mml:mo></mml:math> <math>m', "n! m"),
        ('<math><annotation encoding="application/x-tex">n^2</annotation></math> <annotation>o', "$n^2$ o"),
    ],
)
def test_clean_line(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


@pytest.mark.parametrize("mark", ["<!--", "<math>", "<math ", "<math><annotation tex>", "<tex-math>"])
def test_a_line_of_marks_that_nothing_closes_comes_to_an_end(mark: str) -> None:
    assert "<math>" not in clean_line(mark * 100_000)


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("Berg", "Guy", "van der"), "Guy van der Berg"),
        (("Van den Broeck", "Guy"), "Van den Broeck, Guy"),
        (("Smith", "John", "", "Jr."), "Smith, Jr., John"),
        (("", "Madonna"), "Madonna"),
        (("Name, Odd", "{A}"), "Name Odd, A"),
        (("et al.",), "others"),
        (("", "Anonymous"), "others"),
    ],
)
def test_written_name(parts: tuple[str, ...], written: str) -> None:
    assert written_name(*parts) == written
    parse_name(written)


def test_what_is_no_name_is_left_out() -> None:
    assert [written_name("", "{}"), spoken_name(" "), organization("{}")] == ["", "", ""]
    assert organization("Toys, Inc.") == "{Toys, Inc.}"


def test_new_from_arxiv(server: str, toy_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOSS_ARXIV_API", f"{server}/good")
    settings = toy_copy / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("drafts: true", "drafts: false"))
    result = CliRunner().invoke(main, ["new", "--arxiv", "2401.00042", "--root", str(toy_copy)])
    assert result.exit_code == 0, result.output
    path = toy_copy / "papers/2024/zwolf2024stackfast.yaml"
    text = path.read_text(encoding="utf-8")
    assert "venue: toyconf\n" in text
    assert "topics: [TODO]  # likely, by its words: towers" in text
    assert "check: its comment on arXiv" in result.output
    found = CliRunner().invoke(main, ["check", "--root", str(toy_copy)]).output
    wanted = [line.split(": ", 2)[2] for line in found.splitlines() if "zwolf2024stackfast" in line]
    parts = ["kind", "topics", "summary", "annotation.problem", "annotation.approach", "annotation.findings"]
    parts += ["annotation.caveats", "annotated.by"]
    assert wanted == [f"'{part}' is still to be written; replace TODO" for part in parts]
    again = CliRunner().invoke(main, ["new", "--arxiv", "2401.00042", "--root", str(toy_copy)])
    assert again.exit_code == 1
    assert again.output == ("Error: papers/2024/zwolf2024stackfast.yaml is of the same paper (the same arXiv id)\n")


@pytest.mark.parametrize("source", [("--arxiv", "2401.00042v2"), ("--doi", "https://doi.org/10.1234/STACK.42")])
def test_new_names_a_paper_that_is_there_before_it_asks_the_network(
    toy_copy: Path, monkeypatch: pytest.MonkeyPatch, source: tuple[str, str]
) -> None:
    monkeypatch.setenv("GLOSS_ARXIV_API", "http://127.0.0.1:9/")
    monkeypatch.setenv("GLOSS_CROSSREF_API", "http://127.0.0.1:9/")
    path = toy_copy / "papers/2024/there2024x.yaml"
    path.write_text(
        'title: X\nauthors: [Ada Example]\nyear: 2024\narxiv: "2401.00042"\ndoi: "10.1234/stack.42"\n', encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["new", *source, "--root", str(toy_copy)])
    assert result.exit_code == 1
    number = "arXiv id" if source[0] == "--arxiv" else "DOI"
    assert result.output == f"Error: papers/2024/there2024x.yaml is of the same paper (the same {number})\n"


def test_new_needs_one_source(toy_copy: Path) -> None:
    result = CliRunner().invoke(main, ["new", "--root", str(toy_copy)])
    assert result.exit_code == 2
    assert "one of --arxiv, --doi, --bibtex, --title" in result.output
    titled = CliRunner().invoke(main, ["new", "--title", "On <b>Wind</b>", "--root", str(toy_copy)])
    assert titled.exit_code == 0
    assert "wind.yaml" in titled.output
    empty = CliRunner().invoke(main, ["new", "--arxiv", "", "--root", str(toy_copy)])
    assert empty.output == "Error: '' is no arXiv id; write it as 2310.15141\n"


def test_new_from_a_file(toy_copy: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.bib"
    file.write_text("@misc{a, title={On Wind}, author={A B}, year=2024}")
    result = CliRunner().invoke(main, ["new", "--bibtex", str(file), "--root", str(toy_copy)])
    assert result.exit_code == 0
    file.write_text("@misc{a, title={On Wind}}\n@misc{b, title={On Wind}}")
    result = CliRunner().invoke(main, ["new", "--bibtex", str(file), "--root", str(toy_copy)])
    assert result.output == f"Error: {file} holds 2 entries; to take them all, use: python -m gen import {file}\n"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("German", "de"),
        ("Deutsch", "de"),
        ("ger", "de"),
        ("deu", "de"),
        ("DE", "de"),
        ("ngerman", "de"),
        ("Chinese", "zh"),
        ("chi", "zh"),
        ("中文", "zh"),
        ("English (US)", "en"),
        ("en_US", "en-US"),
        ("pt-BR", "pt-BR"),
        ("grc", "grc"),
        ("", ""),
        ("ge", ""),
        ("und", ""),
        ("German; English", ""),
        ("a language", ""),
    ],
)
def test_a_language_by_name_code_or_tag(written: str, tag: str) -> None:
    assert language_tag(written) == tag


@pytest.mark.parametrize(
    ("given", "kept"),
    [("Jane Doe*", "Jane Doe"), ("\\Matthew Lease", "Matthew Lease"), ("A. Roe†‡", "A. Roe")],
)
def test_marks_beside_a_name_are_left_out(given: str, kept: str) -> None:
    assert spoken_name(given) == kept
    first, last = given.split()
    assert written_name(last, first) == kept
