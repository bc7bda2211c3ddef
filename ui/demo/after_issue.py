"""What became of the demo plans after issue: filed, overdue, on trial, evaluated, replaced, abolished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from drills.plan_facts import PlanFacts, enter_facts
from plans_repo import plans
from plans_repo.course import occasions
from plans_repo.course.evaluation import Conclusion, Evaluation, record_evaluation
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.occasions import Answer, OccasionAnswer, OccasionTold
from plans_repo.course.papers import Attachment
from plans_repo.course.passage import attach, choose_process, move, open_moves, passage
from plans_repo.course.publication import Publication, PublishedForm, publish
from plans_repo.course.stages import Move, PaperKind, Process, Stage
from plans_repo.course.training import Training, TrainingForm, record_training
from plans_repo.course.working_days import local_day
from plans_repo.filing import inbox
from plans_repo.filing.copies import CopyTo
from plans_repo.filing.letter import filing_letter
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.filing.local_figures import MANDATE, enter_figure
from plans_repo.organisations import organisation
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind, RelationKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies
from ui.demo.editions import (
    COUNTY,
    CROWDED_PLACES,
    FLASH_FLOODS,
    HIGH_RISE,
    PLACE,
    SMALL_REVISIONS,
    WATERLOGGING,
    Edition,
    enter,
    take,
)
from ui.demo.papers import document, paper, working_day
from ui.demo.texts import As

OVERALL, FLOOD, BUILDING_FIRE = "qingchuan-overall", "qingchuan-flood", "qingchuan-building-fire"
DRILLED, FACTS_ENTERED = date(2025, 12, 10), date(2026, 1, 5)
"""When these plans were drilled last, by the county's papers, and when somebody entered it."""


def make_after_issue(on: As, bodies: Bodies, made: Mapping[str, str]) -> dict[str, str]:
    """Everything, in the order of its days; the plans whose newest edition is played, by name of its source."""
    _mandates(on, bodies)
    _trainings(on, made)
    _explanations(on, made)
    flash_flood = _replaced(on, bodies, made)
    _old_plan(on, bodies, made)
    _small_revisions(on, bodies, made)
    _evaluations(on, made)
    _occasions(on, made)
    waterlogging = _overdue_trial(on, bodies)
    return {FLASH_FLOODS[-1].name: flash_flood, WATERLOGGING.name: waterlogging}


def _mandates(on: As, bodies: Bodies) -> None:
    """City and county let their emergency bureau answer what is filed with the government."""
    for place, name, number in (
        (PLACE, COUNTY, "清政办函〔2026〕5号"),
        ("yunling", "云陵市人民政府办公室", "云政办函〔2026〕11号"),
    ):
        work = on(Role.GOVERNMENT_OFFICE, place, date(2026, 1, 12))
        work = replace(work, actor=replace(work.actor, organisation=bodies.government(place)))
        enter_figure(work, MANDATE, 1, source=f"{name}关于委托应急管理局办理应急预案备案的函（{number}）")


def _explanations(on: As, made: Mapping[str, str]) -> None:
    """Each plan has its explanation on file, so that a package can be made of it."""
    for name, plan in made.items():
        place = name.partition("-")[0]
        work = on(Role.FILING_OFFICER, place, date(2026, 8, 10))
        version = plans.version_of(work, plan).id
        called = plans.plan(work, plan)
        title = called.title
        maker = organisation(work, called.organisation) if called.organisation else None
        signer = maker.name if maker else title
        kinds = [PaperKind.EXPLANATION, PaperKind.FILING_REPORT]
        if called.kind is PlanKind.UNIT:
            kinds = [
                PaperKind.FILING_APPLICATION,
                PaperKind.REVIEW_OPINION,
                PaperKind.RISK_ASSESSMENT,
                PaperKind.RESOURCE_SURVEY,
            ]
        form = filing_letter(work, version).kind
        for kind in kinds:
            attach(work, version, paper(kind, title, signer, date(2026, 8, 10), form=form))


def _drilled(on: As, *plans_drilled: str) -> None:
    for plan in plans_drilled:
        enter_facts(on(Role.DRILL_ORGANISER, PLACE, FACTS_ENTERED), PlanFacts(plan=plan, drilled_on=DRILLED))


