"""Plans on their way in the demo: out for comment, before the experts, before the approval; a joint one before its
last countersignature.

Days are told back from the day of the build, so that limits run, and are missed, as they would today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

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
from plans_repo.course.passage import attach, move, passage
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.words import GroupPart, Judgement, Treatment, Vote
from plans_repo.intake import take_file
from plans_repo.organisations import organisation
from plans_repo.plans import plan, relate, text_of
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind, RelationKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies
from ui.demo.experts import make_experts
from ui.demo.papers import letter, minutes, paper, working_day
from ui.demo.sources import plan_text
from ui.demo.texts import As

PLACE = "qingchuan"
COUNTY, BUREAU = "清川县人民政府", "清川县应急管理局"
NEIGHBOUR, NEIGHBOUR_BUREAU = "shiling", "石岭县应急管理局"
SIGNATORIES = (
    "汪思远",
    "贺兰亭",
    "尚文渊",
    "戚长河",
    "葛明轩",
    "乔知行",
    "桑怀远",
    "时景行",
    "闻人杰",
    "廖秉正",
    "柯望舒",
    "宁致和",
    "苏定安",
    "向明川",
    "俞子衡",
    "龙在野",
)
"""Responsible persons of the units asked, who sign their answers."""
COORDINATOR = Role.UPPER_AUTHORITY
"""In the county this role is held by the bureau's plan section, which checks linkage and takes filings from below."""
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
UNITS = {
    Role.JUSTICE_BUREAU: "清川县司法局",
    Role.GOVERNMENT_OFFICE: "清川县人民政府办公室",
    Role.LEADER: "清川县人民政府办公室",
}
"""Whose papers somebody attaches; the bureau's otherwise."""
LANDSLIDE, BLACKOUT, CHEMICALS = "qingchuan-landslide", "qingchuan-blackout", "qingchuan-chemicals"
JOINT = "qingchuan-shiling-flood"


@dataclass(frozen=True, kw_only=True)
class Underway:
    """A plan being written: its source, the department that leads, the day its first text was made."""

    name: str
    lead: str
    head: str
    begun_on: date
    kind: PlanKind = PlanKind.SPECIAL


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
        day = working_day(day)
        work = self.on(role, PLACE, day)
        attachments = [paper(kind, self.title(day), UNITS.get(role, BUREAU), day) for kind in papers]
        move(work, self.version, step, reason=words, attachments=attachments, manner=manner, on=day)

    def title(self, day: date) -> str:
        """What the plan is called."""
        work = self.author(day)
        return plan(work, passage(work, self.version).plan).title


def make_course(on: As, bodies: Bodies, made: Mapping[str, str], today: date) -> dict[str, str]:
    """The expert pool and four plans on their way, by name of their source."""
    make_experts(on(Role.PLAN_AUTHOR, PLACE, _ago(today, 200)), on, bodies)
    steps: tuple[tuple[Underway, Callable[[Walker, date], None]], ...] = (
        (Underway(name=LANDSLIDE, lead="县自然资源局", head="苗青原", begun_on=_ago(today, 60)), _out_for_comment),
        (Underway(name=BLACKOUT, lead="县发改局", head="章启明", begun_on=_ago(today, 110)), _before_experts),
        (Underway(name=CHEMICALS, lead="县应急局", head="田嘉树", begun_on=_ago(today, 150)), _before_approval),
        (
            Underway(name=JOINT, lead="县水利局", head="江望舒", begun_on=_ago(today, 140), kind=PlanKind.JOINT),
            _before_countersigning,
        ),
    )
    plans = {}
    for underway, take_on in steps:
        made_plan, walker = _begin(on, bodies, underway)
        relate(walker.author(underway.begun_on), made_plan, made["qingchuan-overall"], RelationKind.UPPER)
        take_on(walker, today)
        plans[underway.name] = made_plan
    _make_work_plan(on, plans, today)
    return plans


