"""The papers made from a script: the script itself, a card for each inject, the evaluation scheme with its record.

They are for control staff or evaluators and say so on every page. What is read out to players carries the drill
marker before everything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from drills.drill import Drill
from drills.scripts.keeping import KeptScript
from drills.scripts.script import ExpectedAction, Inject, Script, Standing
from drills.scripts.words import NONE, band_words, limit_words, met_words, release_words
from plans_repo.packs.naming import name_of
from plans_repo.word import numbers
from plans_repo.word.paper import TYPESETTINGS, Paper
from plans_repo.word.running_head import mark_pages
from plans_repo.word.tables import Cell, Table
from plans_repo.word.wording import Wording

MOST_ON_CARD = 12
SHORT_STRETCH = 3
ROW_MM = 9.0
"""Room to write in by hand."""


class PaperKind(StrEnum):
    """A paper that is made from a script."""

    SCRIPT = "script"  # 导调脚本
    CARDS = "cards"  # 导调单
    SCHEME = "scheme"  # 评估方案


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the papers tell: the drill and its script, names of units, plan and event, and how clauses are cited."""

    drill: Drill
    kept: KeptScript
    units: tuple[str, ...] = ()
    plan: str = ""
    event: str = ""
    cited: Mapping[str, str] = field(default_factory=dict)


def script_paper(facts: Facts, kind: PaperKind, *, made_at: datetime, language: str = "zh") -> bytes:
    """The paper in Word; equal facts give equal bytes.

    Cards are made for approved injects alone, and say which are left out.
    """
    writer = _Writer(facts, Wording(language))
    name = writer.say(kind.value)
    mark = "for_evaluators" if kind is PaperKind.SCHEME else "inside"
    mark_pages(writer.paper.document, writer.say(mark), red=True)
    writer.paper.title(writer.drill_title, name)
    writer.paper.blank()
    {PaperKind.SCRIPT: writer.script, PaperKind.CARDS: writer.cards, PaperKind.SCHEME: writer.scheme}[kind]()
    return writer.paper.saved(title=f"{writer.drill_title} {name}", author="", made_at=made_at)


