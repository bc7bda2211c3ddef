"""Studies through the services: asked, run, kept whole, refused with one reason and nothing stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlmodel import select

from plans_repo import cautions, intake, plans, scenarios, studies
from plans_repo.assessment import command, report_facts
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.packs.reading import pack, scenario, scenario_from, template
from plans_repo.proposals import procedure_for
from plans_repo.store import audit
from plans_repo.store.jobs import Cancelled
from plans_repo.store.roles import Role
from plans_repo.store.tables.studies import StudyRow
from plans_repo.store.work import Actor, Store
from plans_repo.studies import Request
from sim.circumstance import Circumstance
from sim.durations import minutes_fixed
from sim.errors import SimError
from tests.plans_repo.conftest import BOTH, person
from ui.wording.errors import plain_sentence

PLAN = """临江县防汛应急预案

一、总则

（一）编制目的。为做好洪涝灾害防范应对工作，制定本预案。

二、应急响应

（一）启动程序

自达到启动条件起30分钟内完成会商、批准和通知。

（二）叫应

自预警发布起30分钟内完成全部涉险村的叫应闭环。

（三）组织转移

1.达到触发条件后，指挥长在15分钟内下达转移指令。

2.低洼地带全部涉险人员在洪水到达前1小时完成转移。

（四）救助