def _make_work_plan(on: As, plans: Mapping[str, str], today: date) -> None:
    """The year's work plan: the three plans on their way and one more; approved and copied upward at its beginning."""
    year = today.year if today >= date(today.year, 2, 25) else today.year - 1
    begun_on = working_day(date(year, 1, 26))
    entries = (
        (LANDSLIDE, "清川县自然资源局", Trigger.LAW, 20),
        (BLACKOUT, "清川县发展和改革局", Trigger.COMMAND, 30),
        (CHEMICALS, BUREAU, Trigger.FINDING, -20),
    )
    author = on(Role.PLAN_AUTHOR, PLACE, begun_on)
    for name, lead, trigger, left in entries:
        due_on = working_day(min(max(today + timedelta(days=left), date(year, 3, 1)), date(year, 12, 31)))
        work_plans.add_entry(author, year, plan=plans[name], lead=lead, due_on=due_on, trigger=trigger)
    work_plans.add_entry(
        author,
        year,
        title="清川县低温雨雪冰冻灾害应急预案",
        kind=PlanKind.SPECIAL,
        lead=BUREAU,
        due_on=working_day(date(year, 12, 25)),
        trigger=Trigger.DECISION,
        note="年内完成风险评估和资源调查",
    )
    approved_on = working_day(date(year, 2, 5))
    title = f"{year}年度应急预案制修订工作计划"
    words = f"会议听取了《{title}》起草情况的汇报，审议通过《{title}》，由县政府办公室按程序印发。"
    taken = minutes(f"{COUNTY}常务会议纪要", f"{COUNTY}办公室", approved_on, words)
    work_plans.approve_work_plan(
        on(Role.LEADER, PLACE, approved_on),
        year,
        approver=COUNTY,
        document_number=f"清政办函〔{year}〕7号",
        minutes=("县政府常务会议纪要.docx", taken),
    )
    work_plans.record_copy(on(Role.PLAN_AUTHOR, PLACE, working_day(date(year, 2, 12))), year, to="云陵市应急管理局")