class _Writer:
    """Puts a script on paper in one language."""

    def __init__(self, facts: Facts, words: Wording) -> None:
        self.facts = facts
        self.words = words
        self.paper = Paper(TYPESETTINGS[words.language])

    @property
    def of(self) -> Script:
        return self.facts.kept.script

    @property
    def drill_title(self) -> str:
        return self._told(self.facts.drill.title, self.facts.drill.title_en)

    def say(self, key: str, **parts: object) -> str:
        return self.words.say(f"drill.{key}", **parts)

    # -- the papers ------------------------------------------------------------------

    def script(self) -> None:
        """Basics, objectives, injects and expected actions."""
        self._basics()
        self.paper.heading(1, self.say("objectives"))
        self._objectives()
        self.paper.heading(1, self.say("injects"))
        self._injects()
        self.paper.heading(1, self.say("actions"))
        self._actions()

    def cards(self) -> None:
        """One card for each approved inject, to be read out, timed and signed."""
        left_out = [one.number for one in self.of.in_order if one.standing is not Standing.APPROVED]
        if left_out:
            numbered = self.say("several").join(left_out)
            self.paper.text(self.say("approved_only", count=len(left_out), numbers=numbered))
        approved = [one for one in self.of.in_order if one.standing is Standing.APPROVED]
        for place, inject in enumerate(approved):
            name = self.say("card", number=inject.number, title=self._title(inject))
            self.paper.heading(2, name, new_page=place > 0)
            self.paper.table(self._card(inject))

    def scheme(self) -> None:
        """Basics, objectives, how to evaluate, and the record to be filled in by hand."""
        self._basics()
        self.paper.heading(1, self.say("objectives"))
        self._objectives()
        self.paper.heading(1, self.say("method"))
        self.paper.text(self.say("method_text"))
        self.paper.text(self.say("ratings_text"))
        self.paper.heading(1, self.say("points"))
        self._record()
        self.paper.text(self.say("evaluator"))

    # -- their parts -----------------------------------------------------------------

    def _basics(self) -> None:
        drill, kept = self.facts.drill, self.facts.kept
        self.paper.heading(1, self.say("basics"))
        rows = [
            ("title", self.drill_title),
            ("day", self._day()),
            ("place", drill.place or NONE),
            ("units", self.say("several").join(self.facts.units) or NONE),
            ("plan", self.facts.plan or self.say("no_plan")),
            ("event", self.facts.event or NONE),
            ("level", self.of.level or NONE),
            ("length", numbers.limit(self.words, self.of.duration_min)),
        ]
        self.paper.table(Table(rows=tuple((self.say(key), value) for key, value in rows), widths=(1, 4)))
        at = numbers.instant(self.words, kept.saved_at)
        made = self.say("made_from", revision=kept.revision, hash=kept.hash[:12], who=kept.saved_by, at=at)
        self.paper.note(made)

    def _day(self) -> str:
        drill = self.facts.drill
        if drill.on is None:
            return self.say("day_open")
        day = numbers.calendar_day(self.words, drill.on)
        return f"{day} {drill.at:%H:%M}" if drill.at else day

    def _objectives(self) -> None:
        rows = tuple(
            (one.who or NONE, one.condition or NONE, one.task or NONE, one.standard or NONE, one.effect or NONE)
            for one in self.of.objectives
        )
        heads = tuple(self.say(key) for key in ("who", "condition", "does", "standard", "effect"))
        self._table("objectives_table", heads, rows, (2, 2, 2.4, 2.4, 2.4))

    def _injects(self) -> None:
        rows = tuple(
            (one.number, release_words(self.of, one, self.words), self._line(one), self._content(one),
             self._expected(one), one.note or NONE)
            for one in self.of.in_order
        )  # fmt: skip
        heads = tuple(self.say(key) for key in ("number", "release", "line", "content", "expected", "remark"))
        self._table("injects_table", heads, rows, (0.8, 1.4, 2, 3.6, 1.6, 1.6))

    def _actions(self) -> None:
        has_study = any(one.p50_min is not None or one.met_share is not None for one in self.of.actions)
        keys = ["number", "action", "unit", "limit", "clause", *(["simulated", "met"] if has_study else [])]
        rows = tuple(
            (one.number, self._told(one.title, one.title_en), one.unit or NONE, limit_words(self.of, one, self.words),
             self._clause(one.clause), *([band_words(one, self.words), met_words(one)] if has_study else []))
            for one in self.of.actions
        )  # fmt: skip
        widths = (0.8, 2.4, 1.8, 2, 1.2, 2.4, 1.2)[: len(keys)]
        self._table("actions_table", tuple(map(self.say, keys)), rows, widths)
        if not has_study:
            self.paper.note(self.say("no_study"))

    def _record(self) -> None:
        rows = tuple(
            (one.number, self._told(one.title, one.title_en), one.unit or NONE, limit_words(self.of, one, self.words),
             one.sign or NONE, "", "", "")
            for one in self.of.actions
        )  # fmt: skip
        keys = ("number", "action", "unit", "limit", "sign", "done_at", "rating", "basis")
        self._table(
            "points_table", tuple(map(self.say, keys)), rows, (0.8, 2, 1.5, 1.6, 2, 1.1, 0.9, 1.8), row_mm=ROW_MM
        )

    def _table(
        self, caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...],
        *, row_mm: float = 0,
    ) -> None:  # fmt: skip
        if rows:
            self.paper.table(
                Table(header=heads, rows=rows, widths=widths, row_mm=row_mm),
                caption=self.say(caption, number=self.paper.next_table),
            )
        else:
            self.paper.text(NONE)

    def _card(self, inject: Inject) -> Table:
        rows: list[tuple[str, str | Cell]] = [
            ("release", release_words(self.of, inject, self.words)),
            ("line", self._line(inject)),
            ("channel", name_of("inject_channel", inject.channel, self.words.language)),
            ("text", Cell(text=self.say("marker") + self._text(inject), bold=True)),
            ("expected", self._asked(inject)),
            *([("remark", inject.note)] if inject.note else []),
            ("released", self.say("fill")),
            ("received", self.say("fill")),
        ]
        return Table(rows=tuple((self.say(key), value) for key, value in rows), widths=(1, 4), row_mm=ROW_MM)

    def _asked(self, inject: Inject) -> str:
        """The actions an inject asks for, those with a limit first; more than a card holds are counted."""
        actions = sorted(self.of.expected_of(inject), key=lambda one: one.limit_min is None)
        named = self.say("parted").join(map(self._asked_one, actions[:MOST_ON_CARD]))
        rest = len(actions) - MOST_ON_CARD
        return self.say("and_others", named=named, count=rest) if rest > 0 else named or NONE

    def _asked_one(self, action: ExpectedAction) -> str:
        limit = limit_words(self.of, action, self.words)
        told = f"{action.number} {self._told(action.title, action.title_en)}"
        return told if limit == NONE else self.say("limited", action=told, limit=limit)

    def _expected(self, inject: Inject) -> str:
        """The numbers of the actions an inject asks for; those that follow one another in the script as one stretch."""
        place = {one.id: number for number, one in enumerate(self.of.actions)}
        stretches: list[list[ExpectedAction]] = []
        for one in sorted(self.of.expected_of(inject), key=lambda action: place[action.id]):
            follows = bool(stretches) and place[one.id] == place[stretches[-1][-1].id] + 1
            stretches = [*stretches[:-1], [*stretches[-1], one]] if follows else [*stretches, [one]]
        return self.say("several").join(map(self._stretch, stretches)) or NONE

    def _stretch(self, actions: Sequence[ExpectedAction]) -> str:
        if len(actions) < SHORT_STRETCH:
            return self.say("several").join(one.number for one in actions)
        return self.say("through", first=actions[0].number, last=actions[-1].number)

    def _line(self, inject: Inject) -> str:
        to = self.say("several").join(inject.to) or NONE
        return self.say("from_to", sender=inject.sender, to=to) if inject.sender else to

    def _content(self, inject: Inject) -> str:
        return f"{self._title(inject)}\n{self._text(inject)}"

    def _title(self, inject: Inject) -> str:
        return self._told(inject.title, inject.title_en)

    def _text(self, inject: Inject) -> str:
        return self._told(inject.text, inject.text_en)

    def _clause(self, clause: str) -> str:
        cited = self.facts.cited.get(clause, clause)
        return numbers.clause_cell(self.words, cited) if cited else NONE

    def _told(self, chinese: str, english: str) -> str:
        return english if self.words.language == "en" and english else chinese
