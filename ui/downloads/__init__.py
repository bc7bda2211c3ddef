"""Files people download. A module in this package registers a builder for a kind; the address is `/download/KIND/ID`.

    @download("study-report")
    def study_report(work: Work, id_: str, query: Mapping[str, str]) -> File:
        '''The builder asks the service, and the service decides whether this person may.'''

The builder runs in a reading transaction in the name of the person who asks, in the language of the request.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from plans_repo.errors import NotFound
from plans_repo.store.work import Work

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class File:
    """A file to hand over: its name as people read it, its type and its bytes."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


Builder = Callable[[Work, str, Mapping[str, str]], File]


def download(kind: str) -> Callable[[Builder], Builder]:
    """Register a builder for `/download/KIND/…`."""

    def registered(build: Builder) -> Builder:
        _builders[kind] = build
        return build

    return registered


def builder(kind: str) -> Builder:
    """The builder of a kind; an unknown kind is answered like an unknown file."""
    load()
    if kind not in _builders:
        raise NotFound("download-unknown", thing="download", field="kind", value=kind)
    return _builders[kind]


def address(kind: str, id_: str, **query: str) -> str:
    """The address of a download, for a link on a page.

    >>> address("study-report", "7", lang="en")
    '/download/study-report/7?lang=en'
    """
    return f"/download/{quote(kind, safe='')}/{quote(id_, safe='')}" + (f"?{urlencode(query)}" if query else "")


def load() -> None:
    """Import every module of this package, so that all builders are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


_builders: dict[str, Builder] = {}