def _replaced(on: As, bodies: Bodies, made: Mapping[str, str]) -> str:
    """A plan with three editions, the third issued and not yet in force."""
    first, second, third = FLASH_FLOODS
    plan = enter(on, bodies, second, plan=enter(on, bodies, first))
    _drilled(on, plan)
    _found_wanting(on, plan)
    enter(on, bodies, third, plan=plan)
    _related(on, plan, first, made[OVERALL], RelationKind.UPPER)
    _related(on, plan, first, made[FLOOD], RelationKind.LINKED)
    return plan


def _related(on: As, plan: str, edition: Edition, other: str, kind: RelationKind) -> None:
    plans.relate(on(Role.PLAN_AUTHOR, PLACE, edition.issued_on), plan, other, kind)


def _found_wanting(on: As, plan: str) -> None:
    """An evaluation that asked for the revision."""
    day = date(2026, 4, 20)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    told = Evaluation(
        conclusion=Conclusion.REVISE, reasons="叫应时限偏长，与上级要求不一致。", evaluator="清川县应急管理局"
    )
    report = _report(plans.plan(work, plan).title, told, day)
    record_evaluation(work, plans.version_of(work, plan).id, told, on=day, paper=report)
    (found,) = occasions.occasions(work, plan)
    occasions.answer_occasion(work, found.id, OccasionAnswer(answer=Answer.REVISE, reason="列入2026年制修订计划"))


def _small_revisions(on: As, bodies: Bodies, made: Mapping[str, str]) -> None:
    """Plans revised by the simplified procedure: one filed with its receipt, two filed, one late with its filing."""
    drought, works, relief, snow = (_revised(on, bodies, made, first, second) for first, second in SMALL_REVISIONS)
    _published(on, drought, date(2026, 6, 15))
    _move(on(Role.FILING_OFFICER, PLACE, date(2026, 6, 24)), drought, Move.FILE)
    city = on(Role.UPPER_AUTHORITY, "yunling", date(2026, 6, 29))
    water = replace(city, actor=replace(city.actor, organisation=bodies.of("yunling", "市水利局")))
    for one in inbox.inbox(water):
        if one.version == drought and one.is_open:
            inbox.give_receipt(water, one.id, "云水备〔2026〕7号")
    _published(on, works, date(2026, 11, 9))
    _move(on(Role.FILING_OFFICER, PLACE, date(2026, 11, 19)), works, Move.FILE)
    _published(on, relief, date(2026, 11, 5))
    _move(on(Role.FILING_OFFICER, PLACE, date(2026, 11, 18)), relief, Move.FILE)
    _published(on, snow, date(2026, 10, 9))


def _revised(on: As, bodies: Bodies, made: Mapping[str, str], first: Edition, second: Edition) -> str:
    """The second edition of a plan, through the simplified procedure to its issue; the id of its version."""
    plan = enter(on, bodies, first)
    _drilled(on, plan)
    _related(on, plan, first, made[OVERALL], RelationKind.UPPER)
    day = second.issued_on
    author = on(Role.PLAN_AUTHOR, PLACE, working_day(day - timedelta(days=20)))
    version = take(author, bodies, second, plan=plan).version
    choose_process(author, version, Process.SIMPLIFIED, reason="不涉及职责、程序、措施和分级")
    taken = 0
    while passage(author, version).stage is not Stage.ISSUED:
        taken += 1
        _onward(on, version, working_day(min(day, day - timedelta(days=20 - 4 * taken))), day, second.number)
    return version


def _onward(on: As, version: str, day: date, issued_on: date, number: str) -> None:
    """The next move of a text on its way, by whoever may make it: each on a day of its own."""
    for role in (Role.PLAN_AUTHOR, Role.REVIEWER, Role.JUSTICE_BUREAU, Role.GOVERNMENT_OFFICE, Role.LEADER):
        for one in open_moves(on(role, PLACE, day), version):
            if one.move in ONWARD:
                is_issue = one.move is Move.ISSUE
                work = on(role, PLACE, issued_on if is_issue else day)
                _move(work, version, one.move, number=number if is_issue else "")
                return
    raise ValueError(f"no move leads on from {version}")


