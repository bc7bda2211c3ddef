from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from plans_repo import plans
from plans_repo.course import consultation, consulting, passage, public_consultation, working_group
from plans_repo.course.consultation import Consultation
from plans_repo.course.local_rules import set_local_rule
from plans_repo.course.opinion_register import opinions, treat
from plans_repo.course.opinions import Remark
from plans_repo.course.stages import Stage
from plans_repo.course.words import Answer, Treatment
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from sim.errors import CodedError
from tests.plans_repo.builders import a_body, a_clause, a_plan, some_clauses
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.course.walking import (
    EVERYBODY,
    OFFICE,
    WRITER,
    a_group,
    a_letter,
    an_explanation,
    begun,
    ready,
    stand,
    the_inputs,
    walk,
)

PAPER = ("复函.pdf", b"%PDF")
AUDITOR = person("auditor", Role.AUDIT_ADMINISTRATOR)


def a_county(store: Store) -> dict[str, str]:
    """A county with the bureau that writes and two departments."""
    with store.work(EVERYBODY) as work:
        return {
            name: a_body(work, f"清河县{name}", "/1/e/", kind).id
            for name, kind in (
                ("应急管理局", OrganisationKind.EMERGENCY_BUREAU),
                ("水利局", OrganisationKind.DEPARTMENT),
                ("气象局", OrganisationKind.DEPARTMENT),
            )
        }


def out_for_comment(store: Store, bodies: dict[str, str]) -> str:
    """A plan of the bureau's that gives the water bureau a duty, sent to both departments."""
    author = replace(WRITER, organisation=bodies["应急管理局"])
    version = begun(store, author)
    with store.work(author) as work:
        plan = plans.version_of(work, stand(store, version).plan).plan
        duty = a_clause("c9", "县水利局负责水库调度。")
        version = plans.make_version(work, plan, [*some_clauses(), duty], reason="补充", trigger=Trigger.EDITING).id
    a_group(store, version)
    with store.work(author) as work:
        working_group.add_member(
            work, version, "水丙", part=working_group.GroupPart.MEMBER, organisation=bodies["水利局"]
        )
    the_inputs(store, version)
    a_letter(store, version, units=[bodies["水利局"], bodies["气象局"]], names=[], working_days=5)
    with store.work(author) as work:
        letter = passage.Attachment(kind=passage.PaperKind.CONSULTATION_LETTER, name="函.pdf", data=b"%PDF")
        passage.move(work, version, passage.Move.CONSULT, attachments=[letter])
    return version


def the_consultation(store: Store, version: str) -> Consultation:
    with store.reading(WRITER) as work:
        found = consultation.consultation(work, version)
    assert found
    return found


def unmet(store: Store, version: str) -> list[str]:
    with store.reading(WRITER) as work:
        (on, _back) = passage.open_moves(work, version)
        return [one.code for one in on.unmet]


def test_units_with_a_duty_are_proposed_with_the_clauses_that_name_them(store: Store) -> None:
    bodies = a_county(store)
    version = out_for_comment(store, bodies)
    with store.reading(WRITER) as work:
        (water,) = consulting.proposed_units(work, version)
    assert (water.name, water.organisation, water.clauses) == ("清河县水利局", bodies["水利局"], ("c9",))


def test_the_other_sides_of_a_joint_plan_are_asked_and_not_taken_for_ones_own(store: Store) -> None:
    bodies = a_county(store)
    author = replace(WRITER, organisation=bodies["应急管理局"])
    with store.work(EVERYBODY) as work:
        a_body(work, "清河县人民政府", "/1/e/", OrganisationKind.GOVERNMENT)
        a_body(work, "大江市人民政府", "/1/", OrganisationKind.GOVERNMENT)
        beside = a_body(work, "石岭县人民政府", "/1/s/", OrganisationKind.GOVERNMENT)
        plan, _first = a_plan(
            work, "清河县石岭县防汛联合应急预案", kind=PlanKind.JOINT, organisation=bodies["应急管理局"]
        )
        duties = (
            a_clause("c7", "清河县人民政府、石岭县人民政府建立联席会议，报大江市人民政府。"),
            a_clause("c8", "石岭县水利局负责石岭县一侧堤防巡查，石岭县应急管理局2小时内派出20人。"),
        )
        text = [*some_clauses(), *duties]
        version = plans.make_version(work, plan.id, text, reason="起草", trigger=Trigger.EDITING).id
    with store.reading(author) as work:
        named = {one.name: (one.organisation, one.clauses) for one in consulting.proposed_units(work, version)}
    assert named == {
        "石岭县人民政府": (beside.id, ("c7", "c8")),
        "石岭县水利局": (None, ("c8",)),
        "石岭县应急管理局": (None, ("c8",)),
    }


