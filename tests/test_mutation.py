"""Damaged records: whatever bytes come, there is no traceback, and what is refused has a finding with a line.

bench/mutation.py does the same with 20,000 files and a clock.
"""

import random
from pathlib import Path

from gen.checking import check_collection
from gen.collection import Collection
from tests.conftest import PROJECT

SNIPPETS = (
    *(
        b"\x00",
        b"\xff",
        b"\t",
        b": ",
        b"#",
        b"- ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"&a ",
        b"*a",
        b"'",
        b'"',
        b"|",
        b">",
        b"%",
        b"@",
    ),
    *(
        b"---\n",
        b"...\n",
        b"\r",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xae",
        b"null",
        b"1e999",
        b"<<: *a\n",
        b"? ",
        b"title: ",
        b"\\x",
    ),
    *(b"\xed\xa0\x80", b"[" * 200, b"{a: " * 200, b"9" * 5000, b"2024-13-45", b"0b1__", b"$\\frac{", b"TODO"),
    b"!!python/object:os.system ",
)


def mutate(raw: bytes, rng: random.Random) -> bytes:
    """Return the bytes with one to four of them flipped, cut out, doubled, moved or replaced by a snippet."""
    data = bytearray(raw)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(5):
            case 0 if place < len(data):
                data[place] ^= 1 << rng.randrange(8)
            case 1:
                del data[place : place + rng.choice((1, 5, 40, 400))]
            case 2:
                data[place:place] = rng.choice(SNIPPETS)
            case 3:
                data[place:place] = data[place : place + rng.choice((10, 100, 1000))]
            case _:
                rows = bytes(data).split(b"\n")
                rng.shuffle(rows) if rng.random() < 0.2 else rows.reverse()
                data = bytearray(b"\n".join(rows))
    return bytes(data)


def test_damaged_records(tmp_path: Path, real: Collection) -> None:
    rng = random.Random(20_000)
    sources = [PROJECT / record.source.path for record in real.records.values()]
    folder = tmp_path / "papers" / "2024"
    folder.mkdir(parents=True)
    for number in range(400):
        (folder / f"m{number}.yaml").write_bytes(mutate(rng.choice(sources).read_bytes(), rng))
    collection, findings = check_collection(tmp_path)
    found = {finding.path for finding in findings}
    rejected = {f"papers/2024/m{number}.yaml" for number in range(400) if f"m{number}" not in collection.records}
    assert len(rejected) > 100
    assert rejected <= found
    assert all(finding.line >= 1 and finding.column >= 1 for finding in findings)
