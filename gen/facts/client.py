"""One polite HTTP client for the databases that facts come from.

Every failure ends as a `FetchError` with one plain line. What is slow, cut off, too large or of another type
than asked for is a failure; a busy server (429, 5xx) is asked again, later each time.
"""

import shlex
import time
from collections.abc import Callable
from dataclasses import dataclass

import requests

USER_AGENT = "gloss/1.0 (annotated bibliography; +https://github.com/gloss-bibliography/gloss)"
RETRIED = frozenset({429, 500, 502, 503, 504})


class FetchError(Exception):
    """An answer could not be had; the message is one line for the person who asked."""


class NotFoundError(FetchError):
    """The server answered that it has nothing of this name."""


def another_paper(source: str, asked: str, answered: str, option: str) -> FetchError:
    """Return the error of an answer about another paper than the one asked for.

    Args:
        source: whose answer it is.
        asked: the id asked for.
        answered: the id in the answer, or nothing where it has none.
        option: what `gen new` takes such an id by.
    """
    what = f"{source} was asked for {asked} and answered with {answered or 'a paper without an id'}"
    mend = (
        f"if that is the paper you mean, ask for it by {option} {shlex.quote(answered)}; if not, " if answered else ""
    )
    return FetchError(f"{what}; nothing was written; {mend}check the id, or try again later")


def several_papers(source: str, asked: str, number: int) -> FetchError:
    """Return the error of an answer that holds several papers where one was asked for."""
    what = f"{source} was asked for {asked} and answered with {number} papers"
    return FetchError(f"{what}; nothing was written; check the id, or try again later")


@dataclass(frozen=True, slots=True)
class Client:
    """Fetches small documents over HTTP."""

    timeout: float = 15.0
    """Seconds to wait for a connection, and for the next bytes."""
    deadline: float = 60.0
    """Seconds that one answer may take in all."""
    tries: int = 4
    max_bytes: int = 5_000_000
    pause: float = 1.0
    """Seconds before the second try; doubled for each further one."""
    max_pause: float = 30.0
    """The longest wait that a server can ask for with `Retry-After`."""
    sleep: Callable[[float], None] = time.sleep

    def get(self, url: str, accept: tuple[str, ...], absent: str) -> bytes:
        """Return the body found at `url`.

        Args:
            url: http or https address.
            accept: media types that the answer may have.
            absent: what to say where the server has no such thing.

        Raises:
            NotFoundError: the server has no such thing (404, 400 or 410).
            FetchError: the network or the server failed, each time it was tried.
        """
        host = url.partition("//")[2].partition("/")[0] or url
        failure = ""
        for attempt in range(self.tries):
            try:
                with requests.get(
                    url,
                    headers={"User-Agent": USER_AGENT, "Accept": ", ".join(accept)},
                    timeout=self.timeout,
                    stream=True,
                ) as answer:
                    if answer.status_code not in RETRIED:
                        if answer.status_code in (400, 404, 410):
                            raise NotFoundError(absent)
                        return self._body(answer, host, accept)
                    failure = f"{host} answered {answer.status_code} ({answer.reason})"
                    wait = self._wait(attempt, answer.headers.get("Retry-After", ""))
            except requests.Timeout:
                failure, wait = f"{host} did not answer within {self.timeout:g} seconds", self._wait(attempt)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                failure, wait = f"the connection to {host} failed", self._wait(attempt)
            except requests.RequestException as error:
                raise FetchError(f"{host} could not be asked ({type(error).__name__})") from error
            if attempt + 1 < self.tries:
                self.sleep(wait)
        raise FetchError(f"{failure}; tried {self.tries} times, try again later")

    def _wait(self, attempt: int, asked: str = "") -> float:
        """Return how long to wait: what the server asks for, within bounds, else twice as long each time."""
        usual = self.pause * 2.0**attempt
        return min(max(float(asked), usual) if asked.isdecimal() else usual, self.max_pause)

    def _body(self, answer: requests.Response, host: str, accept: tuple[str, ...]) -> bytes:
        if answer.status_code != 200:
            raise FetchError(f"{host} answered {answer.status_code} ({answer.reason})")
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in accept:
            raise FetchError(f"{host} answered with {kind or 'no type'} instead of {accept[0]}")
        started = time.monotonic()
        body = bytearray()
        for chunk in answer.iter_content(65_536):
            body += chunk
            if len(body) > self.max_bytes:
                raise FetchError(f"the answer of {host} is larger than {self.max_bytes:,} bytes")
            if time.monotonic() - started > self.deadline:
                raise FetchError(f"the answer of {host} took longer than {self.deadline:g} seconds")
        return bytes(body)
