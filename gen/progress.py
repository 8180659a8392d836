"""What a long run tells while it works: a line on a terminal that changes, a line per phase elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Tells phases as they begin, and knows afterwards how long each of them took."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Tell nothing, or tell it to a stream."""
        self.stream = stream
        self.seconds: dict[str, float] = {}
        """Wall-clock time of each finished phase."""

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Tell that a phase begins; when it ends, keep its time."""
        terminal = bool(self.stream and self.stream.isatty())
        if self.stream:
            self.stream.write(f"\r\x1b[K{name} ..." if terminal else f"{name} ...\n")
            self.stream.flush()
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
            if self.stream and terminal:
                self.stream.write("\r\x1b[K")
                self.stream.flush()

    def say(self, text: str) -> None:
        """Tell something on a line of its own."""
        if self.stream:
            self.stream.write(f"\r\x1b[K{text}\n" if self.stream.isatty() else f"{text}\n")
            self.stream.flush()

    def table(self) -> str:
        """Return where the time went, a line per phase and one for all."""
        rows = [*self.seconds.items(), ("all phases", sum(self.seconds.values()))]
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:{width}}  {seconds:8.2f} s" for name, seconds in rows)


def telling() -> Progress:
    """Return a progress that tells its phases on standard error."""
    return Progress(sys.stderr)
