"""Who is at the page: told by Streamlit's login where that is set up, else by where they sit.

Nothing here believes the session's state, but for the name by which the one user of a ledger
without login wants to sign.
"""

from __future__ import annotations

import time
from typing import Any, Final

import streamlit as st

from store.access import Access, Identity, Role, access_from, configured, local_user
from store.engine import StoreError
from ui import safe, session

_FORWARDED: Final = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


def access() -> Access:
    """The rules of this installation: Streamlit's secrets, else the file that the store reads.

    Raises StoreError where they cannot be read or hold an unknown setting.
    """
    try:
        if st.secrets.load_if_toml_exists():
            return access_from(st.secrets.to_dict())
        return configured()
    except ValueError as error:
        raise StoreError(str(error)) from error


def identity() -> Identity | None:
    """Who is at the page; None for one who has not signed in where that is asked."""
    rules = access()
    if rules.login:
        return _signed_in(rules)
    return local_user(session.signed_name()) if _at_this_machine() else Identity("visitor")


def role() -> Role | None:
    """What this person may do here; None for one who may not even look."""
    return access().role(identity())


def may_edit() -> bool:
    """True for an editor. For drawing only: the store asks again at every write."""
    return role() == "editor"


def _signed_in(rules: Access) -> Identity | None:
    claims: dict[str, Any] = dict(st.user)
    if not claims.get("is_logged_in") or not claims.get("email"):
        return None
    # Streamlit's cookie lasts a month, whatever the provider says; here a login lasts a day's work.
    since = claims.get("iat")
    if not isinstance(since, int | float) or time.time() - since > rules.hours * 3600:
        return None
    email = str(claims["email"])
    name = str(claims.get("name") or email.split("@")[0])
    return Identity(safe.plain(name, 80), email, verified=claims.get("email_verified") is True)


def _at_this_machine() -> bool:
    """False for a visitor from another machine, also one whom a proxy on this machine brings."""
    headers, address = st.context.headers, st.context.ip_address
    return not isinstance(address, str) and not any(name in headers for name in _FORWARDED)


def gate() -> None:
    """Where one has to sign in to look: offer that, and end the page."""
    if role() is not None:
        return
    st.title("Crossing Ledger", anchor=False)
    who = identity()
    if who is None:
        st.markdown("Sign in to look at this ledger.")
        st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
    else:
        st.warning("This address has no access to the ledger. Ask whoever runs it.")
        st.text(who.signature)
        st.button("Sign out", on_click=st.logout, key="sign_out_gate")
    st.stop()


def badge() -> None:
    """In the sidebar: who is at the page and what they may do."""
    rules, who = access(), identity()
    with st.sidebar:
        if rules.login and who is None:
            st.caption("You are looking without having signed in.")
            st.button("Sign in", on_click=st.login, key="sign_in_sidebar")
        elif rules.login and who is not None:
            st.caption(f"{'Editor' if may_edit() else 'Reader'}: {safe.markdown(who.signature)}")
            st.button("Sign out", on_click=st.logout, key="sign_out")
        elif may_edit() and who is not None:
            with st.popover(f"Signing as {safe.markdown(who.name, 30)}", width="stretch"):
                session.seed("signed_name_box", who.name)
                st.text_input(
                    "Your name",
                    key="signed_name_box",
                    max_chars=80,
                    help="What you change in the ledger is signed with it.",
                    on_change=_rename,
                )
        else:
            st.caption("You are looking from another machine: nothing can be changed from here.")


def _rename() -> None:
    session.sign_as(str(session.read("signed_name_box") or ""))


def only_editors(what: str) -> bool:
    """True for an editor; else says that `what` is for editors, and gives False."""
    if may_edit():
        return True
    st.caption(f":material/lock: {what} is for editors.")
    return False
