"""The pages of people: who wrote several papers, everyone from A to Z, and each one's papers."""

from collections.abc import Iterator

from gen import addresses, cuts
from gen.collection import Author, Collection
from gen.names import letter_label
from gen.pages.labels import Name
from gen.pages.metadata import json_ld, person_data
from gen.pages.output import Page, titles
from gen.pages.parts import Part, by_name, by_time, in_parts
from gen.record import Record


def pages(collection: Collection) -> Iterator[Page]:
    """Yield the list of those with several papers, the A to Z, and a page of each who has several."""
    sizes = {letter: len(collection.by_letter[letter]) for letter in sorted(collection.by_letter)}
    several = [author for author in collection.authors.values() if addresses.has_page(author)]
    yield from _several(several, sizes)
    yield Page(
        "people/a-to-z/",
        "people_letters.md.j2",
        "People, A to Z",
        "Everyone who wrote a paper of the collection, by the first letter of the family name.",
        lambda: {"letters": sizes},
    )
    for letter in sizes:
        yield from letter_pages(letter, collection)
    for author in several:
        yield from person(author, collection)


def _several(several: list[Author], letters: dict[str, int]) -> Iterator[Page]:
    """Yield the pages of those with several papers, who has most first."""

    def name(author: Author) -> Name:
        return Name(len(author.records), author.name.inverted)

    def show(part: Part[Author]) -> dict[str, object]:
        return {"letters": letters, "several": part.items}

    def of(part: Part[Author]) -> object:
        return list(letters), [(author.slug, author.name, len(author.records)) for author in part.items]

    page = Page("people/", "people.md.j2", "People", "Everyone who wrote a paper of the collection.")
    ranked = sorted(several, key=lambda author: -len(author.records))
    return in_parts(page, by_name(page.address, ranked, name, "papers"), show, of)


def letter_pages(letter: str, collection: Collection) -> Iterator[Page]:
    """Yield the pages of those whose family name begins with a letter."""
    people, letters = collection.by_letter[letter], sorted(collection.by_letter)

    def name(author: Author) -> Name:
        return Name("", author.name.inverted)

    def show(part: Part[Author]) -> dict[str, object]:
        return {"letter": letter, "letters": letters, "authors": part.items}

    def of(part: Part[Author]) -> object:
        return letter, letters, list(map(_entry, part.items))

    title, about = f"People: {letter_label(letter)}", f"Authors whose family name begins with {letter_label(letter)}."
    page = Page(addresses.letter(letter), "people_letter.md.j2", title, about)
    return in_parts(page, by_name(page.address, people, name), show, of)


def _entry(author: Author) -> object:
    """Return what someone's entry in the A to Z is made of."""
    return author.slug, author.name, len(author.records), titles(author.records[:1])


def person(author: Author, collection: Collection) -> Iterator[Page]:
    """Yield the pages of someone who wrote several papers."""
    total = len(author.records)

    def show(part: Part[Record]) -> dict[str, object]:
        return {"author": author, "total": total, "records": part.items}

    def of(part: Part[Record]) -> object:
        return author.slug, author.name, author.person, part.at or total, list(part.items)

    def head() -> str:
        orcid = author.person and author.person.orcid
        return json_ld({"@context": "https://schema.org", **person_data(author.name, orcid)}) if orcid else ""

    name = author.name.full
    page = Page(addresses.person(author), "person.md.j2", name, f"Annotated papers by {name}.", head=head)
    return in_parts(page, by_time(page.address, author.records, cuts.NOTES), show, of)
