"""Work is spread over processes: everything is done once, errors arrive, and no process is left behind.

Each case runs in a Python of its own, where no other thread forbids forking, and where a hang ends by itself.
"""

import ctypes
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from mkdocs.exceptions import BuildError

from gen import parallel
from gen.findings import Finding, RejectedError
from gen.parallel import QUEUED, Child, ChildError, Gate, beside, give_back, processes, spread
from tests.conftest import PROJECT

HANGS = 60
"""Seconds after which a case is taken to hang; each takes less than one."""


def run(case: Callable[[], None], cores: int = 3) -> str:
    """Run a case as on a machine of some cores, and return what it printed on both channels."""
    code = f"from tests import test_parallel as tests; tests.run_here(tests.{case.__name__}, {cores})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=HANGS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def run_here(case: Callable[[], None], cores: int) -> None:
    """In that Python: run the case, and see that no child is left and no file open that wasn't."""
    global PARENT
    PARENT = os.getpid()
    parallel.processes = lambda: cores
    before = open_files()
    case()
    assert open_files() == before, "a pipe was left open"
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # a child is left


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


PARENT = 0
"""The process that spreads the work."""


def numbers(items: Iterable[int]) -> tuple[int, list[int]]:
    """Return who worked and on what."""
    return os.getpid(), list(items)


def every_item_once() -> None:
    for count in (0, 1, 2, 5, 599, 600, 601, 5000):
        shares = spread(numbers, range(count))
        assert len({pid for pid, _ in shares}) == 3
        assert shares[0][0] == os.getpid(), "this process's share comes first"
        assert sorted(number for _, done in shares for number in done) == list(range(count))
        assert all(done == sorted(done) for _, done in shares), "each process takes its items in order"


def test_every_item_is_worked_on_once_and_this_process_comes_first() -> None:
    run(every_item_once)


def slow_first(items: Iterable[int]) -> int:
    """Work long on the first item, and return how many were done here."""
    done = 0
    for item in items:
        time.sleep(0.5 if item == 0 else 0)
        done += 1
    return done


def one_slow_item() -> None:
    shares = spread(slow_first, range(1000))
    assert sum(shares) == 1000
    assert min(shares) < 20, "the others did its work meanwhile"


def test_one_item_that_costs_much_keeps_no_other_waiting() -> None:
    run(one_slow_item)


def many_portions() -> None:
    count = 2 * 200 * 64 - 1
    assert sum(len(done) for _, done in spread(numbers, range(count))) == count


def test_on_many_cores_all_portions_fit_into_the_queue() -> None:
    """A pipe that is full lets its writer wait, and nobody would read from it yet."""
    assert QUEUED * 2 <= 4096, "the smallest pipe that Linux makes"
    run(many_portions, cores=64)


def fail_in_children(items: Iterable[int]) -> list[int]:
    if os.getpid() != PARENT:
        raise KeyError("what went wrong")
    return list(items)


def error_in_child() -> None:
    with pytest.raises(ChildError) as caught:
        spread(fail_in_children, range(100))
    assert str(caught.value).startswith("a process failed:\nTraceback (most recent call last):")
    assert 'raise KeyError("what went wrong")' in str(caught.value)
    assert str(caught.value).endswith("KeyError: 'what went wrong'\n")


def test_an_error_in_a_child_arrives_with_its_message_and_place() -> None:
    assert run(error_in_child) == ""


def no_space(items: Iterable[int]) -> list[int]:
    if os.getpid() != PARENT:
        raise OSError(28, "No space left on device", "site/index.html")
    return list(items)


def full_disk_in_child() -> None:
    with pytest.raises(OSError, match=r"\[Errno 28\] No space left on device: 'site/index\.html'") as caught:
        spread(no_space, range(100))
    assert (caught.value.errno, caught.value.filename) == (28, "site/index.html")


def test_a_fault_of_the_disk_is_raised_as_in_the_child() -> None:
    assert run(full_disk_in_child) == ""


def findings_in_child() -> None:
    found = [Finding("templates/a.j2", 1, 2, "template", "this is wrong", "mend it")]

    def reject(items: Iterable[int]) -> None:
        if os.getpid() != PARENT:
            raise RejectedError(found)

    with pytest.raises(RejectedError, match=r"^1 finding$") as caught:
        spread(reject, range(100))
    assert caught.value.findings == found


def test_findings_of_a_child_arrive_as_they_are() -> None:
    assert run(findings_in_child) == ""


def package_missing_in_child() -> None:
    def lack(items: Iterable[int]) -> None:
        if os.getpid() != PARENT:
            raise BuildError("citeproc is not installed. Run: make site")

    with pytest.raises(BuildError, match=r"^citeproc is not installed\. Run: make site$"):
        spread(lack, range(100))


def test_a_package_that_a_child_misses_is_told_without_a_traceback() -> None:
    assert run(package_missing_in_child) == ""


def fail_here(items: Iterable[int]) -> bytes:
    """In this process fail; in the others go on for long and then send more than a pipe holds."""
    if os.getpid() == PARENT:
        raise ValueError("here")
    time.sleep(2 * HANGS)
    return bytes(1_000_000)


