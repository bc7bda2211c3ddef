"""What a study is asked further: computed by the worker, kept, found again, shown; units held never exceed the pool."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import study_analyses
from plans_repo.assessment import report_facts
from plans_repo.compared_forces import Ground
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import accounts, jobs
from plans_repo.store.jobs import JobState
from plans_repo.store.worker import run_one
from plans_repo.studies import Request, Study, run, studies, study
from plans_repo.study_analyses import Compared, Kind, Wanted
from plans_repo.study_assumptions import AssumptionKind, assumptions, standing
from plans_repo.study_runs import told_run
from sim.errors import SimError
from sim.plain import plain
from sim.telling import Level, PoolStory
from tests.ui.conftest import Clock
from tests.ui.planned import furnish, markup
from ui.components import run_pools
from ui.components.run_map import STATES, RunMap, map_chart, map_words
from ui.components.run_window import windows
from ui.handlers import all_handlers
from ui.installation import Installation, open_installation

RUNS = 20


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan and one study of it."""
    data = tmp_path_factory.mktemp("analysed")
    opened = furnish(data)
    installation = open_installation(data, clock=Clock())
    request = Request(plan=opened.plan, version=opened.version, scenario="river-plain-night", runs=RUNS)
    run(installation.store, accounts.actor_named(installation.store, "author"), request)
    installation.store.close()
    return data


@pytest.fixture
def found(installation: Installation) -> Study:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        return study(work, studies(work)[0].id)


def analysed(installation: Installation, found: Study, wanted: Wanted) -> study_analyses.Analysis:
    actor = accounts.actor_named(installation.store, "author")
    return study_analyses.run(installation.store, actor, found.id, wanted)


def test_a_comparison_is_kept_and_found_again(installation: Installation, found: Study) -> None:
    pool = next(count for count in found.pools if count.units)
    wanted = Wanted(kind=Kind.COMPARISON, runs=RUNS, units=((pool.pool.id, pool.units + 3),))
    first = analysed(installation, found, wanted)
    again = analysed(installation, found, wanted)
    assert not first.is_reused
    assert again.is_reused
    assert again == first
    assert isinstance(again.result, Compared)
    assert again.result.forces
    (differs,) = again.result.forces.differing
    assert differs.before
    assert differs.after
    assert (differs.pool, differs.before.units, differs.after.units) == (pool.pool.id, pool.units, pool.units + 3)
    assert (differs.before.ground, differs.after.ground) == (Ground.PROCEDURE, Ground.GIVEN)
    assert again.result.forces.same == len(found.procedure.pools) - 1
    for gain, curve in zip(again.result.comparison.gains, again.result.curves, strict=True):
        assert curve.target == gain.target.id
        reached = [value for value in curve.after if value is not None]
        assert reached == sorted(reached, reverse=gain.target.is_latest_better)


def test_the_own_units_are_no_comparison(installation: Installation, found: Study) -> None:
    with pytest.raises(PlansRepoError, match="must differ"):
        analysed(installation, found, Wanted(kind=Kind.COMPARISON, runs=RUNS))


def test_what_names_nothing_there_is_refused(installation: Installation, found: Study) -> None:
    with pytest.raises(SimError, match="target"):
        analysed(installation, found, Wanted(kind=Kind.DOUBT, target="none"))
    with (
        pytest.raises(NotFound),
        installation.store.reading(accounts.actor_named(installation.store, "author")) as work,
    ):
        study_analyses.analysis(work, "none")


def test_the_worker_computes_what_a_page_asked(installation: Installation, found: Study) -> None:
    actor = accounts.actor_named(installation.store, "author")
    wanted = Wanted(kind=Kind.WEAK, runs=2, failures=0)
    with installation.store.work(actor) as work:
        job = jobs.submit(work, study_analyses.JOB_KIND, {"study": found.id, "wanted": plain(wanted)})
    assert run_one(installation.store, all_handlers(), worker_id="one")
    with installation.store.reading(actor) as work:
        done = jobs.job(work, job.id)
        assert done.state is JobState.DONE
        assert done.result is not None
        kept = study_analyses.analysis(work, done.result["analysis"])
        assert kept.wanted == wanted
        assert kept in study_analyses.analyses_of(work, found.id)


