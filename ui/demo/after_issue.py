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
from plans_repo.course.passage import attach, choose_process, move, open_moves, passage
from plans_repo.course.publication import Publication, PublishedForm, publish
from plans_repo.course.stages import Move, PaperKind, Process, Stage
from plans_repo.course.training import Training, TrainingForm, record_training
from plans_repo.course.working_days import local_day
from plans_repo.filing import inbox
from plans_repo.organisations import organisation
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, ClauseKind, SemanticType
from sim.procedure import Hazard
from ui.demo.bodies import Bodies
from ui.demo.papers import paper, working_day
from ui.demo.texts import TEXTS, As

PLACE = "qingchuan"
DRILLED, FACTS_ENTERED = date(2025, 12, 10), date(2026, 1, 5)
"""When these plans were drilled last, by the county's papers, and when somebody entered it."""


def make_after_issue(on: As, bodies: Bodies, made: Mapping[str, str]) -> None:
    """Everything, in the order of its days."""
    _trainings(on, made)
    _explanations(on, made)
    _replaced(on, bodies)
    _old_plan(on, bodies)
    _small_revisions(on, bodies)
    _evaluations(on, made)
    _occasions(on, made)
    _overdue_trial(on, bodies)


def _explanations(on: As, made: Mapping[str, str]) -> None:
    """Each plan has its explanation on file, so that a package can be made of it."""
    for name, plan in made.items():
        place = name.partition("-")[0]
        work = on(Role.FILING_OFFICER, place, date(2026, 8, 10))
        version = plans.version_of(work, plan).id
        called = plans.plan(work, plan)
        title = called.title
        maker = organisation(work, called.organisation) if called.organisation else None
        signer = next((text.signer for text in TEXTS if text.name == name), "") or (maker.name if maker else title)
        kinds = [PaperKind.EXPLANATION]
        if called.kind is PlanKind.UNIT:
            kinds = [
                PaperKind.FILING_APPLICATION,
                PaperKind.REVIEW_OPINION,
                PaperKind.RISK_ASSESSMENT,
                PaperKind.RESOURCE_SURVEY,
            ]
        kinds.append(PaperKind.FILING_REPORT)
        for kind in kinds:
            attach(work, version, paper(kind, title, signer, date(2026, 8, 10)))


COUNTY = "清川县人民政府办公室"
FIRST_WRITTEN = (Trigger.FIRST, "首次编制")


def _clauses(work_id: str, parts: list[tuple[str, str, str]]) -> tuple[Clause, ...]:
    """A short plan from numbers, titles and texts; ids from a word, the same for every edition."""
    return tuple(
        Clause(
            id=f"{work_id}-{number}",
            kind=ClauseKind.HEADING,
            level=1,
            number=f"{number}、",
            number_raw=f"{number}、",
            title=title,
            text=text,
            semantic=SemanticType.RESPONSE_PROCEDURE if "响应" in title else SemanticType.OTHER,
        )
        for number, title, text in parts
    )


def _edition(
    on: As,
    bodies: Bodies,
    day: date,
    number: str,
    clauses: tuple[Clause, ...],
    *,
    title: str = "",
    hazard: Hazard | None = None,
    plan: str = "",
    notice: IssuingNotice | None = None,
    why: tuple[Trigger, str] = FIRST_WRITTEN,
) -> str:
    """An edition issued on a day and entered as such; a new plan unless one is given."""
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    if not plan:
        kind = PlanKind.SPECIAL
        body = bodies.government(PLACE)
        plan = plans.create_plan(work, title, kind=kind, hazard=hazard, organisation=body).id
    trigger, reason = why
    version = plans.make_version(work, plan, clauses, reason=reason, trigger=trigger).id
    called = plans.plan(work, plan).title
    gone = [plans.plan(work, one).title for one in notice.abolishes] if notice else []
    gone += notice.also_abolished if notice else ()
    issued = paper(PaperKind.ISSUED_DOCUMENT, called, COUNTY, day, number=number, abolished=gone)
    scan = replace(issued, name=f"{number}《{called}》印发件.docx")
    officer = on(Role.FILING_OFFICER, PLACE, day)
    both = replace(officer.actor, roles=officer.actor.roles | {Role.GOVERNMENT_OFFICE})
    move(
        replace(officer, actor=both),
        version,
        Move.REGISTER,
        reason="系统建设前已印发，补录",
        attachments=[scan],
        document_number=number,
        on=day,
        notice=notice,
    )
    return plan


def _drilled(on: As, *plans_drilled: str) -> None:
    for plan in plans_drilled:
        enter_facts(on(Role.DRILL_ORGANISER, PLACE, FACTS_ENTERED), PlanFacts(plan=plan, drilled_on=DRILLED))


