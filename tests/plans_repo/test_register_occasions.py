"""A change of the register is an occasion to revise for plans in force that name it: once, with clauses."""

from dataclasses import replace
from datetime import date

import pytest

from plans_repo import plans, replacements, resources
from plans_repo.contacts import Contact, add_contact
from plans_repo.course import occasions
from plans_repo.course.occasions import Answer, OccasionAnswer, OccasionSource, OccasionState
from plans_repo.course.passage import Attachment, move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.organisations import OrganisationKind
from plans_repo.resources import Resource, ResourceClass, add_resource
from plans_repo.store import audit, events
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.conftest import person

OLD, NEW = "0571-87654321", "0571-81112222"
CREW = Resource(
    title="青山县抗洪抢险突击队（民兵）", kind=ResourceClass.TEAM, quantity=100, unit="人", keeper="", pool="crews",
    quantity_per_unit=10, source="县人武部报表", checked_on=date(2026, 11, 1), place="城关营房",
)  # fmt: skip


def set_up(work: Work, *, issue: bool = True) -> tuple[str, Contact, Resource]:
    """A county whose flood plan names a number, a person and a crew; a second plan that names none."""
    a_body(work, "青山县人民政府", "/city/qing/", OrganisationKind.GOVERNMENT)
    bureau = a_body(work, "青山县水利局", "/city/qing/", OrganisationKind.DEPARTMENT)
    kept = add_contact(work, Contact(name="宋亦川", post="局长", phone=OLD, organisation=bureau.id))
    crew = add_resource(work, replace(CREW, keeper=bureau.id))
    clauses = (
        a_clause("c1", f"由县水利局负责，值班电话{OLD}。", number="1"),
        a_clause("c2", "局长宋亦川任副指挥长。", number="2"),
        a_clause("c3", "调用青山县抗洪抢险突击队。", number="3"),
    )
    plan = an_issued_plan(work, "青山县防汛应急预案", bureau.id, clauses, issue=issue)
    an_issued_plan(work, "青山县防震应急预案", bureau.id, (a_clause("d1", "没有相关内容。", number="1"),), issue=issue)
    return plan, kept, crew


def an_issued_plan(work: Work, title: str, body: str, clauses: tuple[plans.Clause, ...], *, issue: bool = True) -> str:
    plan = plans.create_plan(work, title, kind=plans.PlanKind.SPECIAL, organisation=body)
    version = plans.make_version(work, plan.id, clauses, reason="首次编制", trigger=Trigger.FIRST)
    if issue:
        paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="文.pdf", data=title.encode())
        number = f"青政办发〔2026〕{len(title) + len(clauses)}号"
        move(work, version.id, Move.REGISTER, reason="补录", attachments=[paper], document_number=number,
             on=date(2026, 3, 1))  # fmt: skip
    return plan.id


def told(work: Work, plan: str) -> list[tuple[str, tuple[str, ...]]]:
    found = occasions.occasions(work, plan)
    assert all(one.told.source is OccasionSource.REGISTER for one in found)
    return [(one.told.summary, one.told.clauses) for one in found]


def test_a_changed_number_is_an_occasion_without_the_number(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept, _crew = set_up(work)
        replacements.correct_contact(work, replace(kept, phone=NEW))
        assert told(work, plan) == [("通讯台账变动：青山县水利局 局长的电话已变更；正文1涉及，须核对是否修订", ("c1",))]
        chain = events.history(work, events.chain_of_plan(plan))
        assert OLD not in str([one.payload for one in chain]) + str(told(work, plan))
        others = [one.id for one in plans.list_plans(work) if one.id != plan]
        assert [occasions.occasions(work, other) for other in others] == [()]
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid


def test_a_new_holder_and_a_renamed_body_are_occasions(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept, _crew = set_up(work)
        replacements.correct_contact(work, replace(kept, name="韩立恒"))
        assert kept.organisation
        replacements.rename_body(work, kept.organisation, "青山县水务局")
        assert told(work, plan) == [
            ("通讯台账变动：青山县水利局 局长的任职人员已变更；正文2涉及，须核对是否修订", ("c2",)),
            ("机构更名：青山县水利局更名为青山县水务局；正文1涉及，须核对是否修订", ("c1",)),
        ]


def test_a_crew_that_is_gone_or_materially_smaller_is_an_occasion(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, _kept, crew = set_up(work)
        smaller = resources.change_resource(work, replace(crew, quantity=90), reason="清点")
        assert told(work, plan) == []  # a tenth fewer changes nothing of weight
        smaller = resources.change_resource(work, replace(smaller, quantity=60), reason="缩编")
        assert told(work, plan) == [
            ("应急资源变动：青山县抗洪抢险突击队（民兵）数量由90人减至60人；正文3涉及，须核对是否修订", ("c3",))
        ]
        moved = resources.change_resource(work, replace(smaller, place="北郊营房"), reason="搬迁")
        resources.retire_resource(work, moved, reason="撤编")
        assert [words for words, _clauses in told(work, plan)][1:] == [
            "应急资源变动：青山县抗洪抢险突击队（民兵）存放（驻地）地点由城关营房改为北郊营房；正文3涉及，须核对是否修订",
            "应急资源变动：青山县抗洪抢险突击队（民兵）已退出台账；正文3涉及，须核对是否修订",
        ]


def test_a_draft_is_no_plan_in_force(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept, _crew = set_up(work, issue=False)
        replacements.correct_contact(work, replace(kept, phone=NEW))
        assert told(work, plan) == []


def test_a_finding_of_a_drill_is_noted_once_and_answered_with_a_reason(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, _kept, _crew = set_up(work)
        words = "桌面演练发现：值班电话无人接听时没有备用方式"
        assert occasions.note_finding(work, [plan, plan], "finding-7", words, clauses=["c1"]) == (plan,)
        assert occasions.note_finding(work, [plan], "finding-7", words) == ()
        (found,) = occasions.occasions(work, plan)
        assert (found.told.trigger, found.told.source, found.told.clauses) == (
            Trigger.FINDING, OccasionSource.DRILL, ("c1",),
        )  # fmt: skip
        said = occasions.answer_occasion(
            work, found.id, OccasionAnswer(answer=Answer.NOT_NEEDED, reason="工作手册已有备用方式")
        )
        assert said.state is OccasionState.NOT_NEEDED


@pytest.mark.parametrize("share", [0.79, 0.81])
def test_less_of_its_kind_concerns_a_plan_that_draws_on_it(share: float) -> None:
    """At a fifth lost of all crews there is something to tell, just below there is not."""
    from plans_repo.register_occasions import ResourceBefore, pool_left

    left = int(100 * share)
    before = ResourceBefore(
        id="r", revision=2, title="队", shown="队", area="/", pool="crews", unit="人", place="", quantity=100,
        ready_units=100, after_title="队", after_place="", after_quantity=left, after_ready_units=left, pool_now=left,
        is_retired=False,
    )  # fmt: skip
    assert pool_left(before) == ((100, 79) if share < 0.8 else None)
