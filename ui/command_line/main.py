"""From the words on the command line to an answer, a sentence, and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from sqlalchemy.exc import DatabaseError

from sim.errors import CodedError
from ui.command_line.answer import show, tell
from ui.command_line.context import Context
from ui.command_line.named import with_ids
from ui.command_line.parser import parser
from ui.errors import UiError
from ui.wording import choose_language
from ui.wording.catalogue import LANGUAGES
from ui.wording.errors import plain_sentence

DONE, REFUSED = 0, 1


def main(words: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused with a sentence on standard error, 2 wrong usage."""
    _speak_utf8()
    choose_language(_language(words))
    arguments = parser().parse_args(words)
    choose_language(arguments.lang)
    try:
        answer = arguments.command(with_ids(Context(arguments)))
    except CodedError as error:
        tell(plain_sentence(error))
        return REFUSED
    except DatabaseError:
        tell(plain_sentence(UiError("database-damaged", thing="database", value=arguments.data)))
        return REFUSED
    except KeyboardInterrupt:
        tell(plain_sentence(UiError("interrupted", thing="command")))
        return REFUSED
    if answer is None:
        return DONE
    with _whoever_reads():
        show(answer, as_json=arguments.json)
    return DONE if answer.is_good else REFUSED


@contextmanager
def _whoever_reads() -> Iterator[None]:
    """The reader of a pipe may stop early (`yuyan … | head`): the rest is not said, and nothing is complained of."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language(words: Sequence[str] | None) -> str:
    """The language of the usage texts, needed before the words are parsed."""
    given = list(sys.argv[1:] if words is None else words)
    said = [word.partition("=")[2] for word in given if word.startswith("--lang=")]
    said += [after for word, after in pairwise(given) if word == "--lang"]
    return next((word for word in said if word in LANGUAGES), os.environ.get("YUYAN_LANG", "zh"))


def _speak_utf8() -> None:
    """Chinese on every terminal, also where the system's own encoding has none."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