def error_in_parent() -> None:
    with pytest.raises(ValueError, match=r"^here$"):
        spread(fail_here, range(100))


def test_after_an_error_here_the_children_are_ended_at_once() -> None:
    assert run(error_in_parent) == ""


def error_beside() -> None:
    def wait() -> None:
        spread(slow, range(2))  # the children of this one go on when it is ended, and have nobody to tell then

    def fail() -> None:
        with beside(wait):
            time.sleep(0.2)
            raise KeyError("here")

    with pytest.raises(KeyError, match="here"):
        fail()
    with beside(os.getpid) as child:
        assert child.result() != os.getpid()


def slow(items: Iterable[int]) -> bytes:
    for _ in items:
        time.sleep(0.5)
    return bytes(1_000_000)


def test_after_an_error_beside_a_child_it_is_ended_and_nothing_more_is_said() -> None:
    assert run(error_beside) == ""


def killed(items: Iterable[int]) -> bytes:
    if os.getpid() != PARENT:
        os.kill(os.getpid(), 9)
    return bytes(1_000_000)


def killed_child() -> None:
    with pytest.raises(ChildError, match=r"^a process ended with status -9, so its work is lost; is there enough mem"):
        spread(killed, range(100))


def test_a_child_that_the_system_kills_is_told() -> None:
    assert run(killed_child) == ""


def unsendable(items: Iterable[int]) -> object:
    return (lambda: None) if os.getpid() != PARENT else list(items)


def result_cannot_be_sent() -> None:
    with pytest.raises(ChildError, match=r"^a process ended with status 1"):
        spread(unsendable, range(10))


def test_a_result_that_cannot_be_sent_is_told() -> None:
    assert "unsendable.<locals>.<lambda>" in run(result_cannot_be_sent)


def large_results() -> None:
    shares = spread(large, range(10))
    assert [len(data) for data in shares] == [1_000_000] * 3


def large(items: Iterable[int]) -> bytes:
    list(items)
    return bytes(1_000_000)


def test_a_result_may_be_larger_than_a_pipe() -> None:
    run(large_results)


def no_children() -> None:
    def fail(items: Iterable[int]) -> NoReturn:
        raise KeyError("as it is")

    assert spread(numbers, range(5)) == [(os.getpid(), [0, 1, 2, 3, 4])]
    assert Child(os.getpid).result() == os.getpid()
    Child(os.getpid).abandon()
    with pytest.raises(KeyError, match="as it is"):
        spread(fail, range(5))


def test_with_one_core_there_is_no_other_process() -> None:
    run(no_children, cores=1)


def memory_is_given_back() -> None:
    def held() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    texts = [bytes(1000 + number % 7) for number in range(60_000)]
    kept = texts[::100]  # between what is freed, so that the heap doesn't end there
    del texts
    before = held()
    give_back()
    assert len(kept) == 600
    assert before - held() > 30_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process doesn't tell its threads")
def test_computing_starts_no_threads_beside_the_processes() -> None:
    code = "import gen.vectors, os; print(len(os.listdir('/proc/self/task')))"
    bare = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=bare, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have nothing that gives memory back")
def test_free_memory_is_given_back() -> None:
    run(memory_is_given_back)


@pytest.mark.parametrize("error", [OSError, AttributeError])
def test_where_memory_cannot_be_given_back_it_is_kept(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def lacking(name: object) -> NoReturn:
        raise error(name)

    monkeypatch.setattr(ctypes, "CDLL", lacking)
    give_back()


def test_one_process_a_core_unless_forking_is_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5})
    assert processes() == 3
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert processes() == 1
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.delattr(os, "fork")
    assert processes() == 1


def go_through(gate: Gate, told: int) -> str:
    """Say in a pipe that one waits, and how that ended."""
    os.write(told, b"waits ")
    try:
        gate.wait()
    except BrokenPipeError:
        os.write(told, b"nobody opened")
        raise
    os.write(told, b"went through")
    return "done"


def opened() -> None:
    reader, writer = os.pipe()
    with closing(Gate()) as gate, beside(partial(go_through, gate, writer)) as child:
        assert os.read(reader, 20) == b"waits "
        gate.open()
        assert child.result() == "done"
        assert os.read(reader, 20) == b"went through"
    os.close(reader)
    os.close(writer)


def parent_ends() -> None:
    reader, writer = os.pipe()
    if (between := os.fork()) == 0:
        gate = Gate()
        Child(partial(go_through, gate, writer))
        os._exit(0)
    os.waitpid(between, 0)
    os.close(writer)
    told = b""
    while part := os.read(reader, 100):  # until the child, which has the other end, is gone too
        told += part
    os.close(reader)
    assert told == b"waits nobody opened"


def one_process() -> None:
    reader, writer = os.pipe()
    with closing(Gate()) as gate, beside(partial(go_through, gate, writer)) as child:
        gate.open()
        assert child.result() == "done"
    os.close(reader)
    os.close(writer)


def test_a_child_waits_until_a_gate_is_opened() -> None:
    run(opened)
    run(one_process, cores=1)


def test_nobody_waits_for_a_parent_that_has_ended() -> None:
    assert run(parent_ends) == ""