def _begin(on: As, bodies: Bodies, underway: Underway) -> tuple[str, Walker]:
    """The first text, the working group and the inputs that lay before it."""
    opened = take_file(
        on(Role.PLAN_AUTHOR, PLACE, underway.begun_on),
        plan_text(underway.name),
        f"{underway.name}.md",
        kind=underway.kind,
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
        dated_on = working_day(underway.begun_on - timedelta(days=12))
        attach(work, opened.version, paper(kind, opened.title, organisation(work, lead).name, dated_on))
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
    title = walker.title(day)
    words = [f"《{title}（征求意见稿）》收悉。", *(_worded(one) for one in remarks)]
    if not remarks:
        words = [f"《{title}（征求意见稿）》收悉。经研究，我单位无意见。"]
    said = (*words, f"签署人：{signatory}")
    reply = letter(f"{unit.name}关于{title}的复函", unit.name, day, *said, to=BUREAU)
    itself = walker.on(Role.PLAN_AUTHOR, NEIGHBOUR, day) if unit.name == NEIGHBOUR_BUREAU else walker.author(day)
    consulting.answer(itself, unit.id, opinions=remarks, signatory=signatory, answered_on=day, paper=reply)


def _worded(remark: Remark) -> str:
    return f"{remark.text}建议改为：“{remark.wanted}”。" if remark.wanted else remark.text


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
    sent_on = working_day(today - timedelta(days=26))
    asked = _consult(walker, sent_on, 41)
    day = working_day(sent_on + timedelta(days=8))
    units = sorted(asked.units, key=lambda one: one.name.endswith("应急管理局"))  # it answers a day later
    for unit, signatory in zip(units, cycle(SIGNATORIES), strict=False):
        if unit.name.endswith(("气象局", "公安局", "卫生健康局")):
            _answer(walker, unit, day, f"{signatory}（副局长）")
        if unit.name.endswith("交通运输局"):
            remark = Remark(
                text="抢通道路需要自然资源部门先确认边坡稳定，建议写明先后关系。",
                clause=_clause(walker, day, "县交通运输局组织抢通道路"),
                wanted="县自然资源局确认安全后，县交通运输局组织抢通道路",
            )
            _answer(walker, unit, day, "冯道明（局长）", remark)
        if unit.name.endswith("应急管理局"):
            remark = Remark(
                text="1小时内书面报告与县信息报告规定的40分钟不一致，请统一。",
                clause=_clause(walker, day, "1小时内书面报告"),
            )
            _answer(walker, unit, _next(day, 1), "田嘉树（局长）", remark)
    first, second = opinions(walker.author(today), walker.version)
    treat(walker.author(_ago(today, 10)), walker.version, first.id, Treatment.ADOPTED)
    assert second.treated is None
    late = consultation.consultation(walker.author(today), walker.version)
    for unit in late.waiting() if late else ():
        if unit.has_duty and unit.name.endswith("水利局"):
            consulting.remind(walker.author(_ago(today, 5)), unit.id, how="电话", on=_ago(today, 5))


def _through_consultation(walker: Walker, sent_on: date, number: int) -> None:
    """Every unit answers in time, one with an opinion that is adopted in part; then the linkage check."""
    sent_on = working_day(sent_on)
    asked = _consult(walker, sent_on, number)
    day = working_day(sent_on + timedelta(days=9))
    for unit, signatory in zip(asked.units, cycle(SIGNATORIES), strict=False):
        remarks = [Remark(text="本单位应急队伍人数有限，建议由指挥部统一调配。")] if unit.name == "清川县公安局" else []
        _answer(walker, unit, day, f"{signatory}（负责人）", *remarks)
    (only,) = opinions(walker.author(day), walker.version)
    treat(
        walker.author(_next(day, 3)),
        walker.version,
        only.id,
        Treatment.PARTLY,
        reason="响应措施中已由指挥部统一调派，职责条款保留警戒和疏导任务。",
    )
    explanation.save_explanation(walker.author(_next(day, 4)), walker.version, EXPLANATION)
    papers = (PaperKind.OPINIONS_RECORD, PaperKind.EXPLANATION)
    walker.take(Role.PLAN_AUTHOR, _next(day, 5), Move.ASK_LINKAGE, *papers)
    walker.take(
        COORDINATOR,
        _next(day, 9),
        Move.AGREE_LINKAGE,
        PaperKind.LINKAGE_OPINION,
        words="与县总体预案及相关专项预案的响应级别、职责一致，同意。",
    )


def _review(walker: Walker, day: date, quotas: Mapping[str, int], *, is_over: bool) -> None:
    """A panel of five; where the meeting is over all have signed and the form is answered."""
    day = working_day(day)
    author = walker.author(day)
    panel = panels.draw_panel(author, walker.version, size=5, quotas=quotas)
    panel = panels.decline(walker.author(day), panel.held[-1].id, reason="当日出差", on=day)
    met_on = working_day(day + timedelta(days=6))
    people = [seat.expert.id for seat in panel.held]
    panel = panels.convene(
        walker.author(met_on), panel.id, present=people, head=people[0], met_on=met_on, place="县应急局三楼会商室"
    )
    signing = panel.present if is_over else panel.present[:3]
    for number, seat in enumerate(signing):
        remark = Remark(text="各级响应的启动条件应与上位预案的数值口径一致。", clause="")
        remarks = [remark] if number == 1 else []
        words = "同意通过评审。" if number != 1 else "原则同意，按意见修改后通过。"
        said = ("经审阅送审稿和编制说明，提出如下意见：", *(one.text for one in remarks), words)
        votes.vote(
            walker.author(met_on),
            seat.id,
            Vote.AGREE_IF if number == 1 else Vote.AGREE,
            words=words,
            remarks=remarks,
            on=met_on,
            paper=letter(f"{seat.expert.name}专家评审意见表", seat.expert.name, met_on, *said),
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
    met_on = working_day(day + timedelta(days=6))
    for one in opinions(walker.author(met_on), walker.version):
        if one.treated is None:
            treat(
                walker.author(_next(met_on, 2)),
                walker.version,
                one.id,
                Treatment.REFUSED,
                reason="启动条件已与市级预案逐项核对，数值口径一致。",
            )
    days = [_next(met_on, 4 + 7 * week) for week in range(5)]
    walker.take(COORDINATOR, days[0], Move.PASS_REVIEW, PaperKind.REVIEW_OPINION, words="专家组同意通过评审。")
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


def _before_countersigning(walker: Walker, today: date) -> None:
    """Answered by both counties, reviewed and approved by the one that drafts; the other has still to countersign."""
    _through_consultation(walker, today - timedelta(days=100), 23)
    day = today - timedelta(days=62)
    _review(walker, day, {"水利": 1}, is_over=True)
    met_on = working_day(day + timedelta(days=6))
    for one in opinions(walker.author(met_on), walker.version):
        if one.treated is None:
            reason = "启动条件已与两县防汛应急预案逐项核对，数值口径一致。"
            treat(walker.author(_next(met_on, 2)), walker.version, one.id, Treatment.REFUSED, reason=reason)
    days = [_next(met_on, 4 + 8 * week) for week in range(4)]
    walker.take(COORDINATOR, days[0], Move.PASS_REVIEW, PaperKind.REVIEW_OPINION, words="专家组同意通过评审。")
    walker.take(
        Role.JUSTICE_BUREAU, days[1], Move.PASS_LEGALITY, PaperKind.LEGALITY_OPINION, words="内容合法，同意报批。"
    )
    walker.take(Role.LEADER, days[2], Move.ENDORSE, PaperKind.DRAFTING_SHEET, words="同意，请商石岭县政府会签。")
    walker.take(Role.LEADER, days[3], Move.APPROVE, PaperKind.APPROVAL_SHEET, words="同意。")


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
    return working_day(today - timedelta(days=days))


def _next(day: date, days: int) -> date:
    """A working day so many days after a day, or just before; never earlier than the day."""
    return max(day, working_day(day + timedelta(days=days)))
