"""Plans on their way in the demo: one out for comment, one before its experts, one that waits for its approval.

Days are told back from the day of the build, so that limits run, and are missed, as they would today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plans_repo.course import (
    consultation,
    consulting,
    explanation,
    panels,
    review_form,
    votes,
    work_plans,
    working_group,
)
from plans_repo.course.inputs import INPUTS
from plans_repo.course.opinion_register import opinions, treat
from plans_repo.course.opinions import Remark
from plans_repo.course.passage import Attachment, attach, move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.words import GroupPart, Judgement, Treatment, Vote
from plans_repo.intake import take_file
from plans_repo.plans import relate, text_of
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind, RelationKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies
from ui.demo.experts import make_experts
from ui.demo.sources import plan_text
from ui.demo.texts import As
from ui.wording.codes import PAPERS

PLACE = "qingchuan"
PDF = b"%PDF-1.4 "
LIAISONS = [
    "林若溪",
    "邵文博",
    "段嘉禾",
    "岑子安",
    "鲁静远",
    "傅明德",
    "卞思齐",
    "麦长青",
    "单向阳",
    "盛怀瑾",
    "祝安",
    "甄行之",
]
LANDSLIDE, BLACKOUT, CHEMICALS = "qingchuan-landslide", "qingchuan-blackout", "qingchuan-chemicals"


@dataclass(frozen=True, kw_only=True)
class Underway:
    """A plan being written: its source, the department that leads, the day its first text was made."""

    name: str
    lead: str
    head: str
    begun_on: date


@dataclass(frozen=True, kw_only=True)
class Walker:
    """Takes a plan along its path, each step on its day and by the one whose step it is."""

    on: As
    bodies: Bodies
    version: str

    def author(self, day: date) -> Work:
        """The author at work on a day."""
        return self.on(Role.PLAN_AUTHOR, PLACE, day)

    def take(self, role: Role, day: date, step: Move, *papers: PaperKind, words: str = "", manner: str = "") -> None:
        """One move with its papers."""
        attachments = [Attachment(kind=kind, name=f"{PAPERS[kind]}.pdf", data=PDF + kind.encode()) for kind in papers]
        move(
            self.on(role, PLACE, day), self.version, step, reason=words, attachments=attachments, manner=manner, on=day
        )


def make_course(on: As, bodies: Bodies, made: Mapping[str, str], today: date) -> dict[str, str]:
    """The expert pool and three plans on their way, by name of their source."""
    make_experts(on(Role.PLAN_AUTHOR, PLACE, today - timedelta(days=200)), on, bodies)
    steps: tuple[tuple[Underway, Callable[[Walker, date], None]], ...] = (
        (Underway(name=LANDSLIDE, lead="县自然资源局", head="苗青原", begun_on=_ago(today, 60)), _out_for_comment),
        (Underway(name=BLACKOUT, lead="县发改局", head="章启明", begun_on=_ago(today, 110)), _before_experts),
        (Underway(name=CHEMICALS, lead="县应急局", head="田嘉树", begun_on=_ago(today, 150)), _before_approval),
    )
    plans = {}
    for underway, take_on in steps:
        plan, walker = _begin(on, bodies, underway)
        relate(walker.author(underway.begun_on), plan, made["qingchuan-overall"], RelationKind.UPPER)
        take_on(walker, today)
        plans[underway.name] = plan
    _make_work_plan(on, plans, today)
    return plans


def _make_work_plan(on: As, plans: Mapping[str, str], today: date) -> None:
    """The year's work plan: the three plans on their way and one not begun; approved and copied upward."""
    begun_on = _ago(today, 155)
    entries = (
        (LANDSLIDE, "县自然资源局", Trigger.LAW, 20),
        (BLACKOUT, "县发改局", Trigger.COMMAND, 30),
        (CHEMICALS, "县应急局", Trigger.FINDING, -20),
    )
    author = on(Role.PLAN_AUTHOR, PLACE, begun_on)
    for name, lead, trigger, left in entries:
        due_on = min(max(today + timedelta(days=left), date(begun_on.year, 1, 1)), date(begun_on.year, 12, 31))
        work_plans.add_entry(author, begun_on.year, plan=plans[name], lead=lead, due_on=due_on, trigger=trigger)
    work_plans.add_entry(
        author,
        begun_on.year,
        title="清川县低温雨雪冰冻灾害应急预案",
        kind=PlanKind.SPECIAL,
        lead="县应急局",
        due_on=date(begun_on.year, 12, 25),
        trigger=Trigger.DECISION,
        note="年内完成风险评估和资源调查",
    )
    minutes = ("县政府常务会议纪要.pdf", PDF + b"work plan")
    number = f"清政办函〔{begun_on.year}〕17号"
    work_plans.approve_work_plan(
        on(Role.LEADER, PLACE, begun_on + timedelta(days=3)),
        begun_on.year,
        approver="清川县人民政府",
        document_number=number,
        minutes=minutes,
    )
    work_plans.record_copy(on(Role.PLAN_AUTHOR, PLACE, _ago(today, 150)), begun_on.year, to="云陵市应急管理局")


