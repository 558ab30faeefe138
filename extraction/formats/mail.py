"""E-mails: the body, what the headers state, and the documents attached."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from extraction.formats.encodings import decode
from extraction.formats.markup import article
from extraction.formats.piece import Found, Refused

_SIGNATURE = re.compile(r"(?m)^-- ?$[\s\S]*\Z")


def read_mail(content: bytes, inner: Callable[[str, bytes], list[Found]]) -> list[Found]:
    """The body as a report, dated by its header, and the reports attached to it.

    `inner` reads an attachment by name and content; pictures are left out. Raises Refused where
    there is neither a body nor an attachment.
    """
    message = message_from_bytes(content, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise Refused("it is no e-mail")
    out = []
    if body := _body(message):
        header = message["Date"]
        stamp = getattr(header, "datetime", None)
        sender, address = parseaddr(str(message.get("From", "")))
        out.append(
            replace(
                body,
                title=str(message["Subject"]).strip() if message["Subject"] else body.title,
                author=sender or address or None,
                published=stamp.date() if stamp else body.published,
            )
        )
    for part in message.iter_attachments():
        kind = part.get_content_maintype()
        if kind in ("image", "audio", "video"):
            continue
        name = part.get_filename() or "attachment"
        payload = part.get_payload(decode=True)
        try:
            found = inner(name, payload if isinstance(payload, bytes) else b"")
        except Refused as refusal:
            found = [Found("", refusal=str(refusal))]
        out += [replace(one, part=f"{name}, {one.part}" if one.part else name) for one in found]
    if not out:
        raise Refused("it is an e-mail without text")
    return out


def _body(message: EmailMessage) -> Found | None:
    part = message.get_body(("plain", "html"))
    if part is None:
        return None
    payload = part.get_payload(decode=True)
    text = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    if not text.strip():
        return None
    if part.get_content_type() == "text/html":
        return article(text)
    return Found(_SIGNATURE.sub("", text).strip(), hard_lines=False)
