"""A work manual or an action scheme as a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from plans_repo.store.tables.supporting import SupportKind
from plans_repo.text.finding.limits import limits_in
from plans_repo.word import numbers
from plans_repo.word.paper import TYPESETTINGS, Paper
from plans_repo.word.tables import Table
from plans_repo.word.wording import Wording
from plans_repo.writing.manual import Duty, Force, Manual

WORDS_MOST = 400
"""Characters of a clause that are quoted; the plan itself has the rest."""


def manual_document(manual: Manual, kind: SupportKind, *, made_at: datetime, language: str = "zh") -> bytes:
    """The document; equal content gives equal bytes."""
    writer = _Writer(manual, Wording(language))
    title = writer.say(kind.value, unit=manual.unit)
    writer.paper.title(title)
    writer.paper.subtitle(manual.title)
    writer.paper.blank()
    writer.paper.text(writer.say("made_from", title=manual.title, label=manual.label, hash=manual.root_hash[:12]))
    maker = manual.bodies[0] if manual.bodies else manual.unit
    writer.paper.text(writer.say("made_by", unit=maker, day=numbers.day(writer.words, made_at)))
    if kind is SupportKind.MANUAL:
        writer.manual()
    else:
        writer.scheme()
    return writer.paper.saved(title=title, author="", made_at=made_at)


class _Writer:
    """Puts a manual on paper in one language."""

    def __init__(self, manual: Manual, words: Wording) -> None:
        self.facts = manual
        self.words = words
        self.paper = Paper(TYPESETTINGS[words.language])
        self.quoted: set[str] = set()

    def say(self, key: str, **fields: object) -> str:
        return self.words.say(f"manual.{key}", **fields)

    def manual(self) -> None:
        """The parts of a work manual."""
        self.paper.heading(1, self.say("tasks"))
        self._overview()
        self.paper.heading(1, self.say("measures"))
        self._steps()
        self.paper.heading(1, self.say("forces"))
        self._own(self.facts.own)
        self._others()
        self.paper.heading(1, self.say("contacts"))
        self._contacts()

    def scheme(self) -> None:
        """The parts of an action scheme."""
        self.paper.heading(1, self.say("response"))
        self._overview()
        self.paper.heading(1, self.say("command"))
        for line in self._command():
            self.paper.text(line)
        self.paper.heading(1, self.say("composition"))
        self._own([each for each in self.facts.own if each.is_team])
        self._others()
        self.paper.heading(1, self.say("assumptions"))
        self._steps()
        self.paper.heading(1, self.say("support"))
        self.paper.text(self.say("stand_by"))
        stock = [each for each in self.facts.own if not each.is_team]
        if stock:
            self.paper.heading(2, self.say("stock"))
            self._force_table(stock)
        self.paper.heading(2, self.say("reach"))
        self._contacts()
        self.paper.heading(1, self.say("other"))
        self.paper.text(self.say("safety"))

    def _overview(self) -> None:
        """The tasks at a glance; the levels only where they differ."""
        levels = [self._level(duty) for duty in self.facts.duties]
        is_same = len(set(levels)) == 1
        rows = []
        for duty, level in zip(self.facts.duties, levels, strict=True):
            clause = numbers.clause_cell(self.words, duty.clause) if duty.clause else "—"
            part = self.say("lead" if duty.leads else "joins")
            rows.append((self._title(duty), part, *(() if is_same else (level,)), self._limits(duty), clause))
        if is_same:
            self.paper.text(self.say("same_level", level=levels[0]))
            self._table("task part limit clause", tuple(rows), (3.6, 1, 2.6, 1.6))
        else:
            self._table("task part level limit clause", tuple(rows), (3, 1, 2, 2, 1.6))

    def _limits(self, duty: Duty) -> str:
        """The limits of its targets; without any those its clause words, as it words them."""
        if duty.targets:
            return "\n".join(self._limit(target.limit_min) for target in duty.targets)
        worded = dict.fromkeys(self._limit(one.minutes) for one in limits_in(duty.words) if one.minutes)
        return self.say("worded", limits=self._listed(list(worded))) if worded else "—"

    def _steps(self) -> None:
        for number, duty in enumerate(self.facts.duties, start=1):
            self.paper.heading(2, f"{number}. {self._title(duty)}")
            self.paper.text("".join(self._facts(duty)))
            self._quoted(duty)

    def _quoted(self, duty: Duty) -> None:
        """The clause in its own paragraphs, once; tasks bound to the same clause point at it."""
        clause = numbers.clause(self.words, duty.clause) if duty.clause else ""
        lines = [line.strip() for line in duty.words.split("\n") if line.strip()]
        if not lines:
            self.paper.text(self.say("unbound"))
        elif duty.words in self.quoted:
            self.paper.text(self.say("quoted_above", clause=clause))
        else:
            self.quoted.add(duty.words)
            self.paper.text(self.say("quoted", clause=clause))
            for line in _shortened(lines):
                self.paper.text(line)

    def _facts(self, duty: Duty) -> Iterator[str]:
        if not duty.leads and duty.task.lead:
            yield self.say("led_by", unit=duty.task.lead)
        others = [unit for unit in duty.task.support if unit != self.facts.unit]
        if others:
            yield self.say("joined_by", units=self._listed(others))
        before = [self._told(task.title, task.title_en) for task in duty.before]
        yield self.say("before", tasks=self._listed(before)) if before else self.say("at_once")
        for target in duty.targets:
            title = self._told(target.title, target.title_en)
            yield self.say("limit", title=title, limit=self._limit(target.limit_min))
        if duty.pools:
            yield self.say(
                "takes", pools=self._listed([self._told(pool.title, pool.title_en) for pool, _n in duty.pools])
            )

    def _command(self) -> Iterator[str]:
        for duty in self.facts.duties:
            unit = duty.task.lead if not duty.leads else self._listed(duty.task.support)
            if unit:
                key = "joined_by" if duty.leads else "led_by"
                yield f"{self._title(duty)}：" + self.say(key, unit=unit, units=unit)

    def _own(self, forces: Sequence[Force]) -> None:
        if forces:
            self._force_table(forces)
        else:
            self.paper.text(self.say("no_forces"))

    def _others(self) -> None:
        """What has to be asked for; it is not the unit's own and is never counted with it."""
        if self.facts.others:
            self.paper.heading(2, self.say("others"))
            self.paper.text(self.say("others_asked"))
            self._force_table(self.facts.others)

    def _force_table(self, forces: Sequence[Force]) -> None:
        """One row for each thing, keeper and day; what lies in several places is added up."""
        sums: dict[tuple[str, str, str, str], int] = {}
        for each in forces:
            day = f"{each.checked_on:%Y-%m-%d}" if each.checked_on else "—"
            key = (self._told(each.title, each.title_en), each.unit, self._told(each.keeper, each.keeper_en), day)
            sums[key] = sums.get(key, 0) + each.quantity
        rows = tuple(
            (title, f"{quantity} {unit}", keeper, day) for (title, unit, keeper, day), quantity in sums.items()
        )
        self._table("force number keeper counted", rows, (3.4, 2.2, 3, 1.8))

    def _contacts(self) -> None:
        if self.facts.contacts is None:
            self.paper.text(self.say("contacts_hidden"))
            return
        rows = tuple(
            (self._told(one.body, one.body_en), one.contact.name, one.contact.post or "—", one.contact.phone or "—")
            for one in self.facts.contacts
        )
        if not any(one.body in self.facts.bodies for one in self.facts.contacts):
            self.paper.text(self.say("no_contacts"))
        if rows:
            self._table("body name post phone", rows, (3.4, 1.6, 2.4, 2.6))

    def _table(self, columns: str, rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...]) -> None:
        header = tuple(self.say(f"column.{name}") for name in columns.split())
        self.paper.table(Table(header=header, rows=rows, widths=widths))

    def _title(self, duty: Duty) -> str:
        return self._told(duty.task.title, duty.task.title_en)

    def _level(self, duty: Duty) -> str:
        level = duty.task.from_level
        return self.say("from_level", level=level) if level else self.say("every_level")

    def _limit(self, minutes: float) -> str:
        return numbers.limit(self.words, minutes)

    def _told(self, zh: str, en: str) -> str:
        return en if self.words.language == "en" and en else zh

    def _listed(self, names: list[str] | tuple[str, ...]) -> str:
        return ("、" if self.words.language == "zh" else ", ").join(names)


def _shortened(lines: Sequence[str]) -> Iterator[str]:
    """The lines as far as so many characters go.

    >>> list(_shortened(["甲" * 390, "乙" * 20, "丙"]))[1]
    '乙乙乙乙乙乙乙乙乙乙…'
    """
    room = WORDS_MOST
    for line in lines:
        if len(line) > room:
            yield f"{line[:room]}…"
            return
        yield line
        room -= len(line)
