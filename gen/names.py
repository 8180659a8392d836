"""Personal names: taken apart as BibTeX does it, put together for each use, and turned into addresses."""

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

OTHERS = "others"
"""Stands last in a list of authors that is not known in full."""


_EASTERN = re.compile("[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
"""Chinese, Japanese or Korean: the family name stands first, and no space behind it."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in BibTeX's four parts, or a corporate name in `family` alone."""

    given: str
    particle: str
    family: str
    suffix: str
    corporate: bool = False

    @property
    def of(self) -> tuple[str, ...]:
        """The parts as texts alone, by which names are told apart."""
        return self.given, self.particle, self.family, self.suffix, "corporate" if self.corporate else ""

    @property
    def full(self) -> str:
        """`Guy Van den Broeck, Jr.`, `王小明`: as it is read aloud."""
        if self.given.isascii() or not (_EASTERN.fullmatch(self.given) and _EASTERN.fullmatch(self.family)):
            return self.given_first
        return self.family + self.given

    @property
    def given_first(self) -> str:
        """The full name with the given name first whatever the script, which addresses are made of."""
        name = " ".join(filter(None, (self.given, self.particle, self.family)))
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def last(self) -> str:
        """Particle and family name: as it stands in `Sun et al.`."""
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def inverted(self) -> str:
        """`Van den Broeck, Guy`: for lists by family name."""
        rest = ", ".join(filter(None, (self.given, self.suffix)))
        return f"{self.last}, {rest}" if rest else self.last


_WORD = r"[^\W\d_][\w.'’-]*"
_SIMPLE = re.compile(rf"({_WORD}(?: {_WORD})*) ({_WORD})|({_WORD}), ({_WORD}(?: {_WORD})*)")
"""`Given Middle Family` or `Family, Given Middle`, every word with a capital first: most names, in a fortieth of the
time that BibTeX's rules in full take."""


@lru_cache(maxsize=65536)
def parse_name(written: str) -> Name:
    """Take a written name apart by BibTeX's rules.

    Raises:
        ValueError: braces do not balance or there are too many commas.
    """
    written = " ".join(written.split())
    if written.startswith("{") and written.endswith("}") and "}" not in written[1:-1] and written[1:-1].strip():
        return Name("", "", written[1:-1].strip(), "", corporate=True)
    simple = _SIMPLE.fullmatch(written)
    if simple and all(word[0].isupper() for word in written.split()):
        return Name(simple[1] or simple[4] or "", "", simple[2] or simple[3], "")
    try:
        parts = parse_single_name_into_parts(written, strict=True)
    except InvalidNameError as error:
        raise ValueError(str(error)) from error
    given, von, last, jr = (" ".join(part) for part in (parts.first, parts.von, parts.last, parts.jr))
    given, von, last, jr = (part.replace("{", "").replace("}", "") for part in (given, von, last, jr))
    if not any(letter.isalpha() for letter in last):
        raise ValueError(f"{written!r} has no family name")
    return Name(given, von, last, jr)


def namesake(written: str) -> str | None:
    """Return the name as `Family, Given`, by which a second author of one name is told apart; None if it has no two."""
    name = parse_name(written)
    return name.inverted if name.given and name.inverted != written else None


_SUFFIX = re.compile(r"(?:[JS]r|JR|SR|Esq|Ph\.? ?D|M\.?D)\.?|[IVX]+|[2-9](?:nd|rd|th)")
_ONLY_SUFFIX = re.compile(r"(?:[JS]r|JR|SR)\.?|II|III|IV")
"""What is nobody's family or given name."""


def is_suffix(text: str) -> bool:
    """Return whether a text can be what stands behind a family name: `Jr.`, `III`."""
    return bool(_SUFFIX.fullmatch(text))


def suffixed(written: str) -> str | None:
    """Return a name with its suffix where BibTeX looks for it, if it stands elsewhere.

    Of `Hal Daumé III` BibTeX takes it for the family name, of `Hal Daumé, III` for a given one; between two commas, as
    in `Daumé, III, Hal`, it is a suffix. What is no name has none.
    """
    try:
        name = parse_name(written)
        for suffix, rest in _ends(written, name):
            if _ONLY_SUFFIX.fullmatch(suffix) and " " in rest.strip():
                person = parse_name(rest)
                return f"{person.last}, {suffix}, {person.given}" if person.given else None
    except ValueError:
        pass
    return None


def _ends(written: str, name: Name) -> list[tuple[str, str]]:
    """Return what may be a misplaced suffix of a name, each with what is left."""
    before, _, last = written.rpartition("," if "," in written else " ")
    if "," not in written:
        return [(last, before)]
    first, _, behind = written.partition(",")
    ends = [(last.strip(), before), (first.strip(), behind)]
    return [(end, rest) for end, rest in ends if end in (name.family, name.given)]


@lru_cache(maxsize=65536)
def slugify(text: str) -> str:
    """Return lower-case ASCII letters, digits and single hyphens; other scripts are transliterated.

    A plus is spelled out, so that `MBPP+` and `MBPP` stay apart.
    """
    plain = anyascii(text).lower().replace("'", "").replace("+", "-plus-")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
"""Pattern of a slug: lower-case ASCII letters, digits and single hyphens between them."""


def is_slug(text: str) -> bool:
    """Return whether a text is a slug."""
    return re.fullmatch(SLUG, text) is not None


def first_letter(text: str) -> str:
    """Return the letter from a to z that a name or title stands under, as its first one is transliterated.

    `0` stands for all digits.
    """
    first = slugify(text)[0]
    return first if first.isalpha() else "0"


def letter_label(letter: str) -> str:
    """Return how readers see a letter that names or titles stand under."""
    return "0–9" if letter == "0" else letter.upper()


MARKS = "*@\\†‡§¶"
"""What stands beside a name in a paper's head or in a broken file, and is no part of any."""
RESERVED = frozenset({"index", "a-to-z"})
"""Slugs that pages of the site itself have taken."""


def person_slug(written: str) -> str:
    """Return the slug of the address of someone who isn't in `people.yaml`."""
    slug = slugify(parse_name(written).given_first)
    return f"{slug}-person" if slug in RESERVED else slug


def short_authors(authors: tuple[str, ...]) -> str:
    """Return `Sun et al.`, `Sun and Yu`, `Sun`, or `Unknown authors`, as it stands in running text."""
    if authors[0] == OTHERS:
        return "Unknown authors"
    if len(authors) > 2 or authors[-1] == OTHERS:
        return f"{parse_name(authors[0]).last} et al."
    return " and ".join(parse_name(author).last for author in authors)
