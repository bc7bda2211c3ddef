"""The twenty items of STRESS-DES (Monks et al. 2019), filled from the record; what the record lacks is red.

Monks, Currie, Onggo, Robinson, Kunc, Taylor: Strengthening the reporting of empirical simulation studies,
Journal of Simulation 13 (2019) 55-67.
"""

from __future__ import annotations

from collections.abc import Callable

from plans_repo.word.facts import ReportFacts
from plans_repo.word.numbers import engine_name, limit, percent
from plans_repo.word.paper import Red
from plans_repo.word.report import Report
from plans_repo.word.sections.method import stopping
from plans_repo.word.tables import Cell

GROUPS = {
    "1": ("1_1", "1_2", "1_3"),
    "2": ("2_1", "2_2", "2_3", "2_4", "2_5"),
    "3": ("3_1", "3_2", "3_3", "3_4"),
    "4": ("4_1", "4_2", "4_3"),
    "5": ("5_1", "5_2", "5_3", "5_4"),
    "6": ("6_1",),
}
"""Objectives, logic, data, experimentation, implementation, code access."""
STRESS_ITEMS = tuple(item for items in GROUPS.values() for item in items)


def _unsourced(facts: ReportFacts) -> int:
    return sum(not item.source.strip() for item in facts.assessed.items)


LACKS: dict[str, Callable[[ReportFacts], bool]] = {
    "1_1": lambda facts: not facts.targets,
    "1_2": lambda facts: not facts.targets,
    "2_1": lambda facts: not facts.tasks,
    "2_5": lambda facts: not facts.resources.pools,
    "3_1": lambda facts: not facts.assessed.items or _unsourced(facts) > 0,
    "3_3": lambda facts: not facts.scenario.parameters,
    "5_1": lambda facts: not facts.study.software,
    "5_3": lambda facts: not facts.study.code,
    "5_4": lambda facts: not facts.study.system or facts.study.spent_s is None,
}
"""What of an item the record may lack; the others follow from how every study is made."""


def stress(report: Report) -> None:
    """How many of the items are filled, then all of them under their six headings."""
    lacking = missing_items(report)
    report.heading(2, "subsection.stress")
    filled = len(STRESS_ITEMS) - len(lacking)
    report.text("reproduction.stress", all=len(STRESS_ITEMS), filled=filled)
    if lacking:
        said = report.say("reproduction.stress_missing", count=len(lacking), items=_titles(report, lacking))
        report.paper.text(Red(said))
    fields = _fields(report)
    rows: list[tuple[str | Cell, ...]] = []
    for group, items in GROUPS.items():
        rows.append((Cell(text=report.say(f"stress.{group}"), head=True), Cell(text="", head=True)))
        rows += [(report.say(f"stress.{item}"), _content(report, item, fields)) for item in items]
    report.table("stress", "stress_item stress_text", rows, widths=(40, 116), aligns="ll")


def missing_items(report: Report) -> tuple[str, ...]:
    """The items of which the record lacks something."""
    return tuple(item for item in STRESS_ITEMS if item in LACKS and LACKS[item](report.facts))


def _titles(report: Report, items: tuple[str, ...]) -> str:
    return report.say("number.list").join(report.say(f"stress.{item}") for item in items)


def _content(report: Report, item: str, fields: dict[str, object]) -> str | Cell:
    said = report.say(f"stress_text.{item}", **fields)
    if item not in missing_items(report):
        return said
    return Cell(text=f"{said}\n{report.say(f'stress_missing.{item}', **fields)}", red=True)


def software(report: Report) -> str:
    """Programs with their versions."""
    named = (f"{name} {version}" for name, version in report.facts.study.software)
    return report.say("number.list").join(named) or report.say("stress_text.not_recorded")


def _fields(report: Report) -> dict[str, object]:
    facts, study = report.facts, report.facts.study
    not_recorded = report.say("stress_text.not_recorded")
    return {
        "plans": report.plan_versions,
        "scenario": facts.scenario.title,
        "targets": len(facts.targets),
        "relaxed": sum(item.runs > 0 for item in facts.bottlenecks),
        "pools": len(facts.resources.pools),
        "tasks": len(facts.tasks),
        "parameters": len(facts.scenario.parameters),
        "items": len(facts.assessed.items),
        "unsourced": _unsourced(facts),
        "assumptions": len(facts.assessed.unconfirmed),
        "horizon": limit(report.words, study.horizon_min),
        "runs": study.runs,
        "stop": stopping(report),
        "confidence": percent(study.confidence),
        "software": software(report),
        "seed": study.seed,
        "engine": engine_name(report.words, study.engine),
        "code": study.code or not_recorded,
        "system": study.system or not_recorded,
        "spent": not_recorded
        if study.spent_s is None
        else report.say("stress_text.spent", seconds=round(study.spent_s, 1)),
    }
