"""Lines as Markdown that shows exactly their text, whatever it holds."""

import re

from markupsafe import Markup

from gen.text.html import html

_ACTIVE = re.compile(r"(<[^>]*>)|&(?:#\d+|#x[\da-f]+|[a-z]+);|([\\`*_{}\[\]()#+\-.!|~^:$@\"'=])", re.IGNORECASE)
"""A tag and a reference stay as they are; every character that Markdown may read as markup is replaced."""


def markdown(line: str) -> Markup:
    """Return the line as inline Markdown: HTML in which no character is left that Markdown reads.

    Works for CommonMark and Python-Markdown, which both leave character references alone.
    """
    return Markup(_ACTIVE.sub(lambda match: f"&#{ord(match[2])};" if match[2] else match[0], str(html(line))))
