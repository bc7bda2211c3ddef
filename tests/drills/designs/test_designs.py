"""Designs of drills: what they lack, how they are kept, what stands on their papers."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time

import docx
import pytest
from docx.document import Document

from drills.designs import keeping
from drills.designs.checks import Gap, Lacking, lacking
from drills.designs.design import MOST_LINES, Appointment, Design, Post, Preparation, Risk
from drills.designs.keeping import KeptDesign
from drills.drill import DOUBLE_BLIND, Drill, State, Step
from drills.errors import DrillError
from drills.papers.design_papers import DesignFacts, DesignPaperKind, design_paper
from drills.papers.making import design_paper_of
from drills.register import move_drill, plan_drill, schedule_drill
from drills.scripts import keeping as scripts
from plans_repo.errors import NotAllowed, StaleRevision
from plans_repo.store import events
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store
from sim.errors import CodedError
from sim.plain import canonical, plain, unplain
from tests.drills.builders import person
from tests.drills.scripts.making_scripts import a_script, flood_script

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
DRILL = Drill(
    id="d", title="清川县山洪演练", year=2026, on=date(2026, 11, 26), at=time(9, 30), place="龙潭沟", duration_min=120
)


def whole(**more: object) -> Design:
    """A design that lacks nothing."""
    fields = {
        "purpose": "检验夜间断网条件下的叫应。\n发现职责交叉。",
        "need": "网格员叫应、乡镇转移。",
        "scope": "龙潭镇，3个村民组。",
        "budget_cny": 12000.0,
        "calendar": (Preparation(due_on=date(2026, 11, 24), what="脚本定稿", who="于演舟"),),
        "posts": tuple(
            Appointment(post=post, name=name, unit="县应急局")
            for post, name in zip(
                (Post.COMMANDER, Post.PLANNER, Post.CONTROLLER, Post.EVALUATOR, Post.SAFETY), "甲乙丙丁戊", strict=True
            )
        ),
        "support": "帐篷2顶。",
        "communication": "卫星电话2部。",
        "medical": "救护车1辆。",
        "insurance": "意外伤害保险。",
        "is_high_risk": True,
        "risks": (Risk(risk="夜间行走跌倒", measure="头灯、搭伴", who="安全员"),),
        "stops": ("发生真实突发事件", "出现人员受伤。"),
        "disturbs_public": True,
        "notice_on": date(2026, 11, 23),
        "observers": "河堤观摩台。",
    }
    return Design(**(fields | more))  # type: ignore[arg-type]


def test_a_design_that_is_whole_lacks_nothing() -> None:
    assert lacking(whole(), DRILL, ("龙潭镇",)) == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"purpose": " "}, Lacking(gap=Gap.PURPOSE)),
        ({"need": ""}, Lacking(gap=Gap.NEED)),
        ({"scope": ""}, Lacking(gap=Gap.SCOPE)),
        ({"calendar": ()}, Lacking(gap=Gap.CALENDAR)),
        ({"budget_cny": None}, Lacking(gap=Gap.BUDGET)),
        ({"posts": whole().posts[1:]}, Lacking(gap=Gap.POST, about="commander")),
        ({"posts": (*whole().posts, Appointment(post=Post.EVALUATOR, name="己", unit="龙潭镇"))},
         Lacking(gap=Gap.EVALUATOR_PLAYS, about="己")),
        ({"posts": (*whole().posts, Appointment(post=Post.EVALUATOR, name="丙"))},
         Lacking(gap=Gap.TWO_SEATS, about="丙")),
        ({"calendar": (Preparation(due_on=date(2026, 11, 27), what="会场布置"),)},
         Lacking(gap=Gap.LATE_PREPARATION, about="会场布置")),
        ({"stops": ()}, Lacking(gap=Gap.STOPS)),
        ({"risks": ()}, Lacking(gap=Gap.RISKS)),
        ({"insurance": ""}, Lacking(gap=Gap.INSURANCE)),
        ({"notice_on": None}, Lacking(gap=Gap.NOTICE)),
        ({"notice_on": date(2026, 11, 26)}, Lacking(gap=Gap.NOTICE_LATE, about="2026-11-26")),
    ],
)  # fmt: skip
def test_each_lack_is_told(change: dict[str, object], found: Lacking) -> None:
    assert lacking(whole(**change), DRILL, ("龙潭镇",)) == (found,)


def test_no_money_said_is_not_the_same_as_no_money_needed() -> None:
    assert lacking(whole(budget_cny=0.0), DRILL) == ()


def test_what_only_a_drill_of_high_risk_needs_is_not_asked_of_others() -> None:
    assert (
        lacking(whole(is_high_risk=False, risks=(), insurance="", disturbs_public=False, notice_on=None), DRILL) == ()
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: whole(purpose="长" * 5000), "design-text-long"),
        (lambda: whole(stops=("x",) * (MOST_LINES + 1)), "design-too-long"),
        (lambda: whole(budget_cny=-1.0), "number-too-small"),
        (lambda: whole(budget_cny=float("nan")), "number-not-finite"),
        (lambda: Appointment(post=Post.SAFETY, name=" "), "design-line-empty"),
        (lambda: Risk(risk="", measure="x"), "design-line-empty"),
    ],
)
def test_what_cannot_be_is_refused_when_built(make: object, code: str) -> None:
    with pytest.raises(CodedError) as refusal:
        make()  # type: ignore[operator]
    assert refusal.value.code == code


def test_a_design_and_its_plain_form_are_one() -> None:
    assert unplain(Design, plain(whole())) == whole()
    assert canonical(unplain(Design, plain(whole()))) == canonical(whole())


# ---- kept ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def drill_id(store: Store, organiser: Actor) -> str:
    with store.work(organiser) as work:
        made = plan_drill(work, "清河县防汛演练", year=2026)
        return schedule_drill(work, made.id, date(2026, 11, 25)).id


def test_a_design_is_kept_changed_and_told_as_events(store: Store, organiser: Actor, drill_id: str) -> None:
    with store.work(organiser) as work:
        assert keeping.design(work, drill_id) is None
        first = keeping.keep(work, drill_id, whole(), base="")
        second = keeping.keep(work, drill_id, whole(need="另一需求"), base=first.hash)
        assert keeping.keep(work, drill_id, whole(need="另一需求"), base=second.hash) == second
    with store.reading(organiser) as work:
        assert keeping.design(work, drill_id) == second
        told = [one.payload for one in events.history(work, f"drill:{drill_id}") if one.kind == "design-kept"]
    assert [(one["before"], one["hash"]) for one in told] == [("", first.hash), (first.hash, second.hash)]


def test_what_somebody_else_kept_is_not_written_over(store: Store, organiser: Actor, drill_id: str) -> None:
    with store.work(organiser) as work:
        keeping.keep(work, drill_id, whole(), base="")
    with pytest.raises(StaleRevision) as refusal, store.work(organiser) as work:
        keeping.keep(work, drill_id, whole(need="改"), base="")
    assert refusal.value.code == "design-saved-meanwhile"


def test_a_design_is_not_changed_once_play_has_begun(store: Store, organiser: Actor, drill_id: str) -> None:
    with store.work(organiser) as work:
        assert move_drill(work, drill_id, Step.START).state is State.RUNNING
    with pytest.raises(DrillError) as refusal, store.work(organiser) as work:
        keeping.keep(work, drill_id, whole(), base="")
    assert refusal.value.code == "design-after-start"


def test_only_who_plans_drills_writes_and_a_blind_one_is_not_for_everybody(store: Store, organiser: Actor) -> None:
    author = person("author", Role.PLAN_AUTHOR)
    with store.work(organiser) as work:
        announced = plan_drill(work, "桌面推演", year=2026).id
        blind = plan_drill(work, "双盲演练", year=2026, blindness=DOUBLE_BLIND).id
        for one in (announced, blind):
            keeping.keep(work, one, whole(), base="")
    with store.reading(author) as work:
        assert keeping.design(work, announced) is not None
        with pytest.raises(NotAllowed) as refusal:
            keeping.design(work, blind)
    assert refusal.value.code == "design-for-control"
    with pytest.raises(NotAllowed), store.work(author) as work:
        keeping.keep(work, announced, whole(need="改"), base="")


def test_a_paper_for_who_may_not_read_the_script_does_not_tell_its_steps(store: Store, organiser: Actor) -> None:
    with store.work(organiser) as work:
        drill_id = plan_drill(work, "桌面推演", year=2026).id
        keeping.keep(work, drill_id, whole(), base="")
        scripts.keep(work, drill_id, a_script(), base=0)
        told = design_paper_of(work, drill_id, DesignPaperKind.WORK)
    with store.reading(person("author", Role.PLAN_AUTHOR)) as work:
        untold = design_paper_of(work, drill_id, DesignPaperKind.WORK)
    assert "注入2" in "".join(words(docx.Document(io.BytesIO(told))))
    assert "注入2" not in "".join(words(docx.Document(io.BytesIO(untold))))


# ---- on paper --------------------------------------------------------------------------------------------------------


def paper(kind: DesignPaperKind, design: Design, language: str = "zh", **more: object) -> Document:
    kept = KeptDesign(design=design, hash="ab" * 32, saved_at=AT, saved_by="于演舟")
    facts = DesignFacts(
        drill=DRILL, kept=kept, units=("县防办", "龙潭镇"), event="夜间短时强降雨。", script=flood_script()
    )
    return docx.Document(
        io.BytesIO(design_paper(replace(facts, **more), kind, made_at=AT, language=language))  # type: ignore[arg-type]
    )


def words(document: Document) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in document.paragraphs] + cells


def red(document: Document) -> list[str]:
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    return [run.text for run in runs if run.font.color.rgb is not None and str(run.font.color.rgb) == "C00000"]


@pytest.mark.parametrize("kind", DesignPaperKind)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_design_leaves_nothing_red_and_equal_facts_equal_bytes(kind: DesignPaperKind, language: str) -> None:
    found = paper(kind, whole(), language)
    assert red(found) == []
    assert words(found) == words(paper(kind, whole(), language))
    assert "{" not in "".join(words(found))


def test_the_work_scheme_tells_what_was_filled_in() -> None:
    told = words(paper(DesignPaperKind.WORK, whole()))
    for line in (
        "检验夜间断网条件下的叫应。",
        "发现职责交叉。",
        "参演单位：县防办、龙潭镇。",
        "2026年11月26日 09:30，龙潭沟，历时约2小时。",
        "脚本定稿",
        "经费：12,000元",
        "（1）发生真实突发事件；",
        "（2）出现人员受伤。",
        "情况通报：山洪：断电断网、道路中断",
        "可能影响公众，于2026年11月23日发布公告，写明内容、时间、地点和组织单位。",
    ):
        assert line in told, line


def test_what_is_missing_is_red() -> None:
    assert len(red(paper(DesignPaperKind.WORK, Design()))) >= 8
    assert "（尚未填写）" in red(paper(DesignPaperKind.SUPPORT, Design()))
    assert "可能影响公众，公告日期尚未确定。" in red(paper(DesignPaperKind.WORK, Design(disturbs_public=True)))


@pytest.mark.parametrize("kind", DesignPaperKind)
def test_papers_of_a_blind_drill_tell_neither_event_nor_steps(kind: DesignPaperKind) -> None:
    told = "".join(words(paper(kind, whole(), drill=replace(DRILL, blindness=DOUBLE_BLIND))))
    assert "夜间短时强降雨" not in told
    assert not any(inject.title in told for inject in flood_script().injects)


def test_the_support_scheme_names_who_is_responsible_and_no_evaluator() -> None:
    told = words(paper(DesignPaperKind.SUPPORT, whole()))
    assert "安全员" in told
    assert "评估人员" not in told
