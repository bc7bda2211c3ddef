"""The catalogue: Chinese sentences are the keys, `en/*.po` holds their English.

The `.po` files are read once and compiled in memory, so nothing is built on the
machine that runs the application. The language of the running request is a
context variable; a thread that never chose one speaks Chinese.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")
ENGLISH_FILES = Path(__file__).parent / "en"
LIBRARIES_FILE = Path(__file__).parent / "zh" / "argparse.po"
"""Sentences a library says in English, with their Chinese."""

_language: ContextVar[str] = ContextVar("yuyan_language", default="zh")


def _(message: str, /, **fields: object) -> str:
    """The sentence in the reader's language, its `{fields}` filled in."""
    text = message if language() == "zh" or not message else english().gettext(message)
    return text.format(**fields) if fields else text


def n_(message: str, count: int, /, **fields: object) -> str:
    """The sentence for a *count* (also its field `{count}`); only English has a plural.

    >>> n_("已确认 {count} 项目标", 1)
    '已确认 1 项目标'
    >>> with speaking("en"):
    ...     n_("已确认 {count} 项目标", 1), n_("已确认 {count} 项目标", 2)
    ('1 target confirmed', '2 targets confirmed')
    """
    text = message if language() == "zh" else english().ngettext(message, message, count)
    return text.format(count=count, **fields)


def later(message: str, /) -> str:
    """The Chinese sentence unchanged, for tables: marks it for the catalogue, `_(…)` speaks it when shown."""
    return message


def language() -> str:
    """The language being spoken: `zh` or `en`."""
    return _language.get()


def choose_language(wanted: str) -> str:
    """Speak *wanted* from here on in this thread or task; answers the language chosen."""
    chosen = wanted if wanted in LANGUAGES else "zh"
    _language.set(chosen)
    return chosen


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak *wanted* inside the block."""
    token = _language.set(wanted if wanted in LANGUAGES else "zh")
    try:
        yield
    finally:
        _language.reset(token)


def of_library(message: str) -> str:
    """What a library says in English, in the reader's language; as it is where we have no words for it.

    >>> of_library("usage: "), of_library("another sentence")
    ('用法：', 'another sentence')
    """
    return message if language() == "en" else chinese().gettext(message)


def of_library_n(singular: str, plural: str, count: int) -> str:
    """The same for what a library says of a *count*."""
    if language() == "en":
        return singular if count == 1 else plural
    return chinese().ngettext(singular, plural, count)


@cache
def english() -> gettext.NullTranslations:
    """The English translations of every file under `en/`."""
    return _compiled(english_catalogue())


@cache
def chinese() -> gettext.NullTranslations:
    """The Chinese of what libraries say in English."""
    with LIBRARIES_FILE.open("rb") as file:
        return _compiled(read_po(file, locale="zh"))


def _compiled(catalogue: Catalog) -> gettext.NullTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def english_catalogue() -> Catalog:
    """All English entries in one catalogue; the files are merged in order of their names."""
    whole = Catalog(locale="en", fuzzy=False)
    for path in sorted(ENGLISH_FILES.glob("*.po")):
        for entry in entries(path):
            whole.add(entry.id, entry.string, flags=entry.flags)
    return whole


def entries(path: Path) -> list:
    """The translated sentences of one `.po` file, without its header."""
    with path.open("rb") as file:
        return [entry for entry in read_po(file, locale="en") if entry.id]