def _replaced(on: As, bodies: Bodies) -> None:
    """A plan with three editions, the third issued and not yet in force."""
    texts = (
        ("县防办接到暴雨红色预警后60分钟内叫应乡镇责任人。", "乡镇接到转移指令后3小时内完成危险区群众转移。"),
        ("县防办接到暴雨红色预警后30分钟内叫应乡镇责任人。", "乡镇接到转移指令后3小时内完成危险区群众转移。"),
        ("县防办接到暴雨红色预警后15分钟内叫应乡镇责任人。", "乡镇接到转移指令后2小时内完成危险区群众转移。"),
    )
    issues = (
        (date(2020, 4, 10), "清政办发〔2020〕11号", None, FIRST_WRITTEN),
        (date(2023, 4, 18), "清政办发〔2023〕14号", None, (Trigger.FINDING, "演练发现叫应时限偏长，予以修订")),
        (
            date(2026, 11, 6),
            "清政办发〔2026〕31号",
            IssuingNotice(effective_on=date(2027, 1, 1)),
            (Trigger.DECISION, "评估认为叫应、转移时限与上级要求不一致，予以修订"),
        ),
    )
    plan = ""
    for (day, number, notice, why), (call, moving) in zip(issues, texts, strict=True):
        if notice is not None:
            _drilled(on, plan)
            _found_wanting(on, plan)
        clauses = _clauses("hq", [
            ("一", "编制目的", "为做好山洪灾害防御，保障人民群众生命安全，制定本预案。"),
            ("二", "叫应机制", call),
            ("三", "响应措施", moving),
            ("四", "预案管理", "本预案由县防汛抗旱指挥部办公室负责解释。"),
        ])  # fmt: skip
        plan = _edition(
            on, bodies, day, number, clauses, title="清川县山洪灾害防御应急预案", hazard=Hazard.FLOOD, plan=plan,
            notice=notice, why=why,
        )  # fmt: skip


def _found_wanting(on: As, plan: str) -> None:
    """An evaluation that asked for the revision."""
    day = date(2026, 4, 20)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    told = Evaluation(
        conclusion=Conclusion.REVISE, reasons="叫应时限偏长，与上级要求不一致。", evaluator="清川县应急管理局"
    )
    record_evaluation(work, plans.version_of(work, plan).id, told, on=day)
    (found,) = occasions.occasions(work, plan)
    occasions.answer_occasion(work, found.id, OccasionAnswer(answer=Answer.REVISE, reason="列入2026年制修订计划"))


def _small_revisions(on: As, bodies: Bodies) -> None:
    """Two plans revised by the simplified procedure: one filed with its receipt, one late with its filing."""
    filed = _revised(
        on, bodies, "drought", "清川县抗旱应急预案", Hazard.FLOOD, date(2026, 6, 8), "清政办发〔2026〕18号"
    )
    _published(on, filed, date(2026, 6, 15))
    officer = on(Role.FILING_OFFICER, PLACE, date(2026, 6, 24))
    _move(officer, filed, Move.FILE)
    city = on(Role.UPPER_AUTHORITY, "yunling", date(2026, 6, 29))
    water = replace(city, actor=replace(city.actor, organisation=bodies.of("yunling", "市水利局")))
    for one in inbox.inbox(water):
        if one.version == filed and one.is_open:
            inbox.give_receipt(water, one.id, "云水备〔2026〕7号")
    fresh = _revised(
        on, bodies, "works", "清川县水利工程险情应急预案", Hazard.FLOOD, date(2026, 10, 30), "清政办发〔2026〕30号"
    )
    _published(on, fresh, date(2026, 11, 9))
    _move(on(Role.FILING_OFFICER, PLACE, date(2026, 11, 19)), fresh, Move.FILE)
    relief = _revised(
        on, bodies, "relief", "清川县自然灾害救助应急预案", None, date(2026, 10, 28), "清政办发〔2026〕29号"
    )
    _published(on, relief, date(2026, 11, 5))
    _move(on(Role.FILING_OFFICER, PLACE, date(2026, 11, 18)), relief, Move.FILE)
    late = _revised(
        on, bodies, "snow", "清川县低温雨雪冰冻灾害应急预案", None, date(2026, 9, 21), "清政办发〔2026〕27号"
    )
    _published(on, late, date(2026, 10, 9))


