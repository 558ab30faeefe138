"""The proxies of docs/running.md, started on this machine from the very lines of the guide."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.browser.conftest import ROOT
from tests.conftest import port_to_use

KINDS = ("nginx", "caddy")
_START = 30  # seconds that a proxy may take until it listens
_GUIDE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
_NGINX = """
{user}
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
{lines}
}}
"""
# Its certificate is its own authority's, and it changes nothing outside of the folder.
_CADDY = """
{{
    admin off
    skip_install_trust
    auto_https disable_redirects
    storage file_system {folder}/caddy
}}
{lines}
"""


@dataclass
class Proxy:
    """A proxy that runs, and the address of the dashboard behind it."""

    process: subprocess.Popen[bytes]
    address: str


def program(kind: str) -> str:
    """Where the proxy's program is; without it the test is skipped, for Caddy with CI=true fails.

    Caddy comes with requirements-dev.txt, nginx is looked for on the machine.
    """
    beside = str(Path(sys.executable).parent)
    places = [beside, os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]
    if found := shutil.which(kind, path=os.pathsep.join(places)):
        return found
    if kind == "caddy" and os.environ.get("CI") == "true":
        pytest.fail("no caddy: install requirements-dev.txt")
    pytest.skip(f"no {kind} on this machine: its lines in docs/running.md are NOT tried")


def start(kind: str, folder: Path, behind: Sequence[int]) -> Proxy:
    """Start the guide's proxy before the dashboards at these ports of this machine.

    Of the guide's lines only the addresses and the certificate are changed. With one port they
    are those of one server, with several those of several.
    """
    told, port = program(kind), port_to_use()
    text = (_as_nginx if kind == "nginx" else _as_caddy)(folder, port, behind)
    configuration = folder / f"{kind}.conf"
    configuration.write_text(text)
    if kind == "nginx":
        command = [told, "-c", str(configuration), "-g", "daemon off;"]
    else:
        command = [told, "run", "--adapter", "caddyfile", "--config", str(configuration)]
    log = folder / f"{kind}.log"
    environment = os.environ | {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    until = time.monotonic() + _START
    while not _listens(port):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            pytest.fail(f"{kind} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.05)
    return Proxy(process, f"https://127.0.0.1:{port}/ledger/")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _block(kind: str, having: str) -> str:
    blocks: list[str] = re.findall(rf"```{kind}\n(.*?)```", _GUIDE, re.DOTALL)
    (found,) = [block for block in blocks if having in block]
    return found


def _replaced(text: str, changes: dict[str, str]) -> str:
    for told, here in changes.items():
        assert told in text, f"docs/running.md no longer says {told}"
        text = text.replace(told, here)
    return text


def _servers(behind: Sequence[int]) -> dict[str, str]:
    if len(behind) == 1:
        return {"127.0.0.1:8501": f"127.0.0.1:{behind[0]}"}
    return {f"10.0.0.{11 + n}:8501": f"127.0.0.1:{port}" for n, port in enumerate(behind)}


def _as_nginx(folder: Path, port: int, behind: Sequence[int]) -> str:
    certificate = _certificate(folder)
    changes = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "server_name news.example.org;": "server_name 127.0.0.1;",
        "/etc/ssl/certs/news.example.org.pem": str(certificate),
        "/etc/ssl/private/news.example.org.key": str(certificate),
    }
    lines = _block("nginx", "location /")
    if len(behind) > 1:
        one, several = "proxy_pass http://127.0.0.1:8501;", _block("nginx", "add_header Set-Cookie")
        lines = _replaced(lines, {one: several}) + _block("nginx", "upstream ledger")
    lines = _replaced(lines, changes | _servers(behind))
    # Else its workers run as nobody, who may not enter a test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    return _NGINX.format(user=user, folder=folder, lines=lines)


def _as_caddy(folder: Path, port: int, behind: Sequence[int]) -> str:
    lines = _block("caddy", "news.example.org")
    if len(behind) > 1:
        (one,) = re.findall(r"(?s)reverse_proxy .*?}\n", lines)
        lines = _replaced(lines, {one: _block("caddy", "lb_policy")})
    here = f"https://127.0.0.1:{port} {{\n    bind 127.0.0.1\n    tls internal\n"
    lines = _replaced(lines, _servers(behind) | {"news.example.org {\n": here})
    return _CADDY.format(folder=folder, lines=lines)


def _certificate(folder: Path) -> Path:
    """A file with a key and the certificate of this machine that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
