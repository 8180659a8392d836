"""Write records, topics and tables as YAML in one form, so that two editors' files differ only in what they say.

Fields keep the order of their declaration, prose is folded, and every scalar is quoted where any reader of
YAML (1.1 or 1.2) could take it for something else than text.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

WIDTH = 96
QUOTED = frozenset({"title", "arxiv", "doi", "value", "metric", "versus", "pages", "volume", "number"})
"""Fields whose values are always between double quotes, because some of them look like numbers."""
PROSE = frozenset({"summary", "problem", "approach", "findings", "caveats", "why", "take", "introduction"})
_FLOW_SPECIAL = re.compile(r"^:|[,?\[\]{}]")
"""Signs that a reader of YAML may take for its own between brackets: libyaml a `?` behind a colon, PyYAML any."""
_YAML_12 = re.compile(
    r"y|n|[-+]?0o?[0-9]+|[-+]?(\.[0-9]+|[0-9]+\.?[0-9]*)(e[-+]?[0-9]+)?|[-+]?\.inf|\.?nan", re.IGNORECASE
)
"""What PyYAML writes bare although another reader would take it for a number or a truth value."""


def dump(value: Mapping[str, Any]) -> str:
    """Return a mapping of plain values as YAML. Keys with None, empty lists and empty mappings are left out."""
    return "".join(_entry(key, item, 0) for key, item in value.items() if item not in (None, (), [], {}))


def _entry(key: str, value: Any, indent: int) -> str:
    pad = " " * indent
    head = f"{pad}{scalar(key)}:"
    if key in PROSE:
        return f"{head} {_prose(str(value), indent + 2)}"
    if isinstance(value, Mapping):
        if key == "annotated":
            return f"{head} {flow(value)}\n"
        inner = "".join(_entry(name, item, indent + 2) for name, item in value.items() if item not in (None, (), []))
        return f"{head}\n{inner}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return head + _list(key, value, indent)
    return f"{head} {scalar(value, quoted=key in QUOTED)}\n"


def _list(key: str, values: Sequence[Any], indent: int) -> str:
    if all(isinstance(value, Mapping) for value in values):
        return "\n" + "".join(_item(key, value, indent + 2) for value in values)
    line = ", ".join(_flow_scalar(key, value) for value in values)
    if indent + len(key) + len(line) + 4 <= WIDTH:
        return f" [{line}]\n"
    return "\n" + "".join(f"{' ' * (indent + 2)}- {scalar(value, quoted=key in QUOTED)}\n" for value in values)


def _item(key: str, value: Mapping[str, Any], indent: int) -> str:
    if key == "results":
        return f"{' ' * indent}- {flow(value)}\n"
    body = "".join(_entry(name, item, indent + 2) for name, item in value.items() if item is not None)
    return f"{' ' * indent}- {body[indent + 2 :]}"


def flow(value: Mapping[str, Any]) -> str:
    """Return a mapping on one line."""
    items = (f"{key}: {_flow_scalar(key, item)}" for key, item in value.items() if item is not None)
    return "{" + ", ".join(items) + "}"


def _flow_scalar(key: str, value: Any) -> str:
    written = scalar(value, quoted=key in QUOTED)
    if _FLOW_SPECIAL.search(written) and written[0] not in "\"'":
        return _quoted(str(value))
    return written


def scalar(value: Any, *, quoted: bool = False) -> str:
    """Return one value as a YAML scalar on one line."""
    if quoted or (isinstance(value, str) and (not value.isprintable() or _YAML_12.fullmatch(value))):
        return _quoted(str(value))
    return yaml.safe_dump(value, allow_unicode=True, width=10**9).removesuffix("\n").removesuffix("\n...")


def _quoted(text: str) -> str:
    """Return a text between double quotes, with escapes for what can't be seen."""
    return '"' + "".join(letter if letter.isprintable() else _escape(letter) for letter in _escaped(text)) + '"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _escape(letter: str) -> str:
    if letter == "\n":
        return "\\n"
    return f"\\u{ord(letter):04X}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08X}"


def _prose(text: str, indent: int) -> str:
    """Return a block scalar: folded where the text is one line, literal where its line breaks count.

    A text that begins or ends with blanks, or holds what can't be seen, is put between double quotes.
    """
    lines = text.split("\n")
    if text != text.strip() or not text or not all(line.isprintable() for line in lines):
        return f"{_quoted(text)}\n"
    pad = " " * indent
    if len(lines) == 1:
        return ">-\n" + "".join(f"{pad}{line}\n" for line in _folded(text, WIDTH - indent))
    return "|-\n" + "".join(f"{pad}{line}\n" if line else "\n" for line in lines)


def _folded(text: str, width: int) -> list[str]:
    """Break a line at single spaces, which is where YAML joins the pieces with one space again."""
    lines = [""]
    for word in re.split(r"(?<! ) (?! )", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
