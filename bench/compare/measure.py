"""Run commands and measure them: seconds, processor seconds, and the memory of all their processes together."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

LIMIT = 1800
"""Seconds after which a command is ended and counts as failed."""
INTERVAL = 0.1
"""Seconds between two looks at the memory, at least."""
SHARE = 1 / 20
"""Of the time that may go into looking: the system walks through all pages of a process, on a core that it may need."""

LOOP = "for number in range(2 * 10**7): number * number"
"""A second of plain Python, which reads and writes no memory to speak of."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What some commands, one after the other, took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of processor time, in the programs and in the kernel for them, children included."""
    memory: int
    """Most bytes at a time of all processes together, pages that they share counted once."""


class FailedError(RuntimeError):
    """A command left with another status than 0; the message is the end of what it said."""


def run(commands: Sequence[Sequence[str]], folder: Path, cores: int, environment: Mapping[str, str]) -> Cost:
    """Run commands in turn, on so many cores.

    Raises:
        FailedError: one of them failed.
    """
    start = perf_counter()
    cpu, memory = 0.0, 0
    for command in commands:
        with (folder / "output.log").open("wb") as log:
            process = subprocess.Popen(
                _pinned(command, cores),
                cwd=folder,
                stdout=log,
                stderr=log,
                env={**_environment(), **environment},
                start_new_session=True,
            )
            watch = _Memory(process.pid)
            watch.start()
            end = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
            end.start()
            _, status, usage = os.wait4(process.pid, 0)
            end.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            watch.stop()
        if process.returncode:
            said = (folder / "output.log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise FailedError(f"status {process.returncode}: {' / '.join(said[-3:])}"[:500])
        cpu += usage.ru_utime + usage.ru_stime
        # A process of less than one interval may never be seen at work. What the system counted takes in this
        # process, of which a child begins as a copy.
        memory = max(memory, watch.most or usage.ru_maxrss * 1024)
    return Cost(perf_counter() - start, cpu, memory)


def _environment() -> Mapping[str, str]:
    """Return this process' environment; programs in Python may keep what they compiled, as they do by default."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def available() -> list[int]:
    """Return the cores that this process may run on."""
    return sorted(os.sched_getaffinity(0))


def _pinned(command: Sequence[str], cores: int) -> list[str]:
    allowed = available()
    if cores >= len(allowed):
        return list(command)
    return ["taskset", "--cpu-list", ",".join(map(str, allowed[:cores])), *command]


def gain() -> float:
    """Return how many times as much of a plain loop all cores get done at once as one core does alone.

    A virtual machine's cores may be halves of one, or lent to somebody else meanwhile: no program gains more by them.
    """
    cores = available()
    alone, together = _looped(cores[:1]), _looped(cores)
    return len(cores) * alone / together


def _looped(cores: Sequence[int]) -> float:
    """Return the seconds until a loop on each of some cores has ended."""
    start = perf_counter()
    loops = [subprocess.Popen(["taskset", "--cpu-list", str(core), sys.executable, "-c", LOOP]) for core in cores]
    for loop in loops:
        loop.wait()
    return perf_counter() - start


class _Memory(threading.Thread):
    """Looks at the memory of a session's processes again and again."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._session = session
        self._ended = threading.Event()

    def run(self) -> None:
        """Add up each process' proportional set size, in which a page that n processes share counts 1/n for each."""
        wait = INTERVAL
        while not self._ended.wait(wait):
            start = perf_counter()
            self.most = max(self.most, sum(map(_proportional, _processes(self._session))))
            wait = max(INTERVAL, (perf_counter() - start) / SHARE)

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _processes(session: int) -> Iterator[Path]:
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            # After the command in parentheses: state, parent, group, session.
            if int((path / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                yield path


def _proportional(process: Path) -> int:
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def weigh(site: Path) -> tuple[int, int]:
    """Return the number and the bytes of the files of a site."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
