"""Conditions as people write them in a form or a cell, and back.

``时钟≥30 且 (完成(A3) 或 非 下达(4))``; ``下达(4)满10`` is ten minutes after inject 4; ``状态(水位)≥5.5`` asks the
simulated state. English words (``clock``, ``done``, ``overdue``, ``sent``, ``state``, ``and``, ``or``, ``not``) and
half-width or full-width signs are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from drills.errors import DrillError
from drills.scripts.condition import MOST_DEPTH, Condition, Kind, Sense

MOST_CHARACTERS = 1000
WORDS = {
    "zh": {Kind.ALL: "且", Kind.ANY: "或", Kind.NOT: "非", Kind.CLOCK: "时钟", Kind.DONE: "完成", Kind.OVERDUE: "逾期",
           Kind.SENT: "下达", Kind.STATE: "状态"},
    "en": {Kind.ALL: "and", Kind.ANY: "or", Kind.NOT: "not", Kind.CLOCK: "clock", Kind.DONE: "done",
           Kind.OVERDUE: "overdue", Kind.SENT: "sent", Kind.STATE: "state"},
}  # fmt: skip
_KINDS = {word: kind for words in WORDS.values() for kind, word in words.items()}
_FOR = {"zh": "满", "en": "+"}
_PLAIN = str.maketrans("（）＞＜＝＋，", "()><=+,")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<sense>≥|>=|<|低于)|(?P<sign>[()+])|(?P<for>满)"
    r"|(?P<word>且|或|非|时钟|完成|逾期|下达|状态|[A-Za-z]+)|(?P<stray>\S))"
)


@dataclass(frozen=True, kw_only=True)
class Names:
    """How a script calls what conditions ask about: ids by the number or title people write, of each kind."""

    actions: Mapping[str, str]
    injects: Mapping[str, str]
    states: Mapping[str, str]

    def of(self, kind: Kind) -> Mapping[str, str]:
        """The names that a kind of condition may ask about."""
        return {Kind.SENT: self.injects, Kind.STATE: self.states}.get(kind, self.actions)


def written(condition: Condition | None, names: Names, language: str = "zh") -> str:
    """The words of a condition, "" for none; brackets only where they are needed.

    >>> names = Names(actions={"A1": "a"}, injects={}, states={})
    >>> part = Condition(kind=Kind.NOT, of=(Condition(kind=Kind.DONE, name="a"),))
    >>> written(Condition(kind=Kind.ALL, of=(Condition(kind=Kind.CLOCK, value=30), part)), names)
    '时钟≥30 且 非 完成(A1)'
    """
    return "" if condition is None else _Writer(names=names, language=language).words(condition)


@dataclass(frozen=True, kw_only=True)
class _Writer:
    names: Names
    language: str

    def words(self, one: Condition) -> str:
        word = WORDS[self.language][one.kind]
        match one.kind:
            case Kind.ALL | Kind.ANY:
                return f" {word} ".join(self._part(part, one.kind) for part in one.of)
            case Kind.NOT:
                return f"{word} {self._part(one.of[0], one.kind)}"
            case Kind.CLOCK:
                return f"{word}≥{one.value:.15g}"
            case Kind.SENT:
                after = f"{_FOR[self.language]}{one.value:.15g}" if one.value else ""
                return f"{word}({self._name(one)}){after}"
            case Kind.STATE:
                sign = "≥" if one.sense is Sense.AT_LEAST else "<"
                return f"{word}({self._name(one)}){sign}{one.value:.15g}"
            case Kind.DONE | Kind.OVERDUE:
                return f"{word}({self._name(one)})"

    def _part(self, part: Condition, within: Kind) -> str:
        bare = part.kind not in (Kind.ALL, Kind.ANY) or (part.kind is Kind.ALL and within is Kind.ANY)
        return self.words(part) if bare else f"({self.words(part)})"

    def _name(self, one: Condition) -> str:
        return next((shown for shown, name in self.names.of(one.kind).items() if name == one.name), one.name)


def read(text: str, names: Names) -> Condition | None:
    """The condition a text states, none for an empty one; refused with the place where it cannot be read.

    >>> names = Names(actions={"A1": "a"}, injects={"4": "i"}, states={})
    >>> chinese = read("时钟≥30 且 （完成(A1) 或 非 下达(4)满10）", names)
    >>> chinese == read("clock>=30 and (done(A1) or not sent(4)+10)", names)
    True
    """
    plain = text.translate(_PLAIN).strip()
    if not plain:
        return None
    if len(plain) > MOST_CHARACTERS:
        raise _refusal("condition-too-long", plain[:40], rule=f"at most {MOST_CHARACTERS} characters")
    reader = _Reader(plain, names)
    found = reader.any_of(0)
    reader.end()
    return found


class _Reader:
    """Reads from left to right; or binds less than and, and less than not."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._at = 0

    def any_of(self, depth: int) -> Condition:
        return self._joined(Kind.ANY, lambda: self._joined(Kind.ALL, lambda: self._one(depth)))

    def end(self) -> None:
        """Refuse anything that is left."""
        if self._text[self._at :].strip():
            raise self._unread()

    def _joined(self, kind: Kind, part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self._word() is kind:
            self._take()
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        flat = tuple(inner for each in parts for inner in (each.of if each.kind is kind else (each,)))
        return Condition(kind=kind, of=flat)

    def _one(self, depth: int) -> Condition:
        if depth > MOST_DEPTH:
            raise _refusal("condition-too-deep", self._rest(), rule=f"at most {MOST_DEPTH} deep")
        if self._take_if("sign", "("):
            inner = self.any_of(depth + 1)
            self._expect("sign", ")")
            return inner
        kind = self._word()
        if kind is None or kind in (Kind.ALL, Kind.ANY):
            raise self._unread()
        self._take()
        return Condition(kind=kind, of=(self._one(depth + 1),)) if kind is Kind.NOT else self._leaf(kind)

    def _leaf(self, kind: Kind) -> Condition:
        if kind is Kind.CLOCK:
            if self._sense() is not Sense.AT_LEAST:
                raise self._unread()
            return Condition(kind=kind, value=self._number())
        name = self._named(kind)
        if kind is Kind.SENT and (self._take_if("for", "满") or self._take_if("sign", "+")):
            return Condition(kind=kind, name=name, value=self._number())
        if kind is Kind.STATE:
            sense = self._sense()
            return Condition(kind=kind, name=name, sense=sense, value=self._number())
        return Condition(kind=kind, name=name)

    def _named(self, kind: Kind) -> str:
        self._expect("sign", "(")
        close = self._closing()
        shown = self._text[self._at : close].strip()
        name = next((name for title, name in self._names.of(kind).items() if title.translate(_PLAIN) == shown), None)
        if name is None:
            raise _refusal("condition-name-unknown", self._text, rule=f"must be a known {kind.value}", value=shown)
        self._at = close + 1
        return name

    def _closing(self) -> int:
        """Where the bracket that is open here closes; titles may hold brackets of their own."""
        depth = 0
        for place in range(self._at, len(self._text)):
            depth += {"(": 1, ")": -1}.get(self._text[place], 0)
            if depth < 0:
                return place
        raise self._unread()

    def _sense(self) -> Sense:
        token = self._take()
        if token is None or not token["sense"]:
            raise self._unread()
        return Sense.AT_LEAST if token["sense"] in ("≥", ">=") else Sense.BELOW

    def _number(self) -> float:
        token = self._take()
        if token is None or not token["number"]:
            raise self._unread()
        return float(token["number"])

    def _word(self) -> Kind | None:
        token = _TOKEN.match(self._text, self._at)
        return _KINDS.get(token["word"].lower()) if token and token["word"] else None

    def _take(self) -> re.Match[str] | None:
        token = _TOKEN.match(self._text, self._at)
        self._at = token.end() if token else len(self._text)
        return token

    def _take_if(self, group: str, sign: str) -> bool:
        token = _TOKEN.match(self._text, self._at)
        if token is None or token[group] != sign:
            return False
        self._at = token.end()
        return True

    def _expect(self, group: str, sign: str) -> None:
        if not self._take_if(group, sign):
            raise self._unread()

    def _rest(self) -> str:
        return self._text[self._at :].strip()[:20]

    def _unread(self) -> DrillError:
        return _refusal("condition-unreadable", self._text, rule="must be a condition", value=self._rest())


def names_in(titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Id by title, a title that stands for two ids told apart by a number behind it."""
    seen: dict[str, int] = {}
    for name, title in titles.items():
        seen[title] = seen.get(title, 0) + 1
        yield (title if seen[title] == 1 else f"{title}#{seen[title]}"), name


def _refusal(code: str, text: str, *, rule: str, value: str = "") -> DrillError:
    return DrillError(code, thing=f"condition {text[:60]}", field="condition", rule=rule, value=value, text=text[:60])
