"""A report from a web address, fetched when a user asks for it, and from nowhere inside.

The address must be https (or http), its host must resolve to public addresses only, and the
connection goes to the very address that was checked, so that no second look-up can lead elsewhere.
Redirects are followed a few times, each checked like the first.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import certifi
import urllib3

from extraction.formats.piece import Refused

SECONDS = 10.0
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3
_PORTS = {"https": 443, "http": 80}
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
_AGENT = "CrossingLedger (fetched on a reader's request)"


def public_address(host: str, port: int) -> str:
    """An address of the host. Raises Refused where any of its addresses is not public."""
    try:
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"there is no host {host}, or no network") from error
    found = {str(info[4][0]) for info in known}
    for one in found:
        if not ipaddress.ip_address(one.split("%")[0]).is_global:
            raise Refused(f"{host} is inside this network; only public addresses are fetched")
    return min(found)


def fetch(
    url: str, resolve: Callable[[str, int], str] = public_address, seconds: float = SECONDS
) -> tuple[str, bytes]:
    """The file at an address: a name that tells its kind, and its bytes.

    Raises Refused for an address that is not fetched, an answer that is no document, one of more
    than 5 MB or one that takes more than ten seconds.
    """
    until = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        answer = _asked(url, resolve, until)
        try:
            if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
                url = urljoin(url, answer.headers["location"])
                continue
            if answer.status != 200:
                raise Refused(f"the server answered {answer.status} ({answer.reason})")
            return _name(url, answer.headers.get("content-type", "")), _body(answer, until)
        finally:
            answer.close()
    raise Refused(f"it leads on more than {MOST_REDIRECTS} times")


def _asked(url: str, resolve: Callable[[str, int], str], until: float) -> urllib3.BaseHTTPResponse:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Refused("it is no web address") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Refused("it is no web address: it must begin with https://")
    if port != _PORTS[parts.scheme] and resolve is public_address:
        raise Refused(f"port {port} is not fetched")
    if parts.username or parts.password:
        raise Refused("an address with a password in it is not fetched")
    host = parts.hostname
    place = resolve(host, port)
    timeout = urllib3.Timeout(total=max(until - time.monotonic(), 0.1))
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            place, port, timeout=timeout, retries=False, cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(), server_hostname=host, assert_hostname=host,
        )  # fmt: skip
    else:
        pool = urllib3.HTTPConnectionPool(place, port, timeout=timeout, retries=False)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    shown = host if port == _PORTS[parts.scheme] else f"{host}:{port}"
    headers = {"Host": shown, "User-Agent": _AGENT, "Accept-Encoding": "identity"}
    try:
        return pool.urlopen(
            "GET", path, headers=headers, redirect=False, preload_content=False,
        )  # fmt: skip
    except urllib3.exceptions.SSLError as error:
        raise Refused(f"{host} has no valid certificate") from error
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        raise Refused(f"{host} did not answer ({type(error).__name__})") from error


def _body(answer: urllib3.BaseHTTPResponse, until: float) -> bytes:
    out = bytearray()
    try:
        while chunk := answer.read(65_536, decode_content=False):
            out += chunk
            if len(out) > MOST_BYTES:
                raise Refused(f"it has more than {MOST_BYTES // 10**6} MB")
            if time.monotonic() > until:
                raise Refused("it took more than ten seconds")
    except urllib3.exceptions.HTTPError as error:
        raise Refused(f"the answer broke off ({type(error).__name__})") from error
    return bytes(out)


def _name(url: str, kind: str) -> str:
    """A file name out of the address, with the ending that the server's word for it has."""
    parts = urlsplit(url)
    last = PurePosixPath(unquote(parts.path)).name
    ending = _ENDINGS.get(kind.split(";")[0].strip().lower())
    if ending and not last.lower().endswith(ending):
        last = (last or str(parts.hostname)) + ending
    return last or f"{parts.hostname}.html"
