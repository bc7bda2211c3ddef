"""处置程序 in the hands of the author: checks, graph, suggestions, tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import plans
from plans_repo.plans import Plan
from plans_repo.procedures import edits
from plans_repo.procedures.suggestions import Suggestion, SuggestionKind, suggestions
from plans_repo.store.accounts import actor_named
from plans_repo.text.recognition import levels
from sim.figure import Mark
from sim.procedure import Procedure
from tests.ui.planned import furnish
from ui.components.procedure_graph import graph, leading_to
from ui.installation import Installation


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the flood plan of the demo in it, copied for every test."""
    data = tmp_path_factory.mktemp("planned")
    furnish(data)
    return data


@pytest.fixture
def flood(installation: Installation) -> Plan:
    """The plan."""
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        return plans.list_plans(work)[0]


def newest(installation: Installation, plan: Plan) -> plans.VersionSummary:
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        return plans.version_of(work, plan.id)


def procedure(installation: Installation, plan: Plan) -> Procedure:
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        found = plans.procedure_of(work, plan.id)
    assert found is not None
    return found


def opened(app: Callable[..., AppTest], plan: Plan, name: str = "author") -> AppTest:
    at = app(name, "plan_page.py", id=plan.id, part="procedure")
    assert not at.exception
    return at


def send(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


def test_the_checks_and_the_graph_are_there_for_every_reader(app: Callable[..., AppTest], flood: Plan) -> None:
    at = opened(app, flood, "evaluator")
    assert "检查" in [head.value for head in at.subheader]
    assert "流程图" in [box.label for box in at.expander]
    assert "编辑任务表" not in [box.label for box in at.expander]


def test_the_graph_holds_every_task_and_edge_and_narrows_to_a_target(installation: Installation, flood: Plan) -> None:
    found = procedure(installation, flood)
    dot = graph(found)
    assert all(f'"{task.id}" [' in dot for task in found.tasks)
    assert all(f'"{edge.task}" -> "{task.id}"' in dot for task in found.tasks for edge in task.after)
    target = next(one for one in found.targets if one.task == "F4")
    assert leading_to(found, target) == {"F1", "F2", "F4"}
    assert '"F7"' not in graph(found, only=leading_to(found, target))


def test_words_of_a_plan_cannot_break_out_of_the_graph(installation: Installation, flood: Plan) -> None:
    found = procedure(installation, flood)
    named = edits.with_task(found, replace(found.tasks[0], title='"]; x [label="\\'))
    assert '\\"]; x [lab' in graph(named)


def test_an_owner_the_text_names_is_taken_over(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    version = newest(installation, flood).id
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        clauses = plans.text_of(work, flood.id)
    found = suggestions(procedure(installation, flood), clauses, levels(clauses))
    owner = next(one for one in found if one.kind is SuggestionKind.OWNER)
    at = opened(app, flood)
    at.selectbox(key=f"suggestion-{version}").set_value(owner).run()
    send(at, f"take-owner-{version}")
    assert procedure(installation, flood).task(owner.task).lead == owner.unit


def test_a_task_the_text_orders_is_taken_over_with_its_minutes_and_their_source(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    version = newest(installation, flood).id
    at = opened(app, flood)
    box = at.selectbox(key=f"suggestion-{version}")
    wanted = next(one for one in _suggested(installation, flood) if one.kind is SuggestionKind.TASK)
    box.set_value(wanted).run()
    send(at, f"take-task-{version}")
    assert at.error  # minutes need a source
    field = next(one for one in at.text_input if one.label == "用时依据")
    field.set_value("2026年桌面推演记录")
    send(at, f"take-task-{version}")
    task = procedure(installation, flood).tasks[-1]
    assert (task.id, task.lead, task.clause) == ("own-1", wanted.unit, wanted.clause)
    assert (task.duration.mark, task.duration.source) == (Mark.EXPERT, "2026年桌面推演记录")


def _suggested(installation: Installation, flood: Plan) -> tuple[Suggestion, ...]:
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        clauses = plans.text_of(work, flood.id)
    return suggestions(procedure(installation, flood), clauses, levels(clauses))


def test_the_number_of_a_pool_changes_with_its_source(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    version = newest(installation, flood).id
    at = opened(app, flood)
    at.selectbox(key=f"pool-{version}").set_value("bus").run()
    at.number_input(key=f"units-pool-bus-{version}").set_value(60)
    at.text_input(key=f"reason-pool-bus-{version}").set_value("2026年台账")
    send(at, f"save-pool-{version}")
    pool = procedure(installation, flood).pool("bus")
    assert (pool.units, pool.source, pool.mark) == (60, "2026年台账", Mark.EXPERT)


def test_what_a_task_takes_changes(app: Callable[..., AppTest], installation: Installation, flood: Plan) -> None:
    version = newest(installation, flood).id
    at = opened(app, flood)
    at.selectbox(key=f"need-task-{version}").set_value("F4").run()
    at.multiselect(key=f"pools-needs-F4-{version}").set_value(["phone_line"])
    at.text_input(key=f"reason-needs-F4-{version}").set_value("逐个通知")
    send(at, f"save-needs-{version}")
    assert [need.pool for need in procedure(installation, flood).task("F4").needs] == ["phone_line"]


def test_a_table_saved_as_it_is_keeps_the_procedure(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    version, before = newest(installation, flood).id, procedure(installation, flood)
    at = opened(app, flood)
    at.text_input(key=f"tasks-reason-{version}").set_value("核对无误")
    send(at, f"save-tasks-{version}")
    assert procedure(installation, flood) == before
    assert newest(installation, flood).reason == "核对无误"


@pytest.mark.parametrize("button", ["save-tasks", "save-pool", "save-needs"])
def test_what_was_entered_for_an_older_version_is_refused(
    app: Callable[..., AppTest], installation: Installation, flood: Plan, button: str
) -> None:
    version = newest(installation, flood).id
    at = opened(app, flood)
    for field in at.text_input:
        field.set_value("改动")
    with installation.store.work(actor_named(installation.store, "author")) as work:
        found: Procedure | None = plans.procedure_of(work, flood.id)
        assert found is not None
        plans.set_procedure(work, flood.id, edits.with_pool(found, replace(found.pools[0], units=9)), reason="x")
    before = newest(installation, flood)
    send(at, f"{button}-{version}")
    assert at.error
    assert newest(installation, flood) == before


def test_a_work_manual_is_made_and_its_row_leads_to_the_word_file(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    version = newest(installation, flood).id
    at = opened(app, flood)
    at.selectbox(key=f"support-unit-{version}").set_value("县水利局")
    send(at, "make-supporting")
    shown = " ".join(element.proto.body for element in at.get("html"))
    assert "/download/manual/" in shown
    assert "与最新版本一致" in shown