def _published(on: As, version: str, day: date) -> None:
    work = on(Role.FILING_OFFICER, PLACE, day)
    proof = paper(PaperKind.PUBLICATION_PROOF, _title(work, version), COUNTY, day)
    said = Publication(form=PublishedForm.FULL, channel="清川县人民政府网站政府信息公开专栏")
    publish(work, version, said, papers=(proof,))


def _title(work: Work, version: str) -> str:
    return plans.plan(work, passage(work, version).plan).title


def _move(work: Work, version: str, wanted: Move, *, number: str = "") -> None:
    """A move with every paper it lacks."""
    lacking = next(one.missing_papers for one in open_moves(work, version) if one.move is wanted)
    title, day = _title(work, version), local_day(work.now)
    unit = UNITS.get(wanted, COUNTY)
    form = filing_letter(work, version).kind if wanted is Move.FILE else LetterKind.LETTER
    papers = [paper(kind, title, unit, day, number=number, form=form) for kind in lacking]
    copies = [CopyTo(name="云陵市气象局")] if wanted is Move.FILE else []
    move(work, version, wanted, reason="同意", attachments=papers, document_number=number, copies=copies)


UNITS = {
    Move.AGREE_LINKAGE: "清川县应急管理局",
    Move.PASS_LEGALITY: "清川县司法局",
    Move.SUBMIT_SIMPLIFIED: "清川县应急管理局",
}
"""Who signs the papers of a move; the county's office those of all others."""


ONWARD = frozenset(Move) - {Move.REDRAFT, Move.REGISTER, Move.ABOLISH, Move.SUPERSEDE, Move.RECEIVE_RECEIPT} - {
    one for one in Move if one.name.startswith("REJECT")
}  # fmt: skip


def _old_plan(on: As, bodies: Bodies, made: Mapping[str, str]) -> None:
    """A plan that another has abolished."""
    old = enter(on, bodies, CROWDED_PLACES)
    notice = IssuingNotice(abolishes=(old,), also_abolished=("《清川县高层建筑火灾处置办法》（清政办发〔2012〕9号）",))
    new = enter(on, bodies, HIGH_RISE, notice=notice)
    _related(on, new, HIGH_RISE, made[OVERALL], RelationKind.UPPER)
    _related(on, new, HIGH_RISE, made[BUILDING_FIRE], RelationKind.LINKED)
    _drilled(on, old, new)


def _overdue_trial(on: As, bodies: Bodies) -> str:
    """A plan whose trial has ended without a decision; nobody has said yet how it stands to others."""
    plan = enter(on, bodies, WATERLOGGING)
    _drilled(on, plan)
    return plan


def _trainings(on: As, made: Mapping[str, str]) -> None:
    day = date(2026, 4, 9)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    version = plans.version_of(work, made[FLOOD]).id
    told = Training(
        form=TrainingForm.COURSE,
        subject="防汛应急预案职责分工和转移避险流程",
        audience="县防指成员单位联络员、乡镇分管负责人",
        people=86,
        material="预案简明手册、转移避险明白卡",
    )
    record_training(work, version, told, on=day)


def _report(title: str, told: Evaluation, day: date) -> Attachment:
    name = f"{title}评估报告"
    return Attachment(
        kind=PaperKind.EVALUATION_REPORT,
        name=f"{name}.docx",
        data=document(name, [told.reasons], told.evaluator, day),
        dated_on=day,
    )


def _evaluations(on: As, made: Mapping[str, str]) -> None:
    day = date(2026, 11, 10)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    version = plans.version_of(work, made[OVERALL]).id
    told = Evaluation(
        conclusion=Conclusion.KEEP,
        reasons="机构职责、响应分级与现行法规和市总体预案一致，近一年应对和演练未发现需要修订的问题。",
        evaluator="云陵市应急管理学会",
        third_party=True,
    )
    report = _report("清川县突发事件总体应急预案", told, day)
    record_evaluation(work, version, told, on=day, paper=report)


def _occasions(on: As, made: Mapping[str, str]) -> None:
    day = date(2026, 9, 15)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    told = OccasionTold(trigger=Trigger.RESOURCES, summary="县消防救援大队新增高层供水车组1个，力量编成发生变化。")
    occasions.open_occasion(work, made[BUILDING_FIRE], told, on=day)
