"""A server that compresses and lets keep as GitHub Pages does, and counts what it sends."""

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bib"}
"""What GitHub Pages sends with gzip."""


class Counted(ThreadingHTTPServer):
    """A server of some folders, each under its name, that knows how many bytes it sent for each path."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory="/"))
        self.folders = folders
        self.sent: dict[str, int] = {}

    def address(self, name: str) -> str:
        """Return the address of one of the folders."""
        return f"http://127.0.0.1:{self.server_port}/{name}/"


class _Handler(SimpleHTTPRequestHandler):
    server: Counted

    def do_GET(self) -> None:
        """Send a file, compressed if it is of such a kind."""
        name, _, rest = self.path.split("?")[0].lstrip("/").partition("/")
        path = self.server.folders.get(name, Path("/nowhere")) / rest
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.sent[self.path] = len(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folders: Mapping[str, Path]) -> Iterator[Counted]:
    """Serve folders under their names until the end of the block."""
    server = Counted(folders)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
