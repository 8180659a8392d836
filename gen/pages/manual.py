"""The manual pages made from the code itself: the field reference and the list of checks."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gen.checks.catalog import CHECKS
from gen.pages.output import Output, Page
from gen.record import (
    Annotation,
    Links,
    Notice,
    Person,
    Provenance,
    ReadingPath,
    Record,
    Relation,
    Result,
    StartHere,
    Step,
    Topic,
    Venue,
)

MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "record": (Record, "A record: `papers/<year>/<id>.yaml`"),
    "links": (Links, "The mapping `links` of a record"),
    "notice": (Notice, "The mapping `notice` of a record"),
    "annotation": (Annotation, "The mapping `annotation` of a record"),
    "result": (Result, "An item of a record's `results`"),
    "relation": (Relation, "An item of a record's `relations`"),
    "provenance": (Provenance, "The mapping `annotated` of a record"),
    "topic": (Topic, "A topic or area: `topics/<slug>.yaml`"),
    "start-here": (StartHere, "An item of a topic's `start_here`"),
    "path": (ReadingPath, "A reading path: `paths/<slug>.yaml`"),
    "step": (Step, "An item of a path's `steps`"),
    "venue": (Venue, "An entry of `venues.yaml`"),
    "person": (Person, "An entry of `people.yaml`"),
}


def pages() -> Iterator[Output]:
    """Yield the pages for contributors that are made from models and checks."""
    yield Page(
        "contribute/fields/",
        "fields.md.j2",
        "Field reference",
        "Every field of a record, topic, reading path, venue and person.",
        lambda: {"models": [(anchor, heading, rows(model)) for anchor, (model, heading) in MODELS.items()]},
        layout="text",
    )
    yield Page(
        "contribute/checks/",
        "checks.md.j2",
        "Checks",
        "What is checked in every record, and how to mend each finding.",
        lambda: {"checks": sorted(CHECKS.values(), key=lambda check: check.name)},
        layout="text",
    )


def rows(model: type[BaseModel]) -> list[tuple[str, str, bool, str]]:
    """Return name, type in words, whether required, and description of each field."""
    return [
        (name, in_words(field), field.is_required(), " ".join((field.description or "").split()))
        for name, field in model.model_fields.items()
    ]


def in_words(field: FieldInfo) -> str:
    """Return a field's type as a contributor would say it: `list of texts`, `one of method, system`."""
    return _words(field.annotation)


def _words(annotation: Any) -> str:
    arguments = [argument for argument in get_args(annotation) if argument is not type(None)]
    origin = getattr(annotation, "__origin__", None)
    if origin is tuple:
        return f"list of {_plural(_words(arguments[0]))}"
    if arguments and all(isinstance(argument, str) for argument in arguments):
        return "one of " + ", ".join(arguments)
    if arguments and not isinstance(annotation, type):
        return _words(arguments[0])
    if isinstance(annotation, int):
        return "whole number"
    if isinstance(annotation, type):
        names = {"str": "text", "int": "whole number", "bool": "true or false", "date": "day"}
        return names.get(annotation.__name__, "mapping")
    return "text"


def _plural(noun: str) -> str:
    return noun if noun.startswith("one of") else f"{noun}s"
