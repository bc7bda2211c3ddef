"""TOML that people write: the table of a file, or where it stops being one."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from plans_repo.errors import PlansRepoError

_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_DEEP = 200
"""Brackets within brackets; what people write has three or four."""


def table_of(data: bytes, code: str, thing: str) -> dict[str, Any]:
    """The table of a TOML file; the refusal *code* with line and column where it is none, or not UTF-8.

    A byte order mark, which some editors of Windows put in front, is passed over.

    >>> table_of(b"a = 1", "scenario-file-unreadable", "file")
    {'a': 1}
    >>> table_of(b"a = 1\\nb = ", "scenario-file-unreadable", "file")
    Traceback (most recent call last):
    ...
    plans_repo.errors.PlansRepoError: file: must be TOML in UTF-8 (line=2, column=5) [scenario-file-unreadable]
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
    except tomllib.TOMLDecodeError as error:
        place = _place(str(error), data)
    except RecursionError:
        place = _too_deep(data.decode("utf-8-sig"))
    rule = "must be TOML in UTF-8"
    raise PlansRepoError(code, thing=thing, rule=rule, line=place[0], column=place[1])


def _place(told: str, data: bytes) -> tuple[int, int]:
    found = _AT.search(told)
    if found:
        return int(found[1]), int(found[2])
    lines = data.decode("utf-8-sig").split("\n")
    return len(lines), len(lines[-1]) + 1


def _too_deep(text: str) -> tuple[int, int]:
    """Where the brackets are nested deeper than anybody writes; the beginning where they are not."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "[{") - (sign in "]}")
        if depth > _DEEP:
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return 1, 1
