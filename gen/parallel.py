"""Work spread over processes by forking: a child sees everything the parent has read, and sends back its result.

Forking copies no memory until it changes and needs nothing to be pickled on the way in, so plans and templates can be
shared as they are. Where forking is not safe (other threads are running) or not there, work is done in turn.
"""

import os
import pickle
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

R = TypeVar("R")
T = TypeVar("T")


FEW = 16
"""Items that are done before another process has started."""


CHUNKS = 200
"""Portions of the items that each process takes one after the other, about."""


def processes() -> int:
    """Return how many processes are worth starting: one a core, or one where forking is not safe."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[Iterable[T]], R], items: Sequence[T]) -> list[R]:
    """Let each process work on some of the items, and return what came of each share.

    A process takes the next items when it has done its last ones, so one that costs much keeps no other waiting; it
    should stand early.

    Raises:
        OSError: as in the process where it happened.
        ChildError: a child ended without a result.
    """
    share = processes()
    if share == 1:
        return [work(items)]
    size = max(1, min(len(items) // (CHUNKS * share), len(items)))
    reader, writer = os.pipe()
    for start in range(0, len(items), size):
        os.write(writer, start.to_bytes(8, "big"))
    os.close(writer)
    taken = _taken(items, size, reader)
    children = [Child(partial(work, taken)) for _ in range(1, share)]
    try:
        first = work(taken)
    except BaseException:
        for child in children:
            child.abandon()
        raise
    finally:
        os.close(reader)
    return [first, *(child.result() for child in children)]


def _taken(items: Sequence[T], size: int, queue: int) -> Iterator[T]:
    """Yield the items that this process takes. The queue is a pipe: a read of few bytes takes them as one."""
    while start := os.read(queue, 8):
        begin = int.from_bytes(start, "big")
        yield from items[begin : begin + size]


class ChildError(RuntimeError):
    """A child process ended without a result; its own message stands on standard error."""


class Child(Generic[R]):
    """A function that runs in a child process; with one process only, it runs when its result is asked for."""

    def __init__(self, work: Callable[[], R]) -> None:
        self._work = work
        self._pid = 0
        if processes() == 1:
            return
        reader, writer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reader)
            self._run(writer)
        os.close(writer)
        self._reader = reader

    def _run(self, writer: int) -> None:
        """In the child: work, send the result, and leave without running the parent's clean-up."""
        status = 1
        try:
            result: Any
            try:
                result = self._work()
            except OSError as error:  # the disk is full, or a file may not be written: the parent tells
                result = error
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(result, pipe, pickle.HIGHEST_PROTOCOL)
            status = 0
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(status)

    def abandon(self) -> None:
        """Wait for the child and forget what it made."""
        if self._pid:
            os.close(self._reader)
            os.waitpid(self._pid, 0)

    def result(self) -> R:
        """Wait for the child and return what its function returned.

        Raises:
            OSError: as in the child.
            ChildError: the child failed otherwise.
        """
        if not self._pid:
            return self._work()
        with os.fdopen(self._reader, "rb") as pipe:
            sent = pipe.read()
        _, status = os.waitpid(self._pid, 0)
        if status:
            raise ChildError(f"a process of the build failed with status {os.waitstatus_to_exitcode(status)}")
        received = pickle.loads(sent)  # noqa: S301 - sent by our own child
        if isinstance(received, OSError):
            raise received
        result: R = received
        return result