def _begin(on: As, bodies: Bodies, underway: Underway) -> tuple[str, Walker]:
    """The first text, the working group and the inputs that lay before it."""
    opened = take_file(
        on(Role.PLAN_AUTHOR, PLACE, underway.begun_on),
        plan_text(underway.name),
        f"{underway.name}.md",
        kind=PlanKind.SPECIAL,
        organisation=bodies.government(PLACE),
    ).first
    walker = Walker(on=on, bodies=bodies, version=opened.version)
    work = walker.author(underway.begun_on)
    add = working_group.add_member
    lead = bodies.of(PLACE, underway.lead)
    add(work, opened.version, underway.head, part=GroupPart.HEAD, organisation=lead, post="局长", is_responsible=True)
    add(
        work, opened.version, "纪衡", part=GroupPart.EXPERT, unit="云陵职业技术学院", post="副教授", has_experience=True
    )
    for name, unit in zip(LIAISONS, consulting.proposed_units(work, opened.version), strict=False):
        add(work, opened.version, name, part=GroupPart.MEMBER, unit=unit.name, organisation=unit.organisation)
    for kind in INPUTS:
        dated_on = underway.begun_on - timedelta(days=12)
        data = PDF + f"{underway.name} {kind}".encode()
        paper = Attachment(kind=kind, name=f"{PAPERS[kind]}.pdf", data=data, dated_on=dated_on)
        attach(work, opened.version, paper)
    return opened.plan, walker


def _consult(walker: Walker, sent_on: date, number: int) -> consultation.Consultation:
    """The letter to every unit with a duty, and the text out."""
    asked = consulting.open_consultation(
        walker.author(sent_on),
        walker.version,
        working_days=10,
        letter_number=f"清应急函〔{sent_on.year}〕{number}号",
        contact="周砚秋 0000-5550106",
        sent_on=sent_on,
    )
    walker.take(Role.PLAN_AUTHOR, sent_on, Move.CONSULT, PaperKind.CONSULTATION_LETTER)
    return asked


def _answer(walker: Walker, unit: consultation.ConsultedUnit, day: date, signatory: str, *remarks: Remark) -> None:
    letter = (f"{unit.name}复函.pdf", PDF + unit.name.encode())
    consulting.answer(walker.author(day), unit.id, opinions=remarks, signatory=signatory, answered_on=day, paper=letter)


def _clause(walker: Walker, day: date, words: str) -> str:
    """The clause that says these words."""
    work = walker.author(day)
    return next(clause.id for clause in text_of(work, _plan_of(walker, day), "") if words in clause.text)


def _plan_of(walker: Walker, day: date) -> str:
    asked = consultation.consultation(walker.author(day), walker.version)
    assert asked is not None
    return asked.plan


def _out_for_comment(walker: Walker, today: date) -> None:
    """Sent out four weeks ago: some have answered, some are late, one was reminded, one opinion is disputed."""
    sent_on = today - timedelta(days=26)
    asked = _consult(walker, sent_on, 41)
    day = sent_on + timedelta(days=8)
    for unit in sorted(asked.units, key=lambda one: one.name.endswith("应急局")):  # it answers a day later
        if unit.name.endswith(("气象局", "公安局", "卫健局")):
            _answer(walker, unit, day, "办公室")
        if unit.name.endswith("交通运输局"):
            remark = Remark(
                text="抢通道路需要自然资源部门先确认边坡稳定，建议写明先后关系。",
                clause=_clause(walker, day, "县交通运输局组织抢通道路"),
                wanted="县自然资源局确认安全后，县交通运输局组织抢通道路",
            )
            _answer(walker, unit, day, "冯道明", remark)
        if unit.name.endswith("应急局"):
            remark = Remark(
                text="1小时内书面报告与县信息报告规定的40分钟不一致，请统一。",
                clause=_clause(walker, day, "1小时内书面报告"),
            )
            _answer(walker, unit, day + timedelta(days=1), "田嘉树", remark)
    first, second = opinions(walker.author(today), walker.version)
    treat(walker.author(today - timedelta(days=10)), walker.version, first.id, Treatment.ADOPTED)
    assert second.treated is None
    late = consultation.consultation(walker.author(today), walker.version)
    for unit in late.waiting() if late else ():
        if unit.has_duty and unit.name.endswith("水利局"):
            consulting.remind(
                walker.author(today - timedelta(days=5)), unit.id, how="电话", on=today - timedelta(days=5)
            )


