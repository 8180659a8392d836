"""Records that nobody would write: any script, the formats' own characters, odd names; always the same ones."""

import random
from pathlib import Path

from pydantic import ValidationError

from gen.names import parse_name
from gen.record import Record, Venue
from gen.source import Source

WORDS = (
    "Learning", "BERT", "iPhone", "émigré", "Ångström", "Žižek", "Łódź", "ĩx̄", "ș", "ρ-VAE", "ж", "李小龙", "한국어",
    "שלום", "🤗", "👩‍🔬", "100%", "A&B", "C#", "snake_case", "~", "^", "\\", "\\\\", "\\input{x}", "{", "}", "{}",
    "}{", '"', '"Quoted"', "'s", "`tick`", "$", "\\$5", "$x_1$", "$O(n \\log n)$", "$\\alpha^{2}$", "@misc{x,",
    "@comment", "=", "=1+1", "+", "-", "TY  - JOUR", "ER  -", "<b>", "</script>", "&amp;", "|", "Why?", "So!",
    "Towers:", "A", "a–b", "—", "…", "“x”", "x,", "and", "%", "title = {x},", "--", "10.1/x", "#1", "U-Net",
    "o'clock", "ff", "«x»", "≤", "√n", "∞", "№", "½", "²",
)  # fmt: skip
GIVEN: tuple[str, ...] = (
    "Ada",
    "Ö.",
    "Jean-Luc",
    "José María",
    "Þór",
    "Ð.",
    "小龙",
    "Дмитрий",
    "J. R. R.",
    "d'Arcy",
    "M&M",
    "X_1",
    "50%",
)
FAMILY: tuple[str, ...] = (
    "Müller",
    "van der Berg",
    "de la Cruz",
    "O'Brien",
    "李",
    "Łukasiewicz",
    "Ñandú",
    "{Foo and Bar}",
    "Smith-Jones",
    "Ψ",
)
SUFFIX = ("Jr.", "III")
VENUES = {
    kind: Venue(short=f"V & {kind}", name=f"Proceedings of {kind}: 100% & “More”", type=kind, publisher="Block & Sons")
    for kind in ("conference", "workshop", "journal", "thesis", "book", "report", "publisher")
}


def author(chance: random.Random) -> str:
    """Return a name as a curator might write it."""
    match chance.randrange(6):
        case 0:
            return f"{{{chance.choice(GIVEN)} and {chance.choice(WORDS).strip('{}') or 'x'}, Inc.}}"
        case 1:
            return chance.choice(FAMILY)
        case 2:
            return f"{chance.choice(FAMILY)}, {chance.choice(SUFFIX)}, {chance.choice(GIVEN)}"
        case 3:
            return f"{chance.choice(FAMILY)}, {chance.choice(GIVEN)}"
        case _:
            return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"


def records(number: int, seed: int = 1) -> list[tuple[Record, Venue | None]]:
    """Return valid records with all the trouble that validity leaves, each with its venue."""
    chance = random.Random(seed)
    found: list[tuple[Record, Venue | None]] = []
    while len(found) < number:
        names = [author(chance) for _ in range(chance.randint(1, 4))]
        kind = chance.choice([None, *VENUES])
        values = {
            "title": " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 9))),
            "authors": [*names, "others"] if chance.random() < 0.1 else names,
            "year": chance.randint(1990, 2030),
            "month": chance.choice([None, 1, 12]),
            "venue": kind,
            "pages": chance.choice([None, "7", "1-10", "1–10"]),
            "volume": chance.choice([None, "12", "4&5"]),
            "number": chance.choice([None, "3"]),
            "doi": chance.choice([None, "10.1234/x_(1)%20<y>&z"]),
            "arxiv": chance.choice([None, "2301.00001"]),
            "system": chance.choice([None, "Towers", "U-Net"]),
            "links": {"paper": chance.choice([None, "https://example.org/a?b=1&c=%20#d_e~f"])},
            "language": chance.choice(["en", "de"]),
            "former_ids": chance.choice([[], [f"old{len(found)}"]]),
        }
        try:
            for name in names:
                parse_name(name)
            source = Source(f"papers/{values['year']}/r{len(found)}.yaml", Path())
            record = Record.model_validate(values, context={"source": source})
        except (ValidationError, ValueError):
            continue
        found.append((record, VENUES[kind] if kind else None))
    return found
