"""Zotero's own RDF in XML, which `Export Library...` offers first."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from gen.importing.csl import read_item
from gen.importing.entries import Broken, Entry

_NAMES = {
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
}
_NO_PAPERS = ("attachment", "note", "annotation")
_FIELDS = {
    "title": "dc:title",
    "date": "dc:date",
    "pages": "bib:pages",
    "abstractNote": "dcterms:abstract",
    "extra": "dc:description",
    "language": "z:language",
    "proceedingsTitle": "z:proceedingsTitle",
    "university": "z:university",
    "institution": "dc:publisher/*/foaf:name",
    "citationKey": "z:citationKey",
    "url": "dc:identifier/dcterms:URI/rdf:value",
    "archiveLocation": "dc:coverage",
}
"""Zotero's fields by where they stand in an item."""
_OF_CONTAINER = {"publicationTitle": "dc:title", "volume": "prism:volume", "issue": "prism:number"}
"""Fields that stand in the journal or volume that the item is part of, or else in the item itself."""


def read_rdf(text: str) -> Iterator[Entry | Broken]:
    """Yield the items of a file in order, and at last what stopped the reading, if something did."""
    nodes, broken = _nodes(text)
    named = {about: node for _, node in nodes if (about := node.get(_name("rdf:about")))}
    items = [(line, node) for line, node in nodes if _text(node, "z:itemType") not in ("", *_NO_PAPERS)]
    yield from (read_item(_item(node, named), line) for line, node in items)
    if broken:
        yield broken
    elif not items:
        yield Broken(1, "", "it holds no item of Zotero's RDF; of other RDF, export BibTeX or CSL-JSON instead")


class _Tree(TreeBuilder):
    """Collects the nodes right below the root with the lines where they start, as far as the file can be read."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[tuple[int, Element]] = []
        self.parser: Any = None
        self._depth = self._line = 0

    def start(self, tag: Any, attributes: Any) -> Any:
        """Open an element."""
        if self._depth == 1:
            self._line = self.parser.CurrentLineNumber
        self._depth += 1
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        """Close an element."""
        element = super().end(tag)
        self._depth -= 1
        if self._depth == 1:
            self.nodes.append((self._line, element))
        return element


def _nodes(text: str) -> tuple[list[tuple[int, Element]], Broken | None]:
    """Return the nodes that can be read, each with its line, and what stopped the reading."""
    tree = _Tree()
    parser = XMLParser(target=tree, forbid_dtd=True)
    tree.parser = parser.parser
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException:
        why = "it declares a document type or entities, which no export of Zotero does"
        return tree.nodes, Broken(tree.parser.CurrentLineNumber, "", why)
    except ParseError as error:
        return tree.nodes, Broken(error.position[0], "", f"from here on it is no XML ({str(error).partition(':')[0]})")
    return tree.nodes, None


def _name(short: str) -> str:
    prefix, _, name = short.partition(":")
    return f"{{{_NAMES[prefix]}}}{name}"


def _text(node: Element | None, path: str) -> str:
    return (node.findtext(path, "", _NAMES) if node is not None else "").strip()


def _item(node: Element, named: Mapping[str, Element]) -> dict[str, Any]:
    """Return a node as an item in the terms of Zotero's JSON."""
    container = _container(node, named)
    item: dict[str, Any] = {"itemType": _text(node, "z:itemType")}
    item |= {name: _text(node, path) for name, path in _FIELDS.items()}
    item |= {name: _text(container, path) for name, path in _OF_CONTAINER.items()}
    item["volume"] = item["volume"] or _text(node, "prism:volume")
    item["issue"] = item["issue"] or _text(node, "prism:number")
    item["publicationTitle"] = item["publicationTitle"] or _text(node, "bib:presentedAt/*/dc:title")
    marks = [
        mark.text or ""
        for place in (node, container)
        if place is not None
        for mark in place.findall("dc:identifier", _NAMES)
    ]
    item["DOI"] = next((mark for mark in marks if re.match(r"\s*DOI\b", mark)), "")
    item["tags"] = [{"tag": subject.text} for subject in node.findall("dc:subject", _NAMES) if subject.text]
    people = node.findall("bib:authors/rdf:Seq/rdf:li/foaf:Person", _NAMES)
    item["creators"] = [_creator(person) for person in people]
    return {name: value for name, value in item.items() if value}


def _creator(person: Element) -> dict[str, str]:
    family, given = _text(person, "foaf:surname"), _text(person, "foaf:givenName") or _text(person, "foaf:givenname")
    return {"lastName": family, "firstName": given} if given else {"name": family}


def _container(node: Element, named: Mapping[str, Element]) -> Element | None:
    """Return the journal or book that holds an item: within it, or elsewhere in the file and named by it."""
    for part in node.findall("dcterms:isPartOf", _NAMES):
        resource = part.get(_name("rdf:resource"))
        inner = named.get(resource) if resource else next(iter(part), None)
        if inner is not None and inner.tag != _name("bib:Series"):
            return inner
    return None