def _through_consultation(walker: Walker, sent_on: date, number: int) -> None:
    """Every unit answers in time, one with an opinion that is adopted in part; then the linkage check."""
    asked = _consult(walker, sent_on, number)
    day = sent_on + timedelta(days=9)
    for unit in asked.units:
        remarks = (
            [Remark(text="本单位应急队伍人数有限，建议由指挥部统一调配。")] if unit.name.endswith("公安局") else []
        )
        _answer(walker, unit, day, "办公室", *remarks)
    (only,) = opinions(walker.author(day), walker.version)
    treat(
        walker.author(day + timedelta(days=3)),
        walker.version,
        only.id,
        Treatment.PARTLY,
        reason="响应措施中已由指挥部统一调派，职责条款保留警戒和疏导任务。",
    )
    explanation.save_explanation(walker.author(day + timedelta(days=4)), walker.version, EXPLANATION)
    papers = (PaperKind.OPINIONS_RECORD, PaperKind.EXPLANATION)
    walker.take(Role.PLAN_AUTHOR, day + timedelta(days=5), Move.ASK_LINKAGE, *papers)
    walker.take(
        Role.REVIEWER,
        day + timedelta(days=9),
        Move.AGREE_LINKAGE,
        PaperKind.LINKAGE_OPINION,
        words="与县总体预案及相关专项预案的响应级别、职责一致，同意。",
    )


def _review(walker: Walker, day: date, quotas: Mapping[str, int], *, is_over: bool) -> None:
    """A panel of five; where the meeting is over all have signed and the form is answered."""
    author = walker.author(day)
    panel = panels.draw_panel(author, walker.version, size=5, quotas=quotas)
    panel = panels.decline(walker.author(day), panel.held[-1].id, reason="当日出差", on=day)
    met_on = day + timedelta(days=6)
    people = [seat.expert.id for seat in panel.held]
    panel = panels.convene(
        walker.author(met_on), panel.id, present=people, head=people[0], met_on=met_on, place="县应急局三楼会商室"
    )
    signing = panel.present if is_over else panel.present[:3]
    for number, seat in enumerate(signing):
        remark = Remark(text="各级响应的启动条件应与上位预案的数值口径一致。", clause="")
        votes.vote(
            walker.author(met_on),
            seat.id,
            Vote.AGREE_IF if number == 1 else Vote.AGREE,
            words="同意通过评审。" if number != 1 else "原则同意，按意见修改后通过。",
            remarks=[remark] if number == 1 else (),
            on=met_on,
            paper=(f"{seat.expert.name}意见表.pdf", PDF + seat.expert.name.encode()),
        )
    items = review_form.items() if is_over else review_form.items()[:3]
    for item in items:
        votes.answer_item(walker.author(met_on), panel.id, item.id, Judgement.CONFORMS)


def _before_experts(walker: Walker, today: date) -> None:
    """The panel met the day before yesterday; two opinions and half of the form are still missing."""
    _through_consultation(walker, today - timedelta(days=60), 33)
    _review(walker, today - timedelta(days=8), {"电力": 1, "医疗救护": 1}, is_over=False)


def _before_approval(walker: Walker, today: date) -> None:
    """Reviewed, deliberated, found lawful, edited and endorsed; the executive meeting is next."""
    _through_consultation(walker, today - timedelta(days=110), 19)
    day = today - timedelta(days=70)
    _review(walker, day, {"危险化学品": 1}, is_over=True)
    met_on = day + timedelta(days=6)
    for one in opinions(walker.author(met_on), walker.version):
        if one.treated is None:
            treat(
                walker.author(met_on + timedelta(days=2)),
                walker.version,
                one.id,
                Treatment.REFUSED,
                reason="启动条件已与市级预案逐项核对，数值口径一致。",
            )
    days = [met_on + timedelta(days=4 + 7 * week) for week in range(5)]
    walker.take(Role.REVIEWER, days[0], Move.PASS_REVIEW, PaperKind.REVIEW_OPINION, words="专家组同意通过评审。")
    walker.take(
        Role.APPROVER,
        days[1],
        Move.PASS_DELIBERATION,
        PaperKind.BUREAU_MINUTES,
        words="局党委会议审议通过，按程序报批。",
    )
    walker.take(
        Role.JUSTICE_BUREAU,
        days[2],
        Move.PASS_LEGALITY,
        PaperKind.LEGALITY_OPINION,
        PaperKind.FAIR_COMPETITION,
        words="内容合法，不含排除、限制竞争的规定。",
    )
    walker.take(Role.GOVERNMENT_OFFICE, days[3], Move.FINISH_EDITING, words="已核稿，文字无改动。")
    walker.take(Role.LEADER, days[4], Move.ENDORSE, PaperKind.DRAFTING_SHEET, words="同意提交县政府常务会议审议。")


EXPLANATION = {
    "background": "原预案印发以来，机构职责、风险和应急力量都有变化，"
    "多次演练也暴露出信息报告时限不统一、响应条件不清等问题，需要修订。",
    "principles": "坚持人民至上、生命至上；与国家、省、市预案和县总体预案相衔接；突出基层先期处置，做到简明管用。",
    "process": "成立编制工作小组，先后完成风险评估、应急资源调查和案例分析，"
    "形成初稿后书面征求各成员单位意见并修改完善。正文共七章，重点规定指挥体系、响应分级和响应措施。",
    "opinions": "书面征求了正文规定职责的全部单位意见，均已书面答复；收到意见1条，部分采纳1条。",
    "disagreements": "无分歧意见。",
    "other": "无。",
}


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)
