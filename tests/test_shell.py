"""Shells: what the theme puts around a page, cut at its markers and filled again."""

import pytest
from mkdocs.exceptions import Abort

from gen.generated_page import GeneratedPage
from gen.shell import cut, emptied, mark_canonical, sample, sample_path, slots


def test_a_shell_has_the_same_slots_as_the_page_it_was_cut_from() -> None:
    html = "<title>\ue000title\ue001</title><link href='https://x.org/gloss-shell/'>\n<!--\ue000content\ue001--></html>"
    shell = cut(mark_canonical(html, "https://x.org/gloss-shell/"))
    page = GeneratedPage({"title": "A <b>"}, "<p>x</p>")
    filled = shell.fill(slots(page, "https://x.org/a/?b&c", "of the site"))
    assert filled == "<title>A &lt;b&gt;</title><link href='https://x.org/a/?b&amp;c'>\n<p>x</p></html>"


def test_a_theme_that_shows_the_address_elsewhere_is_refused() -> None:
    with pytest.raises(Abort, match=r"^A template of the theme shows page\.url, page\.edit_url or the like"):
        cut("<a href='gloss-shell/'>")


@pytest.mark.parametrize("html", ["", "<title>\ue000title\ue001</title>"])
def test_a_theme_that_shows_no_content_is_refused(html: str) -> None:
    with pytest.raises(Abort, match=r"^The theme made a page without the text that belongs there; show page\.content"):
        cut(html)


def test_samples_stand_at_their_depth() -> None:
    assert [sample_path(depth) for depth in (1, 2, 3, 4)] == [
        "gloss-shell/index.md",
        "gloss-shell/2.md",
        "gloss-shell/3/3.md",
        "gloss-shell/4/4/4.md",
    ]
    assert sample().endswith("\n---\n\n<!--\ue000content\ue001-->\n")


def test_an_emptied_page_keeps_its_front_matter() -> None:
    source = '---\ngenerated: true\ntitle: "T"\n---\n\n# T\n---\n'
    assert emptied(source) == '---\ngenerated: true\ntitle: "T"\n---\n\n<!--\ue000content\ue001-->\n'


def test_a_page_without_description_gets_the_site_s_own() -> None:
    filled = slots(GeneratedPage({"title": "A", "head": "<meta>", "layout": "wide"}, "<p>"), "", 'The "site"')
    assert filled == {
        "title": "A",
        "description": "The &#34;site&#34;",
        "head": "<meta>",
        "layout": "wide",
        "canonical": "",
        "content": "<p>",
    }
    assert slots(GeneratedPage({}, ""), "", "")["layout"] == "text"
    assert slots(GeneratedPage({"description": "Own"}, ""), "", "Site")["description"] == "Own"


def test_a_slot_may_stand_in_several_places_and_what_fills_it_is_no_marker() -> None:
    shell = cut("<title>\ue000title\ue001</title><h1>\ue000title\ue001</h1><!--\ue000content\ue001-->")
    filled = shell.fill({"title": "\\1 {title} %s", "content": ""})
    assert filled == "<title>\\1 {title} %s</title><h1>\\1 {title} %s</h1>"
    with pytest.raises(KeyError):
        shell.fill({})


@pytest.mark.parametrize(
    ("around", "cut_to"),
    [
        (
            "<ul>\n  \n    <li>a  b</li>\n\t<li>\u00a0\n  c</li></ul>\r\n",
            "<ul>\n<li>a  b</li>\n<li>\u00a0\nc</li></ul>\n",
        ),
        ("<pre>\n  a</pre>", "<pre>\n  a</pre>"),
        ("<TEXTAREA>\n  a</TEXTAREA>", "<TEXTAREA>\n  a</TEXTAREA>"),
        ("<script>x = `\n  a`</script>", "<script>x = `\n  a`</script>"),
    ],
)
def test_indents_and_empty_lines_go_where_they_mean_nothing(around: str, cut_to: str) -> None:
    content = "<pre>\n  x\n\n</pre>"
    shell = cut(f"{around}<!--\ue000content\ue001-->")
    assert shell.fill({"content": content}) == cut_to + content


def test_shells_of_another_html_have_another_digest() -> None:
    one, other = (f"<{name}><!--\ue000content\ue001-->" for name in "ib")
    assert cut(one).digest != cut(other).digest
    assert cut(one).digest == cut(one).digest


def test_a_site_without_an_address_has_no_canonical_one() -> None:
    assert mark_canonical("<a href='/'>", None) == "<a href='/'>"
