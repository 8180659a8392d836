"""Names: taken apart as BibTeX does it, put together again, and turned into addresses."""

import pytest
from bibtexparser.middlewares.names import parse_single_name_into_parts
from hypothesis import given
from hypothesis import strategies as st

from gen.names import (
    _SIMPLE,
    Name,
    first_letter,
    letter_label,
    parse_name,
    person_slug,
    short_authors,
    slugify,
    suffixed,
)


@pytest.mark.parametrize(
    ("written", "given_name", "particle", "family", "suffix"),
    [
        ("Jane Doe", "Jane", "", "Doe", ""),
        ("Ludwig van Beethoven", "Ludwig", "van", "Beethoven", ""),
        ("van Beethoven, Ludwig", "Ludwig", "van", "Beethoven", ""),
        ("Guy Van den Broeck", "Guy Van", "den", "Broeck", ""),
        ("Van den Broeck, Guy", "Guy", "Van den", "Broeck", ""),
        ("Sample, Jr, Bob", "Bob", "", "Sample", "Jr"),
        ("Müller-Ångström, José", "José", "", "Müller-Ångström", ""),
        ("Madonna", "", "", "Madonna", ""),
        ("  Jane \t Doe ", "Jane", "", "Doe", ""),
        ("Barry {de Gaulle}", "Barry", "", "de Gaulle", ""),
        ("李 小龙", "李", "", "小龙", ""),
    ],
)
def test_a_name_is_taken_apart(written: str, given_name: str, particle: str, family: str, suffix: str) -> None:
    assert parse_name(written) == Name(given_name, particle, family, suffix)


@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=4), st.sampled_from([" ", ", "]))
def test_the_short_way_gives_what_bibtex_would(words: list[str], between: str) -> None:
    written = " ".join((words[0] + between + " ".join(words[1:])).split())
    if _SIMPLE.fullmatch(written):
        parts = parse_single_name_into_parts(written, strict=True)
        given_name, particle, family, suffix = map(" ".join, (parts.first, parts.von, parts.last, parts.jr))
        if any(letter.isalpha() for letter in family):
            assert parse_name(written) == Name(given_name, particle, family, suffix)


def test_a_corporate_name_stays_whole() -> None:
    assert parse_name("{Toy Institute, Inc. and Friends}") == Name(
        "", "", "Toy Institute, Inc. and Friends", "", corporate=True
    )


@pytest.mark.parametrize("written", ["a, b, c, d", "{Jane Doe", "Jane Doe}", "", " ", ",", ", Jane", "Doe,"])
def test_what_is_no_name_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_name(written)


def test_each_way_to_show_a_name() -> None:
    name = parse_name("van Toy, Jr., Guy")
    assert name.full == "Guy van Toy, Jr."
    assert name.last == "van Toy"
    assert name.inverted == "van Toy, Guy, Jr."
    assert parse_name("Madonna").inverted == "Madonna"
    assert parse_name("王, 小明").full == "王小明", "the family name first, without a space"
    assert (parse_name("王, 小明").given_first, person_slug("王, 小明")) == ("小明 王", "xiaoming-wang")
    assert parse_name("Wang, 小明").full == "小明 Wang"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Jane Doe", "jane-doe"),
        ("José Müller-Ångström", "jose-muller-angstrom"),
        ("Seán O'Toy", "sean-otoy"),
        ("李小龙", "lixiaolong"),
        ("Bob Sample, Jr.", "bob-sample-jr"),
        ("  --  ", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_slug_is_plain(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("written", "slug"),
    [("van der Toy, Guy", "guy-van-der-toy"), ("Index", "index-person"), ("A to Z", "a-to-z-person")],
)
def test_everyone_has_an_address(written: str, slug: str) -> None:
    assert person_slug(written) == slug


@pytest.mark.parametrize(
    ("text", "label"), [("Émile", "E"), ("αβ-Nets", "A"), ("*Stars*", "S"), ("2048 Blocks", "0–9"), ("Økland", "O")]
)
def test_whatever_begins_alike_stands_under_one_letter(text: str, label: str) -> None:
    assert letter_label(first_letter(text)) == label


@pytest.mark.parametrize(
    ("authors", "short"),
    [
        (("Jane Doe",), "Doe"),
        (("Jane Doe", "Ludwig van Beethoven"), "Doe and van Beethoven"),
        (("Jane Doe", "John Roe", "Max Moe"), "Doe et al."),
        (("Jane Doe", "others"), "Doe et al."),
        (("others",), "Unknown authors"),
        (("{Toy Institute}",), "Toy Institute"),
    ],
)
def test_authors_in_running_text(authors: tuple[str, ...], short: str) -> None:
    assert short_authors(authors) == short


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.text("aA ,{}\\~-", max_size=20))
def test_any_text_is_a_name_or_refused(written: str) -> None:
    try:
        name = parse_name(written)
    except ValueError:
        return
    assert name.family
    assert name.full
    assert slugify(name.full) == slugify(slugify(name.full))


WORD = st.from_regex(r"[A-Z][a-zé]{1,8}", fullmatch=True)


@given(WORD, st.sampled_from(["", "van", "de la"]), WORD, st.sampled_from(["", "Jr", "III"]))
def test_taking_apart_undoes_putting_together(first: str, particle: str, family: str, suffix: str) -> None:
    name = Name(first, particle, family, suffix)
    last = f"{particle} {family}".strip()
    written = f"{last}, {suffix}, {first}" if suffix else f"{last}, {first}"
    assert parse_name(written) == name
    if not suffix:
        assert parse_name(name.full) == name


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Hal Daumé III", "Daumé, III, Hal"),
        ("Hal Daumé, III", "Daumé, III, Hal"),
        ("Daumé, Hal, III", "Daumé, III, Hal"),
        ("III, Hal Daumé", "Daumé, III, Hal"),
        ("Charles L. Toy Jr.", "Toy, Jr., Charles L."),
        ("Guy van der Toy Sr", "van der Toy, Sr, Guy"),
        ("Daumé, III, Hal", None),
        ("Toy Jr., Guy", None),
        ("Toy III", None),
        ("I. V. Toy", None),
        ("{Toy Institute III}", None),
        ("", None),
    ],
)
def test_a_suffix_is_put_where_bibtex_looks_for_it(written: str, right: str | None) -> None:
    assert suffixed(written) == right
    if right:
        assert parse_name(right).suffix
