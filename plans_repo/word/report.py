"""A report being written: the paper, the facts it states and the words it uses."""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo.word import relief
from plans_repo.word.chart import Chart
from plans_repo.word.facts import BottleneckFacts, LossFacts, ReportFacts, TargetFacts
from plans_repo.word.numbers import clause, clause_cell, marked
from plans_repo.word.paper import Paper
from plans_repo.word.tables import Cell, Table
from plans_repo.word.wording import Wording
from sim.figure import Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What every section needs."""

    paper: Paper
    facts: ReportFacts
    words: Wording

    def say(self, key: str, **fields: object) -> str:
        """The sentence of the wording pack."""
        return self.words.say(key, **fields)

    @property
    def plan_titles(self) -> str:
        """The titles of the plans that were played."""
        return self.say("number.list").join(plan.title for plan in self.facts.plans)

    @property
    def plan_versions(self) -> str:
        """The same, each with its version."""
        return self.say("number.list").join(
            self.say("report.plan_version", title=plan.title, version=plan.version_label) for plan in self.facts.plans
        )

    @property
    def plans_quoted(self) -> str:
        """The titles as a sentence quotes them."""
        return self.say("report.plans_quoted").join(
            self.say("report.plan_quoted", title=plan.title) for plan in self.facts.plans
        )

    def heading(self, level: int, key: str) -> None:
        """A heading of the wording pack."""
        self.paper.heading(level, self.say(key))

    def text(self, key: str, **fields: object) -> None:
        """A paragraph of the wording pack."""
        self.paper.text(self.say(key, **fields))

    def table(
        self,
        key: str,
        columns: str,
        rows: list[tuple[str | Cell, ...]],
        *,
        widths: tuple[float, ...],
        aligns: str,
        **fields: object,
    ) -> None:
        """A captioned table; *columns* are keys of the pack, separated by blanks, *fields* fill their blanks."""
        header = tuple(self.say(f"column.{name}", **fields) for name in columns.split())
        caption = self.say(f"table.{key}", n=self.paper.next_table)
        self.paper.table(Table(header=header, rows=tuple(rows), widths=widths, aligns=aligns), caption=caption)

    def pairs(self, key: str, rows: list[tuple[str | Cell, ...]]) -> None:
        """A captioned table of name and value."""
        caption = self.say(f"table.{key}", n=self.paper.next_table)
        self.paper.table(Table(rows=tuple(rows), widths=(1, 4)), caption=caption)

    def chart(self, key: str, chart: Chart, *, height_mm: float) -> None:
        """A captioned chart."""
        self.paper.chart(chart, caption=self.say(f"chart.{key}", n=self.paper.next_chart), height_mm=height_mm)

    def cite(self, target: TargetFacts) -> str:
        """How the clause of a target is cited, or that there is none."""
        return clause(self.words, target.clause_number) if target.has_clause else self.say("clause.none")

    def cite_cell(self, number: str, *, exists: bool = False) -> str:
        """A clause under a column headed “clause”; without a number it is missing unless it *exists*."""
        return clause_cell(self.words, number) if number or exists else self.say("clause.none")

    def where(self, item: BottleneckFacts) -> str:
        """A task with the clause that orders it, if one does."""
        if not item.clause_number:
            return self.say("clause.task_alone", task=item.task)
        return self.say("clause.task", clause=clause(self.words, item.clause_number), task=item.task)

    def verdict(self, target: TargetFacts) -> str:
        """The verdict in words, with the marks that weaken it: proposed, provisional."""
        return self.say(f"verdict.{target.verdict}") + self._weakened(target)

    def verdict_cell(self, target: TargetFacts) -> Cell:
        """The verdict in a table: bold unless it is adequate, its marks on a line of their own."""
        word, marks = self.say(f"verdict.{target.verdict}"), self._weakened(target).strip()
        return Cell(text=f"{word}\n{marks}" if marks else word, bold=target.verdict != "adequate")

    def _weakened(self, target: TargetFacts) -> str:
        marks = (("proposed", target.proposed), ("provisional", target.provisional))
        return "".join(self.say("mark.brackets", mark=self.say(f"mark.{name}")) for name, holds in marks if holds)

    def titles(self, targets: tuple[TargetFacts, ...]) -> str:
        """Titles with their clauses, for a sentence."""
        named = (self.say("clause.of", title=target.title, clause=self.cite(target)) for target in targets)
        return self.say("number.list").join(named)

    def names(self, targets: tuple[TargetFacts, ...]) -> str:
        """Titles alone, for a sentence that says the rest."""
        return self.say("number.list").join(target.title for target in targets)

    def cause(self, label: str) -> str:
        """The name of a label of minutes, the one the screen uses."""
        return relief.cause(self.words, label)

    def stuck(self, item: LossFacts) -> str:
        """What a bottleneck is waiting for."""
        return relief.stuck(self.words, item)

    def item(self, target: TargetFacts) -> str:
        """A target by its number in the first section, where its finding stands in full."""
        number = self.facts.targets.index(target) + 1
        return self.say("causes.item", number=number, title=target.title)

    def title_of(self, target_id: str) -> str:
        """The title of a target; "" for none."""
        return next((target.title for target in self.facts.targets if target.id == target_id), "")

    def mark(self, mark: Mark) -> str:
        """The name of a mark."""
        return self.say(f"mark.{mark}")

    def marked(self, text: str, mark: Mark) -> str:
        """The text with its mark behind it unless it is certain."""
        return marked(self.words, text, mark)
