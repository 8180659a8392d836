"""Lines as HTML: words escaped, math as MathML."""

from functools import lru_cache

from markupsafe import Markup, escape

from gen.text.math import MathError, mathml
from gen.text.segments import split


@lru_cache(maxsize=20_000)
def html(line: str) -> Markup:
    """Return the line as inline HTML. Math that can't be read (a check reports it) is shown as written."""
    return Markup("").join(_math(segment.text) if segment.math else escape(segment.text) for segment in split(line))


def _math(latex: str) -> Markup:
    try:
        return mathml(latex)
    except MathError:
        return Markup("<code>{}</code>").format(latex)