受灾群众在灾害发生后10小时内得到基本生活保障。
"""
SCENARIO = "small-river"


def small_river():
    """The night flood of the packs with three villages, a dike section and a shelter."""
    whole = scenario_from(pack("scenarios", "river-plain-night"))
    places = [*whole.of_kind("village")[:3], *whole.of_kind("shelter")[:1], *whole.of_kind("dike_section")[1:2]]
    return replace(whole, id=SCENARIO, places=tuple(places))


@pytest.fixture
def plan(store: Store, author: Actor) -> str:
    """A small flood plan with its proposed procedure, and a river flood of three villages."""
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        return intake.take_file(work, PLAN.encode(), "临江.txt", propose=procedure_for).first.plan


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


def test_a_freshly_imported_plan_can_be_rehearsed_and_says_its_targets_are_proposed(store, author, plan):
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=10))
    assert done.is_proposed
    assert {result.target.id for result in done.findings.targets} >= {"F2-limit", "F3-limit", "F6-limit", "F7-share"}
    with store.reading(author) as work:
        text = {clause.id: clause for clause in plans.text_of(work, plan)}
    bound = {
        result.target.id: text[result.target.clause].text for result in done.findings.targets if result.target.clause
    }
    assert "15分钟内下达转移指令" in bound["F6-limit"]
    assert "洪水到达前1小时" in bound["F7-share"]


@BOTH
def test_a_study_read_again_equals_the_one_that_was_run(store, author, plan):
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=6))
    with store.reading(author) as work:
        assert studies.study(work, done.id) == done
        assert [summary.id for summary in studies.studies(work, plan)] == [done.id]


@BOTH
def test_the_same_request_gives_the_same_hash_and_another_seed_another(store, author, plan):
    request = Request(plan=plan, scenario=SCENARIO, runs=5)
    first, second = (studies.run(store, author, request, anew=True).findings for _ in range(2))
    other = studies.run(store, author, replace(request, seed=7)).findings
    assert (first.results_hash, first.seed) == (second.results_hash, second.seed)
    assert other.results_hash != first.results_hash


def test_confirmed_targets_are_no_longer_proposed(store, author, plan):
    with store.work(author) as work:
        plans.confirm(work, plan)
    assert not studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=3)).is_proposed


def test_changing_one_duration_is_a_new_version_and_the_old_study_stands(store, author, plan):
    before = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=4))
    with store.work(author) as work:
        procedure = plans.procedure_of(work, plan)
        assert procedure is not None
        quick = (replace(t, duration=minutes_fixed(1)) if t.id == "F6" else t for t in procedure.tasks)
        plans.set_procedure(work, plan, procedure.with_tasks(quick), reason="压缩下达时间")
    after = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=4))
    assert after.version != before.version
    with store.reading(author) as work:
        assert studies.study(work, before.id) == before


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        ({"plan": "nobody"}, NotFound, "plan-unknown"),
        ({"version": "9"}, NotFound, "version-unknown"),
        ({"scenario": "nothing"}, NotFound, "scenario-unknown"),
        ({"scenario": "gas-explosion-face"}, SimError, "scenario-of-other-hazard"),
        ({"resource_set": "many"}, NotFound, "resource-set-unknown"),
        ({"engine": "abacus"}, PlansRepoError, "engine-missing"),
        ({"runs": -5}, SimError, "runs-out-of-range"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused_and_nothing_is_kept(store, author, plan, change, error, code):
    with pytest.raises(error) as refusal:
        studies.run(store, author, replace(Request(plan=plan, scenario=SCENARIO, runs=2), **change))
    assert refusal.value.code == code
    with store.reading(author) as work:
        assert not work.session.exec(select(StudyRow)).all()


@BOTH
def test_a_cancelled_study_keeps_nothing(store, author, plan):
    def cancel(done: int, total: int) -> None:
        raise Cancelled("job-cancelled", thing="job")

    with pytest.raises(Cancelled):
        studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=40), progress=cancel)
    with store.reading(author) as work:
        assert studies.studies(work, plan) == ()


def test_progress_counts_the_runs_of_the_look(store, author, plan):
    heard: list[tuple[int, int]] = []
    studies.run(
        store,
        author,
        Request(plan=plan, scenario=SCENARIO, runs=25, engine="simpy"),
        progress=lambda *counts: heard.append(counts),
    )
    assert heard[:2] == [(20, 25), (25, 25)]


def test_the_facts_of_the_report_are_the_numbers_of_the_record(store, author, plan):
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=12))
    with store.reading(author) as work:
        told = report_facts(work, done.id, "zh")
    assert [(t.id, t.p_met, t.low, t.high, t.verdict) for t in told.targets] == [
        (r.target.id, r.p_met, r.low, r.high, r.verdict.value) for r in done.findings.targets
    ]
    assert told.study.results_hash == done.findings.results_hash
    assert told.study.command == command(done)
    numbers = {target.id: target.clause_number for target in told.targets}
    assert (numbers["F6-limit"], numbers["F2-limit"]) == ("二（三）", "二（一）")


@BOTH
def test_a_study_altered_in_the_database_is_found(store, author, plan):
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=10))
    auditor = person("auditor", Role.AUDIT_ADMINISTRATOR)
    with store.reading(auditor) as work:
        assert audit.verify(work).valid
    with store.engine.begin() as connection:
        kept = connection.execute(select(StudyRow.result)).scalar_one()
        connection.execute(update(StudyRow).values(result=kept | {"margins": []}))
    with store.reading(auditor) as work:
        fault = audit.verify(work).first_bad
    assert fault
    assert (fault.where, fault.why, len(fault.fields)) == (f"study {done.id}", "altered", 1)


def test_the_register_gives_a_second_resource_set_only_when_it_holds_something(store, author, plan):
    with store.reading(author) as work:
        assert [item.id for item in scenarios.resource_sets(work, plan)] == ["procedure"]


def test_the_report_names_the_response_limits_nobody_examined(store, author):
    text = PLAN.replace("（四）救助", "（四）救灾物资\n\n县应急局接到通知后50分钟内将帐篷运抵。\n\n（五）救助")
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        plan = intake.take_file(work, text.encode(), "临江.txt", propose=procedure_for).first.plan
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=10))
    with store.reading(author) as work:
        warnings = report_facts(work, done.id, "zh").warnings
    assert any("二（四）“县应急局接到通知后50分钟内将帐篷运抵”（未列入的为50分钟）" in warning for warning in warnings)
    assert any("推演次数太少" in warning for warning in warnings)


# ---- When a promise holds --------------------------------------------------------------------------------------------

LEVELLED = (
    PLAN
    + """
三、响应分级

（一）启动条件

应急响应由低到高分为Ⅳ级、Ⅲ级、Ⅱ级、Ⅰ级。

1.Ⅳ级响应条件：需要紧急转移10人以上、100人以下。

2.Ⅲ级响应条件：需要紧急转移100人以上、500人以下。

3.Ⅱ级响应条件：需要紧急转移500人以上、2,000人以下，或者24小时降雨200毫米以上且水位达到5.5米。