def test_the_limit_counts_working_days_from_the_letter(store: Store) -> None:
    asked = the_consultation(store, out_for_comment(store, a_county(store)))
    assert (asked.sent_on, asked.due_on) == (date(2026, 11, 20), date(2026, 11, 27))


def test_a_unit_with_a_duty_must_answer_another_may_stay_silent(store: Store, clock: StillClock) -> None:
    version = out_for_comment(store, a_county(store))
    an_explanation(store, version)
    assert unmet(store, version) == ["units-silent"]
    clock.forward(days=10)
    asked = the_consultation(store, version)
    assert [unit.name for unit in asked.overdue(date(2026, 11, 30))] == ["清河县气象局", "清河县水利局"]
    (water,) = [unit for unit in asked.units if unit.has_duty]
    with store.work(WRITER) as work:
        consulting.answer(work, water.id, signatory="王局", paper=PAPER)
    assert unmet(store, version) == []
    with store.work(OFFICE) as work:
        set_local_rule(work, "silence", is_on=False, reason="县里要求都要书面回复")
    assert unmet(store, version) == ["units-silent"]


def test_every_opinion_is_dealt_with_and_a_refusal_has_a_reason(store: Store) -> None:
    version = out_for_comment(store, a_county(store))
    an_explanation(store, version)
    for unit in the_consultation(store, version).units:
        remarks = [Remark(text="建议写明调度权限", clause="c9")] if unit.has_duty else []
        with store.work(WRITER) as work:
            consulting.answer(work, unit.id, opinions=remarks, signatory="办", paper=PAPER)
    assert unmet(store, version) == ["opinions-untreated"]
    with store.reading(WRITER) as work:
        (opinion,) = opinions(work, version)
    assert (opinion.giver, opinion.clause, opinion.label) == ("清河县水利局", "c9", "县水利局负责水库调度。")
    with store.work(WRITER) as work, pytest.raises(PlansRepoError) as refusal:
        treat(work, version, opinion.id, Treatment.REFUSED)
    assert refusal.value.code == "treatment-without-reason"
    with store.work(WRITER) as work:
        treat(work, version, opinion.id, Treatment.REFUSED, reason="权限已由防洪法规定", is_disputed=True)
    assert unmet(store, version) == ["opinions-disputed"]
    with store.work(WRITER) as work:
        treat(work, version, opinion.id, Treatment.PARTLY, reason="引用法条", resolution="11月20日协调会一致")
    assert unmet(store, version) == []
    assert walk(store, version, Stage.LINKAGE).stage is Stage.LINKAGE


def test_an_adopted_opinion_is_carried_out_or_told_where(store: Store) -> None:
    version = out_for_comment(store, a_county(store))
    an_explanation(store, version)
    for unit in the_consultation(store, version).units:
        remarks = [Remark(text="建议写明调度权限", clause="c9")] if unit.has_duty else []
        with store.work(WRITER) as work:
            consulting.answer(work, unit.id, opinions=remarks, signatory="办", paper=PAPER)
    with store.work(WRITER) as work:
        (opinion,) = opinions(work, version)
        treat(work, version, opinion.id, Treatment.ADOPTED)
    assert unmet(store, version) == ["opinions-not-carried-out"]
    with store.work(WRITER) as work:
        treat(work, version, opinion.id, Treatment.ADOPTED, reason="附件2已写明调度权限")
    assert unmet(store, version) == []
    with store.work(WRITER) as work:
        treat(work, version, opinion.id, Treatment.ADOPTED)
        plan = passage.passage(work, version).plan
        now = plans.text_of(work, plan)
        elsewhere = [replace(one, text=f"{one.text}另见附件。") if one.id != "c9" else one for one in now]
        other = plans.make_version(work, plan, elsewhere, reason="修改", trigger=Trigger.EDITING).id
    assert "opinions-not-carried-out" in unmet(store, other)
    with store.work(WRITER) as work:
        carried = [replace(one, text=f"{one.text}调度权限见附件2。") if one.id == "c9" else one for one in now]
        done = plans.make_version(work, plan, carried, reason="采纳意见", trigger=Trigger.EDITING).id
    assert "opinions-not-carried-out" not in unmet(store, done)


