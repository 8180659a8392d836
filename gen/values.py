"""The kinds of values that a curator writes: what each may hold, and what is said of one that holds something else.

Each is a type of the fields of `gen.record`; its docstring is what the field reference says of it.
"""

import datetime
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from gen.names import SLUG, parse_name


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("write it on one line")
    return text


_HTTP = r"""^https?://[^\s<>"'`{}|\\^]+\.[^\s<>"'`{}|\\^]+$"""


def _http(url: str) -> str:
    if " " in url:
        raise ValueError("write the web address without blanks; one that belongs to it is %20")
    if not (url.isprintable() and re.match(_HTTP, url)):
        raise ValueError("write a web address that starts with https:// or http://")
    if not names_host(url):
        raise ValueError("write a web address that names its host, such as https://example.org/paper")
    return url


def names_host(url: str) -> bool:
    """Whether an address names a host and, if any, a port that there is."""
    try:
        parts = urlsplit(url)
        return parts.port != 0 and any(map(str.isalnum, parts.hostname or ""))
    except ValueError:  # of a bracket that nothing closes, or a port beyond 65535
        return False


def _name(written: str) -> str:
    try:
        parse_name(written)
    except ValueError:
        raise ValueError("write 'Given Family', 'Family, Given' or '{Organization}'") from None
    return written


def _orcid(written: str) -> str:
    """Refuse an ORCID whose last sign is not what ISO 7064 (11-2) makes of the others."""
    rest = 0
    for digit in written.replace("-", "")[:-1]:
        rest = (rest + int(digit)) * 2 % 11
    if written[-1] != "0123456789X"[(12 - rest) % 11]:
        raise ValueError("copy it anew from orcid.org: its last sign does not fit the others")
    return written


def _number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[0-9]+", value):
        raise ValueError("write a number in digits")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("write the day as 2026-11-21")
    return value


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), AfterValidator(_one_line)
]
r"""Text without a line break. `$...$` holds LaTeX math, `\$` is a dollar; everything else is taken as it stands."""
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
"""Text in Markdown (emphasis, code, links, `$math$`, `[@id]` for a paper of the collection); no raw HTML."""
Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=1000),
    AfterValidator(_http),
    Field(json_schema_extra={"pattern": _HTTP}),
]
"""An http or https address."""
Name = Annotated[Line, AfterValidator(_name)]
"""A person's name that can be taken apart, or an organization's between braces."""
DIGITS = BeforeValidator(_number)
"""Makes a number one in plain digits; pydantic alone would also read `2_023` and `2023.0`."""
Day = Annotated[datetime.date, BeforeValidator(_day)]
"""A day as `2026-11-21`; pydantic alone would also read seconds since 1970."""
Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=80)]
"""Lower-case letters, digits and single hyphens."""
Orcid = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"), AfterValidator(_orcid)
]
"""The digits of an ORCID iD, in groups of four."""
