from dataclasses import replace

import pytest

from drills.scripts.making import Basis, script_of
from drills.scripts.script import Inject, Script, Timing
from plans_repo.packs.reading import scenarios, template
from sim.curves.preview import preview
from sim.findings import TaskBand
from sim.procedure import After
from sim.question import Question, asked_targets
from sim.scenario import ResourceSet
from tests.drills.scripts.making_scripts import flood_question, flood_script

SCRIPTED = sorted(scenarios(), key=lambda one: one.id)


def of_origin(script: Script, origin: str) -> list[Inject]:
    return [inject for inject in script.injects if inject.origin == origin]


def test_what_happens_in_the_flood_becomes_injects_at_the_middle_of_its_clocks() -> None:
    script, found = flood_script(), preview(flood_question().fitted)
    move = [strike for strike in found.strikes if strike.clock == "move"]
    injects = of_origin(script, "clock:move")
    assert injects[0].at_min == round(move[0].middle_min)
    assert injects[0].text.startswith(f"{move[0].title}；{move[1].title}")
    assert [one.at_min for one in injects] == sorted(one.at_min for one in injects if one.at_min is not None)


def test_every_place_of_a_clock_is_told_once() -> None:
    script, found = flood_script(10_000), preview(flood_question().fitted)
    for clock in ("heavy_rain", "prepare", "torrent"):
        titles = [strike.title for strike in found.strikes if strike.clock == clock and strike.share > 0]
        told = "；".join(one.text for one in of_origin(script, f"clock:{clock}"))
        assert [told.count(title) for title in titles] == [1] * len(titles)


def test_what_happens_after_the_drill_is_kept_ready_instead() -> None:
    short = flood_script(60)
    torrent = of_origin(short, "clock:torrent")
    assert {one.timing for one in torrent} == {Timing.HELD}
    assert all(one.at_min is None and "超出演练时长" in one.note for one in torrent)


def test_failures_of_the_event_are_told_as_messages() -> None:
    script = flood_script()
    failures = [inject for inject in script.injects if inject.origin.startswith("failure:")]
    assert len(failures) == len(flood_question().scenario.failures)
    assert "通信中断：龙潭沟口组" in [one.title for one in failures]
    assert not any("设定失效" in one.text for one in failures)


def test_every_promise_of_the_event_is_an_expected_action_with_its_limit() -> None:
    question, script = flood_question(), flood_script()
    for target in asked_targets(question):
        (action,) = [one for one in script.actions if one.target == target.id]
        assert action.limit_min == (None if target.clock else target.limit_min)
        assert action.task == target.task


def test_a_promise_against_a_clock_of_every_place_is_told_in_words_and_not_as_one_limit() -> None:
    (target,) = [one for one in asked_targets(flood_question()) if one.clock and one.limit_min > 0][:1]
    (action,) = [one for one in flood_script().actions if one.target == target.id]
    (objective,) = [one for one in flood_script().objectives if one.target == target.id]
    assert f"早于山洪到达不少于{target.limit_min:g}分钟" in action.sign
    assert (objective.measure, objective.value) == ("提前量", target.limit_min)


def test_every_action_is_asked_for_once() -> None:
    script = flood_script()
    asked = [name for inject in script.injects for name in inject.expects]
    assert sorted(asked) == sorted(action.id for action in script.actions)


def test_an_action_is_asked_for_by_the_clock_its_task_waits_for() -> None:
    question, script = flood_question(), flood_script()
    released = [task for task in question.procedure.tasks if task.release == "move"]
    for task in released:
        (inject,) = script.asking_for(f"a:{task.id}")
        assert (inject.at_min or 0) >= (of_origin(script, "clock:move")[0].at_min or 0)


def test_bands_of_the_study_stand_beside_the_limits() -> None:
    task = flood_script().actions[0].task
    band = TaskBand(task=task, p10_min=1.0, p50_min=2.0, p90_min=None, unfinished_share=0.2, failed_share=0.0)
    met = {target.id: 0.25 for target in asked_targets(flood_question())}
    script = script_of(flood_question(), duration_min=60, basis=Basis(bands=(band,), met=met))
    assert [getattr(script.actions[0], name) for name in ("p10_min", "p50_min", "p90_min")] == [1.0, 2.0, None]
    assert {one.met_share for one in script.actions if one.target} == {0.25}
    assert {one.met_share for one in script.actions if not one.target} == {None}


def test_made_again_it_is_the_same() -> None:
    assert script_of(flood_question(), duration_min=240) == flood_script()


def test_every_sentence_is_there_in_both_languages() -> None:
    for inject in flood_script().injects:
        assert inject.title_en
        assert inject.text_en
        assert "{" not in inject.text + inject.text_en


@pytest.mark.parametrize("scenario", SCRIPTED, ids=lambda one: one.id)
def test_every_packaged_event_has_a_script(scenario: object) -> None:
    question = Question(
        procedure=template(scenario.spread).procedure,  # type: ignore[attr-defined]
        scenario=scenario,  # type: ignore[arg-type]
        resources=ResourceSet(id="own", title="本县力量"),
    )
    script = script_of(question, duration_min=600)
    assert script.injects[0].timing is Timing.TIMED
    assert {action.task for action in script.actions} <= question.tasks
    assert all(objective.missing == () for objective in script.objectives)
    assert replace(script) == script


def test_a_long_chain_of_tasks_is_asked_for_by_the_opening() -> None:
    whole = flood_question()
    first, *_rest = whole.procedure.tasks
    bare = replace(first, after=(), needs=(), gate="", release="", until="", process="", per="", from_level="", only="")
    chain = tuple(
        replace(bare, id=f"T{number}", after=(After(task=f"T{number - 1}"),) if number else ())
        for number in range(1500)
    )
    procedure = replace(whole.procedure, tasks=chain, targets=(), levels=())
    scenario = replace(whole.scenario, level="", failures=())
    script = script_of(replace(whole, procedure=procedure, scenario=scenario), duration_min=240)
    assert len(script.injects[0].expects) == 1500
