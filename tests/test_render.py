"""Rendering: front matter that YAML reads back, filters that know the page, templates compiled once."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from gen.citation.coins import coins
from gen.collection import Collection
from gen.findings import RejectedError
from gen.generated_page import START, read_page
from gen.pages import Page
from gen.pages import record as record_pages
from gen.pages.people import person
from gen.pages.plan import plan
from gen.record import Record, Venue
from gen.render import Renderer
from gen.site import Site, load_site
from gen.store import Store
from tests.conftest import TOY, copy_collection


def own(toy: Collection, root: Path, template: str) -> Renderer:
    """Return a renderer with a template of its own, `own.md.j2`."""
    copy = copy_collection(TOY, root / "toy")
    (copy / "templates").mkdir()
    (copy / "templates" / "own.md.j2").write_text(template, encoding="utf-8")
    return Renderer(toy, load_site(copy))


@given(title=some.text(min_size=1), description=some.text())
def test_any_text_survives_the_front_matter(renderer: Renderer, title: str, description: str) -> None:
    page = Page("cite/", "cite.md.j2", title, description, lambda: {"pieces": 1, "papers": 2}, lambda: '<meta a="é">')
    source = renderer.page(page)
    assert source.startswith(START)
    front = yaml.safe_load(source[4 : source.index("\n---\n", 4)].encode("utf-16", "surrogatepass").decode("utf-16"))
    known = read_page(source).front
    for values in (front, known):
        assert values["title"] == title
        assert values.get("description", "") == description
        assert (values["head"], values["layout"]) == ('<meta a="é">', "wide")


@pytest.mark.parametrize("character", ["\u2028", "\x85", "\ufeff", "\x7f", "\uffff"])
def test_what_yaml_takes_for_a_line_break_is_written_as_an_escape(renderer: Renderer, character: str) -> None:
    page = Page("cite/", "cite.md.j2", f"a{character}b", show=lambda: {"pieces": 1, "papers": 2})
    line = renderer.page(page).splitlines()[2]
    assert line == f'title: "a\\u{ord(character):04x}b"'
    assert json.loads(line.removeprefix("title: ")) == f"a{character}b"


def test_a_value_that_is_not_there_is_an_error(toy: Collection, tmp_path: Path) -> None:
    renderer = own(toy, tmp_path, "{{ nothing }}")
    with pytest.raises(RejectedError) as caught:
        renderer.page(Page("x/", "own.md.j2", "X"))
    assert caught.value.findings[0].what == "'nothing' is undefined"


def test_text_is_escaped_unless_a_filter_made_it_safe(toy: Collection, tmp_path: Path) -> None:
    renderer = own(toy, tmp_path, "{{ text }}|{{ text | html }}|{{ text | prose_inline }}|{{ text | md }}")
    page = renderer.page(Page("x/", "own.md.j2", "X", show=lambda: {"text": "<b> *a*"}))
    body = page.rpartition("---\n")[2].strip()
    assert body == "&lt;b&gt; *a*|&lt;b&gt; *a*|&lt;b&gt; <em>a</em>|&lt;b&gt; &#42;a&#42;"


def test_whatever_a_template_shows_is_escaped_once(toy: Collection, tmp_path: Path) -> None:
    template = "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{% set both %}{{ twice(text) }}{% endset %}{{ both }}"
    renderer = own(
        toy, tmp_path, template + "{% import 'macros.j2' as known with context %}{{ known.crumbs([(text, '')]) }}"
    )
    page = renderer.page(Page("x/", "own.md.j2", "X", show=lambda: {"text": "<&'"}))
    assert page.count("&lt;&amp;&#39;") == 3
    assert "<&" not in page


def test_a_template_calls_macros_functions_and_what_wants_a_context(toy: Collection, tmp_path: Path) -> None:
    @pass_context
    def placed(context: Context, sign: str) -> str:
        return f"{context['here']}{sign}"

    template = """
{%- macro named(name, sign="!") %}<b>{{ name }}{{ sign }}{{ caller() if caller is defined }}</b>{% endmacro %}
{% for name in ["a", "<"] %}{{ named(name) }} {{ placed("?") }} {{ plainly(name, sign="#") }} {% endfor %}
{% call named("c", sign=".") %}{{ "{:,}".format(1000) }}{% endcall %} {{ cycler("x", "y").next() }}"""
    renderer = own(toy, tmp_path, template)
    renderer.environment.globals |= {"placed": placed, "plainly": lambda name, sign: name + sign}
    body = renderer.page(Page("cite/", "own.md.j2", "Own")).partition("---\n\n")[2]
    assert body == "<b>a!</b> cite/? a# <b>&lt;!</b> cite/? &lt;# <b>c.1,000</b> x\n"


def test_prose_knows_the_page_that_it_stands_on(toy: Collection, tmp_path: Path) -> None:
    renderer = own(toy, tmp_path, "{{ text | prose_inline }} {{ text | prose_text }}")
    for address, base in (("x/", "../"), ("x/y/", "../../"), ("x/", "../")):
        page = renderer.page(Page(address, "own.md.j2", "X", show=lambda: {"text": "See [@sample2024slow]."}))
        assert f'href="{base}papers/sample2024slow/"' in page
        assert page.endswith("</a>. See Sample et al. (2024).\n")


def test_a_paper_is_linked_by_its_title_from_any_depth(toy: Collection, tmp_path: Path) -> None:
    renderer = own(toy, tmp_path, "{{ paper | link }}")
    shown = {"paper": toy.records["example2023fast"]}
    for address, base in (("x/", "../"), ("x/y/", "../../"), ("x/", "../")):
        page = renderer.page(Page(address, "own.md.j2", "X", show=lambda: shown))
        assert f'<a href="{base}papers/example2023fast/">' in page


def test_a_person_s_page_names_other_spellings_unless_they_are_not_to_be_shown(toy: Collection) -> None:
    def ada(collection: Collection) -> str:
        renderer = Renderer(collection, load_site(TOY))
        return next(map(renderer.page, person(collection.authors["ada-example"], collection)))

    assert " in this collection. Also written A. Example. ORCID " in ada(toy)
    hidden = toy.people["ada-example"].model_copy(update={"show_variants": "no"})
    without = ada(replace(toy, people={"ada-example": hidden}))
    assert " in this collection. ORCID " in without
    assert "sample2024slow" in without, "a paper under such a name stands there all the same"


def test_a_title_in_another_language_says_in_which(toy: Collection, tmp_path: Path) -> None:
    renderer = own(toy, tmp_path, "{{ paper | link }} {{ paper | item(None) }}")
    page = renderer.page(Page("x/", "own.md.j2", "X", show=lambda: {"paper": toy.records["org2022toy"]}))
    assert page.count('<a href="../papers/org2022toy/" lang="de">Das Spielzeug-Korpus</a>') == 2
    pages = {page.path: page for page in plan(toy, renderer.site) if isinstance(page, Page)}
    assert 'Korpus {: #top lang="de" }\n' in renderer.page(pages["papers/org2022toy.md"])
    assert "\n# FastBlock, Again {: #top }\n" in renderer.page(pages["papers/example2024same.md"])


def test_a_paper_in_a_list_is_made_once_and_led_to_its_place(
    toy: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = Counter[str]()

    def counted(record: Record, venue: Venue | None) -> Markup:
        times[record.id] += 1
        return coins(record, venue)

    monkeypatch.setattr("gen.render.coins", counted)
    renderer = own(toy, tmp_path, "{{ record | item(topic) }}")
    shown = toy.records["example2023fast"]

    def made(address: str, topic: str) -> str:
        return renderer.page(
            Page(address, "own.md.j2", "X", show=lambda: {"record": shown, "topic": toy.topics.get(topic)})
        )

    one, deep, of_topic = made("x/", ""), made("x/y/", ""), made("x/", "towers")
    assert '"../papers/example2023fast/"' in one
    assert '"../../papers/example2023fast/"' in deep
    assert '"../papers/example2023fast/?topic=towers"' in of_topic, "the paper's page then leads on within the topic"
    assert made("x/", "") == one
    assert times == {"example2023fast": 1}
    assert not {"\0", "\1"} & set(one + deep + of_topic), "nothing is left of where pages differ"


def test_a_folded_list_of_authors_that_is_not_whole_says_so_folded_and_unfolded(
    toy: Collection, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_pages, "FIRST_AUTHORS", 1)
    monkeypatch.setattr(record_pages, "MOST_AUTHORS", 1)
    page = next(page for page in plan(toy, renderer.site) if isinstance(page, Page) and "sample2024slow" in page.path)
    folded = renderer.page(page).partition('<details class="gl-byline-more">')[2].partition("</details>")[0]
    assert folded.startswith("<summary>and 1 more and others</summary><p>")
    assert folded.endswith("A. Example</a> and others</p>")


def test_a_note_says_how_it_is_cited_where_its_page_has_an_address(toy: Collection, renderer: Renderer) -> None:
    def record(name: str, site: Site) -> str:
        renderer = Renderer(toy, site)
        return next(
            renderer.page(page)
            for page in plan(toy, site)
            if isinstance(page, Page) and page.path == f"papers/{name}.md"
        )

    address = "https://example.org/toy/papers"
    assert f"The editors of Toy, note on “Das Spielzeug-Korpus”, 2026-01-02, {address}/org2022toy/</p>" in record(
        "org2022toy", renderer.site
    )
    slow = record("sample2024slow", renderer.site)
    assert ": bob-sample, note on “Slow" in slow
    assert "Written by bob-sample on 2026-02-03 from the full text of v2.</p>" in slow
    assert "The note itself" not in record("van1999thesis", renderer.site), "it has none"
    assert "The note itself" not in record("org2022toy", replace(renderer.site, url=""))


def test_templates_are_compiled_once(toy: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.compiled.STORE", Store(tmp_path / "store"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    Renderer(toy, load_site(TOY)).warm()
    renderer = Renderer(toy, load_site(TOY))

    def compiled(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(renderer.environment, "_compile", compiled)
    renderer.warm()
    assert renderer.page(Page("cite/", "cite.md.j2", "Cite", show=lambda: {"pieces": 1, "papers": 2}))


def test_a_template_of_ones_own_takes_the_place_of_ours(toy: Collection, tmp_path: Path) -> None:
    renderer = own(toy, tmp_path, "x")
    (tmp_path / "toy" / "templates" / "cite.md.j2").write_text("mine: {{ site.name }}")
    assert renderer.page(Page("cite/", "cite.md.j2", "Cite")).endswith("---\n\nmine: Toy\n")
