"""The health report of a plan as a Word paper for a bureau's leader: the sum first, then each defect and its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from plans_repo.health.defect import DefectKind, Severity
from plans_repo.health.examination import Complaint, HealthReport
from plans_repo.word.numbers import day
from plans_repo.word.paper import TYPESETTINGS, Bold, Paper
from plans_repo.word.tables import Cell, Table
from plans_repo.word.wording import Wording

MOST_ALSO = 8
FIRST = 5
"""So many of the gravest complaints are told in the sum."""
WIDTHS = (11, 21, 42, 44, 38)


def health_report(report: HealthReport, *, made_at: datetime, language: str = "zh") -> bytes:
    """The report as a .docx file; the same report gives the same bytes."""
    writer = _Writer(report, Wording(language), Paper(TYPESETTINGS[language]))
    writer.opening(made_at)
    writer.summary()
    for severity in Severity:
        writer.complaints(severity)
    writer.basis()
    title = writer.words.say("health.title", title=report.title)
    return writer.paper.saved(title=title, author=writer.words.say("report.author"), made_at=made_at)


class _Writer:
    """Puts one report on paper from top to bottom."""

    def __init__(self, report: HealthReport, words: Wording, paper: Paper) -> None:
        self.report, self.words, self.paper = report, words, paper
        self.section = 0

    def opening(self, made_at: datetime) -> None:
        """Title, whose plan, on which day."""
        self.paper.title(self.report.title, self.words.say("health.name"))
        self.paper.subtitle(day(self.words, made_at))
        self.paper.blank()
        maker = self.report.maker or self.words.say("health.no_maker")
        self.paper.text(
            self.words.say("health.about", plan=self.report.title, version=self.report.label, maker=maker,
                           clauses=self.report.clauses)
        )  # fmt: skip

    def summary(self) -> None:
        """How many of which severity, what to do first, and the counts by kind."""
        counts = self.report.counts
        total = len(self.report.complaints)
        self._heading("summary")
        key = "healthy" if not total else "grave" if counts[Severity.GRAVE] else "fair"
        told = {severity.value: count for severity, count in counts.items()}
        self.paper.text(Bold(self.words.say(f"health.verdict.{key}", total=total, **told)))
        if not total:
            return
        lines = list(self._first())
        if lines:
            self.paper.text(self.words.say("health.first"))
            for number, line in enumerate(lines[:FIRST], start=1):
                self.paper.text(f"{number}．{line}" if self.words.language == "zh" else f"{number}. {line}")
        self._counts()

    def complaints(self, severity: Severity) -> None:
        """A table of the complaints of one severity, in the order of the text."""
        found = [one for one in self.report.complaints if one.severity is severity]
        if not found:
            return
        self._heading(f"severity.{severity.value}")
        heads = ("no", "clause", "quotation", "found", "suggestion")
        rows = tuple(self._row(number, one) for number, one in enumerate(found, start=1))
        header = tuple(self.words.say(f"column.health_{name}") for name in heads)
        caption = self.words.say(f"table.health_{severity.value}", n=self.paper.next_table)
        self.paper.table(Table(header=header, rows=rows, widths=WIDTHS, aligns="cclll"), caption=caption)

    def basis(self) -> None:
        """How it was made and what it cannot see."""
        self._heading("basis")
        self.paper.text(self.words.say("health.basis"))

    def _heading(self, key: str) -> None:
        self.section += 1
        number = "一二三四五六七八九"[self.section - 1]
        title = self.words.say(f"health.section.{key}")
        self.paper.heading(1, f"{number}、{title}" if self.words.language == "zh" else f"{self.section}  {title}")

    def _first(self) -> Iterator[str]:
        """What a leader should know: chapters that are missing in one line, then the gravest of the others."""
        urgent = [one for one in self.report.complaints if one.severity is not Severity.MINOR]
        missing = [one for one in urgent if one.kind is DefectKind.CHAPTER and not one.clause]
        if missing:
            yield self.words.say("health.missing", count=len(missing))
        for one in urgent:
            if one not in missing:
                place = self.words.say("health.at", clause=one.citation) if one.citation else ""
                yield f"{place}{one.found}{one.suggestion}"

    def _counts(self) -> None:
        severities = tuple(Severity)
        header = (
            self.words.say("column.health_kind"),
            *(self.words.say(f"health.severity.{severity.value}") for severity in severities),
            self.words.say("column.health_total"),
        )
        rows: list[tuple[str | Cell, ...]] = [
            (
                self.words.say(f"health.kind.{kind.value}"),
                *(str(sum(one.severity is severity for one in found)) for severity in severities),
                str(len(found)),
            )
            for kind in DefectKind
            if (found := self.report.of_kind(kind))
        ]
        total = tuple(str(self.report.counts[severity]) for severity in severities)
        last = tuple(Cell(text=text, bold=True) for text in (*total, str(len(self.report.complaints))))
        rows.append((Cell(text=self.words.say("column.health_total"), bold=True), *last))
        caption = self.words.say("table.health_counts", n=self.paper.next_table)
        table = Table(header=header, rows=tuple(rows), widths=(5, 2, 2, 2, 2), aligns="lcccc")
        self.paper.table(table, caption=caption)

    def _row(self, number: int, one: Complaint) -> tuple[str | Cell, ...]:
        quoted = f"“{one.quotation}”" if one.quotation else self.words.say("field.none")
        if one.there:
            place = f"《{one.there.title}》{one.there.citation}"
            quoted += "\n" + self.words.say("health.there", place=place, quotation=one.there.quotation)
        clause = one.citation or self.words.say("health.whole")
        found = one.found
        if one.also:
            more = self.words.say("number.list").join(citation for _clause, citation in one.also[:MOST_ALSO])
            found += self.words.say("health.also", more=more, count=len(one.also))
        return (str(number), clause, quoted, found, one.suggestion)
