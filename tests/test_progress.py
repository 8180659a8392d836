"""What a long run tells while it works."""

import io
import re

import pytest

from gen.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_per_phase_where_nobody_watches() -> None:
    told = io.StringIO()
    progress = Progress(told)
    with progress.phase("read"):
        pass
    with progress.phase("write"):
        pass
    assert told.getvalue() == "read ...\nwrite ...\n"


def test_one_line_that_changes_on_a_terminal() -> None:
    told = Terminal()
    with Progress(told).phase("read"):
        assert told.getvalue() == "\r\x1b[Kread ..."
    assert told.getvalue().endswith("\r\x1b[K")


def test_times_are_kept_and_added_up_even_after_an_error() -> None:
    progress = Progress()
    with progress.phase("read"):
        pass
    with pytest.raises(ZeroDivisionError), progress.phase("read"):
        raise ZeroDivisionError
    assert list(progress.seconds) == ["read"]
    assert re.fullmatch(r"read +\d\.\d\d s\nall phases +\d\.\d\d s", progress.table())
