"""Sentences of results: rules and findings in the reader's language, figures with their units."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from plans_repo.checks.pack import common_todos, common_words
from plans_repo.checks.result import Part, Where, WhereKind
from plans_repo.checks.rule import Rule, Words
from plans_repo.course.stages import Move, PaperKind
from plans_repo.packs.naming import name_of
from plans_repo.store.tables.plans import PlanKind
from sim.figure import Figure

UNITS = {
    "working_day": ("个工作日", "working day"), "day": ("天", "day"), "month": ("个月", "month"),
    "year": ("年", "year"), "min": ("分钟", "minute"), "mm": ("毫米", "mm"), "pt": ("磅", "pt"),
    "line": ("行", "line"), "character": ("字", "character"), "item": ("项", "item"), "expert": ("名专家", "expert"),
}  # fmt: skip
UNCOUNTED = frozenset({"mm", "pt"})
SHARES = {67: ("三分之二", "two thirds"), 50: ("半数", "half")}


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Speaks one language; *names* says what a code is called."""

    language: str = "zh"
    names: Callable[[object], str] = str

    def words(self, words: Words, **fields: object) -> str:
        """A sentence with its blanks filled."""
        return words.said(self.language, {name: self.shown(value) for name, value in fields.items()})

    def expected(self, rule: Rule) -> str:
        """What a rule asks, with its figures."""
        return self.words(rule.expected, **{name: self.figure(figure) for name, figure in rule.parameters.items()})

    def found(self, rule: Rule, part: Part) -> str:
        """What a rule found."""
        sentence = rule.found.get(part.reason) or common_words()[part.reason]
        return self.words(sentence, **part.fields)

    def todo(self, rule: Rule, part: Part) -> str:
        """What to do about a finding."""
        return self.words(rule.todos.get(part.reason) or common_todos().get(part.reason) or rule.todo, **part.fields)

    def named(self, where: Where) -> Where:
        """A place whose label is a code, by its name."""
        if where.kind is WhereKind.PAPER and where.label in list(PaperKind):
            return replace(where, label=self.names(PaperKind(where.label)))
        return replace(where, label=self.names(Move(where.id))) if where.kind is WhereKind.STEP else where

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences one behind the other, each once; Chinese ones stand close."""
        return ("" if self.language == "zh" else " ").join(dict.fromkeys(sentences))

    def figure(self, figure: Figure) -> str:
        """A figure with its unit.

        >>> from sim.figure import Mark
        >>> three = Figure(value=3, unit="year", source="s", mark=Mark.READ)
        >>> Speaker().figure(three), Speaker(language="en").figure(three)
        ('3年', '3 years')
        """
        if figure.unit == "share":
            return SHARES[round(figure.value * 100)][self.language == "en"]
        zh, en = UNITS[figure.unit]
        if self.language == "zh":
            return f"{figure.value:g}{zh}"
        return f"{figure.value:g} {en}{'s' if figure.value != 1 and figure.unit not in UNCOUNTED else ''}"

    def shown(self, value: object) -> str:
        """A value as it stands in a sentence."""
        if isinstance(value, list | tuple):
            return ("、" if self.language == "zh" else ", ").join(map(self.shown, value))
        if isinstance(value, Words):
            return value.said(self.language, {})
        return self._code(value) if isinstance(value, Enum) else _plain(value)

    def _code(self, value: Enum) -> str:
        if isinstance(value, PlanKind):
            return name_of("plan_kind", value.value, self.language)
        return self.names(value)


def _plain(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.rstrip("。")  # the sentence it is put into has its own full stop
    return f"{value:g}" if isinstance(value, float) else str(value)
