"""Lines as HTML: words escaped, math as MathML."""

import re
from functools import lru_cache
from html import escape as escape_text

from markupsafe import Markup, escape

from gen.text.math import MathError, mathml
from gen.text.segments import split


@lru_cache(maxsize=20_000)
def html(line: str) -> Markup:
    """Return the line as inline HTML. Math that can't be read (a check reports it) is shown as written."""
    if "$" not in line:  # most lines
        return escape(line)
    return Markup("").join(math(segment.text) if segment.math else escape(segment.text) for segment in split(line))


def math(latex: str, *, display: bool = False) -> Markup:
    """Return a formula as MathML, or as written where it can't be read."""
    try:
        return mathml(latex, display=display)
    except MathError:
        return Markup("<code>{}</code>").format(latex)


_ACTIVE = re.compile("[&<>'\"]")


def escaped(value: object) -> str:
    """Return a value as a template shows it, as `escape` does; but most need nothing, and no `Markup` made of them."""
    if type(value) is Markup or (type(value) is str and not _ACTIVE.search(value)):
        return value
    return str(value) if type(value) is int or type(value) is float else escape(value)


def filled(element: str, *values: str) -> str:
    """Return an element of HTML or XML with values in the places of its `%s`, escaped.

    The head of a page has twenty of these, and `Markup` takes five times as long.
    """
    return element % tuple([escape_text(value) if _ACTIVE.search(value) else value for value in values])
