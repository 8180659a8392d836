"""Work spread over processes by forking: a child sees everything the parent has read, and sends back its result.

Forking copies no memory until it changes and needs nothing to be pickled on the way in, so plans and templates can be
shared as they are. Where forking is not safe (other threads are running) or not there, work is done in turn.
"""

import ctypes
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from math import ceil
from typing import Any, Generic, TypeVar

from mkdocs.exceptions import BuildError

from gen.findings import RejectedError

R = TypeVar("R")
T = TypeVar("T")


FEW = 16
"""Items that are done before another process has started."""
PORTIONS = 200
"""Portions of the items that each process takes one after the other, about."""
QUEUED = 2048
"""Portions of all processes at most: their numbers, of two bytes each, fit into any pipe before one reads from it."""

TOLD = (OSError, RejectedError, BuildError)
"""Errors that a person can mend, which arrive as they are: a full disk, a wrong template, a missing package."""


def processes() -> int:
    """Return how many processes are worth starting: one a core, or one where forking is not safe."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def give_back() -> None:
    """Give memory that is free back to the system, where the C library can (glibc's `malloc_trim`).

    Before processes are started: each one that uses such memory again holds a copy of its own.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def spread(work: Callable[[Iterable[T]], R], items: Sequence[T]) -> list[R]:
    """Let each process work on some of the items, and return what came of each share.

    A process takes the next items when it has done its last ones, so one that costs much keeps no other waiting; it
    should stand early.

    Args:
        work: given items, it returns a result that can be pickled. It must not count on which items it is given.
        items: what is to be worked on.

    Returns:
        One result of each process: this one's first. There is at least one, also of no items.

    Raises:
        OSError, RejectedError, BuildError: as in the process where it happened.
        ChildError: a child failed otherwise. Whatever `work` raises here is raised as it is; the children are ended.
    """
    share = processes()
    if share == 1:
        return [work(items)]
    size = max(1, ceil(len(items) / min(PORTIONS * share, QUEUED)))
    reader, writer = os.pipe()
    for portion in range(ceil(len(items) / size)):
        os.write(writer, portion.to_bytes(2, "big"))
    os.close(writer)
    taken = _taken(items, size, reader)
    children: list[Child[R]] = []
    try:
        children.extend(Child(partial(work, taken)) for _ in range(1, share))
        return [work(taken), *(child.result() for child in children)]
    except BaseException:
        for child in children:
            child.abandon()
        raise
    finally:
        os.close(reader)


def _taken(items: Sequence[T], size: int, queue: int) -> Iterator[T]:
    """Yield the items that this process takes. The queue is a pipe: a read of few bytes takes them as one."""
    while portion := os.read(queue, 2):
        start = int.from_bytes(portion, "big") * size
        yield from items[start : start + size]


class ChildError(RuntimeError):
    """A child process failed; the message is its traceback, or tells how it ended."""


class Child(Generic[R]):
    """A function that runs in a child process; with one process only, it runs when its result is asked for."""

    def __init__(self, work: Callable[[], R]) -> None:
        self._work = work
        self._pid = 0
        """0 where there is no child, or none any more."""
        if processes() == 1:
            return
        reader, writer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reader)
            self._run(writer)
        os.close(writer)
        self._pipe = os.fdopen(reader, "rb")

    def _run(self, writer: int) -> None:
        """In the child: work, send the result, and leave without running the parent's clean-up."""
        status = 1
        try:
            result: Any
            try:
                result = self._work()
            except TOLD as error:  # the parent tells
                result = error
            except BaseException:
                result = ChildError(f"a process failed:\n{traceback.format_exc()}")
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(result, pipe, pickle.HIGHEST_PROTOCOL)
            status = 0
        except BrokenPipeError:  # who waited for the result has ended, so there is nobody to tell
            pass
        except BaseException:  # the result can't be sent
            os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
        finally:
            os._exit(status)

    def abandon(self) -> None:
        """End the child, unless it has ended, and forget what it made."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            self._wait()

    def _wait(self) -> int:
        """Wait until the child has ended, and return its status: minus the number of the signal that killed it."""
        self._pipe.close()
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return os.waitstatus_to_exitcode(status)

    def result(self) -> R:
        """Wait for the child and return what its function returned.

        Raises:
            OSError, RejectedError, BuildError: as in the child.
            ChildError: the child failed otherwise.
        """
        if not self._pid:
            return self._work()
        sent = self._pipe.read()
        if status := self._wait():
            raise ChildError(f"a process ended with status {status}, so its work is lost; is there enough memory?")
        received = pickle.loads(sent)  # noqa: S301 - sent by our own child
        if isinstance(received, (*TOLD, ChildError)):
            raise received
        result: R = received
        return result


@contextmanager
def beside(work: Callable[[], R]) -> Iterator[Child[R]]:
    """Run a function in a child process while the block runs, which asks for its result; an error there ends it."""
    child = Child(work)
    try:
        yield child
    except BaseException:
        child.abandon()
        raise


class Gate:
    """What a child waits for until its parent opens it."""

    def __init__(self) -> None:
        self._parent = os.getpid()
        self._ends = os.pipe()

    def open(self) -> None:
        """Let whoever waits go on."""
        os.write(self._ends[1], b"\n")

    def wait(self) -> None:
        """Wait, once.

        Raises:
            BrokenPipeError: the parent has ended without opening it.
        """
        if os.getpid() != self._parent:
            os.close(self._ends[1])  # else it wouldn't show when the parent, which has the other one, ends
        if not os.read(self._ends[0], 1):
            raise BrokenPipeError

    def close(self) -> None:
        """Give the pipe back."""
        for end in self._ends:
            os.close(end)
