"""An OpenID Connect provider of this machine that signs in whoever it is told to, unasked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "crossing-ledger"


class Provider(ThreadingHTTPServer):
    """Signs in `person`, a mapping of claims, by the authorisation code flow."""

    person: dict[str, Any]
    nonce: str | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def token(self) -> str:
        """An identity token for the person, as the provider's key signs it."""
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600}
        claims |= {"sub": self.person["email"], "nonce": self.nonce} | self.person
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/authorize":
            self.server.nonce = asked.get("nonce")
            back = urlencode({"code": "a-code", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif url.path == "/keys":
            self._give({"keys": [self.server.key.as_dict(private=False)]})
        else:
            base = self.server.address
            self._give(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "jwks_uri": f"{base}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token = {"access_token": "x", "token_type": "Bearer", "expires_in": 600}
        self._give(token | {"id_token": self.server.token()})

    def _give(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers while the block runs."""
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
