"""Who may do what: readers look, editors write.

Without `[auth]` in the settings the ledger is one person's: whoever sits at this machine edits, and
a visitor from another machine reads. With `[auth]` visitors sign in, and `[roles]` says which
e-mail addresses edit. The store asks here at every write, so that no page can forget to.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from store.engine import ROOT

Role = Literal["reader", "editor"]
_LISTS = ("editors", "readers")
_FLAGS = ("public", "open", "trust_unverified")


class NotAllowed(PermissionError):
    """A write without an editor's identity; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is at work: by an identity provider's word (`email`, `verified`), or at this machine.

    `local` is true for whoever sits at the machine that the store is on.
    """

    name: str
    email: str | None = None
    verified: bool = False
    local: bool = False

    @property
    def signature(self) -> str:
        """What a write is signed with: "Ana Silva <ana@example.org>", or the name alone."""
        return self.name if self.email is None else f"{self.name} <{self.email}>"


def local_user(name: str | None = None) -> Identity:
    """Whoever sits at this machine, by the `name` that they give, else their user name."""
    if name and name.strip():
        return Identity(name.strip()[:120], local=True)
    try:
        return Identity(getpass.getuser(), local=True)
    except (KeyError, OSError, ImportError):  # a user that the system has no name for
        return Identity("local user", local=True)


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one installation.

    `login`: visitors sign in. `editors`, `readers`: their e-mail addresses, `*@example.org` for a
    whole domain, `*` for everyone who signs in. `public`: who has not signed in may look too.
    `open`: without login, visitors from other machines edit too. `trust_unverified`: take an
    address that the provider does not say it has verified. `hours`: how long a login counts.
    """

    login: bool = False
    editors: tuple[str, ...] = ()
    readers: tuple[str, ...] = ("*",)
    public: bool = False
    open: bool = False
    trust_unverified: bool = False
    hours: float = 12.0

    def role(self, who: Identity | None) -> Role | None:
        """What this person is here: an editor, a reader, or None for one who may not even look."""
        if not self.login:
            return "editor" if self.open or (who is not None and who.local) else "reader"
        if who is not None and who.email and (who.verified or self.trust_unverified):
            if _listed(who.email, self.editors):
                return "editor"
            if _listed(who.email, self.readers):
                return "reader"
        return "reader" if self.public else None

    def editor(self, who: Identity | None) -> Identity:
        """The same person, where that is an editor; else raises NotAllowed."""
        if who is not None and self.role(who) == "editor":
            return who
        if who is None:
            raise NotAllowed("nobody has signed this: a write needs an editor's identity")
        raise NotAllowed(f"{who.signature} may look, but not change anything")


def _listed(email: str, patterns: tuple[str, ...]) -> bool:
    plain = email.strip().casefold()
    return any(fnmatchcase(plain, pattern.strip().casefold()) for pattern in patterns)


def access_from(settings: Mapping[str, Any]) -> Access:
    """The rules that settings (Streamlit's secrets as a mapping) state in `[auth]` and `[roles]`.

    Raises ValueError, naming the key, for one that is not known or of another type: a misspelt
    `editors` must not go unseen.
    """
    roles = dict(settings.get("roles") or {})
    values: dict[str, Any] = {"login": "auth" in settings}
    for name in _LISTS:
        if name in roles:
            listed = roles.pop(name)
            if isinstance(listed, str) or not all(isinstance(one, str) for one in listed):
                raise ValueError(f"[roles] {name} must be a list of e-mail addresses")
            values[name] = tuple(listed)
    for name in _FLAGS:
        if name in roles:
            values[name] = roles.pop(name)
            if not isinstance(values[name], bool):
                raise ValueError(f"[roles] {name} must be true or false")
    if "hours" in roles:
        values["hours"] = float(roles.pop("hours"))
    if roles:
        raise ValueError(f"[roles] holds {sorted(roles)}, which is no setting")
    return Access(**values)


def configured() -> Access:
    """The rules in `.streamlit/secrets.toml`, or in the file that LEDGER_SECRETS names.

    Raises ValueError for a file that cannot be read: rules that are there must not be passed over.
    """
    named = os.environ.get("LEDGER_SECRETS")
    path = Path(named) if named else ROOT / ".streamlit" / "secrets.toml"
    if not named and not path.is_file():
        return Access()
    try:
        return access_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"the settings in {path.name} cannot be read: {error}") from error
