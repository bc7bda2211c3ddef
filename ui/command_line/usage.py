"""The parser of the command line: its own messages, its arguments and their values in the reader's language."""

from __future__ import annotations

import argparse
from argparse import Action, ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn

from plans_repo.packs.naming import has_name, name_of
from ui.wording import _, language, speaking
from ui.wording.catalogue import of_library, of_library_n

# argparse looks its sentences up in these two names of its module; it offers no other way to choose a language.
argparse._ = of_library  # type: ignore[attr-defined]
argparse.ngettext = of_library_n  # type: ignore[attr-defined]


class UsageParser(ArgumentParser):
    """A parser whose arguments are called by name: 预案 for PLAN; in English the capitals stay.

    What does not fit is told in one sentence, with the command that prints the whole usage below it.
    """

    def _add_action(self, action: Any) -> Any:  # every argument of the parser and of its groups comes by here
        _name(action)
        return super()._add_action(action)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The arguments; what is left over is told with the help of the command it was given to."""
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            message = argparse._("unrecognized arguments: %s") % " ".join(rest)  # type: ignore[attr-defined]
            self._end(message, getattr(found, "asked_as", self.prog))
        return found

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and end with 2."""
        self._end(message, self.prog)

    def _end(self, message: str, command: str) -> NoReturn:
        told = _("用法有误：{message}。", message=message.rstrip("。."))
        self.exit(2, f"{told}\n{_('用法见：{command}', command=f'{command} --help')}\n")


def _name(made: Action) -> None:
    if made.nargs == 0 or (made.choices and not made.metavar):
        return
    shown = made.metavar or (made.dest.upper() if made.option_strings else None)
    if isinstance(shown, tuple):
        made.metavar = tuple(_called(one) for one in shown)
    elif shown:
        made.metavar = _called(shown)


def _called(metavar: str) -> str:
    """The name of an argument; of ``KIND=FILE`` that of each side, unless the whole has a name."""
    if has_name("argument", metavar):
        return name_of("argument", metavar, language())
    return "=".join(name_of("argument", one, language()) for one in metavar.split("="))


Names = Callable[[str], str]


class Choice:
    """A code given as such or by its name in either language; used as the ``type`` of an argument.

    >>> Choice(("file", "publish"), {"file": "报送备案", "publish": "公布"}.__getitem__)("报送备案")
    'file'

    *also* is a second word for a code, as it stands in tables.
    """

    def __init__(self, codes: Iterable[str], named: Names, also: Mapping[str, str] | None = None) -> None:
        self.codes = tuple(str(code) for code in codes)
        self.named = named
        self.also = also or {}

    def __call__(self, word: str) -> str:
        """The code, or wrong usage with every name there is."""
        found = self.code_of(word)
        if found is None:
            raise ArgumentTypeError(_("没有“{word}”，可选：{known}", word=word, known=self.known()))
        return found

    def code_of(self, word: str) -> str | None:
        """The code that *word* is or names; None where there is none, or several."""
        wanted = word.strip()
        if wanted in self.codes:
            return wanted
        named = [code for code in self.codes if wanted.casefold() in self._names(code)]
        return named[0] if len(named) == 1 else None

    def known(self) -> str:
        """All names for a Chinese reader, all codes for another."""
        return _("、").join(self.named(code) for code in self.codes) if language() == "zh" else ", ".join(self.codes)

    def _names(self, code: str) -> set[str]:
        found = set()
        for spoken in ("zh", "en"):
            with speaking(spoken):
                found.add(self.named(code).casefold())
                if code in self.also:
                    found.add(_(self.also[code]).casefold())
        return found


def of_table(words: Mapping[Any, str], *, also: Mapping[Any, str] | None = None) -> Choice:
    """A choice among the codes of a table of Chinese words of the catalogue; *also* are second words for some."""
    by_code = {str(getattr(code, "value", code)): word for code, word in words.items()}
    return Choice(by_code, lambda code: _(by_code[code]), {str(code): word for code, word in (also or {}).items()})


def of_pack(group: str, codes: Iterable[StrEnum | str], *, also: Mapping[Any, str] | None = None) -> Choice:
    """A choice among codes with a name in the pack of names; *also* are words of the catalogue that mean them, too."""
    more = {str(code): word for code, word in (also or {}).items()}
    return Choice((str(code) for code in codes), lambda code: name_of(group, code, language()), more)


def day(word: str) -> date:
    """A date as an argument, or wrong usage."""
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise ArgumentTypeError(_("须为日期，例如 2026-11-22，收到“{word}”", word=word)) from error


def decimal(word: str) -> float:
    """A number as an argument, or wrong usage; its bounds are the service's matter."""
    try:
        return float(word)
    except ValueError as error:
        raise ArgumentTypeError(_("须为数字，收到“{word}”", word=word)) from error


MOST = 2**63 - 1
"""The largest whole number an argument may be: what 64 bits hold."""


def between(low: int, high: int = MOST) -> Callable[[str], int]:
    """A whole number within bounds as an argument, or wrong usage."""

    def whole(word: str) -> int:
        try:
            number = int(word)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            if high == MOST and number < low:
                raise ArgumentTypeError(_("须为不小于 {low} 的整数，收到“{word}”", low=low, word=word))
            raise ArgumentTypeError(_("须为 {low} 至 {high} 的整数，收到“{word}”", low=low, high=high, word=word))
        return number

    return whole