def _revised(on: As, bodies: Bodies, word: str, title: str, hazard: Hazard | None, day: date, number: str) -> str:
    """The second edition of a plan, through the simplified procedure to its issue; the id of its version."""
    parts = [
        ("一", "编制目的", f"为做好{title.removeprefix('清川县').removesuffix('应急预案')}应对工作，制定本预案。"),
        ("二", "附则", "本预案由县应急局负责解释。"),
    ]
    plan = _edition(
        on,
        bodies,
        date(2023, 8, 1),
        f"清政办发〔2023〕{len(word) + 20}号",
        _clauses(word, parts),
        title=title,
        hazard=hazard,
    )
    _drilled(on, plan)
    author = on(Role.PLAN_AUTHOR, PLACE, working_day(day - timedelta(days=20)))
    renamed = _clauses(word, [parts[0], ("二", "附则", "本预案由县应急管理局负责解释。")])
    version = plans.make_version(author, plan, renamed, reason="规范单位名称", trigger=Trigger.COMMAND).id
    choose_process(author, version, Process.SIMPLIFIED, reason="仅规范单位名称，不涉及职责、程序、措施和分级")
    taken = 0
    while passage(author, version).stage is not Stage.ISSUED:
        taken += 1
        _onward(on, version, working_day(min(day, day - timedelta(days=20 - 4 * taken))), day, number)
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
    papers = [paper(kind, title, unit, day, number=number) for kind in lacking]
    move(work, version, wanted, reason="同意", attachments=papers, document_number=number)


UNITS = {
    Move.AGREE_LINKAGE: "清川县应急管理局",
    Move.PASS_LEGALITY: "清川县司法局",
    Move.SUBMIT_SIMPLIFIED: "清川县应急管理局",
}
"""Who signs the papers of a move; the county's office those of all others."""


ONWARD = frozenset(Move) - {Move.REDRAFT, Move.REGISTER, Move.ABOLISH, Move.SUPERSEDE, Move.RECEIVE_RECEIPT} - {
    one for one in Move if one.name.startswith("REJECT")
}  # fmt: skip


def _old_plan(on: As, bodies: Bodies) -> None:
    """A plan that another has abolished."""
    old = _edition(
        on, bodies, date(2016, 6, 2), "清政办发〔2016〕22号",
        _clauses("oldfire", [("一", "编制目的", "为做好人员密集场所火灾扑救，制定本预案。")]),
        title="清川县人员密集场所火灾应急预案", hazard=Hazard.FIRE,
    )  # fmt: skip
    notice = IssuingNotice(abolishes=(old,), also_abolished=("《清川县高层建筑火灾处置办法》（清政办发〔2012〕9号）",))
    new = _edition(
        on, bodies, date(2024, 9, 3), "清政办发〔2024〕25号",
        _clauses("newfire", [
            ("一", "编制目的", "为做好高层建筑和人员密集场所火灾扑救，制定本预案。"),
            ("二", "响应措施", "消防救援站接警后1分钟内出动，15分钟内到场展开。"),
        ]),
        title="清川县高层建筑及人员密集场所火灾应急预案", hazard=Hazard.FIRE, notice=notice,
    )  # fmt: skip
    _drilled(on, old, new)


def _overdue_trial(on: As, bodies: Bodies) -> None:
    """A plan whose trial has ended without a decision."""
    notice = IssuingNotice(trial_until=date(2026, 10, 31))
    plan = _edition(
        on, bodies, date(2025, 10, 30), "清政办发〔2025〕33号",
        _clauses("trial", [
            ("一", "编制目的", "为做好强降雨期间城区内涝应急处置，制定本预案（试行）。"),
            ("二", "响应措施", "城区主要下穿通道积水超过20厘米时，10分钟内完成交通管制。"),
        ]),
        title="清川县城区内涝应急预案（试行）", hazard=Hazard.FLOOD, notice=notice,
    )  # fmt: skip
    _drilled(on, plan)


def _trainings(on: As, made: Mapping[str, str]) -> None:
    day = date(2026, 4, 9)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    version = plans.version_of(work, made["qingchuan-flood"]).id
    told = Training(
        form=TrainingForm.COURSE,
        subject="防汛应急预案职责分工和转移避险流程",
        audience="县防指成员单位联络员、乡镇分管负责人",
        people=86,
        material="预案简明手册、转移避险明白卡",
    )
    record_training(work, version, told, on=day)


def _evaluations(on: As, made: Mapping[str, str]) -> None:
    day = date(2026, 11, 10)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    version = plans.version_of(work, made["qingchuan-overall"]).id
    told = Evaluation(
        conclusion=Conclusion.KEEP,
        reasons="机构职责、响应分级与现行法规和市总体预案一致，近一年应对和演练未发现需要修订的问题。",
        evaluator="云陵市应急管理学会",
        third_party=True,
    )
    record_evaluation(work, version, told, on=day)


def _occasions(on: As, made: Mapping[str, str]) -> None:
    day = date(2026, 9, 15)
    work = on(Role.PLAN_AUTHOR, PLACE, day)
    told = OccasionTold(trigger=Trigger.RESOURCES, summary="县消防救援大队新增高层供水车组1个，力量编成发生变化。")
    occasions.open_occasion(work, made["qingchuan-building-fire"], told, on=day)
