"""What was assessed and against what: the version, its clauses, the scenario and the resources."""

from __future__ import annotations

from plans_repo.word.facts import Parameter, PlanFacts, ScenarioFacts, SupplyFacts, TargetFacts
from plans_repo.word.numbers import calendar_day, figure, limit
from plans_repo.word.report import Report
from plans_repo.word.sections.norms import norms
from plans_repo.word.tables import Cell


def subject(report: Report) -> None:
    """The version and the clauses its targets rest on."""
    report.heading(1, "section.subject")
    report.heading(2, "subsection.object")
    report.pairs("object", _object_rows(report))
    report.heading(2, "subsection.basis")
    report.text("basis.rules")
    if report.facts.without_clause:
        report.text("basis.with_template", count=len(report.facts.without_clause))
    if report.facts.targets:
        report.table(
            "clauses", "no clause excerpt target", _clause_rows(report), widths=(11, 22, 83, 40), aligns="ccll"
        )


def _object_rows(report: Report) -> list[tuple[str | Cell, ...]]:
    return [row for plan in report.facts.plans for row in _rows_of(report, plan)]


def _rows_of(report: Report, plan: PlanFacts) -> list[tuple[str | Cell, ...]]:
    return [
        (report.say("field.plan"), plan.title),
        (report.say("field.kind"), plan.kind),
        (report.say("field.issuer"), plan.issuer or report.say("basis.no_issuer")),
        (report.say("field.number"), plan.number or report.say("basis.no_number")),
        (report.say("field.version"), plan.version_label),
    ]


def _clause_rows(report: Report) -> list[tuple[str | Cell, ...]]:
    return [
        (
            str(number),
            report.cite_cell(target.clause_number, exists=target.has_clause),
            target.clause_text or _no_text(report, target),
            target.title,
        )
        for number, target in enumerate(report.facts.targets, start=1)
    ]


def _no_text(report: Report, target: TargetFacts) -> str:
    key = "basis.no_text_source" if target.source else "basis.no_text"
    return report.say(key, source=target.source)


def setting(report: Report) -> None:
    """The event and the resources it met."""
    report.heading(1, "section.setting")
    _scenario(report)
    _resources(report)
    norms(report)


def _level_key(scenario: ScenarioFacts) -> str:
    """The sentence on how the event starts its level: by the plan, by the template, as the scenario says, or not."""
    if not scenario.level:
        return "setting.no_level"
    if not scenario.level_conditions:
        return "setting.level"
    return "setting.level_by_template" if scenario.is_level_of_template else "setting.level_by_plan"


def _scenario(report: Report) -> None:
    scenario = report.facts.scenario
    report.heading(2, "subsection.scenario")
    for line in filter(None, scenario.summary.splitlines()):
        report.paper.text(line)
    conditions = report.say("number.list").join(scenario.level_conditions)
    report.text(_level_key(scenario), level=scenario.level, conditions=conditions)
    if scenario.circumstances:
        report.text("setting.circumstances", circumstances=scenario.circumstances)
    report.text("setting.horizon", horizon=limit(report.words, report.facts.study.horizon_min))
    if scenario.parameters:
        rows = [_parameter_row(report, parameter) for parameter in scenario.parameters]
        report.table("parameters", "parameter value source mark", rows, widths=(42, 34, 56, 24), aligns="lclc")


def _parameter_row(report: Report, parameter: Parameter) -> tuple[str | Cell, ...]:
    value = parameter.figure
    return (parameter.name, figure(report.words, value), value.source, report.mark(value.mark))


def _resources(report: Report) -> None:
    resources = report.facts.resources
    report.heading(2, "subsection.resources")
    report.text("setting.resources_local" if resources.has_local_units else "setting.resources", title=resources.title)
    if resources.pools:
        rows = [_parameter_row(report, pool) for pool in resources.pools]
        report.table("pools", "pool units source mark", rows, widths=(42, 34, 56, 24), aligns="lclc")
    else:
        report.text("setting.no_pools")
    if resources.supplies:
        _supplies(report)


def _supplies(report: Report) -> None:
    """The entries of the register behind the numbers, a row for what agrees in pool, day, source and mark."""
    report.text("setting.supplies")
    if not all(supply.keeper for supply in report.facts.resources.supplies):
        report.text("setting.others_note")
    together: dict[tuple[object, ...], list[SupplyFacts]] = {}
    for supply in report.facts.resources.supplies:
        key = (supply.pool, bool(supply.keeper), supply.checked_on, supply.source, supply.mark)
        together.setdefault(key, []).append(supply)
    rows = [_supply_row(report, supplies) for supplies in together.values()]
    report.table("supplies", "pool entries as_of ground", rows, widths=(25, 73, 31, 27), aligns="llcl")


def _supply_row(report: Report, supplies: list[SupplyFacts]) -> tuple[str | Cell, ...]:
    first = supplies[0]
    return (
        first.pool,
        "\n".join(_entry(report, supply) for supply in supplies),
        _as_of(report, first),
        report.marked(first.source, first.mark),
    )


def _as_of(report: Report, supply: SupplyFacts) -> str:
    if not supply.keeper:
        return report.say("setting.not_listed")
    return calendar_day(report.words, supply.checked_on) if supply.checked_on else report.say("setting.no_day")


def _entry(report: Report, supply: SupplyFacts) -> str:
    """Who keeps what, and how much of it; of other units, whose entries are not named, how many."""
    if not supply.keeper:
        return report.say("setting.others", count=supply.entries, amount=_amount(report, supply))
    several = report.say("setting.several", first=supply.title, count=supply.entries)
    title = supply.title if supply.entries == 1 else several
    return report.say("setting.entry", keeper=supply.keeper, title=title, amount=_amount(report, supply))


def _amount(report: Report, supply: SupplyFacts) -> str:
    gap = "" if report.words.language == "zh" else " "
    amount = f"{supply.quantity}{gap}{supply.unit}"
    if supply.units == supply.quantity:
        return amount
    return amount + report.say("setting.ready", units=f"{supply.units}{gap}{supply.pool_unit}")
