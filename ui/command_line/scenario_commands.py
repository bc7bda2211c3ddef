"""``yuyan scenario …``: scenarios and compound events shown, made, changed, checked, previewed, handed on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from plans_repo import plans, scenario_versions, scenarios
from plans_repo.authored import edits, toml_text
from plans_repo.authored.ranges import range_of
from plans_repo.curve_words import curve_sentence
from plans_repo.errors import PlansRepoError
from plans_repo.failure_words import compound_failures_told
from plans_repo.packs import reading as packs
from plans_repo.packs.naming import name_of
from plans_repo.scenario_versions import ScenarioVersion
from plans_repo.store.work import Work
from plans_repo.word.numbers import unit_name
from plans_repo.word.wording import Wording
from sim.compound import Compound, Part, Trigger
from sim.curves import Curve, Strike, done_curve, pool_curves, preview, told_tasks
from sim.errors import SimError
from sim.plain import digest
from sim.procedure import Procedure
from sim.scenario import Scenario
from ui.command_line.answer import Answer
from ui.command_line.context import Context, read_file, write_file
from ui.components.event_words import beginning
from ui.components.plan_names import told
from ui.wording import _, instant_text, language

Event = Scenario | Compound


def list_scenarios(context: Context) -> Answer:
    """All scenarios and compound events the actor may use."""
    with context.reading() as work:
        found, compounds = scenarios.list_scenarios(work), scenarios.list_compounds(work)
        every: list[Event] = [*found, *compounds]
        numbers = {one.id: scenario_versions.number_of(work, one) for one in every}
    lines = [f"{one.id}\t{_kind(one)}\t{told(one.title, one.title_en)}" for one in every]
    return Answer(
        fields={
            "scenarios": [_head(one, numbers[one.id]) for one in found],
            "compounds": [_head(one, numbers[one.id]) for one in compounds],
        },
        lines=lines,
    )


def _kind(event: Event) -> str:
    return _("复合情景") if isinstance(event, Compound) else name_of("spread", event.spread, language())


def _head(event: Event, number: int) -> dict[str, Any]:
    head = {"id": event.id, "title": event.title, "title_en": event.title_en, "number": number}
    if isinstance(event, Compound):
        return head | {"parts": [part.id for part in event.parts]}
    return head | {"hazard": event.hazard, "spread": event.spread}


def show(context: Context) -> Answer:
    """Everything a scenario says: figures with unit, range, source and mark, places, failures."""
    with context.reading() as work:
        event = scenarios.event(work, context.arguments.scenario)
        number = scenario_versions.number_of(work, event)
    fields = _head(event, number) | {"hash": digest(event), "horizon_min": event.horizon_min, "summary": event.summary}
    lines = [f"{event.id}\t{told(event.title, event.title_en)}", _("校验码 {hash}", hash=digest(event))]
    if isinstance(event, Compound):
        fields["parts"] = [
            {
                "id": one.id,
                "scenario": one.scenario.id,
                "hash": digest(one.scenario),
                "start_min": one.start_min,
                "trigger": asdict(one.trigger) if one.trigger else None,
                "follows": one.follows,
            }
            for one in event.parts
        ]
        fields["failures"] = _failure_fields(event)
        lines += [f"  {one.id or '·'}\t{beginning(one)}\t{_title(one.scenario)}" for one in event.parts]
        lines += [f"  {line}" for line in compound_failures_told(event, packs.pools_of(event), language())]
    else:
        fields |= _scenario_fields(event)
        lines += list(_figure_lines(event))
    return Answer(fields=fields, lines=lines)


def _scenario_fields(event: Scenario) -> dict[str, Any]:
    return {
        "parameters": [
            {
                "name": one.name,
                "title": one.title,
                "value": one.figure.value,
                "unit": one.figure.unit,
                "low": (bounds := range_of(one.name, one.figure.unit)).low,
                "high": bounds.high,
                "source": one.figure.source,
                "mark": one.figure.mark,
            }
            for one in event.parameters
        ],
        "places": [{"id": one.id, "kind": one.kind, "title": one.title, **dict(one.numbers)} for one in event.places],
        "measures": dict(event.measures),
        "circumstances": [one.value for one in event.circumstances],
        "failures": _failure_fields(event),
    }


def _failure_fields(event: Event) -> list[dict[str, Any]]:
    return [
        {"kind": f.kind, "of": f.of, "from_min": f.from_min, "until_min": f.until_min, "units": f.units}
        for f in event.failures
    ]


def _figure_lines(event: Scenario) -> Iterator[str]:
    words = Wording(language())
    for one in event.parameters:
        bounds = range_of(one.name, one.figure.unit)
        yield (
            f"  {one.name}\t{told(one.title or one.name, one.title_en)}\t{one.figure.value:g}"
            f"{unit_name(words, one.figure.unit)}\t[{bounds.low:g}, {bounds.high:g}]\t{one.figure.source}"
        )
    for name, value in event.measures:
        yield f"  {name}\t{name_of('measure', name, language())}\t{value:g}"
    for place in event.places:
        yield f"  {place.id}\t{told(place.title, place.title_en)}"
    for at, failure in enumerate(event.failures, start=1):
        yield f"  {at}. {name_of('failure_kind', failure.kind, language())}\t{failure.of}"


def _title(event: Scenario) -> str:
    return told(event.title, event.title_en)


# -- made and changed ----------------------------------------------------------------


def new(context: Context) -> Answer:
    """A scenario begun by its kind, with the parameters the model asks for."""
    asked = context.arguments
    with context.work() as work:
        _require_free(work, asked.id)
        made = edits.fresh(asked.spread, asked.id, asked.title)
        return _saved(scenario_versions.save(work, made, reason=asked.reason, after=0))


def copy(context: Context) -> Answer:
    """A scenario or compound event under another id, to be changed."""
    asked = context.arguments
    with context.work() as work:
        _require_free(work, asked.new)
        event = scenarios.event(work, asked.scenario)
        made = replace(event, id=asked.new, title=asked.title or event.title,
                       title_en="" if asked.title else event.title_en)  # fmt: skip
        source = f"{event.id}@{scenario_versions.number_of(work, event)}".removesuffix("@0")
        return _saved(scenario_versions.save(work, made, reason=asked.reason, made_from=source, after=0))


def _require_free(work: Work, wished: str) -> None:
    if scenario_versions.free_id(work, wished) != wished:
        raise PlansRepoError("scenario-name-taken", thing="scenario", field="id", rule="must be free", value=wished)


def set_fields(context: Context) -> Answer:
    """Fields written anew and failures added or taken out: one new version, or nothing."""
    asked = context.arguments
    with context.work() as work:
        event = scenarios.event(work, asked.scenario)
        number = scenario_versions.number_of(work, event)
        event = _failing(event, asked)
        for field, _sign, value in (one.partition("=") for one in asked.fields):
            event = _with_field(event, field, value)
        return _saved(scenario_versions.save(work, event, reason=asked.reason, after=number))


def _with_field(event: Event, field: str, value: str) -> Event:
    if isinstance(event, Compound):
        return edits.with_compound_field(event, field, value)
    return edits.with_field(event, field, value)


def _failing(event: Event, asked: Namespace) -> Event:
    """The event without the failures taken out and with those added."""
    for place in sorted(asked.unfail, reverse=True):
        event = edits.without_failure(event, place)
    for failure in asked.fail:
        event = edits.with_failure(event, failure())
    return event


def compound(context: Context) -> Answer:
    """Several scenarios in one run, as a chain or at once; the next version where the id is there already."""
    asked = context.arguments
    with context.work() as work:
        found = scenario_versions.find(work, asked.id)
        kept = found if isinstance(found, Compound) else None
        parts = tuple(_part(work, one, asked.part[0][0]) for one in asked.part)
        longest = max(part.start_min + part.scenario.horizon_min for part in parts)
        made = Compound(
            id=asked.id,
            title=asked.title or (found.title if found else ""),
            summary=asked.summary or (kept.summary if kept else ""),
            parts=parts,
            horizon_min=asked.horizon or longest,
            failures=kept.failures if kept else (),
        )
        return _saved(scenario_versions.save(work, _failing(made, asked), reason=asked.reason))


def _part(work: Work, asked: tuple[str, str, float | None, Trigger | None], first: str) -> Part:
    """A part as it is asked for; a trigger that names no part is a clock of the first."""
    name, event, start_min, trigger = asked
    if trigger and not trigger.part:
        trigger = replace(trigger, part=first)
    return Part(id=name, scenario=scenarios.scenario(work, event), start_min=start_min or 0.0, trigger=trigger)


def bring_in(context: Context) -> Answer:
    """The scenario or compound event of a TOML file, kept as the next version of its id."""
    asked = context.arguments
    with context.work() as work:
        event = toml_text.read(read_file(asked.file), lambda name: scenarios.scenario(work, name))
        event = replace(event, id=asked.id) if asked.id else event
        return _saved(scenario_versions.save(work, event, reason=asked.reason))


def _saved(version: ScenarioVersion) -> Answer:
    line = _("情景 {id} 第 {number} 版已保存，校验码 {hash}", id=version.scenario, number=version.number,
             hash=version.hash)  # fmt: skip
    return Answer(fields={"scenario": version.scenario, "number": version.number, "hash": version.hash}, lines=[line])


# -- looked at -----------------------------------------------------------------------


def check(context: Context) -> Answer:
    """Whether a scenario or a file would be accepted; nothing is kept."""
    name = context.arguments.scenario
    with context.reading() as work:
        if name.endswith(".toml"):
            event = toml_text.read(read_file(name), lambda one: scenarios.scenario(work, one))
        else:
            event = scenarios.event(work, name)
        event = scenario_versions.checked(event)
    shown = [preview(part) for part in _parts(event)]
    counts = {"curves": sum(len(one.curves) for one in shown), "clocks": sum(len(one.strikes) for one in shown)}
    line = _("{id}：可以使用，曲线 {curves} 条，时刻 {clocks} 个", id=event.id, **counts)
    return Answer(fields={"scenario": event.id, "valid": True, "hash": digest(event), **counts}, lines=[line])


def _parts(event: Event) -> list[Scenario]:
    return [part.scenario for part in event.parts] if isinstance(event, Compound) else [event]


def curves(context: Context) -> Answer:
    """Every curve and clock of a scenario; the sampled values of the one asked for."""
    asked = context.arguments
    with context.reading() as work:
        event = scenarios.scenario(work, asked.scenario)
        procedure = _procedure(work, asked.plan, event)
    shown = preview(event, draws=asked.draws)
    every = [*shown.curves, *pool_curves(procedure, event), *_told(procedure, event, asked.task)]
    chosen = [one for one in every if asked.curve in ("", one.name)]
    if not chosen:
        raise SimError("curve-unknown", thing=f"scenario {event.id}", field="curve", value=asked.curve)
    lines = [f"{one.name}\t{curve_sentence(one, language())}" for one in chosen]
    if asked.curve:
        lines += [_row(at, *values) for at, *values in _rows(chosen[0])]
    else:
        lines += [_strike_line(one) for one in shown.strikes]
    return Answer(
        fields={
            "scenario": event.id,
            "curves": [_curve_fields(one) for one in chosen],
            "strikes": [_strike_fields(one) for one in shown.strikes],
        },
        lines=lines,
    )


def _procedure(work: Work, plan: str, event: Scenario) -> Procedure:
    """That of a plan, else the template for the way the event spreads."""
    found = plans.procedure_of(work, plan) if plan else None
    return found or packs.template(event.spread).procedure


def _told(procedure: Procedure, event: Scenario, task: str) -> list[Curve]:
    tasks = told_tasks(procedure, event)
    return [done_curve(one, event) for one in tasks if not task or one.id == task]


def _rows(curve: Curve) -> Iterator[tuple[float, ...]]:
    return iter(zip(curve.minutes, curve.low, curve.middle, curve.high, strict=True))


def _row(*values: float) -> str:
    return "\t".join(f"{value:.6g}" for value in values)


def _strike_line(one: Strike) -> str:
    return _(
        "{title}：居中第 {middle:g} 分钟，早则第 {low:g} 分钟，晚则第 {high:g} 分钟",
        title=told(one.title, one.title_en),
        middle=round(one.middle_min, 1),
        low=round(one.low_min, 1),
        high=round(one.high_min, 1),
    )


def _curve_fields(curve: Curve) -> dict[str, Any]:
    return {
        "name": curve.name,
        "kind": curve.kind,
        "title": curve.title,
        "title_en": curve.title_en,
        "unit": curve.unit,
        "said": curve_sentence(curve, language()),
        "points": [list(row) for row in _rows(curve)],
    }


def _strike_fields(one: Strike) -> dict[str, Any]:
    return {
        "clock": one.clock,
        "entity": one.entity,
        "title": one.title,
        "title_en": one.title_en,
        "low_min": one.low_min,
        "middle_min": one.middle_min,
        "high_min": one.high_min,
        "share": one.share,
    }


def hand_out(context: Context) -> Answer:
    """The text of a scenario or compound event, as a file."""
    asked = context.arguments
    with context.reading() as work:
        event = scenarios.event(work, asked.scenario)
    file = write_file(asked.out, toml_text.written(event).encode())
    return Answer(fields={"file": file, "hash": digest(event)}, lines=[_("情景文件已写入 {file}", file=file)])


def history(context: Context) -> Answer:
    """The versions of a scenario: when, by whom, why, from what."""
    with context.reading() as work:
        found = scenario_versions.history(work, context.arguments.scenario)
    return Answer(
        fields={
            "scenario": context.arguments.scenario,
            "versions": [
                {
                    "number": one.number,
                    "hash": one.hash,
                    "saved_at": one.saved_at,
                    "saved_by": one.saved_by,
                    "reason": one.reason,
                    "made_from": one.made_from,
                }
                for one in found
            ],
        },
        lines=[
            f"{one.number}\t{instant_text(one.saved_at)}\t{one.saved_by}\t{one.hash[:12]}\t{one.reason}"
            for one in found
        ],
    )