4.Ⅰ级响应条件：需要紧急转移2,000人以上。

四、信息报告

县人民政府接报后向市人民政府报告：一般险情2小时内；较大以上的，30分钟内电话报告。
"""
)


@pytest.mark.parametrize(
    ("measures", "level", "of_template"),
    [
        ((("evacuated", 300.0),), "Ⅲ级", False),
        ((("stage_above_warning_m", 1.7),), "Ⅱ级", True),
        ((("evacuated", 600.0), ("stage_above_warning_m", 1.7)), "Ⅱ级", False),
        ((("rain_mm", 210.0), ("water_level_m", 5.4)), "", False),
        ((("rain_mm", 210.0), ("water_level_m", 5.5)), "Ⅱ级", False),
        ((), "", False),
    ],
)
def test_a_level_rests_on_the_conditions_of_the_plan_else_of_the_template(
    store, author, measures, level: str, of_template: bool
):
    with store.work(author) as work:
        scenarios.save_scenario(work, replace(small_river(), measures=measures))
        plan = intake.take_file(work, LEVELLED.encode(), "临江.txt", propose=procedure_for).first.plan
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=2))
    assert done.findings.level == level
    assert [not condition.clause for condition in done.level_conditions] == ([of_template] if level else [])
    with store.reading(author) as work:
        told = report_facts(work, done.id, "zh").scenario
    assert (told.level, told.is_level_of_template) == (level, of_template)


@pytest.mark.parametrize(
    ("grade", "limit_min", "not_made"),
    [
        (Circumstance.GRADE_ORDINARY, 120.0, "首报市级（较大以上事件）"),
        (Circumstance.GRADE_MAJOR, 30.0, "首报市级（一般事件）"),
    ],
)
def test_the_first_report_is_judged_by_the_limit_of_the_events_grade(
    store, author, grade: Circumstance, limit_min: float, not_made: str
):
    with store.work(author) as work:
        scenarios.save_scenario(work, replace(small_river(), circumstances=(grade,)))
        plan = intake.take_file(work, LEVELLED.encode(), "临江.txt", propose=procedure_for).first.plan
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=2))
    judged = [each.target.limit_min for each in done.findings.targets if each.target.task == "F11"]
    assert judged == [limit_min]
    with store.reading(author) as work:
        facts = report_facts(work, done.id, "zh")
    assert facts.not_made == (not_made,)
    assert not_made not in facts.untested
    assert next(each.cases for each in facts.targets if each.limit_min == limit_min and "首报" in each.title)


def test_a_level_the_plan_lacks_is_refused_with_the_levels_there_are(store, author, plan):
    with store.work(author) as work:
        scenarios.save_scenario(work, replace(small_river(), id="unknown-level", level="Ⅸ级"))
    with pytest.raises(PlansRepoError) as refused:
        studies.run(store, author, Request(plan=plan, scenario="unknown-level", runs=2))
    told = plain_sentence(refused.value)
    assert refused.value.code == "study-level-unknown"
    assert "“Ⅸ级”响应，预案中没有这一级别，只有：" in told
    assert all(label in told for label in refused.value.fields["known"])


def test_a_study_kept_with_a_level_the_plan_lacks_still_says_so(store, author, plan):
    plain = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=2))
    kept = replace(plain, scenario=replace(plain.scenario, level="Ⅸ级"), findings=replace(plain.findings, level=""))
    assert any("情景写明为Ⅸ级" in said for said in cautions.of_study(kept, "zh"))
    assert not any("情景写明" in said for said in cautions.of_study(plain, "zh"))


def test_squads_that_the_event_does_not_send_are_said_to_flatter_the_result(store, author, plan):
    flood = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=2))
    mine = template("gas_explosion").procedure
    five = [replace(pool, units=5) if pool.id == "mine_rescue_squad" else pool for pool in mine.pools]
    kept = replace(flood, procedure=replace(mine, pools=tuple(five)), scenario=scenario("gas-explosion-face"))
    said = "".join(cautions.of_study(kept, "zh"))
    assert "“矿山救护小队”按5个推演，情景只写明3个的行车：多出的2个没有出动和路途用时" in said
