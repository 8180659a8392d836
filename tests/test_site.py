"""The built sites: every link leads somewhere, and the same records give the same bytes."""

import os
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from mkdocs.exceptions import ConfigurationError

from gen.site import load_site, settings
from tests.cases import GOOD, write
from tests.conftest import PROJECT, TOY, build_apart, copy_collection

ROOT = "https://host/sub/path/"
"""Where the site is taken to be: links must work below any path."""
REFERENCES = {("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("source", "src"), ("iframe", "src")}


class Links(HTMLParser):
    """Collects a page's ids, what it refers to, and scripts in attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.handlers: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.append(value or "")
            elif (tag, name) in REFERENCES:
                self.references.append(value or "")
            elif name.startswith("on"):
                self.handlers.append(f"{tag} {name}")


class Site:
    """All pages of a built site by their addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = {
            path.relative_to(folder).as_posix(): Links(path.read_text(encoding="utf-8"))
            for path in sorted(folder.rglob("*.html"))
        }
        self.exists = cache(lambda path: (folder / path).is_file())

    def broken(self) -> list[str]:
        """Return every reference that leads nowhere."""
        return [
            f"{path}: {reference}"
            for path, page in self.pages.items()
            for reference in dict.fromkeys(page.references)
            if not self.leads_somewhere(path, reference)
        ]

    def leads_somewhere(self, path: str, reference: str) -> bool:
        if urlsplit(reference).scheme in ("https", "http", "mailto", "data"):
            return True
        target = urlsplit(urljoin(ROOT + path.removesuffix("index.html"), reference))
        if not target.geturl().startswith(ROOT):
            return False
        found = unquote(target.path).removeprefix(urlsplit(ROOT).path)
        found = f"{found}index.html" if not found or found.endswith("/") else found
        if not self.exists(found):
            return False
        anchor = unquote(target.fragment)
        return not anchor or found not in self.pages or anchor in self.pages[found].ids


@pytest.fixture(scope="module", params=["toy_site", "real_site"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the two built sites, its page for unknown addresses aside, which can't know how deep it is shown."""
    site = Site(request.getfixturevalue(request.param))
    del site.pages["404.html"]
    return site


def test_every_link_anchor_image_script_and_style_sheet_resolves(site: Site) -> None:
    assert len(site.pages) > 40
    assert site.broken() == []


def test_ids_are_unique_on_every_page(site: Site) -> None:
    doubled = {path: [name for name in page.ids if page.ids.count(name) > 1] for path, page in site.pages.items()
               if len(set(page.ids)) < len(page.ids)}  # fmt: skip
    assert doubled == {}


def test_no_page_has_scripts_in_attributes(site: Site) -> None:
    handlers = {path: page.handlers for path, page in site.pages.items() if page.handlers}
    assert handlers == {}


def test_style_sheets_and_manifests_refer_to_files_that_exist(site: Site) -> None:
    for sheet in (site.folder / "assets" / "css").glob("*.css"):
        for url in re.findall(r"url\(\s*['\"]?([^'\")]+)", sheet.read_text(encoding="utf-8")):
            assert url.startswith("data:") or (sheet.parent / url).is_file(), f"{sheet.name}: {url}"


def test_the_page_for_unknown_addresses_leads_back(toy_site: Path) -> None:
    page = Links((toy_site / "404.html").read_text(encoding="utf-8"))
    assert "/toy/papers/" in page.references
    assert not [reference for reference in page.references if "//" in reference.removeprefix("https://")]
    assert not [reference for reference in page.references if not reference.startswith(("/toy/", "https://", "#"))]


SCOPE = re.compile(r'<script src="[^"]*assets/js/scheme\.js" data-base="([^"]*)">')


@pytest.mark.parametrize(
    ("site_name", "root"), [("toy_site", "https://example.org/toy/"), ("odd_site", "https://example.org/")]
)
def test_every_page_keeps_settings_of_the_browser_under_the_sites_root(
    request: pytest.FixtureRequest, site_name: str, root: str
) -> None:
    folder: Path = request.getfixturevalue(site_name)
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            continue  # the page of a former id, which leads on at once
        own = path.relative_to(folder).as_posix().removesuffix("index.html").replace("404.html", "no/such/page/")
        assert [urljoin(root + own, base) for base in SCOPE.findall(text)] == [root], path


def files(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_bare_mkdocs_build_elsewhere_gives_the_same_bytes(toy_site: Path, tmp_path: Path) -> None:
    root = copy_collection(TOY, tmp_path / "elsewhere")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--config-file",
        str(root / "mkdocs.yml"),
    ]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}  # Material's notice about its successor
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=quiet)
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0
    first, second = files(toy_site), files(root / "site")
    assert sorted(first) == sorted(second)
    assert [path for path, content in first.items() if content != second[path]] == []


def test_every_record_has_its_page_and_every_former_id_leads_on(toy_site: Path) -> None:
    for path in (TOY / "papers").rglob("*.yaml"):
        assert (toy_site / "papers" / path.stem / "index.html").is_file()
        assert (toy_site / "papers" / f"{path.stem}.bib").is_file()
    page = (toy_site / "papers/example2022fast/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../papers/example2023fast/">' in page


def test_settings_are_read(tmp_path: Path) -> None:
    settings = "site_name: S\nsite_url: https://x.y/z\nrepo_url: https://r.y/\nextra: {branch: b, drafts: true}\n"
    site = load_site(write(tmp_path, {"mkdocs.yml": settings}))
    assert (site.name, site.url, site.repository, site.branch, site.drafts) == (
        "S",
        "https://x.y/z/",
        "https://r.y",
        "b",
        True,
    )
    assert site.edit_url("papers/x.yaml") == "https://r.y/edit/b/papers/x.yaml"
    assert site.templates == [tmp_path / "templates", PROJECT / "templates"]
    least = load_site(write(tmp_path, {"mkdocs.yml": "site_name: Least\ntheme: x\n"}))
    assert (least.name, least.description, least.url, least.drafts) == ("Least", "Least", "", False)
    assert least.edit_url("x") == ""


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigurationError, match=r"^There is no mkdocs\.yml in .*; name a bibliography's folder by --root"
    ):
        load_site(tmp_path)
    no_file = r"^The site's settings can't be read: .*mkdocs\.yml is no file; put a file in its place$"
    (tmp_path / "mkdocs.yml").mkdir()
    with pytest.raises(ConfigurationError, match=no_file):
        load_site(tmp_path)
    (tmp_path / "mkdocs.yml").rmdir()
    os.mkfifo(tmp_path / "mkdocs.yml")
    with pytest.raises(ConfigurationError, match=no_file):
        load_site(tmp_path)
    (tmp_path / "mkdocs.yml").unlink()
    with pytest.raises(ConfigurationError, match=r"^mkdocs.yml:1:5: this is not YAML: while parsing"):
        load_site(write(tmp_path, {"mkdocs.yml": "a: ["}))
    with pytest.raises(ConfigurationError, match=r"^mkdocs.yml:2:1: this line marks an unresolved merge; keep one"):
        load_site(write(tmp_path, {"mkdocs.yml": "a: 1\n<<<<<<< HEAD\nb: 2\n=======\n"}))
    (tmp_path / "mkdocs.yml").write_bytes("a: ü\nb: ü".encode()[:-1])
    with pytest.raises(ConfigurationError, match=r"^mkdocs.yml:2:4: the file is not UTF-8 from here on; save it as"):
        load_site(tmp_path)


def test_nothing_that_settings_name_of_python_is_run(tmp_path: Path) -> None:
    for named in ("!!python/name:no.such", f"!!python/object/apply:os.mkdir [{tmp_path / 'made'}]", "!relative docs"):
        assert settings(write(tmp_path, {"mkdocs.yml": f"site_name: T\nx: {named}\n"})) == {"site_name": "T", "x": None}
    assert not (tmp_path / "made").exists()


NAMED = "must be settings with a name each, as `branch: main` is one, not"
WRONG = {
    "5": "mkdocs.yml holds no settings, as `site_name: Towers` is one",
    "[a]": "mkdocs.yml holds no settings, as `site_name: Towers` is one",
    "INHERIT: other.yml": "INHERIT in mkdocs.yml is not followed; write all settings into it",
    "site_url: [a]": "site_url in mkdocs.yml must be a text, not ['a']",
    "repo_url: 5": "repo_url in mkdocs.yml must be a text, not 5",
    "extra: 5": f"extra in mkdocs.yml {NAMED} 5",
    "extra: [a]": f"extra in mkdocs.yml {NAMED} ['a']",
    "extra: {branch: 1.0}": "extra.branch in mkdocs.yml must be a text, not 1.0",
    "extra: {drafts: 'no'}": "extra.drafts in mkdocs.yml must be true or false, not 'no'",
    "extra: {formats: {people: [[x]]}}": "extra.formats.people in mkdocs.yml must be a list of "
    "bib, biblatex.bib, ris, csl.json",
    "site_name:": "mkdocs.yml has no site_name; write one, as `site_name: Towers`",
    "hooks: mine.py": "hooks in mkdocs.yml must be a list, not 'mine.py'",
    "hooks: [5]": "hooks in mkdocs.yml must be a list of files, not of 5",
    "use_directory_urls: false": "use_directory_urls in mkdocs.yml can't be changed; leave it out, so that it is True",
    "docs_dir: pages": "docs_dir in mkdocs.yml can't be changed; leave it out, so that it is 'docs'",
    "extra: {formats: {list: [bib]}}": "extra.formats.list in mkdocs.yml is no setting; did you mean 'lists'?",
    "extra: {formats: {5: [bib]}}": "extra.formats.5 in mkdocs.yml is no setting; those there are lists and people",
    "site_url: example.org": "site_url in mkdocs.yml must start with https:// or http://, not 'example.org'",
    "site_url: https://[x": "site_url in mkdocs.yml must name a host, such as https://example.org/, not 'https://[x'",
    "repo_url: https://x:70000": "repo_url in mkdocs.yml must name a host, such as https://example.org/, "
    "not 'https://x:70000'",
    "site_url: https://x.y/a&b": "site_url in mkdocs.yml can't hold an ampersand, as 'https://x.y/a&b' does; "
    "write %26 for it",
    "site_url: https://x.y/a b": "site_url in mkdocs.yml can't hold ' '; write it as %20, or leave it out",
    'repo_url: https://x.y/"': "repo_url in mkdocs.yml can't hold '\"'; write it as %22, or leave it out",
    "x: 2023-13-01": "mkdocs.yml:2:4: this value can't be read (month must be in 1..12); put quotes around a text",
    'x: {y: "a\\x08b"}': "mkdocs.yml:2:8: the character U+0008 is not allowed; delete it",
    'x: "\\ud800"': "mkdocs.yml:2:4: the character U+D800 is not allowed; delete it",
    "x: ü\0": "mkdocs.yml:2:5: the character U+0000 is not allowed; delete it",
    f"x: {'[' * 3000}": "mkdocs.yml is nested too deep to be read; write it flatter",
}


@pytest.mark.parametrize("settings", WRONG)
def test_a_setting_of_a_wrong_kind_is_told(tmp_path: Path, settings: str) -> None:
    named = ":" in settings and not settings.startswith(("site_name", "INHERIT"))
    write(tmp_path, {"mkdocs.yml": f"site_name: T\n{settings}\n" if named else settings})
    with pytest.raises(ConfigurationError) as caught:
        load_site(tmp_path)
    assert str(caught.value) == WRONG[settings]


ODD = """site_name: The "Best" <Papers> & more
site_url: https://example.org/
repo_url: https://example.org/?a&b
extra_css: [assets/css/gloss.css]
extra_javascript: [{path: assets/js/gloss.js, type: module}]
theme: {name: material, palette: {scheme: default, primary: custom, accent: custom}}
nav: [{Home: index.md}, {"R&D <x>": about.md}, asked.md]
validation: {nav: {omitted_files: ignore}}
"""
NAME = "The &#34;Best&#34; &lt;Papers&gt; &amp; more"
BY_HAND = {"docs/about.md": "# About\n", "docs/asked.md": "# Q & A\n", "docs/über uns.md": "# Us\n"}


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site at the root of its host that says little of itself; names there mean something in HTML."""
    root = write(tmp_path_factory.mktemp("odd"), {**GOOD, **BY_HAND, "mkdocs.yml": ODD})
    build_apart(root)
    return root / "site"


def test_a_site_that_does_not_say_what_it_is_goes_by_its_name(odd_site: Path) -> None:
    home = (odd_site / "index.html").read_text(encoding="utf-8")
    assert f'<h1 id="top">{NAME}</h1>' in home
    assert "None" not in home.partition("</head>")[0]
    for page in ("index.html", "about/index.html", "404.html"):
        assert f'<meta name="description" content="{NAME}">' in (odd_site / page).read_text(encoding="utf-8")


def test_names_in_the_settings_and_in_headings_are_text_wherever_they_stand(odd_site: Path) -> None:
    for address, title in {
        "": NAME,
        "about/": f"R&amp;D · {NAME}",
        "asked/": f"Q &amp; A · {NAME}",
        "topics/towers/": f"Towers · {NAME}",
        "404.html": f"Page not found · {NAME}",
    }.items():
        page = (odd_site / address / "index.html" if address != "404.html" else odd_site / address).read_text("utf-8")
        assert f"<title>{title}</title>" in page
        assert f'aria-label="{NAME}, home"' in page
        assert page.count(f">{NAME}</") >= 2  # the word mark and the menu
        assert 'href="https://example.org/?a&amp;b" title="Repository"' in page
        menu = page.partition('aria-label="Menu"')[2].partition("</nav>")[0]
        assert re.findall(r">([^<]*)</a>", menu) == ["Home", "R&amp;D", "Q &amp; A"]


def test_the_sitemap_has_a_page_by_hand_under_its_canonical_address(odd_site: Path) -> None:
    page = (odd_site / "über uns" / "index.html").read_text(encoding="utf-8")
    canonical = re.findall('<link rel="canonical" href="([^"]+)">', page)
    assert canonical == ["https://example.org/%C3%BCber%20uns/"]
    assert f"<loc>{canonical[0]}</loc>" in (odd_site / "sitemap.xml").read_text(encoding="utf-8")
