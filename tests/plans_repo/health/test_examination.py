"""The health report on a plan of 2016, on sound plans, and on sentences that must be left alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plans_repo import plans
from plans_repo.checks.dossier import ContactSeen, Dossier
from plans_repo.health.defect import DefectKind, Severity, wording
from plans_repo.health.examination import defects, health, report
from plans_repo.organisations import OrganisationKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind, PlanRow, RelationKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.plan_kind import PlanKindWord, kind_of
from plans_repo.text.reading import read_plan
from plans_repo.writing.blanks import blank
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.checks.dossiers import SOUND, a_draft, another, clauses, dossier, registered
from tests.plans_repo.conftest import BOTH, person

AUTHOR = person("author", Role.PLAN_AUTHOR)
ROOT = Path(__file__).resolve().parents[3]
OLD = ROOT / "ui" / "demo" / "plans" / "shiling-chemical.md"
DEMO = sorted(path for path in OLD.parent.glob("*.md") if path != OLD)
STRANGE = sorted((ROOT / "tests" / "plans_repo" / "strange_plans").glob("*.txt"))
KEYS = ("old", "reference", "phone")
RIGHT = {"nanxi-flood": 1, "qingchuan-flash-flood-defence-2020": 1, "qingchuan-crowded-fire": 7}
"""Findings that are right: 区交通局 has another name since 2008; the national plan is cited in its edition of 2006; the
plan of 2016 names five bodies and duties that are no more and two texts in old editions.
"""


def of_file(path: Path) -> Dossier:
    ids = iter(range(10_000))
    reading = read_plan(path.read_bytes(), path.name, new_id=lambda: f"c{next(ids)}")
    word = kind_of(reading.title).value
    kind = PlanKind.SPECIAL if word == PlanKindWord.UNKNOWN else PlanKind(word)
    return dossier(title=reading.title, kind=kind, clauses=reading.clauses, course=a_draft(), upper=(), library=())


def found_in(text: str, **more: object) -> set[tuple[str, str]]:
    """Reason and the words told of, for a text put into the sound plan."""
    changed = SOUND.replace("汛前排查堤防隐患，落实各项准备。", f"汛前排查堤防隐患。{text}")
    told = defects(dossier(clauses=clauses(changed), **more))
    names = ("old", "reference", "phone", "plan", "minutes", "count")
    return {(one.reason, next((str(one.fields[name]) for name in names if name in one.fields), "")) for one in told}


def test_a_sound_plan_is_healthy() -> None:
    assert report(dossier()).complaints == ()


def test_what_is_still_to_be_filled_in_is_a_grave_defect_of_its_clause() -> None:
    text = SOUND.replace("汛前排查堤防隐患", f"{blank('值班电话')}接报后{blank('报告时限')}内报告，汛前排查堤防隐患")
    (found,) = report(dossier(clauses=clauses(text))).of_kind(DefectKind.BLANK)
    assert found.severity is Severity.GRAVE
    assert found.found == "还有 2 处待填：值班电话、报告时限。"
    assert found.clause


def test_a_plan_of_2016_shows_everything_once() -> None:
    told = {
        (one.reason, one.fields.get("old", one.fields.get("reference", one.fields.get("phone", ""))))
        for one in defects(of_file(OLD))
    }
    assert {
        ("chapter_missing", ""),
        ("levels_gap", ""),
        ("limits_differ", ""),
        ("body_abolished", "县安监局"),
        ("body_abolished", "县公安消防大队"),
        ("body_abolished", "县环保局"),
        ("body_abolished", "县卫计局"),
        ("body_abolished", "县质监局"),
        ("body_abolished", "县国土资源局"),
        ("body_abolished", "武警水电部队"),
        ("duty_moved", "县民政局"),
        ("law_replaced", "《国家突发公共事件总体应急预案》"),
        ("law_replaced", "《生产安全事故应急预案管理办法》（国家安监总局令第88号）"),
        ("law_replaced", "《中华人民共和国突发事件应对法》（2007年）"),
        ("law_replaced", "《中华人民共和国安全生产法》（2014年修正）"),
        ("law_replaced", "GB 18218-2009"),
        ("reference_dead", "五（三）"),
        ("reference_dead", "第十二部分"),
        ("annex_missing", "附件3"),
        ("annex_missing", "附件2 应急物资清单"),
        ("phone_wrong", "0000-620011"),
        ("phone_blank", ""),
    } == told


def test_a_complaint_names_clause_quotation_and_remedy() -> None:
    plan = of_file(OLD)
    first = next(one for one in report(plan).complaints if one.found.startswith("“县安监局”"))
    assert first.citation == "二（一）"
    assert first.clause in plan.by_id
    assert "附件1" in [citation for _clause, citation in first.also]
    assert "县安监局局长" in first.quotation
    assert "应急管理局" in first.suggestion
    assert first.severity is Severity.MODERATE


@pytest.mark.parametrize("path", [*DEMO, *STRANGE], ids=lambda path: path.stem)
def test_nothing_wrong_is_said_of_plans_written_today(path: Path) -> None:
    told = [one for one in defects(of_file(path)) if one.kind not in (DefectKind.CHAPTER, DefectKind.CONTACT)]
    assert len(told) == RIGHT.get(path.stem, 0), told


@pytest.mark.parametrize(
    "left_alone",
    [
        "原县安监局保管的档案移交县应急局。",
        "依据《国土资源局工作规则》办理。",
        "2018年由县安监局更名为县应急局。",
        "县安监局印发的预案同时废止。",
        "县矿山安全监管局负责矿山。",
        "县民政局负责困难群众临时救助。",
        "依据《突发事件应急预案管理办法》（国办发〔2024〕5号）编制。",
        "依据《中华人民共和国安全生产法》编制。",
        "保证水位为35.20米，按2.5倍准备。",
        "按照《防汛条例》第三十条执行。",
        "储备编织袋20000000条，经费3000000元。",
        "乡镇在1小时内、县防办在2小时内到岗。",
    ],
)
def test_what_is_right_is_left_alone(left_alone: str) -> None:
    assert found_in(left_alone) == set()


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("县环境保护局负责监测。", "body_abolished", "县环境保护局"),
        ("县食药监局负责食品安全。", "body_abolished", "县食药监局"),
        ("市旅游局负责游客疏散。", "body_abolished", "市旅游局"),
        ("县煤监分局参加救援。", "body_abolished", "县煤监分局"),
        ("县民政局负责救灾物资的储备和调拨。", "duty_moved", "县民政局"),
        ("依据《国家森林火灾应急预案》编制。", "law_replaced", "《国家森林火灾应急预案》"),
        ("依据GB/T 29639-2013编制。", "law_replaced", "GB/T 29639-2013"),
        ("物资见附件7。", "annex_missing", "附件7"),
        ("值班电话1381234567。", "phone_wrong", "1381234567"),
        ("值班电话0571-×××××××。", "phone_blank", "1"),
        ("具体见九（四）。", "reference_dead", "九（四）"),
    ],
)
def test_what_is_wrong_is_told(text: str, reason: str, words: str) -> None:
    assert (reason, words) in found_in(text)


def test_a_number_nobody_answers_for_and_one_not_verified() -> None:
    known = ContactSeen(id="k", label="县防办主任", phones=("0571-87654321",), checked_on=date(2025, 1, 1))
    told = found_in("值班电话0571-81112222。", contacts=(known,))
    assert ("contact_stale", "0571-87654321") in told
    assert ("phone_unknown", "1") in told


def test_an_upper_plan_that_changed_or_went() -> None:
    since = another(issued_on=date(2026, 9, 1))
    assert [one.reason for one in defects(dossier(upper=(since,)))] == ["upper_changed"]
    gone = replace(since, stage=registered().stage.ABOLISHED)
    assert [one.reason for one in defects(dossier(upper=(gone,)))] == ["upper_closed"]


def test_a_limit_longer_than_the_upper_plan_grants() -> None:
    city = another(limits=dossier(clauses=clauses(SOUND.replace("1小时内", "30分钟内"))).limits)
    told = list(defects(dossier(upper=(city,))))
    assert [(one.reason, one.fields["minutes"], one.fields["other_minutes"]) for one in told] == [
        ("limit_above_upper", "1小时", "30分钟")
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_is_filled_in(language: str) -> None:
    for one in report(of_file(OLD), language=language).complaints:
        assert "{" not in f"{one.found}{one.suggestion}"
        assert "—" not in one.suggestion


def test_every_reason_has_its_words() -> None:
    for reason, entry in wording().items():
        assert Severity(entry["severity"]), reason
        for part in ("found", "suggestion"):
            assert entry[part]["zh"]
            assert entry[part]["en"]


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


def two_plans(work: Work, upper_text: str, own_text: str) -> tuple[str, str]:
    """A plan and the one above it, each with one chapter and one section."""
    made = []
    for title, text in (("云陵市应急预案", upper_text), ("清川县应急预案", own_text)):
        plan = plans.create_plan(work, title, kind=PlanKind.SPECIAL).id
        head = a_clause(f"{plan[:32]}1", "", kind=ClauseKind.HEADING, number="1", number_raw="1", title="信息报告")
        part = a_clause(
            f"{plan[:32]}11", text, kind=ClauseKind.HEADING, number="1.1", number_raw="1.1", title="报告", level=2
        )
        plans.make_version(work, plan, (head, part), reason="编制", trigger=Trigger.FIRST)
        made.append(plan)
    plans.relate(work, made[1], made[0], RelationKind.UPPER)
    return made[1], made[0]


def told_of(work: Work, plan: str) -> list[tuple[str, str, str]]:
    return [
        (one.citation, one.quotation, f"{one.there.title} {one.there.citation} {one.there.quotation}")
        for one in health(work, plan).of_kind(DefectKind.CONTRADICTION)
        if one.there
    ]


@BOTH
def test_a_contradiction_is_told_with_both_plans_clauses_and_quotations(store: Store) -> None:
    city, county = "市应急局值班电话：0990-1111111。", "县应急局接报后2小时内报告，市应急局值班电话：0990-2222222。"
    with store.work(AUTHOR) as work:
        own, upper = two_plans(work, city, county)
        assert told_of(work, own) == [("1.1", county, f"云陵市应急预案 1.1 {city}")]
        assert told_of(work, upper) == [("1.1", city, f"清川县应急预案 1.1 {county}")]


def test_the_plan_that_has_to_follow_is_told_of_a_longer_limit_and_the_one_above_is_not(store: Store) -> None:
    city, county = "各县政府接报后1小时内向市应急局报告。", "县应急局接报后2小时内向市应急局报告。"
    with store.work(AUTHOR) as work:
        own, upper = two_plans(work, city, county)
        assert told_of(work, own) == [("1.1", county, f"云陵市应急预案 1.1 {city}")]
        assert told_of(work, upper) == []


@BOTH
def test_of_a_plan_the_reader_may_not_see_nothing_is_told(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = [a_body(work, name, "/1/", OrganisationKind.DEPARTMENT).id for name in ("甲局", "乙局")]
        own, upper = two_plans(work, "市应急局值班电话：0990-1111111。", "市应急局值班电话：0990-2222222。")
        for plan, body in ((own, bodies[0]), (upper, bodies[1])):
            work.session.get_one(PlanRow, plan).organisation_id = body
    with store.reading(person("own", Role.PLAN_AUTHOR, organisation=bodies[0])) as work:
        assert told_of(work, own) == []
    with store.reading(everybody) as work:
        assert len(told_of(work, own)) == 1


def test_a_clause_that_was_deleted_is_told_as_such(store: Store) -> None:
    def text(*numbers: str) -> tuple[Clause, ...]:
        sections = [
            a_clause(f"s{number}", "略。", kind=ClauseKind.HEADING, number=number, number_raw=number, title=number)
            for number in numbers
        ]
        return (*sections, a_clause("c", "转移按照3.2执行。", level=2))

    with store.work(AUTHOR) as work:
        plan = plans.create_plan(work, "某预案", kind=PlanKind.SPECIAL).id
        plans.make_version(work, plan, text("3.1", "3.2"), reason="编制", trigger=Trigger.FIRST)
        plans.make_version(work, plan, text("3.1"), reason="修订", trigger=Trigger.EDITING)
        found = [one.found for one in health(work, plan).of_kind(DefectKind.REFERENCE)]
    assert found == ["“3.2”所指的条款已删除。"]


def test_the_new_name_keeps_the_place_of_the_old_one() -> None:
    changed = SOUND.replace("汛前排查堤防隐患，落实各项准备。", "县国土资源局负责地质灾害隐患排查。")
    (found,) = (one for one in defects(dossier(clauses=clauses(changed))) if one.kind is DefectKind.BODY)
    assert (found.fields["old"], found.fields["new"]) == ("县国土资源局", "县自然资源局")
    assert found.replacement == ("国土资源局", "自然资源局")


def test_sums_that_do_not_come_out_are_grave() -> None:
    changed = SOUND.replace("汛前排查堤防隐患，落实各项准备。", "队伍共2支180人，其中县消防大队60人、县民兵分队80人。")
    (found,) = (one for one in defects(dossier(clauses=clauses(changed))) if one.kind is DefectKind.SUM)
    assert (found.how_grave, found.fields["whole"], found.fields["added"]) == (Severity.GRAVE, "180人", "140人")
