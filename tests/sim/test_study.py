"""Studies: the same luck gives the same hash, a change moves only what it must, and verdicts do not deceive."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.batch import reference_batch
from sim.chunk import Chunk, merge, results_hash, run_chunk
from sim.durations import Duration, Fixed, Lognormal, Uniform
from sim.errors import SimError
from sim.figure import Footing, Mark
from sim.hazards.contribution import Clock, Contribution
from sim.network import Network
from sim.pieces import pieces
from sim.procedure import After, Condition, Hazard, Level, Outcome, TargetKind, Task
from sim.question import Question
from sim.statistics import Verdict, verdict, wilson
from sim.stopping import Ending, StopRule
from sim.study import Findings, findings, is_provisional, run_study
from sim.ticks import NEVER
from tests.sim.asking import a_question, a_target, an_event, ask
from tests.sim.builders import a_network, a_pool, a_procedure, a_task, exponential, played

LAWS = {
    "call": Lognormal(median_min=8, sigma=0.6),
    "decide": Lognormal(median_min=20, sigma=0.7),
    "muster": Uniform(low_min=5, high_min=25),
    "fetch": Uniform(low_min=10, high_min=30),
    "knock": Lognormal(median_min=30, sigma=0.4),
    "ride": Uniform(low_min=20, high_min=50),
    "report": Uniform(low_min=1, high_min=9),
    "broadcast": Uniform(low_min=1, high_min=9),
}


def response(**laws) -> tuple[Task, ...]:
    """Eight tasks: call, decide, two that share the crews, a ride; and two that concern nobody else."""
    law = {name: Duration(law=value) for name, value in {**LAWS, **laws}.items()}
    return (
        a_task("call", law["call"]),
        a_task("decide", law["decide"], "call", pool="boss"),
        a_task("muster", law["muster"], "call", pool="crew"),
        a_task("fetch", law["fetch"], "decide", pool="crew"),
        a_task("knock", law["knock"], "decide", "muster", pool="crew", success_share=0.7, tries=3),
        a_task("ride", law["ride"], "fetch", "knock", pool="bus"),
        a_task("report", law["report"], "call", pool="line"),
        a_task("broadcast", law["broadcast"], pool="line"),
    )


BINS = ("least", "most", "counts", "replications")
POOLS = tuple(a_pool(name) for name in ("boss", "crew", "bus", "line"))
TARGETS = (a_target("ride", 150), a_target("report", 40, assurance=0.8))


def a_response(**laws) -> Question:
    return a_question(*response(**laws), pools=POOLS, targets=TARGETS)


def study(question: Question, **rule) -> Findings:
    return run_study(question, seed=7, rule=StopRule(**rule))[0]


# ---- The same luck ---------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_findings_and_hash():
    one, two = study(a_response(), runs=60), study(a_response(), runs=60)
    assert one == two
    assert len(one.results_hash) == 64


def test_another_seed_or_another_procedure_gives_another_hash():
    question = a_response()
    hashes = {
        run_study(question, seed=7, rule=StopRule(runs=40))[0].results_hash,
        run_study(question, seed=8, rule=StopRule(runs=40))[0].results_hash,
        run_study(question, seed=7, rule=StopRule(runs=41))[0].results_hash,
        study(a_response(report=Fixed(minutes=3)), runs=40).results_hash,
    }
    assert len(hashes) == 4


@pytest.fixture(scope="module")
def whole() -> Chunk:
    return run_chunk(a_response(), seed=7, first=0, runs=60)


@pytest.mark.parametrize("size", [1, 7, 20])
def test_the_hash_does_not_depend_on_the_pieces_nor_on_their_order(size: int, whole: Chunk):
    question = a_response()
    parts = [run_chunk(question, seed=7, first=first, runs=min(size, 60 - first)) for first in range(0, 60, size)]
    random.Random(size).shuffle(parts)
    assert merge(parts) == whole
    assert results_hash(question, 7, merge(parts)) == results_hash(question, 7, whole)


def test_a_study_is_the_chunk_it_stands_on(whole: Chunk):
    found, chunk = run_study(a_response(), seed=7, rule=StopRule(runs=60))
    assert chunk == whole
    assert findings(a_response(), whole, seed=7, rule=StopRule(runs=60), ending=Ending.EXACT) == found


def test_pieces_with_a_gap_or_twice_the_same_are_refused(whole: Chunk):
    question = a_response()
    for first in (61, 59):
        with pytest.raises(SimError) as refused:
            merge([whole, run_chunk(question, seed=7, first=first, runs=1)])
        assert refused.value.code == "chunks-apart"
    with pytest.raises(SimError, match="study-empty"):
        merge([])


def test_the_own_seed_is_a_hash_of_the_inputs():
    assert a_response().own_seed == a_response().own_seed
    assert a_response().own_seed != a_response(report=Fixed(minutes=3)).own_seed
    assert 0 <= a_response().own_seed < 2**48


# ---- A change moves only what it must --------------------------------------------------------------------------------


def affected(network: Network, changed: str) -> set[str]:
    """The task, what comes after it, and whoever shares a pool with one of these."""
    found = {changed}
    while True:
        pools = {demand.pool for node in network.nodes if node.task in found for demand in node.demands}
        more = {
            node.task
            for node in network.nodes
            if any(network.nodes[edge.node].task in found for edge in node.edges)
            or any(demand.pool in pools for demand in node.demands)
        }
        if more <= found:
            return found
        found |= more


@pytest.mark.parametrize("changed", list(LAWS))
def test_one_other_duration_leaves_every_other_drawn_duration_equal_to_the_bit(changed: str):
    before = a_network(*response(), pools=POOLS)
    after = a_network(*response(**{changed: Fixed(minutes=77)}), pools=POOLS)
    may_move = affected(before, changed)
    moved: set[str] = set()
    for replication in range(40):
        pairs = zip(
            before.nodes, played(before, 7, replication).passages, played(after, 7, replication).passages, strict=True
        )
        for node, old, new in pairs:
            if node.task != changed:
                assert old.worked == new.worked
                assert old.attempts == new.attempts
            if old.finish != new.finish:
                moved.add(node.task)
    assert changed in moved
    assert moved <= may_move


def test_the_change_of_a_shared_crew_moves_more_than_what_comes_after_it():
    before = a_network(*response(), pools=POOLS)
    after = a_network(*response(muster=Fixed(minutes=200)), pools=POOLS)
    old, new = played(before, 7, 0).passages, played(after, 7, 0).passages
    fetch = [node.task for node in before.nodes].index("fetch")
    assert "muster" not in [before.nodes[edge.node].task for edge in before.nodes[fetch].edges]
    assert old[fetch].start < new[fetch].start
    assert affected(before, "broadcast") == {"broadcast", "report"}


@given(place=st.integers(0, 8), seed=st.integers(0, 2**40))
@settings(max_examples=40, deadline=None)
def test_an_unrelated_task_leaves_all_others_unchanged_to_the_bit(place: int, seed: int):
    tasks = list(response())
    before = a_network(*tasks, pools=POOLS)
    tasks.insert(place, a_task("press", exponential(30)))
    after = a_network(*tasks, pools=POOLS)
    old = dict(zip([node.name for node in before.nodes], told(before, seed), strict=True))
    new = dict(zip([node.name for node in after.nodes], told(after, seed), strict=True))
    del new["press"]
    assert new == old


def told(network: Network, seed: int) -> list[tuple[int, int, int, int]]:
    return [(p.ready, p.start, p.finish, p.worked) for p in played(network, seed).passages]


def test_an_unrelated_task_that_is_removed_leaves_the_measured_targets_unchanged():
    with_press = a_question(*response(), a_task("press", exponential(30)), pools=POOLS, targets=TARGETS)
    one = run_chunk(a_response(), seed=7, first=0, runs=30)
    two = run_chunk(with_press, seed=7, first=0, runs=30)
    assert one.targets == two.targets
    assert all(np.array_equal(getattr(one.of_target(0), part), getattr(two.of_target(0), part)) for part in BINS)
    assert one.chains == two.chains


# ---- How many runs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("runs", [1, 2, 37, 100])
def test_runs_asked_for_are_runs_made_whatever_they_say(runs: int):
    question = a_question(a_task("a", 5), targets=(a_target("a", 9),))
    found = study(question, runs=runs)
    assert (found.runs, found.targets[0].runs, found.targets[0].met) == (runs, runs, runs)
    assert found.targets[0].confidence == pytest.approx(0.95)


def test_looks_double_and_share_the_alpha():
    rule = StopRule(most_runs=800)
    assert rule.looks == (100, 200, 400, 800)
    assert rule.alpha(1) == pytest.approx(0.05 / 4)
    assert StopRule(runs=37).alpha(1) == pytest.approx(0.05)
    assert StopRule(most_runs=800, confidence=0.9).alpha(1) == pytest.approx(0.1 / 4)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"runs": -1}, "runs-out-of-range"),
        ({"runs": 1_000_001}, "runs-out-of-range"),
        ({"most_runs": 0}, "runs-out-of-range"),
        ({"confidence": 1.0}, "share-out-of-range"),
        ({"confidence": 0.4}, "share-out-of-range"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(fields, code: str):
    with pytest.raises(SimError) as refused:
        StopRule(**fields)
    assert refused.value.code == code


def test_a_study_stops_at_the_first_look_that_decides_every_target():
    sure = a_target("a", 9)
    assert study(a_question(a_task("a", 5), targets=(sure,)), most_runs=800).runs == 100
    surer = replace(sure, id="b", assurance=0.97)
    found = study(a_question(a_task("a", 5), targets=(sure, surer)), most_runs=800)
    assert found.runs == 400
    assert found.is_decided
    assert found.targets[0].confidence == pytest.approx(1 - 0.05 / 4)


def test_a_study_that_cannot_decide_says_so_at_its_last_look():
    coin = a_task("a", Duration(law=Uniform(low_min=0, high_min=10)))
    found = study(a_question(coin, targets=(a_target("a", 5, assurance=0.5),)), most_runs=200)
    assert (found.runs, found.targets[0].verdict, found.is_decided) == (200, Verdict.UNDECIDED, False)


def test_progress_is_told_after_every_piece_and_may_stop_the_study():
    heard: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_study(a_response(), seed=1, rule=StopRule(runs=60), progress=listen)
    assert heard == [(20, 60), (40, 60)]


@given(done=st.integers(0, 300), size=st.integers(0, 300))
def test_pieces_cover_what_is_left_without_gap(done: int, size: int):
    runs = [number for first, count in pieces(done, size) for number in range(first, first + count)]
    assert runs == list(range(done, size))


# ---- Verdicts --------------------------------------------------------------------------------------------------------

STUDIES = 2_000


def verdict_of(rule: StopRule, luck: np.random.Generator, chance: float, alpha: float) -> Verdict:
    """What a study says that looks, as its rule says, at how many runs kept a promise of 0.90 by chance."""
    met = done = 0
    for size in rule.looks:
        met += int(luck.binomial(size - done, chance))
        done = size
        said = verdict(wilson(met, done, alpha), 0.90)
        if said is not Verdict.UNDECIDED:
            return said
    return Verdict.UNDECIDED


def share_saying(said: Verdict, chance: float, *, alpha: float | None = None) -> float:
    """The share of simulated studies, eight looks each, that end with that verdict."""
    rule, luck = StopRule(most_runs=12_800), np.random.default_rng(42)
    verdicts = [verdict_of(rule, luck, chance, alpha or rule.alpha(1)) for _ in range(STUDIES)]
    return verdicts.count(said) / STUDIES


def test_a_response_just_short_of_its_assurance_is_seldom_called_adequate():
    assert share_saying(Verdict.ADEQUATE, 0.899) <= 0.05


def test_a_response_just_at_its_assurance_is_seldom_called_inadequate():
    assert share_saying(Verdict.NOT_ADEQUATE, 0.900) <= 0.05


def test_looking_as_often_without_dividing_alpha_would_be_wrong_too_often():
    assert share_saying(Verdict.NOT_ADEQUATE, 0.900, alpha=0.05) > 0.05


@pytest.mark.parametrize(("chance", "right"), [(0.97, Verdict.ADEQUATE), (0.80, Verdict.NOT_ADEQUATE)])
def test_what_is_clear_is_decided(chance: float, right: Verdict):
    assert share_saying(right, chance) > 0.99


def test_the_interval_printed_is_the_one_the_verdict_rests_on():
    result = study(a_response(), most_runs=400).targets[0]
    interval = wilson(result.met, result.runs, 0.05 / 3)
    assert (result.low, result.high, result.confidence) == (interval.low, interval.high, interval.confidence)
    assert result.verdict is verdict(interval, 0.90)


# ---- Censored runs ---------------------------------------------------------------------------------------------------


def test_censored_runs_are_misses_and_their_quantiles_are_not_invented():
    half = a_task("a", Duration(law=Uniform(low_min=0, high_min=20)))
    found = study(a_question(half, targets=(a_target("a", 15),), horizon_min=12), runs=200)
    result, band = found.targets[0], found.bands[0]
    played = reference_batch(a_question(half, targets=(a_target("a", 15),), horizon_min=12), seed=7, first=0, runs=200)
    assert result.met == (played.ticks[:, 0] != NEVER).sum()
    assert result.censored_share == pytest.approx(1 - result.p_met)
    assert result.p_met == pytest.approx(0.6, abs=0.12)
    assert (result.p90_min, band.p90_min) == (None, None)
    assert result.p50_min == band.p50_min < 12
    assert band.unfinished_share == pytest.approx(1 - result.p_met)


def test_a_margin_that_was_never_taken_has_no_quantile():
    brings = Contribution(clocks=(Clock(name="water", base_min=500),))
    target = a_target("a", 0, kind=TargetKind.MARGIN, clock="water")
    found = study(a_question(a_task("a", 50), targets=(target,), brings=brings, horizon_min=40), runs=10)
    result = found.targets[0]
    assert (result.met, result.p50_min, result.p90_min) == (0, None, None)


def test_nine_tenths_of_the_runs_keep_at_least_the_p90_of_a_margin():
    brings = Contribution(clocks=(Clock(name="water", base_min=100),))
    target = a_target("a", 50, kind=TargetKind.MARGIN, clock="water")
    task = a_task("a", Duration(law=Uniform(low_min=0, high_min=80)))
    question = a_question(task, targets=(target,), brings=brings)
    result = study(question, runs=200).targets[0]
    left = [ticks / 60_000 for ticks in reference_batch(question, seed=7, first=0, runs=200).ticks[:, 0]]
    assert sum(minutes >= result.p90_min for minutes in left) == 180
    assert result.p90_min < result.p50_min
    assert result.p90_min == pytest.approx(28, abs=6)


def test_failed_tasks_are_counted_apart_from_unfinished_ones():
    tasks = (a_task("a", 5, success_share=0.5), a_task("b", 5, "a"))
    found = study(a_question(*tasks, targets=(a_target("b", 20),)), runs=200)
    bands = {band.task: band for band in found.bands}
    assert bands["a"].failed_share == pytest.approx(0.5, abs=0.12)
    assert bands["a"].unfinished_share == 0
    assert bands["b"].unfinished_share == bands["a"].failed_share
    assert found.targets[0].p_met == pytest.approx(1 - bands["a"].failed_share)


def test_mean_waits_are_minutes_a_run_by_task_and_cause():
    tasks = (a_task("a", 6, pool="crew"), a_task("b", 1, pool="crew"), a_task("c", 1, pool="crew"))
    found = study(a_question(*tasks, pools=(a_pool("crew"),)), runs=10)
    assert [(wait.task, wait.cause, wait.mean_min) for wait in found.waits] == [
        ("b", "pool:crew", 6.0),
        ("c", "pool:crew", 7.0),
    ]


# ---- Footing ---------------------------------------------------------------------------------------------------------


def resting_on(footing: Footing, minutes: float, mark: Mark = Mark.READ) -> Duration:
    return Duration(law=Fixed(minutes=minutes), footing=footing, mark=mark)


def shares(found: Findings) -> dict[str, float]:
    return {kind.value: share for kind, share in found.targets[0].footing if share}


def test_footing_weighs_the_minutes_on_the_chain_of_the_target():
    tasks = (
        a_task("call", resting_on(Footing.CALIBRATED, 30)),
        a_task("beside", resting_on(Footing.EXPERT, 900)),
        a_task("ride", resting_on(Footing.TEMPLATE, 10), "call"),
    )
    found = study(a_question(*tasks, targets=(a_target("ride", 60),)), runs=5)
    assert shares(found) == {"calibrated": 0.75, "template": 0.25}
    assert not found.targets[0].is_provisional


def test_waiting_rests_on_nothing_and_does_not_count():
    tasks = (
        a_task("holds", resting_on(Footing.PUBLISHED, 90), pool="crew"),
        a_task("ride", resting_on(Footing.TEMPLATE, 10), pool="crew"),
    )
    found = study(a_question(*tasks, pools=(a_pool("crew"),), targets=(a_target("ride", 200),)), runs=5)
    assert shares(found) == {"template": 1.0}
    assert found.targets[0].is_provisional


@pytest.mark.parametrize(("firm_min", "is_so"), [(49, True), (50, False)])
def test_a_verdict_is_provisional_below_half_firm_minutes(firm_min: float, is_so: bool):
    tasks = (
        a_task("a", resting_on(Footing.PUBLISHED, firm_min)),
        a_task("b", resting_on(Footing.EXPERT, 100 - firm_min), "a"),
    )
    found = study(a_question(*tasks, targets=(a_target("b", 200),)), runs=5)
    assert found.targets[0].is_provisional is is_so


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark is not Mark.READ])
def test_what_calls_itself_published_unread_leaves_a_verdict_provisional(mark: Mark):
    tasks = (a_task("a", resting_on(Footing.PUBLISHED, 90, mark)), a_task("b", resting_on(Footing.EXPERT, 10), "a"))
    found = study(a_question(*tasks, targets=(a_target("b", 200),)), runs=5)
    assert shares(found) == {"expert": 0.1, "template": 0.9}
    assert found.targets[0].is_provisional


def test_a_state_node_vouches_for_no_minutes():
    """A task without a time of its own may take hours of pumping or digging; those were read nowhere."""
    assert resting_on(Footing.PUBLISHED, 0).rests_on is Footing.TEMPLATE


def test_a_verdict_that_rests_on_no_minutes_is_provisional():
    assert is_provisional(tuple((kind, 0.0) for kind in Footing))


# ---- What is asked ---------------------------------------------------------------------------------------------------


def test_a_target_the_event_does_not_concern_is_named_not_judged():
    tasks = (a_task("a", 5), a_task("boat", 1, per="village"))
    targets = (a_target("a", 9), a_target("boat", 9))
    question = a_question(*tasks, targets=targets, brings=Contribution(sets=()))
    with pytest.raises(SimError, match="entity-set-unknown"):
        study(question, runs=5)
    left_out = ask(
        a_procedure(
            a_task("a", 5),
            a_task("boat", 1, from_level="Ⅰ级"),
            targets=targets,
            levels=(Level(id="1", label="Ⅰ级", rank=1),),
        )
    )
    found = study(left_out, runs=5)
    assert ([result.target.id for result in found.targets], found.not_concerned) == (["a"], ("boat",))


@pytest.mark.parametrize(
    ("hazard", "spread", "event"),
    [
        (Hazard.FLOOD, "", {"hazard": Hazard.FIRE, "spread": "building"}),
        (Hazard.FIRE, "building", {"hazard": Hazard.FIRE, "spread": "forest"}),
        (Hazard.MINE, "gas_explosion", {"hazard": Hazard.MINE, "spread": "water_inrush"}),
    ],
)
def test_an_event_of_another_hazard_is_refused(hazard: Hazard, spread: str, event: dict[str, object]):
    procedure = replace(a_procedure(a_task("a")), hazard=hazard, spread=spread)
    with pytest.raises(SimError) as refused:
        study(ask(procedure, an_event(**event)), runs=5)
    assert refused.value.code == "scenario-of-other-hazard"
    assert refused.value.fields["thing"] == "scenario e"


@pytest.mark.parametrize(("horizon_min", "is_refused"), [(527_040, False), (527_041, True), (1e300, True)])
def test_an_event_of_more_than_a_year_is_refused(horizon_min: float, is_refused: bool):
    question = a_question(a_task("a", 5), targets=(a_target("a", 9),), horizon_min=horizon_min)
    if not is_refused:
        assert study(question, runs=1).runs == 1
        return
    with pytest.raises(SimError) as refused:
        study(question, runs=1)
    assert refused.value.code == "horizon-too-long"


def test_a_spread_nobody_models_is_refused():
    question = Question(
        procedure=a_procedure(a_task("a")),
        scenario=an_event(spread="tsunami"),
        resources=ask(a_procedure(a_task("a"))).resources,
    )
    with pytest.raises(SimError) as refused:
        _ = question.network
    assert refused.value.code == "spread-unknown"


def levelled() -> tuple[Level, ...]:
    return tuple(
        Level(id=label, label=label, rank=rank, conditions=(Condition(text="水位", measure="stage_m", at_least=rank),))
        for label, rank in (("Ⅲ级", 1), ("Ⅱ级", 2))
    )


@pytest.mark.parametrize(
    ("event", "level", "tasks"),
    [
        ({"measures": (("stage_m", 0.5),)}, "", ["a", "c"]),
        ({"measures": (("stage_m", 1.5),)}, "Ⅲ级", ["a", "b", "c"]),
        ({"measures": (("stage_m", 2.5),)}, "Ⅱ级", ["a", "b", "d", "c"]),
        ({"measures": (("stage_m", 2.5),), "level": "Ⅲ级"}, "Ⅲ级", ["a", "b", "c"]),
    ],
)
def test_the_event_starts_a_level_and_with_it_the_tasks(event, level: str, tasks: list[str]):
    procedure = a_procedure(
        a_task("a", 1),
        a_task("b", 1, "a", from_level="Ⅲ级"),
        a_task("d", 1, "b", from_level="Ⅱ级"),
        a_task("c", 1, "d"),
        levels=levelled(),
    )
    question = ask(procedure, an_event(**event))
    assert question.level == level
    assert [node.task for node in question.network.nodes] == tasks
    assert study(question, runs=2).level == level


def test_a_task_left_out_hands_its_predecessors_to_its_followers():
    tasks = (a_task("a", 4), a_task("b", 50, "a", from_level="Ⅲ级"), a_task("c", 1, "b"))
    question = ask(a_procedure(*tasks, levels=levelled(), targets=(a_target("c", 5),)))
    assert study(question, runs=2).targets[0].p50_min == 5


def test_resources_replace_the_units_of_the_pools_they_name():
    tasks = (a_task("a", 10, pool="crew"), a_task("b", 10, pool="crew"))

    def p50(**units: int) -> float | None:
        return (
            study(a_question(*tasks, pools=(a_pool("crew"),), targets=(a_target("b", 30),), **units), runs=2)
            .targets[0]
            .p50_min
        )

    assert (p50(), p50(crew=2), p50(helicopter=9)) == (20, 10, 20)


def test_a_skipped_branch_ends_with_the_branch_that_was_taken():
    brings = Contribution(clocks=(Clock(name="lost", base_min=10),))
    tasks = (a_task("bus", 5, until="lost"), a_task("boat", 7, After(task="bus", when=Outcome.SKIPPED)))
    found = study(a_question(*tasks, targets=(a_target("boat", 1),), brings=brings), runs=4)
    assert found.targets[0].met == 4
    assert found.bands[1].unfinished_share == 0
