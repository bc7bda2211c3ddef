"""The records replayed: clocks reproduced, bottleneck named by the ordinary causes, and every case in the table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans_repo import validation
from plans_repo.errors import NotFound
from plans_repo.packs.replays import replay_of, replays
from plans_repo.validation import all_cases, replay_facts
from sim import validation as cases_of_sim
from sim.figure import Mark
from sim.log import Run
from sim.network import Network
from sim.plain import plain, unplain
from sim.reference_engine import play
from sim.replays import replay
from sim.validation import Case

REPLAYED = {"V16", "V24", "V25", "V26", "V29", "V30"}
NAMES = [record.id for record in replays()]


def test_every_number_of_the_table_is_there():
    numbers = [case.id for case in all_cases()]
    assert numbers == sorted(set(numbers))
    assert set(numbers) == {f"V{number:02}" for number in range(1, 51)}


def test_what_recorded_times_go_into_is_called_a_replay():
    assert {case.id for case in all_cases() if case.is_replay} == REPLAYED


def test_the_five_disasters_are_shipped():
    assert NAMES == ["oroville-2017", "quecreek-2002", "sago-2006", "teton-1976", "wangjialing-2010"]


@pytest.mark.parametrize("name", NAMES)
def test_the_clocks_come_out_and_the_documented_bottleneck_is_named(name: str):
    facts = replay_facts(replay_of(name))
    assert [moment.played_min for moment in facts.moments] == [moment.recorded_min for moment in facts.moments]
    assert facts.is_true


@pytest.mark.parametrize(
    ("name", "task", "cause", "minutes", "share"),
    [
        ("sago-2006", "第一支救护队入井", "gas:entry", 431.0, 0.634),
        ("quecreek-2002", "救生钻孔续钻至钻通", "breakdown:bit", 18.75 * 60, 0.255),
        ("oroville-2017", "决定并发布预警", "deciding", 139.0, 0.698),
        ("teton-1976", "从发现渗漏到决定报警", "deciding", 223.0, 1.0),
        ("wangjialing-2010", "安装首批四台水泵", "work", 1820.0, 1.0),
    ],
)
def test_the_bottleneck_is_said_in_figures(name: str, task: str, cause: str, minutes: float, share: float):
    found = replay_facts(replay_of(name)).bottleneck
    assert (found.task, found.cause, found.minutes) == (task, cause, minutes)
    assert found.share == pytest.approx(share, abs=0.0005)


def test_sago_and_quecreek_without_the_wait():
    assert replay_facts(replay_of("sago-2006")).without_min == 249
    assert replay_facts(replay_of("quecreek-2002")).without_min == 54.75 * 60


def test_sago_spends_its_minutes_as_recorded():
    shares = {(loss.task, loss.cause): loss.minutes for loss in replay_facts(replay_of("sago-2006")).losses}
    assert shares["救护队集结赶到", "travel"] == 156
    assert sum(shares.values()) == 680


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_of_a_record_has_a_source_and_none_claims_more_than_its_mark(name: str):
    record = replay_of(name)
    durations = [task.duration for task in record.question.procedure.tasks]
    assert all(duration.source for duration in durations)
    assert {duration.mark for duration in durations} <= {Mark.READ, Mark.EXPERT}
    assert all(one.figure.source for one in record.question.scenario.parameters)


def slower(network: Network, **arguments) -> Run:
    return play(replace(network, nodes=tuple(replace(node, factor=1.1) for node in network.nodes)), **arguments)


@pytest.mark.parametrize("name", NAMES)
def test_a_replay_can_fail(name: str):
    assert not replay(replay_of(name), slower).is_true


def test_an_unknown_replay_is_refused():
    with pytest.raises(NotFound):
        replay_of("titanic")


def test_a_record_of_a_run_comes_back_as_it_was_kept():
    heard: list[int] = []
    record = validation.run(cases=cheap("V17", "V20"), heard=heard.append)
    assert (record.passed, [case.id for case in record.cases], heard) == (2, ["V17", "V20"], [1, 2])
    assert unplain(validation.Record, plain(record)) == record


def test_a_case_that_stands_in_both_tables_is_judged_by_both():
    pumping = next(case for case in all_cases() if case.id == "V25").result(play)
    assert {"Q", "bottleneck"} <= {check.label for check in pumping.checks}
    assert pumping.passed


def cheap(*names: str) -> list[Case]:
    return [case for case in cases_of_sim.CASES if case.id in names]
