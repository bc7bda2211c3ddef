"""A plan begun from a template and filled in passes the product's own checks of its text."""

from plans_repo.checks.checking import CheckReport, check
from plans_repo.checks.result import Outcome
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.plans import text_of
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Store, Work
from plans_repo.text.finding.plan_kind import kind_of
from plans_repo.text.recognition import levels
from plans_repo.writing.beginning import begin_plan
from plans_repo.writing.template import Template, templates
from tests.plans_repo.writing.test_beginning import EVERYBODY, bodies

LEVELS = ("四级", "三级", "二级", "一级")
DECIDERS = ("县防办主任", "副指挥长", "常务副指挥长", "指挥长")
BOUNDS = ("1人以上、3人以下", "3人以上、10人以下", "10人以上、30人以下", "30人以上")
WORDS = {
    "duty_phone": "0000-5551234",
    "first_report_limit": "30分钟内电话报告、1小时内书面报告",
    "level_up_limit": "2小时",
    "laws": "《中华人民共和国突发事件应对法》",
    "commander": "县长",
    "deputy_commander": "副县长",
    "headquarters": "临河县应急指挥部",
    "members": "县应急局、县水利局",
    "event": "防汛抗旱",
    "function": "应急通信",
    "target": "临河县城第一水源地",
    "activity": "2027年龙舟文化节",
    "parties": "临河县、石岭县",
    "disaster": "流域超标准洪水",
    "arrive_limit": "30分钟",
    "team_limit": "60分钟",
    "share_limit": "15分钟",
    "answer_limit": "1小时",
    "accident": "瓦斯爆炸",
    "spot": "采煤工作面",
    "responsible_person": "矿长",
    "grading_principle": "发生险情被困3人以上的，由矿长决定启动一级响应；被困3人以下的，由值班矿长决定启动二级响应。",
}
NUMBERED = ("four", "three", "two", "one")
WORDS |= {f"level_{name}_when": f"死亡、失踪{bound}" for name, bound in zip(NUMBERED, BOUNDS, strict=True)}
WORDS |= {f"level_{name}_decider": who for name, who in zip(NUMBERED, DECIDERS, strict=True)}
OF_TEXT = frozenset({"A09", "A11", "A12", "A13", "A14", "A15", "L01"})
"""Rules that look at the words of a text, whatever became of it since."""
KNOWN = frozenset({"place", "body", "enterprise", "government", "upper_government", "bureau", "township", "villages"})


def test_a_filled_template_has_the_chapters_levels_limits_and_annexes_its_kind_asks_for(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
        for one in templates():
            report = begun_and_checked(work, one, found)
            results = {result.id: result for result in report.results if result.id in OF_TEXT}
            lacking = {
                (one.id, result.id, result.found) for result in results.values() if result.outcome is Outcome.FAIL
            }
            assert not lacking
            assert results["A09"].outcome is Outcome.PASS
            assert results["A12"].outcome is Outcome.PASS


def begun_and_checked(work: Work, one: Template, found: dict[str, Organisation]) -> CheckReport:
    """A plan of the template, every field answered; the text leaves nothing open but the register's tables."""
    answers = {
        field.id: WORDS.get(field.id) or field.fill or f"{field.label}已按调查结果逐项写明"
        for field in one.fields
        if field.id not in KNOWN
    }
    begun = begin_plan(work, one.id, answers, organisation=maker(found, one).id)
    return check(work, begun.plan)


def maker(found: dict[str, Organisation], one: Template) -> Organisation:
    """The body that most often writes such a plan."""
    if one.kind is PlanKind.CATASTROPHE:
        return found["云陵市人民政府"]
    kinds = [kind for kind in one.makers if kind is not OrganisationKind.EMERGENCY_BUREAU]
    return next(body for body in found.values() if body.kind in kinds and body.name.startswith("临河县"))


def test_levels_written_as_the_templates_write_them_are_read_with_condition_and_decider(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
        special = next(one for one in templates() if one.id == "special")
        report = begun_and_checked(work, special, found)
        read = levels(text_of(work, report.plan))
    told = {(level.label, level.conditions[0].at_least, level.decided_by) for level in read}
    assert told == set(zip(LEVELS, (1.0, 3.0, 10.0, 30.0), DECIDERS, strict=True))


def test_titles_of_the_kinds_of_the_measures_are_recognised() -> None:
    for title, kind in (
        ("清川县应急通信保障应急预案", PlanKind.SUPPORT),
        ("白鹭湖水库大坝突发事件应急预案", PlanKind.KEY_TARGET),
        ("2027年沄江龙舟文化节活动保障应急预案", PlanKind.MAJOR_ACTIVITY),
        ("清川县、石岭县森林火灾联合应急预案", PlanKind.JOINT),
        ("云陵市流域超标准洪水巨灾应急预案", PlanKind.CATASTROPHE),
    ):
        assert kind_of(title).value == kind.value, title


def test_every_kind_of_the_measures_has_a_template_and_the_new_ones_say_what_each_chapter_rests_on() -> None:
    assert {one.kind for one in templates()} == set(PlanKind)
    five = {PlanKind.SUPPORT, PlanKind.KEY_TARGET, PlanKind.MAJOR_ACTIVITY, PlanKind.JOINT, PlanKind.CATASTROPHE}
    for one in templates():
        assert bool(one.bases) == (one.kind in five)
        for basis in one.bases:
            assert basis.headings
            assert basis.source
            assert basis.source_en
