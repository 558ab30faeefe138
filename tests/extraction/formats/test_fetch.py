"""A web address is fetched from public hosts only, within its limits; errors say why."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from extraction.formats import fetch as fetching
from extraction.formats.fetch import fetch, public_address
from extraction.formats.piece import Refused
from tests.extraction.formats import made


class Site(BaseHTTPRequestHandler):
    """A page, a redirect inside, one for ever, a page without end, one that is not there."""

    def do_GET(self) -> None:
        if self.path == "/page":
            self._send(200, {"Content-Type": "text/html; charset=utf-8"}, made.html())
        elif self.path == "/moved":
            self._send(302, {"Location": "/page"})
        elif self.path == "/inside":
            self._send(302, {"Location": "http://169.254.169.254/latest"})
        elif self.path == "/round":
            self._send(302, {"Location": "/round"})
        elif self.path == "/large":
            self._send(200, {"Content-Type": "text/plain"}, b"x" * 200_000)
        else:
            self._send(404, {})

    def _send(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://report.test:{server.server_address[1]}"
    server.shutdown()


def resolve(host: str, port: int) -> str:
    """The test's own site, and the real check for every other host."""
    return "127.0.0.1" if host == "report.test" else public_address(host, port)


def test_a_page_is_fetched_under_a_name_that_tells_its_kind(site: str) -> None:
    assert fetch(f"{site}/page", resolve) == ("page.html", made.html())
    assert fetch(f"{site}/moved", resolve) == ("page.html", made.html())


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/none", "answered 404"),
        ("/round", "leads on more than 3 times"),
        ("/inside", "169.254.169.254 is inside this network"),
        ("/large", "more than 0 MB"),
    ],
)
def test_what_is_not_fetched_says_why(
    site: str, monkeypatch: pytest.MonkeyPatch, path: str, cause: str
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 100_000)
    with pytest.raises(Refused, match=cause):
        fetch(site + path, resolve)


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("file:///etc/passwd", "must begin with https"),
        ("ftp://example.org/a", "must begin with https"),
        ("rafah", "must begin with https"),
        ("http://127.0.0.1/", "inside this network"),
        ("http://10.1.2.3/", "inside this network"),
        ("http://192.168.0.1/", "inside this network"),
        ("http://[::1]/", "inside this network"),
        ("http://169.254.169.254/latest/meta-data", "inside this network"),
        ("http://0.0.0.0/", "inside this network"),
        ("http://[::ffff:127.0.0.1]/", "inside this network"),
        ("http://user:word@8.8.8.8/", "password in it"),
        ("http://8.8.8.8:8080/", "port 8080 is not fetched"),
        ("http://[half/", "no web address"),
    ],
)
def test_an_address_inside_or_of_another_kind_is_refused_before_any_connection(
    monkeypatch: pytest.MonkeyPatch, url: str, cause: str
) -> None:
    def connect(*_: object) -> None:
        pytest.fail("it connected")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Refused, match=cause):
        fetch(url)


def test_a_host_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (place, 443)) for place in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Refused, match="inside this network"):
        public_address("both.example", 443)
