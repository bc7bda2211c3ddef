"""The desk leads back to the last clause and lists what is asked for; a clause shows all that hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import drafts, plans
from plans_repo.plans import Plan
from plans_repo.store import accounts
from plans_repo.store.actor import Actor
from tests.ui.planned import furnish
from ui.installation import Installation
from ui.todos import Todo, matters, todos
from ui.todos.kinds import Kind

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("planned")
    furnish(data)
    return data


@pytest.fixture
def author(installation: Installation) -> Actor:
    found = accounts.actor_named(installation.store, "author")
    assert found is not None
    return found


@pytest.fixture
def flood(installation: Installation, author: Actor) -> Plan:
    with installation.store.reading(author) as work:
        return plans.list_plans(work)[0]


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_the_desk_leads_back_to_the_clause_written_last(
    app: Open, installation: Installation, author: Actor, flood: Plan
) -> None:
    assert "继续上次编辑" not in markup(app("author"))
    with installation.store.work(author) as work:
        clause = drafts.open_draft(work, flood.id).clauses[-1].clause.id
        drafts.be_present(work, flood.id, clause)
    shown = markup(app("author"))
    assert f"id={flood.id}&amp;part=editing&amp;clause={clause}" in shown[shown.index("继续上次编辑") :]
    assert "继续上次编辑" not in markup(app("reviewer"))
    editing = app("author", "plan_page.py", id=flood.id, part="editing", clause=clause)
    assert editing.selectbox(key="draft-clause").value == clause


def test_the_desk_lists_the_kind_that_was_chosen(
    app: Open, installation: Installation, author: Actor, flood: Plan
) -> None:
    with installation.store.work(author) as work:
        drafts.open_draft(work, flood.id)
    at = app("author")
    kinds = at.get("button_group")[0]
    assert {"待修改 1", "待确认 1"} <= set(kinds.options)
    kinds.set_value([Kind.WRITE]).run()
    shown = markup(at)
    assert "继续编修初稿" in shown
    assert "确认拟议目标" not in shown
    assert at.query_params["kinds"] == "write"
    there = app("author", lang="en", kinds="write,confirm")
    assert there.get("button_group")[0].value == [Kind.WRITE, Kind.CONFIRM]
    assert "rule" not in markup(there)[markup(there).index("yy-todos") :], "a link says the same in the other language"


def test_a_counter_of_the_desk_leads_to_its_list(app: Open) -> None:
    at = app("author", due="late")
    shown = markup(at)
    assert 'href="/?due=late"' in shown
    assert "只列已超期的事项" in shown
    assert "没有这类事项" in shown


@pytest.mark.parametrize(
    ("tab", "said"),
    [("done", "建立预案、形成版本"), ("begun", "现在的状态"), ("copied", "没有抄送本单位的预案")],
)
def test_the_desk_tells_what_was_done_begun_and_copied(app: Open, flood: Plan, tab: str, said: str) -> None:
    shown = markup(app("author", tab=tab))
    assert said in shown
    assert (f"id={flood.id}" in shown) is (tab != "copied")
    assert "yy-todos" not in shown or tab != "copied"
    assert f"id={flood.id}" not in markup(app("evaluator", tab=tab)), "what somebody else did is not told here"


def test_a_plan_stands_in_one_row_with_all_that_waits_in_it(
    app: Open, installation: Installation, author: Actor, flood: Plan
) -> None:
    with installation.store.work(author) as work:
        drafts.open_draft(work, flood.id)
    with installation.store.reading(author) as work:
        waiting = todos(work)
    assert len(waiting) > 1
    assert {todo.plan for todo in waiting} == {flood.id}
    shown = markup(app("author"))
    row = shown[shown.index("yy-todos") :]
    assert row.count("<tr>") == 2, "the heads and the plan"
    assert row.count(flood.title) == 1
    assert all(todo.duty in row for todo in waiting)
    assert f"<b>1</b><span>待办</span><small>预案 1 件，共 {len(waiting)} 项待办</small>" in shown


def test_the_most_urgent_duty_of_a_plan_comes_first_and_tells_its_day() -> None:
    def todo(duty: str, plan: str, due_on: date | None = None) -> Todo:
        return Todo(duty=duty, subject=plan, plan=plan, href="/", kind=Kind.MOVE, due_on=due_on)

    late, soon = todo("公布", "甲", date(2026, 11, 1)), todo("备案", "乙", date(2026, 11, 24))
    rows = matters([late, soon, todo("评估", "甲", date(2026, 12, 30)), todo("编修", "乙")])
    assert [[one.duty for one in row.todos] for row in rows] == [["公布", "评估"], ["备案", "编修"]]
    assert [row.first for row in rows] == [late, soon]


@pytest.mark.parametrize(("lang", "said"), [("zh", "本版尚未仿真检验。"), ("en", "Not yet tried by simulation")])
def test_a_clause_shows_its_promise_its_task_and_its_figures(
    app: Open, installation: Installation, author: Actor, flood: Plan, lang: str, said: str
) -> None:
    with installation.store.reading(author) as work:
        procedure = plans.procedure_of(work, flood.id)
        assert procedure is not None
        target = procedure.targets[0]
    shown = markup(app("author", "plan_page.py", lang=lang, id=flood.id, clause=target.clause))
    rail = shown[shown.index('class="yy-rail"') :]
    assert said in rail
    assert (target.title if lang == "zh" else target.title_en) in rail
    assert f"clause={target.clause}" in shown[shown.index("yy-to-thread") - 300 :]
    below = shown[shown.index('class="yy-rail-below"') :]
    assert said in below, "where there is no room beside the text it stands below the clause"


def test_every_entry_of_the_rail_leads_to_its_record(
    app: Open, installation: Installation, author: Actor, flood: Plan
) -> None:
    with installation.store.reading(author) as work:
        procedure = plans.procedure_of(work, flood.id)
        version = plans.version_of(work, flood.id).id
    assert procedure is not None
    clause = procedure.targets[0].clause
    shown = markup(app("author", "plan_page.py", id=flood.id, clause=clause))
    rail = shown[shown.index('class="yy-rail"') :]
    for place in ("procedure#targets", "procedure#tasks", "ledger"):
        assert f"v={version}&amp;part={place}" in rail, place
    assert f"part=editing&amp;clause={clause}" in rail
    bare = markup(app("reviewer", "plan_page.py", id=flood.id, clause=clause))
    assert "part=editing" not in bare[bare.index('class="yy-rail"') :]
    whole = markup(app("author", "plan_page.py", id=flood.id))
    assert all(f"clause={target.clause}#c-{target.clause}" in whole for target in procedure.targets if target.clause)
