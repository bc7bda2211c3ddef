"""No step of a path can be skipped; what was under way before there were paths is finished as it began."""

from collections.abc import Callable

import pytest
from alembic import command
from alembic.config import Config
from sqlmodel import select

from plans_repo.course import passage
from plans_repo.course.conditions import conditions
from plans_repo.course.local_rules import _switches
from plans_repo.course.paths import ALWAYS, all_paths
from plans_repo.course.stages import EFFECTIVE, Move, PaperKind, Stage, Step
from plans_repo.course.steps import steps
from plans_repo.errors import PlansRepoError
from plans_repo.plans import PlanKind
from plans_repo.store import database
from plans_repo.store.database import PLANS, migrate
from plans_repo.store.engine import WRITES, open_engine
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.work import Store
from tests.plans_repo.course.walking import EVERYBODY, NUMBER, begun, make, onward, papers, ready, stand, walk, whoever

BEFORE_PATHS = "plans0005"


@pytest.mark.parametrize("kind", [PlanKind.SPECIAL, PlanKind.OVERALL, PlanKind.VILLAGE])
def test_whatever_is_tried_at_any_stage_nothing_is_skipped(store: Store, kind: PlanKind) -> None:
    version = begun(store, kind=kind, hazard=None)
    state, passed = stand(store, version), []
    while state.stage not in EFFECTIVE:
        ready(store, version)
        passed.append(state.stage)
        open_here = {step.move for step in moves_out_of(state)}
        for move in set(Move) - open_here:
            assert refused(store, version, move) == "move-not-open"
        state = make(store, whoever(onward(state)), version, onward(state).move)
    assert tuple(passed) == state.path.stages
    assert all(sign.holds for sign in state.sign_offs)


def moves_out_of(state: passage.Passage) -> list[Step]:
    return [step for step in steps(state.path) if step.source is state.stage]


def refused(store: Store, version: str, move: Move) -> str:
    """Why a move is refused to somebody who may do everything and brings every paper."""
    with pytest.raises(PlansRepoError) as refusal, store.work(EVERYBODY) as work:
        passage.move(work, version, move, reason="x", attachments=papers(*PaperKind), document_number=NUMBER)
    return refusal.value.code


@pytest.mark.parametrize(("kind", "path"), [(PlanKind.SPECIAL, "earlier-linked"), (PlanKind.OVERALL, "earlier")])
def test_a_plan_under_way_before_there_were_paths_is_finished_as_it_began(
    url: str, store: Store, kind: PlanKind, path: str
) -> None:
    version = begun(store, kind=kind, hazard=None)
    with store.work(EVERYBODY) as work:
        course = work.session.exec(select(CourseRow)).one()
        course.stage = Stage.REVIEW
    store.engine.dispose()
    at_revision(url, command.downgrade, BEFORE_PATHS)
    migrate(url)
    state = stand(store, version)
    assert (state.stage, state.path.id) == (Stage.REVIEW, path)
    assert Stage.DELIBERATION not in state.path.stages
    with store.reading(EVERYBODY) as work:
        assert passage.unmet(work, version) == ()
    assert walk(store, version, Stage.NUMBERING).stage is Stage.NUMBERING


def test_a_first_draft_from_before_takes_the_path_of_today(url: str, store: Store) -> None:
    version = begun(store)
    store.engine.dispose()
    at_revision(url, command.downgrade, BEFORE_PATHS)
    migrate(url)
    assert stand(store, version).path.id == "special"


def at_revision(url: str, move: Callable[[Config, str], None], revision: str) -> None:
    engine = open_engine(url)
    config = database._config([PLANS])
    with engine.execution_options(**{WRITES: True}).connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def test_the_switch_of_a_stage_is_known() -> None:
    used = {station.when for one in all_paths() for station in one.stations} - {ALWAYS}
    assert used <= set(_switches())


def test_every_condition_a_path_asks_for_is_there() -> None:
    asked = {name for one in all_paths() for station in one.stations for name in station.asks}
    assert asked | {"duties_asked"} == set(conditions())  # the one that holds at every signature