def test_the_report_tells_the_newest_analysis_of_each_kind(installation: Installation, found: Study) -> None:
    pool = next(count for count in found.pools if count.units)
    for runs in (2, 3):
        analysed(installation, found, Wanted(kind=Kind.WEAK, runs=runs, failures=0))
    more = ((pool.pool.id, pool.units + 5),)
    analysed(installation, found, Wanted(kind=Kind.COMPARISON, runs=RUNS, units=more))
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        told = report_facts(work, found.id, "zh").analyses
        kept = study_analyses.analyses_of(work, found.id)
    weak = [each.said for each in told if each.kind == "weak"]
    assert len(weak) == 1
    newest = next(each for each in kept if each.wanted.kind is Kind.WEAK)
    assert f"各推演{newest.wanted.runs}次" in weak[0]
    compared = [each.said for each in told if f"改用{pool.pool.title}{pool.units + 5}" in each.said]
    assert len(compared) == 1
    assert f"{pool.pool.title}：A方{pool.units}" in compared[0]
    assert "（本次对比另定）" in compared[0]
    assert [each.kind for each in told] == sorted((each.kind for each in told), key=list(Kind).index)


def test_every_figure_of_a_study_is_listed_once(found: Study) -> None:
    listed = assumptions(found)
    assert len({each.key for each in listed}) == len(listed) == sum(count for _mark, count in standing(listed))
    by_kind = {kind: [each.of for each in listed if each.kind is kind] for kind in AssumptionKind}
    assert [name.removesuffix(":local") for name in by_kind[AssumptionKind.UNITS]] == [c.pool.id for c in found.pools]
    assert by_kind[AssumptionKind.PARAMETER] == [one.name for one in found.scenario.parameters]


@pytest.mark.parametrize(
    ("held", "since"),
    [
        ([(0, 0), (10, 2)], 10),
        ([(0, 0), (10, 2), (30, 1), (40, 2), (50, 2)], 40),
        ([(0, 2)], 0),
        ([(0, 0), (10, 2), (30, 0)], None),
        ([(0, 0), (10, 1)], None),
    ],
)
def test_units_that_are_never_given_back_are_full_for_good(held: list[tuple[int, int]], since: int | None) -> None:
    story = PoolStory(
        pool="engine",
        line=(),
        held=tuple(Level(tick=tick, count=count) for tick, count in held),
        units=(Level(tick=0, count=2),),
    )
    assert run_pools.full_for_good(story, 100) == since


def test_units_held_and_free_add_up_to_the_pool(installation: Installation, found: Study) -> None:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        one = told_run(work, found.id)
    end = one.network.horizon
    for story in one.pools:
        levels = run_pools.held_levels(story, end)
        assert [tick for tick, *_rest in levels[1:]] == [after for _tick, after, *_rest in levels[:-1]]
        assert all(0 <= held <= units for _tick, _after, held, units in levels)
        assert run_pools.full_ticks(story, end) <= end
    busiest = run_pools.busiest(one)
    drawn = len(run_pools.held_chart(one, busiest, windows(one)["whole"]).data)
    assert drawn == min(len(busiest), run_pools.MOST_LINES)
    assert (f"另有 {len(busiest) - drawn} 类没有画" in run_pools.cut_words(busiest, "")) == (drawn < len(busiest))


def test_on_the_map_a_place_that_is_done_stays_done(installation: Installation, found: Study) -> None:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        one = told_run(work, found.id)
    told_map, window = RunMap(one), windows(one)["whole"]
    moments = window.moments(8)
    for site in told_map.busy:
        states = [told_map.state(site, tick) for tick in moments]
        assert set(states) <= set(STATES)
        assert "done" not in states or set(states[states.index("done") :]) == {"done"}
    assert "示意图" in map_words(told_map, window)
    figure = map_chart(told_map, {}, window)
    assert {len(frame.data) for frame in figure.frames} == {len(figure.data)}


def test_the_page_offers_every_analysis_and_shows_what_is_kept(
    app: Callable[..., AppTest], installation: Installation, found: Study
) -> None:
    pool = next(count for count in found.pools if count.units)
    analysed(installation, found, Wanted(kind=Kind.COMPARISON, runs=RUNS, units=((pool.pool.id, pool.units + 3),)))
    at = app("author", "study_page.py", id=found.id)
    assert not at.exception
    assert "yy-gains" in markup(at)
    assert "A方：" in markup(at)
    assert "本次对比另定" in markup(at)
    for kind in Kind:
        at.get("button_group")[1].set_value(kind).run()
        assert not at.exception
        assert any(button.key == f"analysis-start-{kind.value}" for button in at.button)
