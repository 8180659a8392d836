"""Work spread over processes by forking: a child sees everything the parent has read, and sends back its result.

Forking copies no memory until it changes and needs nothing to be pickled on the way in, so plans and templates can be
shared as they are. Where forking is not safe (other threads are running) or not there, work is done in turn.
"""

import os
import pickle
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

R = TypeVar("R")


def processes() -> int:
    """Return how many processes are worth starting: one a core, or one where forking is not safe."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(self._work(), pipe)
            status = 0
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(status)

    def result(self) -> R:
        """Wait for the child and return what its function returned.

        Raises:
            ChildError: the child failed.
        """
        if not self._pid:
            return self._work()
        with os.fdopen(self._reader, "rb") as pipe:
            sent = pipe.read()
        _, status = os.waitpid(self._pid, 0)
        if status:
            raise ChildError(f"a process of the build failed with status {os.waitstatus_to_exitcode(status)}")
        received: R = pickle.loads(sent)  # noqa: S301 - sent by our own child
        return received
