"""Fixtures for the sentences of the rules that no fixture of ``cases`` draws out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from plans_repo.checks.dossier import (
    Approval,
    ChangeEvent,
    ContactSeen,
    CourseFacts,
    DrillFacts,
    EntrySeen,
    GroupFacts,
    InputSeen,
    LinkageOpinion,
    OpinionSeen,
    PanelFacts,
    RouteAsked,
    SentTo,
)
from plans_repo.checks.result import Outcome
from plans_repo.course.stages import PaperKind, Process, Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind
from tests.plans_repo.checks.cases import GOOD_FILE, SOUND, Case
from tests.plans_repo.checks.dossiers import (
    a_course,
    a_draft,
    another,
    clauses,
    dossier,
    drilled,
    registered,
    sound,
    unit_dossier,
)

FAIL, SOON, UNSEEN, PASS = Outcome.FAIL, Outcome.DUE_SOON, Outcome.CANNOT_TELL, Outcome.PASS


def sentence_cases() -> Iterator[Case]:
    yield from _life_cycle()
    yield from _drills()
    yield from _people()
    yield from _texts()
    yield from _pages()


def _life_cycle() -> Iterator[Case]:
    route, nowhere = RouteAsked(recipients=frozenset({"市政府"})), SentTo(recipients=frozenset())
    yield Case("L04", FAIL, "not sent", dossier(route=route, sent_to=nowhere), "市政府")
    awaited = a_course(filed_on=date(2026, 3, 12), receipt_on=None)
    yield Case("L06", FAIL, "no receipt after months", dossier(course=awaited), "2026-03-19")
    before = {"course": a_course(issued_on=date(2020, 1, 6))}
    yield Case("L12", FAIL, "evaluated too long ago", dossier(evaluated_on=date(2023, 1, 4), **before), "上次评估")
    yield Case("L12", SOON, "evaluated nearly three years ago", dossier(evaluated_on=date(2023, 12, 20), **before))
    done = ChangeEvent(what="机构改革", on=date(2026, 6, 1), is_answered=True)
    yield Case("L13", PASS, "a reform with a task", dossier(changes=(done,)))
    yield Case("L14", PASS, "simplified where it may be", dossier(course=_revision(Process.SIMPLIFIED)))
    yield Case("L14", PASS, "the full way of its own will", dossier(course=_revision(Process.FULL)), "也可以按简化程序")
    asked = a_draft(process=Process.FULL, required_process=Process.FULL)
    yield Case("L14", PASS, "the full way as asked", dossier(course=asked), "符合规定")
    overall = {"kind": PlanKind.OVERALL, "title": "某县突发事件总体应急预案"}
    naming = sound("《某市防汛应急预案》", "《某县防汛应急预案》")
    gone = another("某县防汛应急预案", area="/city/county/", stage=Stage.ABOLISHED)
    yield Case("L18", FAIL, "named and abolished", dossier(clauses=naming, library=(gone,), **overall))
    yield Case("L20", UNSEEN, "an empty register", dossier(entries=(), contacts=()))
    stock = EntrySeen(id="e", title="编织袋", checked_on=date(2026, 10, 1))
    stocked = SOUND.replace("抢险队伍和物资", "抢险队伍和编织袋等物资")
    quiet = clauses(stocked.replace("，值班电话0571-87654321", ""))
    hidden = dossier(clauses=clauses(stocked), entries=(stock,), contacts=None)
    yield Case("L20", UNSEEN, "contacts may not be seen", hidden)
    yield Case("L20", PASS, "entries alone", dossier(clauses=quiet, entries=(stock,), contacts=()), "1条台账均")
    fresh = ContactSeen(id="k", label="县防办主任", phones=("0571-87654321",), checked_on=date(2026, 10, 1))
    only = dossier(clauses=sound("抢险队伍和物资", "有关方面"), entries=(), contacts=(fresh,))
    yield Case("L20", PASS, "contacts alone", only, "1条联系方式均")


def _revision(process: Process) -> CourseFacts:
    return a_draft(process=process, required_process=Process.SIMPLIFIED)


def _drills() -> Iterator[Case]:
    for rule, more in (("L08", {}), ("L09", {"production_safety": True})):
        course = {"course": a_course(issued_on=None)}
        yield Case(rule, PASS, "issued lately and not drilled", dossier(drills=_never(date(2026, 3, 2), **more)))
        yield Case(rule, FAIL, "never drilled", dossier(drills=_never(date(2020, 3, 2), **more)), "至今未演练")
        near = {"L08": date(2023, 12, 20), "L09": date(2024, 12, 20)}[rule]
        yield Case(rule, SOON, "never drilled and nearly due", dossier(drills=_never(near, **more)))
        yield Case(rule, UNSEEN, "neither drill nor issue known", dossier(drills=_never(None, **more), **course))
    steady, firm = (date(2026, 2, 1), date(2026, 7, 20)), {"is_enterprise": True}
    for name, issued, outcome in (
        ("a year without a drill of the whole", date(2025, 11, 19), FAIL),
        ("issued nearly a year ago", date(2025, 12, 1), SOON),
        ("issued this spring, no drill of the whole", date(2026, 3, 2), PASS),
    ):
        never = drilled(on_site=steady, issued_on=issued, **firm)
        yield Case("L10", outcome, name, unit_dossier(drills=never), "综合或者专项演练")
    unissued = {"course": a_course(issued_on=None)}
    nothing = drilled(None, issued_on=None, **firm)
    yield Case("L10", UNSEEN, "neither drill nor issue known", unit_dossier(drills=nothing, **unissued), "无法计算")
    summer = drilled(whole=(date(2026, 5, 1),), issued_on=date(2026, 6, 1), **firm)
    yield Case("L10", SOON, "issued nearly half a year ago", unit_dossier(drills=summer), "现场处置方案演练")
    old = {"whole": (date(2025, 1, 5),), **firm}
    yield Case("L10", FAIL, "the whole too long ago", unit_dossier(drills=drilled(on_site=steady, **old)))
    near_year = {"whole": (date(2025, 12, 1),), **firm}
    yield Case("L10", SOON, "a year nearly over", unit_dossier(drills=drilled(on_site=steady, **near_year)))
    whole = {"whole": (date(2026, 5, 1),), **firm}
    yield Case("L10", FAIL, "no drill on site", unit_dossier(drills=drilled(on_site=(), **whole)))
    yield Case("L10", FAIL, "on site too long ago", unit_dossier(drills=drilled(on_site=(date(2026, 2, 1),), **whole)))
    risky = {"high_risk": True, "is_enterprise": True}
    yield Case("L11", FAIL, "high risk, drilled last year", unit_dossier(drills=drilled(date(2025, 9, 1), **risky)))
    yield Case("L11", PASS, "issued lately", unit_dossier(drills=_never(date(2026, 9, 1), reported=True, **risky)))
    yield Case("L11", FAIL, "high risk, never drilled", unit_dossier(drills=_never(date(2025, 9, 1), **risky)))
    soon = _never(date(2026, 5, 25), reported=True, **risky)
    yield Case("L11", SOON, "high risk, nearly due", unit_dossier(drills=soon))
    unknown = unit_dossier(drills=_never(None, reported=True, **risky), course=a_course(issued_on=None))
    yield Case("L11", UNSEEN, "neither drill nor issue known", unknown)


def _never(issued: date | None, **more: object) -> DrillFacts:
    return replace(drilled(None, **more), issued_on=issued)


def _people() -> Iterator[Case]:
    water = frozenset({"县水利局"})
    headless = GroupFacts(leaders=(), experts=1, units=water, duty_units=water)
    yield Case("A01", FAIL, "nobody leads", dossier(group=headless))
    unread = GroupFacts(leaders=("局长",), experts=1, units=water, duty_units=None)
    yield Case("A01", UNSEEN, "duties not read", dossier(group=unread))
    kinds = (PaperKind.RISK_ASSESSMENT, PaperKind.RESOURCE_SURVEY, PaperKind.CASE_ANALYSIS)
    inputs = tuple(InputSeen(kind=kind, name=kind.value, on=None) for kind in kinds)
    yield Case("A02", UNSEEN, "without a day", dossier(inputs=inputs))
    whole = replace(unread, duty_units=water)
    open_one = OpinionSeen(unit="县水利局", treatment="")
    yield Case("A03", FAIL, "not treated", dossier(group=whole, opinions=(open_one,), asked_units=water), "尚未处理")
    yield Case("A03", FAIL, "not asked", dossier(group=whole, opinions=(), asked_units=frozenset()), "县水利局")
    taken = replace(open_one, treatment="adopted")
    yield Case("A03", UNSEEN, "duties not read", dossier(group=unread, opinions=(taken,), asked_units=water))
    on = date(2026, 1, 26)
    other = LinkageOpinion(by=OrganisationKind.DEPARTMENT, on=on, agreed=True)
    yield Case("A05", FAIL, "of another department", dossier(linkage=other))
    against = LinkageOpinion(by=OrganisationKind.EMERGENCY_BUREAU, on=on, agreed=False)
    yield Case("A05", FAIL, "not agreed", dossier(linkage=against))
    meeting = Approval(approver="executive_meeting", issued_by="")
    unissued = a_course(stage=Stage.NUMBERING)
    yield Case("A07", PASS, "approved and not yet issued", dossier(approval=meeting, course=unissued))
    party = registered(document_number="某政发〔2026〕9号")
    overall = {"kind": PlanKind.OVERALL, "title": "某县突发事件总体应急预案"}
    yield Case("A07", UNSEEN, "an overall plan under a number of the government", dossier(course=party, **overall))
    good = PanelFacts(experts=3, present=3, agreed=3, is_signed=True, has_votes=True)
    yield Case(
        "A08", FAIL, "an expert of the unit", unit_dossier(panel=replace(good, linked_to_maker=("张工",))), "张工"
    )
    yield Case("A08", FAIL, "not signed", unit_dossier(panel=replace(good, is_signed=False)))
    yield Case("A08", FAIL, "no votes kept", unit_dossier(panel=replace(good, has_votes=False)))


def _texts() -> Iterator[Case]:
    yield Case("A12", FAIL, "no levels", dossier(clauses=clauses("某县预案\n\n一、总则\n制定本预案。")), "响应级别")
    silent = sound("乡镇接到报告后1小时内向县防办报告。", "")
    yield Case("A12", FAIL, "no limit for reports", dossier(clauses=silent), "首次报告的时限")
    leaderless = sound("由指挥长批准启动Ⅰ级响应", "启动Ⅰ级响应")
    yield Case("A12", FAIL, "nobody starts it", dossier(clauses=leaderless), "Ⅰ级没有写明由谁决定启动")
    vague = sound("死亡、失踪10人以上的，", "")
    unmeasured = sound("死亡、失踪10人以上的，", "发生特别重大险情或者堤防决口的，")
    yield Case("A12", FAIL, "a condition without a number", dossier(clauses=unmeasured), "Ⅰ级")
    overall = {"kind": PlanKind.OVERALL, "title": "某县突发事件总体应急预案"}
    yield Case("A12", PASS, "numbers are left to special plans", dossier(clauses=vague, **overall))
    same = SOUND.replace("死亡、失踪3人以上、10人以下的", "死亡、失踪10人以上的")
    yield Case("A13", FAIL, "both begin at the same number", dossier(clauses=clauses(same)))
    note = "附件：1.防汛队伍一览表"
    yield Case("A15", FAIL, "listed and not there", dossier(clauses=sound(note, f"{note}\n2.物资清单")), "附件2")
    second = f"{SOUND}\n附件2 物资清单\n编织袋2万条。\n"
    yield Case("A15", FAIL, "there and not listed", dossier(clauses=clauses(second)), "附件2没有列入")
    twice = f"{SOUND}\n附件1 防汛队伍一览表\n县应急救援队40人。\n"
    yield Case("A15", FAIL, "one number twice", dossier(clauses=clauses(twice)))
    turned = SOUND.replace(note, f"{note}\n2.物资清单").replace(
        "附件1 防汛队伍一览表\n县应急救援队40人。\n",
        "附件2 物资清单\n编织袋2万条。\n\n附件1 防汛队伍一览表\n县应急救援队40人。\n",
    )
    yield Case("A15", FAIL, "in the wrong order", dossier(clauses=clauses(turned)))
    cited = sound("《某市防汛应急预案》。", "《某市防汛应急预案》（某政办发〔2025〕12号）。")
    unnumbered = a_draft(document_number="")
    yield Case("X02", PASS, "a number cited", dossier(clauses=cited, course=unnumbered), "1个文号")


def _pages() -> Iterator[Case]:
    faults = {
        "no page": {"page_mm": None}, "another paper": {"page_mm": (216.0, 279.0)},
        "a narrow right": {"margins_mm": (37.0, 20.0, 35.0, 28.0)},
        "a narrow foot": {"margins_mm": (37.0, 26.0, 20.0, 28.0)},
        "a narrow left": {"margins_mm": (37.0, 26.0, 35.0, 20.0)},
        "a small body": {"body_pt": 12.0}, "another line": {"line_pt": 20.0}, "a small title": {"title_pt": 16.0},
        "no page number": {"has_page_number": False}, "annexes run on": {"annexes_on_new_page": False},
    }  # fmt: skip
    for name, fault in faults.items():
        yield Case("X01", FAIL, name, dossier(file=replace(GOOD_FILE, **fault)))  # type: ignore[arg-type]
