"""The thread of a clause: what hangs on it, each strand as the reader may see it."""

from dataclasses import replace
from datetime import date

import pytest

from plans_repo import plans, resources, studies, threads
from plans_repo.contacts import Contact, add_contact
from plans_repo.errors import NotFound
from plans_repo.organisations import OrganisationKind
from plans_repo.resources import Resource, ResourceClass
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.studies import Request
from plans_repo.text.clause import ClauseKind
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.conftest import person
from tests.plans_repo.test_studies import SCENARIO, plan  # noqa: F401  (the fixture of a plan that can be rehearsed)


def clause_saying(work: Work, plan_id: str, words: str) -> str:
    return next(one.id for one in plans.text_of(work, plan_id) if words in one.text)


def test_a_promise_tells_how_the_newest_study_of_each_scenario_found_it(store, author, plan, clock):  # noqa: F811
    studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=10, seed=1))
    clock.forward(minutes=5)
    last = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=10, seed=2))
    with store.reading(author) as work:
        order = clause_saying(work, plan, "15分钟内下达转移指令")
        found = threads.thread(work, plan, "", order)
    (tried,) = next(several for target, several in found.targets if target.id == "F6-limit")
    assert tried.study == last.id
    assert tried.result == next(each for each in last.findings.targets if each.target.id == "F6-limit")
    assert [task.clause for task in found.tasks] == [order] * len(found.tasks)
    assert [one.quotation for one in found.figures if one.common_unit == "min"] == ["15分钟", "1小时"]


def test_a_promise_that_was_changed_since_counts_as_not_tried(store, author, plan):  # noqa: F811
    studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=10))
    with store.work(author) as work:
        procedure = plans.procedure_of(work, plan)
        stricter = [replace(each, limit_min=5.0) if each.id == "F6-limit" else each for each in procedure.targets]
        plans.set_procedure(work, plan, procedure.with_targets(stricter), reason="收紧时限")
        version = plans.version_of(work, plan).id
        present = plans.procedure_of(work, plan)
        found = threads.trials(work, plan, version, present)
    assert "F6-limit" not in found


def test_who_may_not_read_studies_sees_no_trial(store, author, plan):  # noqa: F811
    studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=10))
    with store.reading(person("无权看研究", Role.MEMBER_UNIT)) as work:
        assert threads.trials(work, plan, "", plans.procedure_of(work, plan)) == {}


def set_up(work: Work) -> tuple[str, str]:
    """A county's plan whose clause names the water bureau and is cited by another clause and another plan."""
    county = a_body(work, "青山县人民政府", "/city/qing/", OrganisationKind.GOVERNMENT)
    bureau = a_body(work, "青山县水利局", "/city/qing/", OrganisationKind.DEPARTMENT)
    add_contact(work, Contact(name="宋亦川", post="局长", phone="0571-87654321", organisation=bureau.id))
    whole = plans.create_plan(work, "青山县防汛应急预案", kind=plans.PlanKind.SPECIAL, organisation=county.id)
    head = a_clause("h", "由县水利局30分钟内派人到场。", kind=ClauseKind.HEADING, level=1, number="3.2",
                    number_raw="3.2",                     title="巡堤")  # fmt: skip
    body = (head, a_clause("b", "出险时按照本预案3.2执行。"))
    plans.make_version(work, whole.id, body, reason="首次编制", trigger=Trigger.FIRST)
    other = plans.create_plan(work, "青山县抗旱应急预案", kind=plans.PlanKind.SPECIAL, organisation=county.id)
    cites = (a_clause("x", "洪水时执行《青山县防汛应急预案》3.2。"),)
    plans.make_version(work, other.id, cites, reason="首次编制", trigger=Trigger.FIRST)
    return whole.id, other.id


def test_units_numbers_and_citations_are_found(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        whole, other = set_up(work)
        found = threads.thread(work, whole, "", "h")
        assert [(one.name, [each.phone for each in one.contacts]) for one in found.called] == [
            ("青山县水利局", ["0571-87654321"])
        ]
        assert [one.mention.clause for one in found.citing] == ["b"]
        assert [one.plan for one in found.cited_by] == [other]
        assert threads.thread(work, other, "", "x").is_bare


def test_who_may_not_look_people_up_sees_the_unit_alone(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        whole, _other = set_up(work)
    with store.reading(person("司法局", Role.JUSTICE_BUREAU)) as work:
        (called,) = threads.thread(work, whole, "", "h").called
    assert called.contacts == ()


def test_a_clause_the_version_has_not_is_refused(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        whole, _other = set_up(work)
        with pytest.raises(NotFound, match="clause-unknown"):
            threads.thread(work, whole, "", "no such clause")


def test_forces_behind_the_tasks_are_those_of_the_register(store, author, plan):  # noqa: F811
    with store.work(person("全能", *Role)) as work:
        procedure = plans.procedure_of(work, plan)
        task = next(one for one in procedure.tasks if one.needs and one.clause)
        pool = task.needs[0].pool
        body = a_body(work, "临江县应急管理局", "/", OrganisationKind.DEPARTMENT)
        kept = resources.add_resource(
            work,
            Resource(
                title="县应急分队",
                kind=ResourceClass.TEAM,
                quantity=4,
                unit="支",
                keeper=body.id,
                pool=pool,
                source="县应急局统计",
                checked_on=date(2026, 10, 8),
            ),
        )
        found = threads.thread(work, plan, "", task.clause)
    assert [one.id for one in found.resources] == [kept.id]
