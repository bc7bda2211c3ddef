"""Annexes: every figure the study rests on with its tick, and the network of tasks that was played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plans_repo.word.assessed import OBJECTED, TICKED, ItemFacts
from plans_repo.word.paper import Red
from plans_repo.word.report import Report
from plans_repo.word.tables import Cell


def annexes(report: Report) -> None:
    """Both annexes; an annex with nothing in it says so."""
    _items(report)
    _tasks(report)


def _items(report: Report) -> None:
    assessed = report.facts.assessed
    report.paper.annex(report.say("annex.first"), report.say("annex.items"))
    if not assessed.items:
        report.paper.text(Red(report.say("annex.no_items")))
        return
    counts = {look: len(assessed.items_that(look)) for look in (TICKED, OBJECTED, "open")}
    report.text("annex.items_intro", all=len(assessed.items), **counts)
    report.table(
        "items",
        "no item_kind figure value item_source mark look",
        [_row(report, number, item) for number, item in enumerate(assessed.items, start=1)],
        widths=(12, 19, 33, 26, 28, 16, 22),
        aligns="cclclcc",
    )
    for line in _grounds(report):
        report.paper.note(line)


def _grounds(report: Report) -> Iterator[str]:
    """Against what figures were checked that were looked over together."""
    ticked = report.facts.assessed.items_that(TICKED)
    together = Counter((item.name, item.note) for item in ticked if item.note and not item.is_withdrawn)
    for (name, note), count in together.items():
        yield report.say("annex.basis", name=name, note=note.rstrip("。."), count=count)


def _row(report: Report, number: int, item: ItemFacts) -> tuple[str | Cell, ...]:
    clause = f"\n{report.cite_cell(item.clause_number)}" if item.clause_number else ""
    return (
        str(number),
        item.kind,
        f"{item.title}{clause}",
        item.value,
        item.source or Cell(text=report.say("annex.no_source"), red=True),
        report.mark(item.mark),
        _look(report, item),
    )


def _look(report: Report, item: ItemFacts) -> Cell:
    if item.look == TICKED:
        key = "annex.withdrawn" if item.is_withdrawn else "annex.ticked"
        return Cell(text=report.say(key, name=item.name, note=item.note))
    if item.look == OBJECTED and item.answer:
        said = report.say("annex.answered", note=item.note, name=item.name, answer=item.answer, by=item.answered_by)
        return Cell(text=said)
    if item.look == OBJECTED:
        return Cell(text=report.say("annex.objected", note=item.note, name=item.name), bold=True)
    return Cell(text=report.say("annex.open"), red=True)


def _tasks(report: Report) -> None:
    report.paper.annex(report.say("annex.second"), report.say("annex.tasks"))
    report.text("annex.tasks_intro", count=len(report.facts.tasks))
    rows: list[tuple[str | Cell, ...]] = [
        (
            str(number),
            task.title,
            report.cite_cell(task.clause_number) if task.clause_number else report.say("field.none"),
            task.after,
            task.units or report.say("field.none"),
        )
        for number, task in enumerate(report.facts.tasks, start=1)
    ]
    if rows:
        report.table("tasks", "no task clause task_after task_units", rows, widths=(11, 44, 22, 44, 35), aligns="clcll")
