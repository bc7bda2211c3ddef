"""The packs: every template and scenario builds, and says where each of its figures comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from plans_repo.packs.naming import codes_of, has_name, name_of
from plans_repo.packs.reading import compound_question, compounds, names, pack, scenario, scenarios, template
from plans_repo.proposals import combined
from sim.compiling import compile_network
from sim.figure import Footing, Mark
from sim.hazards.models import MODELS, contribution_of
from sim.joining import BEGINS
from sim.kernel.playing import kernel_play
from sim.procedure import Outcome, Procedure
from sim.question import Question
from sim.reference_engine import play
from sim.scenario import ResourceSet, Scenario
from sim.ticks import NEVER

TEMPLATES = names("procedures")
SCENARIOS = names("scenarios")
OWN = ResourceSet(id="own", title="own")
HAN = re.compile(r"[\u4e00-\u9fff]")
FINISH_SHARE = 0.9
"""At least this share of a scenario's steps is behind everybody before its horizon."""


def procedure(name: str) -> Procedure:
    return template(name).procedure


def question(name: str) -> Question:
    event = scenario(name)
    return Question(procedure=procedure(event.spread), scenario=event, resources=OWN)


def titled(values: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Id, Chinese and English title of everything in a pack that has an id and is not a level."""
    for kind in ("tasks", "pools", "targets", "places"):
        for item in values.get(kind, ()):
            yield item["id"], item.get("title", ""), item.get("title_en", "")


# ---- Templates -------------------------------------------------------------------------------------------------------


def test_there_is_a_template_for_every_hazard():
    assert tuple(sorted(MODELS)) == TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_answers_the_spread_it_is_named_after(name: str):
    assert procedure(name).spread == name


@pytest.mark.parametrize("name", TEMPLATES)
def test_everything_in_a_template_is_named_in_both_languages(name: str):
    found = list(titled(pack("procedures", name)))
    assert [key for key, chinese, _ in found if not HAN.search(chinese)] == []
    assert [key for key, _, english in found if not english or HAN.search(english)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_duration_says_what_it_rests_on(name: str):
    durations = [(task.id, task.duration) for task in procedure(name).tasks]
    assert [key for key, duration in durations if not duration.source] == []
    firm = [key for key, found in durations if found.footing is Footing.CALIBRATED or found.mark is Mark.CALIBRATED]
    assert firm == []  # a template has seen no drill of the county that will use it


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_target_has_a_source_and_words_of_its_own(name: str):
    found = template(name)
    assert [target.id for target in found.procedure.targets if not target.source] == []
    words = [word for telling in found.targets for word in telling.words]
    assert [telling.id for telling in found.targets if not telling.words] == []
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_of_a_target_is_part_of_the_word_of_another(name: str):
    words = [(telling.id, word) for telling in template(name).targets for word in telling.words]
    held = [(inner, outer) for inner in words for outer in words if inner[0] != outer[0] and inner[1] in outer[1]]
    assert held == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_most_tasks_say_by_which_words_a_text_speaks_of_them(name: str):
    tellings = template(name).tasks
    assert sum(bool(telling.words) for telling in tellings) >= 0.9 * len(tellings)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_pool_of_a_template_is_used_and_marked(name: str):
    found = procedure(name)
    used = {need.pool for task in found.tasks for need in task.needs}
    assert [pool.id for pool in found.pools if pool.id not in used] == []
    assert all(pool.units > 0 and pool.mark in set(Mark) for pool in found.pools)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "river"])
def test_every_pool_says_where_its_size_comes_from(name: str):
    assert [pool.id for pool in procedure(name).pools if not pool.source] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_worst_level_is_reached_by_a_number(name: str):
    levels = procedure(name).levels
    measured = [level for level in levels if any(condition.measure for condition in level.conditions)]
    assert measured == list(levels)
    assert all(level.decided_by for level in levels)


def test_the_fire_alarm_grades_rise_to_five_the_worst():
    found = procedure("building")
    assert [level.label for level in sorted(found.levels, key=lambda level: level.rank)] == [
        "一级火警",
        "二级火警",
        "三级火警",
        "四级火警",
        "五级火警",
    ]
    for people, label in ((0, "一级火警"), (2, "二级火警"), (3, "三级火警"), (10, "四级火警"), (30, "五级火警")):
        level = found.level_for({"people_trapped": people})
        assert level is not None
        assert level.label == label


@pytest.mark.parametrize(("dead", "label"), [(0, "Ⅳ级"), (2, "Ⅳ级"), (3, "Ⅲ级"), (10, "Ⅱ级"), (30, "Ⅰ级")])
@pytest.mark.parametrize("name", ["gas_explosion", "water_inrush"])
def test_a_mine_accident_is_graded_by_the_dead(name: str, dead: int, label: str):
    level = procedure(name).level_for({"dead_or_missing": dead})
    assert level is not None
    assert level.label == label


def test_the_two_mine_templates_share_their_common_steps():
    gas, water = (
        {task["id"]: task for task in pack("procedures", name)["tasks"]} for name in ("gas_explosion", "water_inrush")
    )
    common = set(gas) & set(water)
    assert len(common) > 30
    assert [key for key in sorted(common) if gas[key] != water[key]] == ["G2x"]  # out of the smoke, or of the water


@pytest.mark.parametrize("name", ["gas-explosion-face", "water-inrush-old-workings"])
def test_a_mine_plan_made_of_both_templates_does_in_each_event_what_its_own_template_does(name: str):
    both = combined([procedure("gas_explosion"), procedure("water_inrush")])
    own, joint = question(name), Question(procedure=both, scenario=scenario(name), resources=OWN)
    plain = sorted((node.task.partition(".")[0], node.entity) for node in joint.network.nodes)
    assert plain == sorted((node.task, node.entity) for node in own.network.nodes)


def test_the_five_minutes_of_a_fire_station_are_read_one_way():
    """They run from the order to turn out to the arrival, so turnout lies within; of two templates, one reading."""
    norm = [(name, target) for name in TEMPLATES for target in procedure(name).targets if "GB 51080" in target.source]
    assert [name for name, _ in norm] == ["building", "gas_fire"]
    assert {target.limit_min for _, target in norm} == {5.0}
    assert len({target.source for _, target in norm}) == 1
    for name, target in norm:
        before = {task.id: [edge.task for edge in task.after] for task in procedure(name).tasks}
        (drive,) = before[target.task]
        (turnout,) = before[drive]
        assert before[turnout] == [target.starts], name


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_target_cites_a_standard_that_has_been_replaced(name: str):
    assert [target.id for target in procedure(name).targets if "152-2011" in target.source] == []


# ---- Scenarios -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_is_named_and_told_in_both_languages(name: str):
    data = pack("scenarios", name)
    assert data["id"] == name
    texts = [(key, data[key], data[f"{key}_en"]) for key in ("title", "summary")]
    found = [
        *texts,
        *titled(data),
        *((key, item["title"], item["title_en"]) for key, item in data.get("parameters", {}).items()),
    ]
    assert [
        key for key, chinese, english in found if not HAN.search(chinese) or not english or HAN.search(english)
    ] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_figure_of_a_scenario_has_a_unit_and_a_source(name: str):
    figures = {parameter.name: parameter.figure for parameter in scenario(name).parameters}
    assert figures
    assert [key for key, figure in figures.items() if not figure.unit or not figure.source] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_starts_a_level_of_its_template_by_its_measures(name: str):
    asked = question(name)
    assert asked.level in {level.label for level in asked.procedure.levels}
    measures = {condition.measure for level in asked.procedure.levels for condition in level.conditions}
    assert {key for key, _ in asked.scenario.measures} <= measures


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_compiles_at_every_level(name: str):
    asked = question(name)
    for level in ("", *(level.label for level in asked.procedure.levels)):
        network = compile_network(
            asked.procedure,
            asked.contribution,
            horizon_min=asked.scenario.horizon_min,
            level=level,
            spread=asked.scenario.spread,
        )
        assert network.nodes


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_step_asks_for_more_than_there_is(name: str):
    network = question(name).network
    units = [pool.units + sum(max(0, change.units) for change in pool.changes) for pool in network.pools]
    short = [node.name for node in network.nodes for need in node.demands if need.units > units[need.pool]]
    assert short == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_run_of_a_scenario_comes_to_its_end(name: str):
    network = question(name).network
    run = play(network, seed=1, replication=0)
    stuck = [network.nodes[index].name for index in run.unfinished]
    assert len(stuck) <= (1 - FINISH_SHARE) * len(network.nodes), stuck
    failed = {network.nodes[i].task for i, passage in enumerate(run.passages) if passage.outcome is Outcome.FAILED}
    may_fail = {task.id for task in question(name).procedure.tasks if task.success_share < 1}
    assert failed <= may_fail
    assert all(passage.finish < NEVER for passage in run.passages if passage.outcome is Outcome.DONE)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_attribute_that_chooses_is_one_the_event_brings(name: str):
    asked = question(name)
    known = {group.name: group.entities for group in asked.contribution.sets}
    unknown = [
        (task.id, task.only)
        for task in asked.procedure.tasks
        if task.only and known[task.per] and all(entity.attribute(task.only) is None for entity in known[task.per])
    ]
    assert unknown == []


@pytest.mark.parametrize("event", [each for each in scenarios() if each.spread == "river"], ids=lambda event: event.id)
def test_nobody_calls_for_a_boat_before_the_water_is_there(event: Scenario) -> None:
    question = Question(
        procedure=template("river").procedure, scenario=event, resources=ResourceSet(id="own", title="自有")
    )
    network = question.network
    calls = 0
    for replication in range(5):
        run = play(network, seed=3, replication=replication)
        for node in network.of_task["F9c"]:
            called = run.passages[node].finish_done
            if called != NEVER:
                calls += 1
                assert called >= run.moments[network.moment_of("water", network.nodes[node].entity)]
    assert calls > 0


# ---- Several events --------------------------------------------------------------------------------------------------

COMPOUNDS = {compound.id: compound for compound in compounds()}


@pytest.mark.parametrize("name", COMPOUNDS)
def test_a_compound_event_comes_to_its_end_on_shared_pools(name: str):
    asked = compound_question(COMPOUNDS[name], OWN)
    network = asked.network
    assert len(asked.aims) > len(asked.parts)
    assert asked.level.count("、") == len(asked.parts) - 1
    assert len(network.pools) < sum(len(part.network.pools) for part in asked.parts)
    run = play(network, seed=1, replication=0)
    assert len(run.unfinished) <= (1 - FINISH_SHARE) * len(network.nodes)


@pytest.mark.parametrize("name", COMPOUNDS)
def test_a_compound_event_is_named_and_told_in_both_languages(name: str):
    found = COMPOUNDS[name]
    for chinese, english in ((found.title, found.title_en), (found.summary, found.summary_en)):
        assert HAN.search(chinese)
        assert english
        assert not HAN.search(english)


@pytest.mark.parametrize("event", [each for each in scenarios() if each.failures], ids=lambda event: event.id)
def test_an_event_with_failures_differs_from_its_base_in_nothing_else(event: Scenario) -> None:
    base = scenario(pack("scenarios", event.id)["base"])
    assert (event.places, event.parameters, event.measures) == (base.places, base.parameters, base.measures)
    hit, plain_one = (
        Question(procedure=procedure(event.spread), scenario=each, resources=OWN).network for each in (event, base)
    )
    assert hit.digest != plain_one.digest
    assert [node.who for node in hit.nodes[: len(plain_one.nodes)]] == [node.who for node in plain_one.nodes]


# ---- Outside help ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_army_is_asked_before_it_is_used(name: str):
    found = procedure(name)
    befores = {task.id: {edge.task for edge in task.after} for task in found.tasks}

    def ancestors(task: str) -> set[str]:
        return befores[task].union(*(ancestors(other) for other in befores[task]))

    for task in found.tasks:
        if any(need.pool.startswith("army") for need in task.needs):
            kinds = {found.task(other).kind.value for other in ancestors(task.id) if other.startswith("A")}
            assert kinds == {"notify", "decision", "travel"}, task.id  # asked, approved, on the way


# ---- Both engines ----------------------------------------------------------------------------------------------------


def test_every_gate_of_an_event_is_named_as_a_condition():
    gates = {gate.name for event in scenarios() for gate in contribution_of(event).gates}
    assert gates
    assert [name for name in sorted(gates) if not has_name("gate", name)] == []


PLAYED_TWICE = [each.id for each in scenarios() if each.spread not in ("river", "building")]


@pytest.mark.parametrize("name", [*PLAYED_TWICE, *COMPOUNDS])
def test_both_engines_play_it_alike(name: str):
    network = (compound_question(COMPOUNDS[name], OWN) if name in COMPOUNDS else question(name)).network
    assert kernel_play(network, seed=2, replication=0) == play(network, seed=2, replication=0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_a_level_is_started_by_has_a_name_of_its_own(language: str):
    codes = codes_of("measure")
    assert len({name_of("measure", code, language) for code in codes}) == len(codes)
    asked = {
        condition.measure
        for event in scenarios()
        for level in template(event.spread).procedure.levels
        for condition in level.conditions
        if condition.measure
    }
    assert asked | {name for event in scenarios() for name, _value in event.measures} <= set(codes)


def test_every_clock_a_scenario_brings_has_a_name():
    brought = {clock.name for event in scenarios() for clock in contribution_of(event).clocks}
    assert not [name for name in (*brought, BEGINS) if not has_name("clock", name)]
