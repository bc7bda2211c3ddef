"""Pages tell of every edition how it stands today: in force, still to come, or entered without its filing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import plans
from plans_repo.ledger import Contradiction, Disagreement, Side
from plans_repo.store.actor import local_actor
from tests.ui.conftest import Clock
from tests.ui.demonstrated import furnish, opener
from ui.components.ledger_words import disagreement
from ui.components.plan_names import EVENTS
from ui.installation import Installation, occupy, open_installation

FLASH_FLOODS, FLOOD = "清川县山洪灾害防御应急预案", "清川县防汛应急预案"
FLOORS = Path(__file__).parents[2]
ON_A_PLAN = re.compile(r'chain_of_plan\([^"]*?\),\s*"([a-z-]+)"')


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("told")
    furnish(data)
    installation = open_installation(data, clock=Clock())
    occupy(installation)
    yield installation
    occupy(None)
    installation.store.close()


@pytest.fixture
def seen_by(demo: Installation) -> Callable[..., AppTest]:
    return opener(demo, "zh-CN")


def plan_id(demo: Installation, title: str) -> str:
    with demo.store.reading(local_actor("tester")) as work:
        return next(plan.id for plan in plans.list_plans(work) if plan.title == title)


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def row_of(words: str, begins: str) -> str:
    """The row of the last table that begins with these words."""
    return next(row for row in reversed(re.findall(r"<tr>.*?</tr>", words, re.DOTALL)) if begins in row)


def test_of_two_issued_editions_only_the_one_that_counts_is_called_in_force(
    demo: Installation, seen_by: Callable[..., AppTest]
) -> None:
    shown = markup(seen_by("author", "plan_page.py", id=plan_id(demo, FLASH_FLOODS), part="history"))
    assert "现行有效的是第2版" in shown  # the page opens at the newest edition, and leads to the one in force
    coming, counting = row_of(shown, ">第4版（2026-11-06）</a>"), row_of(shown, "演练发现叫应时限偏长")
    assert "待实施" in coming
    assert "现行有效" not in coming
    assert "现行有效" in counting


def test_the_library_names_the_edition_its_number_belongs_to(seen_by: Callable[..., AppTest]) -> None:
    row = row_of(markup(seen_by("author", "library_page.py")), FLASH_FLOODS)
    assert "第2版（2023-04-18）" in row
    assert "清政办发〔2023〕14号" in row


def test_the_library_is_narrowed_to_a_maker_and_to_a_place(seen_by: Callable[..., AppTest]) -> None:
    at = seen_by("author", "library_page.py")
    assert "云陵市突发事件总体应急预案" in markup(at)
    makers = at.selectbox(key="maker")
    makers.select_index(makers.options.index("清川县双堤镇人民政府")).run()
    shown = markup(at)
    assert "清川县双堤镇防汛应急预案" in shown
    assert FLOOD not in shown
    at.selectbox(key="maker").set_value(None).run()
    places = at.selectbox(key="area")
    places.select_index(places.options.index("清川县人民政府")).run()
    shown = markup(at)
    assert FLOOD in shown
    assert "云陵市突发事件总体应急预案" not in shown


def test_a_search_calls_the_text_in_force_no_old_version(seen_by: Callable[..., AppTest]) -> None:
    shown = markup(seen_by("author", "search_page.py", q="3小时内完成危险区群众转移"))
    section = next(one for one in shown.split("<section>") if FLASH_FLOODS in one)
    assert "旧版本" not in section


def test_a_search_says_of_an_edition_to_come_that_it_is_to_come(seen_by: Callable[..., AppTest]) -> None:
    shown = markup(seen_by("author", "search_page.py", q="转移避险"))
    section = next(one for one in shown.split("<section>") if FLASH_FLOODS in one)
    head, _between, rest = section.partition("yy-passage")
    assert "待实施" in head
    assert "现行有效文本" in rest


def test_what_was_entered_later_is_not_called_published_and_filed(
    demo: Installation, seen_by: Callable[..., AppTest]
) -> None:
    shown = markup(seen_by("author", "plan_page.py", id=plan_id(demo, FLOOD), part="moves"))
    assert "公布、备案办理情况未录入" in shown
    assert "备案均已办结" not in shown


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("清川县突发地质灾害应急预案", "本预案没有对应到其中之一"),
        ("清川县突发事件总体应急预案", "综合性预案不对应单一灾种"),
    ],
)
def test_a_plan_without_a_procedure_says_why(
    demo: Installation, seen_by: Callable[..., AppTest], title: str, words: str
) -> None:
    assert words in markup(seen_by("author", "plan_page.py", id=plan_id(demo, title), part="procedure"))


def test_the_plan_of_a_township_stands_below_the_plan_of_its_county(
    demo: Installation, seen_by: Callable[..., AppTest]
) -> None:
    shown = markup(seen_by("author", "linkage_page.py", id=plan_id(demo, FLOOD)))
    head = next(one for one in re.findall(r"<th[^>]*>.*?</th>", shown) if "清川县双堤镇防汛应急预案" in one)
    assert "下位预案" in head
    assert "上位预案" not in head


@pytest.mark.parametrize(("name", "is_told"), [("author", False), ("filing", True)])
def test_who_does_not_file_is_told_no_number_of_filings(
    seen_by: Callable[..., AppTest], name: str, *, is_told: bool
) -> None:
    assert ("待报送" in markup(seen_by(name, "filing_page.py"))) is is_told


@pytest.mark.parametrize(("name", "has_jobs"), [("author", True), ("member", False)])
def test_the_number_of_jobs_leads_to_their_list(seen_by: Callable[..., AppTest], name: str, *, has_jobs: bool) -> None:
    at = seen_by(name, "desk_page.py")
    assert ('href="#jobs"' in markup(at)) is has_jobs
    assert ("我的后台任务" in [one.value for one in at.subheader]) is has_jobs


def test_everything_that_happens_to_a_plan_has_a_name() -> None:
    sources = [path.read_text("utf-8") for floor in ("plans_repo", "drills") for path in (FLOORS / floor).rglob("*.py")]
    told = {kind for source in sources for kind in ON_A_PLAN.findall(source)}
    assert len(told) > 30
    assert told <= set(EVENTS)


@pytest.mark.parametrize(("here", "words"), [("low", "报告时限长于上位预案"), ("high", "下位预案的报告时限长于本预案")])
def test_a_contradiction_is_told_from_the_side_of_the_plan_asked_about(here: str, words: str) -> None:
    there = "high" if here == "low" else "low"
    sides = [Side(plan=plan, title=plan, clause="", cited="", words="", sentence="") for plan in (here, there)]
    one = Contradiction(kind=Disagreement.LIMIT_LONGER, about="县防办", here=sides[0], there=sides[1], lower="low")
    assert disagreement(one) == words
