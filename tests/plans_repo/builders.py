"""Small plans, procedures and bodies for tests."""

from dataclasses import replace
from typing import Any

from plans_repo.organisations import Organisation, OrganisationKind, create_organisation
from plans_repo.plans import Plan, PlanKind, create_plan, make_version
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, ClauseKind, SemanticType
from plans_repo.versions import VersionSummary
from sim.durations import Duration, Triangular
from sim.procedure import Hazard, Procedure, Target, Task


def a_clause(clause_id: str, text: str, **more: Any) -> Clause:
    return Clause(
        **{"id": clause_id, "kind": ClauseKind.BODY, "level": 2, "text": text, "semantic": SemanticType.OTHER} | more
    )


def some_clauses() -> tuple[Clause, ...]:
    return (
        a_clause("c1", "", kind=ClauseKind.HEADING, level=1, number="1", number_raw="1", title="总则"),
        a_clause("c2", "接到预警后30分钟内到岗。"),
        a_clause("c3", "", kind=ClauseKind.HEADING, level=1, number="2", number_raw="2", title="响应"),
        a_clause("c4", "群众转移应在2小时内完成。", semantic=SemanticType.MAIN_MEASURES),
    )


def edited(text: str) -> tuple[Clause, ...]:
    """The clauses with other words in the second."""
    return tuple(replace(clause, text=text) if clause.id == "c2" else clause for clause in some_clauses())


def a_procedure(*, proposed: bool = True, mode_min: float = 2.5) -> Procedure:
    duration = Duration(law=Triangular(low_min=1, mode_min=mode_min, high_min=10), source="测试")
    return Procedure(
        hazard=Hazard.FLOOD,
        tasks=(Task(id="F1", title="到岗", clause="c2", duration=duration),),
        targets=(Target(id="T1", title="到岗时限", task="F1", limit_min=30, clause="c2", proposed=proposed),),
    )


def a_plan(work: Work, title: str = "某县防汛应急预案", **more: Any) -> tuple[Plan, VersionSummary]:
    """A plan with a first version."""
    plan = create_plan(work, title, **({"kind": PlanKind.SPECIAL, "hazard": Hazard.FLOOD} | more))
    return plan, make_version(work, plan.id, some_clauses(), reason="首次编制", trigger=Trigger.FIRST)


def a_body(
    work: Work, name: str, area: str, kind: OrganisationKind = OrganisationKind.EMERGENCY_BUREAU
) -> Organisation:
    return create_organisation(work, name, kind=kind, area=area)
