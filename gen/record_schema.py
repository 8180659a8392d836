"""The JSON Schema of a record's file, made from the model, for editors and for the form on the site.

Topics and venues are enumerated, so that an editor completes them and says at once what is not one.
"""

from typing import Any

from gen import addresses
from gen.collection import Collection
from gen.record import Record


def record_schema(collection: Collection, site_url: str) -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12).

    Args:
        collection: whose topics and venues are enumerated.
        site_url: public address with a slash at its end, or empty.
    """
    schema = Record.model_json_schema()
    fields = schema["properties"]
    fields["topics"]["items"] = {"enum": sorted(slug for slug, topic in collection.topics.items() if topic.area)}
    fields["venue"] = {"description": fields["venue"]["description"], "enum": list(collection.venues)}
    named = {"$id": f"{site_url}{addresses.RECORD_SCHEMA}"} if site_url else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **named, **schema}


def schema_line(site_url: str) -> str:
    """Return the first line of a record's file: the comment by which editors find the schema."""
    return f"# yaml-language-server: $schema={site_url}{addresses.RECORD_SCHEMA}\n" if site_url else ""
