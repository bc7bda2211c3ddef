"""One fixture per rule and result, named as a sentence; a result that a rule can never have has none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from plans_repo.checks.dossier import (
    Approval,
    ChangeEvent,
    ContactSeen,
    Dossier,
    ElementAnswer,
    EntrySeen,
    FileMeasure,
    GroupFacts,
    InputSeen,
    LinkageOpinion,
    MoveMade,
    OpinionSeen,
    PanelFacts,
    ReportedDrill,
    ReviewForm,
    RouteAsked,
    SentTo,
)
from plans_repo.checks.result import Outcome
from plans_repo.course.stages import Move, PaperKind, Process, Stage
from plans_repo.course.words import Judgement
from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind
from tests.plans_repo.checks.dossiers import (
    ISSUED,
    MOVES,
    SOUND,
    a_course,
    a_draft,
    another,
    clauses,
    dossier,
    drilled,
    papers,
    registered,
    sound,
    unit_dossier,
)

FAIL, SOON, UNSEEN, PASS, UNFIT = (
    Outcome.FAIL, Outcome.DUE_SOON, Outcome.CANNOT_TELL, Outcome.PASS, Outcome.NOT_APPLICABLE,
)  # fmt: skip
P = PaperKind


@dataclass(frozen=True)
class Case:
    """A rule, how it must turn out, on what, and words its finding must hold."""

    rule: str
    outcome: Outcome
    name: str
    dossier: Dossier
    says: str = ""

    def __str__(self) -> str:
        return f"{self.rule}-{self.outcome.value}-{self.name.replace(' ', '-')}"


def cases() -> Iterator[Case]:
    yield from library_cases()
    yield from interval_cases()
    yield from linkage_cases()
    yield from authoring_cases()
    yield from simplified_cases()
    yield from review_cases()
    yield from text_cases()
    yield from unit_text_cases()
    yield from export_cases()


def library_cases() -> Iterator[Case]:
    late, due = date(2026, 4, 2), date(2026, 11, 10)
    yield Case("L01", PASS, "a county's special plan", dossier())
    yield Case(
        "L01", FAIL, "a village with an overall plan", dossier(kind=PlanKind.OVERALL, maker=OrganisationKind.VILLAGE)
    )
    yield Case("L01", UNSEEN, "no maker entered", dossier(maker=None))
    yield Case("L01", FAIL, "the title of another place", dossier(elsewhere="石岭县"), "石岭县")
    for rule, field in (("L02", "published_on"), ("L03", "filed_on")):
        yield Case(rule, PASS, "within twenty working days", dossier(), "用了")
        yield Case(rule, FAIL, "a day too late", dossier(course=a_course(**{field: late})), "超过期限（2026-03-30）")
        yield Case(rule, FAIL, "never done", dossier(course=a_course(**{field: None})), "已过")
        yield Case(rule, SOON, "clock running", dossier(course=a_course(issued_on=due, **{field: None})), "2026-12-08")
        yield Case(rule, UNSEEN, "before the system", dossier(course=registered()), "补录登记")
        yield Case(rule, UNFIT, "a draft", dossier(course=a_draft()))
    yield Case(
        "L02",
        PASS,
        "secret with a short version",
        dossier(is_secret=True, course=a_course(published_on=None)),
        "不公开",
    )
    unpublished = a_course(published_on=None, filed_on=None)
    yield Case("L03", UNFIT, "an enterprise's plan not published yet", unit_dossier(course=unpublished), "公布")
    route = RouteAsked(recipients=frozenset({"市政府"}), copies=frozenset({"市应急局"}))
    sent = SentTo(recipients=frozenset({"市政府"}), copies=frozenset({"市应急局"}))
    yield Case("L04", PASS, "sent as the table says", dossier(route=route, sent_to=sent))
    yield Case(
        "L04", FAIL, "no copy", dossier(route=route, sent_to=SentTo(recipients=frozenset({"市政府"}))), "市应急局"
    )
    vague = replace(route, unnamed=frozenset({"上一级人民政府有关部门"}))
    yield Case("L04", UNSEEN, "copies to nobody known", dossier(route=vague, sent_to=sent), "上一级人民政府有关部门")
    yield Case("L04", UNSEEN, "recipients not entered", dossier())
    yield Case("L04", UNFIT, "a draft", dossier(course=a_draft()))
    yield Case("L05", PASS, "all papers", dossier())
    yield Case("L05", FAIL, "no explanation", dossier(course=a_course(papers=papers(P.ISSUED_DOCUMENT))), "explanation")
    yield Case("L05", UNSEEN, "before the system", dossier(course=registered()))
    yield Case("L05", UNFIT, "a draft", dossier(course=a_draft()))
    yield Case("L06", PASS, "receipt after two days", dossier())
    yield Case(
        "L06",
        FAIL,
        "receipt after eight working days",
        dossier(course=a_course(receipt_on=date(2026, 3, 24))),
        "2026-03-19",
    )
    yield Case("L06", SOON, "receipt awaited", dossier(course=a_course(filed_on=date(2026, 11, 18), receipt_on=None)))
    yield Case("L06", UNSEEN, "before the system", dossier(course=registered()))
    yield Case("L06", UNFIT, "not filed", dossier(course=a_draft()))
    yield Case("L05", UNFIT, "an enterprise files other papers", unit_dossier(), "L07")
    silent = a_course(receipt_on=None)
    yield Case("L06", PASS, "silence counts as filed", unit_dossier(deemed_filed=True, course=silent), "视为已经备案")
    belated = a_course(receipt_on=date(2026, 3, 24))
    yield Case("L06", PASS, "deemed filed, then answered", unit_dossier(deemed_filed=True, course=belated), "03-24")
    fresh = a_course(filed_on=date(2026, 11, 18), receipt_on=None)
    yield Case("L06", SOON, "an enterprise still waits", unit_dossier(deemed_filed=True, course=fresh), "2026-11-25")
    four = papers(P.FILING_APPLICATION, P.REVIEW_OPINION, P.RISK_ASSESSMENT, P.RESOURCE_SURVEY)
    yield Case("L07", PASS, "the four papers", unit_dossier(course=a_course(papers=four)))
    yield Case("L07", FAIL, "no risk assessment", unit_dossier(course=a_course(papers=four[:2])), "risk_assessment")
    letter = papers(P.FILING_REPORT, P.REVIEW_OPINION, P.RISK_ASSESSMENT, P.RESOURCE_SURVEY)
    yield Case("L07", FAIL, "a report for a form", unit_dossier(course=a_course(papers=letter)), "filing_application")
    argued = a_course(papers=(four[0], *four[2:]))
    yield Case("L07", UNSEEN, "no review, no high risk", unit_dossier(course=argued), "应当评审")
    risky_firm = unit_dossier(course=argued, drills=drilled(high_risk=True))
    yield Case("L07", FAIL, "no review of a mine", risky_firm, "review_opinion")
    yield Case("L07", UNFIT, "a hospital", unit_dossier(maker=OrganisationKind.INSTITUTION), "生产经营单位")
    yield Case("L07", UNSEEN, "before the system", unit_dossier(course=registered()))
    yield Case("L07", UNFIT, "a government's plan", dossier())
    open_change = ChangeEvent(what="机构改革", on=date(2026, 6, 1), is_answered=False)
    yield Case("L13", PASS, "nothing happened since", dossier(changes=()))
    yield Case("L13", FAIL, "a reform without a task", dossier(changes=(open_change,)), "机构改革")
    yield Case("L13", UNSEEN, "changes not entered", dossier())
    yield Case("L13", UNFIT, "a draft", dossier(course=a_draft(), changes=()))
    full = {"required_process": Process.FULL, "touched": ("c5",)}
    yield Case("L14", PASS, "weighty clauses on the full way", dossier(course=a_draft(**full)))
    yield Case(
        "L14", FAIL, "weighty clauses simplified", dossier(course=a_draft(process=Process.SIMPLIFIED, **full)), "1条"
    )
    yield Case("L14", UNFIT, "a first edition", dossier(course=a_draft()))
    taught = {"training_on": date(2026, 4, 1)}
    yield Case("L15", PASS, "every step and taught", dossier(**taught))
    torn = (MOVES[0], MOVES[4])
    yield Case("L15", FAIL, "review left out", dossier(course=a_course(moves=torn)), "pass_legality")
    yield Case(
        "L15", FAIL, "issued without approval", dossier(course=a_course(unsigned=(Move.APPROVE,)), **taught), "approve"
    )
    issued = a_course(stage=Stage.ISSUED, moves=MOVES[:7], published_on=None, filed_on=None)
    yield Case("L15", PASS, "training comes next", dossier(course=issued), "培训")
    yield Case("L15", UNSEEN, "training not entered", dossier(), "培训")
    yield Case("L15", UNFIT, "not begun", dossier(course=a_draft()))


def interval_cases() -> Iterator[Case]:
    for rule, more in (("L08", {}), ("L09", {"production_safety": True})):
        limit = {"L08": date(2023, 11, 19), "L09": date(2024, 11, 19)}[rule]
        near = {"L08": date(2023, 12, 20), "L09": date(2024, 12, 20)}[rule]
        yield Case(rule, PASS, "drilled half a year ago", dossier(drills=drilled(**more)), "2026-05-13")
        yield Case(rule, FAIL, "a day over", dossier(drills=drilled(limit, **more)), "已过")
        yield Case(rule, SOON, "due in a month", dossier(drills=drilled(near, **more)), "再次演练")
        yield Case(rule, UNSEEN, "drills not handed in", dossier(drills=None))
        yield Case(rule, UNFIT, "a draft", dossier(course=a_draft(), drills=drilled(**more)))
    seldom = sound("本预案由县应急局负责解释", "本预案每10年组织一次演练，由县应急局负责解释")
    safe = drilled(production_safety=True)
    yield Case("L08", FAIL, "its text wants a drill every ten years", dossier(clauses=seldom), "每10年")
    early = dossier(clauses=seldom, course=a_draft())
    yield Case("L08", FAIL, "a draft wants a drill every ten years", early, "每10年")
    third = sound("本预案由县应急局负责解释", "本预案每3年组织一次演练，由县应急局负责解释")
    yield Case("L08", PASS, "every three years are allowed", dossier(clauses=third))
    yield Case("L09", FAIL, "every three years for production safety", dossier(clauses=third, drills=safe), "每3年")
    often = sound("本预案由县应急局负责解释", "本预案每年组织一次桌面演练，每5年组织一次综合演练，由县应急局负责解释")
    yield Case("L08", PASS, "the shorter of two intervals counts", dossier(clauses=often))
    yield Case("L09", UNFIT, "a flood plan is not for production safety", dossier())
    firm = {"is_enterprise": True, "whole": (date(2026, 5, 1),)}
    steady = (date(2026, 2, 1), date(2026, 7, 20))
    yield Case("L10", PASS, "both in time", unit_dossier(drills=drilled(on_site=steady, **firm)))
    gap = (date(2025, 12, 1), date(2026, 8, 1))
    yield Case("L10", FAIL, "eight months between", unit_dossier(drills=drilled(on_site=gap, **firm)), "间隔")
    near = (date(2026, 6, 1),)
    yield Case("L10", SOON, "half a year nearly over", unit_dossier(drills=drilled(on_site=near, **firm)), "将到")
    yield Case("L10", UNSEEN, "drills not handed in", unit_dossier(drills=None))
    fortnight = {"issued_on": date(2026, 11, 7), "is_enterprise": True}
    new = unit_dossier(course=a_course(issued_on=date(2026, 11, 7)), drills=drilled(None, **fortnight))
    yield Case("L10", PASS, "issued a fortnight ago and not drilled", new, "2027-05-07")
    yield Case("L10", UNFIT, "not issued yet", unit_dossier(course=a_draft(), drills=drilled(None, **fortnight)))
    held = drilled(on_site=steady, **firm)
    yield Case("L10", FAIL, "an enterprise every three years", unit_dossier(clauses=third, drills=held), "每3年")
    yield Case("L10", UNFIT, "a school", unit_dossier(maker=OrganisationKind.INSTITUTION))
    risky = {"high_risk": True, "is_enterprise": True}
    yield Case(
        "L11", PASS, "drilled and reported", unit_dossier(drills=drilled(date(2026, 8, 1), reported=True, **risky))
    )
    yield Case(
        "L11", FAIL, "not reported", unit_dossier(drills=drilled(date(2026, 8, 1), reported=False, **risky)), "报送"
    )
    yield Case(
        "L11", SOON, "half a year nearly over", unit_dossier(drills=drilled(date(2026, 5, 25), reported=True, **risky))
    )
    reported = (ReportedDrill(drilled_on=date(2026, 8, 1), on=date(2026, 8, 20)),)
    last = drilled(date(2026, 8, 1), **risky)
    yield Case("L11", PASS, "the report was entered", unit_dossier(drills=last, drill_reports=reported))
    newer = drilled(date(2026, 9, 1), **risky)
    yield Case("L11", FAIL, "only the drill before", unit_dossier(drills=newer, drill_reports=reported), "报送")
    yield Case("L11", UNSEEN, "report not entered", unit_dossier(drills=drilled(date(2026, 8, 1), **risky)))
    yield Case("L11", UNFIT, "no high risk", unit_dossier())
    yield Case("L12", PASS, "issued this year", dossier(), "2029-03-02")
    yield Case(
        "L12",
        PASS,
        "evaluated since",
        dossier(course=a_course(issued_on=date(2021, 1, 4)), evaluated_on=ISSUED),
        "上次评估",
    )
    yield Case("L12", FAIL, "five years without", dossier(course=a_course(issued_on=date(2021, 1, 4))), "没有评估记录")
    yield Case("L12", SOON, "due next month", dossier(course=a_course(issued_on=date(2023, 12, 20))), "将到")
    yield Case("L12", UNSEEN, "day of issue unknown", dossier(course=a_course(issued_on=None)))
    yield Case("L12", UNFIT, "a draft", dossier(course=a_draft()))


def linkage_cases() -> Iterator[Case]:
    yield Case("L16", PASS, "in force and named", dossier())
    yield Case("L16", FAIL, "abolished above", dossier(upper=(another(stage=Stage.ABOLISHED),)), "abolished")
    yield Case("L16", FAIL, "a level skipped", dossier(area="/city/county/town/"), "越过")
    yield Case("L16", FAIL, "not named in the text", dossier(upper=(another("某市总体应急预案"),)), "没有写明")
    yield Case(
        "L16",
        FAIL,
        "cites what was replaced",
        dossier(upper=(), library=(another(stage=Stage.SUPERSEDED),)),
        "superseded",
    )
    yield Case("L16", UNSEEN, "none entered", dossier(upper=()))
    below = {"title": "某镇防汛应急预案", "area": "/city/county/town/"}
    yield Case("L17", PASS, "issued after", dossier(lower=(another(issued_on=date(2026, 5, 1), **below),)))
    yield Case("L17", PASS, "being revised", dossier(lower=(another(has_draft=True, **below),)))
    yield Case("L17", FAIL, "older and untouched", dossier(lower=(another(**below),)), "某镇防汛应急预案")
    yield Case(
        "L17", UNSEEN, "day of issue unknown", dossier(course=a_course(issued_on=None), lower=(another(**below),))
    )
    yield Case("L17", UNFIT, "nothing below", dossier())
    loose = another("某县山洪灾害防御应急预案", area="/city/county/", has_upper=False)
    whole = {"kind": PlanKind.OVERALL, "area": "/city/county/", "title": "某县突发事件总体应急预案"}
    yield Case("L17", UNSEEN, "one that names none above", dossier(library=(loose,), **whole), "山洪灾害")
    older = another(**below)
    yield Case("L17", FAIL, "both", dossier(library=(loose,), lower=(older,), **whole), "另有1件")
    overall = {"kind": PlanKind.OVERALL, "title": "某县突发事件总体应急预案"}
    naming = sound("《某市防汛应急预案》", "《某县防汛应急预案》")
    own = another("某县防汛应急预案", area="/city/county/")
    yield Case("L18", PASS, "named and there", dossier(clauses=naming, library=(own,), **overall))
    yield Case("L18", FAIL, "named and not there", dossier(clauses=naming, library=(), **overall), "不在库")
    yield Case("L18", UNSEEN, "none named", dossier(**overall))
    yield Case("L18", UNFIT, "a special plan", dossier())
    acting = {"leads": ("县水利局",)}
    yield Case("L19", PASS, "a manual for each", dossier(manuals=frozenset({"县水利局"}), **acting))
    yield Case("L19", PASS, "by its short name", dossier(manuals=frozenset({"县应急局"}), leads=("清川县应急管理局",)))
    yield Case("L19", UNSEEN, "a manual is not kept", dossier(manuals=frozenset(), **acting), "县水利局")
    yield Case("L19", UNSEEN, "manuals are not kept", dossier(**acting))
    yield Case("L19", UNSEEN, "no unit known", dossier(), "单位名录")
    fresh, old = date(2026, 10, 1), date(2025, 1, 1)
    person = ContactSeen(id="k", label="县防办主任", phones=("0571-87654321",), checked_on=fresh)
    stock = EntrySeen(id="e", title="编织袋", checked_on=fresh)
    stocked = sound("抢险队伍和物资", "抢险队伍和编织袋等物资")
    yield Case(
        "L20",
        PASS,
        "all fresh",
        dossier(clauses=stocked, entries=(stock,), contacts=(person,)),
        "1条台账",
    )
    others = tuple(replace(stock, id=f"o{at}", title=f"救生艇{at}") for at in range(9))
    yield Case("L20", PASS, "entries it does not name", dossier(entries=others, contacts=(person,)), "1条联系方式均")
    quiet = sound("，值班电话0571-87654321", "")
    yield Case(
        "L20", UNSEEN, "nothing named", dossier(clauses=quiet, entries=others, contacts=(person,)), "没有可以核对"
    )
    yield Case("L20", UNSEEN, "a number nobody entered", dossier(entries=others, contacts=()), "0571-87654321")
    wrong = ContactSeen(id="k", label="县防办主任", phones=("0571-87654321", "1381234"), checked_on=fresh)
    yield Case("L20", FAIL, "a number nobody can dial", dossier(entries=(stock,), contacts=(wrong,)), "县防办主任")
    late = ContactSeen(id="k", label="县防办主任", phones=("0571-87654321",), checked_on=old)
    yield Case("L20", FAIL, "a contact not verified", dossier(entries=(), contacts=(late,)), "未核对")
    gone = EntrySeen(id="g", title="冲锋舟队", checked_on=fresh, is_retired=True, pool="boat")
    yield Case(
        "L20", FAIL, "a force retired", dossier(entries=(gone,), contacts=(), pools=frozenset({"boat"})), "冲锋舟队"
    )
    stale = EntrySeen(id="e", title="编织袋", checked_on=old)
    yield Case("L20", FAIL, "a count too old", dossier(clauses=stocked, entries=(stale,), contacts=(person,)), "编织袋")
    yield Case("L20", UNSEEN, "the register may not be seen", dossier())


def authoring_cases() -> Iterator[Case]:
    whole = GroupFacts(leaders=("局长",), experts=1, units=frozenset({"县水利局"}), duty_units=frozenset({"县水利局"}))
    yield Case("A01", PASS, "leader expert and units", dossier(group=whole))
    alone = GroupFacts(leaders=("局长",), experts=1, units=frozenset(), duty_units=frozenset({"县水利局"}))
    yield Case("A01", FAIL, "a unit sent nobody", dossier(group=alone), "县水利局")
    yield Case("A01", FAIL, "no expert", dossier(group=GroupFacts(leaders=("局长",), duty_units=frozenset())), "专家")
    yield Case("A01", UNSEEN, "no group entered", dossier())
    three = tuple(
        InputSeen(kind=kind, name=kind.value, on=date(2025, 9, 1))
        for kind in (P.RISK_ASSESSMENT, P.RESOURCE_SURVEY, P.CASE_ANALYSIS)
    )
    yield Case("A02", PASS, "all three before the draft", dossier(inputs=three))
    yield Case("A02", FAIL, "no case analysis", dossier(inputs=three[:2]), "case_analysis")
    later = (*three[:2], InputSeen(kind=P.CASE_ANALYSIS, name="案例", on=date(2026, 6, 1)))
    yield Case("A02", FAIL, "written afterwards", dossier(inputs=later), "之后")
    yield Case("A02", UNSEEN, "not entered", dossier())
    said = OpinionSeen(unit="县水利局", treatment="adopted")
    yield Case(
        "A03", PASS, "answered and adopted", dossier(group=whole, opinions=(said,), asked_units=frozenset({"县水利局"}))
    )
    yield Case(
        "A03", FAIL, "silent", dossier(group=whole, opinions=(), asked_units=frozenset({"县水利局"})), "没有书面答复"
    )
    refused = OpinionSeen(unit="县水利局", treatment="refused")
    yield Case("A03", FAIL, "refused without a reason", dossier(group=whole, opinions=(refused,)), "没有说明理由")
    yield Case("A03", UNSEEN, "consultation not entered", dossier())
    yield Case("A04", PASS, "record and explanation", dossier())
    yield Case("A04", FAIL, "approved without", dossier(course=a_course(papers=())), "已送审")
    yield Case("A04", UNFIT, "still being written", dossier(course=a_draft()), "送审前")
    yield Case("A04", UNSEEN, "before the system", dossier(course=registered()))
    bureau = OrganisationKind.EMERGENCY_BUREAU
    yield Case(
        "A05", PASS, "before approval", dossier(linkage=LinkageOpinion(by=bureau, on=date(2026, 1, 26), agreed=True))
    )
    yield Case(
        "A05",
        FAIL,
        "after approval",
        dossier(linkage=LinkageOpinion(by=bureau, on=date(2026, 2, 20), agreed=True)),
        "晚于批准",
    )
    yield Case("A05", FAIL, "none", dossier(), "没有衔接意见")
    yield Case("A05", UNFIT, "not approved yet", dossier(course=a_draft()))
    yield Case(
        "A05",
        UNSEEN,
        "whose it was is not entered",
        dossier(linkage=LinkageOpinion(by=None, on=date(2026, 1, 26), agreed=True)),
    )
    yield Case("A05", UNFIT, "a department's plan", dossier(kind=PlanKind.DEPARTMENT))


def simplified_cases() -> Iterator[Case]:
    """What a revision on the simplified way need not do; it must where it touched what is weighty."""
    light = dossier(course=a_course(process=Process.SIMPLIFIED, papers=()))
    for rule in ("A01", "A02", "A03", "A04", "A05", "A06"):
        yield Case(rule, UNFIT, "a simplified revision", light, "简化程序")
    yield Case("A08", UNFIT, "a simplified revision", replace(light, kind=PlanKind.UNIT), "简化程序")
    weighty = a_course(process=Process.SIMPLIFIED, required_process=Process.FULL, papers=())
    yield Case("A04", FAIL, "simplified although weighty", dossier(course=weighty), "已送审")
    yield Case("A05", FAIL, "simplified although weighty", dossier(course=weighty), "没有衔接意见")


def review_cases() -> Iterator[Case]:
    six = dict.fromkeys(("合法", "衔接", "完整", "可行", "意见", "其他"), True)
    yield Case("A06", PASS, "six yes", dossier(review=ReviewForm(answers=six)))
    yield Case("A06", FAIL, "one no", dossier(review=ReviewForm(answers=six | {"衔接": False})), "衔接")
    yield Case("A06", FAIL, "one open", dossier(review=ReviewForm(answers=six | {"完整": None})), "没有作答")
    yield Case("A06", UNSEEN, "form not entered", dossier())
    yield Case("A06", UNFIT, "a unit has tables of its own", unit_dossier(review=ReviewForm(answers={})), "A11")
    yield Case("A06", UNFIT, "not reviewed", dossier(course=a_draft()))
    right = Approval(approver="executive_meeting", issued_by="government_office")
    yield Case("A07", PASS, "executive meeting", dossier(approval=right))
    yield Case("A07", FAIL, "approved by a bureau", dossier(approval=Approval(approver="bureau_meeting", issued_by="")))
    yield Case("A07", UNSEEN, "approver not entered", dossier())
    nameless = Approval(approver="executive_meeting", title="政府常务会议审议通过")
    yield Case("A07", UNSEEN, "issuing name not entered", dossier(approval=nameless), "没有登记印发名义")
    wrong = Approval(approver="executive_meeting", issued_by="department", issuer="部门")
    yield Case("A07", FAIL, "issued by a department", dossier(approval=wrong), "以部门名义印发")
    yield Case("A07", UNFIT, "not approved", dossier(course=a_draft()))
    good = PanelFacts(experts=3, present=3, agreed=2, is_signed=True, has_votes=True)
    yield Case("A08", PASS, "two of three", unit_dossier(panel=good))
    bad = PanelFacts(experts=5, present=5, agreed=3, is_signed=True, has_votes=True)
    yield Case("A08", FAIL, "three of five", unit_dossier(panel=bad), "不足三分之二")
    yield Case("A08", UNSEEN, "no review entered", unit_dossier())
    yield Case("A08", UNFIT, "a government's plan", dossier())


def text_cases() -> Iterator[Case]:
    yield Case("A09", PASS, "every chapter", dossier(), "11项")
    gone = clauses(SOUND.replace("八、后期处置\n做好善后和恢复重建工作，开展调查评估。\n", ""))
    yield Case("A09", FAIL, "no aftermath", dossier(clauses=gone), "后期处置")
    empty = clauses(
        SOUND.replace("县防办实行24小时值班，值班电话0571-87654321。乡镇接到报告后1小时内向县防办报告。\n", "")
    )
    yield Case("A09", FAIL, "an empty chapter", dossier(clauses=empty), "没有内容")
    yield Case("A09", UNSEEN, "no headings", dossier(clauses=clauses("某县预案\n\n一段没有标题的话。")))
    yield Case("A12", PASS, "all said", dossier())
    by_whom = sound("由启动响应的指挥长宣布终止响应", "由决定启动的负责人终止响应")
    yield Case("A12", PASS, "who started it ends it", dossier(clauses=by_whom))
    declared = sound("由启动响应的指挥长宣布终止响应", "决定启动的负责人宣布终止")
    yield Case("A12", PASS, "who started it declares the end", dossier(clauses=declared))
    unended = sound("由启动响应的指挥长宣布终止响应", "险情解除后终止响应")
    yield Case("A12", FAIL, "nobody ends it", dossier(clauses=unended), "由谁决定终止")
    bare = SOUND.replace("死亡、失踪3人以上、10人以下的，", "").replace("死亡、失踪10人以上的，", "")
    ability = "由高到低。需要外部救援的为Ⅰ级；车间能够控制的为Ⅱ级。"
    graded = clauses(bare.replace("由高到低。", ability).replace("（二）响应级别", "（二）响应分级"))
    yield Case("A12", UNSEEN, "an enterprise grades by its ability", unit_dossier(clauses=graded), "评审人员判定")
    yield Case("A12", FAIL, "a government does not", dossier(clauses=graded), "没有数值")
    yield Case("A12", FAIL, "no telephone", dossier(clauses=sound("，值班电话0571-87654321", "")), "值班电话")
    yield Case("A12", FAIL, "reports after five hours", dossier(clauses=sound("1小时内", "5小时内")), "300分钟")
    yield Case(
        "A12",
        FAIL,
        "a level without numbers",
        dossier(clauses=sound("死亡、失踪10人以上的，", "灾情特别严重的，")),
        "Ⅰ级",
    )
    yield Case(
        "A12",
        FAIL,
        "nobody ends it",
        dossier(clauses=sound("由启动响应的指挥长宣布终止响应。", "响应结束后做好总结工作。")),
        "终止",
    )
    yield Case("A13", PASS, "the levels meet", dossier(), "2级")
    yield Case("A13", FAIL, "they overlap", dossier(clauses=sound("3人以上、10人以下", "3人以上、12人以下")), "重叠")
    of_water = SOUND.replace("死亡、失踪3人以上、10人以下的", "水位达到86.50米、未达到87.20米的").replace(
        "死亡、失踪10人以上的", "水位达到87.00米的"
    )
    yield Case("A13", FAIL, "up to a water level not reached", dossier(clauses=clauses(of_water)), "重叠")
    yield Case("A13", FAIL, "a gap", dossier(clauses=sound("3人以上、10人以下", "3人以上、8人以下")), "空档")
    yield Case(
        "A13",
        FAIL,
        "the graver is lighter",
        dossier(clauses=sound("死亡、失踪10人以上的", "死亡、失踪2人以上的")),
        "还轻",
    )
    city = another(levels=dossier(clauses=sound("死亡、失踪3人以上、10人以下", "死亡、失踪2人以上、8人以下")).levels)
    yield Case("A13", FAIL, "above the city's", dossier(upper=(city,)), "高于上位预案")
    words = clauses(SOUND.replace("死亡、失踪3人以上、10人以下", "灾情较重").replace("死亡、失踪10人以上", "灾情严重"))
    yield Case("A13", UNSEEN, "no numbers", dossier(clauses=words))
    yield Case("A13", UNFIT, "no levels", dossier(clauses=clauses("某县预案\n\n一、总则\n制定本预案。")))
    yield Case("A15", PASS, "annex and note agree", dossier())
    yield Case("A15", FAIL, "refers to a missing one", dossier(clauses=sound("见附件1", "见附件3")), "附件3")
    yield Case(
        "A15", FAIL, "another name", dossier(clauses=sound("附件1 防汛队伍一览表", "附件1 抢险力量表")), "抢险力量表"
    )
    only = clauses(
        "某县预案\n\n一、总则\n制定本预案。\n\n附件：抗旱通讯录\n\n附件\n\n抗旱通讯录\n\n县防办值班电话0571-1234567。"
    )
    yield Case("A15", PASS, "a single annex has no number", dossier(clauses=only))
    bare = SOUND.partition("附件：")[0].replace("，见附件1", "")
    yield Case("A15", UNFIT, "no annexes", dossier(clauses=clauses(bare)))


UNIT = """某公司生产安全事故综合应急预案
版本号：A/1　编号：QY-01
某公司
2026年3月
批准页
本预案自发布之日起实施。总经理：（签字）
1 总则
1.1 适用范围
适用于本公司生产安全事故的应对。
1.2 响应分级
按可控程度，应急响应分为Ⅰ级、Ⅱ级。
1.2.1 Ⅱ级响应
车间3人以上受伤的，启动Ⅱ级响应。
1.2.2 Ⅰ级响应
公司8人以上受伤的，启动Ⅰ级响应。
2 应急组织机构及职责
2.1 应急预案体系
由综合预案、专项预案和现场处置方案组成。
2.2 指挥机构及职责
总指挥由总经理担任，负责全面指挥工作。
3 风险分析
危险源辨识和风险评估结果见风险评估报告。
4 信息报告
24小时值守电话0571-87654321。
5 响应程序
先期处置，控制事态，条件恶化时扩大应急。
6 应急保障
队伍、物资、装备和通信保障由安全部负责。
7 培训与演练
每年培训一次，每半年演练一次并评估总结。
"""


def unit_text_cases() -> Iterator[Case]:
    text = clauses(UNIT)
    told = a_course(papers=papers(P.RISK_ASSESSMENT, P.RESOURCE_SURVEY, P.OPINIONS_RECORD, P.REVIEW_OPINION))
    unit = {"clauses": text, "title": "某公司生产安全事故综合应急预案"}
    yield Case(
        "A10",
        FAIL,
        "no approval page",
        unit_dossier(clauses=clauses(UNIT.replace("批准页\n", "").replace("（签字）", "")), title=unit["title"]),
        "批准页",
    )
    yield Case(
        "A10", UNSEEN, "the body is left to a reviewer", unit_dossier(course=told, group=GroupFacts(), **unit), "正文"
    )
    yield Case("A10", UNFIT, "a government's plan", dossier())
    yield Case("A11", UNSEEN, "found and not judged", unit_dossier(**unit), "评审人员判定")
    yield Case(
        "A11",
        FAIL,
        "no training",
        unit_dossier(clauses=clauses(UNIT.partition("7 培训")[0]), title=unit["title"]),
        "培训与演练",
    )
    keys = ("system", "scope", "risk", "structure", "command", "report", "grading", "procedure", "support", "training")
    said = {f"comprehensive:{key}": ElementAnswer(judgement=Judgement.CONFORMS) for key in keys}
    yield Case("A11", PASS, "every key element conforms", unit_dossier(element_answers=said, **unit))
    for judgement, words in ((Judgement.MOSTLY, "须修改至符合"), (Judgement.FAILS, "判定不符合")):
        worse = said | {"comprehensive:risk": ElementAnswer(judgement=judgement, note="来源未列")}
        yield Case("A11", FAIL, f"a key element {judgement}", unit_dossier(element_answers=worse, **unit), words)
    good = ElementAnswer(judgement=Judgement.CONFORMS, note="已核对")
    formal = {f"formal:{name}": good for name in ("cover", "approval", "contents", "body", "annexes", "process")}
    yield Case("A10", PASS, "the panel has checked all six", unit_dossier(element_answers=formal, course=told, **unit))
    bad = formal | {"formal:body": ElementAnswer(judgement=Judgement.FAILS, note="错别字较多")}
    yield Case("A10", FAIL, "the panel found the body wanting", unit_dossier(element_answers=bad, **unit), "正文")
    yield Case("A11", UNFIT, "a government's plan", dossier())
    yield Case("A14", PASS, "by what the unit controls", unit_dossier(**unit))
    copied = UNIT.replace("车间3人以上受伤的", "死亡3人以上、10人以下的").replace("公司8人以上受伤的", "死亡10人以上的")
    yield Case(
        "A14", FAIL, "the grades of accidents", unit_dossier(clauses=clauses(copied), title=unit["title"]), "死亡"
    )
    yield Case(
        "A14",
        UNSEEN,
        "no levels recognised",
        unit_dossier(clauses=clauses("某公司综合应急预案\n\n1 总则\n制定本预案。")),
    )
    yield Case("A14", UNFIT, "a government's plan", dossier())


GOOD_FILE = FileMeasure(
    name="f.docx", page_mm=(210, 297), margins_mm=(37, 26, 35, 28), body_pt=16, line_pt=28.95, body_font="仿宋_GB2312",
    title_font="方正小标宋简体", title_pt=22, heading_fonts=("黑体", "楷体_GB2312", "仿宋_GB2312"),
    has_page_number=True, lines_per_page=22, characters_per_line=28,
)  # fmt: skip


def export_cases() -> Iterator[Case]:
    yield Case("X01", PASS, "measured and rendered", dossier(file=GOOD_FILE), "22行")
    yield Case("X01", FAIL, "a narrow top", dossier(file=replace(GOOD_FILE, margins_mm=(25.4, 26, 35, 28))), "天头")
    yield Case("X01", FAIL, "another typeface", dossier(file=replace(GOOD_FILE, body_font="微软雅黑")), "微软雅黑")
    yield Case("X01", FAIL, "twenty lines as rendered", dossier(file=replace(GOOD_FILE, lines_per_page=20)), "20行")
    yield Case("X01", UNSEEN, "no renderer", dossier(file=replace(GOOD_FILE, lines_per_page=None)))
    yield Case("X01", UNSEEN, "no file", dossier())
    yield Case("X02", PASS, "well written", dossier())
    yield Case("X02", FAIL, "a leading zero", dossier(course=a_course(document_number="某政办发〔2026〕09号")), "09")
    square = sound("《某市防汛应急预案》。", "《某市防汛应急预案》（某政办发[2025]12号）。")
    yield Case("X02", FAIL, "square brackets in the text", dossier(clauses=square), "[2025]")
    yield Case("X02", UNSEEN, "issued without a number", dossier(course=a_course(document_number="")))
    yield Case("X02", UNFIT, "a draft", dossier(course=a_draft()))
    yield Case("X03", PASS, "Arabic digits", dossier())
    yield Case(
        "X03", FAIL, "leading zeros", dossier(clauses=sound("自2026年3月2日起", "自2026年03月02日起")), "2026年03月02日"
    )
    yield Case(
        "X03", FAIL, "Chinese numerals", dossier(clauses=sound("自2026年3月2日起", "自二〇二六年三月起")), "二〇二六年"
    )
    yield Case("X03", UNFIT, "no date", dossier(clauses=clauses("某县预案\n\n一、总则\n制定本预案。")))


__all__ = ["Case", "MoveMade", "cases"]
