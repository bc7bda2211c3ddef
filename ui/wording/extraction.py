"""Finds every sentence the roof says, so that none lacks its English.

`python -m ui.wording.extraction` prints the missing entries in `.po` form, ready to
be filled in and put into a file under `ui/wording/en/`.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ui.wording.catalogue import ENGLISH_FILES, entries

ROOF = Path(__file__).parents[1]
SPEAKING = {"_": 1, "later": 1, "n_": 2}  # function -> number of English forms


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence with the place that says it; *forms* is 2 when English has a plural."""

    message: str
    forms: int
    file: str
    line: int


def said(root: Path = ROOF) -> list[Said]:
    """Every literal sentence under *root*, in the order of files and lines."""
    return [found for path in sorted(root.rglob("*.py")) for found in _said_in(path, root)]


def missing() -> list[Said]:
    """The sentences that have no English yet, each once."""
    known = {_key(entry.id) for path in ENGLISH_FILES.glob("*.po") for entry in entries(path)}
    unseen = {item.message: item for item in said() if (item.message, item.forms) not in known}
    return list(unseen.values())


def placeholders(text: str) -> set[str]:
    """The names of the `{fields}` in a sentence.

    >>> sorted(placeholders("{count} 个{thing}"))
    ['count', 'thing']
    """
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def skeleton(item: Said) -> str:
    """An empty `.po` entry for a sentence."""
    quoted = '"' + item.message.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if item.forms == 1:
        return f'#: {item.file}:{item.line}\nmsgid {quoted}\nmsgstr ""\n'
    return f'#: {item.file}:{item.line}\nmsgid {quoted}\nmsgid_plural {quoted}\nmsgstr[0] ""\nmsgstr[1] ""\n'


def _said_in(path: Path, root: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        forms = _forms(call)
        if forms and isinstance(call, ast.Call):
            yield from _literals(call.args[0], forms, path.relative_to(root.parent).as_posix())


def _literals(argument: ast.expr, forms: int, file: str) -> Iterator[Said]:
    """The sentence itself, or both branches of `a if b else c`."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield Said(message=argument.value, forms=forms, file=file, line=argument.lineno)
    elif isinstance(argument, ast.IfExp):
        yield from _literals(argument.body, forms, file)
        yield from _literals(argument.orelse, forms, file)


def _forms(node: ast.AST) -> int:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        return SPEAKING.get(node.func.id, 0)
    return 0


def _key(message: object) -> tuple[str, int]:
    return (message[0], 2) if isinstance(message, tuple) else (str(message), 1)


if __name__ == "__main__":
    sys.stdout.write("\n".join(skeleton(item) for item in missing()))