def test_a_member_unit_answers_for_itself_and_sees_its_own_part(store: Store) -> None:
    bodies = a_county(store)
    version = out_for_comment(store, bodies)
    water = person("water", Role.MEMBER_UNIT, organisation=bodies["水利局"])
    stranger = person("stranger", Role.MEMBER_UNIT, organisation=bodies["应急管理局"])
    by_name = {unit.name: unit for unit in the_consultation(store, version).units}
    with store.reading(water) as work:
        (mine,) = consultation.asked_of_me(work)
        seen = consultation.consultation(work, version)
        assert seen
        assert [unit.name for unit in mine.units] == [unit.name for unit in seen.units] == ["清河县水利局"]
        with pytest.raises(NotFound):
            opinions(work, version)
    with store.work(water) as work, pytest.raises(NotFound):
        consulting.answer(work, by_name["清河县气象局"].id, signatory="我")
    with store.work(stranger) as work, pytest.raises(NotAllowed):
        consulting.answer(work, by_name["清河县水利局"].id, signatory="我")
    with store.work(water) as work:
        answered = consulting.answer(work, by_name["清河县水利局"].id, signatory="水丙")
    assert (answered.answer, answered.on_paper) == (Answer.NO_OPINION, False)
    with store.reading(water) as work:
        assert consultation.asked_of_me(work) == ()


def test_an_answer_entered_for_a_unit_needs_its_letter_and_a_sensible_day(store: Store) -> None:
    version = out_for_comment(store, a_county(store))
    unit = the_consultation(store, version).units[0]
    for more, code in (
        ({}, "answer-without-paper"),
        ({"paper": PAPER, "answered_on": date(2026, 11, 19)}, "answer-day-wrong"),
        ({"paper": PAPER, "answered_on": date(2026, 11, 21)}, "answer-day-wrong"),
        ({"paper": PAPER, "signatory": " "}, "field-missing"),
        ({"paper": PAPER, "opinions": [Remark(text=" ")]}, "opinion-empty"),
        ({"paper": PAPER, "opinions": [Remark(text="好", clause="c77")]}, "clause-unknown"),
    ):
        with store.work(WRITER) as work, pytest.raises(CodedError) as refusal:
            consulting.answer(work, unit.id, **({"signatory": "办"} | more))
        assert refusal.value.code == code
    assert the_consultation(store, version).units[0].answer is None


def test_an_answer_is_vouched_for_and_cannot_be_changed(store: Store) -> None:
    version = out_for_comment(store, a_county(store))
    unit = the_consultation(store, version).units[0]
    with store.work(WRITER) as work:
        consulting.answer(work, unit.id, signatory="办", paper=PAPER)
    with pytest.raises(DBAPIError), store.engine.begin() as connection:
        connection.execute(text("UPDATE answer SET signatory = 'x'"))
    on = "" if store.engine.dialect.name == "sqlite" else " ON answer"
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER answer_no_update{on}"))
        connection.execute(text("UPDATE answer SET signatory = 'x'"))
    with store.reading(AUDITOR) as work:
        fault = audit.verify(work).first_bad
    assert fault
    assert fault.where.startswith("answer ")


def test_a_unit_reminded_is_on_record(store: Store) -> None:
    version = out_for_comment(store, a_county(store))
    unit = the_consultation(store, version).units[0]
    with store.work(WRITER) as work:
        reminded = consulting.remind(work, unit.id, how="电话")
    assert [(one.on, one.how) for one in reminded.reminders] == [(date(2026, 11, 20), "电话")]


def test_the_public_once_asked_is_also_heard(store: Store, clock: StillClock) -> None:
    version = ready(store, out_for_comment(store, a_county(store)))
    first, last = date(2026, 11, 20), date(2026, 12, 1)
    with store.work(WRITER) as work:
        an = public_consultation.ask_public(work, version, channel="县政府网站", from_on=first, to_on=last)
    assert an.received is None
    assert "public-open" in unmet(store, version)
    with store.work(WRITER) as work, pytest.raises(PlansRepoError) as refusal:
        public_consultation.close_public(work, version, received=3, summary="三条")
    assert refusal.value.code == "public-still-asked"
    clock.forward(days=15)
    with store.work(WRITER) as work:
        public_consultation.close_public(
            work, version, received=3, summary="多为咨询", opinions=[Remark(text="广播听不清")]
        )
    assert unmet(store, version)[-1] == "opinions-untreated"


def test_a_letter_for_another_text_does_not_count(store: Store) -> None:
    version = begun(store)
    a_letter(store, version)
    with store.work(WRITER) as work:
        plan = plans.version_of(work, stand(store, version).plan).plan
        changed = plans.make_version(work, plan, some_clauses()[:3], reason="删", trigger=Trigger.EDITING).id
        (on,) = passage.open_moves(work, changed)
    assert "consultation-of-another-text" in [one.code for one in on.unmet]
