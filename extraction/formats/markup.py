"""Web pages and saved web pages, by trafilatura: the article without menus and notices."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

from extraction.formats.encodings import decode
from extraction.formats.piece import Found, Refused
from extraction.formats.values import day_in

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_html(content: bytes, url: str | None = None, charset: str | None = None) -> Found:
    """A web page's article with its title, author, site, date and language as its markup has them.

    A date that stands only in the text is a guess. Raises Refused where no article is found.
    """
    declared = charset
    if declared is None and (found := _CHARSET.search(content[:4096])):
        declared = found[1].decode("ascii")
    return article(decode(content, declared), url)


def article(source: str, url: str | None = None) -> Found:
    """The article in the HTML `source`. Raises Refused where there is none."""
    from trafilatura import bare_extraction, html2txt

    source = _DECLARATION.sub("", source).replace("\x00", "")
    # Only what the markup states: a day out of the text may be any day that the story tells of.
    stated = {"extensive_search": False, "original_date": True, "url": url}
    document = bare_extraction(
        source,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params=stated,
    )
    text = getattr(document, "text", None) or ""
    if not text.strip():
        text = html2txt(source)
    if not text.strip():
        raise Refused("it is a web page without an article")
    published = day_in(getattr(document, "date", None))
    guess = None if published else _guess(source)
    language = _LANGUAGE.search(source[:20_000])
    return Found(
        text,
        title=getattr(document, "title", None),
        published=published,
        publisher=getattr(document, "sitename", None),
        author=getattr(document, "author", None),
        url=getattr(document, "url", None) or url,
        language=language[1].lower() if language else None,
        guess=guess,
        guess_from="a date in the page" if guess else None,
    )


def _guess(source: str) -> date | None:
    """The day that the page's text tells of, by htmldate."""
    from htmldate import find_date

    try:
        return day_in(find_date(source, extensive_search=True, original_date=True))
    except (ValueError, TypeError, AttributeError):
        return None  # htmldate refuses markup that trafilatura could read


def read_mhtml(content: bytes) -> Found:
    """A web page saved with its pictures; the day it was saved is a guess at its publication."""
    message = message_from_bytes(content, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise Refused("there is no web page in it")
    url = message.get("Snapshot-Content-Location") or page.get("Content-Location")
    payload = page.get_payload(decode=True)
    found = read_html(
        payload if isinstance(payload, bytes) else b"",
        str(url) if url and str(url).startswith("http") else None,
        page.get_content_charset(),
    )
    if found.published or found.guess:
        return found
    return _with_guess(found, _saved(message))


def _saved(message: EmailMessage) -> date | None:
    header = message["Date"]
    stamp = getattr(header, "datetime", None)
    return stamp.date() if stamp else None


def _with_guess(found: Found, saved: date | None) -> Found:
    return replace(found, guess=saved, guess_from="the day the page was saved") if saved else found
