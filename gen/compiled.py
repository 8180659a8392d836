"""Templates as Jinja compiled them, kept beside the compiled modules of the generator: the same for every build.

As with Python's compiled modules, nothing is kept where Python is told to write none, or where nobody may write.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from gen.store import Store, Table

STORE = Store(Path(__file__).parent / "__pycache__")
"""Where they are kept, with the checks of every table: by the template's file and a checksum of its source."""


class _Compiled(BytecodeCache):
    """What Jinja asks before it compiles a template."""

    def __init__(self, table: Table[bytes]) -> None:
        self._table = table

    def load_bytecode(self, bucket: Bucket) -> None:
        if compiled := self._table.known(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._table.put(bucket.key + bucket.checksum, bucket.bytecode_to_string())


@contextmanager
def compiled(name: str) -> Iterator[BytecodeCache]:
    """Give an environment's compiled templates, and keep what was compiled meanwhile.

    Args:
        name: of the environment: `templates` of pages, or those of the `theme`.
    """
    table: Table[bytes] = Table(STORE.load(name))
    yield _Compiled(table)
    if table.made and not sys.dont_write_bytecode:
        with suppress(OSError):
            STORE.save(name, table.used)
